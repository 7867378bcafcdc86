"""Group articles into events, and events into stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from biaslens.errors import BadSetting
from biaslens.events.confidence import placement_confidence
from biaslens.events.hashing import HashArray
from biaslens.events.linkage import BoolArray, Edges, link
from biaslens.events.near import Source
from biaslens.events.similarity import Nodes, Terms, Words, event_decay, similar_pairs, story_decay
from biaslens.events.sketch import Sketch
from biaslens.events.windows import as_days
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Grouping:
    """The event and the story of every article; every column has length n_articles.

    event       int64 codes 0, 1, 2, ... in order of each event's first article: earliest date (undated last),
                then the hash of title and text
    story       int64 codes in the same order; a story is made of whole events
    confidence  float64, 0 to 1: square root of the mean similarity to the other articles of its event, less
                that of the mean similarity to the nearest other event. For an article alone in its event
                ``event_similarity`` stands for the first: how far it stays from joining. Below 0 is 0; NaN
                where the user gave the event, and for digests
    given       True where the user gave the event
    undated     True where the date is missing: such articles meet all others, so their event is less certain
    digest      True where the title announces several events, and the user gave none: such an article is an
                event and a story of its own, without confidence
    """

    event: IntArray
    story: IntArray
    confidence: FloatArray
    given: BoolArray
    undated: BoolArray
    digest: BoolArray

    def __len__(self) -> int:
        return len(self.event)


def group_articles(
    sketch: Sketch,
    dates: npt.NDArray[np.datetime64],
    given: Sequence[str],
    settings: Settings,
    similarity: Source | None = None,
) -> Grouping:
    """Event and story of every article.

    sketch      of the articles
    dates       datetime64[D], shape (n_articles,), NaT where unknown
    given       the user's own event label per article, "" where none: articles with one label are one event,
                and no other article joins it
    similarity  Embeddings or a SimilarityMatrix of the same articles, in the same order, in place of the
                cosine of their terms

    Two articles are as similar as the cosine of their TF-IDF vectors, times exp(.6 - days between /
    event_days), times what their titles and the weekdays that they name say (see Clues), up to 8/3 event_days
    apart; groups merge while their mean similarity reaches ``event_similarity``. Events
    merge to stories in the same way with ``story_days`` and ``story_similarity``, each with one vote: an
    event stands at the mean date of its articles, and its vector is the direction of their mean vector. Given
    events take part in that. The order of the articles changes nothing.

    Raises BadSetting where ``similarity`` has not one row per article.

    >>> from biaslens.events.sketch import sketch_articles
    >>> sketch = sketch_articles(["Kerry meets Lavrov", "Storm hits Ohio", "Lavrov and Kerry meet"], [""] * 3)
    >>> group_articles(sketch, np.array(["2014-03-14"] * 3, "M8[D]"), [""] * 3, Settings()).event.tolist()
    [0, 1, 0]
    """
    source = Terms(sketch) if similarity is None else similarity
    if len(source) != len(sketch):
        raise BadSetting(
            f"The similarity that you give has {len(source)} rows for {len(sketch)} articles; it needs one "
            "row per article, in their order."
        )
    labels = np.array(given, dtype=object)
    order = _order(labels, sketch.key, dates)
    day, labels = as_days(dates)[order], labels[order]
    is_given = np.asarray(labels != "", dtype=bool)
    is_digest = sketch.is_digest[order] & ~is_given
    articles = Nodes(day, order, np.arange(len(order) + 1))
    linked = _link_articles(articles, source, _Placed(labels, is_given | is_digest), settings)
    events = _in_order_of_date(linked.event, order, day)
    is_alone = np.zeros(len(events.place), dtype=bool)
    is_alone[events.place[linked.event[is_digest]]] = True
    story = _link_events(events, is_alone, Words(sketch) if similarity is None else similarity, settings)
    back = np.argsort(order)
    return Grouping(
        event=linked.event[back],
        story=numbered(story[linked.event])[back],
        confidence=linked.confidence[back],
        given=is_given[back],
        undated=np.isnan(day)[back],
        digest=is_digest[back],
    )


def reading_order(key: HashArray, dates: npt.NDArray[np.datetime64]) -> IntArray:
    """Rows by date, undated last, then by the hash of title and text."""
    undated = np.isnat(dates)
    day = np.where(undated, np.datetime64(0, "D"), dates.astype("datetime64[D]"))
    return np.lexsort((key, day, undated))


def numbered(label: npt.NDArray[Any]) -> IntArray:
    """The same groups numbered 0, 1, 2, ... in order of their first row.

    >>> numbered(np.array([7, 3, 7])).tolist()
    [0, 1, 0]
    """
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse].astype(np.int64)


def _order(labels: npt.NDArray[np.object_], key: HashArray, dates: npt.NDArray[np.datetime64]) -> IntArray:
    """Reading order; of equal articles under two labels the alphabet decides, not the order they came in."""
    by_label = np.argsort(labels, kind="stable")
    return by_label[reading_order(key[by_label], dates[by_label])]


@dataclass(frozen=True, slots=True)
class _Linked:
    """The event of every article in order of date, and how sure it is."""

    event: IntArray
    confidence: FloatArray


@dataclass(frozen=True, slots=True)
class _Placed:
    """Articles in order of date whose event is known without looking at others.

    label     the user's own event label, "" where none
    is_known  True where there is a label, and for digests
    """

    label: npt.NDArray[np.object_]
    is_known: BoolArray


def _link_articles(articles: Nodes, source: Source, placed: _Placed, settings: Settings) -> _Linked:
    likeness = _open_pairs(similar_pairs(articles, source, event_decay(settings, source)), placed.is_known)
    event = numbered(link(_given_groups(placed.label), likeness, settings.event_similarity))
    confidence = placement_confidence(event, likeness, settings.event_similarity)
    confidence[placed.is_known] = np.nan
    return _Linked(event, confidence)


def _open_pairs(likeness: Edges, is_known: BoolArray) -> Edges:
    """The pairs of which neither is placed already."""
    return likeness.where(~(is_known[likeness.a] | is_known[likeness.b])) if is_known.any() else likeness


def _given_groups(labels: npt.NDArray[np.object_]) -> IntArray:
    """One group per given label, one per article without."""
    first: dict[str, int] = {}
    rows = [first.setdefault(label, row) if label else row for row, label in enumerate(labels.tolist())]
    return numbered(np.array(rows, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class _Events:
    """Events in order of their mean date, those without one last.

    place  int64, shape (n_events,): place of each event in that order
    """

    nodes: Nodes
    place: IntArray


def _in_order_of_date(event: IntArray, order: IntArray, day: FloatArray) -> _Events:
    n_articles = np.bincount(event)
    n_dated = np.bincount(event, weights=~np.isnan(day))
    total = np.bincount(event, weights=np.nan_to_num(day))
    mean_day = np.where(n_dated > 0, total / np.maximum(n_dated, 1), np.nan)
    by_date = np.argsort(mean_day, kind="stable")
    place = np.argsort(by_date)
    by_event = np.argsort(place[event], kind="stable")
    first = np.concatenate([[0], np.cumsum(n_articles[by_date])])
    return _Events(Nodes(mean_day[by_date], order[by_event], first), place)


def _link_events(events: _Events, is_alone: BoolArray, source: Source, settings: Settings) -> IntArray:
    """The story of every event; digests, ``is_alone`` in order of date, are stories of their own."""
    likeness = _open_pairs(similar_pairs(events.nodes, source, story_decay(settings, source)), is_alone)
    return link(np.arange(len(events.place)), likeness, settings.story_similarity)[events.place]
