"""Naming: what the test rejects where nothing is to be found, what it finds where labels are planted.

Run: python benchmarks/quality_naming.py (about three minutes); ``--read 100`` prints labels to read instead.
Articles are dealt at random to two sides within their events, so that no side has a habit: what is found
there is false. Then a habit is planted in one side. AllSides reports a hundred affairs, so that few sets
recur; ukraine_2022 reports one. Last come its real outlets, of which one is known to name the war otherwise.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder, print_machine

import biaslens
from biaslens.analysis import analyse
from biaslens.cells import LabelCells
from biaslens.cleaning.repetition import learn_repeats
from biaslens.contested import LabelSets, load_label_sets
from biaslens.first_pass import Scanned, annotate, clean_part
from biaslens.lost_marks import without_lost_marks
from biaslens.measuring.naming import LabelUses, contested_labels, label_uses
from biaslens.passes import scan
from biaslens.second_pass import Grouped, fill_in, group, with_wire_share
from biaslens.settings import Settings
from biaslens.stats.naming import contrast_naming

Ints = npt.NDArray[np.int64]
Dealing = Literal["even", "uneven"]

N_SHARED = (6, 12, 20, 50, 200)
N_RUNS = 500
SWAPPED = (0.15, 0.30)
# A p-value below 5 % needs no more, and thousands of tests are made.
SETTINGS = Settings(draws=999)
N_REAL_ARTICLES = 4_000
MIN_REAL_EVENTS = 10
OTHER_VOICE = "RT"
CONTEXT = 90


@dataclass(frozen=True)
class Corpus:
    """Label uses of articles that belong to events, and the event of each article."""

    uses: LabelUses
    event: Ints

    @property
    def n_events(self) -> int:
        return int(self.event.max()) + 1


@dataclass(frozen=True)
class Outcomes:
    """What the tests of some runs said."""

    p_value: list[float]
    excess: list[float]


def allsides() -> Corpus:
    """The articles of AllSides, each in its labelled event."""
    frame = pd.read_parquet(folder() / "allsides_events.parquet", columns=["event_id", "source", "text"])
    articles = biaslens.read(frame.rename(columns={"source": "outlet", "event_id": "event"}))
    _, event = np.unique(articles.event, return_inverse=True)
    repeats, parts = learn_repeats(articles), []
    for first in range(0, len(articles), SETTINGS.part_size):
        part = articles.take(range(first, min(first + SETTINGS.part_size, len(articles))))
        found = label_uses(annotate(part, clean_part(part, repeats, SETTINGS).kept, SETTINGS))
        parts.append(replace(found, article=found.article + first))
    columns = [[part.article, part.label, part.count] for part in parts]
    return Corpus(LabelUses(*map(np.concatenate, zip(*columns, strict=True))), event)


def ukraine() -> tuple[Grouped, Scanned]:
    """A sample of the Ukraine set as compare() sees it."""
    frame = pd.read_parquet(folder() / "ukraine_2022.parquet").drop(columns="date")
    sample = frame.sample(N_REAL_ARTICLES, random_state=0).rename(columns={"day": "date"})
    articles = biaslens.read(sample)
    scanned = scan(articles, learn_repeats(articles), Settings())
    return group(fill_in(articles, scanned), scanned, Settings()), scanned


def independent(grouped: Grouped, scanned: Scanned) -> Corpus:
    """The articles that speak for their outlets, each in the event that it was grouped into."""
    uses, rows = scanned.labels, np.flatnonzero(grouped.is_independent)
    kept = np.isin(uses.article, rows)
    _, event = np.unique(grouped.unit[rows], return_inverse=True)
    article = np.searchsorted(rows, uses.article[kept])
    return Corpus(LabelUses(article, uses.label[kept], uses.count[kept]), event)


def deal(corpus: Corpus, dealing: Dealing, rng: np.random.Generator) -> Ints:
    """Side of each article, 0 or 1; which articles of an event a side gets is left to chance.

    even    half of each event's articles; who gets an odd one is left to chance, too
    uneven  side 1 gets one article of each event, side 0 the others, so that one side writes more
    """
    event = corpus.event
    order = np.lexsort((rng.random(len(event)), event))
    # The rank of each article among those of its event.
    rank = np.empty(len(event), dtype=np.int64)
    rank[order] = np.arange(len(event)) - np.searchsorted(event[order], event[order])
    if dealing == "uneven":
        return np.where(rank == 0, 1, 0)
    return (rank + rng.integers(0, 2, corpus.n_events)[event]) % 2


def with_habit(rows: Ints, share: float, liked: Ints, rng: np.random.Generator) -> Ints:
    """The rows of side_cells where side 1 has a habit.

    Every use of its becomes the label that it likes in that set with a probability of ``share``.

    liked  shape (n_labels,): the label that is liked in the set of each label
    """
    habitual, other = rows[:, rows[1] == 1], rows[:, rows[1] == 0]
    n_swapped = rng.binomial(habitual[3], share)
    swapped, left = habitual.copy(), habitual.copy()
    swapped[2], swapped[3] = liked[habitual[2]], n_swapped
    left[3] -= n_swapped
    return np.concatenate([other, left, swapped], axis=1)


def liked_labels(known: Ints, sets: LabelSets, rng: np.random.Generator) -> Ints:
    """For each label one label of its set, drawn from those that occur at all, shape (n_labels,)."""
    code, shuffled = sets.set_code, rng.permutation(known)
    names, first = np.unique(code[shuffled], return_index=True)
    # A set of which no label occurs is never looked up.
    of_set = np.full(int(code.max()) + 1, -1)
    of_set[names] = shuffled[first]
    return of_set[code]


def side_cells(corpus: Corpus, side: Ints, n_events: int, sets: LabelSets, rng: np.random.Generator) -> Ints:
    """Event, side, label and count of each use in so many events in which both sides name the same thing.

    The events are taken at random from those; no rows where there are too few.
    """
    uses = corpus.uses
    event, code = corpus.event[uses.article], sets.set_code
    width = int(code.max()) + 1
    thing, is_second = event * width + code[uses.label], side[uses.article] == 1
    shared = np.unique(np.intersect1d(thing[is_second], thing[~is_second]) // width)
    if len(shared) < n_events:
        return np.zeros((4, 0), dtype=np.int64)
    chosen = np.isin(event, rng.choice(shared, n_events, replace=False))
    return np.stack([event, side[uses.article], uses.label, uses.count])[:, chosen]


def summed(rows: Ints) -> LabelCells:
    """The cells of uses, of which several may fall into one."""
    rows = rows[:, rows[3] > 0]
    cells, row = np.unique(rows[:3], axis=1, return_inverse=True)
    count = np.zeros(cells.shape[1], dtype=np.int64)
    np.add.at(count, row.reshape(-1), rows[3])
    return LabelCells(cells[0], cells[1], cells[2], count)


def run(corpus: Corpus, sets: LabelSets, dealing: Dealing, share: float, n_events: int) -> Outcomes:
    """The tests of all runs at one number of shared events."""
    outcomes = Outcomes([], [])
    names, known = [f"{event:05}" for event in range(corpus.n_events)], np.unique(corpus.uses.label)
    for number in range(N_RUNS):
        rng = np.random.default_rng([number, n_events])
        rows = side_cells(corpus, deal(corpus, dealing, rng), n_events, sets, rng)
        if share > 0 and rows.size:
            rows = with_habit(rows, share, liked_labels(known, sets, rng), rng)
        if rows.size:
            found = contrast_naming(summed(rows), sets, ["A", "B"], names, SETTINGS)
            outcomes.p_value.append(float(found.p_value[0]))
            outcomes.excess.append(float(found.difference[0]))
    return outcomes


def share_text(hits: int, n: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    z, p = 1.96, hits / n
    middle, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return f"{p:.3f} ({(middle - half) / (1 + z * z / n):.3f} to {(middle + half) / (1 + z * z / n):.3f})"


def print_runs(title: str, tests: Iterator[Outcomes]) -> None:
    print(f"\n{title}")
    print(f"{'events':>6} {'runs':>5}  {'p <= .05':24} excess (standard error)")
    for n_events, found in zip(N_SHARED, tests, strict=True):
        # A missing p-value, as of "too rare", rejects nothing.
        p, n = np.array(found.p_value), len(found.p_value)
        if not n:
            print(f"{n_events:6} {0:5}  too few events are shared")
            continue
        error = np.nanstd(found.excess) / np.sqrt(n)
        print(
            f"{n_events:6} {n:5}  {share_text(int((p <= 0.05).sum()), n):24} "
            f"{np.nanmean(found.excess):+.4f} ({error:.4f})"
        )


def print_real(grouped: Grouped, scanned: Scanned) -> None:
    """Pairs of real outlets, those with the one that is known to differ apart."""
    counted = without_lost_marks(grouped, with_wire_share(scanned, grouped.copies))
    contrasts = analyse(grouped, counted, "").findings.contrasts.to_frame()
    rows = contrasts[(contrasts["measure"] == "naming") & (contrasts["n_events"] >= MIN_REAL_EVENTS)]
    with_it = (rows["outlet_a"] == OTHER_VOICE) | (rows["outlet_b"] == OTHER_VOICE)
    print(
        f"\nukraine_2022, real outlets, default settings: {N_REAL_ARTICLES:,} articles, {len(rows)} pairs "
        f"that name the same things in {MIN_REAL_EVENTS} events or more"
    )
    for name, part in ((f"with {OTHER_VOICE}", rows[with_it]), (f"without {OTHER_VOICE}", rows[~with_it])):
        excess = part["difference"].astype(float)
        print(
            f"  {name:11} {len(part):3} pairs: excess {excess.mean():+.3f} ({excess.min():+.3f} to "
            f"{excess.max():+.3f}), q < .05: {int((part['q_value'] < 0.05).sum())}, p <= .05: "
            f"{int((part['p_value'] <= 0.05).sum())}, events {part['n_events'].median():.0f} (median)"
        )


def print_dealt(name: str, corpus: Corpus, sets: LabelSets, dealings: tuple[Dealing, ...]) -> None:
    """What is found in articles dealt at random, and in the same with a habit planted."""
    print(f"\n{name}: {len(corpus.event):,} articles, {int(corpus.uses.count.sum()):,} uses of labels")
    for dealing in dealings:
        tests = (run(corpus, sets, dealing, 0.0, n_events) for n_events in N_SHARED)
        print_runs(f"{name}, dealt at random, {dealing}: what is rejected is false", tests)
    for share in SWAPPED:
        tests = (run(corpus, sets, "even", share, n_events) for n_events in N_SHARED)
        print_runs(f"{name}, one side changes {share:.0%} of uses to a label that it likes: power", tests)


def print_labels(n_read: int) -> None:
    """Labels in their sentences, drawn from articles of many outlets, to be judged by reading."""
    frame = pd.read_parquet(folder() / "allsides_10k.parquet", columns=["outlet", "text"])
    articles = biaslens.read(frame.sample(1_200, random_state=5))
    kept = clean_part(articles, learn_repeats(articles), SETTINGS).kept
    hits = contested_labels(annotate(articles, kept, SETTINGS)).hits
    rows = np.random.default_rng(1).choice(len(hits.category), n_read, replace=False)
    for row in np.sort(rows).tolist():
        text = articles.text[int(hits.spans.article[row])]
        start, end = int(hits.spans.start[row]), int(hits.spans.end[row])
        shown = f"{text[max(0, start - CONTEXT) : start]}>>{text[start:end]}<<{text[end : end + CONTEXT]}"
        print(f"[{hits.category[row]}] {' '.join(shown.split())}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--read", type=int, default=0, metavar="N", help="print N labels, and nothing else")
    chosen = parser.parse_args()
    print_machine()
    if chosen.read:
        print_labels(chosen.read)
        return
    sets = load_label_sets()
    print_dealt("AllSides", allsides(), sets, ("even", "uneven"))
    grouped, scanned = ukraine()
    print_dealt("ukraine_2022", independent(grouped, scanned), sets, ("even",))
    print_real(grouped, scanned)


if __name__ == "__main__":
    main()
