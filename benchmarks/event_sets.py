"""Sets of articles whose events are known, and scores of a grouping against them: shared by benchmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pandas as pd
from evaluation_data import folder

DRAWS = 1_000
# Columns of article_counts().
ARTICLES, PRECISION, RECALL, PAIRS_RIGHT, PAIRS_GOLD, PAIRS_FOUND = range(6)
# Columns of scores().
P, R, F1, PAIR_F1 = range(4)


@dataclass(frozen=True, eq=False)
class EventSet:
    """Articles, and the events of some or all of them.

    articles  title, text and date, as read() takes them; date "" where unknown. No outlets: every text is
              cleaned as one of an outlet of which nothing is known
    event     gold label per article, "" for those that only stand between the others
    topic     gold label of the story, "" where there is none
    """

    name: str
    articles: pd.DataFrame
    event: npt.NDArray[np.object_]
    topic: npt.NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.articles)

    @property
    def is_labelled(self) -> npt.NDArray[np.bool_]:
        return np.asarray(self.event != "", dtype=bool)

    def undated(self) -> EventSet:
        """The same articles without dates."""
        return replace(self, name=f"{self.name}, undated", articles=self.articles.assign(date=""))

    def take(self, rows: npt.NDArray[np.int64]) -> EventSet:
        articles = self.articles.iloc[rows].reset_index(drop=True)
        return replace(self, articles=articles, event=self.event[rows], topic=self.topic[rows])


def event_set(name: str, frame: pd.DataFrame) -> EventSet:
    """A set from a frame with text, and title, date, event_id and topic_id where it has them."""
    columns = {column: _texts(frame, column) for column in ("title", "text", "date", "event_id", "topic_id")}
    articles = pd.DataFrame({column: columns[column] for column in ("title", "text", "date")})
    # No grouping may lean on the order of the file, where the articles of an event stand side by side.
    order = np.argsort([blake2b(text.encode(), digest_size=8).hexdigest() for text in articles["text"]])
    return EventSet(name, articles, columns["event_id"], columns["topic_id"]).take(order)


def _texts(frame: pd.DataFrame, column: str) -> npt.NDArray[np.object_]:
    if column not in frame:
        return np.full(len(frame), "", dtype=object)
    return frame[column].fillna("").astype(str).to_numpy(dtype=object)


@cache
def allsides(split: str) -> EventSet:
    """AllSides, "train" or "val" as its split column has them."""
    frame = pd.read_parquet(folder() / "allsides_events.parquet")
    return event_set(f"AllSides {split}", frame[frame["split"] == split])


@cache
def basil() -> EventSet:
    return event_set("BASIL", pd.read_parquet(folder() / "basil_articles.parquet"))


@cache
def ecbplus() -> EventSet:
    """ECB+: two look-alike events in each topic, no titles, no dates."""
    frame = pd.read_parquet(folder() / "ecbplus.parquet")
    return event_set("ECB+", frame.assign(topic_id=frame["topic"].astype(str)))


@cache
def ukraine() -> EventSet:
    """Seven events by keyword and date (silver, not gold) among all articles of one war."""
    pool = pd.read_parquet(folder() / "ukraine_2022.parquet").drop_duplicates("url")
    silver = pd.read_parquet(folder() / "ukraine_2022_silver_events.parquet")
    # Some URLs may tell of two events: they say nothing of which one is right.
    one = silver[silver["n_events_of_url"] == 1].set_index("url")["event"]
    labelled = pool.assign(event_id=pool["url"].map(one), date=pool["day"])
    return event_set("Ukraine, in its pool", labelled)


@cache
def allsides_in_pool() -> EventSet:
    """AllSides val among the articles of the larger collection, less those that are in val themselves."""
    frame = pd.read_parquet(folder() / "allsides_events.parquet")
    val = frame[frame["split"] == "val"]
    pool = pd.read_parquet(folder() / "allsides_10k.parquet")
    others = pool[~(pool["text"].isin(val["text"]) | pool["url"].isin(val["url"]))]
    columns = ["title", "text", "date"]
    both = pd.concat([val[[*columns, "event_id"]], others[columns]], ignore_index=True)
    return event_set("AllSides val, in a pool", both)


def article_counts(found: Sequence[str] | npt.NDArray[np.int64], gold: npt.NDArray[np.object_]) -> np.ndarray:
    """What the scores are made of, one row per labelled article; float64, shape (n_labelled, 6).

    Columns: 1; BCubed precision and recall (Bagga & Baldwin 1998: the share of the article's found (gold)
    group that is of its gold (found) group, itself included); pairs with another article, each half, that
    are together in both; in gold; in found. Articles without a gold label are left out of all groups.
    """
    labelled = gold != ""
    group, event = numbered(np.array(found)[labelled]), numbered(gold[labelled])
    both = numbered(event * (group.max() + 1) + group)
    in_both, in_group, in_event = (np.bincount(codes)[codes] for codes in (both, group, event))
    pairs = ((size - 1) / 2 for size in (in_both, in_event, in_group))
    return np.stack([np.ones(len(event)), in_both / in_group, in_both / in_event, *pairs], axis=1)


def numbered(labels: npt.NDArray[np.generic]) -> npt.NDArray[np.int64]:
    """A number for each label, in their order."""
    plain = labels.astype(str) if labels.dtype == object else labels
    return np.asarray(np.unique(plain, return_inverse=True)[1], dtype=np.int64)


def by_event(rows: np.ndarray, event: npt.NDArray[np.object_]) -> np.ndarray:
    """Rows of article_counts() added up for each gold event, shape (n_events, 6)."""
    codes = numbered(event)
    return np.stack([np.bincount(codes, weights=column) for column in rows.T], axis=1)


def counts(found: Sequence[str] | npt.NDArray[np.int64], gold: npt.NDArray[np.object_]) -> np.ndarray:
    """article_counts() added up for each gold event, shape (n_events, 6)."""
    return by_event(article_counts(found, gold), gold[gold != ""])


def scores(sums: np.ndarray) -> np.ndarray:
    """BCubed precision, recall and F1, and pair F1, each 0 to 1, from sums of rows of article_counts().

    shape (..., 6) to (..., 4)
    """
    precision = sums[..., PRECISION] / sums[..., ARTICLES]
    recall = sums[..., RECALL] / sums[..., ARTICLES]
    pairs = sums[..., PAIRS_GOLD] + sums[..., PAIRS_FOUND]
    pair_f1 = 2 * sums[..., PAIRS_RIGHT] / np.maximum(pairs, 1)
    return np.stack([precision, recall, 2 * precision * recall / (precision + recall), pair_f1], axis=-1)


def resampled(n: int) -> npt.NDArray[np.int64]:
    """How often each of n things is drawn when n are drawn with replacement, shape (DRAWS, n).

    The same for the same n, so that two groupings of one set are compared on the same draws.
    """
    return np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), DRAWS)


def drawn_scores(rows: np.ndarray) -> np.ndarray:
    """scores() of gold events drawn again and again, shape (DRAWS, 4)."""
    return scores(resampled(len(rows)) @ rows)


def drawn_means(values: np.ndarray) -> np.ndarray:
    """Means of values drawn again and again, shape (DRAWS,)."""
    return np.asarray(resampled(len(values)) @ values / len(values))


def samples(articles: EventSet, n: int, within: npt.NDArray[np.object_] | None = None) -> Iterator[EventSet]:
    """n corpora of 5 to 10 articles of 2 to 4 events; within: labels of which each corpus holds one only."""
    rng = np.random.default_rng(0)
    labels = np.full(len(articles), "") if within is None else within
    left = n
    while left:
        near = np.flatnonzero(labels == labels[rng.integers(len(labels))])
        n_events, n_articles = rng.integers(2, 5), rng.integers(5, 11)
        event = numbered(articles.event[near])
        chosen = rng.permutation(event.max() + 1)[:n_events]
        rows = rng.permutation(near[np.isin(event, chosen)])
        if len(chosen) < 2 or len(rows) < n_articles:
            continue
        # One article of each event first, so that none is lost.
        _, first = np.unique(numbered(articles.event[rows]), return_index=True)
        yield articles.take(np.concatenate([rows[first], np.delete(rows, first)])[:n_articles])
        left -= 1
