"""Group articles into events, and events into stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.events.hashing import HashArray
from biaslens.events.linkage import Edges, FloatArray, link
from biaslens.events.similarity import as_days, similarity_graph
from biaslens.events.sketch import Sketch
from biaslens.settings import Settings
from biaslens.spans import IntArray

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The event and the story of every article; every column has length n_articles.

    event       int64 codes 0, 1, 2, ... in order of each event's first article: earliest date (undated last),
                then the hash of title and text
    story       int64 codes in the same order; a story is made of whole events
    confidence  float64, 0 to 1: square root of the mean similarity to the other articles of its event, less
                that of the mean similarity to the nearest other event. For an article alone in its event
                ``event_similarity`` stands for the first: how far it stays from joining. Below 0 is 0; NaN
                where the user gave the event
    given       True where the user gave the event
    undated     True where the date is missing: such articles meet all others, so their event is less certain
    """

    event: IntArray
    story: IntArray
    confidence: FloatArray
    given: BoolArray
    undated: BoolArray

    def __len__(self) -> int:
        return len(self.event)


def group_articles(
    sketch: Sketch,
    dates: npt.NDArray[np.datetime64],
    given: Sequence[str],
    settings: Settings,
) -> Grouping:
    """Event and story of every article.

    sketch  of the articles
    dates   datetime64[D], shape (n_articles,), NaT where unknown
    given   the user's own event label per article, "" where none: articles with one label are one event, and
            no other article joins it

    Two articles are as similar as the cosine of their TF-IDF vectors times exp(-days between / event_days);
    groups merge while their mean similarity reaches ``event_similarity``. Events merge to stories in the same
    way with ``story_days`` and ``story_similarity``; given events take part in that. The order of the
    articles changes nothing.

    >>> from biaslens.events.sketch import sketch_articles
    >>> sketch = sketch_articles(["Kerry meets Lavrov", "Storm hits Ohio", "Lavrov and Kerry meet"], [""] * 3)
    >>> group_articles(sketch, np.array(["2014-03-14"] * 3, "M8[D]"), [""] * 3, Settings()).event.tolist()
    [0, 1, 0]
    """
    # Sorted by label first, so that equal articles under two labels do not keep the order they came in.
    by_label = np.argsort(np.array(given, dtype=object), kind="stable")
    order = by_label[reading_order(sketch.key[by_label], dates[by_label])]
    day = as_days(dates)[order]
    labels = np.array(given, dtype=object)[order]
    graph = similarity_graph(sketch.take(order), day, max(settings.event_days, settings.story_days))
    is_given = np.array([label != "" for label in labels], dtype=bool)
    event_edges = _ungiven(graph.edges(settings.event_days), is_given)
    event = link(_given_groups(labels), event_edges, settings.event_similarity)
    story = link(event, graph.edges(settings.story_days), settings.story_similarity)
    confidence = _confidence(event, event_edges, settings.event_similarity)
    confidence[is_given] = np.nan
    back = np.argsort(order)
    return Grouping(
        event=_numbered(event)[back],
        story=_numbered(story)[back],
        confidence=confidence[back],
        given=is_given[back],
        undated=np.isnan(day)[back],
    )


def reading_order(key: HashArray, dates: npt.NDArray[np.datetime64]) -> IntArray:
    """Rows by date, undated last, then by the hash of title and text."""
    undated = np.isnat(dates)
    day = np.where(undated, np.datetime64(0, "D"), dates.astype("datetime64[D]"))
    return np.lexsort((key, day, undated))


def _given_groups(labels: npt.NDArray[np.object_]) -> IntArray:
    """One group per given label, one per article without."""
    names = [(label, -1) if label else ("", row) for row, label in enumerate(labels.tolist())]
    number = {name: i for i, name in enumerate(dict.fromkeys(names))}
    return np.array([number[name] for name in names], dtype=np.int64)


def _ungiven(edges: Edges, is_given: BoolArray) -> Edges:
    """The edges between articles whose event the user left open."""
    keep = ~(is_given[edges.a] | is_given[edges.b])
    return Edges(edges.a[keep], edges.b[keep], edges.weight[keep])


def _numbered(label: IntArray) -> IntArray:
    """The same groups numbered by their first row."""
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)


def _confidence(event: IntArray, edges: Edges, threshold: float) -> FloatArray:
    n_events = int(event.max()) + 1 if len(event) else 0
    size = np.bincount(event, minlength=n_events)
    article = np.concatenate([edges.a, edges.b])
    other = event[np.concatenate([edges.b, edges.a])]
    cell, inverse = np.unique(article * max(n_events, 1) + other, return_inverse=True)
    total = np.bincount(inverse, weights=np.concatenate([edges.weight, edges.weight]), minlength=len(cell))
    article, other = cell // max(n_events, 1), cell % max(n_events, 1)
    inside = other == event[article]
    own = np.zeros(len(event))
    own[article[inside]] = total[inside]
    own = np.where(size[event] > 1, own / np.maximum(size[event] - 1, 1), threshold)
    nearest = np.zeros(len(event))
    np.maximum.at(nearest, article[~inside], total[~inside] / size[other[~inside]])
    return np.asarray(np.clip(np.sqrt(own) - np.sqrt(nearest), 0.0, 1.0))
