"""What length alone explains."""

import numpy as np
import pytest
from scipy.stats import binom
from stats_examples import some_measure

from biaslens.cells import Cells
from biaslens.codebook import MeasureKind
from biaslens.settings import Settings
from biaslens.stats.by_length import chance_by_length
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.sides import Layout, Sides, pairs_of_outlets

NAMES = [f"event {row:02}" for row in range(44)]


def _cells(hits: tuple[int, int], lengths: tuple[int, int]) -> Cells:
    """The same hits and lengths of A and B in each of 44 events."""
    event, outlet = np.divmod(np.arange(2 * len(NAMES)), 2)
    columns = [np.tile(pair, len(NAMES))[:, None] for pair in (hits, lengths)]
    return Cells(event, outlet, np.ones_like(columns[0]), *columns)


def _sides(hits: tuple[int, int], lengths: tuple[int, int]) -> Sides:
    layout = Layout.of(_cells(hits, lengths), "AB", NAMES)
    return next(pairs_of_outlets(_cells(hits, lengths), np.array([0]), layout))


def _chance(hits: tuple[int, int], lengths: tuple[int, int], kind: MeasureKind = "rate") -> float:
    return float(chance_by_length(_sides(hits, lengths), [some_measure(kind)])[0])


def test_none_of_forty_four_hits_in_the_shorter_texts_is_no_wonder() -> None:
    assert _chance((0, 1), (200, 900)) == pytest.approx((9 / 11) ** 44)
    assert _chance((1, 0), (900, 200)) == pytest.approx((9 / 11) ** 44)


def test_it_is_twice_the_mid_p_value_of_the_binomial() -> None:
    law = binom(44 * 15, 1 / 10)
    assert _chance((1, 14), (100, 900)) == pytest.approx(law.cdf(43) + law.cdf(44))
    assert 0.001 < law.cdf(43) + law.cdf(44) < 0.01


def test_what_is_no_small_p_value_is_left_to_the_signs() -> None:
    assert _chance((1, 10), (100, 900)) == 0.01


def test_hits_above_what_length_gives_and_like_lengths_have_no_floor() -> None:
    assert _chance((2, 1), (200, 900)) == 0
    assert _chance((0, 2), (500, 900)) == 0
    assert _chance((0, 1), (200, 900), "mean") == 0
    assert _chance((0, 0), (200, 900)) == 0


def test_the_p_value_of_a_contrast_is_not_smaller() -> None:
    table = contrast_outlets(_cells((1, 14), (100, 900)), [some_measure()], "AB", NAMES, Settings())
    assert table.p_value[0] == pytest.approx(_chance((1, 14), (100, 900)))
