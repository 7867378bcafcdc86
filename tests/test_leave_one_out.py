"""Contrasts without each of their events."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from stats_examples import random_cells, some_measure

from biaslens.cells import Cells
from biaslens.codebook import MeasureKind
from biaslens.settings import Settings
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.leave_one_out import LeaveOneOut, leave_one_out

RATE_AND_SHARE = [some_measure("rate", "rate"), some_measure("share", "share")]
FEW_DRAWS = Settings(draws=499)


def names_of(cells: Cells) -> list[str]:
    return [f"event {row:03}" for row in range(1 + int(cells.event.max(initial=-1)))]


def without(cells: Cells, event: int) -> Cells:
    kept = cells.event != event
    return Cells(*(getattr(cells, field.name)[kept] for field in fields(cells)))


def of_two(
    totals: Sequence[tuple[int, int]], kind: MeasureKind = "share", settings: Settings | None = None
) -> dict[str, Any]:
    """The one row for two outlets of 100 words in each event."""
    total = np.array(totals, dtype=np.int64).reshape(-1, 1)
    event, outlet = np.divmod(np.arange(len(total)), 2)
    cells = Cells(event, outlet, np.ones_like(total), total, np.full_like(total, 100))
    (row,) = leave_one_out(
        cells, [some_measure(kind)], ["A", "B"], names_of(cells), settings or Settings()
    ).rows()
    return row


def every_p_value(cells: Cells, settings: Settings, column: int = 0) -> dict[str, list[float]]:
    """What contrast_outlets says without each event in turn."""
    names = names_of(cells)
    rows = [
        next(
            row
            for row in contrast_outlets(
                without(cells, event), RATE_AND_SHARE, ["A", "B"], names, settings
            ).rows()
            if row["measure"] == RATE_AND_SHARE[column].name
        )
        for event in range(len(names))
    ]
    keys = ("p_value", "difference", "ratio", "higher_in", "status", "n_events")
    return {key: [row[key] for row in rows] for key in keys}


def assert_equals_contrasts_without(
    row: dict[str, Any], found: dict[str, list[Any]], names: list[str]
) -> None:
    place = names.index(row["event"])
    for key in ("higher_in", "status", "n_events"):
        assert row[key] == found[key][place]
    for key in ("p_value", "difference", "ratio"):
        assert row[key] == (None if found[key][place] is None else pytest.approx(found[key][place], rel=1e-8))


@pytest.mark.parametrize("n_events", [4, 7, 12, 14, 21])
@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("factor", [1.0, 1.6])
def test_it_says_what_contrasts_say_without_that_event(n_events: int, column: int, factor: float) -> None:
    cells = random_cells(n_events, 2, 2, factor)
    names = names_of(cells)
    table = leave_one_out(cells, RATE_AND_SHARE, ["A", "B"], names, FEW_DRAWS)
    row, found = list(table.rows())[column], every_p_value(cells, FEW_DRAWS, column)
    assert_equals_contrasts_without(row, found, names)


def test_beyond_512_events_signs_that_flip_together_stay_together() -> None:
    cells = random_cells(560, 2, 1, 1.02)
    names, settings = names_of(cells), Settings(draws=199)
    measures = RATE_AND_SHARE[1:]
    (row,) = leave_one_out(cells, measures, ["A", "B"], names, settings).rows()
    rest = without(cells, names.index(row["event"]))
    (expected,) = contrast_outlets(rest, measures, ["A", "B"], names, settings).rows()
    assert row["p_value"] == pytest.approx(expected["p_value"])


def test_seven_events_worked_by_hand() -> None:
    # Differences .1, .1, .1, .1, .1, .1 and .5: any six leave p = 2 / 64, all of one sign.
    row = of_two([(20, 10)] * 6 + [(60, 10)])
    assert (row["p_value"], row["n_events"]) == (2 / 64, 6)
    assert (row["n_turned"], row["status"]) == (0, "provisional")


def test_the_event_that_a_direction_rests_on_is_named() -> None:
    row = of_two([(10, 11)] * 7 + [(90, 10)])
    assert (row["event"], row["higher_in"], row["n_turned"]) == ("event 007", "B", 1)
    assert row["difference"] == pytest.approx(-0.01)


def test_the_event_that_significance_rests_on_is_named() -> None:
    # With it 9 of 256 arrangements reach as far; without it 7 of 8 equal events agree: 9 of 128 do.
    row = of_two([(12, 10)] * 7 + [(10, 12), (30, 10)])
    assert (row["event"], row["higher_in"], row["p_value"]) == ("event 008", "A", 9 / 128)


def test_the_event_that_hides_a_difference_is_named() -> None:
    row = of_two([(20, 10)] * 7 + [(10, 25)])
    assert (row["event"], row["p_value"]) == ("event 007", 2 / 128)


def test_among_equal_events_the_first_in_the_alphabet_is_named() -> None:
    assert of_two([(20, 10)] * 8)["event"] == "event 000"


def test_below_six_events_there_is_a_difference_and_no_p_value() -> None:
    row = of_two([(20, 10), (22, 10), (10, 60)])
    assert (row["event"], row["p_value"], row["status"], row["n_events"]) == (
        "event 002",
        None,
        "counts only",
        2,
    )
    assert row["difference"] == pytest.approx(0.11)
    assert row["n_turned"] == 1


def test_an_event_without_which_hits_are_too_few_leaves_no_estimate() -> None:
    row = of_two([(0, 0)] * 7 + [(2, 1), (1, 0), (1, 1)], kind="rate")
    assert (row["event"], row["status"], row["difference"]) == ("event 007", "too rare", None)


@pytest.mark.parametrize(("column", "rate"), [(0, 0.012), (1, 0.03)])
def test_lopsided_hits_have_a_p_value_exactly_where_contrasts_have_one(column: int, rate: float) -> None:
    rows = random_cells(9, 2, 2, rate=rate, seed=8)
    exposure = np.where(rows.outlet[:, None] == 0, rows.exposure // 3, rows.exposure * 3)
    cells = Cells(rows.event, rows.outlet, rows.n_articles, np.minimum(rows.total, exposure), exposure)
    names = names_of(cells)
    found = every_p_value(cells, FEW_DRAWS, column)
    # Some events hold enough of the hits for a test, others do not.
    assert {"estimate only", "provisional"} <= set(found["status"])
    row = list(leave_one_out(cells, RATE_AND_SHARE, ["A", "B"], names, FEW_DRAWS).rows())[column]
    assert_equals_contrasts_without(row, found, names)


@pytest.mark.parametrize("n_events", [0, 1])
def test_without_another_event_nothing_is_left(n_events: int) -> None:
    cells = random_cells(n_events, 2, 1)
    (row,) = leave_one_out(cells, [some_measure()], ["A", "B"], names_of(cells), Settings()).rows()
    assert (row["difference"], row["p_value"], row["n_turned"], row["higher_in"]) == (None, None, 0, "")
    assert row["status"] == "no shared event"


def test_rows_stand_in_the_order_of_contrasts() -> None:
    cells, outlets = random_cells(8, 3, 2), ["C", "A", "B"]
    arguments = (cells, RATE_AND_SHARE, outlets, names_of(cells), Settings())
    contrasts, found = contrast_outlets(*arguments), leave_one_out(*arguments)
    for name in ("measure", "outlet_a", "outlet_b"):
        assert getattr(contrasts, name).tolist() == getattr(found, name).tolist()


def test_measures_that_are_not_counted_have_no_row() -> None:
    cells = random_cells(7, 2, 1)
    measures = [some_measure(available=False)]
    assert len(leave_one_out(cells, measures, ["A", "B"], names_of(cells), Settings())) == 0


def rows_by_event_name(cells: Cells, names: Sequence[str]) -> LeaveOneOut:
    return leave_one_out(cells, RATE_AND_SHARE, ["A", "B"], names, FEW_DRAWS)


@given(st.permutations(range(14)))
@hypothesis_settings(max_examples=10)
def test_codes_of_events_play_no_part(order: list[int]) -> None:
    cells = random_cells(14, 2, 2)
    names = names_of(cells)
    code = np.array(order)
    coded = Cells(code[cells.event], cells.outlet, cells.n_articles, cells.total, cells.exposure)
    moved = [names[order.index(place)] for place in range(14)]
    assert list(rows_by_event_name(cells, names).rows()) == list(rows_by_event_name(coded, moved).rows())
