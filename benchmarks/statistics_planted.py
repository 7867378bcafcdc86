"""Planted slants: what the tests find, how often intervals hold the truth, and what else an edit moves.

Run: python benchmarks/statistics_planted.py (five to ten minutes; a part of quality_statistics.py)
Three articles of each event (AllSides, BASIL) are dealt at random to outlets A, B and C, so that nothing
differs between these but chance. Then A's texts are edited, along one axis at a time (planted_edits.py),
before anything is counted, and the library compares A and B over 6 to 100 events, 1,000 times each. Printed
are the power, the share of intervals that hold the truth, the bias, and for each edit what it does to the
other measures.

Two truths. *Planted* follows from the edit and the texts as they were: said -> claimed in 20 % of cases must
raise the share of distancing cues by .2 times the share of cues that are "said". *Counted* is what the
measure makes of the edit over all dealings together. The second judges the statistics, and the gap between
the two is what the measure misses.

What an edit moves beside its own measure is no error of counting but follows from the text:
  d   quotations go with their "said", so that other cues weigh more; what is left is denser narration
  e   some labels are loaded words, too ("rioters"): the codebook says so of loaded_rate
  f   sentences with names and numbers are narration: without them quotations and passives weigh more
  g   copied paragraphs bring C's facts along, so that A lacks less; as planted, they hold no quotation
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from evaluation_data import print_machine
from planted_slants import EDITS, OFF_THE_LIST, Planted, pair_weights, plant, valid_pairs
from planted_triples import (
    BY_ARTICLE,
    COLUMNS,
    IN_EVENT,
    SETTINGS,
    Bools,
    Ints,
    Sides,
    Triples,
    load,
    measure_of,
)
from planted_words import BLIND, OUTSIDE

from biaslens.cells import Cells, LabelCells
from biaslens.codebook import Measure
from biaslens.contested import load_label_sets
from biaslens.findings import ContrastTable
from biaslens.lexicons import load_lexicon
from biaslens.measuring.naming import LabelUses
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.naming import contrast_naming
from biaslens.stats.rates import PairedCounts, rate_ratio

Floats = npt.NDArray[np.float64]

N_EVENTS = (6, 12, 20, 50, 100)
N_DEALINGS = 1_000
# A distance between labels is tested one dealing at a time.
N_NAMING_DEALINGS = 300
AT_ONCE = 50
MATRIX_EVENTS = 50
ALPHA = 0.05
SHOWN = (*BY_ARTICLE, "naming", *IN_EVENT)


@dataclass(frozen=True)
class Found:
    """What the tests of some dealings said; a rate's estimates and limits are logarithms of ratios."""

    estimate: Floats
    low: Floats
    high: Floats
    boot_low: Floats
    boot_high: Floats
    p_value: Floats


# Dealings: which pairs of articles are drawn, and what the tests say of them.


def counted_truth(triples: Triples, planted: Planted) -> float:
    """What the measure makes of an edit over all dealings together: a log ratio, or a mean difference."""
    measure, column = measure_of(planted.edit.measure), COLUMNS.index(planted.edit.measure)
    weights = pair_weights(triples, planted, column)
    total, exposure = planted.after.total[:, :, column], planted.after.exposure[:, :, column]
    chosen = (weights > 0) & (exposure > 0).all(axis=1)
    hits, words = total[chosen].astype(np.float64), exposure[chosen].astype(np.float64)
    if measure.kind == "rate":
        counts = PairedCounts(hits[:, :1], hits[:, 1:], words[:, :1], words[:, 1:])
        return float(np.log(rate_ratio(counts)[0]))
    values = measure.scale * hits / words
    return float(np.average(values[:, 0] - values[:, 1], weights=weights[chosen]))


def dealings(triples: Triples, valid: Bools, n_events: int, n_dealings: int) -> Ints | None:
    """Pairs of so many different events, shape (n_dealings, n_events); None where there are too few.

    They depend on nothing but the arguments, so that edits are compared in the same dealings.
    """
    return _drawn(triples, valid.tobytes(), n_events, n_dealings)


