"""Omission: real sentences of real events, dealt out at random, so that no outlet chooses what it leaves out.

Run: python benchmarks/quality_omission.py (about two minutes). The sentences of each event of ukraine_2022
are pooled and dealt to three or four outlets, as parts of 2 to 60 % of the event. What an outlet lacks is
then due to its length alone, and the measure should be 0 on average. Then the first outlet is made silent on
30 % of the names, numbers and sources: its sentences stay, their mentions of these go. Salient words, which
are chosen by what real outlets share, are left out. Last come the real outlets, salient words included, by
the length of their texts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder, print_machine

import biaslens
from biaslens.cells import Items
from biaslens.cleaning.repetition import learn_repeats
from biaslens.codebook import FIXED_POINT
from biaslens.first_pass import Scanned
from biaslens.framing import tally_event_items
from biaslens.passes import scan
from biaslens.second_pass import Grouped, fill_in, group, sum_terms
from biaslens.settings import Settings
from biaslens.spans import Spans
from biaslens.stats.omission import OmissionCells, omission_cells
from biaslens.stats.salient import SalientTerms, salient_terms
from biaslens.stats.tallying import tally_items

Ints = npt.NDArray[np.int64]

# In a sample of all days events would be too small.
FIRST_DAY, LAST_DAY = "2022-02-20", "2022-05-10"
# The pool sizes at which the null is looked at, in sentences.
POOLS = ((40, 100), (100, 250), (250, 2_000))
THIRD = 1 / 3
PARTS = (
    (THIRD, THIRD, THIRD),
    (0.05, 0.35, 0.60),
    (0.10, 0.30, 0.60),
    (0.20, 0.30, 0.50),
    (0.02, 0.18, 0.30, 0.50),
    (0.05, 0.15, 0.20, 0.60),
    (0.10, 0.20, 0.30, 0.40),
    (0.25, 0.25, 0.25, 0.25),
)
SILENT_PARTS = ((THIRD, THIRD, THIRD), (0.10, 0.30, 0.60), (0.10, 0.20, 0.30, 0.40), (0.25, 0.25, 0.25, 0.25))
SILENT = 0.30
N_DEALS = 10
# Words of an outlet's text, as a multiple of the mean over the event's outlets.
LENGTHS = (0.0, 0.25, 0.5, 0.8, 1.25, 2.0, np.inf)


@dataclass(frozen=True)
class Pool:
    """Articles with their items, and the sentences of each event.

    grouped     the articles with their real outlets; scanned what the first pass found in them
    of_mention  the sentence of each mention, row in ``items.sentence``
    sentences   the sentences of each event, rows in ``items.sentence``
    """

    grouped: Grouped
    scanned: Scanned
    of_mention: Ints
    sentences: tuple[Ints, ...]

    @property
    def items(self) -> Items:
        return self.scanned.items


@dataclass(frozen=True)
class Dealt:
    """Sentences that were dealt out, one per row: row in ``items.sentence``, number of event and outlet."""

    sentence: Ints
    event: Ints
    outlet: Ints


def pooled(frame: pd.DataFrame, settings: Settings) -> Pool:
    """The events of three outlets or more, as the library groups them; copies and digests are left out."""
    articles = biaslens.read(frame)
    scanned = scan(articles, learn_repeats(articles), settings)
    grouped = group(fill_in(articles, scanned), scanned, settings)
    event = np.where(grouped.is_independent, grouped.unit, -1)
    cells = np.unique(np.stack([event, grouped.outlet])[:, event >= 0], axis=1)
    codes, n_outlets = np.unique(cells[0], return_counts=True)
    items = scanned.items
    of_sentence = event[items.sentence.article]
    width = int(items.sentence.start.max()) + 1
    key, place = items.sentence.article * width + items.sentence.start, items.place
    return Pool(
        grouped=grouped,
        scanned=scanned,
        of_mention=np.searchsorted(key, place.article * width + place.start),
        sentences=tuple(np.flatnonzero(of_sentence == code) for code in codes[n_outlets >= 3]),
    )


def deal(pool: Pool, events: list[int], parts: tuple[float, ...], rng: np.random.Generator) -> Dealt:
    """The sentences of some events in random order, the first part of them to the first outlet, and so on."""
    sentence, outlet, event = [], [], []
    for code in events:
        rows = rng.permutation(pool.sentences[code])
        bounds = np.rint(np.cumsum(parts)[:-1] * len(rows)).astype(int)
        sentence.append(rows)
        outlet.append(np.searchsorted(bounds, np.arange(len(rows)), side="right"))
        event.append(np.full(len(rows), code))
    return Dealt(np.concatenate(sentence), np.concatenate(event), np.concatenate(outlet))


def measure(pool: Pool, dealt: Dealt, silent: float, rng: np.random.Generator) -> OmissionCells:
    """Omission where every sentence is an article of its own, by the outlet that it was dealt to."""
    order = np.argsort(pool.of_mention, kind="stable")
    first, last = (
        np.searchsorted(pool.of_mention[order], dealt.sentence, side=side) for side in ("left", "right")
    )
    at = np.repeat(np.arange(len(dealt.sentence)), last - first)
    rows = order[np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)])]
    if silent:
        kept = ~unspoken(pool.items, rows, dealt.event[at], silent, rng) | (dealt.outlet[at] > 0)
        rows, at = rows[kept], at[kept]
    spans = pool.items.sentence
    start, end = spans.start[dealt.sentence], spans.end[dealt.sentence]
    items = Items(
        text=tuple(pool.items.text[row] for row in rows.tolist()),
        key=tuple(pool.items.key[row] for row in rows.tolist()),
        kind=tuple(pool.items.kind[row] for row in rows.tolist()),
        sure=pool.items.sure[rows],
        place=Spans(at, start[at], end[at]),
        sentence=Spans(np.arange(len(start)), start, end),
        n_words=pool.items.n_words[dealt.sentence],
    )
    articles = pool.grouped.articles.take(spans.article[dealt.sentence])
    articles = replace(articles, outlet=tuple(f"Outlet {row}" for row in dealt.outlet.tolist()))
    return omission_cells(tally_items(items, articles, dealt.event, SalientTerms.none()))


def unspoken(
    items: Items, rows: Ints, event: Ints, share: float, rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Which mentions are of items that a share of all items of an event was drawn from.

    Names that end in the same word are drawn together, so that no variant gives an item away.
    """
    things = [items.key[row].split("|")[0].split(" ")[-1] for row in rows.tolist()]
    pairs = list(zip(event.tolist(), things, strict=True))
    names = sorted(set(pairs))
    drawn = dict(zip(names, (rng.random(len(names)) < share).tolist(), strict=True))
    return np.array([drawn[pair] for pair in pairs], dtype=bool)


