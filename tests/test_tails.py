"""How seldom flipping signs reaches a sum."""

import numpy as np
import pytest
from scipy.stats import binom

from biaslens.stats.tails import tail_probability


def _exact(values: np.ndarray) -> float:
    arrangement = np.arange(2 ** (len(values) - 1))
    signs = 1 - 2 * ((arrangement[:, None] >> np.arange(len(values))) & 1)
    return float(np.mean(np.abs(signs @ values) >= abs(values.sum()) - 1e-9))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("n_signs", [14, 17])
def test_it_is_near_the_listed_arrangements_and_rarely_below(n_signs: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(1.2, 1.0, n_signs) if seed % 2 else rng.poisson(3.0, n_signs) - 1.0
    exact, found = _exact(values), tail_probability(values[:, None])[0]
    if exact < 0.01:
        assert 0.9 < found / exact < 4


def test_where_all_signs_agree_it_is_exact() -> None:
    values = np.random.default_rng(1).gamma(2.0, size=(20, 3))
    values[15:, 2] = 0
    np.testing.assert_array_equal(tail_probability(values), [2.0**-19, 2.0**-19, 2.0**-14])


def test_nothing_and_balance_are_no_evidence() -> None:
    assert tail_probability(np.array([[0.0, 1.0], [0.0, -1.0]])).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("surplus", [1e-3, 1e-5, 1e-7, 1e-9, 1e-12])
def test_near_balance_it_is_all_but_certain(surplus: float) -> None:
    # Ten against nine: what is observed, less half a step, is the surplus.
    values = np.array([1 + surplus] + [1.0] * 9 + [-1.0] * 9)[:, None]
    assert tail_probability(values)[0] == pytest.approx(1, abs=1e-3)


def test_the_scale_of_the_values_plays_no_part() -> None:
    values = np.random.default_rng(3).normal(1.0, 1.0, (40, 1))
    small, large = tail_probability(1e-9 * values), tail_probability(1e12 * values)
    np.testing.assert_allclose(small, large, rtol=1e-9)
    np.testing.assert_allclose(small, tail_probability(-values), rtol=1e-9)


@pytest.mark.parametrize(("n", "n_against"), [(200, 40), (200, 50), (200, 80), (2_000, 820), (2_000, 780)])
def test_far_out_it_is_that_of_equal_values_worked_exactly(n: int, n_against: int) -> None:
    values = np.where(np.arange(n) < n_against, -1.0, 1.0)[:, None]
    exact = 2 * binom.cdf(n_against, n, 0.5)
    assert tail_probability(values)[0] == pytest.approx(exact, rel=0.2, abs=0)


def test_far_out_it_goes_on_falling() -> None:
    shifts = np.array([0.5, 1.0, 2.0, 4.0])
    values = np.random.default_rng(4).normal(0, 1.0, (200, 1)) + shifts
    p = tail_probability(values)
    assert (np.diff(p) < 0).all()
    assert (p > 0).all()