@cache
def _drawn(triples: Triples, valid: bytes, n_events: int, n_dealings: int) -> Ints | None:
    rng = np.random.default_rng(n_events)
    rows = np.flatnonzero(np.frombuffer(valid, dtype=bool))
    event = triples.event[triples.a]
    if len(np.unique(event[rows])) < n_events:
        return None
    drawn = []
    for _ in range(n_dealings):
        shuffled = rng.permutation(rows)
        _, first = np.unique(event[shuffled], return_index=True)
        drawn.append(shuffled[rng.choice(first, n_events, replace=False)])
    return np.stack(drawn)


def found_in(sides: Sides, name: str, drawn: Ints) -> Found:
    """The contrasts of all dealings, which are columns with names of events, but no values, in common."""
    measure, column = measure_of(name), COLUMNS.index(name)
    tables = [
        contrasted(sides, column, measure, drawn[first : first + AT_ONCE], str(first))
        for first in range(0, len(drawn), AT_ONCE)
    ]
    is_rate = measure.kind == "rate"

    def joined(name: str) -> Floats:
        values = np.concatenate([table.columns()[name] for table in tables]).astype(np.float64)
        with np.errstate(divide="ignore"):
            return np.log(values) if is_rate and name != "p_value" else values

    return Found(
        estimate=joined("ratio" if is_rate else "difference"),
        low=joined("ci_low"),
        high=joined("ci_high"),
        boot_low=joined("boot_low"),
        boot_high=joined("boot_high"),
        p_value=joined("p_value"),
    )


def contrasted(sides: Sides, column: int, measure: Measure, drawn: Ints, label: str) -> ContrastTable:
    n_dealings, n_events = drawn.shape
    parts = (sides.total[drawn, :, column], sides.exposure[drawn, :, column])
    total, exposure = (part.transpose(1, 2, 0).reshape(2 * n_events, n_dealings) for part in parts)
    cells = Cells(
        np.repeat(np.arange(n_events), 2), np.tile([0, 1], n_events), np.ones_like(total), total, exposure
    )
    names = [f"{label} {event:04}" for event in range(n_events)]
    return contrast_outlets(cells, [measure] * n_dealings, ("A", "B"), names, SETTINGS)


def naming_pairs(triples: Triples) -> Bools:
    """Pairs that name something in common, before anything is edited."""
    uses, code = triples.base.scanned.labels, load_label_sets().set_code
    names = np.zeros((triples.n, int(code.max()) + 1), dtype=bool)
    names[uses.article, code[uses.label]] = True
    return np.asarray((names[triples.a] & names[triples.b]).any(axis=1))


def naming_found(triples: Triples, uses: LabelUses, drawn: Ints) -> Found:
    """The distances of all dealings; what B uses is as it was."""
    sets, base = load_label_sets(), triples.base.scanned.labels
    names = [f"{event:04}" for event in range(drawn.shape[1])]
    excess, p_value = [], []
    for pairs in drawn:
        parts = [label_rows(uses, triples.a[pairs], 0), label_rows(base, triples.b[pairs], 1)]
        event, outlet, label, count = np.concatenate(parts, axis=1)
        table = contrast_naming(LabelCells(event, outlet, label, count), sets, ("A", "B"), names, SETTINGS)
        excess.append(table.difference[0])
        p_value.append(table.p_value[0])
    missing = np.full(len(drawn), np.nan)
    return Found(np.array(excess), missing, missing, missing, missing, np.array(p_value))


def label_rows(uses: LabelUses, rows: Ints, outlet: int) -> Ints:
    """Event, outlet, label and count of the labels in an outlet's articles, one article for each event."""
    order = np.argsort(rows)
    place = np.minimum(np.searchsorted(rows[order], uses.article), len(rows) - 1)
    chosen = np.flatnonzero(rows[order][place] == uses.article)
    event = order[place[chosen]]
    return np.stack([event, np.full(len(chosen), outlet), uses.label[chosen], uses.count[chosen]])


