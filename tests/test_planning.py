"""plan(): what it asks for, and what it says where it cannot tell."""

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import biaslens
from biaslens.cells import Cells
from biaslens.errors import BadSetting, BiaslensError
from biaslens.measuring.registry import measures_for
from biaslens.planning import plan
from biaslens.settings import Settings

COLUMNS = [
    "measure", "unit", "outlet_a", "outlet_b", "difference", "spread", "n_events", "power_now",
    "events_needed", "note",
]  # fmt: skip


def result(n_events: int, settings: Settings | None = None) -> Any:
    """As much of a comparison as a plan takes: two outlets, every measure with the same numbers."""
    chosen = settings or Settings()
    rng = np.random.default_rng(2)
    shape = (2 * n_events, len(measures_for(chosen)))
    event, outlet = np.divmod(np.arange(2 * n_events), 2)
    total = rng.poisson(8, shape)
    cells = Cells(event, outlet, np.ones(shape, dtype=np.int64), total, np.full(shape, 500))
    grouped = SimpleNamespace(
        outlets=("Alpha", "Beta"),
        unit_names=tuple(f"event {row}" for row in range(n_events)),
        settings=chosen,
    )
    return SimpleNamespace(_grouped=grouped, _cells=cells)


def test_a_plan_has_a_row_per_pair_and_its_columns() -> None:
    frame = plan(result(20), "hedge_rate", 4)
    assert isinstance(frame, pd.DataFrame)
    assert frame.columns.tolist() == COLUMNS
    assert frame["outlet_a"].tolist() == ["Alpha"]
    assert frame["unit"].tolist() == ["per 1,000 own words"]
    assert 6 <= frame["events_needed"].item() <= 100


def test_more_power_takes_more_events() -> None:
    needed = [plan(result(20), "hedge_rate", 4, power=power)["events_needed"].item() for power in (0.5, 0.9)]
    assert needed[0] < needed[1]


@pytest.mark.parametrize("difference", [0, 0.0, float("nan"), float("inf"), 1e300, -1e-300])
def test_a_difference_must_be_one(difference: float) -> None:
    message = f"difference is {difference}; it must be a number other than 0, in the unit of hedge_rate"
    with pytest.raises(BadSetting, match=re.escape(message)):
        plan(result(20), "hedge_rate", difference)


def test_a_difference_of_shares_in_percent_is_refused() -> None:
    with pytest.raises(BadSetting, match="quote_share runs from 0 to 1, so no difference is larger than 1"):
        plan(result(20), "quote_share", 10)


@pytest.mark.parametrize("power", [0.05, 1.0, 80])
def test_a_power_must_be_a_chance(power: float) -> None:
    with pytest.raises(
        BadSetting, match=rf"power is {power}; it must be above 0\.05 and below 1, as in 0\.8"
    ):
        plan(result(20), "hedge_rate", 4, power=power)


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(BadSetting, match="There is no measure 'hedges'; there are 'loaded_rate', "):
        plan(result(20), "hedges", 4)


def test_labels_have_no_differences_inside_events() -> None:
    with pytest.raises(BadSetting, match="naming has no differences inside events to plan for: outlets are"):
        plan(result(20), "naming", 0.1)


def test_too_few_events_say_how_many_there_are_and_what_it_takes() -> None:
    message = (
        r"hedge_rate cannot be planned from this comparison\. 'Alpha' and 'Beta' come nearest: 4 events: too "
        r"few to tell the spread \(6 needed\)\. Add articles on events that two outlets report, 6 events"
    )
    with pytest.raises(BiaslensError, match=message):
        plan(result(4), "hedge_rate", 4)


def test_an_outlet_may_be_called_as_the_last_row_is() -> None:
    few = result(4)
    few._grouped.outlets = ("Alpha", "all pairs")
    with pytest.raises(BiaslensError, match="'Alpha' and 'all pairs' come nearest"):
        plan(few, "hedge_rate", 4)


def test_a_measure_of_your_own_can_be_planned() -> None:
    lexicon = biaslens.read_lexicon({"calm": ["calm", "quiet"]})
    frame = plan(result(20, replace(Settings(), lexicons=[lexicon])), "mine_calm_rate", 4)
    assert frame["measure"].tolist() == ["mine_calm_rate"]
