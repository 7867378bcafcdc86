"""Our contrasts beside mixed models of the same articles: where sign and significance differ, and why.

Run: python benchmarks/statistics_mixed.py (about two minutes; ``--list`` names every disagreement). Models
are those of mixed_models.py. The articles are AllSides', dealt at random to two sides within events, with an
effect planted in about half of the measures; and those of ukraine_2022 with its real outlets.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder, print_machine
from mixed_models import LEVEL, Fit, Name, Pair, fit, reason
from quality_naming import share_text, ukraine

import biaslens
from biaslens.cells import Cells
from biaslens.cleaning.repetition import learn_repeats
from biaslens.findings import ContrastTable
from biaslens.first_pass import Counts, Scanned
from biaslens.lost_marks import without_lost_marks
from biaslens.measuring.registry import measures_for
from biaslens.passes import count
from biaslens.second_pass import Grouped, sum_cells, with_wire_share
from biaslens.settings import Settings
from biaslens.stats.contrast import contrast_outlets

Ints = npt.NDArray[np.int64]

SETTINGS, MEASURES = Settings(), measures_for(Settings())
OUTLETS = ("A", "B")
OF_MEANS: Name = "MixedLM"
OF_RATES: tuple[Name, ...] = ("NegativeBinomial", "GEE", "robust Poisson")
N_EVENTS, N_DEALT = (20, 50), 8
# Hits that are kept of B where an effect is planted; for means, how far B falls, in standard deviations.
KEPT, SHIFT = 0.65, 0.5


@dataclass(frozen=True)
class Corpus:
    """Cells of some outlets.

    planted  names of the measures in which A is made higher; None where nobody knows
    """

    name: str
    cells: Cells
    outlets: tuple[str, ...]
    events: tuple[str, ...]
    planted: frozenset[str] | None = None

    def contrasts(self) -> ContrastTable:
        return contrast_outlets(self.cells, MEASURES, self.outlets, self.events, SETTINGS)


@dataclass(frozen=True)
class Compared:
    """One contrast, ours and a model's."""

    corpus: str
    row: str
    model: Name
    planted: bool | None
    effect: float
    p_value: float
    fitted: Fit
    reason: str

    @property
    def same_sign(self) -> bool:
        return bool(np.sign(self.effect) == np.sign(self.fitted.effect))

    @property
    def same_significance(self) -> bool:
        return (self.p_value <= LEVEL) == (self.fitted.p_value <= LEVEL)

    @property
    def agrees(self) -> bool:
        """The same conclusion: both find nothing, or both find the same outlet higher."""
        return self.same_significance and (self.same_sign or self.p_value > LEVEL)


def pair_of(corpus: Corpus, measure: int, outlet_a: str, outlet_b: str) -> Pair:
    """What the contrast of two outlets is made of."""
    cells = corpus.cells
    rows_a, rows_b = (
        np.flatnonzero((cells.outlet == corpus.outlets.index(name)) & (cells.exposure[:, measure] > 0))
        for name in (outlet_a, outlet_b)
    )
    _, in_a, in_b = np.intersect1d(cells.event[rows_a], cells.event[rows_b], return_indices=True)
    rows = (rows_a[in_a], rows_b[in_b])
    columns = [column[row, measure].astype(float) for column in (cells.total, cells.exposure) for row in rows]
    return Pair(MEASURES[measure], *columns)


def compared(corpus: Corpus) -> Iterator[Compared]:
    """Every contrast of status "ok" with a ratio or difference, by each model that suits it."""
    code = {measure.name: i for i, measure in enumerate(MEASURES)}
    for row in corpus.contrasts().rows():
        if row["status"] != "ok" or row["ratio"] in (0, np.inf):
            continue
        pair = pair_of(corpus, code[row["measure"]], row["outlet_a"], row["outlet_b"])
        is_rate = pair.measure.kind == "rate"
        effect = float(np.log(row["ratio"])) if is_rate else row["difference"]
        for model in OF_RATES if is_rate else (OF_MEANS,):
            fitted = fit(pair, model)
            yield Compared(
                corpus=corpus.name,
                row=f"{row['measure']}, {row['outlet_a']} / {row['outlet_b']}, {row['n_events']} events",
                model=model,
                planted=None if corpus.planted is None else row["measure"] in corpus.planted,
                effect=effect,
                p_value=row["p_value"],
                fitted=fitted,
                reason=reason(pair, model, effect, row["p_value"], fitted),
            )


