"""By length: how seldom hits that fall by length alone leave the shorter side with so few of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biaslens.codebook import Measure
from biaslens.spans import FloatArray
from biaslens.stats.sides import Sides

# A side with a larger part of the hits to expect has a sum that is symmetric enough for signs to tell.
_MAX_PART = 0.3
# Only small p-values are in question: at .05 signs reject as often as they should, and intervals go by them.
_MAX_FLOOR = 0.01


def chance_by_length(sides: Sides, measures: Sequence[Measure]) -> FloatArray:
    """A p-value, .01 at most, that no test of the same hits should fall below, shape (n_measures,).

    Of 44 hits in texts of 1 to 4.5 all may well stand in the longer ones: the chance is .82^44, two in ten
    thousand, while no arrangement of signs but one is as extreme, in 44 events one of 10^13. Where one side
    is to expect less than three of ten hits and has fewer than that, this is twice the mid-p value of its
    hits, which are binomial given all: among sums of hits with unequal chances and one mean, the binomial has
    the widest tails (Hoeffding 1956). 0 elsewhere, and for means, which are no counts.
    """
    from scipy.special import bdtr

    counts = np.array([measure.kind != "mean" for measure in measures], dtype=bool)
    hits = sides.hits_a + sides.hits_b
    total = hits.sum(axis=0)
    part = (hits * sides.length_a / (sides.length_a + sides.length_b)).sum(axis=0) / np.maximum(total, 1)
    of_a = part <= 0.5
    part = np.where(of_a, part, 1 - part)
    own = np.where(of_a, sides.hits_a.sum(axis=0), sides.hits_b.sum(axis=0))
    bounded = counts & (total > 0) & (part < _MAX_PART) & (own < part * total)
    fewer = np.where(own > 0, bdtr(np.maximum(own - 1.0, 0.0), total, part), 0.0)
    chance = fewer + bdtr(own.astype(np.float64), total, part)
    return np.where(bounded, np.minimum(chance, _MAX_FLOOR), 0.0)
