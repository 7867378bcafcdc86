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
from statistics import NormalDist

import numpy as np

from biaslens.spans import FloatArray, IntArray
from biaslens.stats.resample import Limits, SignTable

# How near a search comes, as a share of the way from where it starts to the end of the range.
TOLERANCE = 1e-10
# A step along the tangent ends where it is this small a part of the way to 0 or 1. Half the second derivative
# of every score is at most slope / way, so that what is left is about the square of this, relatively.
_NEAR = 3e-5
# Tangents settle in two or three rounds; a search takes what is left then.
_ROUNDS = 6


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

    def given_totals(self) -> Binomials:
        """The model of A's hits, once the hits of both are given."""
        proportion = self.length_a.sum(axis=0) / self.length_b.sum(axis=0)
        odds = proportion * self.length_b / self.length_a
        return Binomials(self.count_a, self.count_a + self.count_b, odds, proportion)


@dataclass(frozen=True, slots=True)
class Scores:
    """U_e, and how fast it falls with the share (-dU_e/ds), each of shape (n_events, n_columns)."""

    score: FloatArray
    slope: FloatArray


@dataclass(frozen=True, slots=True)
class Binomials:
    """A's hits given the hits of both: c_eA | C_e ~ Binomial(C_e, s / (s + (1 - s) * odds_e)).

    count_a, total  c_eA and C_e, shape (n_events, n_columns)
    odds            L_eB / L_eA over the same of the sums, shape (n_events, n_columns)
    proportion      sum of L_eA over sum of L_eB, shape (n_columns,)
    """

    count_a: FloatArray
    total: FloatArray
    odds: FloatArray
    proportion: FloatArray

    def score(self, share: FloatArray) -> FloatArray:
        """U_e at a share of shape (n_columns,), shape (n_events, n_columns)."""
        return self.count_a - self.total * share / (share + (1 - share) * self.odds)

    def scores(self, share: FloatArray) -> Scores:
        """U_e and its slope at a share of shape (n_columns,)."""
        whole = share + (1 - share) * self.odds
        return Scores(self.count_a - self.total * share / whole, self.total * self.odds / (whole * whole))

    def ratio(self, share: FloatArray) -> FloatArray:
        """e^beta at a share: 0 at 0 and inf at 1."""
        with np.errstate(divide="ignore"):
            return share / (1 - share) / self.proportion

    def columns(self, chosen: IntArray) -> Binomials:
        """Some columns, in the order asked for."""
        count_a, total, odds = (
            np.take(part, chosen, axis=1) for part in (self.count_a, self.total, self.odds)
        )
        return Binomials(count_a, total, odds, self.proportion[chosen])

    def fit(self) -> FloatArray:
        """The share of greatest conditional likelihood, where the scores sum to 0; NaN without a hit."""
        hits_a, hits = self.count_a.sum(axis=0), self.total.sum(axis=0)
        # The share is known exactly where one outlet has no hit.
        found = np.where(hits == 0, np.nan, np.where(hits_a == 0, 0.0, 1.0))
        both = np.flatnonzero((hits_a > 0) & (hits_a < hits))
        model = self.columns(both)

        def step(share: FloatArray, columns: IntArray) -> FloatArray:
            at = model.columns(columns).scores(share)
            return np.asarray(at.score.sum(axis=0) / at.slope.sum(axis=0))

        found[both] = _settled(step, hits_a[both] / hits[both])
        left = np.flatnonzero(np.isnan(found) & (hits > 0))
        if len(left):
            rest, zeros = self.columns(left), np.zeros(len(left))
            found[left] = _crossing(lambda share: -rest.score(share).sum(axis=0), zeros, zeros + 1)
        return found


def rate_ratio(counts: PairedCounts) -> FloatArray:
    """The rate of A over the rate of B inside events, shape (n_columns,).

    The conditional maximum-likelihood estimate: 0 or inf where one outlet has no hit, NaN where neither has.

    >>> column = np.array([[6.0], [2.0]])
    >>> rate_ratio(PairedCounts(column, column / 2, 100 + 0 * column, 100 + 0 * column)).round(6)
    array([2.])
    """
    model = counts.given_totals()
    return model.ratio(model.fit())


