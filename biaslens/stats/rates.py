"""Rate ratios between two outlets inside events: the conditional Poisson model.

Counts are c_eo ~ Poisson(L_eo * exp(gamma_e + beta_o)): every event has its own level gamma_e, which
cancels once the event's total C_e = c_eA + c_eB is given (Hausman, Hall & Griliches 1984). What is left is
c_eA | C_e ~ Binomial(C_e, L_A e^beta / (L_A e^beta + L_B)), with the score
U_e(beta) = c_eA - C_e * L_A e^beta / (L_A e^beta + L_B).

Inside this file beta is carried as the share s of all hits that would be A's, had both outlets written their
total lengths in one event: s / (1 - s) = e^beta * sum(L_A) / sum(L_B). It stays between 0 and 1 also where
one outlet has no hit, and the score is a straight line in s where the lengths keep one proportion.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, log2

import numpy as np

from biaslens.stats.resample import FloatArray, Limits, SignTable

# How near a search comes, as a share of the way from where it starts to the end of the range.
TOLERANCE = 1e-10


@dataclass(frozen=True, slots=True)
class PairedCounts:
    """Hits and lengths of two outlets, each of shape (n_events, n_columns); lengths are above 0.

    Rows without an event hold no hit and length 1, and change nothing.
    """

    count_a: FloatArray
    count_b: FloatArray
    length_a: FloatArray
    length_b: FloatArray

    def null_score(self) -> FloatArray:
        """U_e at beta = 0, exactly antisymmetric in the outlets, shape (n_events, n_columns).

        >>> one = np.array([[1.0]])
        >>> PairedCounts(3 * one, 1 * one, 100 * one, 300 * one).null_score()
        array([[2.]])
        """
        crossed = self.count_a * self.length_b - self.count_b * self.length_a
        return crossed / (self.length_a + self.length_b)

    def score(self, share: FloatArray) -> FloatArray:
        """U_e at a share of shape (n_columns,), shape (n_events, n_columns)."""
        part_a = share * self.length_a
        part_b = (1 - share) * self._proportion() * self.length_b
        return self.count_a - (self.count_a + self.count_b) * part_a / (part_a + part_b)

    def ratio(self, share: FloatArray) -> FloatArray:
        """e^beta at a share: 0 at 0 and inf at 1."""
        with np.errstate(divide="ignore"):
            return share / (1 - share) / self._proportion()

    def fit(self) -> FloatArray:
        """The share of greatest conditional likelihood, where the scores sum to 0; NaN without a hit."""
        hits_a, hits_b = self.count_a.sum(axis=0), self.count_b.sum(axis=0)
        zeros = np.zeros_like(hits_a)
        found = _crossing(lambda share: -self.score(share).sum(axis=0), zeros, zeros + 1)
        # The crossing is at an end where one outlet has no hit: there it is known exactly.
        found = np.where(hits_a == 0, 0.0, np.where(hits_b == 0, 1.0, found))
        return np.where(hits_a + hits_b == 0, np.nan, found)

    def _proportion(self) -> FloatArray:
        return np.asarray(self.length_a.sum(axis=0) / self.length_b.sum(axis=0))


def rate_ratio(counts: PairedCounts) -> FloatArray:
    """The rate of A over the rate of B inside events, shape (n_columns,).

    The conditional maximum-likelihood estimate: 0 or inf where one outlet has no hit, NaN where neither has.

    >>> column = np.array([[6.0], [2.0]])
    >>> rate_ratio(PairedCounts(column, column / 2, 100 + 0 * column, 100 + 0 * column)).round(6)
    array([2.])
    """
    return counts.ratio(counts.fit())


def ratio_limits(counts: PairedCounts, table: SignTable, level: float) -> Limits:
    """The rate ratios that the sign-flip test of U_e(beta) does not reject.

    Moving away from the estimate p can only fall, so each end is found by bracketing. An end is 0 or inf
    where too few events hold a hit of A, or of B, for any ratio on that side to be rejected.
    """
    middle = counts.fit()
    n_columns = len(middle)

    def excess(share: FloatArray) -> FloatArray:
        scores = np.hstack([counts.score(share[:n_columns]), counts.score(share[n_columns:])])
        return table.excess(scores, level)

    ends = np.repeat([0.0, 1.0], n_columns)
    start = np.concatenate([middle, middle])
    found = _crossing(excess, start, ends)
    # An end as near to the estimate as the search can tell is the estimate: such an interval has no width.
    found = np.where(np.abs(found - start) <= 2 * TOLERANCE, start, found)
    return Limits(counts.ratio(found[:n_columns]), counts.ratio(found[n_columns:]))


def _crossing(
    function: Callable[[FloatArray], FloatArray], inside: FloatArray, outside: FloatArray
) -> FloatArray:
    """Where a function passes from 0 or less (inside) to more than 0, per column; outside if it never does.

    The ITP method (Oliveira & Takahashi 2020): secant steps, pulled towards the middle so that they never
    take longer than bisection. Its authors' constants.
    """

    def at(way: FloatArray) -> FloatArray:
        return inside + way * (outside - inside)

    low, high = np.zeros_like(inside), np.ones_like(inside)
    value_low, value_high = function(at(low)), function(at(high))
    never = value_high <= 0
    for steps_left in range(ceil(log2(1 / TOLERANCE)), -1, -1):
        middle, width = (low + high) / 2, high - low
        with np.errstate(divide="ignore", invalid="ignore"):
            secant = (value_high * low - value_low * high) / (value_high - value_low)
        secant = np.where((secant > low) & (secant < high), secant, middle)
        side = np.sign(middle - secant)
        pulled = np.where(0.2 * width**2 <= np.abs(middle - secant), secant + side * 0.2 * width**2, middle)
        reach = np.maximum(TOLERANCE * 2.0**steps_left - width / 2, 0.0)
        way = np.where(np.abs(pulled - middle) <= reach, pulled, middle - side * reach)
        value = function(at(way))
        above = value > 0
        high, value_high = np.where(above, way, high), np.where(above, value, value_high)
        low, value_low = np.where(above, low, way), np.where(above, value_low, value)
        if np.all(never | (high - low <= 2 * TOLERANCE)):
            break
    return np.where(never, outside, at((low + high) / 2))
