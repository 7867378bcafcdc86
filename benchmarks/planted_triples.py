"""Triples of articles on one event, dealt to outlets A, B and C, and what the library counts in each pair.

A's text may be edited; B and C stay as they were. Most measures are counted article by article, so that a
pair is put together from two texts counted alone. Omission and wire share take the whole event: they are
counted in the event as it is with A's edited text in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder

import biaslens
from biaslens.articles import Articles
from biaslens.cells import Items, TermCells
from biaslens.cleaning.clean import keep_all
from biaslens.cleaning.repetition import Repeats
from biaslens.codebook import Corpus, Measure
from biaslens.events.copies import Copies, find_copies
from biaslens.events.origins import rank_origins
from biaslens.events.shingles import Shingles, shingle_corpus
from biaslens.first_pass import Scanned, annotate
from biaslens.measuring.registry import MEASURES
from biaslens.passes import scan
from biaslens.settings import Settings
from biaslens.spans import Spans
from biaslens.stats.omission import omission_cells
from biaslens.stats.salient import salient_terms
from biaslens.stats.tallying import tally_items

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# A p-value of 5 % needs no more draws, and tens of thousands of tests are made.
SETTINGS = Settings(clean=False, draws=999)
# Counted article by article; omission and wire share take the other articles of the event.
BY_ARTICLE = ("distancing_cue_share", "loaded_rate", "agentless_passive_rate", "quote_share")
IN_EVENT = ("omission", "wire_share")
COLUMNS = (*BY_ARTICLE, *IN_EVENT)


@dataclass(frozen=True)
class Seen:
    """What the library sees in some texts, in columns by article.

    total, exposure  shape (n_articles, len(BY_ARTICLE))
    term             code of each word of ``scanned.terms``
    """

    texts: tuple[str, ...]
    scanned: Scanned
    total: Ints
    exposure: Ints
    term: Ints


@dataclass(frozen=True)
class Sides:
    """Sums of A and of B in every possible pair, shape (n_pairs, 2, len(COLUMNS)); exposure 0 for none."""

    total: Ints
    exposure: Ints


class Triples:
    """Events of three articles in random order: row 3 e + i is article i of event e.

    a, b  shape (n_pairs,): rows of A and B in every pair of an event; C is the third
    """

    def __init__(self, articles: Articles) -> None:
        self.articles = articles
        self.n = len(articles)
        self.event = np.arange(self.n) // 3
        self.codes: dict[str, int] = {}
        rows = np.arange(self.n)
        self.others = np.stack([rows - rows % 3 + (rows + step) % 3 for step in (1, 2)], axis=1)
        self.a, self.b = np.repeat(rows, 2), self.others.reshape(-1)

    @cached_property
    def corpus(self) -> Corpus:
        return annotate(self.articles, keep_all(self.articles).kept, SETTINGS)

    @cached_property
    def base(self) -> Seen:
        return self.see(self.articles.text)

    @cached_property
    def unedited(self) -> Sides:
        return paired(self, self.base, self.base, IN_EVENT)

    def given(self, texts: Sequence[str]) -> Articles:
        texts = tuple(texts)
        return replace(self.articles, text=texts, original=texts, offsets=(None,) * self.n)

    def see(self, texts: Sequence[str]) -> Seen:
        scanned = scan(self.given(texts), Repeats({}), SETTINGS)
        columns = [measure_row(name) for name in BY_ARTICLE]
        codes = self.codes
        term = np.array([codes.setdefault(word, len(codes)) for word in scanned.terms.term], dtype=np.int64)
        counts = scanned.counts
        return Seen(tuple(texts), scanned, counts.total[:, columns], counts.exposure[:, columns], term)


@cache
def measure_row(name: str) -> int:
    return [measure.name for measure in MEASURES].index(name)


def measure_of(name: str) -> Measure:
    return MEASURES[measure_row(name)]


def load() -> Triples:
    """Events of three articles none of which copies another, their articles in random order."""
    sides = pd.read_parquet(
        folder() / "allsides_events.parquet", columns=["event_id", "source", "date", "text"]
    )
    basil = pd.read_parquet(
        folder() / "basil_articles.parquet", columns=["event_id", "outlet", "date", "text"]
    )
    frame = pd.concat([sides.rename(columns={"source": "outlet"}), basil])
    frame = frame[frame.groupby("event_id")["text"].transform("size") == 3]
    frame = frame.sample(frac=1, random_state=0).sort_values("event_id", kind="stable")
    triples = Triples(biaslens.read(frame.rename(columns={"event_id": "event"})))
    narration = shingle_corpus(triples.corpus.tokens, triples.corpus.is_narration)
    copied = traced(triples, narration).copy_of >= 0
    kept = ~np.repeat(copied.reshape(-1, 3).any(axis=1), 3)
    return Triples(triples.articles.take(np.flatnonzero(kept)))


def traced(triples: Triples, shingles: Shingles) -> Copies:
    _, outlet = np.unique(np.array(triples.articles.outlet, dtype=object), return_inverse=True)
    origins = rank_origins(shingles, outlet, triples.articles.date, np.arange(triples.n), event=triples.event)
    return find_copies(shingles, origins, SETTINGS)


def paired(triples: Triples, edited: Seen, base: Seen, of_event: Sequence[str]) -> Sides:
    """Every pair with A edited and B and C as they were; of IN_EVENT, the measures named are counted."""
    total, exposure = np.zeros((2, len(triples.a), 2, len(COLUMNS)), dtype=np.int64)
    for side, seen, rows in ((0, edited, triples.a), (1, base, triples.b)):
        total[:, side, : len(BY_ARTICLE)] = seen.total[rows]
        exposure[:, side, : len(BY_ARTICLE)] = seen.exposure[rows]
    for name in of_event:
        column = COLUMNS.index(name)
        for place in range(3):
            swapped = np.arange(triples.n) % 3 == place
            found = _IN_EVENT[name](triples, edited, base, swapped)
            pairs = np.flatnonzero(swapped[triples.a])
            for side, rows in ((0, triples.a[pairs]), (1, triples.b[pairs])):
                total[pairs, side, column], exposure[pairs, side, column] = found[:, rows]
    return Sides(total, exposure)


def wire_words(triples: Triples, edited: Seen, base: Seen, swapped: Bools) -> Ints:
    """Shared words and words of each article where some texts are the edited ones, shape (2, n_articles)."""
    own_words = np.where(swapped, edited.scanned.own_words, base.scanned.own_words)
    shingles = mixed_shingles(edited.scanned.shingles, base.scanned.shingles, swapped)
    return np.stack([traced(triples, shingles).passages.shared_words, own_words])


def omissions(triples: Triples, edited: Seen, base: Seen, swapped: Bools) -> Ints:
    """Omission of each article, and 1 where it has one, where some texts are the edited ones."""
    pairs = zip(edited.texts, base.texts, swapped.tolist(), strict=True)
    texts = [new if is_new else old for new, old, is_new in pairs]
    outlets = tuple(f"Outlet {row % 3}" for row in range(triples.n))
    articles = replace(triples.given(texts), outlet=outlets)
    items = mixed_items(edited.scanned.items, base.scanned.items, swapped)
    terms = salient_terms(mixed_terms(edited, base, swapped, triples.event), list(triples.codes))
    cells = omission_cells(tally_items(items, articles, triples.event, terms))
    found, rows = np.zeros((2, triples.n), dtype=np.int64), cells.event * 3 + cells.outlet
    found[:, rows] = cells.value, np.ones_like(cells.value)
    return found


_IN_EVENT = {"omission": omissions, "wire_share": wire_words}


def mixed_shingles(edited: Shingles, base: Shingles, swapped: Bools) -> Shingles:
    sources = [edited if is_new else base for is_new in swapped.tolist()]
    parts = [source.hash[source.first[row] : source.first[row + 1]] for row, source in enumerate(sources)]
    first = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
    return Shingles(first, np.concatenate(parts), np.where(swapped, edited.key, base.key))


def mixed_items(edited: Items, base: Items, swapped: Bools) -> Items:
    mentions = _chosen(edited.place.article, base.place.article, swapped)
    sentences = _chosen(edited.sentence.article, base.sentence.article, swapped)
    return Items(
        text=tuple(np.array(edited.text + base.text, dtype=object)[mentions]),
        key=tuple(np.array(edited.key + base.key, dtype=object)[mentions]),
        kind=tuple(np.array(edited.kind + base.kind, dtype=object)[mentions]),
        sure=np.concatenate([edited.sure, base.sure])[mentions],
        place=_joined(edited.place, base.place, mentions),
        sentence=_joined(edited.sentence, base.sentence, sentences),
        n_words=np.concatenate([edited.n_words, base.n_words])[sentences],
    )


def _chosen(edited: Ints, base: Ints, swapped: Bools) -> Ints:
    """Rows of both, one after the other, that stand for their article, in order of articles."""
    article = np.concatenate([edited, base])
    kept = np.flatnonzero(np.concatenate([swapped[edited], ~swapped[base]]))
    return kept[np.argsort(article[kept], kind="stable")]


def _joined(edited: Spans, base: Spans, rows: Ints) -> Spans:
    columns = [
        np.concatenate(pair)[rows]
        for pair in ((edited.article, base.article), (edited.start, base.start), (edited.end, base.end))
    ]
    return Spans(*columns)


def mixed_terms(edited: Seen, base: Seen, swapped: Bools, event: Ints) -> TermCells:
    new, old = edited.scanned.terms, base.scanned.terms
    rows = _chosen(new.article, old.article, swapped)
    article = np.concatenate([new.article, old.article])[rows]
    table = np.stack([event[article], article % 3, np.concatenate([edited.term, base.term])[rows]])
    cells, row = np.unique(table, axis=1, return_inverse=True)
    count = np.zeros(cells.shape[1], dtype=np.int64)
    np.add.at(count, row.reshape(-1), np.concatenate([new.count, old.count])[rows])
    return TermCells(cells[0], cells[1], cells[2], count)
