"""Ranking: where each outlet stands among all, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
import numpy.typing as npt

from biaslens.cells import Cells
from biaslens.codebook import Measure
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.statistics_tables import RankingTable
from biaslens.stats.crossing import crossings
from biaslens.stats.ladder import MIN_EVENTS_FOR_RANKING, events_for_interval
from biaslens.stats.outlet_effects import OutletEffects, outlet_effects
from biaslens.stats.reliability import MIN_OUTLETS_FOR_RANKING, MIN_RELIABILITY, compared, split_half
from biaslens.stats.resample import Limits, keyed_generator
from biaslens.stats.shrinkage import draw_effects, paule_mandel, quasi_variances, shrink
from biaslens.tabular import texts
from biaslens.tokens import BoolArray

# Student's t has no variance at 2 degrees of freedom or fewer.
_MIN_FREEDOM = 3.0


def rank_outlets(
    cells: Cells,
    measures: Sequence[Measure],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> RankingTable:
    """Where every outlet stands for every measure, inside shared events: a row per measure and outlet.

    Column i of the cells belongs to measures[i]; measures that cannot be counted have no rows. Outlets stand
    in alphabetical order.

    effect, ci_low, ci_high
                 from the mean outlet: ratios to the geometric mean of the outlets' rates, else differences
                 from the mean; see outlet_effects. NaN with a note where an outlet cannot be placed
    shrunk       effects pulled towards their mean by tau^2 / (tau^2 + s^2), tau^2 by Paule & Mandel (1982),
                 s^2 by quasi-variances; from 6 events and three outlets on. Two outlets show one difference:
                 it cannot be told from it how far outlets differ in general
    shrunk_low, shrunk_high
                 settings.confidence of the posterior draws, ``shrunk`` included; see draw_effects
    reliability  split_half, over the outlets that could be ranked
    rank         of ``shrunk``, 1 for the highest, among outlets with 20 shared events; three at least, and a
                 reliability of .60 (which three outlets that do alike reach for one measure in twelve, ten
                 outlets for one in a hundred: read rank_probability). Equals stand in alphabetical order
    rank_probability
                 share of posterior draws (settings.draws of them, keyed by seed and measure)
    """
    outlets = sorted(outlet_names)
    counted = [measure for measure in measures if measure.available]
    found = [
        _standing(outlet_effects(crossing, settings), measure, settings)
        for measure, crossing in zip(
            counted, crossings(cells, measures, outlet_names, event_names), strict=True
        )
    ]
    return _table(found, counted, outlets)


@dataclass(frozen=True, slots=True)
class _Standing:
    """One measure's rows: columns of shape (n_outlets,); rank_probability (n_outlets, n_outlets)."""

    n_events: IntArray
    effect: FloatArray
    ci_low: FloatArray
    ci_high: FloatArray
    shrunk: FloatArray
    shrunk_low: FloatArray
    shrunk_high: FloatArray
    reliability: FloatArray
    rank: FloatArray
    rank_probability: FloatArray
    note: tuple[str, ...]


def _standing(effects: OutletEffects, measure: Measure, settings: Settings) -> _Standing:
    held = compared(effects, settings)
    reliability = split_half(effects.among(held))
    limits = effects.limits(settings)
    pulled = _shrunk(effects, measure, settings)
    ranked = held & effects.judged(MIN_EVENTS_FOR_RANKING)
    no_rank = _why_unranked(int(ranked.sum()), reliability, pulled.between)
    order = _ranks(pulled, ranked & (no_rank == ""))
    shown = _ratios if measure.kind == "rate" else np.asarray
    return _Standing(
        n_events=effects.n_events,
        effect=shown(effects.effect),
        ci_low=shown(limits.low),
        ci_high=shown(limits.high),
        shrunk=shown(pulled.effect),
        shrunk_low=shown(pulled.limits.low),
        shrunk_high=shown(pulled.limits.high),
        reliability=np.where(held, reliability, np.nan),
        rank=order.rank,
        rank_probability=order.probability,
        note=tuple(
            _note(effects, outlet, measure, no_rank, settings) for outlet in range(len(effects.effect))
        ),
    )


def _ratios(logs: FloatArray) -> FloatArray:
    # What few hits allow may be beyond all numbers: inf then says so.
    with np.errstate(over="ignore"):
        return np.exp(logs)


@dataclass(frozen=True, slots=True)
class _Shrunk:
    """Shrunk effects, NaN where there are none: ``draws`` has shape (n_draws, n_outlets)."""

    effect: FloatArray
    limits: Limits
    draws: FloatArray
    between: float


