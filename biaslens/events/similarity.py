"""How alike articles, or events, are: the cosine of what they are about, and the days between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.events.linkage import Edges
from biaslens.events.near import NearPairs, Source, Vectors
from biaslens.events.sketch import PAIR, Sketch
from biaslens.events.vectors import TermVectors, article_vectors, term_vectors
from biaslens.events.windows import Window, look_back, turns, windows
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray

# Where a date is missing the gap is unknown. Between articles it counts as .65 of the time scale, two days of
# three, by a logistic regression on pairs from AllSides train and an undated copy; .55 to .75 do as well.
# Between events it counts as two thirds: with one third the five seeds without dates would be one story.
EVENT_UNKNOWN_GAP, STORY_UNKNOWN_GAP = 0.65, 2 / 3
# The gap that leaves a similarity between articles as the texts have it. It only says what a threshold means:
# a larger gap with a higher threshold gives the same events. Chosen on AllSides train for a threshold of .11.
EVENT_NEUTRAL_GAP = 0.6
# Similarities below this share of the threshold count as 0. A half and two fifths give the same mean BCubed
# F1 on AllSides train and its samples, to .0002, and a half leaves fewer pairs. Pairs that only their titles
# could lift above it are not looked for: they change nothing there. The stories of ECB+ stay what they are up
# to two thirds; nine tenths cost .012.
EVENT_FLOOR, STORY_FLOOR = 1 / 2, 2 / 3
# Each article keeps its nearest 50 of the earlier ones; 20 change BCubed F1 by up to .006, 100 by nothing. Of
# events, 10 and 50 give the same stories.
EVENT_NEAREST, STORY_NEAREST = 50, 20
# Multiplications per article that may find out which pairs are alike at all: the terms of the most articles
# only weigh the pairs found. One budget keeps the cost of an article the same, however dense the news. With
# 1,500 or any higher number, BCubed F1 in news of 700 articles a day stays within .001.
EVENT_PRODUCTS, STORY_PRODUCTS = 2_000, 500
# Articles that are read at a time: memory only.
ROWS_AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class Nodes:
    """What is compared: articles, or events as sets of articles; in order of date, those without one last.

    day    float64, shape (n_nodes,): days since 1970, NaN where unknown
    rows   int64, shape (n_articles,): rows of the articles, node after node
    first  int64, shape (n_nodes + 1,): where the articles of each node begin, then n_articles
    """

    day: FloatArray
    rows: IntArray
    first: IntArray

    def articles(self, window: Window) -> IntArray:
        """Rows of the articles of a window's nodes."""
        old, new = (
            self.rows[self.first[part.start] : self.first[part.stop]] for part in (window.old, window.new)
        )
        return np.concatenate([old, new])


@dataclass(frozen=True, slots=True)
class Terms:
    """Likeness of articles by shared terms, words and pairs of words in a row; by titles, and weekdays."""

    sketch: Sketch

    def __len__(self) -> int:
        return len(self.sketch)

    def vectors(self, rows: IntArray, sizes: IntArray) -> TermVectors:
        """TF-IDF vectors of articles, one each node; how rare a term is, is counted among them."""
        assert len(sizes) == len(rows), "events are compared by their words alone"
        return article_vectors(self.sketch.take(rows), EVENT_PRODUCTS)


@dataclass(frozen=True, slots=True)
class Words:
    """Likeness of events by shared words."""

    sketch: Sketch

    def __len__(self) -> int:
        return len(self.sketch)

    def vectors(self, rows: IntArray, sizes: IntArray) -> TermVectors:
        """TF-IDF vectors of nodes; how rare a word is, is counted among their articles."""
        parts = [rows[first : first + ROWS_AT_A_TIME] for first in range(0, len(rows), ROWS_AT_A_TIME)]
        words = Sketch.concatenate([_words(self.sketch.take(part)) for part in parts])
        return term_vectors(words, sizes, STORY_PRODUCTS)


def _words(sketch: Sketch) -> Sketch:
    """The same articles without their pairs of words."""
    kept = np.flatnonzero(sketch.kind != PAIR)
    first = np.searchsorted(kept, sketch.first)
    return Sketch(
        first, sketch.term[kept], sketch.mark[kept], sketch.count[kept], sketch.key, sketch.is_digest
    )