def results(triples: Triples, planted: Planted, name: str, n_events: int, state: str) -> Found | None:
    """One measure in the dealings of so many events, "before" or "after" the edit: the same in both."""
    if name == "naming":
        drawn = dealings(triples, planted.usable & naming_pairs(triples), n_events, N_NAMING_DEALINGS)
        uses = planted.labels_before if state == "before" else planted.labels_after
        return None if drawn is None else naming_found(triples, uses, drawn)
    drawn = dealings(triples, valid_pairs(planted, COLUMNS.index(name)), n_events, N_DEALINGS)
    sides = planted.before if state == "before" else planted.after
    return None if drawn is None else found_in(sides, name, drawn)


# What is printed.


@dataclass(frozen=True)
class Row:
    """An edit at one dose: its truths, and what was found at each number of events.

    before  the same dealings without the edit; empty where no truth is planted
    """

    name: str
    planted: float
    counted: float
    before: dict[int, Found | None]
    after: dict[int, Found | None]


def print_tables(triples: Triples, made: dict[str, Planted]) -> None:
    """Truths, power, bias and coverage of every edit at every dose."""
    print(
        f"\nPower: share of {N_DEALINGS:,} dealings with p <= .05, by the number of shared events; "
        f"share without a p-value at {MATRIX_EVENTS}"
    )
    print(f"{'':40}{'planted':>9}{'counted':>9}" + "".join(f"{n:>9}" for n in N_EVENTS) + f"{'no p':>9}")
    rows = []
    for edit in EDITS:
        for dose in edit.doses:
            of_event = [name for name in IN_EVENT if name == edit.measure]
            is_made = dose == edit.of_matrix
            planted = made[edit.name] if is_made else plant(triples, edit, dose, of_event)
            rows.append(measured(triples, planted))
            print_power(rows[-1])
    with_truth = [row for row in rows if np.isfinite(row.planted)]
    print_coverage("planted", with_truth, [row.planted for row in with_truth])
    print_coverage("counted", with_truth, [row.counted for row in with_truth])
    print_bias(with_truth)


def measured(triples: Triples, planted: Planted) -> Row:
    name = planted.edit.measure

    def found(state: str) -> dict[int, Found | None]:
        return {n: results(triples, planted, name, n, state) for n in N_EVENTS}

    return Row(
        name=f"{planted.edit.name}, {planted.edit.shown.format(planted.dose)}",
        planted=planted.truth,
        counted=np.nan if name == "naming" else counted_truth(triples, planted),
        before=found("before") if np.isfinite(planted.truth) else {},
        after=found("after"),
    )


def print_power(row: Row) -> None:
    powers = "".join(f"{rejected(found):9.3f}" if found else f"{'-':>9}" for found in row.after.values())
    found = row.after[MATRIX_EVENTS]
    untested = f"{np.isnan(found.p_value).mean():9.3f}" if found else ""
    print(f"{row.name:40}{row.planted:9.4f}{row.counted:9.4f}{powers}{untested}", flush=True)


def rejected(found: Found) -> float:
    """Share of dealings that the test rejects; where there is no p-value nothing is found."""
    return float(np.mean(found.p_value <= ALPHA))


def covered(low: Floats, high: Floats, truth: float) -> float:
    """Share of intervals that hold the truth, of those that there are; NaN without any."""
    there = ~(np.isnan(low) | np.isnan(high))
    return float(np.mean((low[there] <= truth) & (truth <= high[there]))) if there.any() else np.nan


def print_coverage(of_truth: str, rows: Sequence[Row], truths: Sequence[float]) -> None:
    shown = [n for n in N_EVENTS if n >= 12]
    print(f"\nCoverage of the {of_truth} truth by 95 % intervals: sign flips, studentised bootstrap")
    print(f"{'':40}" + "".join(f"{n:>15}" for n in shown))
    table = np.full((len(rows), len(shown), 2), np.nan)
    for i, (row, truth) in enumerate(zip(rows, truths, strict=True)):
        for j, found in enumerate(row.after[n] for n in shown):
            if found:
                table[i, j, 0] = covered(found.low, found.high, truth)
                table[i, j, 1] = covered(found.boot_low, found.boot_high, truth)
        print(f"{row.name:40}" + "".join(f"{flips:9.3f}{boot:6.3f}" for flips, boot in table[i]))
    print(f"{'mean':40}" + "".join(f"{flips:9.3f}{boot:6.3f}" for flips, boot in table.mean(axis=0)))


