"""Outlet effects inside shared events."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import ttest_rel

from biaslens.settings import Settings
from biaslens.stats.crossing import Crossing
from biaslens.stats.outlet_effects import (
    ALONE,
    NO_HIT,
    ONE_SIDED,
    UNLINKED,
    UNSHARED,
    OutletEffects,
    outlet_effects,
)
from biaslens.stats.rates import PairedCounts, rate_ratio

ABSENT = None


def _rates(totals: Sequence[Sequence[int | None]], lengths: Any = 100) -> Crossing:
    """Hits by event and outlet, None where an outlet is absent."""
    present = np.array([[hits is not None for hits in event] for event in totals])
    total = np.array([[hits or 0 for hits in event] for event in totals], dtype=float)
    return Crossing(total, np.where(present, np.asarray(lengths, dtype=float), 0.0), True, 1000.0)


def _means(values: Any) -> Crossing:
    """Values by event and outlet, NaN where an outlet is absent."""
    present = ~np.isnan(values)
    return Crossing(np.where(present, values, 0.0), present.astype(float), False, 1.0)


def _effects(crossing: Crossing) -> OutletEffects:
    return outlet_effects(crossing, Settings())


def _random_values(n_events: int, n_outlets: int, present: float = 1.0, seed: int = 1) -> Any:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n_events, n_outlets)) + rng.normal(size=(n_events, 1)) * 3
    return np.where(rng.random(values.shape) < present, values, np.nan)


def test_effects_of_means_are_taken_from_the_mean_outlet() -> None:
    found = _effects(_means([[4.0, 2.0, 0.0], [9.0, 8.0, 4.0], [5.0, 5.0, 5.0]]))
    # Less the event's mean: (2, 0, -2), (2, 1, -3), (0, 0, 0).
    assert found.effect == pytest.approx([4 / 3, 1 / 3, -5 / 3])


def test_standard_errors_of_a_full_table_are_those_of_the_deviations() -> None:
    values = _random_values(9, 4)
    deviation = values - values.mean(axis=1, keepdims=True)
    expected = deviation.var(axis=0, ddof=1) / 9
    assert np.diag(_effects(_means(values)).covariance) == pytest.approx(expected)


def test_two_outlets_have_the_interval_of_the_paired_t_test() -> None:
    values = _random_values(11, 2)
    found = _effects(_means(values)).limits(Settings())
    expected = ttest_rel(values[:, 0], values[:, 1]).confidence_interval(0.95)
    assert 2 * found.low[0] == pytest.approx(expected.low)
    assert 2 * found.high[0] == pytest.approx(expected.high)


def test_effects_of_an_incomplete_table_are_least_squares() -> None:
    values = _random_values(30, 5, present=0.6)
    event, outlet = np.nonzero(~np.isnan(values))
    design = np.zeros((len(event), 35))
    design[np.arange(len(event)), event] = 1
    design[np.arange(len(event)), 30 + outlet] = 1
    fitted = np.linalg.lstsq(design, values[event, outlet], rcond=None)[0][30:]
    assert _effects(_means(values)).effect == pytest.approx(fitted - fitted.mean())


def test_effects_of_rates_maximise_the_likelihood_with_a_level_for_every_event() -> None:
    rng = np.random.default_rng(4)
    length = rng.integers(100, 900, (8, 3)) * (rng.random((8, 3)) < 0.8)
    count = rng.poisson(length * 0.02 * np.array([1.0, 1.5, 0.6]))

    def loss(parameters: Any) -> float:
        mean = length * np.exp(parameters[:8, None] + np.array([0.0, *parameters[8:]]))
        return float(np.sum(mean - count * np.log(np.where(mean > 0, mean, 1.0))))

    best = minimize(loss, np.append(np.full(8, -4.0), [0.0, 0.0]), method="BFGS").x
    effect = np.array([0.0, *best[8:]])
    found = _effects(Crossing(count.astype(float), length.astype(float), True, 1000.0))
    assert found.effect == pytest.approx(effect - effect.mean(), abs=1e-4)


events = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(50, 900), st.integers(50, 900)),
    min_size=3,
    max_size=12,
)


@given(events)
def test_with_two_outlets_the_ratio_of_effects_is_the_rate_ratio(
    rows: list[tuple[int, int, int, int]],
) -> None:
    table = np.array(rows, dtype=float)
    count, length = table[:, :2], table[:, 2:]
    found = _effects(Crossing(count, length, True, 1000.0))
    assume(found.placed.all())
    parts = (count[:, [0]], count[:, [1]], length[:, [0]], length[:, [1]])
    assert np.exp(found.effect[0] - found.effect[1]) == pytest.approx(
        rate_ratio(PairedCounts(*parts))[0], rel=1e-6
    )


def test_a_chain_of_shared_events_links_outlets_that_share_none() -> None:
    # A writes twice the hits of B, B twice those of C.
    with_b, with_c = [(4, 2, ABSENT)] * 3, [(ABSENT, 6, 3)] * 3
    found = _effects(_rates([*with_b, *with_c]))
    assert np.exp(found.effect - found.effect[1]) == pytest.approx([2.0, 1.0, 0.5])
    assert found.n_events.tolist() == [3, 6, 3]


def test_the_level_of_an_event_moves_no_rate() -> None:
    totals = np.array([[4, 2, 1], [2, 3, 4], [5, 1, 2], [3, 3, 3]], dtype=float)
    lengths = np.full((4, 3), 100.0)
    scaled = Crossing(totals, lengths * np.array([[1.0], [7.0], [0.1], [30.0]]), True, 1000.0)
    expected = _effects(Crossing(totals, lengths, True, 1000.0)).effect
    assert _effects(scaled).effect == pytest.approx(expected)


@settings(deadline=None)
@given(st.permutations(range(4)), st.booleans())
def test_effects_move_with_their_outlets(order: list[int], is_rate: bool) -> None:
    rng = np.random.default_rng(2)
    length = rng.integers(100, 900, (14, 4)) * (rng.random((14, 4)) < 0.7)
    count = np.minimum(rng.poisson(length * 0.02), length)
    crossing = Crossing(count.astype(float), length.astype(float), is_rate, 1.0)
    moved = Crossing(crossing.total[:, order], crossing.exposure[:, order], is_rate, 1.0)
    expected, found = _effects(crossing), _effects(moved)
    assert found.effect == pytest.approx(expected.effect[order])
    assert found.covariance == pytest.approx(expected.covariance[np.ix_(order, order)])


def test_an_outlet_without_a_hit_is_not_placed_and_changes_nothing() -> None:
    pairs = [(4, 2), (3, 5), (6, 3), (2, 2)]
    found = _effects(_rates([(*pair, 0) for pair in pairs]))
    assert found.note == ("", "", NO_HIT)
    assert np.isnan(found.effect[2])
    assert found.effect[:2] == pytest.approx(_effects(_rates(pairs)).effect)


def test_where_one_of_two_has_no_hit_neither_is_placed() -> None:
    assert _effects(_rates([(0, 2)] * 4)).note == (NO_HIT, ALONE)


def test_an_outlet_with_every_hit_of_its_events_has_no_finite_ratio() -> None:
    # A has hits wherever it meets B, and B none there; B has hits only beside C.
    found = _effects(_rates([*[(3, 0, ABSENT)] * 3, *[(ABSENT, 2, 4)] * 3]))
    assert found.note == (ONE_SIDED, "", "")


def test_the_largest_group_of_linked_outlets_is_placed() -> None:
    apart = [(ABSENT, ABSENT, ABSENT, 2, 3)] * 4
    found = _effects(_rates([*apart, *[(1, 2, 3, ABSENT, ABSENT)] * 3]))
    assert found.note == ("", "", "", UNLINKED, UNLINKED)
    assert np.nansum(found.effect) == pytest.approx(0, abs=1e-12)


def test_of_two_groups_as_large_the_first_outlet_decides() -> None:
    found = _effects(_rates([*[(ABSENT, 2, 3, ABSENT)] * 9, *[(2, ABSENT, ABSENT, 3)] * 3]))
    assert found.note == ("", UNLINKED, UNLINKED, "")


def test_an_outlet_with_two_shared_events_is_not_placed() -> None:
    found = _effects(_means([[1.0, 2.0, 3.0], [2.0, 4.0, 1.0], [2.0, 3.0, np.nan], [1.0, 1.0, np.nan]]))
    assert found.note == ("", "", "2 shared events: too few for an estimate (3 needed)")
    assert found.n_events.tolist() == [4, 4, 2]


def test_an_outlet_that_shares_no_event_says_so() -> None:
    found = _effects(_means([[1.0, 2.0, np.nan]] * 3 + [[np.nan, np.nan, 5.0]] * 9))
    assert found.note == ("", "", UNSHARED)
    assert found.n_events.tolist() == [3, 3, 0]


def test_few_hits_are_too_rare() -> None:
    note = "too rare: 4 in the events that it shares, all outlets together"
    assert _effects(_rates([(1, 1), (1, 0), (0, 1), (0, 0)])).note == (note, note)


def test_hits_in_two_events_do_not_make_an_estimate() -> None:
    note = "hits in 2 of its shared events only: too few to estimate"
    assert _effects(_rates([(9, 4), (3, 5), (0, 0), (0, 0)])).note == (note, note)


def test_five_events_have_no_interval() -> None:
    assert np.isnan(_effects(_means(_random_values(5, 2))).limits(Settings()).low).all()


def test_events_without_any_difference_have_no_interval() -> None:
    found = _effects(_means([[0.3, 0.1, 0.2]] * 9))
    assert found.effect == pytest.approx([0.1, -0.1, 0.0])
    assert np.isnan(found.limits(Settings()).low).all()


def test_where_one_event_holds_nearly_all_hits_there_is_no_interval() -> None:
    found = _effects(_rates([(9_000, 8_000), *[(1, 0), (0, 1)] * 4]))
    assert found.placed.all()
    assert np.isnan(found.limits(Settings()).high).all()


def test_degrees_of_freedom_fall_where_few_events_hold_most_hits() -> None:
    even, uneven = _rates([(4, 6)] * 10), _rates([(40, 60), *[(4, 6)] * 9])
    assert _effects(even).freedom == pytest.approx([9, 9])
    # 100 of 190 hits in one event: h = 100 / 190, and nine times 10 / 190.
    expected = 1 / ((100 / 190) ** 2 + 9 * (10 / 190) ** 2) - 1
    assert _effects(uneven).freedom == pytest.approx([expected] * 2)


def _coverage(is_rate: bool) -> float:
    """Share of intervals that hold the true effect: 4 outlets in 20 to 25 events, 250 corpora."""
    rng, held = np.random.default_rng(11), []
    true = np.array([0.3, 0.1, -0.1, -0.3])
    for _ in range(250):
        length = rng.integers(150, 900, (27, 4)) * (rng.random((27, 4)) < 0.85)
        level, own = rng.normal(0, 0.5, (27, 1)), rng.normal(0, 0.35, (27, 4))
        if is_rate:
            mean = 0.02 * length * np.exp(level + true + own - 0.35**2 / 2)
            crossing = Crossing(rng.poisson(mean).astype(float), length.astype(float), True, 1000.0)
        else:
            crossing = _means(np.where(length > 0, level + true + own, np.nan))
        limits = _effects(crossing).limits(Settings())
        held.append((limits.low <= true) & (true <= limits.high))
    return float(np.mean(held))


@pytest.mark.parametrize("is_rate", [True, False])
def test_intervals_hold_the_truth_as_often_as_they_say(is_rate: bool) -> None:
    assert 0.93 <= _coverage(is_rate) <= 0.97
