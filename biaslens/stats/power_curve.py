"""The power curve: the chance to find a difference, by number of events, from how events scatter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import ceil, inf, sqrt
from statistics import NormalDist

import numpy as np

from biaslens.codebook import Measure
from biaslens.settings import Settings
from biaslens.spans import FloatArray
from biaslens.stats.ladder import LEVEL, smallest_p
from biaslens.stats.resample import MAX_LISTED_EVENTS, SignTable, keyed_generator
from biaslens.stats.skewness import MAX_SKEWNESS, null_skewness

# More than anybody will gather: beyond it the answer is that it takes too many.
MAX_EVENTS = 100_000
# Corpora drawn: they place a power of .80 within .02, which moves the number of events by some 4 %.
_N_DRAWN = 2_000
# Up to here corpora are drawn; above, the sum over events is normal for all that matters.
_MAX_DRAWN_EVENTS = 200
# Corpora looked at together where all signs are listed: memory only.
_AT_ONCE = 500
_NORMAL = NormalDist()
_Z = _NORMAL.inv_cdf(1 - LEVEL / 2)


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be found: a difference in the measure's unit, with a chance of ``power``.

    column  of the measure in the cells
    """

    measure: Measure
    column: int
    difference: float
    power: float


@dataclass(frozen=True, slots=True)
class EventScores:
    """What the test adds up, event by event, without the difference that is there; shape (n_events,) each.

    residual  score less what the mean difference explains, as wide as scores are
    step      what a difference of ``Target.difference`` adds to the score
    per_hit   what one more hit adds to it; 0 where the measure counts none
    hits      of both outlets, in ``length_a`` and ``length_b``
    """

    residual: FloatArray
    step: FloatArray
    per_hit: FloatArray
    hits: FloatArray
    length_a: FloatArray
    length_b: FloatArray

    def __len__(self) -> int:
        return len(self.residual)

    @classmethod
    def joined(cls, parts: Sequence[EventScores]) -> EventScores:
        """The events of several pairs."""
        names = [field.name for field in fields(cls)]
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


@dataclass(frozen=True, slots=True)
class PowerCurve:
    """The chance to find a difference, by number of events.

    drawn            shape (n + 1,): chance at 0 to n events, from drawn corpora; never falls
    mean, deviation  of one event's score, where the difference is there; for more events than n
    least            events from which there is a test that can find anything
    """

    drawn: FloatArray
    mean: float
    deviation: float
    least: int

    def at(self, n_events: int) -> float:
        """The chance at so many events, 0 to 1."""
        if n_events < self.least:
            return 0.0
        if n_events < len(self.drawn):
            return float(self.drawn[n_events])
        reach = sqrt(n_events) * self.mean - _Z * sqrt(self.deviation**2 + self.mean**2)
        return max(float(self.drawn[-1]), _NORMAL.cdf(reach / self.deviation))

    def events_for(self, power: float) -> float:
        """Events from which the chance is ``power``; inf where that takes more than MAX_EVENTS."""
        if self.drawn[-1] >= power:
            needed = float(np.searchsorted(self.drawn, power))
        else:
            needed = max(_normal_events(self.mean, self.deviation, power), float(len(self.drawn)))
        return inf if needed > MAX_EVENTS else max(needed, float(self.least))


def power_curve(scores: EventScores, target: Target, settings: Settings, key: str) -> PowerCurve:
    """The power by number of events; ``key`` names what the random numbers depend on, besides the seed."""
    mean = float(scores.step.mean())
    noise = scores.per_hit * scores.step
    deviation = sqrt(float(np.mean(scores.residual**2 + noise) + np.var(scores.step)))
    guess = _normal_events(mean, deviation, target.power)
    size = int(min(_MAX_DRAWN_EVENTS, max(2 * MAX_LISTED_EVENTS, 1.5 * guess)))
    drawn = _draw(scores, size, keyed_generator("power", str(settings.seed), target.measure.name, key))
    found = np.concatenate([[0.0], _share_found(drawn)])
    # The share rises with events but for chance and the steps of few signs: halfway between the lowest curve
    # above it and the highest below it that never fall.
    above, below = np.maximum.accumulate(found), np.minimum.accumulate(found[::-1])[::-1]
    return PowerCurve((above + below) / 2, mean, deviation, _least_events(scores, target, settings))


