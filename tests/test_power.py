"""Power: how many shared events a difference takes."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from scipy.stats import nct
from scipy.stats import t as student
from stats_examples import random_cells, some_measure

from biaslens.cells import Cells
from biaslens.codebook import MeasureKind
from biaslens.settings import Settings
from biaslens.stats.power import ALL_PAIRS, plan_contrasts
from biaslens.stats.power_curve import EventScores, PowerCurve, Target, _share_found, power_curve
from biaslens.stats.resample import SignTable

WORDS = 10_000


def target(difference: float, kind: MeasureKind = "share", power: float = 0.8) -> Target:
    return Target(some_measure(kind), 0, difference, power)


def cells_of(differences: Any) -> Cells:
    """Shares of two outlets whose differences are these, event by event."""
    half = np.rint(np.asarray(differences) / 2 * WORDS).astype(np.int64)
    total = np.stack([WORDS // 2 + half, WORDS // 2 - half], axis=1).reshape(-1, 1)
    event, outlet = np.divmod(np.arange(len(total)), 2)
    return Cells(event, outlet, np.ones_like(total), total, np.full_like(total, WORDS))


def planned(cells: Cells, goal: Target, settings: Settings | None = None) -> list[dict[str, Any]]:
    names = [f"event {row:03}" for row in range(1 + int(cells.event.max(initial=-1)))]
    outlets = ["A", "B", "C"][: 1 + int(cells.outlet.max(initial=1))]
    return list(plan_contrasts(cells, goal, outlets, names, settings or Settings()).rows())


def normal(n_events: int, deviation: float = 0.1, seed: int = 5) -> Any:
    """Differences with exactly this standard deviation."""
    drawn = np.random.default_rng(seed).normal(size=n_events)
    return deviation * (drawn - drawn.mean()) / drawn.std(ddof=1)


def scores_of(residual: Any, step: float, per_hit: float = 0.0) -> EventScores:
    """Scores of events to which a difference adds the same everywhere."""
    one = np.ones(len(residual))
    return EventScores(residual, step * one, per_hit * one, one, 2 * one, 2 * one)


def by_t_test(size: float, power: float = 0.8) -> int:
    """Pairs that a paired t-test needs for a difference of ``size`` standard deviations."""
    for n in range(3, 10_000):
        shift, limit = size * np.sqrt(n), student.ppf(0.975, n - 1)
        if 1 - nct.cdf(limit, n - 1, shift) + nct.cdf(-limit, n - 1, shift) >= power:
            return n
    raise AssertionError


@pytest.mark.parametrize("size", [1.0, 0.6, 0.4, 0.25, 0.15])
def test_with_normal_differences_it_takes_what_a_paired_t_test_takes(size: float) -> None:
    (row,) = planned(cells_of(normal(400)), target(size * 0.1))
    assert row["events_needed"] == pytest.approx(by_t_test(size), rel=0.08, abs=1)
    assert row["spread"] == pytest.approx(0.1, rel=0.01)


@pytest.mark.parametrize(("size", "kind"), [(0.07, "share"), (0.04, "share"), (8.0, "rate")])
def test_a_corpus_of_the_size_planned_finds_the_difference_as_often_as_asked(
    size: float, kind: MeasureKind
) -> None:
    rng = np.random.default_rng(11)
    pilot = cells_of(normal(300)) if kind == "share" else random_cells(300, 2, 1, rate=0.014)
    (row,) = planned(pilot, target(size, kind))
    n_events, n_corpora = int(row["events_needed"]), 1_000
    if kind == "share":
        scores = rng.normal(size, 0.1, (n_events, n_corpora))
    else:
        scores = np.hstack([_rate_scores(n_events, size, seed) for seed in range(n_corpora)])
    table = SignTable.drawn([f"event {row}" for row in range(n_events)], Settings(draws=999))
    assert 0.75 < np.mean(table.p_values(scores) < 0.05) < 0.85


def _rate_scores(n_events: int, size: float, seed: int) -> Any:
    """The scores of a corpus like random_cells, with so many hits per 1,000 words more in A."""
    drawn = random_cells(n_events, 2, 1, rate=0.014, seed=1_000 + seed)
    (hits_a, hits_b), (words_a, words_b) = (
        part[:, 0].reshape(-1, 2).T for part in (drawn.total, drawn.exposure)
    )
    hits_a = hits_a + np.random.default_rng(seed).poisson(words_a * size / 1_000)
    return ((hits_a * words_b - hits_b * words_a) / (words_a + words_b))[:, None]


def test_added_hits_scatter_beyond_the_corpora_that_are_drawn_too() -> None:
    curve = power_curve(scores_of(normal(100), 0.05, 0.5), target(1.0, "rate"), Settings(), "")
    # A step of .05 in hits of .5 each: Poisson, of variance .05 * .5.
    assert curve.deviation**2 == pytest.approx(np.mean(normal(100) ** 2) + 0.05 * 0.5)


def test_hits_added_to_the_shorter_outlet_scatter_more() -> None:
    drawn = random_cells(40, 2, 1)
    exposure = drawn.exposure * np.where(drawn.outlet == 0, 1, 3)[:, None]
    cells = Cells(drawn.event, drawn.outlet, drawn.n_articles, drawn.total, exposure)
    (to_short,), (to_long,) = planned(cells, target(8.0, "rate")), planned(cells, target(-8.0, "rate"))
    assert to_short["events_needed"] > to_long["events_needed"]


def test_a_small_pilot_lends_no_smaller_spread() -> None:
    # As for 260 events, though the mean of 8 takes an eighth of their variance with it.
    (row,) = planned(cells_of(normal(8)), target(0.01))
    assert row["events_needed"] == pytest.approx((1.96 * np.sqrt(1.01) + 0.8416) ** 2 * 100, rel=0.02)


def test_differences_with_long_tails_are_found_about_as_often_as_by_flipping_signs() -> None:
    drawn = np.random.default_rng(6).standard_t(3, (1_000, 14)) + 0.9
    table = SignTable.free([f"event {row}" for row in range(14)], Settings(draws=1_999))
    by_flips = np.mean(table.p_values(drawn.T) < 0.05)
    # Without the fourth cumulant it is .04 lower.
    assert _share_found(drawn)[13] == pytest.approx(by_flips, abs=0.025)


def test_the_power_now_is_that_of_the_events_at_hand() -> None:
    (row,) = planned(cells_of(normal(60)), target(0.04))
    shift, limit = 0.4 * np.sqrt(60), student.ppf(0.975, 59)
    assert row["n_events"] == 60
    assert row["power_now"] == pytest.approx(1 - nct.cdf(limit, 59, shift), abs=0.05)


def test_beyond_what_is_drawn_the_normal_law_goes_on() -> None:
    (row,) = planned(cells_of(normal(260)), target(0.01))
    # (1.96 sqrt(1 + .01) + .8416)^2 * 100, the spread being ten times the difference.
    assert row["events_needed"] == pytest.approx((1.96 * np.sqrt(1.01) + 0.8416) ** 2 * 100, rel=0.02)


def test_no_fewer_than_six_events_will_do() -> None:
    (row,) = planned(cells_of(normal(20, 0.01)), target(0.5))
    assert row["events_needed"] == 6


def test_no_fewer_events_will_do_than_a_p_value_takes() -> None:
    (row,) = planned(cells_of(normal(20, 0.01)), target(0.5), Settings(min_shared_events=9))
    assert row["events_needed"] == 9


def test_what_the_outlets_differ_by_already_is_no_spread() -> None:
    there, absent = cells_of(normal(40) + 0.2), cells_of(normal(40))
    (one,), (other,) = planned(there, target(0.05)), planned(absent, target(0.05))
    assert one["events_needed"] == pytest.approx(other["events_needed"], abs=1)
    assert one["spread"] == pytest.approx(other["spread"], rel=0.01)


def test_a_rate_takes_more_events_than_its_spread_alone_because_added_hits_scatter() -> None:
    curves = [
        power_curve(
            scores_of(normal(100), 0.05, per_hit),
            target(1.0, "rate"),
            Settings(),
            "",
        )
        for per_hit in (0.0, 0.5)
    ]
    assert curves[0].events_for(0.8) < curves[1].events_for(0.8)


@given(st.floats(0.02, 0.2), st.floats(1.1, 3), st.sampled_from([0.5, 0.8, 0.95]))
@hypothesis_settings(max_examples=3)
def test_larger_differences_and_lower_power_take_fewer_events(
    size: float, factor: float, power: float
) -> None:
    cells = cells_of(normal(30))
    (small,) = planned(cells, target(size, power=power))
    (large,) = planned(cells, target(size * factor, power=power))
    (surer,) = planned(cells, target(size, power=0.97))
    assert large["events_needed"] <= small["events_needed"] <= surer["events_needed"]
    assert large["power_now"] >= small["power_now"]


def test_a_power_curve_never_falls() -> None:
    curve = power_curve(scores_of(normal(30), 0.05), target(0.05), Settings(), "")
    assert np.all(np.diff([curve.at(n) for n in range(400)]) >= 0)
    assert [curve.at(n) for n in range(6)] == [0.0] * 6


def test_a_curve_counts_events_from_where_the_chance_is_reached() -> None:
    curve = PowerCurve(np.array([0.0, 0.2, 0.5, 0.9]), 1.0, 1.0, least=0)
    assert [curve.events_for(power) for power in (0.2, 0.4, 0.9)] == [1, 2, 3]
    late = PowerCurve(curve.drawn, 1.0, 1.0, least=3)
    assert [late.at(n) for n in range(4)] == [0, 0, 0, 0.9]
    assert late.events_for(0.2) == 3


def test_lopsided_hits_take_the_events_that_a_test_of_them_takes() -> None:
    # One in ten words is A's. Skewness at 12 events of 5 hits: 0.8 / sqrt(60 * .09) = .344, so that .25 takes
    # 12 (.344 / .25)^2 = 22.8 events.
    hits_b = np.array([5, 4, 5, 6, 5, 5, 4, 6, 5, 5, 6, 4])
    total = np.stack([np.zeros_like(hits_b), hits_b], axis=1).reshape(-1, 1)
    event, outlet = np.divmod(np.arange(len(total)), 2)
    exposure = np.where(outlet == 0, 100, 900)[:, None]
    cells = Cells(event, outlet, np.ones_like(total), total, exposure)
    (row,) = planned(cells, target(500.0, "rate"))
    assert (row["events_needed"], row["power_now"]) == (23, 0)


def test_the_sign_of_the_difference_plays_no_part_for_means() -> None:
    cells = cells_of(normal(30))
    (up,), (down,) = planned(cells, target(0.05)), planned(cells, target(-0.05))
    assert up["events_needed"] == down["events_needed"]


def test_a_pair_with_few_events_says_how_many_it_takes() -> None:
    (row,) = planned(cells_of(normal(4)), target(0.05))
    assert (row["events_needed"], row["power_now"], row["n_events"]) == (None, None, 4)
    assert row["note"] == "4 events: too few to tell the spread (6 needed)"
    assert row["spread"] == pytest.approx(0.1, rel=0.01)


def test_all_pairs_together_tell_where_each_has_few_events() -> None:
    rows = planned(random_cells(4, 3, 1), target(10.0, "rate"))
    assert [row["note"] == "" for row in rows] == [False, False, False, True]
    last = rows[-1]
    assert (last["outlet_a"], last["outlet_b"], last["n_events"]) == (ALL_PAIRS, "", 12)
    assert last["events_needed"] >= 6
    assert last["power_now"] is None
    # Pairs of as many events each: the mean of their variances.
    squares = [row["spread"] ** 2 for row in rows[:-1]]
    assert last["spread"] == pytest.approx(np.sqrt(np.mean(squares)))


def test_two_outlets_have_no_row_for_all_pairs() -> None:
    assert [row["outlet_a"] for row in planned(cells_of(normal(8)), target(0.05))] == ["A"]


def test_a_rare_measure_cannot_be_planned_from() -> None:
    total = np.zeros((20, 1), dtype=np.int64)
    total[3] = 2
    event, outlet = np.divmod(np.arange(20), 2)
    cells = Cells(event, outlet, np.ones_like(total), total, np.full_like(total, 500))
    (row,) = planned(cells, target(1.0, "rate"))
    assert (row["events_needed"], row["note"]) == (
        None,
        "2 occurrences in shared events: too rare to plan from",
    )


def test_events_that_agree_exactly_have_no_spread_to_plan_from() -> None:
    (row,) = planned(cells_of([0.2] * 10), target(0.1))
    assert (row["events_needed"], row["note"]) == (
        None,
        "the same difference in every event: no spread to plan from",
    )


def test_outlets_without_a_shared_event_say_so() -> None:
    cells = cells_of(normal(8))
    alone = Cells(cells.event * 2 + cells.outlet, cells.outlet, cells.n_articles, cells.total, cells.exposure)
    (row,) = planned(alone, target(0.1))
    assert (row["n_events"], row["note"], row["spread"]) == (0, "no shared event", None)


def test_a_difference_that_nobody_could_find_takes_too_many_events() -> None:
    (row,) = planned(cells_of(normal(20)), target(1e-5))
    assert (row["events_needed"], row["note"]) == (None, "more than 100,000 events")
    assert row["power_now"] < 0.1


def test_the_order_of_events_plays_no_part() -> None:
    cells = random_cells(20, 2, 1)
    turned = Cells(19 - cells.event, cells.outlet, cells.n_articles, cells.total, cells.exposure)
    names = [f"event {row:03}" for row in range(20)]
    outlets, goal = ["A", "B"], target(5.0, "rate")
    first = plan_contrasts(cells, goal, outlets, names, Settings())
    second = plan_contrasts(turned, goal, outlets, names[::-1], Settings())
    assert list(first.rows()) == list(second.rows())


def test_the_seed_is_the_key_of_what_is_drawn() -> None:
    cells, goal = cells_of(normal(30)), target(0.03)
    one, same, other = (planned(cells, goal, Settings(seed=seed)) for seed in (0, 0, 1))
    assert one == same
    assert one != other
