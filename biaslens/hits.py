"""Hits: the places that a measure counts, and the counts per article that follow from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray, Spans


@dataclass(frozen=True, slots=True)
class Hits:
    """What a measure found, one per row; every column has shape (n_hits,).

    spans     where, in the articles' text
    category  kind of hit within the measure, "" where there are no kinds
    weight    integer contribution to the article's total
    """

    spans: Spans
    category: tuple[str, ...]
    weight: IntArray

    def __len__(self) -> int:
        return len(self.spans)

    @classmethod
    def none(cls) -> Hits:
        """No hits."""
        return cls(Spans.of([]), (), np.zeros(0, dtype=np.int64))

    def totals(self, n_articles: int) -> IntArray:
        """Sum of weights per article, shape (n_articles,).

        >>> hits = Hits(Spans.of([(0, 0, 3), (2, 4, 7), (2, 9, 12)]), ("", "", ""), np.array([1, 2, 3]))
        >>> hits.totals(3).tolist()
        [1, 0, 5]
        """
        totals = np.zeros(n_articles, dtype=np.int64)
        np.add.at(totals, self.spans.article, self.weight)
        return totals


@dataclass(frozen=True, slots=True)
class Counted:
    """One measure over some articles: a value is ``scale * total / exposure``.

    total     int64, shape (n_articles,): sum of the hits' weights, or, without hits, a fixed-point sum
    exposure  int64, shape (n_articles,): what the total is divided by (words, cues, sentences); 0 gives NA
    hits      the evidence; its weights sum to ``total`` wherever it is not empty
    exact     float64, shape (n_articles,): the values, where ``total`` is rounded to fixed point
    """

    total: IntArray
    exposure: IntArray
    hits: Hits
    exact: npt.NDArray[np.float64] | None = None

    def values(self, scale: float) -> npt.NDArray[np.float64]:
        """The value of each article, NaN where exposure is 0."""
        return value(self.total, self.exposure, scale) if self.exact is None else self.exact

    @classmethod
    def from_hits(cls, hits: Hits, exposure: npt.NDArray[np.integer]) -> Counted:
        """Totals are the sums of the hits' weights."""
        return cls(hits.totals(len(exposure)), exposure.astype(np.int64), hits)


def value(total: IntArray, exposure: IntArray, scale: float) -> npt.NDArray[np.float64]:
    """``scale * total / exposure``, NaN where exposure is 0: silence is not neutrality.

    >>> value(np.array([3, 0]), np.array([600, 0]), 1000.0)
    array([ 5., nan])
    """
    result = np.full(total.shape, np.nan)
    # A scale below 1 turns a fixed-point sum back, and dividing by its inverse gives .72, not .7200000001.
    counted, base = total * max(scale, 1.0), exposure / min(scale, 1.0)
    np.divide(counted, base, out=result, where=exposure > 0)
    return result