def real(grouped: Grouped, scanned: Scanned) -> Corpus:
    """The real outlets of a sample of ukraine_2022, as compare() sees them; status "ok" takes ten events."""
    counted = without_lost_marks(grouped, with_wire_share(scanned, grouped.copies))
    return Corpus("ukraine_2022", sum_cells(grouped, counted), grouped.outlets, grouped.unit_names)


def dealt() -> Iterator[Corpus]:
    """AllSides' articles dealt to A and B, one each in every event, with effects planted."""
    frame = pd.read_parquet(folder() / "allsides_events.parquet", columns=["event_id", "source", "text"])
    articles = biaslens.read(frame.rename(columns={"source": "outlet", "event_id": "event"}))
    _, event = np.unique(articles.event, return_inverse=True)
    counts = count(articles, learn_repeats(articles), SETTINGS)
    for n_events in N_EVENTS:
        for number in range(N_DEALT):
            rng = np.random.default_rng([n_events, number])
            order = np.lexsort((rng.random(len(event)), event))
            first = rng.choice(np.searchsorted(event[order], np.unique(event)), n_events, replace=False)
            yield planted(counts, np.stack([order[first], order[first + 1]], axis=1), rng)


def planted(counts: Counts, rows: Ints, rng: np.random.Generator) -> Corpus:
    """A and B, whose articles are the columns of ``rows``, with B lowered in measures that chance names."""
    total, exposure = counts.total[rows], counts.exposure[rows]
    chosen = rng.random(len(MEASURES)) < 0.5
    for i in np.flatnonzero(chosen).tolist():
        shared = (exposure[:, :, i] > 0).all(axis=1)
        if not shared.any():
            continue
        if MEASURES[i].kind == "mean":
            values = total[:, :, i] / np.maximum(exposure[:, :, i], 1)
            spread = np.std((values[:, 0] - values[:, 1])[shared])
            total[:, 1, i] -= np.rint(SHIFT * spread * exposure[:, 1, i]).astype(np.int64)
        else:
            total[:, 1, i] = rng.binomial(total[:, 1, i], KEPT)
    cell = np.arange(rows.size)
    columns = (np.ones_like(total), total, exposure)
    return Corpus(
        f"AllSides, dealt, {len(rows)} events",
        Cells(cell // 2, cell % 2, *(column.reshape(rows.size, -1) for column in columns)),
        OUTLETS,
        tuple(f"{row:03}" for row in range(len(rows))),
        frozenset(MEASURES[i].name for i in np.flatnonzero(chosen).tolist()),
    )


def print_agreement(title: str, rows: list[Compared]) -> None:
    """One line: how often sign and significance are the same."""
    n = len(rows)
    agree, same_sign = sum(row.agrees for row in rows), sum(row.same_sign for row in rows)
    ours = sum(row.p_value <= LEVEL for row in rows)
    theirs = sum(row.fitted.p_value <= LEVEL for row in rows)
    print(
        f"  {title:44} {n:4} contrasts: same conclusion {share_text(agree, n)}; same sign "
        f"{same_sign / n:.3f}; p <= .05: ours {ours / n:.3f}, theirs {theirs / n:.3f}"
    )


def report(outlets: Corpus, *, list_all: bool = False) -> None:
    """A line per corpus and model, then the reasons of disagreements, and each of them if asked for."""
    rows = [row for corpus in (*dealt(), outlets) for row in compared(corpus)]
    for model in (OF_MEANS, *OF_RATES):
        print(f"\n{model} (statsmodels {version('statsmodels')})")
        of_model = [row for row in rows if row.model == model]
        for corpus in dict.fromkeys(row.corpus for row in of_model):
            for planted, name in ((None, ""), (True, ", planted"), (False, ", nothing planted")):
                chosen = [row for row in of_model if (row.corpus, row.planted) == (corpus, planted)]
                if chosen:
                    print_agreement(corpus + name, chosen)
        apart = [row for row in of_model if not row.agrees]
        opposite = sum(row.same_significance and row.p_value <= LEVEL for row in apart)
        print(f"  {opposite:4} of {len(of_model)} contrasts: both find a difference, in opposite directions")
        for why, n in Counter(row.reason for row in apart).most_common():
            print(f"  {n:4} of {len(apart)} disagreements: {why}")
        for row in apart if list_all else ():
            print(
                f"    {row.corpus}: {row.row}: {row.effect:+.3g}, p {row.p_value:.4f}; "
                f"{row.fitted.effect:+.3g}, p {row.fitted.p_value:.4f}: {row.reason}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="name every disagreement")
    chosen = parser.parse_args()
    print_machine()
    report(real(*ukraine()), list_all=chosen.list)


if __name__ == "__main__":
    main()
