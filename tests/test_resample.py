"""Sign flips."""

from itertools import product
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from biaslens.settings import Settings
from biaslens.stats.resample import MAX_FREE_SIGNS, Block, SignTable, blocks, keyed_bytes, rounded
from biaslens.stats.tails import tail_probability

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
    values = np.random.default_rng(7).normal(0.2, 1, (30, 1))
    reached = np.abs(table.signs.T @ values) >= abs(values.sum()) - 1e-9
    assert table.n_arrangements == 100
    assert table.p_values(values)[0] == reached.mean() > 0.05


def test_few_draws_that_reach_do_not_make_p_smaller_than_the_tail() -> None:
    table = SignTable.free([f"event {row}" for row in range(20)], Settings(draws=99))
    values = np.random.default_rng(3).normal(0.45, 1, (20, 2_000))
    sums = np.abs(table.signs.T @ values)
    reached = (sums >= sums[0] - 1e-9).sum(axis=0)
    tail, p = tail_probability(values), table.p_values(values)
    # Nothing but the observed arrangement reaches, which alone would say .01.
    lucky = (reached == 1) & (tail > 0.015) & (tail < 0.05)
    assert lucky.sum() > 3
    np.testing.assert_allclose(p[lucky], tail[lucky], rtol=1e-9)
    # 5 of 100 at most, so that a test at 5 % is the one by draws.
    assert np.array_equal(p <= 0.05, reached <= 5)


def test_what_no_draw_reaches_has_the_p_value_of_its_tail() -> None:
    events = [f"event {row}" for row in range(30)]
    table = SignTable.drawn(events, Settings(draws=99))
    assert table.p_values(np.ones((30, 1)))[0] == 2.0**-29
    values = np.random.default_rng(7).normal(1.0, 1, (30, 1))
    many = SignTable.drawn(events, Settings(draws=199_999)).p_values(values)[0]
    # So few of 200,000 arrangements reach it; the small table has to infer it.
    assert 1e-4 < many < 2e-3
    assert 0.8 < table.p_values(values)[0] / many < 1.5


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


def test_columns_with_free_signs_share_one_table_and_stay_as_they_are_alone() -> None:
    rng = np.random.default_rng(9)
    n_events = MAX_FREE_SIGNS + 88
    values, present = rng.normal(0.1, 1, (n_events, 2)), np.ones((n_events, 2), dtype=bool)
    present[:90, 0] = present[-90:, 1] = False
    names = [f"event {row}" for row in range(n_events)]
    (together,) = blocks(present, names, Settings(draws=199))
    assert together.table.signs.shape == (n_events, 200)
    sums = together.table.sums(together.rows(values))
    for column in range(2):
        (alone,) = blocks(present[:, [column]], names, Settings(draws=199))
        assert np.array_equal(alone.table.sums(alone.rows(values[:, [column]]))[0], sums[column])


def test_columns_too_different_for_one_table_have_one_each() -> None:
    present = np.zeros((3 * MAX_FREE_SIGNS, 3), dtype=bool)
    for column in range(3):
        present[column * MAX_FREE_SIGNS : (column + 1) * MAX_FREE_SIGNS, column] = True
    found = list(blocks(present, [f"event {row}" for row in range(len(present))], Settings(draws=9)))
    assert [block.columns.tolist() for block in found] == [[0], [1], [2]]


@pytest.mark.parametrize("n_events", [40, 3 * MAX_FREE_SIGNS])
def test_sums_have_the_same_bytes_in_any_order_of_events(n_events: int) -> None:
    rng = np.random.default_rng(4)
    values, names = rng.lognormal(0, 2, (n_events, 3)), [f"event {row}" for row in range(n_events)]
    order = rng.permutation(n_events)
    settings = Settings(draws=199)
    sums = SignTable.drawn(names, settings).sums(values)
    shuffled = SignTable.drawn([names[row] for row in order], settings).sums(values[order])
    assert sums.tobytes() == shuffled.tobytes()


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=40), st.randoms(use_true_random=False))
def test_rounded_values_add_up_alike_in_any_order(listed: list[float], random: Random) -> None:
    column = rounded(np.array(listed)[:, None])[:, 0].tolist()
    shuffled = column.copy()
    random.shuffle(shuffled)
    assert sum(column) == sum(shuffled)


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=40))
def test_rounding_moves_no_value_by_more_than_a_part_in_2_to_the_44(listed: list[float]) -> None:
    values = np.array(listed)[:, None]
    assert np.abs(rounded(values) - values).max() <= np.abs(values).max() * 2.0**-44 + 2.0**-1000


@pytest.mark.parametrize("scale", [1e-300, 1e250])
def test_very_small_and_very_large_values_keep_their_p(scale: float) -> None:
    assert _p(np.array([1.0, 2.0, 3.0]) * scale) == 0.25


def test_the_highest_ratio_is_the_high_limit() -> None:
    rng = np.random.default_rng(6)
    total, weight = rng.normal(1, 1, (25, 3)), rng.uniform(1, 2, (25, 3))
    table = SignTable.drawn([f"event {row}" for row in range(25)], Settings(draws=499))
    assert np.array_equal(
        table.highest_ratio(total, weight, 0.9), table.ratio_limits(total, weight, 0.9).high
    )


def test_a_set_without_weight_leaves_the_limits_open() -> None:
    # 6 events, of which 2 have a weight: too few to reject anything.
    total, weight = np.zeros((12, 1)), np.zeros((12, 1))
    total[:2], weight[:2] = 1.0, 1.0
    limits = SignTable.listed().ratio_limits(total, weight, 0.95)
    assert (limits.low.tolist(), limits.high.tolist()) == ([-np.inf], [np.inf])


def test_drawn_signs_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        SignTable.drawn(["a", "b"], Settings()).signs[0, 0] = 5.0


def test_keyed_bytes_depend_on_the_key_and_on_what_stands_before_it() -> None:
    both = keyed_bytes(["a", "b"], 8, "0")
    assert both.shape == (2, 8)
    assert np.array_equal(keyed_bytes(["b"], 8, "0")[0], both[1])
    assert not np.array_equal(keyed_bytes(["a"], 8, "1")[0], both[0])