@dataclass(frozen=True, slots=True)
class Decay:
    """How similarity falls with the days between two nodes, and how much of it counts.

    scale_days   days after which a third of a similarity is left
    unknown_gap  the days that stand for unknown ones
    neutral_gap  the days that leave a similarity as it is: fewer raise it, more lower it
    least        weaker similarities count as 0 in the means
    n_nearest    so many of the earlier nodes, the nearest, count for each node
    """

    scale_days: float
    unknown_gap: float
    neutral_gap: float
    least: float
    n_nearest: int

    def similarity(self, cosine: npt.NDArray[np.floating], days: FloatArray) -> FloatArray:
        """How alike two nodes are: ``cosine * exp((neutral_gap - days) / scale_days)``, 0 to 1.

        cosine  of the two, or what takes its place
        days    between them, NaN where unknown

        >>> decay = event_decay(Settings())
        >>> decay.similarity(np.array([0.5, 0.5, 0.5]), np.array([0.0, 3.0, np.nan])).round(3)
        array([0.911, 0.335, 0.476])
        """
        gap = np.where(np.isnan(days), self.unknown_gap, days)
        return np.asarray(np.minimum(cosine * np.exp((self.neutral_gap - gap) / self.scale_days), 1))


def event_decay(settings: Settings, source: Source | None = None) -> Decay:
    """The decay between articles: how alike they are as reports of one event.

    source  a similarity that a user brings, None for that of terms. It stays as it is on one day, and where a
            date is missing.
    """
    days, threshold = settings.event_days, settings.event_similarity
    is_ours = source is None or isinstance(source, Terms)
    gaps = (EVENT_UNKNOWN_GAP * days, EVENT_NEUTRAL_GAP * days) if is_ours else (0.0, 0.0)
    return Decay(days, *gaps, EVENT_FLOOR * threshold, EVENT_NEAREST)


def story_decay(settings: Settings, source: Source | None = None) -> Decay:
    """The decay between events: how alike they are as parts of one story; ``source`` as for events."""
    days, threshold = settings.story_days, settings.story_similarity
    is_ours = source is None or isinstance(source, Words)
    unknown_gap = STORY_UNKNOWN_GAP * days if is_ours else 0.0
    return Decay(days, unknown_gap, 0.0, STORY_FLOOR * threshold, STORY_NEAREST)


def similar_pairs(nodes: Nodes, source: Source, decay: Decay) -> Edges:
    """Pairs of nodes that are alike enough to count, by position; each node with its nearest earlier ones.

    Of equally near nodes the earlier ones are kept.
    """
    found = [
        part
        for window in windows(nodes.day, decay.scale_days)
        for part in _meet(nodes, window, source, decay)
    ]
    return Edges(
        a=np.concatenate([np.zeros(0, np.int32), *(part.a for part in found)]),
        b=np.concatenate([np.zeros(0, np.int32), *(part.b for part in found)]),
        weight=np.concatenate([np.zeros(0, np.float32), *(part.weight for part in found)]),
    )


def _meet(nodes: Nodes, window: Window, source: Source, decay: Decay) -> Iterator[Edges]:
    position = window.positions
    sizes = nodes.first[position + 1] - nodes.first[position]
    vectors = source.vectors(nodes.articles(window), sizes)
    day = nodes.day[position]
    for turn in turns(nodes.day, window, decay.scale_days):
        for pairs in vectors.near(turn, decay.least * vectors.found_share):
            edges = _nearest(_weighed(pairs, vectors, day, decay), decay.n_nearest)
            yield Edges(position[edges.a].astype(np.int32), position[edges.b].astype(np.int32), edges.weight)


def _weighed(pairs: NearPairs, vectors: Vectors, day: FloatArray, decay: Decay) -> Edges:
    """The pairs with their similarity, where it counts."""
    days = np.abs(day[pairs.b] - day[pairs.a])
    hopeful = decay.similarity(pairs.cosine, days) >= decay.least * vectors.found_share
    hopeful &= ~(days > look_back(decay.scale_days))
    pairs, days = pairs.where(hopeful), days[hopeful]
    weight = decay.similarity(vectors.completed(pairs), days).astype(np.float32)
    kept = weight >= decay.least
    return Edges(pairs.a[kept], pairs.b[kept], weight[kept])


def _nearest(edges: Edges, n_nearest: int) -> Edges:
    """The strongest edges of each later node, in order of nodes."""
    order = np.lexsort((edges.a, -edges.weight, edges.b))
    later = edges.b[order]
    rank = np.arange(len(later)) - np.searchsorted(later, later)
    chosen = order[rank < n_nearest]
    return Edges(edges.a[chosen], edges.b[chosen], edges.weight[chosen])
