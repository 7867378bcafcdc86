"""Reliability: whether the outlets would stand in the same order had other events been covered."""

from __future__ import annotations

import numpy as np

from biaslens.settings import Settings
from biaslens.stats.ladder import MIN_EVENTS_FOR_RANKING
from biaslens.stats.outlet_effects import OutletEffects
from biaslens.tokens import BoolArray

# Below it a rank says more about the events at hand than about the outlets; a convention.
MIN_RELIABILITY = 0.6
# From three outlets on there is an order; two have a contrast.
MIN_OUTLETS_FOR_RANKING = 3


def compared(effects: OutletEffects, settings: Settings) -> BoolArray:
    """The outlets that reliability is taken over, shape (n_outlets,).

    Those with 20 shared events, where there are three; else those with min_shared_events.
    """
    ranked = effects.judged(MIN_EVENTS_FOR_RANKING)
    if ranked.sum() >= MIN_OUTLETS_FOR_RANKING:
        return ranked
    return effects.judged(settings.min_shared_events)


def split_half(effects: OutletEffects) -> float:
    """Agreement of outlet effects from two halves of the events, over all ways of halving them; 0 to 1.

    r is the mean covariance of the halves' effects over outlets, over the mean of their variances; then
    2 r / (1 + r), what the events together have (Spearman 1910; Brown 1910); 0 where that is negative. Means
    over all halvings take no halving: to first order the halves' effects are b + t and b - t, where t has
    mean 0 and the covariance V of b. So r = (b'b - tr V) / (b'b + tr V), and the result is 1 - tr V / b'b:
    the part of the effects' spread that chance does not explain. Exact for values where all outlets report
    all events. It is of the outlets' standing inside shared events, not of their own values, which events
    move as well. With few outlets it comes out low on average. NaN below two outlets, and where events do
    not differ.

    >>> from biaslens.stats.crossing import Crossing
    >>> from biaslens.stats.outlet_effects import outlet_effects
    >>> values = np.array([[3.0, 1.0], [5.0, 2.0], [4.0, 4.0]])
    >>> found = outlet_effects(Crossing(values, np.ones((3, 2)), False, 1.0), Settings())
    >>> round(split_half(found), 6)
    0.72
    """
    if len(effects.effect) < 2 or not effects.spreads.any():
        return np.nan
    squares, by_chance = float(np.sum(effects.effect**2)), float(np.trace(effects.covariance))
    return max(0.0, 1 - by_chance / squares) if squares > 0 else 0.0
