"""Planning: how many shared events a study needs, told from a comparison at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from biaslens.cells import Cells
from biaslens.codebook import Measure
from biaslens.errors import BadSetting, BiaslensError
from biaslens.measuring.in_comparison import NAMING
from biaslens.measuring.registry import measures_for
from biaslens.second_pass import Grouped
from biaslens.statistics_tables import PlanTable
from biaslens.stats.ladder import LEVEL
from biaslens.stats.power import plan_contrasts
from biaslens.stats.power_curve import Target

if TYPE_CHECKING:
    import pandas as pd

    from biaslens.comparison import Comparison

# Differences beyond these are slips of the pen, and squares of them leave the range of numbers.
_LEAST, _MOST = 1e-9, 1e9


def plan(result: Comparison, measure: str, difference: float, *, power: float = 0.8) -> pd.DataFrame:
    """Shared events that it takes to find a difference at the 5 % level, one row per pair of outlets.

    result      a comparison of articles like those of the study planned, however few
    measure     its name; see biaslens.measures()
    difference  outlet_a less outlet_b, in the measure's unit: per 1,000 words for rates, 0 to 1 for shares
    power       chance to find it, above .05 and below 1

    Columns: measure, unit, outlet_a, outlet_b, difference, spread (standard deviation of the differences
    inside events), n_events and power_now (what the pair shares now, and the chance with that),
    events_needed, note (why a number is missing). The last row, "all pairs", takes the events of all pairs
    together, for outlets that share few yet. The difference is taken to be the same in every event, and the
    events to come to be like those at hand; for the method see stats/power.py.

    Raises BadSetting for a measure without contrasts, and for a difference or a power that cannot be;
    BiaslensError where too few events are shared to tell their spread.

    >>> import biaslens
    >>> plan(biaslens.compare(biaslens.load_seeds()), "hedge_rate", 0)
    Traceback (most recent call last):
    biaslens.errors.BadSetting: difference is 0; it must be a number other than 0, in the unit of ...
    """
    grouped = result._grouped
    target = _target(measures_for(grouped.settings), measure, difference, power)
    return plan_events(grouped, result._cells, target).to_frame()


def plan_events(grouped: Grouped, cells: Cells, target: Target) -> PlanTable:
    """The plan as a table, from the cells of a comparison; see plan."""
    table = plan_contrasts(cells, target, grouped.outlets, grouped.unit_names, grouped.settings)
    if np.isnan(table.power_now).all() and np.isnan(table.events_needed).all():
        raise BiaslensError(_too_little(table, grouped))
    return table


def _target(measures: Sequence[Measure], name: str, difference: float, power: float) -> Target:
    names = [measure.name for measure in measures]
    if name not in names:
        raise BadSetting(f"There is no measure {name!r}; there are {', '.join(map(repr, names))}.")
    measure = measures[names.index(name)]
    if not measure.available or measure is NAMING:
        why = measure.missing or "outlets are as far apart as all their labels together are"
        raise BadSetting(f"{name} has no differences inside events to plan for: {why}.")
    if not _LEAST <= abs(difference) <= _MOST:
        raise BadSetting(
            f"difference is {difference}; it must be a number other than 0, in the unit of {name} "
            f"({measure.unit}), from {_LEAST:g} to {_MOST:g} in size."
        )
    low, high = measure.low, measure.high
    if low is not None and high is not None and abs(difference) > high - low:
        raise BadSetting(
            f"difference is {difference}; {name} runs from {low:g} to {high:g}, so no difference is larger "
            f"than {high - low:g}."
        )
    if not LEVEL < power < 1:
        raise BadSetting(f"power is {power}; it must be above {LEVEL} and below 1, as in 0.8.")
    return Target(measure, names.index(name), difference, power)


def _too_little(table: PlanTable, grouped: Grouped) -> str:
    """What there is, what it takes, what to do; the pair that comes nearest stands for all."""
    pairs = [row for row in table.rows() if row["outlet_b"]]
    best = max(pairs, key=lambda row: row["n_events"])
    return (
        f"{best['measure']} cannot be planned from this comparison. {best['outlet_a']!r} and "
        f"{best['outlet_b']!r} come nearest: {best['note']}. Add articles on events that two outlets report, "
        f'{grouped.settings.min_shared_events} events or more, or compare by Settings(granularity="story").'
    )