def print_bias(rows: Sequence[Row]) -> None:
    """Mean change of the estimate by the edit, in the same dealings, less the planted truth.

    Before the edit the mean is 0 but for the draw of dealings. Estimates of 0 or infinity are left out.
    """
    print("\nBias: mean change of the estimate less the planted truth; b and c: of the log ratio")
    print(f"{'':40}" + "".join(f"{n:>9}" for n in N_EVENTS))
    for row in rows:
        print(f"{row.name:40}" + "".join(f"{bias(row, n):+9.4f}" for n in N_EVENTS))


def bias(row: Row, n_events: int) -> float:
    before, after = row.before[n_events], row.after[n_events]
    if before is None or after is None:
        return np.nan
    there = np.isfinite(before.estimate) & np.isfinite(after.estimate)
    return float(np.mean(after.estimate[there] - before.estimate[there])) - row.planted


def print_matrix(triples: Triples) -> dict[str, Planted]:
    """What each edit does to every measure, in the same dealings before and after; the edits by name."""
    print(
        f"\nLeakage at {MATRIX_EVENTS} events: mean change by the edit, in standard errors of the contrast, "
        "and share of p <= .05"
    )
    print(f"{'':40}" + "".join(f"{name[:14]:>15}" for name in SHOWN))
    nothing = Planted(
        edit=EDITS[0],
        dose=0.0,
        before=triples.unedited,
        after=triples.unedited,
        labels_before=triples.base.scanned.labels,
        labels_after=triples.base.scanned.labels,
        truth=0.0,
        usable=np.ones(len(triples.a), dtype=bool),
    )
    unedited = {name: results(triples, nothing, name, MATRIX_EVENTS, "before") for name in SHOWN}
    print_matrix_row(triples, "nothing", nothing, unedited)
    made: dict[str, Planted] = {}
    for edit in (*EDITS, OFF_THE_LIST):
        planted = made[edit.name] = plant(triples, edit, edit.of_matrix, IN_EVENT)
        before = unedited
        if planted.before is not triples.unedited or not planted.usable.all():
            before = {name: results(triples, planted, name, MATRIX_EVENTS, "before") for name in SHOWN}
        shown = f"{edit.name}, {edit.shown.format(edit.of_matrix)}"
        print_matrix_row(triples, shown, planted, before)
    return made


def print_matrix_row(triples: Triples, name: str, planted: Planted, before: dict[str, Found | None]) -> None:
    cells = []
    for measure in SHOWN:
        was, found = before[measure], results(triples, planted, measure, MATRIX_EVENTS, "after")
        if was is None or found is None:
            cells.append(f"{'-':>15}")
            continue
        change = np.mean(found.estimate - was.estimate) / np.std(was.estimate)
        cells.append(f"{change:+9.2f}{rejected(found):6.3f}")
    print(f"{name:40}" + "".join(cells), flush=True)


def print_words() -> None:
    """How much of two lists of loaded words the list that ships has."""
    forms = load_lexicon("loaded").forms
    n_known = sum((word,) in forms for word in BLIND)
    print(
        f"\n{n_known} of {len(BLIND)} loaded adjectives written down beforehand are in the list "
        f"({n_known / len(BLIND):.0%}); of the {len(OUTSIDE)} of row b', "
        f"{sum((word,) in forms for word in OUTSIDE)}"
    )


def report() -> None:
    start = time.perf_counter()
    triples = load()
    print(
        f"planted slants: {triples.n // 3} events of AllSides and BASIL, {triples.n:,} articles, three of "
        f"each event dealt at random; no cleaning; {SETTINGS.draws} sign flips"
    )
    print_words()
    made = print_matrix(triples)
    print_tables(triples, made)
    print(f"\n{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    print_machine()
    report()
