"""Real texts dealt at random to outlets that do not exist: what a test finds between them is false.

Events of three outlets come from AllSides (labelled) and from long articles of two more sets, which the
library groups. Of each event three articles by three outlets are taken, all long enough, and counted at
several lengths: as compare() would count them, wire share and omission among the three included. Counting
takes a minute or two; dealing a run is a matter of indices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder

import biaslens
from biaslens.articles import Articles
from biaslens.cells import Cells, LabelCells, TermCells
from biaslens.cleaning.repetition import Repeats, learn_repeats
from biaslens.first_pass import annotate, clean_part, kept_texts
from biaslens.framing import label_cells, tally_event_items, with_omission
from biaslens.lost_marks import without_lost_marks
from biaslens.measuring.registry import measures_for
from biaslens.passes import scan
from biaslens.second_pass import fill_in, group, sum_cells, sum_terms, with_wire_share
from biaslens.settings import Settings
from biaslens.stats.omission import omission_cells
from biaslens.stats.salient import salient_terms

Ints = npt.NDArray[np.int64]
Rng = np.random.Generator

# How long the articles of one event are. "equal": 400 words each. Else one has 180 words and the others 810:
# a "piece" is as much of the first 810 from a random place on, so that nothing but length differs; a "lead"
# is the first 180 words, which are also another part of an article than the rest.
Lengths = Literal["equal", "pieces", "leads"]

N_OUTLETS = 3
SHORT, MEDIUM, LONG = 180, 400, 810
# Pieces of an article, evenly spread over it: one alone may be unlike the whole by chance, in every run.
N_PIECES = 3
# Fewer words between blanks than this will not leave LONG of them after cleaning.
MIN_RAW_WORDS = 850
OUTLETS = ("A", "B", "C")
MEASURES = measures_for(Settings())
# The texts are clean already when they are cut.
_CUT = Settings(clean=False)


@dataclass(frozen=True)
class Counted:
    """What articles count in one combination of lengths; three rows for each event.

    total, exposure  shape (n_articles, n_measures); exposure 0 for an article that is a copy
    labels, terms    shape (3, n_rows): article, label or term, count
    """

    total: Ints
    exposure: Ints
    labels: Ints
    terms: Ints


@dataclass(frozen=True)
class Corpus:
    """Events of three articles, counted.

    words    the terms that codes in ``terms`` stand for
    counted  for "equal" one combination; else three, by which article of each event is the short one, for
             "pieces" as often as there are pieces of an article
    """

    n_events: int
    words: tuple[str, ...]
    counted: dict[Lengths, tuple[Counted, ...]]


@dataclass(frozen=True)
class Dealt:
    """Cells of outlets A, B and C, as analyse() would have them."""

    cells: Cells
    labels: LabelCells
    terms: TermCells
    event_names: tuple[str, ...]

    def without(self, outlet: int) -> Dealt:
        """The same without one of the outlets."""
        kept = self.cells.outlet != outlet
        columns = (self.cells.n_articles, self.cells.total, self.cells.exposure)
        cells = Cells(self.cells.event[kept], self.cells.outlet[kept], *(part[kept] for part in columns))
        labels, terms = self.labels, self.terms
        kept, used = labels.outlet != outlet, terms.outlet != outlet
        return Dealt(
            cells,
            LabelCells(labels.event[kept], labels.outlet[kept], labels.label[kept], labels.count[kept]),
            TermCells(terms.event[used], terms.outlet[used], terms.term[used], terms.count[used]),
            self.event_names,
        )


def load_corpus() -> Corpus:
    """The corpus, counted anew; nothing is kept on disk."""
    articles = _chosen(_long_articles())
    rng = np.random.default_rng(0)
    long, medium = _first_words(articles, LONG), _first_words(articles, MEDIUM)
    leads = _first_words(articles, SHORT)
    start = rng.random(len(long))
    pieces = [_share_from(long, SHORT / LONG, start + part / N_PIECES) for part in range(N_PIECES)]
    code: dict[str, int] = {}

    def mixed(*shorts: Articles) -> tuple[Counted, ...]:
        places = ((short, slot) for short in shorts for slot in range(N_OUTLETS))
        return tuple(_count(_with_short(long, short, slot), code) for short, slot in places)

    counted: dict[Lengths, tuple[Counted, ...]] = {
        "equal": (_count(medium, code),),
        "pieces": mixed(*pieces),
        "leads": mixed(leads),
    }
    return Corpus(len(articles) // N_OUTLETS, tuple(code), counted)


def deal(corpus: Corpus, lengths: Lengths, n_events: int, rng: Rng) -> Dealt:
    """Some events at random, the three articles of each dealt at random to A, B and C.

    Where lengths are unequal A gets short articles and the others long ones.
    """
    events = np.sort(rng.choice(corpus.n_events, n_events, replace=False))
    slots = rng.permuted(np.tile(np.arange(N_OUTLETS), (n_events, 1)), axis=1)
    options = corpus.counted[lengths]
    option = np.repeat(_short_at(slots[:, 0], len(options), rng), N_OUTLETS)
    article = (events[:, None] * N_OUTLETS + slots).ravel()
    cell = np.arange(n_events * N_OUTLETS)
    place = np.full((len(options), corpus.n_events * N_OUTLETS), -1)
    place[option, article] = cell
    total = np.stack([each.total for each in options])[option, article]
    exposure = np.stack([each.exposure for each in options])[option, article]
    return Dealt(
        Cells(cell // N_OUTLETS, cell % N_OUTLETS, np.minimum(exposure, 1), total, exposure),
        LabelCells(*_dealt_rows([each.labels for each in options], place)),
        TermCells(*_dealt_rows([each.terms for each in options], place)),
        tuple(f"{event:04}" for event in events.tolist()),
    )


def _short_at(slot: Ints, n_options: int, rng: Rng) -> Ints:
    """The combination of each event in which A's article is the short one, shape (n_events,)."""
    if n_options == 1:
        return np.zeros(len(slot), dtype=np.int64)
    return np.asarray(rng.integers(n_options // N_OUTLETS, size=len(slot)) * N_OUTLETS + slot)


def _dealt_rows(options: list[Ints], place: Ints) -> Ints:
    """Event, outlet, code and count of the rows whose articles were dealt."""
    cells = [place[option][rows[0]] for option, rows in enumerate(options)]
    cell = np.concatenate([at[at >= 0] for at in cells])
    rest = np.concatenate([rows[1:, at >= 0] for rows, at in zip(options, cells, strict=True)], axis=1)
    return np.stack([cell // N_OUTLETS, cell % N_OUTLETS, *rest])


def _long_articles() -> Articles:
    """Articles that are long enough, of three sets; those of AllSides events with their labels."""
    events = pd.read_parquet(folder() / "allsides_events.parquet")
    events = events.rename(columns={"source": "outlet", "event_id": "event"})
    more = pd.read_parquet(folder() / "allsides_10k.parquet")
    more = more[~more["text"].isin(events["text"])]
    ukraine = pd.read_parquet(folder() / "ukraine_2022.parquet").drop(columns="date")
    sets = [events, more, ukraine.rename(columns={"day": "date"})]
    columns = ["outlet", "event", "date", "title", "text"]
    frame = pd.concat([each.reindex(columns=columns) for each in sets], ignore_index=True)
    long = [len(text.split()) >= MIN_RAW_WORDS for text in frame["text"]]
    return biaslens.read(frame[long].reset_index(drop=True))


def _chosen(articles: Articles) -> Articles:
    """Three cleaned articles by three outlets of each event that has them, one event after the other."""
    groups = biaslens.group_events(articles)
    events: dict[str, dict[str, int]] = {}
    for row in np.flatnonzero(~groups.digest).tolist():
        events.setdefault(groups.event[row], {}).setdefault(articles.outlet[row], row)
    chosen = [list(rows.values())[:N_OUTLETS] for rows in events.values() if len(rows) >= N_OUTLETS]
    kept = articles.take([row for rows in chosen for row in rows])
    texts = kept_texts(kept, clean_part(kept, learn_repeats(articles), Settings()))
    long = np.array([len(text.split()) >= LONG for text in texts]).reshape(-1, N_OUTLETS).all(axis=1)
    rows = np.flatnonzero(np.repeat(long, N_OUTLETS)).tolist()
    ids, labels = zip(*((f"{row:05}", f"{row // N_OUTLETS:04}") for row in range(len(rows))), strict=True)
    return _with_texts(replace(kept.take(rows), id=ids, event=labels), [texts[row] for row in rows])


def _with_texts(articles: Articles, texts: Sequence[str]) -> Articles:
    return replace(articles, text=tuple(texts), original=tuple(texts), offsets=(None,) * len(articles))


def _with_short(long: Articles, short: Articles, slot: int) -> Articles:
    """Long articles, but short ones in one slot of every event."""
    both = zip(long.text, short.text, strict=True)
    return _with_texts(long, [b if row % N_OUTLETS == slot else a for row, (a, b) in enumerate(both)])


def _first_words(articles: Articles, n_words: int) -> Articles:
    """Whole sentences from the beginning: so many words, or a few more."""
    return _cut(articles, lambda words: np.arange(int(np.searchsorted(np.cumsum(words), n_words)) + 1))


def _share_from(articles: Articles, share: float, start: npt.NDArray[np.float64]) -> Articles:
    """A share of each article's sentences from a place on, a share too; after the last one comes the first.

    Their number is given, not their words: the sentence that completes a number of words is a long one.
    """
    starts = iter(start.tolist())

    def choose(words: Ints) -> Ints:
        n = max(1, round(share * len(words)))
        return (int(next(starts) * len(words)) + np.arange(n)) % len(words)

    return _cut(articles, choose)


def _cut(articles: Articles, choose: Callable[[Ints], Ints]) -> Articles:
    """The sentences that are chosen by the words in each."""
    kept = clean_part(articles, Repeats({}), _CUT).kept
    tokens = annotate(articles, kept, _CUT).tokens
    words = np.diff(np.append(0, np.cumsum(tokens.is_word))[tokens.sentence_first])
    bounds = np.searchsorted(tokens.sentence_article, np.arange(len(articles) + 1)).tolist()
    texts = []
    for row, text in enumerate(articles.text):
        chosen = bounds[row] + choose(words[bounds[row] : bounds[row + 1]])
        # Sentences that follow each other keep what stands between them: paragraphs, quotations.
        runs = np.split(chosen, np.flatnonzero(np.diff(chosen) != 1) + 1)
        first = tokens.start[[tokens.sentence_first[run[0]] for run in runs]].tolist()
        last = tokens.end[[tokens.sentence_first[run[-1] + 1] - 1 for run in runs]].tolist()
        texts.append("\n".join(text[start:end] for start, end in zip(first, last, strict=True)))
    return _with_texts(articles, texts)


def _count(articles: Articles, code: dict[str, int]) -> Counted:
    """Everything that contrasts are made of, as compare() would have it; ``code`` grows by new words."""
    scanned = scan(articles, Repeats({}), _CUT)
    grouped = group(fill_in(articles, scanned), scanned, _CUT)
    counted = without_lost_marks(grouped, with_wire_share(scanned, grouped.copies))
    terms, words = sum_terms(grouped, counted)
    tally = tally_event_items(grouped, counted, salient_terms(terms, words, _CUT.language))
    cells = with_omission(sum_cells(grouped, counted), omission_cells(tally), MEASURES)
    article = np.full((len(grouped.unit_names), len(grouped.outlets)), -1)
    article[grouped.unit, grouped.outlet] = np.arange(len(articles))
    total, exposure = np.zeros((2, len(articles), len(MEASURES)), dtype=np.int64)
    rows = article[cells.event, cells.outlet]
    total[rows], exposure[rows] = cells.total, cells.exposure
    labels = label_cells(grouped, counted)
    codes = np.array([code.setdefault(word, len(code)) for word in words], dtype=np.int64)
    return Counted(
        total,
        exposure,
        np.stack([article[labels.event, labels.outlet], labels.label, labels.count]),
        np.stack([article[terms.event, terms.outlet], codes[terms.term], terms.count]),
    )
