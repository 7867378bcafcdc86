"""Pairs of articles that share shingles: counted exactly, some articles at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.events.hashing import offsets
from biaslens.events.postings import Postings, run_bounds
from biaslens.events.shingles import SHINGLE_WORDS, Shingles
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray

# Below this, containment says little: two briefs on one match result share most of their words.
MIN_WORDS = 30
# Sixteen words in a row. Two articles that share fewer share a name with its title, or a short sentence; half
# of thirty words is more.
MIN_SHARED = 12
# Meetings of two articles in one shingle that are counted at a time: memory only.
BATCH_MEETINGS = 4_000_000


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles; columns of length n_pairs.

    a, b      int64: rows, a < b
    n_shared  int64: distinct shingles that both have
    """

    a: IntArray
    b: IntArray
    n_shared: IntArray


def count_pairs(postings: Postings, min_containment: float) -> Pairs:
    """Every pair of articles whose containment one way or the other is at least this.

    Containment of a in b: share of a's distinct shingles that b has too (Broder, 1997). Articles with fewer
    than 30 words that count are never part of a pair, nor are two that share fewer than 12 shingles. Two
    articles meet once for each shingle that both have, so that cost follows what is shared, not the number of
    pairs; nothing is sampled.
    """
    enough = postings.n_counted + SHINGLE_WORDS - 1 >= MIN_WORDS
    found = postings.take(postings.is_new & enough[postings.article])
    n_later = _n_later(found)
    n_articles = len(postings.n_counted)
    parts = []
    for chosen in _batches(found.article, n_later, n_articles):
        code = _meetings(found.article, chosen, n_later, n_articles)
        code.sort()
        bounds = run_bounds(code)
        a, b = np.divmod(code[bounds[:-1]], max(1, n_articles))
        n_shared = np.diff(bounds)
        least = min_containment * np.minimum(postings.n_counted[a], postings.n_counted[b])
        kept = n_shared >= np.maximum(least, MIN_SHARED)
        parts.append(Pairs(a[kept], b[kept], n_shared[kept]))
    nothing = np.zeros(0, dtype=np.int64)
    return Pairs(
        a=np.concatenate([nothing, *(part.a for part in parts)]),
        b=np.concatenate([nothing, *(part.b for part in parts)]),
        n_shared=np.concatenate([nothing, *(part.n_shared for part in parts)]),
    )


def _n_later(postings: Postings) -> npt.NDArray[np.uint8]:
    """How many occurrences of its shingle follow each one: fewer than MAX_ARTICLES, which fits a byte."""
    end = np.repeat(postings.first[1:].astype(np.uint32), np.diff(postings.first))
    end -= np.arange(1, len(postings) + 1, dtype=np.uint32)
    return end.astype(np.uint8)


def _batches(
    article: npt.NDArray[np.int32], n_later: npt.NDArray[np.uint8], n_articles: int
) -> Iterator[IntArray]:
    """Occurrences of some articles after the other, so that what they meet fits into one batch."""
    per_article = np.bincount(article, weights=n_later, minlength=n_articles)
    batch = (np.cumsum(per_article) // BATCH_MEETINGS).astype(np.int32)
    for number in np.unique(batch):
        low, high = np.searchsorted(batch, (number, number + 1))
        yield np.flatnonzero((article >= low) & (article < high) & (n_later > 0))


def _meetings(
    article: npt.NDArray[np.int32], chosen: IntArray, n_later: npt.NDArray[np.uint8], n_articles: int
) -> IntArray:
    """Each chosen occurrence with every later one of its shingle, as one number per two articles."""
    sizes = n_later[chosen].astype(np.int64)
    later = ranges(chosen + 1, sizes)
    return np.repeat(article[chosen].astype(np.int64) * n_articles, sizes) + article[later]


def ranges(first: IntArray, sizes: IntArray) -> IntArray:
    """The numbers first, first + 1, ... of each range of this size, one range after the other.

    >>> ranges(np.array([5, 9]), np.array([3, 1])).tolist()
    [5, 6, 7, 9]
    """
    bounds = offsets(sizes)
    return np.repeat(first - bounds[:-1], sizes) + np.arange(bounds[-1])


def count_shared_words(shingles: Shingles, postings: Postings, a: IntArray, b: IntArray) -> IntArray:
    """Words of article b inside shingles that article a has too, and that are no formulas, per pair."""
    is_shared = np.zeros(len(shingles.hash), dtype=bool)
    is_shared[postings.place] = True
    sizes = np.diff(shingles.first)
    batch = np.cumsum(sizes[a] + sizes[b]) // BATCH_MEETINGS
    counts = np.zeros(len(a), dtype=np.int64)
    for number in np.unique(batch):
        pairs = np.flatnonzero(batch == number)
        counts[pairs] = _shared_words(shingles, is_shared, a[pairs], b[pairs])
    return counts


def _shared_words(shingles: Shingles, is_shared: BoolArray, a: IntArray, b: IntArray) -> IntArray:
    sizes = np.diff(shingles.first)
    keys, places = [], []
    for article in (a, b):
        place = ranges(shingles.first[article], sizes[article])
        pair = np.repeat(np.arange(len(a), dtype=np.uint64), sizes[article])[is_shared[place]]
        places.append(place[is_shared[place]])
        keys.append((pair << np.uint64(32)) | shingles.hash[places[-1]])
    keys[0].sort()
    both = np.searchsorted(keys[0], keys[1], "right") > np.searchsorted(keys[0], keys[1])
    pair, place = (keys[1][both] >> np.uint64(32)).astype(np.int64), places[1][both]
    words = np.full(len(place), SHINGLE_WORDS)
    words[:-1] = np.where(pair[1:] == pair[:-1], np.minimum(np.diff(place), SHINGLE_WORDS), SHINGLE_WORDS)
    return np.bincount(pair, weights=words, minlength=len(a)).astype(np.int64)
