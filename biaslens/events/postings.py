"""Postings: which shingles stand in several articles, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.events.hashing import offsets
from biaslens.events.shingles import ShingleArray, Shingles
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray

# A phrase in more articles than this is a formula, not copy.
MAX_ARTICLES = 60
# One outlet's two or three versions of a story are wanted; a phrase in four of its articles, and in few
# others, is a standing phrase of that outlet, unless these articles are versions of one.
MIN_RECURRING = 4
# Later than this, what an outlet prints again is no new version of an article.
VERSION_DAYS = 3
# Shingles sorted at a time: memory only.
RANGE_SHINGLES = 16_000_000

_UNDATED = 1_000_000_000
# So many hashes stay in a processor's nearer memory.
_SLICE = 1 << 18


@dataclass(frozen=True, slots=True)
class Postings:
    """Every occurrence of the shingles that two articles or more have, without formulas.

    first      int64, shape (n_distinct + 1,): first occurrence of each distinct shingle, then n_occurrences
    place      int64, shape (n_occurrences,): row in ``Shingles.hash``, ascending within a shingle
    article    int32, shape (n_occurrences,): row of the article that it stands in
    n_counted  int64, shape (n_articles,): distinct shingles of each article, shared or not, without formulas
    """

    first: IntArray
    place: IntArray
    article: npt.NDArray[np.int32]
    n_counted: IntArray

    def __len__(self) -> int:
        return len(self.place)

    @property
    def is_new(self) -> BoolArray:
        """Occurrences that are their article's first of that shingle, shape (n_occurrences,)."""
        new = np.ones(len(self), dtype=bool)
        new[1:] = self.article[1:] != self.article[:-1]
        new[self.first[:-1]] = True
        return new

    @property
    def shingle(self) -> IntArray:
        """Number of each occurrence's shingle, shape (n_occurrences,)."""
        return np.repeat(np.arange(len(self.first) - 1, dtype=np.int64), np.diff(self.first))

    def take(self, chosen: BoolArray) -> Postings:
        """Some occurrences; a shingle of which none is chosen goes."""
        sizes = _sums(chosen, self.first)
        return Postings(offsets(sizes[sizes > 0]), self.place[chosen], self.article[chosen], self.n_counted)


@dataclass(frozen=True, slots=True)
class _Printed:
    """Outlet and day of every article; low and high are far apart where the day is unknown."""

    outlet: IntArray
    low: IntArray
    high: IntArray


def find_postings(
    shingles: Shingles, outlet: npt.NDArray[np.integer], dates: npt.NDArray[np.datetime64]
) -> Postings:
    """Where the shingles stand that two articles or more have, without formulas.

    A formula stands in more than 60 articles, or in four or more of one outlet, over more than three days,
    and in fewer of all others. Memory beside the result is that of 16 million shingles, range by range
    of the hashes.
    """
    undated = np.isnat(dates)
    day = np.where(undated, 0, dates.astype("datetime64[D]").astype(np.int64))
    low, high = np.where(undated, -_UNDATED, day), np.where(undated, _UNDATED, day)
    printed = _Printed(outlet.astype(np.int64), low, high)
    n_counted = np.diff(shingles.first)
    bits = max(0, (len(shingles.hash) - 1) // RANGE_SHINGLES).bit_length()
    parts = [
        _in_range(shingles, _places(shingles.hash, bits, number), printed, n_counted)
        for number in range(1 << bits)
    ]
    return Postings(
        first=offsets(np.concatenate([np.diff(part.first) for part in parts])),
        place=np.concatenate([part.place for part in parts]),
        article=np.concatenate([part.article for part in parts]),
        n_counted=n_counted,
    )


def _places(hashes: ShingleArray, bits: int, number: int) -> IntArray:
    """Where the hashes stand that begin with these bits."""
    if not bits:
        return np.arange(len(hashes), dtype=np.int64)
    shift = np.uint32(32 - bits)
    slices = range(0, len(hashes), _SLICE)
    return np.concatenate(
        [first + np.flatnonzero(hashes[first : first + _SLICE] >> shift == number) for first in slices]
    )


def _in_range(shingles: Shingles, place: IntArray, printed: _Printed, n_counted: IntArray) -> Postings:
    """The postings of the shingles at some places; what does not count is taken off ``n_counted``."""
    # Hash and number in one integer: a plain sort is several times as fast as an indirect one.
    order = shingles.hash[place].astype(np.uint64) << np.uint64(32)
    order |= np.arange(len(place), dtype=np.uint64)
    order.sort()
    several = _in_runs_of_several((order >> np.uint64(32)).astype(np.uint32))
    hashes = (order[several] >> np.uint64(32)).astype(np.uint32)
    number = (order[several] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    n_here = np.diff(np.searchsorted(place, shingles.first))
    article = np.repeat(np.arange(len(shingles), dtype=np.int32), n_here)[number]
    found = Postings(offsets(np.diff(run_bounds(hashes))), place[number], article, n_counted)
    is_new = found.is_new
    formula = _are_formulas(found, is_new, printed)
    uncounted = np.bincount(article[formula | ~is_new], minlength=len(shingles))
    np.subtract(n_counted, uncounted, out=n_counted)
    return found.take(~formula & (_n_articles(found, is_new) > 1))


def run_bounds(values: npt.NDArray[np.integer]) -> IntArray:
    """Where each run of equal values begins, then how many values there are.

    >>> run_bounds(np.array([7, 7, 9])).tolist()
    [0, 2, 3]
    """
    new = np.ones(len(values), dtype=bool)
    new[1:] = values[1:] != values[:-1]
    return np.append(np.flatnonzero(new), len(values))


def _in_runs_of_several(values: ShingleArray) -> BoolArray:
    same = values[1:] == values[:-1]
    several = np.zeros(len(values), dtype=bool)
    several[1:] = same
    several[:-1] |= same
    return several


def _n_articles(postings: Postings, is_new: BoolArray) -> IntArray:
    """How many articles have the shingle, for every occurrence."""
    return np.repeat(_sums(is_new, postings.first), np.diff(postings.first))


def _sums(chosen: BoolArray, first: IntArray) -> IntArray:
    """How many are chosen of each run; no run is empty."""
    if not len(chosen):
        return np.zeros(0, dtype=np.int64)
    return np.asarray(np.add.reduceat(chosen, first[:-1], dtype=np.int64))


def _are_formulas(postings: Postings, is_new: BoolArray, printed: _Printed) -> BoolArray:
    """Occurrences of shingles in too many articles, or mostly in one outlet's, over more than some days."""
    n_articles = _n_articles(postings, is_new)
    formula = n_articles > MAX_ARTICLES
    shingle = postings.shingle
    tried = np.flatnonzero(is_new & (n_articles >= MIN_RECURRING) & ~formula)
    outlet = printed.outlet[postings.article[tried]]
    tried = tried[np.lexsort((outlet, shingle[tried]))]
    article = postings.article[tried]
    bounds = run_bounds(shingle[tried] * (int(printed.outlet.max(initial=0)) + 1) + printed.outlet[article])
    starts, sizes = bounds[:-1], np.diff(bounds)
    if not len(starts):
        return formula
    span = np.maximum.reduceat(printed.high[article], starts) - np.minimum.reduceat(
        printed.low[article], starts
    )
    mostly = (sizes >= MIN_RECURRING) & (2 * sizes > n_articles[tried[starts]]) & (span > VERSION_DAYS)
    recurring = np.zeros(len(postings.first), dtype=bool)
    recurring[shingle[tried[starts[mostly]]]] = True
    return np.asarray(formula | recurring[shingle])