def ratio_limits(counts: PairedCounts, table: SignTable, level: float) -> Limits:
    """The rate ratios that the sign-flip test of U_e(beta) does not reject.

    Moving away from the estimate p can only fall. Near an end the scores are all but straight lines in the
    share, and where straight lines stop being accepted is known without a search: tangents lead to each end.
    An end is 0 or inf where too few events hold a hit of A, or of B, for any ratio on that side to be
    rejected.
    """
    model = counts.given_totals()
    middle = model.fit()
    ends = model.columns(np.tile(np.arange(len(middle)), 2))
    outside = np.repeat([-1.0, 1.0], len(middle))
    start = np.tile(middle, 2)
    inside = np.flatnonzero((start > 0) & (start < 1))
    found = np.full(len(start), np.nan)
    found[inside] = _tangent_ends(ends.columns(inside), outside[inside], start[inside], table, level)
    left = np.flatnonzero(np.isnan(found) & ~np.isnan(start))
    if len(left):
        rest = ends.columns(left)
        found[left] = _crossing(
            lambda share: table.excess(rest.score(share), level), start[left], (outside[left] + 1) / 2
        )
    # An end as near to the estimate as the search can tell is the estimate: such an interval has no width.
    found = np.where(np.abs(found - start) <= 2 * TOLERANCE, start, found)
    low, high = ends.ratio(found).reshape(2, -1)
    return Limits(low, high)


def _tangent_ends(
    model: Binomials, side: FloatArray, middle: FloatArray, table: SignTable, level: float
) -> FloatArray:
    """Ends below (side -1) or above (side +1) the estimate, shape (n_columns,); NaN where none is found."""

    def step(share: FloatArray, columns: IntArray) -> FloatArray:
        at = (model if len(columns) == len(side) else model.columns(columns)).scores(share)
        outwards = side[columns]
        return outwards * table.highest_ratio(outwards * at.score, at.slope, level)

    return _settled(step, _normal_ends(model, side, middle, table, level))


def _normal_ends(
    model: Binomials, side: FloatArray, middle: FloatArray, table: SignTable, level: float
) -> FloatArray:
    """Where the ends would be, were the flipped sums normal: (sum of U_e)^2 = z^2 * sum of U_e^2, nearly."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    at = model.scores(middle)
    spread = np.sqrt((table.folded(at.score) ** 2).sum(axis=0))
    share = _inside(middle, side * z * spread / at.slope.sum(axis=0))
    at = model.scores(share)
    score, slope = table.folded(at.score), table.folded(at.slope)
    total, squares = score.sum(axis=0), (score**2).sum(axis=0)
    falls = 2 * total * slope.sum(axis=0) - 2 * z**2 * (score * slope).sum(axis=0)
    beyond = total**2 - z**2 * squares
    # Few events can make the sum of squares grow as fast as the squared sum: the first guess stays.
    trusted = total * falls > 0
    return _inside(share, np.divide(beyond, falls, out=np.zeros_like(share), where=trusted))


def _settled(step: Callable[[FloatArray, IntArray], FloatArray], start: FloatArray) -> FloatArray:
    """Where steps from a share end, per column; NaN where they go on.

    ``step`` takes shares and the columns that they belong to.
    """
    share, left = start.copy(), np.arange(len(start))
    found = np.full(len(start), np.nan)
    for _ in range(_ROUNDS):
        move = step(share[left], left)
        near = np.abs(move) <= _NEAR * np.minimum(share[left], 1 - share[left])
        found[left[near]] = (share[left] + move)[near]
        share[left] = _inside(share[left], move)
        left = left[~near]
        if not len(left):
            break
    return found


def _inside(share: FloatArray, move: FloatArray) -> FloatArray:
    """The share moved, but at most nine tenths of the way to 0 or 1."""
    return np.clip(share + move, 0.1 * share, 0.1 * share + 0.9)


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
