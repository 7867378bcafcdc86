"""Skewness: whether a sum of scores is symmetric enough for a test that flips signs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biaslens.codebook import MeasureKind
from biaslens.spans import FloatArray

# Where one side wrote much less than the other, few hits make a lopsided sum: that all eight hits stand in
# the longer one is no wonder, but no arrangement of signs is as extreme. Of Poisson hits in 12 to 60 events,
# lengths 1:4.5 and 1:9, a test at 5 % rejects 4 to 7 % below this, 7 to 9 % around .4 and 9 to 16 % around .6
# (tests/test_skewness.py has the two ends).
MAX_SKEWNESS = 0.25


def null_skewness(
    kinds: Sequence[MeasureKind], hits: FloatArray, length_a: FloatArray, length_b: FloatArray
) -> FloatArray:
    """Skewness of what a test adds up where the sides do not differ, shape (n_columns,), one kind each.

    hits                of both sides, shape (n_events, n_columns)
    length_a, length_b  what they were counted in, same shape

    That of the scores of rates and of the differences of shares; 0 for means, which are no counts.
    """
    kind = np.array(kinds, dtype=object)
    rate = score_skewness(hits, length_a / (length_a + length_b))
    share = difference_skewness(hits, length_a, length_b)
    return np.where(kind == "rate", rate, np.where(kind == "share", share, 0.0))


def score_skewness(hits: FloatArray, part: FloatArray) -> FloatArray:
    """Skewness of the sum over events of c - C * part, without its sign, where c ~ Binomial(C, part).

    hits  C, the event's hits of both sides, shape (n_events, n_columns)
    part  one side's part of the event's length, 0 to 1, same shape

    Shape (n_columns,); inf where nothing varies.

    >>> eight = np.array([[8.0]])
    >>> score_skewness(eight, np.array([[0.5]])), score_skewness(eight, np.array([[0.1]]))
    (array([0.]), array([0.94280904]))
    """
    variance = hits * part * (1 - part)
    return _skewness(variance, variance * (1 - 2 * part))


def difference_skewness(hits: FloatArray, length_a: FloatArray, length_b: FloatArray) -> FloatArray:
    """The same of the sum over events of a / n_a - b / n_b, where both sides have the event's share C / n.

    hits                C, as above
    length_a, length_b  n_a and n_b, of what the hits are a share, same shape

    >>> eight, ten = np.array([[8.0]]), np.array([[10.0]])
    >>> difference_skewness(eight, ten, ten), difference_skewness(eight, ten, 9 * ten).round(2)
    (array([0.]), array([0.83]))
    """
    share = hits / (length_a + length_b)
    spread = share * (1 - share)
    third = spread * (1 - 2 * share) * (1 / length_a**2 - 1 / length_b**2)
    return _skewness(spread * (1 / length_a + 1 / length_b), third)


def _skewness(variance: FloatArray, third: FloatArray) -> FloatArray:
    total = variance.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total > 0, np.abs(third.sum(axis=0)) / total**1.5, np.inf)