def _draw(scores: EventScores, size: int, rng: np.random.Generator) -> FloatArray:
    """Scores of the events of drawn corpora, shape (_N_DRAWN, size)."""
    event = rng.integers(len(scores), size=(_N_DRAWN, size))
    sign = rng.integers(2, size=event.shape) * 2 - 1
    step, per_hit = scores.step[event], scores.per_hit[event]
    counts = np.divide(step, per_hit, out=np.zeros_like(step), where=per_hit > 0)
    added = np.where(per_hit > 0, rng.poisson(counts) * per_hit, step)
    return np.asarray(scores.residual[event] * sign + added)


def _share_found(drawn: FloatArray) -> FloatArray:
    """Share of corpora in which the first 1, 2, ... events have p < .05, shape (n_events,)."""
    total, square = np.abs(np.cumsum(drawn, axis=1)), drawn * drawn
    squares, fourth = np.cumsum(square, axis=1), np.cumsum(square * square, axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        cumulant = -2 * fourth / squares**2
    # Cornish & Fisher 1938: signs scatter less in the tails than the normal law. Beside drawn signs, from 14
    # events on: within .02 for normal scores and Student's t of 3 degrees; up to .06 too low with longer
    # tails, up to .08 too high where few hits of one weight make many ties.
    limit = _Z + cumulant * (_Z**3 - 3 * _Z) / 24
    found = np.mean(total > limit * np.sqrt(squares), axis=0)
    for n_events in range(1, min(MAX_LISTED_EVENTS, drawn.shape[1]) + 1):
        found[n_events - 1] = _share_listed(drawn[:, :n_events])
    return np.asarray(found)


def _share_listed(drawn: FloatArray) -> float:
    """Share of corpora whose p, over all arrangements of signs, is below .05."""
    if smallest_p(drawn.shape[1]) >= LEVEL:
        return 0.0
    # The arrangements of n signs are the first 2^(n-1) of the listed ones, up to the overall sign.
    signs = SignTable.listed().signs[: drawn.shape[1], : 2 ** (drawn.shape[1] - 1)]
    found = 0
    for first in range(0, len(drawn), _AT_ONCE):
        sums = np.abs(drawn[first : first + _AT_ONCE] @ signs)
        n_reached = np.count_nonzero(sums >= sums[:, :1] * (1 - 1e-9), axis=1)
        found += int(np.count_nonzero(n_reached < LEVEL * signs.shape[1]))
    return found / len(drawn)


def _least_events(scores: EventScores, target: Target, settings: Settings) -> int:
    """Events from which a p-value is printed, and can be below .05."""
    fewest = next(n for n in range(1, MAX_EVENTS) if smallest_p(n) < LEVEL)
    # Skewness falls with the root of the number of events.
    symmetric = len(scores) * (_skewness(scores, target) / MAX_SKEWNESS) ** 2
    return max(settings.min_shared_events, fewest, ceil(symmetric - 1e-9))


def _skewness(scores: EventScores, target: Target) -> float:
    """How lopsided the events' hits are; see Sides.lopsided."""
    hits, length_a, length_b = (part[:, None] for part in (scores.hits, scores.length_a, scores.length_b))
    return float(null_skewness([target.measure.kind], hits, length_a, length_b)[0])


def _normal_events(mean: float, deviation: float, power: float) -> float:
    """Events needed where sums are normal: the closed form, before any correction for few events."""
    reach = _Z * sqrt(deviation**2 + mean**2) + _NORMAL.inv_cdf(power) * deviation
    return float(ceil((reach / mean) ** 2))
