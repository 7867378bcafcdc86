"""Whether few hits are too lopsided for a test that flips signs."""

import numpy as np
import pytest

from biaslens.settings import Settings
from biaslens.spans import FloatArray
from biaslens.stats.resample import SignTable
from biaslens.stats.skewness import MAX_SKEWNESS, difference_skewness, score_skewness


def _skewness(values: FloatArray, chances: FloatArray) -> float:
    """Of a distribution, without its sign."""
    apart = values - chances @ values
    return abs(float(chances @ apart**3)) / float(chances @ apart**2) ** 1.5


def _binomial(n: int, part: float) -> FloatArray:
    chances = np.ones(1)
    for _ in range(n):
        chances = np.convolve(chances, [1 - part, part])
    return chances


@pytest.mark.parametrize(("hits", "part"), [(8, 0.1), (3, 0.7), (20, 0.45)])
def test_the_skewness_of_a_score_is_that_of_its_binomial(hits: int, part: float) -> None:
    expected = _skewness(np.arange(hits + 1.0), _binomial(hits, part))
    assert score_skewness(np.array([[hits]]), np.array([[part]]))[0] == pytest.approx(expected)


def test_events_add_up_to_the_skewness_of_their_sum() -> None:
    of_sum = np.convolve(_binomial(5, 0.2), _binomial(9, 0.4))
    expected = _skewness(np.arange(15.0), of_sum)
    found = score_skewness(np.array([[5.0], [9.0]]), np.array([[0.2], [0.4]]))
    assert found[0] == pytest.approx(expected)


def test_the_skewness_of_a_difference_of_shares_is_that_of_its_binomials() -> None:
    # 6 hits in 4 + 20 words: both sides have a share of .25.
    in_a, in_b = np.divmod(np.arange(5 * 21), 21)
    chances = _binomial(4, 0.25)[in_a] * _binomial(20, 0.25)[in_b]
    found = difference_skewness(np.array([[6.0]]), np.array([[4.0]]), np.array([[20.0]]))
    assert found[0] == pytest.approx(_skewness(in_a / 4 - in_b / 20, chances))


def test_opposite_events_cancel_and_sides_may_be_exchanged() -> None:
    hits, part = np.array([[6.0], [6.0]]), np.array([[0.2], [0.8]])
    assert score_skewness(hits, part)[0] == pytest.approx(0)
    assert score_skewness(hits[:1], part[:1]) == pytest.approx(score_skewness(hits[1:], part[1:]))


def test_without_a_hit_everything_is_lopsided() -> None:
    none, length = np.zeros((3, 1)), np.full((3, 1), 50.0)
    assert score_skewness(none, np.full((3, 1), 0.5)).tolist() == [np.inf]
    assert difference_skewness(none, length, length).tolist() == [np.inf]


def _rejected(n_hits: float) -> tuple[float, float]:
    """Mean skewness, and the share of tests at 5 % that reject; 30 events, lengths of 1:9, no difference."""
    n_events, part, rng = 30, 0.1, np.random.default_rng(4)
    hits = rng.poisson(n_hits / n_events, (n_events, 1_500))
    score = rng.binomial(hits, part) - hits * part
    table = SignTable.free([f"event {row}" for row in range(n_events)], Settings(draws=499))
    skewness = score_skewness(hits.astype(float), np.full(hits.shape, part))
    return float(skewness.mean()), float(np.mean(table.p_values(score) <= 0.05))


def test_below_the_limit_the_test_keeps_its_level_and_far_above_it_does_not() -> None:
    skewness, rejected = _rejected(140)
    assert 0.2 < skewness < MAX_SKEWNESS
    assert rejected < 0.075
    skewness, rejected = _rejected(20)
    assert 0.5 < skewness < 0.7
    assert rejected > 0.10