def _shrunk(effects: OutletEffects, measure: Measure, settings: Settings) -> _Shrunk:
    taken = effects.judged(events_for_interval(settings))
    effect, low, high = np.full((3, len(taken)), np.nan)
    draws = np.full((settings.draws, len(taken)), np.nan)
    among = effects.among(taken)
    if taken.sum() < MIN_OUTLETS_FOR_RANKING or not among.spreads.all():
        return _Shrunk(effect, Limits(low, high), draws, np.nan)
    variance = quasi_variances(np.diag(among.covariance))
    between = paule_mandel(among.effect, variance)
    # Back to the mean of all placed outlets, from which the effects themselves are taken.
    middle = effects.effect[taken].mean()
    effect[taken] = shrink(among.effect, variance, between) + middle
    # What is known of a variance from few events makes tails heavier: Student's t varies by f / (f - 2).
    freedom = np.maximum(among.freedom, _MIN_FREEDOM)
    wide = variance * freedom / (freedom - 2)
    rng = keyed_generator(str(settings.seed), "rank", measure.name)
    draws[:, taken] = draw_effects(among.effect, wide, settings.draws, rng) + middle
    outside = (1 - settings.confidence) / 2
    ends = np.quantile(draws[:, taken], [outside, 1 - outside], axis=0)
    # One outlet far off among equals is pulled less by the one tau^2 than by most of those drawn.
    low[taken], high[taken] = np.minimum(ends[0], effect[taken]), np.maximum(ends[1], effect[taken])
    return _Shrunk(effect, Limits(low, high), draws, between)


def _why_unranked(n_ranked: int, reliability: float, between: float) -> str:
    if n_ranked < MIN_OUTLETS_FOR_RANKING:
        needed = f"{MIN_OUTLETS_FOR_RANKING} outlets with {MIN_EVENTS_FOR_RANKING} shared events"
        return f"not ranked: that takes {needed}"
    if np.isnan(reliability):
        return "not ranked: the same in every event"
    if reliability < MIN_RELIABILITY:
        # Rounded down: .599 must not read as the .60 that would do.
        return f"not reliable enough to rank: .{floor(100 * reliability):02}"
    # Reliability rests on plain squares, tau^2 on weighted ones: an outlet that is hardly known can be all
    # that the first sees.
    return "" if between > 0 else "not ranked: chance alone can explain how the outlets differ"


@dataclass(frozen=True, slots=True)
class _Ranks:
    """Ranks of shape (n_outlets,); probability of rank j + 1 in column j, (n_outlets, n_outlets)."""

    rank: FloatArray
    probability: FloatArray


def _ranks(shrunk: _Shrunk, ranked: BoolArray) -> _Ranks:
    n_outlets, n_ranked = len(ranked), int(ranked.sum())
    rank, probability = np.full(n_outlets, np.nan), np.full((n_outlets, n_outlets), np.nan)
    if n_ranked:
        rank[ranked] = _places(shrunk.effect[None, ranked])[0] + 1
        places = _places(shrunk.draws[:, ranked])
        probability[ranked] = 0.0
        probability[ranked, :n_ranked] = [np.bincount(of, minlength=n_ranked) for of in places.T]
        probability /= len(places)
    return _Ranks(rank, probability)


def _places(values: FloatArray) -> IntArray:
    """Place of each column in its row from the highest down, 0 first; of equals the left one."""
    order = np.argsort(-values, axis=1, kind="stable")
    return np.asarray(np.argsort(order, axis=1, kind="stable"), dtype=np.int64)


def _note(effects: OutletEffects, outlet: int, measure: Measure, no_rank: str, settings: Settings) -> str:
    if effects.note[outlet]:
        by_pairs = measure.family == "naming" and not effects.n_events.any()
        return "a distance between outlets, without a value in an event" if by_pairs else effects.note[outlet]
    n_events = effects.n_events[outlet].item()
    if n_events < events_for_interval(settings):
        return f"{n_events} shared events: too few for an interval ({events_for_interval(settings)} needed)"
    if not effects.spreads[outlet]:
        return "the same in every event: no interval"
    if effects.freedom[outlet] < 1:
        return "nearly all hits in one of its events: no interval"
    if effects.placed.sum() < MIN_OUTLETS_FOR_RANKING:
        return "two outlets: nothing to shrink towards and no ranking; see their contrast"
    if n_events < MIN_EVENTS_FOR_RANKING:
        return f"{n_events} shared events: too few to rank ({MIN_EVENTS_FOR_RANKING} needed)"
    return no_rank


def _table(found: Sequence[_Standing], measures: Sequence[Measure], outlets: Sequence[str]) -> RankingTable:
    rows = [(measure, outlet) for measure in measures for outlet in outlets]

    def joined(name: str, dtype: type = np.float64) -> npt.NDArray[np.generic]:
        return np.concatenate([np.zeros(0, dtype), *(getattr(each, name) for each in found)])

    chances = [each.rank_probability for each in found]
    return RankingTable(
        measure=texts(measure.name for measure, _ in rows),
        unit=texts(measure.unit for measure, _ in rows),
        outlet=texts(outlet for _, outlet in rows),
        n_events=joined("n_events", np.int64),
        effect_of=texts("ratio" if measure.kind == "rate" else "difference" for measure, _ in rows),
        effect=joined("effect"),
        ci_low=joined("ci_low"),
        ci_high=joined("ci_high"),
        shrunk=joined("shrunk"),
        shrunk_low=joined("shrunk_low"),
        shrunk_high=joined("shrunk_high"),
        reliability=joined("reliability"),
        rank=joined("rank"),
        note=texts(note for each in found for note in each.note),
        rank_probability=np.concatenate([np.zeros((0, len(outlets))), *chances]),
    )