def run(pool: Pool, events: list[int], parts: tuple[float, ...], silent: float = 0.0) -> pd.DataFrame:
    """Observed, expected and value of every event and outlet, over all deals."""
    tables = []
    for number in range(N_DEALS):
        rng = np.random.default_rng([number, len(parts), round(100 * parts[0])])
        found = measure(pool, deal(pool, events, parts, rng), silent, rng)
        tables.append(
            pd.DataFrame(
                {
                    "event": found.event,
                    "part": np.array(parts)[found.outlet],
                    "observed": found.n_missing / found.n_items,
                    "expected": found.expected / FIXED_POINT,
                    "value": found.value / FIXED_POINT,
                    "first": found.outlet == 0,
                }
            )
        )
    # An event whose items are too few in a deal has no row there.
    return pd.concat(tables)


def line(table: pd.DataFrame) -> str:
    """Means over events, each event's deals taken together; the error is that of the events' mean."""
    events = table.groupby("event")[["observed", "expected", "value"]].mean()
    observed, expected, value = events.mean()
    error = events["value"].std() / np.sqrt(len(events))
    return f"{len(events):7}  {observed:8.3f} {expected:8.3f}   {value:+.4f} ({error:.4f})"


def print_null(pool: Pool, events: list[int]) -> None:
    """Means by the part that an outlet got."""
    print(f"\n{'outlets':>7} {'part':>5}  {'events':>6}  observed expected   value (standard error)")
    for n_outlets in (3, 4):
        chosen = [parts for parts in PARTS if len(parts) == n_outlets]
        found = pd.concat([run(pool, events, parts) for parts in chosen])
        for part, rows in found.groupby("part"):
            print(f"{n_outlets:7} {part:5.2f} {line(rows)}")
        print(f"{n_outlets:7} {'all':>5} {line(found)}")


def print_silent(pool: Pool, events: list[int]) -> None:
    """Means of the one outlet that is silent, and what they are without the silence."""
    print(f"the first outlet silent on {SILENT:.0%} of the items")
    for parts in SILENT_PARTS:
        kept, lacking = (run(pool, events, parts, silent) for silent in (0.0, SILENT))
        before, after = kept[kept["first"]], lacking[lacking["first"]]
        rise = after["value"].mean() - before["value"].mean()
        print(f"{len(parts):7} {parts[0]:5.2f} {line(after)}, raised by {rise:+.3f}")


def print_real(pool: Pool) -> None:
    """Means of the real outlets, by the length of their texts."""
    words = salient_terms(*sum_terms(pool.grouped, pool.scanned))
    tally = tally_event_items(pool.grouped, pool.scanned, words)
    found = omission_cells(tally)
    n_words = np.bincount(tally.cell_event, weights=tally.cell_words)
    mean = n_words[found.event] / np.bincount(tally.cell_event)[found.event]
    n_outlets = len(tally.outlets)
    keys = tally.cell_event * n_outlets + tally.cell_outlet
    length = tally.cell_words[np.searchsorted(keys, found.event * n_outlets + found.outlet)] / mean
    value = found.value / FIXED_POINT
    print(
        f"\nreal outlets: {len(found):,} values, {(value > 0).mean():.0%} above 0, mean {value.mean():+.3f}"
    )
    print("words, as a multiple of the mean over the event's outlets")
    for low, high in pairwise(LENGTHS):
        rows = value[(length > low) & (length <= high)]
        error = rows.std() / np.sqrt(len(rows))
        mean_value, above = f"{rows.mean():+.3f} ({error:.3f})", (rows > 0).mean()
        print(f"  {low:4} to {high:4}  n {len(rows):5,}  value {mean_value}, {above:.0%} above 0")


def main() -> None:
    print_machine()
    frame = pd.read_parquet(folder() / "ukraine_2022.parquet").drop(columns="date")
    frame = frame[frame["day"].between(FIRST_DAY, LAST_DAY)].rename(columns={"day": "date"})
    pool = pooled(frame, Settings())
    sizes = np.array([len(rows) for rows in pool.sentences])
    print(f"ukraine_2022, {FIRST_DAY} to {LAST_DAY}: {len(frame):,} articles")
    for low, high in POOLS:
        events = np.flatnonzero((sizes >= low) & (sizes < high)).tolist()
        print(f"\n{len(events)} events of {low} to {high:,} sentences, dealt at random {N_DEALS} times")
        print_null(pool, events)
        print_silent(pool, events)
    print_real(pool)


if __name__ == "__main__":
    main()
