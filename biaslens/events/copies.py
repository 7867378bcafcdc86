"""Find shared copy: articles whose narration stands, word for word, in another article too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.events.hashing import WORD_PATTERN, HashArray, hash_pairs, hash_text, offsets
from biaslens.settings import Settings
from biaslens.spans import IntArray

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

SHINGLE_WORDS = 5
# Below this, containment says little: two briefs on one match result share most of their words.
MIN_WORDS = 30
# The lowest containment that is reported; below it lies what articles on one event share by chance.
MIN_CONTAINMENT = 0.15
# A phrase in more articles than this is a formula, not copy.
MAX_ARTICLES = 60
# One outlet's two or three versions of a story are wanted; a phrase in four of its articles, and in few
# others, is a standing phrase of that outlet.
MIN_RECURRING = 4
# Pairs of articles counted at a time: memory only.
BATCH_PAIRS = 4_000_000


@dataclass(frozen=True, slots=True)
class Shingles:
    """Every five words in a row, in reading order.

    first  int64, shape (n_articles + 1,): first shingle of each article, then n_shingles
    hash   uint64, shape (n_shingles,)
    key    uint64, shape (n_articles,): hash of the words; orders articles whatever order they came in
    """

    first: IntArray
    hash: HashArray
    key: HashArray

    def __len__(self) -> int:
        return len(self.key)

    @classmethod
    def concatenate(cls, parts: Sequence[Shingles]) -> Shingles:
        """The articles of all parts, one part after the other."""
        sizes = [np.diff(part.first) for part in parts]
        return cls(
            first=offsets(np.concatenate([np.zeros(0, dtype=np.int64), *sizes])),
            hash=np.concatenate([np.zeros(0, dtype=np.uint64), *(part.hash for part in parts)]),
            key=np.concatenate([np.zeros(0, dtype=np.uint64), *(part.key for part in parts)]),
        )

    def of(self, row: int) -> HashArray:
        """The shingles of one article."""
        return self.hash[self.first[row] : self.first[row + 1]]


@dataclass(frozen=True, slots=True)
class Copies:
    """Pairs of articles that share copy, and for each article the one it copies.

    a, b            int64, shape (n_pairs,): rows, a before b in order of date, then length, the longer first
    containment_a   float64, 0 to 1: share of a's shingles that b has too
    containment_b   share of b's shingles that a has too
    shared_words    int64: words of b inside shingles that a has too
    copy_of         int64, shape (n_articles,): row of the article that this one copies, -1 for none
    """

    a: IntArray
    b: IntArray
    containment_a: FloatArray
    containment_b: FloatArray
    shared_words: IntArray
    copy_of: IntArray

    def __len__(self) -> int:
        return len(self.a)


def shingle_articles(narrations: Sequence[str]) -> Shingles:
    """Shingles of each narration: the article's own words, quotations already taken out.

    Case and punctuation do not count. Fewer than five words have no shingle.

    >>> shingles = shingle_articles(["The talks in London ended today.", "Too short"])
    >>> shingles.first.tolist()
    [0, 2, 2]
    """
    hashes: dict[str, int] = {}
    words = [WORD_PATTERN.findall(text.lower().replace("’", "'")) for text in narrations]
    flat = [
        hashes[word] if word in hashes else hashes.setdefault(word, hash_text(word))
        for found in words
        for word in found
    ]
    sizes = np.array([len(found) for found in words], dtype=np.int64)
    article = np.repeat(np.arange(len(words)), sizes)
    shingle = np.array(flat, dtype=np.uint64)
    n_starts = max(len(flat) - SHINGLE_WORDS + 1, 0)
    chained = shingle[:n_starts]
    for ahead in range(1, SHINGLE_WORDS):
        chained = hash_pairs(chained, shingle[ahead : n_starts + ahead])
    inside = article[:n_starts] == article[SHINGLE_WORDS - 1 :] if n_starts else np.zeros(0, dtype=bool)
    return Shingles(
        first=offsets(np.maximum(sizes - SHINGLE_WORDS + 1, 0)),
        hash=chained[inside],
        key=np.array([hash_text(" ".join(found)) for found in words], dtype=np.uint64),
    )


def find_copies(
    shingles: Shingles,
    outlet: npt.NDArray[np.integer],
    dates: npt.NDArray[np.datetime64],
    id_place: npt.NDArray[np.integer],
    settings: Settings,
) -> Copies:
    """Pairs with a containment of 0.15 or more either way, and what copies what.

    outlet    shape (n_articles,): outlet codes in alphabetical order of the outlets
    dates     datetime64[D], shape (n_articles,), NaT where unknown
    id_place  shape (n_articles,): place of each article in the alphabetical order of ids

    Containment of a in b: share of a's distinct shingles that b has too (Broder, 1997). Phrases in more than
    60 articles, or in four and more of one outlet but few of others, do not count. An article copies the
    earlier one that contains most of it, from ``settings.copy_containment`` on; where that one is a copy too,
    its original. Earlier is: by date, undated last; then the longer; then in order of text, outlet and id.
    Articles with fewer than 30 words that count are never part of a pair.

    >>> text = " ".join(f"word{i}" for i in range(40))
    >>> outlet, dates = np.array([0, 1]), np.array(["2014-03-11", "2014-03-10"], "M8[D]")
    >>> find_copies(shingle_articles([text, text]), outlet, dates, outlet, Settings()).copy_of.tolist()
    [1, -1]
    """
    counted = _counted_shingles(shingles, outlet)
    n_distinct = np.bincount(counted.article, minlength=len(shingles))
    pairs = _shared(counted, len(shingles))
    rank = _rank(shingles, (id_place, outlet), dates)
    swap = rank[pairs.a] > rank[pairs.b]
    a, b = np.where(swap, pairs.b, pairs.a), np.where(swap, pairs.a, pairs.b)
    of_a, of_b = pairs.n_shared / n_distinct[a], pairs.n_shared / n_distinct[b]
    kept = np.flatnonzero(np.maximum(of_a, of_b) >= MIN_CONTAINMENT)
    kept = kept[np.lexsort((rank[b[kept]], rank[a[kept]]))]
    a, b, of_a, of_b = a[kept], b[kept], of_a[kept], of_b[kept]
    words = [_shared_words(shingles, counted.hash, pair) for pair in zip(a.tolist(), b.tolist(), strict=True)]
    copy_of = _originals(a, b, of_b, rank, settings.copy_containment)
    return Copies(a, b, of_a, of_b, np.array(words, dtype=np.int64), copy_of)


@dataclass(frozen=True, slots=True)
class _Postings:
    """Distinct shingles per article, in order of hash, then article."""

    hash: HashArray
    article: IntArray


@dataclass(frozen=True, slots=True)
class _Shared:
    """Pairs of articles a < b with the number of distinct shingles that both have."""

    a: IntArray
    b: IntArray
    n_shared: IntArray


def _counted_shingles(shingles: Shingles, outlet: npt.NDArray[np.integer]) -> _Postings:
    """The shingles that count, of the articles that have enough of them."""
    article = np.repeat(np.arange(len(shingles)), np.diff(shingles.first))
    order = np.lexsort((article, shingles.hash))
    hashes, article = shingles.hash[order], article[order]
    fresh = np.ones(len(hashes), dtype=bool)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (article[1:] != article[:-1])
    hashes, article = hashes[fresh], article[fresh]
    telling = ~_is_formula(hashes, outlet[article])
    hashes, article = hashes[telling], article[telling]
    enough = np.bincount(article, minlength=len(shingles)) + SHINGLE_WORDS - 1 >= MIN_WORDS
    return _Postings(hashes[enough[article]], article[enough[article]])


def _is_formula(hashes: HashArray, outlet: npt.NDArray[np.integer]) -> BoolArray:
    """Whether each posting's shingle is in too many articles, or mostly in one outlet's."""
    starts = _run_starts(hashes)
    n_articles = np.diff(np.append(starts, len(hashes)))
    run = np.repeat(np.arange(len(starts)), n_articles)
    _, cell, in_outlet = np.unique(
        run * (int(outlet.max(initial=0)) + 1) + outlet, return_inverse=True, return_counts=True
    )
    most = np.zeros(len(starts), dtype=np.int64)
    np.maximum.at(most, run, in_outlet[cell])
    recurring = (most >= MIN_RECURRING) & (2 * most > n_articles)
    return np.asarray((recurring | (n_articles > MAX_ARTICLES))[run])


def _shared(postings: _Postings, n_articles: int) -> _Shared:
    """Every pair of articles with a shingle in common: an exact join on sorted shingles, batch by batch."""
    starts = _run_starts(postings.hash)
    sizes = np.diff(np.append(starts, len(postings.hash)))
    n_pairs = sizes * (sizes - 1) // 2
    batch = np.cumsum(n_pairs) // BATCH_PAIRS
    cells, counts = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    for number in np.unique(batch[sizes > 1]):
        runs = np.flatnonzero((batch == number) & (sizes > 1))
        found = np.concatenate(
            [
                _pairs_of_runs(postings.article, starts[runs[sizes[runs] == size]], int(size), n_articles)
                for size in np.unique(sizes[runs])
            ]
        )
        distinct, times = np.unique(found, return_counts=True)
        cells, where = np.unique(np.concatenate([cells, distinct]), return_inverse=True)
        counts = np.bincount(where, weights=np.concatenate([counts, times])).astype(np.int64)
    return _Shared(cells // max(n_articles, 1), cells % max(n_articles, 1), counts)


def _pairs_of_runs(article: IntArray, starts: IntArray, size: int, n_articles: int) -> IntArray:
    """Every two articles of each run of this size, as one number per pair."""
    members = article[starts[:, None] + np.arange(size)]
    low, high = np.triu_indices(size, 1)
    return np.asarray((members[:, low] * n_articles + members[:, high]).ravel())


def _run_starts(values: HashArray) -> IntArray:
    new = np.ones(len(values), dtype=bool)
    new[1:] = values[1:] != values[:-1]
    return np.flatnonzero(new)


def _rank(
    shingles: Shingles, ties: tuple[npt.NDArray[np.integer], ...], dates: npt.NDArray[np.datetime64]
) -> IntArray:
    """Place of each article among all, the earliest first; the last of the ties decides first."""
    undated = np.isnat(dates)
    day = np.where(undated, np.datetime64(0, "D"), dates.astype("datetime64[D]"))
    order = np.lexsort((*ties, shingles.key, -np.diff(shingles.first), day, undated))
    return np.asarray(np.argsort(order), dtype=np.int64)


def _shared_words(shingles: Shingles, counted: HashArray, pair: tuple[int, int]) -> int:
    """Words of the pair's second article inside shingles that count and that the first has too."""
    first, second = shingles.of(pair[0]), shingles.of(pair[1])
    shared = np.intersect1d(first, second)
    shared = shared[np.searchsorted(counted, shared, "right") > np.searchsorted(counted, shared)]
    starts = np.flatnonzero(np.isin(second, shared))
    covered = np.zeros(len(second) + SHINGLE_WORDS - 1, dtype=bool)
    for ahead in range(SHINGLE_WORDS):
        covered[starts + ahead] = True
    return int(np.count_nonzero(covered))


def _originals(a: IntArray, b: IntArray, of_b: FloatArray, rank: IntArray, threshold: float) -> IntArray:
    """Row of each article's original, -1 for none; a always comes before b."""
    copied = np.flatnonzero(of_b >= threshold)
    copied = copied[np.lexsort((rank[a[copied]], -of_b[copied], rank[b[copied]]))]
    original = np.full(len(rank), -1, dtype=np.int64)
    for source, copy in zip(a[copied].tolist(), b[copied].tolist(), strict=True):
        if original[copy] == -1:
            original[copy] = source if original[source] == -1 else original[source]
    return original
