"""Where outlets stand among all, and what is said where that cannot be known."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stats_examples import random_cells, some_measure

from biaslens.cells import Cells
from biaslens.settings import Settings
from biaslens.statistics_tables import RankingTable
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.crossing import Crossing
from biaslens.stats.outlet_effects import outlet_effects
from biaslens.stats.ranking import rank_outlets
from biaslens.stats.resample import keyed_generator
from biaslens.stats.shrinkage import draw_effects, quasi_variances

OUTLETS = ["Ant", "Bee", "Cat", "Dog"]


def _events(n_events: int) -> list[str]:
    return [f"event {event:03}" for event in range(n_events)]


def _table(
    n_events: int, n_outlets: int = 4, factor: float = 2.0, chosen: Settings | None = None
) -> RankingTable:
    cells = random_cells(n_events, n_outlets, 2, factor)
    measures = [some_measure(name="rated"), some_measure("share", name="shared")]
    return rank_outlets(cells, measures, OUTLETS[:n_outlets], _events(n_events), chosen or Settings())


def _of(cells: Cells, n_events: int, kind: Any = "rate", n_outlets: int = 4) -> list[dict[str, Any]]:
    """Rows of one measure."""
    table = rank_outlets(cells, [some_measure(kind)], OUTLETS[:n_outlets], _events(n_events), Settings())
    return list(table.rows())


def _without(cells: Cells, outlet: int, from_event: int) -> Cells:
    """The cells of an outlet left out from some event on."""
    kept = (cells.outlet != outlet) | (cells.event < from_event)
    return Cells(
        cells.event[kept], cells.outlet[kept], cells.n_articles[kept], cells.total[kept], cells.exposure[kept]
    )


def test_there_is_a_row_per_measure_and_outlet() -> None:
    table = _table(8)
    assert list(zip(table.measure, table.outlet, strict=True)) == [
        (measure, outlet) for measure in ("rated", "shared") for outlet in OUTLETS
    ]
    assert table.effect_of.tolist() == ["ratio"] * 4 + ["difference"] * 4
    assert table.n_events.tolist() == [8] * 8


def test_measures_that_cannot_be_counted_have_no_row() -> None:
    measures = [some_measure(available=False), some_measure()]
    table = rank_outlets(random_cells(6, 3, 2), measures, OUTLETS[:3], _events(6), Settings())
    assert len(table) == 3


def test_no_measures_give_an_empty_table() -> None:
    table = rank_outlets(random_cells(6, 3, 0), [], OUTLETS[:3], _events(6), Settings())
    assert len(table) == 0
    assert table.rank_probability.shape == (0, 3)


def test_ratios_have_a_geometric_mean_of_one_and_differences_sum_to_zero() -> None:
    table = _table(30)
    assert np.log(table.effect[:4]).sum() == pytest.approx(0, abs=1e-9)
    assert table.effect[4:].sum() == pytest.approx(0, abs=1e-9)


def test_two_outlets_stand_as_far_apart_as_their_contrast_says() -> None:
    cells, measures = random_cells(30, 2, 2), [some_measure(), some_measure("mean")]
    table = rank_outlets(cells, measures, OUTLETS[:2], _events(30), Settings())
    pair = contrast_outlets(cells, measures, OUTLETS[:2], _events(30), Settings())
    assert table.effect[0] / table.effect[1] == pytest.approx(pair.ratio[0])
    assert table.effect[2] - table.effect[3] == pytest.approx(pair.difference[1])


def test_an_outlet_with_twice_the_rate_comes_first() -> None:
    table = _table(60)
    assert table.rank[:4].tolist()[0] == 1
    assert sorted(table.rank[:4].tolist()) == [1, 2, 3, 4]
    assert table.rank_probability[0, 0] > 0.99
    assert table.note[0] == ""


def test_ranks_follow_the_shrunk_effects() -> None:
    table = _table(60)
    assert np.argsort(-table.shrunk[:4]).tolist() == np.argsort(table.rank[:4]).tolist()


def test_shrunk_effects_lie_nearer_to_each_other() -> None:
    table = _table(12)
    assert np.ptp(np.log(table.shrunk[:4])) < np.ptp(np.log(table.effect[:4]))
    assert (table.shrunk_low[:4] < table.shrunk[:4]).all()
    assert (table.shrunk[:4] < table.shrunk_high[:4]).all()


def test_every_outlet_has_some_rank_and_every_rank_some_outlet() -> None:
    chances = _table(60).rank_probability[:4]
    assert chances.sum(axis=0) == pytest.approx(np.ones(4))
    assert chances.sum(axis=1) == pytest.approx(np.ones(4))


def test_ranks_are_columns_of_their_own() -> None:
    names = list(_table(6).columns())
    assert names[-4:] == ["p_rank_1", "p_rank_2", "p_rank_3", "p_rank_4"]


def test_outlets_that_do_alike_are_not_ranked() -> None:
    table = _table(25, factor=1.0)
    unranked = np.isnan(table.rank)
    assert unranked[:4].all()
    assert table.reliability[0] < 0.6
    assert table.note[0] == f"not reliable enough to rank: .{int(100 * table.reliability[0]):02}"
    assert np.isnan(table.rank_probability[:4]).all()


def test_nineteen_events_make_no_ranking() -> None:
    table = _table(19)
    assert np.isnan(table.rank).all()
    assert set(table.note) == {"19 shared events: too few to rank (20 needed)"}
    assert not np.isnan(table.shrunk).any()


def test_an_outlet_with_fewer_events_stands_beside_the_ranked_ones() -> None:
    rows = _of(_without(random_cells(60, 4, 1, 3.0), outlet=2, from_event=9), 60)
    assert [row["rank"] is None for row in rows] == [False, False, True, False]
    assert rows[2]["note"] == "9 shared events: too few to rank (20 needed)"
    assert rows[2]["shrunk"] is not None
    assert [row["reliability"] is None for row in rows] == [False, False, True, False]
    assert [row["p_rank_4"] for row in rows] == [0, 0, None, 0]


def test_two_outlets_with_enough_events_are_not_ranked() -> None:
    cells = random_cells(60, 3, 1, 3.0)
    rows = _of(_without(cells, outlet=2, from_event=9), 60, n_outlets=3)
    assert rows[0]["note"] == "not ranked: that takes 3 outlets with 20 shared events"
    assert rows[0]["rank"] is None


def test_two_outlets_are_not_shrunk() -> None:
    rows = _of(random_cells(40, 2, 1), 40, n_outlets=2)
    assert {row["note"] for row in rows} == {
        "two outlets: nothing to shrink towards and no ranking; see their contrast"
    }
    assert rows[0]["effect"] is not None
    assert rows[0]["ci_low"] is not None
    assert rows[0]["shrunk"] is rows[0]["rank"] is None


def test_four_events_have_an_effect_and_no_interval() -> None:
    rows = _of(random_cells(4, 3, 1), 4, n_outlets=3)
    assert {row["note"] for row in rows} == {"4 shared events: too few for an interval (6 needed)"}
    assert all(row["effect"] is not None for row in rows)
    assert all(row["ci_low"] is row["shrunk"] is row["reliability"] is None for row in rows)


def test_an_outlet_that_is_not_placed_says_why() -> None:
    rows = _of(_without(random_cells(30, 4, 1), outlet=1, from_event=2), 30)
    assert rows[1]["note"] == "2 shared events: too few for an estimate (3 needed)"
    assert rows[1]["effect"] is rows[1]["shrunk"] is rows[1]["rank"] is None


def test_the_same_values_in_every_event_have_no_interval() -> None:
    cells = random_cells(25, 3, 1)
    total = np.array([10, 20, 30])[cells.outlet][:, None]
    rows = _of(replace(cells, total=total, exposure=np.full_like(total, 100)), 25, "share", 3)
    assert {row["note"] for row in rows} == {"the same in every event: no interval"}
    assert [row["effect"] for row in rows] == pytest.approx([-0.1, 0, 0.1])


def test_one_outlet_that_is_hardly_known_makes_no_ranking() -> None:
    # Four outlets move by a hundredth; the fifth by a third, about a mean 1.9 standard errors above theirs.
    event, outlet = np.divmod(np.arange(100), 5)
    little = np.where((event >> outlet) % 2, 10, -10)
    much = np.where(event % 2, 330, -330) + 140
    total = 5_000 + 10 * np.where(outlet == 4, much, little)[:, None]
    cells = Cells(event, outlet, np.ones_like(total), total, np.full_like(total, 10_000))
    table = rank_outlets(cells, [some_measure("share")], [*OUTLETS, "Eel"], _events(20), Settings())
    assert table.reliability[0] > 0.6
    assert set(table.note) == {"not ranked: chance alone can explain how the outlets differ"}
    assert np.isnan(table.rank).all()


def test_intervals_of_few_events_allow_for_what_a_variance_from_them_is_worth() -> None:
    cells = random_cells(6, 3, 1)
    row = _of(cells, 6, "share", 3)[0]
    crossing = Crossing(cells.total.reshape(6, 3), cells.exposure.reshape(6, 3), False, 1.0)
    found = outlet_effects(crossing, Settings())
    # Five degrees of freedom: Student's t varies by 5 / 3.
    variance = quasi_variances(np.diag(found.covariance)) * 5 / 3
    drawn = draw_effects(found.effect, variance, 9_999, keyed_generator("0", "rank", "measured"))
    low, high = np.quantile(drawn[:, 0], [0.025, 0.975])
    assert row["shrunk_low"] == pytest.approx(min(low, row["shrunk"]))
    assert row["shrunk_high"] == pytest.approx(max(high, row["shrunk"]))


def test_a_noisy_outlet_lends_the_others_no_spread() -> None:
    cells = random_cells(30, 4, 1)
    total = np.where(cells.outlet == 3, cells.total[:, 0], cells.exposure[:, 0] * 0)[:, None]
    rows = _of(_without(replace(cells, total=total), outlet=3, from_event=4), 30, "share")
    assert [row["note"] for row in rows[:3]] == ["not ranked: the same in every event"] * 3
    assert all(row["reliability"] is row["shrunk"] is None for row in rows)


def test_naming_has_no_value_in_an_event() -> None:
    cells = random_cells(9, 3, 1)
    naming = replace(some_measure("mean"), family="naming")
    table = rank_outlets(
        replace(cells, exposure=np.zeros_like(cells.exposure)), [naming], OUTLETS[:3], _events(9), Settings()
    )
    assert set(table.note) == {"a distance between outlets, without a value in an event"}


@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(2, 6), st.floats(0.1, 1.0))
@settings(max_examples=60, deadline=None)
def test_what_is_printed_is_ordered_and_what_is_not_has_a_note(
    seed: int, n_events: int, n_outlets: int, present: float
) -> None:
    rng = np.random.default_rng(seed)
    event, outlet = np.nonzero(rng.random((n_events, n_outlets)) < present)
    exposure = rng.choice([0, 1, 5, 100, 3_000], (len(event), 2))
    total = rng.poisson(exposure * np.exp(rng.normal(-4, 2, n_outlets))[outlet][:, None])
    cells = Cells(event, outlet, np.ones_like(total), total, exposure)
    measures = [some_measure(), some_measure("mean", name="averaged")]
    names = [f"outlet {i}" for i in range(n_outlets)]
    for row in rank_outlets(cells, measures, names, _events(n_events), Settings(draws=99)).rows():
        assert (row["rank"] is None) == (row["note"] != "")
        for value, low, high in (("effect", "ci_low", "ci_high"), ("shrunk", "shrunk_low", "shrunk_high")):
            if row[low] is not None:
                assert row[low] <= row[value] <= row[high]


def test_neither_codes_nor_the_order_of_measures_changes_a_byte() -> None:
    cells, events = random_cells(40, 4, 2, 2.0), _events(40)
    measures = [some_measure(name="rated"), some_measure("share", name="shared")]
    expected = rank_outlets(cells, measures, OUTLETS, events, Settings())
    code = np.random.default_rng(6).permutation(40)
    event, outlet = code[cells.event], 3 - cells.outlet
    order = np.lexsort((outlet, event))
    moved = Cells(
        event[order],
        outlet[order],
        *(column[order][:, ::-1] for column in (cells.n_articles, cells.total, cells.exposure)),
    )
    names = [events[i] for i in np.argsort(code)]
    found = rank_outlets(moved, measures[::-1], OUTLETS[::-1], names, Settings())
    swapped = np.r_[4:8, 0:4]
    for name, column in found.columns().items():
        assert column[swapped].tolist() == pytest.approx(
            expected.columns()[name].tolist(), abs=0, nan_ok=True
        )


def test_the_seed_keys_the_draws() -> None:
    table = _table(60, factor=1.3)
    other = _table(60, factor=1.3, chosen=Settings(seed=1))
    assert np.array_equal(table.shrunk_low, _table(60, factor=1.3).shrunk_low, equal_nan=True)
    assert not np.array_equal(table.shrunk_low, other.shrunk_low, equal_nan=True)
    assert np.array_equal(table.shrunk, other.shrunk, equal_nan=True)
