"""Sign flips."""

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from biaslens.settings import Settings
from biaslens.stats.resample import MAX_FREE_SIGNS, Block, SignTable, blocks

differences = st.lists(st.integers(-50, 50), min_size=1, max_size=9).map(lambda d: np.array(d, dtype=float))


def _block(values: npt.NDArray[np.float64], events: list[str] | None = None) -> Block:
    names = events or [f"event {row}" for row in range(len(values))]
    (block,) = blocks(np.ones((len(values), 1), dtype=bool), names, Settings())
    return block


def _p(values: npt.NDArray[np.float64], events: list[str] | None = None) -> float:
    block = _block(values, events)
    return float(block.table.p_values(block.rows(values[:, None]))[0])


@pytest.mark.parametrize(
    ("values", "p"),
    [
        ([1, 2, 3], 0.25),  # only +++ and --- reach 6
        ([-1, 2, 3], 0.5),  # 4 is reached by +-++, -++ and their mirrors
        ([1, -1, 0], 1.0),
        ([5], 1.0),
        ([1, 1, 1, 1, 1, 1], 0.03125),
    ],
)
def test_p_is_the_share_of_arrangements_as_extreme(values: list[float], p: float) -> None:
    assert _p(np.array(values, dtype=float)) == p


def test_sums_that_are_equal_on_paper_tie() -> None:
    # 0.1 + 0.2 is not 0.3 in floating point; of the 8 arrangements of (0.1, 0.2, -0.3) two more give 0.
    assert _p(np.array([0.1, 0.2, -0.3])) == 1.0
    assert _p(np.array([1 / 3, 1 / 3, 1 / 3, -1.0])) == 1.0


@given(differences)
def test_p_agrees_with_listing_every_arrangement(values: npt.NDArray[np.float64]) -> None:
    sums = [abs(sum(np.array(signs) * values)) for signs in product((1, -1), repeat=len(values))]
    assert _p(values) == np.mean(np.array(sums) >= abs(values.sum()))


def test_drawn_signs_give_one_plus_hits_over_one_plus_draws() -> None:
    settings = Settings(draws=99)
    table = SignTable.drawn([f"event {row}" for row in range(30)], settings)
    assert table.n_arrangements == 100
    assert table.p_values(np.ones((30, 1)))[0] == 0.01


def test_drawn_signs_are_balanced() -> None:
    signs = SignTable.drawn([f"event {row}" for row in range(200)], Settings()).signs[:, 1:]
    # 5 standard errors of a mean of 2 million fair signs.
    assert abs(signs.mean()) < 5 / np.sqrt(signs.size)


def test_the_order_of_events_changes_nothing() -> None:
    rng = np.random.default_rng(3)
    values, events = rng.normal(0.2, 1, 40), [f"event {row}" for row in range(40)]
    order = rng.permutation(40)
    assert _p(values, events) == _p(values[order], [events[row] for row in order])


def test_the_seed_changes_the_draws() -> None:
    first, second = (SignTable.drawn(["a", "b"], Settings(seed=seed)).signs for seed in (0, 1))
    assert not np.array_equal(first, second)
    assert np.array_equal(first, SignTable.drawn(["a", "b"], Settings(seed=0)).signs)


def test_more_draws_begin_with_the_fewer() -> None:
    few, many = (SignTable.drawn(["a", "b"], Settings(draws=draws)).signs for draws in (50, 100))
    assert np.array_equal(many[:, :51], few)


def test_many_events_share_signs_but_keep_the_test() -> None:
    rng = np.random.default_rng(5)
    n_events = 3 * MAX_FREE_SIGNS
    values = rng.normal(0.05, 1, n_events)
    assert len(_block(values).table.signs) <= MAX_FREE_SIGNS
    # With so many events the normal approximation is close.
    z = values.sum() / np.sqrt((values**2).sum())
    assert _p(values) == pytest.approx(2 * norm.sf(abs(z)), abs=0.02)


def test_limits_of_six_differences_are_their_extremes() -> None:
    block = _block(np.arange(1.0, 7.0))
    limits = block.table.ratio_limits(block.rows(np.arange(1.0, 7.0)[:, None]), block.present * 1.0, 0.95)
    assert (limits.low.tolist(), limits.high.tolist()) == ([1.0], [6.0])


def test_limits_are_open_where_no_value_can_be_rejected() -> None:
    block = _block(np.arange(1.0, 6.0))
    limits = block.table.ratio_limits(block.rows(np.arange(1.0, 6.0)[:, None]), block.present * 1.0, 0.95)
    assert (limits.low.tolist(), limits.high.tolist()) == ([-np.inf], [np.inf])


# Values that are all within a step of each other have limits nowhere in particular.
THOUSANDTHS = st.integers(-9_000, 9_000).map(lambda number: number / 1_000)


@settings(max_examples=60)
@given(st.lists(THOUSANDTHS, min_size=6, max_size=15, unique=True))
def test_limits_part_what_is_rejected_from_what_is_not(listed: list[float]) -> None:
    values = np.array(listed)
    block = _block(values)
    limits = block.table.ratio_limits(block.rows(values[:, None]), block.present * 1.0, 0.95)
    step = 1e-6 * np.ptp(values) + 1e-9
    assert _p(values - limits.low[0] - step) > 0.05
    assert _p(values - limits.high[0] + step) > 0.05
    assert _p(values - limits.low[0] + step) <= 0.05
    assert _p(values - limits.high[0] - step) <= 0.05


def test_equal_ends_are_no_interval() -> None:
    block = _block(np.full(8, 0.1))
    limits = block.table.ratio_limits(block.rows(np.full((8, 1), 0.1)), block.present * 1.0, 0.95)
    assert np.isnan(limits.unless_degenerate().low).all()


def test_columns_do_not_touch_each_other() -> None:
    rng = np.random.default_rng(8)
    values = rng.normal(0.3, 1, (30, 3))
    present = np.ones((30, 3), dtype=bool)
    present[8:, 0] = False
    present[25:, 1] = False
    names = [f"event {row}" for row in range(30)]
    together, alone = np.zeros(3), np.zeros(3)
    for block in blocks(present, names, Settings()):
        together[block.columns] = block.table.p_values(block.rows(values))
    for column in range(3):
        for block in blocks(present[:, [column]], names, Settings()):
            alone[column] = block.table.p_values(block.rows(values[:, [column]]))[0]
    assert together.tolist() == alone.tolist()
