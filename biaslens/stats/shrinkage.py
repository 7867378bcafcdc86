"""Shrinkage: estimates pulled towards their mean by as much as they are uncertain (empirical Bayes)."""

from __future__ import annotations

import numpy as np

from biaslens.spans import FloatArray

# Halvings of the range of a variance: as fine as float64 is.
_HALVINGS = 60
# Values of tau that the posterior is taken at; more change no interval in its second figure.
_LEVELS = 200
# An outlet's own part in its variance is what others' parts leave of it: less than this is not believed.
_LEAST_PART = 0.1


def quasi_variances(variance: FloatArray) -> FloatArray:
    """Variances of outlets' own, from those of effects that are taken from their mean; shape (n,).

    Effects less their mean are correlated. Here are q with var(b_i - b_j) = q_i + q_j, by least squares over
    all differences (after Firth & de Menezes 2004), which the variances alone decide: exact where the
    outlets' errors are independent. At least a tenth of ``variance``: what an outlet is known by better than
    the others of its events cannot be told. Needs three outlets.

    >>> centre = np.eye(3) - 1 / 3
    >>> quasi_variances(np.diag(centre @ np.diag([1.0, 2.0, 4.0]) @ centre)).round(6)
    array([1., 2., 4.])
    """
    n = len(variance)
    assert n >= 3, "two outlets have one difference: its variance cannot be divided between them"
    own = (n * variance - variance.sum() / (n - 1)) / (n - 2)
    return np.asarray(np.maximum(own, _LEAST_PART * variance))


def paule_mandel(effect: FloatArray, variance: FloatArray) -> float:
    """Variance tau^2 between outlets beyond what chance makes of their effects.

    The tau^2 at which the weighted squares about the weighted mean, sum w (b - mean)^2 with
    w = 1 / (tau^2 + variance), are n - 1, as they are on average; 0 where they are fewer without any tau^2
    (Paule & Mandel 1982). Variances are above 0, here and below.

    >>> round(paule_mandel(np.array([1.0, 2.0, 6.0]), np.array([1.0, 1.0, 1.0])), 6)
    6.0
    """
    expected = len(effect) - 1

    def squares(between: float) -> float:
        weight = 1 / (between + variance)
        return float(np.sum(weight * (effect - weight @ effect / weight.sum()) ** 2))

    # At least as large as the one sought: no weighted squares exceed those about the plain mean over tau^2.
    low, high = 0.0, float(np.sum((effect - effect.mean()) ** 2)) / expected
    if squares(low) <= expected:
        return 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if squares(middle) > expected else (low, middle)
    return high


def shrink(effect: FloatArray, variance: FloatArray, between: float) -> FloatArray:
    """Effects pulled towards their weighted mean by tau^2 / (tau^2 + variance), less their own mean; (n,).

    The weights are 1 / (tau^2 + variance) (Efron & Morris 1975, with unequal variances). All are 0 where
    ``between`` (tau^2) is 0: outlets then differ by no more than chance makes them.

    >>> shrink(np.array([-1.0, 0.0, 1.0]), np.array([1.0, 1.0, 1.0]), between=1.0)
    array([-0.5,  0. ,  0.5])
    """
    weight = 1 / (between + variance)
    pulled = between * weight * (effect - weight @ effect / weight.sum())
    return np.asarray(pulled - pulled.mean())


def draw_effects(
    effect: FloatArray, variance: FloatArray, n_draws: int, rng: np.random.Generator
) -> FloatArray:
    """What the outlets' effects may be, less their mean: draws of shape (n_draws, n) from their posterior.

    A few outlets tell little of tau, so that draws do not rest on one estimate of it: each takes a tau, then
    a mean, then the effects given both, all normal. Priors are flat for tau and for the mean (Gelman 2006,
    section 2.2); that is proper from three outlets on.
    """
    # Evenly spaced from 0 to infinity in u, with half of the values below what the effects show.
    u = (np.arange(_LEVELS) + 0.5) / _LEVELS
    between = (variance.mean() + effect.var()) * (u / (1 - u)) ** 2
    weight = 1 / (between[:, None] + variance)
    mean = weight @ effect / weight.sum(axis=1)
    distance = weight * (effect - mean[:, None]) ** 2
    density = np.sum(np.log(weight) - distance, axis=1) / 2 - np.log(weight.sum(axis=1)) / 2
    # The last term is what an even step in u is in tau.
    chance = np.exp(density - density.max()) / (1 - u) ** 2
    reached = np.cumsum(chance) / chance.sum()
    level = np.searchsorted(reached, (np.arange(n_draws) + 0.5) / n_draws).clip(max=_LEVELS - 1)
    mean = mean[level] + rng.standard_normal(n_draws) / np.sqrt(weight.sum(axis=1))[level]
    kept = between[:, None] * weight
    drawn = kept[level] * (effect - mean[:, None])
    drawn += np.sqrt(kept * variance)[level] * rng.standard_normal((n_draws, len(effect)))
    return np.asarray(drawn - drawn.mean(axis=1)[:, None])
