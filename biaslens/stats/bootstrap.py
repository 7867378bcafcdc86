"""Bootstrap intervals: studentised, with whole events as the clusters that are drawn.

Both intervals are theta - t * se, with t taken from replicates t* = (theta* - theta) / se* (Efron &
Tibshirani 1993, section 12.5; with clusters: Cameron, Gelbach & Miller 2008). Two ways of drawing are needed:

Means draw events with Poisson(1) weights (Chamandy et al. 2012), as though each event could have happened any
number of times. That keeps the skewness of the differences, which sign flips take to be symmetric.

Rate ratios flip the signs of the events' scores at the estimate (wild score bootstrap: Kline & Santos 2012).
Drawing events there would make the information of a replicate depend on the few events with many hits, and
intervals of rare words would be far too wide on one side.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import floor

import numpy as np

from biaslens.settings import Settings
from biaslens.spans import FloatArray
from biaslens.stats.rates import PairedCounts
from biaslens.stats.resample import (
    Block,
    Limits,
    SignTable,
    blocks,
    keyed_bytes,
    nth_largest,
    rounded,
)
from biaslens.tokens import BoolArray

# Below this an interval would rest on too few clusters: the inverted sign-flip test is there for these.
MIN_EVENTS_FOR_BOOTSTRAP = 20
# Limits at 95 % are then the 50th replicates from either end.
_MAX_DRAWS = 1_999
# P(weight > 0), P(weight > 1), ... of Poisson(1) in parts of 2^16; a weight above 8 has a chance of 1 in a
# million, less than such parts can tell.
_CHANCES = (41427, 17317, 5263, 1244, 240, 39, 5, 1)


def mean_limits(
    differences: FloatArray, present: BoolArray, events: Sequence[str], settings: Settings
) -> Limits:
    """Limits of the mean of within-event differences, NaN below 20 events and where all events agree.

    Arguments have shape (n_events, n_columns), limits (n_columns,).

    >>> values = np.arange(25.0)[:, None]
    >>> names = [f"event {row}" for row in range(25)]
    >>> limits = mean_limits(values, values >= 0, names, Settings())
    >>> limits.low.round(1), limits.high.round(1)
    (array([9.]), array([15.1]))
    """
    low, high = np.full((2, differences.shape[1]), np.nan)
    for block in blocks(_enough(present), events, settings):
        limits = _mean_limits(block, block.rows(differences), settings)
        low[block.columns], high[block.columns] = limits.low, limits.high
    return Limits(low, high).unless_degenerate()


def log_ratio_limits(
    counts: PairedCounts, present: BoolArray, events: Sequence[str], settings: Settings
) -> Limits:
    """Limits of the rate ratio, symmetric around it on the log scale; shape (n_columns,).

    NaN below 20 events, where one outlet has no hit, and where all events agree.
    """
    low, high = np.full((2, counts.count_a.shape[1]), np.nan)
    parts = (counts.count_a, counts.count_b, counts.length_a, counts.length_b)
    for block in blocks(_enough(present), events, settings):
        filled = (block.rows(part, filling) for part, filling in zip(parts, (0, 0, 1, 1), strict=True))
        limits = _ratio_limits(PairedCounts(*filled), block.table, settings.confidence)
        low[block.columns], high[block.columns] = limits.low, limits.high
    return Limits(low, high).unless_degenerate()


def _enough(present: BoolArray) -> BoolArray:
    return np.asarray(present & (present.sum(axis=0) >= MIN_EVENTS_FOR_BOOTSTRAP))


def _mean_limits(block: Block, values: FloatArray, settings: Settings) -> Limits:
    n_events = block.present.sum(axis=0)
    mean = rounded(values).sum(axis=0) / n_events
    folded = block.table.folded
    apart = folded(rounded(np.where(block.present, values - mean, 0.0)))
    weights = _poisson_weights(block.table.keys, settings.seed, min(settings.draws, _MAX_DRAWS))
    t_values = _drawn_t_values(apart, folded(block.present.astype(np.float64)), weights)
    # Replicates of events that all agree, or of no event, say nothing: they widen the interval.
    undefined = np.isnan(t_values)
    rank = floor((1 - settings.confidence) / 2 * (t_values.shape[1] + 1) + 1e-9)
    error = np.sqrt(rounded(apart**2).sum(axis=0)) / n_events
    if rank == 0:
        return Limits(np.where(error > 0, -np.inf, mean), np.where(error > 0, np.inf, mean))
    highest = nth_largest(np.where(undefined, np.inf, t_values), rank)
    lowest = -nth_largest(np.where(undefined, np.inf, -t_values), rank)
    with np.errstate(invalid="ignore"):
        return Limits(mean - highest * error, mean - lowest * error)


def _drawn_t_values(apart: FloatArray, n: FloatArray, weights: FloatArray) -> FloatArray:
    """t* = (theta* - theta) / se* of a mean, from sums of distances to it; shape (n_columns, n_draws)."""

    def sums(values: FloatArray) -> FloatArray:
        return rounded(values, len(_CHANCES)).T @ weights

    apart_sum = sums(apart)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = apart_sum / sums(n)
        squares = sums(apart**2) - 2 * mean * sums(apart * n) + mean**2 * sums(n**2)
        return np.asarray(apart_sum / np.sqrt(np.maximum(squares, 0.0)))


# Kept for the same reason as the tables of signs.
@lru_cache(maxsize=2)
def _poisson_weights(keys: tuple[str, ...], seed: int, draws: int) -> FloatArray:
    """Poisson(1) numbers that depend on seed and key alone, shape (n_keys, draws)."""
    weight_of = np.zeros(2**16)
    for chance in _CHANCES:
        weight_of[:chance] += 1
    weights: FloatArray = weight_of[keyed_bytes(keys, 2 * draws, "weights", str(seed)).view("<u2")]
    weights.setflags(write=False)
    return weights


def _ratio_limits(counts: PairedCounts, table: SignTable, level: float) -> Limits:
    model = counts.given_totals()
    share = model.fit()
    ratio = model.ratio(share)
    inside = np.flatnonzero((share > 0) & (share < 1))
    at = model.columns(inside).scores(share[inside])
    width = _log_width(at.score, at.slope * share[inside] * (1 - share[inside]), table, level)
    low, high = np.full((2, len(share)), np.nan)
    with np.errstate(over="ignore"):
        low[inside], high[inside] = ratio[inside] / np.exp(width), ratio[inside] * np.exp(width)
    return Limits(low, high)


def _log_width(score: FloatArray, information: FloatArray, table: SignTable, level: float) -> FloatArray:
    """Half the width on the log scale, from scores and information (minus their slope) at the estimate."""
    score, information = table.folded(rounded(score)), table.folded(rounded(information))
    clusters = SignTable(np.arange(len(score)), table.signs[:, : _MAX_DRAWS + 1])
    total = information.sum(axis=0)[:, None]
    score_sum, crossed = np.split(clusters.sums(np.hstack([score, score * information])), 2)
    squares, weights = (rounded(part**2).sum(axis=0) for part in (score, information))
    # The observed signs are no draw.
    step = score_sum[:, 1:] / total
    left = squares[:, None] - 2 * step * crossed[:, 1:] + step**2 * weights[:, None]
    n_beyond = clusters.n_kept(level) - 1
    if n_beyond == 0:
        return np.where(squares > 0, np.inf, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        t_values = np.abs(score_sum[:, 1:]) / np.sqrt(np.maximum(left, 0.0))
    return np.asarray(nth_largest(t_values, n_beyond) * np.sqrt(squares) / total[:, 0])
