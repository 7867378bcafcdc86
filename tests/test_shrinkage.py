"""Empirical Bayes: how far outlets differ in general, and what that makes of each estimate."""

import warnings
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.stats.shrinkage import draw_effects, paule_mandel, quasi_variances, shrink

# Thirteen trials of BCG vaccine (Colditz et al. 1994): cases and others, vaccinated and not.
TRIALS = np.array(
    [
        (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
        (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892),
        (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
        (27, 16886, 29, 17825),
    ],
    dtype=float,
)  # fmt: skip


def test_the_variance_between_trials_of_a_textbook_example() -> None:
    a, b, c, d = TRIALS.T
    log_ratio = np.log(a / (a + b)) - np.log(c / (c + d))
    variance = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    # metafor (R), rma(method = "PM") of dat.bcg: tau^2 = 0.3181.
    assert paule_mandel(log_ratio, variance) == pytest.approx(0.3181, abs=5e-5)


@pytest.mark.parametrize("seed", range(5))
def test_statsmodels_finds_the_same_variance(seed: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        meta_analysis = pytest.importorskip("statsmodels.stats.meta_analysis")
    rng = np.random.default_rng(seed)
    variance = rng.uniform(0.5, 3, 8)
    effect = rng.normal(0, 2 + np.sqrt(variance))
    other = meta_analysis.combine_effects(effect, variance, method_re="iterated", atol=1e-12, maxiter=500)
    assert paule_mandel(effect, variance) == pytest.approx(other.tau2, abs=1e-6)


def test_with_equal_variances_it_is_the_excess_of_the_sample_variance() -> None:
    effect = np.array([-3.0, 0.0, 1.0, 6.0])
    assert paule_mandel(effect, np.full(4, 2.0)) == pytest.approx(effect.var(ddof=1) - 2)


def test_less_spread_than_chance_makes_is_no_variance() -> None:
    assert paule_mandel(np.array([0.1, 0.0, -0.1]), np.ones(3)) == 0


def test_estimates_are_pulled_by_their_own_uncertainty() -> None:
    effect, variance = np.array([4.0, 0.0, -4.0]), np.array([1.0, 1.0, 3.0])
    # tau^2 = 1: weights 1/2, 1/2, 1/4, mean 0.8; kept are 1/2, 1/2 and 1/4 of what lies beyond it.
    pulled = np.array([1.6, -0.4, -1.2])
    assert shrink(effect, variance, between=1.0) == pytest.approx(pulled - pulled.mean())


def test_without_variance_between_outlets_all_are_alike() -> None:
    assert shrink(np.array([1.0, 2.0, -3.0]), np.ones(3), between=0.0).tolist() == [0, 0, 0]


def test_certain_estimates_keep_their_place() -> None:
    effect = np.array([1.0, 2.0, -3.0])
    assert shrink(effect, np.zeros(3) + 1e-30, between=1.0) == pytest.approx(effect)


@given(st.lists(st.floats(0.5, 10), min_size=3, max_size=8))
def test_quasi_variances_undo_the_centring(variance: list[float]) -> None:
    centre = np.eye(len(variance)) - 1 / len(variance)
    found = quasi_variances(np.diag(centre @ np.diag(variance) @ centre))
    assert found == pytest.approx(variance, abs=1e-9)


def test_quasi_variances_come_nearest_to_the_variances_of_all_differences() -> None:
    covariance = np.array(
        [[2.0, 0.5, -0.5, -2.0], [0.5, 1.0, 0.0, -1.5], [-0.5, 0.0, 1.0, -0.5], [-2, -1.5, -0.5, 4]]
    )
    assert covariance.sum(axis=0).tolist() == [0] * 4
    pairs = np.array(list(combinations(range(4), 2)))
    i, j = pairs.T
    design = np.zeros((6, 4))
    design[np.arange(6), i] = design[np.arange(6), j] = 1
    differences = covariance[i, i] + covariance[j, j] - 2 * covariance[i, j]
    expected = np.linalg.lstsq(design, differences, rcond=None)[0]
    assert quasi_variances(np.diag(covariance)) == pytest.approx(expected)


def test_no_outlet_is_known_without_any_error() -> None:
    # Others leave nothing of the first outlet's variance: 3 * 1 - 6 / 2 = 0.
    assert quasi_variances(np.array([1.0, 2.5, 2.5]))[0] == pytest.approx(0.1)


def _draws(effect: list[float], variance: list[float], n_draws: int = 20_000) -> np.ndarray:
    return draw_effects(np.array(effect), np.array(variance), n_draws, np.random.default_rng(3))


def test_every_draw_is_taken_from_its_mean() -> None:
    assert _draws([3.0, 1.0, -4.0], [1.0, 2.0, 3.0], 50).sum(axis=1) == pytest.approx(np.zeros(50), abs=1e-12)


def test_the_same_generator_draws_the_same() -> None:
    assert np.array_equal(
        _draws([3.0, 1.0, -4.0], [1.0, 2.0, 3.0]), _draws([3.0, 1.0, -4.0], [1.0, 2.0, 3.0])
    )


def test_far_apart_outlets_are_drawn_about_their_estimates() -> None:
    drawn = _draws([900.0, 100.0, -1000.0], [1.0, 1.0, 1.0])
    assert drawn.mean(axis=0) == pytest.approx([900, 100, -1000], abs=0.05)
    # Less the mean of three: 1 - 1 / 3.
    assert drawn.var(axis=0) == pytest.approx([2 / 3] * 3, rel=0.05)


def test_equal_outlets_are_drawn_nearer_to_each_other_than_chance_alone_puts_them() -> None:
    assert _draws([0.0] * 8, [1.0] * 8).var(axis=0).max() < 0.5


@pytest.mark.parametrize("effect", [[0.0, 0.5, 4.0], [3.0, -1.0, 0.5, 0.2, -2.0]])
def test_draws_have_the_mean_and_the_variance_of_the_posterior(effect: list[float]) -> None:
    values, variance = np.array(effect), np.geomspace(0.1, 10.0, len(effect))
    centre = np.eye(len(effect)) - 1 / len(effect)
    # By matrices, over even steps of tau: y ~ N(mu, S + tau^2), flat in mu and in tau.
    total, first, second = 0.0, np.zeros(len(effect)), np.zeros((len(effect), len(effect)))
    for tau in np.arange(0.01, 200, 0.02):
        weight = np.diag(1 / (variance + tau**2))
        of_mean = weight.sum(axis=0) / weight.sum()
        apart = values - of_mean @ values
        chance = np.sqrt(np.linalg.det(weight) / weight.sum()) * np.exp(-(apart @ weight @ apart) / 2)
        kept = tau**2 * weight
        mean = kept @ values + (1 - np.diag(kept)) * (of_mean @ values)
        beside = 1 - np.diag(kept)
        spread = kept @ np.diag(variance) + np.outer(beside, beside) / weight.sum()
        mean, spread = centre @ mean, centre @ spread @ centre
        total, first = total + chance, first + chance * mean
        second = second + chance * (spread + np.outer(mean, mean))
    mean = first / total
    drawn = _draws(effect, variance.tolist(), 100_000)
    assert drawn.mean(axis=0) == pytest.approx(mean, abs=0.02)
    assert drawn.var(axis=0) == pytest.approx(np.diag(second / total) - mean**2, rel=0.03)


@pytest.mark.parametrize(("spread", "n_outlets"), [(0.5, 4), (1.0, 4), (2.0, 8)])
def test_intervals_of_draws_hold_the_truth_as_often_as_they_say(spread: float, n_outlets: int) -> None:
    rng, held = np.random.default_rng(1), []
    for _ in range(400):
        true, error = rng.normal(0, spread, n_outlets), np.exp(rng.normal(0, 0.3, n_outlets))
        drawn = draw_effects(true + rng.normal(0, error), error**2, 1_000, rng)
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
        held.append((low <= true - true.mean()) & (true - true.mean() <= high))
    # Given one spread it need not be 95 %, which holds over all spreads.
    assert 0.92 <= np.mean(held) <= 0.99
