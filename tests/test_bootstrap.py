"""Bootstrap intervals."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from biaslens.settings import Settings
from biaslens.spans import FloatArray
from biaslens.stats.bootstrap import (
    MIN_EVENTS_FOR_BOOTSTRAP,
    _poisson_weights,
    log_ratio_limits,
    mean_limits,
)
from biaslens.stats.rates import PairedCounts, rate_ratio
from biaslens.stats.resample import MAX_FREE_SIGNS, Limits, SignTable

FEW = Settings(draws=499)


def _names(n_events: int) -> list[str]:
    return [f"event {row}" for row in range(n_events)]


def _means(values: FloatArray, settings: Settings = FEW) -> Limits:
    return mean_limits(values, np.ones(values.shape, dtype=bool), _names(len(values)), settings)


def _ratios(counts: PairedCounts, settings: Settings = FEW) -> Limits:
    present = np.ones(counts.count_a.shape, dtype=bool)
    return log_ratio_limits(counts, present, _names(len(present)), settings)


def _counts(n_events: int, n_columns: int = 1, ratio: float = 1.4, seed: int = 0) -> PairedCounts:
    rng = np.random.default_rng(seed)
    shape = (n_events, n_columns)
    level = 0.01 * np.exp(rng.normal(0, 0.5, shape))
    length = rng.integers(200, 900, (2, *shape)).astype(float)
    noise = np.exp(rng.normal(0, 0.35, (2, *shape)))
    count_a, count_b = rng.poisson(length * level * noise * np.array([ratio, 1.0])[:, None, None]).astype(
        float
    )
    return PairedCounts(count_a, count_b, length[0], length[1])


def test_below_20_events_there_are_no_limits() -> None:
    values = np.random.default_rng(0).normal(size=(MIN_EVENTS_FOR_BOOTSTRAP, 1))
    assert np.isfinite(_means(values).low[0])
    assert np.isnan([_means(values[1:]).low[0], _means(values[1:]).high[0]]).all()
    assert np.isnan(_ratios(_counts(19)).low[0])
    assert np.isfinite(_ratios(_counts(20)).low[0])


def test_limits_of_a_mean_are_those_of_the_formula() -> None:
    values = np.random.default_rng(1).gamma(1.0, 2.0, 30)
    weights = _poisson_weights(tuple(_names(30)), FEW.seed, 499)
    t_values = []
    for weight in weights.T:
        mean = (weight * values).sum() / weight.sum()
        error = np.sqrt((weight * (values - mean) ** 2).sum()) / weight.sum()
        t_values.append((mean - values.mean()) / error)
    t_values.sort()
    error = np.sqrt(((values - values.mean()) ** 2).sum()) / 30
    limits = _means(values[:, None])
    # 2.5 % of 499 + 1 are 12.5: the 12th from either end.
    assert limits.low[0] == pytest.approx(values.mean() - t_values[-12] * error, rel=1e-9)
    assert limits.high[0] == pytest.approx(values.mean() - t_values[11] * error, rel=1e-9)


def test_limits_of_a_ratio_are_those_of_the_formula() -> None:
    counts = _counts(30)
    ratio = rate_ratio(counts)[0]
    part = (ratio * counts.length_a / (ratio * counts.length_a + counts.length_b))[:, 0]
    total = (counts.count_a + counts.count_b)[:, 0]
    score, information = counts.count_a[:, 0] - total * part, total * part * (1 - part)
    t_values = []
    for sign in SignTable.drawn(_names(30), FEW).signs[:, 1:].T:
        step = (sign * score).sum() / information.sum()
        error = np.sqrt(((sign * score - step * information) ** 2).sum()) / information.sum()
        t_values.append(abs(step / error))
    # 5 % of 499 + 1 are 25.
    width = sorted(t_values)[-25] * np.sqrt((score**2).sum()) / information.sum()
    limits = _ratios(counts)
    assert limits.low[0] == pytest.approx(ratio * np.exp(-width), rel=1e-7)
    assert limits.high[0] == pytest.approx(ratio * np.exp(width), rel=1e-7)


def test_events_that_are_drawn_together_count_as_one_cluster() -> None:
    n_events = 2 * MAX_FREE_SIGNS
    values = np.random.default_rng(2).normal(0.2, 1, n_events)
    table = SignTable.drawn(_names(n_events), FEW)
    apart = np.bincount(table.row, weights=values - values.mean(), minlength=len(table.keys))
    size = np.bincount(table.row, minlength=len(table.keys))
    t_values = []
    for weight in _poisson_weights(table.keys, FEW.seed, 499).T:
        mean = (weight * apart).sum() / (weight * size).sum()
        t_values.append((weight * apart).sum() / np.sqrt((weight * (apart - mean * size) ** 2).sum()))
    error = np.sqrt((apart**2).sum()) / n_events
    assert _means(values[:, None]).low[0] == pytest.approx(
        values.mean() - sorted(t_values)[-12] * error, rel=1e-9
    )


def test_swapped_outlets_mirror_the_limits_of_a_mean() -> None:
    values = np.random.default_rng(3).gamma(1.0, 2.0, (40, 2))
    limits, swapped = _means(values), _means(-values)
    assert np.array_equal(limits.low, -swapped.high)
    assert np.array_equal(limits.high, -swapped.low)


def test_swapped_outlets_invert_the_limits_of_a_ratio() -> None:
    counts = _counts(40, 2)
    limits = _ratios(counts)
    swapped = _ratios(PairedCounts(counts.count_b, counts.count_a, counts.length_b, counts.length_a))
    assert limits.low * swapped.high == pytest.approx(1, rel=1e-7)


def test_a_ratio_is_in_the_middle_of_its_limits_on_the_log_scale() -> None:
    counts = _counts(25)
    limits = _ratios(counts)
    assert np.sqrt(limits.low * limits.high) == pytest.approx(rate_ratio(counts), rel=1e-12)


@profile(max_examples=25, deadline=None)
@given(st.floats(-100, 100), st.floats(0.01, 100))
def test_limits_of_a_mean_move_and_stretch_with_the_differences(shift: float, scale: float) -> None:
    values = np.random.default_rng(4).normal(0.3, 1, (24, 1))
    limits, moved = _means(values), _means(shift + scale * values)
    assert moved.low == pytest.approx(shift + scale * limits.low, rel=1e-6, abs=1e-6)
    assert moved.high == pytest.approx(shift + scale * limits.high, rel=1e-6, abs=1e-6)


def test_limits_reach_further_on_the_side_of_the_long_tail() -> None:
    values = np.random.default_rng(5).lognormal(0, 1, (40, 1))
    limits = _means(values)
    assert limits.high[0] - values.mean() > 1.3 * (values.mean() - limits.low[0])


@pytest.mark.parametrize("n_events", [30, MAX_FREE_SIGNS + 100])
def test_the_order_of_events_changes_no_byte_of_a_mean(n_events: int) -> None:
    rng = np.random.default_rng(6)
    values, order = rng.normal(0.1, 1, (n_events, 2)), rng.permutation(n_events)
    names = _names(n_events)
    shuffled = mean_limits(
        values[order], np.ones((n_events, 2), dtype=bool), [names[row] for row in order], FEW
    )
    limits = _means(values)
    assert shuffled.low.tobytes() + shuffled.high.tobytes() == limits.low.tobytes() + limits.high.tobytes()


def test_the_order_of_events_moves_no_ratio() -> None:
    counts, order = _counts(30), np.random.default_rng(0).permutation(30)
    names = _names(30)
    parts = (counts.count_a, counts.count_b, counts.length_a, counts.length_b)
    shuffled = log_ratio_limits(
        PairedCounts(*(part[order] for part in parts)),
        np.ones((30, 1), dtype=bool),
        [names[row] for row in order],
        FEW,
    )
    assert shuffled.low == pytest.approx(_ratios(counts).low, rel=1e-9)


def test_absent_events_change_nothing() -> None:
    rng = np.random.default_rng(7)
    values, present = rng.normal(0.1, 1, (40, 2)), np.ones((40, 2), dtype=bool)
    present[30:, 0] = False
    both = mean_limits(values, present, _names(40), FEW)
    first = _means(values[:30, [0]])
    assert (both.low[0], both.high[0]) == (first.low[0], first.high[0])


def test_absent_events_change_no_ratio() -> None:
    counts, present = _counts(40), np.ones((40, 1), dtype=bool)
    present[30:] = False
    parts = (counts.count_a, counts.count_b, counts.length_a, counts.length_b)
    fewer = _ratios(PairedCounts(*(part[:30] for part in parts)))
    limits = log_ratio_limits(counts, present, _names(40), FEW)
    assert (limits.low[0], limits.high[0]) == pytest.approx((fewer.low[0], fewer.high[0]), rel=1e-9)


def test_the_seed_repeats_and_another_draws_anew() -> None:
    values = np.random.default_rng(8).normal(size=(30, 1))
    assert _means(values).low == _means(values).low
    assert _means(values).low != _means(values, Settings(draws=499, seed=1)).low


def test_an_outlet_without_hits_has_no_limits() -> None:
    counts = _counts(30)
    limits = _ratios(PairedCounts(0 * counts.count_a, counts.count_b, counts.length_a, counts.length_b))
    assert np.isnan([limits.low[0], limits.high[0]]).all()


def test_events_that_all_agree_have_no_limits() -> None:
    assert np.isnan(_means(np.full((30, 1), 0.1)).low[0])
    one = np.ones((30, 1))
    limits = _ratios(PairedCounts(3 * one, 2 * one, 700 * one, 700 * one))
    assert np.isnan([limits.low[0], limits.high[0]]).all()


def test_too_few_draws_leave_the_limits_open() -> None:
    values = np.random.default_rng(9).normal(size=(30, 1))
    limits = _means(values, Settings(draws=9))
    assert (limits.low[0], limits.high[0]) == (-np.inf, np.inf)
    limits = _ratios(_counts(30), Settings(draws=9))
    assert (limits.low[0], limits.high[0]) == (0, np.inf)


def test_no_column_has_no_limits() -> None:
    assert _means(np.zeros((30, 0))).low.shape == (0,)
    assert _ratios(_counts(30, 0)).low.shape == (0,)


def test_weights_are_poisson_with_mean_1() -> None:
    weights = _poisson_weights(tuple(_names(200)), 0, 1_999)
    n = weights.size
    # 5 standard errors; e^-1 is the chance of 0, and of 1.
    assert abs(weights.mean() - 1) < 5 / np.sqrt(n)
    assert abs(weights.var() - 1) < 5 * np.sqrt(3 / n)
    for value in (0, 1):
        assert abs((weights == value).mean() - np.exp(-1)) < 5 * np.sqrt(0.25 / n)


def test_more_draws_of_weights_begin_with_the_fewer() -> None:
    few, many = (_poisson_weights(("a", "b"), 0, draws) for draws in (50, 100))
    assert np.array_equal(many[:, :50], few)


def _covered(limits: Limits, truth: float) -> float:
    inside: npt.NDArray[np.bool_] = (limits.low <= truth) & (truth <= limits.high)
    return float(inside.mean())


def test_limits_cover_a_planted_mean() -> None:
    # 95 % of 1,000, give or take four standard errors.
    assert 0.92 < _covered(_means(np.random.default_rng(10).normal(0.3, 1, (30, 1_000))), 0.3) < 0.98


def test_limits_cover_a_planted_ratio() -> None:
    assert 0.92 < _covered(_ratios(_counts(30, 1_000, seed=11)), 1.4) < 0.98
