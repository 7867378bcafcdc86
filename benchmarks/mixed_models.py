"""Models of statsmodels for what a contrast compares, and why a model and a contrast come to differ.

Shares and means go to a linear model with a random intercept of every event (MixedLM), whose p-value is read
off the normal distribution, as it prints it. Rates go to three models: a negative binomial regression with an
effect of every event (NegativeBinomial; plain Poisson where it finds no dispersion), a Poisson GEE with
events as clusters, and Poisson with an effect of every event and robust errors (Wooldridge 1999).
PoissonBayesMixedGLM takes no text lengths, so it cannot be asked.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, t, ttest_rel
from statsmodels.api import GEE, GLM, cov_struct, families
from statsmodels.discrete.discrete_model import NegativeBinomial
from statsmodels.regression.mixed_linear_model import MixedLM

from biaslens.codebook import Measure

Floats = npt.NDArray[np.float64]
Name = Literal["MixedLM", "NegativeBinomial", "GEE", "robust Poisson"]

LEVEL = 0.05
# Hits below which no test of a rate is close to its level.
MIN_EXPECTED = 5


@dataclass(frozen=True)
class Pair:
    """What one contrast is made of; arrays of shape (n_events,), events shared for the measure."""

    measure: Measure
    total_a: Floats
    total_b: Floats
    exposure_a: Floats
    exposure_b: Floats

    @property
    def values(self) -> Floats:
        """Shape (n_events, 2)."""
        values = [self.total_a / self.exposure_a, self.total_b / self.exposure_b]
        return self.measure.scale * np.stack(values, axis=1)

    def with_hits(self) -> Pair:
        """Only the events with a hit: the others say nothing of a ratio."""
        kept = self.total_a + self.total_b > 0
        return Pair(
            self.measure,
            *(part[kept] for part in (self.total_a, self.total_b, self.exposure_a, self.exposure_b)),
        )


@dataclass(frozen=True)
class Fit:
    """A model's estimate of our estimand: a difference, or a log ratio."""

    effect: float
    error: float

    @property
    def p_value(self) -> float:
        return float(2 * norm.sf(abs(self.effect / self.error)))


def _mixed_linear(pair: Pair) -> Fit:
    """Values with a random intercept of every event."""
    values = pair.values
    size = values.std() or 1.0
    design = np.column_stack([np.ones(values.size), np.tile([1.0, 0.0], len(values))])
    event = np.repeat(np.arange(len(values)), 2)
    fitted = MixedLM(values.ravel() / size, design, groups=event).fit(reml=True)
    return Fit(float(fitted.fe_params[1] * size), float(fitted.bse_fe[1] * size))


def _negative_binomial(pair: Pair) -> Fit:
    """Counts with an effect of every event; Poisson where the dispersion is estimated to be none."""
    told = pair.with_hits()
    n = len(told.total_a)
    hits, words = np.r_[told.total_a, told.total_b], np.r_[told.exposure_a, told.exposure_b]
    design = np.column_stack([np.repeat([1.0, 0.0], n), np.tile(np.eye(n), (2, 1))])
    fitted = NegativeBinomial(hits, design, exposure=words).fit(disp=False, maxiter=200)
    if not np.isfinite(fitted.bse[0]):
        fitted = GLM(hits, design, family=families.Poisson(), exposure=words).fit()
    return Fit(float(fitted.params[0]), float(fitted.bse[0]))


def _robust(pair: Pair) -> Fit:
    """Poisson with an effect of every event, given event totals; errors from events' own scores (HC1)."""
    told = pair.with_hits()
    hits = np.column_stack([told.total_a, told.total_b])
    offset = np.log(told.exposure_a / told.exposure_b)
    fitted = GLM(hits, np.ones(len(hits)), families.Binomial(), offset=offset).fit(cov_type="HC1")
    return Fit(float(fitted.params[0]), float(fitted.bse[0]))


def _clustered(pair: Pair) -> Fit:
    """Counts whose two texts of an event are correlated; small-sample errors (Mancl & DeRouen 2001)."""
    n = len(pair.total_a)
    hits, words = np.r_[pair.total_a, pair.total_b], np.r_[pair.exposure_a, pair.exposure_b]
    design, event = np.column_stack([np.repeat([1.0, 0.0], n), np.ones(2 * n)]), np.tile(np.arange(n), 2)
    order = np.argsort(event, kind="stable")
    model = GEE(
        hits[order],
        design[order],
        groups=event[order],
        family=families.Poisson(),
        cov_struct=cov_struct.Exchangeable(),
        exposure=words[order],
    )
    fitted = model.fit(cov_type="bias_reduced")
    return Fit(float(fitted.params[0]), float(fitted.bse[0]))


_MODELS: dict[Name, Callable[[Pair], Fit]] = {
    "MixedLM": _mixed_linear,
    "NegativeBinomial": _negative_binomial,
    "GEE": _clustered,
    "robust Poisson": _robust,
}


def fit(pair: Pair, model: Name) -> Fit:
    with warnings.catch_warnings():
        # A variance of 0 and a step that stops early are results here, too.
        warnings.simplefilter("ignore")
        return _MODELS[model](pair)


def reason(pair: Pair, model: Name, effect: float, p_value: float, fitted: Fit) -> str:
    """Why ours and the model's conclusion differ, by what can be computed."""
    if all(0.035 <= p <= 0.07 for p in (p_value, fitted.p_value)):
        return "both p-values are next to .05"
    if model == "MixedLM":
        return _reason_of_means(pair, p_value, fitted)
    a, b, words_a, words_b = pair.total_a, pair.total_b, pair.exposure_a, pair.exposure_b
    expected_a = ((a + b) * words_a / (words_a + words_b)).sum()
    if min(expected_a, (a + b).sum() - expected_a) < MIN_EXPECTED:
        return f"by length alone one side is expected to have fewer than {MIN_EXPECTED} hits"
    if abs(effect - fitted.effect) > 0.25 * fitted.error:
        return "the model weighs events otherwise: its estimate is another"
    part = np.exp(effect) * words_a / (np.exp(effect) * words_a + words_b)
    scores, information = a - (a + b) * part, float(((a + b) * part * (1 - part)).sum())
    own_error = float(np.sqrt((scores**2).sum())) / information
    if own_error > 1.1 * fitted.error and p_value > fitted.p_value:
        return "events scatter more than the model's one dispersion says"
    if own_error < fitted.error / 1.1 and p_value < fitted.p_value:
        return "events scatter less than the model's one dispersion says"
    return _uneven(scores)


def _reason_of_means(pair: Pair, p_value: float, fitted: Fit) -> str:
    values = pair.values
    by_t = 2 * t.sf(abs(fitted.effect / fitted.error), len(values) - 1)
    if (by_t <= LEVEL) == (p_value <= LEVEL):
        return "the model reads a normal distribution; Student's t with E - 1 agrees with us"
    paired = float(ttest_rel(values[:, 0], values[:, 1]).pvalue)
    if (paired <= LEVEL) == (p_value <= LEVEL):
        return "events differ little in level: the model pools them; a paired t-test agrees with us"
    return _uneven(values[:, 0] - values[:, 1])


def _uneven(scores: Floats) -> str:
    if (scores**2).max() > 0.25 * (scores**2).sum():
        return "one event holds more than a quarter of the squares"
    return "skewed events: a normal approximation is not what sign flips give"
