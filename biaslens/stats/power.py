"""Power: how many shared events it takes to find a difference between outlets of a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import nan, sqrt

import numpy as np

from biaslens.cells import Cells
from biaslens.settings import Settings
from biaslens.statistics_tables import PlanTable
from biaslens.stats.ladder import MIN_EVENTS_FOR_ESTIMATE
from biaslens.stats.power_curve import MAX_EVENTS, EventScores, Target, power_curve
from biaslens.stats.sides import Layout, Sides, pairs_of_outlets
from biaslens.tabular import texts
from biaslens.tokens import BoolArray

# Name of the row that takes the events of all pairs together.
ALL_PAIRS = "all pairs"


def plan_contrasts(
    cells: Cells,
    target: Target,
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> PlanTable:
    """Shared events needed for every two outlets, in alphabetical order, and for all pairs together.

    Corpora of n events are drawn from the events that the pair shares: their scores (of rates
    w (rate_A - rate_B) with w = L_A L_B / (L_A + L_B), else the differences) without the difference that is
    there, each with either sign, plus the difference asked for, the same in every event. More hits scatter
    more: what is added to a rate is Poisson. Each corpus is tested as contrasts are: all signs listed up to
    12 events, above by the normal law of a sum of random signs with its fourth cumulant. The share with
    p < .05 is the power. (Power from a bootstrapped pilot: Efron & Tibshirani 1993, chapter 25; Kleinman &
    Huang 2017.) It is a forecast from a spread that itself is estimated: from 10 events the number needed is
    often off by a factor of two, from 30 by a half.

    Where one outlet writes so much less that its hits are too lopsided for a test, it takes as many events as
    make them symmetric enough (see skewness.MAX_SKEWNESS).

    Pairs with fewer than ``settings.min_shared_events`` events have no number of their own; the last row,
    "all pairs", takes the events of every pair with three or more, each less its own pair's difference. It is
    absent where there is one pair.
    """
    layout = Layout.of(cells, outlet_names, event_names)
    pairs = list(combinations(layout.outlets, 2))
    sides = pairs_of_outlets(cells, np.array([target.column]), layout)
    rows = [_plan_pair(pair, each, target, settings) for pair, each in zip(pairs, sides, strict=True)]
    if len(rows) > 1:
        rows.append(_plan_all([row for row in rows if row.scores is not None], target, settings))
    return PlanTable(
        measure=texts(target.measure.name for _ in rows),
        unit=texts(target.measure.unit for _ in rows),
        outlet_a=texts(row.outlet_a for row in rows),
        outlet_b=texts(row.outlet_b for row in rows),
        difference=np.full(len(rows), float(target.difference)),
        spread=np.array([row.spread for row in rows], dtype=np.float64),
        n_events=np.array([row.n_events for row in rows], dtype=np.int64),
        power_now=np.array([row.power_now for row in rows], dtype=np.float64),
        events_needed=np.array([row.events_needed for row in rows], dtype=np.float64),
        note=texts(row.note for row in rows),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """One row of the table; ``scores`` are there from three events on, where there is something to plan."""

    outlet_a: str
    outlet_b: str
    n_events: int
    note: str
    scores: EventScores | None = None
    spread: float = nan
    power_now: float = nan
    events_needed: float = nan


def _plan_pair(pair: tuple[str, str], sides: Sides, target: Target, settings: Settings) -> _Plan:
    present = sides.shared[:, 0]
    n_events, is_rate = int(present.sum()), target.measure.kind == "rate"
    hits = int(sides.total_a.sum() + sides.total_b.sum())
    row = _Plan(*pair, n_events, note="")
    if n_events == 0:
        return replace(row, note="no shared event")
    if is_rate and hits < max(settings.min_expected_count, 1):
        return replace(row, note=f"{_number(hits, 'occurrence')} in shared events: too rare to plan from")
    if n_events < MIN_EVENTS_FOR_ESTIMATE:
        return replace(row, note=_too_few(n_events, settings))
    differences = sides.differences(np.array([target.measure.scale]))[present, 0]
    spread = float(np.std(differences, ddof=1))
    if spread <= 1e-12 * float(np.abs(differences).max()):
        return replace(row, note="the same difference in every event: no spread to plan from")
    row = replace(row, scores=_scores(sides, present, target), spread=spread)
    if n_events < settings.min_shared_events:
        return replace(row, note=_too_few(n_events, settings))
    return _planned(row, target, settings)


def _plan_all(pairs: Sequence[_Plan], target: Target, settings: Settings) -> _Plan:
    """The row of all pairs, which have scores."""
    n_events = sum(pair.n_events for pair in pairs)
    row = _Plan(ALL_PAIRS, "", n_events, _too_few(n_events, settings))
    if n_events < settings.min_shared_events:
        return row
    scores = EventScores.joined([pair.scores for pair in pairs if pair.scores is not None])
    freedom = sum((pair.n_events - 1) * pair.spread**2 for pair in pairs)
    spread = sqrt(freedom / (n_events - len(pairs)))
    planned = _planned(replace(row, scores=scores, spread=spread, note=""), target, settings)
    return replace(planned, power_now=nan)


def _planned(row: _Plan, target: Target, settings: Settings) -> _Plan:
    assert row.scores is not None
    curve = power_curve(row.scores, target, settings, f"{row.outlet_a}\x1f{row.outlet_b}")
    needed = curve.events_for(target.power)
    if needed > MAX_EVENTS:
        return replace(row, power_now=curve.at(row.n_events), note=f"more than {MAX_EVENTS:,} events")
    return replace(row, power_now=curve.at(row.n_events), events_needed=needed)


def _scores(sides: Sides, present: BoolArray, target: Target) -> EventScores:
    size, is_rate = abs(target.difference), target.measure.kind == "rate"
    length_a, length_b = (part[present, 0].astype(np.float64) for part in (sides.length_a, sides.length_b))
    length = length_a + length_b
    if is_rate:
        score = sides.counts(np.array([0])).null_score()[present, 0]
        weight = length_a * length_b / length
        # Hits are added to the outlet that is to be higher.
        per_hit = (length_b if target.difference > 0 else length_a) / length
    else:
        score = sides.differences(np.array([target.measure.scale]))[present, 0]
        weight, per_hit = np.ones(len(score)), np.zeros(len(score))
    residual = score - weight * score.sum() / weight.sum()
    return EventScores(
        # Taking the mean off takes one event's worth of spread with it.
        residual=residual * sqrt(len(score) / (len(score) - 1)),
        step=weight * size / (target.measure.scale if is_rate else 1.0),
        per_hit=per_hit,
        hits=(sides.hits_a + sides.hits_b)[present, 0].astype(np.float64),
        length_a=length_a,
        length_b=length_b,
    )


def _number(n: int, noun: str) -> str:
    return f"1 {noun}" if n == 1 else f"{n:,} {noun}s"


def _too_few(n_events: int, settings: Settings) -> str:
    return f"{_number(n_events, 'event')}: too few to tell the spread ({settings.min_shared_events} needed)"
