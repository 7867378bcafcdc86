"""Rate ratios inside events."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaslens.settings import Settings
from biaslens.stats.rates import PairedCounts, rate_ratio, ratio_limits
from biaslens.stats.resample import SignTable

events = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(50, 900), st.integers(50, 900)),
    min_size=1,
    max_size=12,
)


def _counts(rows: Any) -> PairedCounts:
    """From (count_a, count_b, length_a, length_b) rows, filled up to 12 events."""
    table = np.array([*rows, *[(0, 0, 1, 1)] * (12 - len(rows))], dtype=float)
    return PairedCounts(table[:, [0]], table[:, [1]], table[:, [2]], table[:, [3]])


def _swapped(rows: Any) -> Any:
    return [(b, a, length_b, length_a) for a, b, length_a, length_b in rows]


def _p(counts: PairedCounts, ratio: float) -> float:
    """The sign-flip p-value of U_e(log ratio), by the formula."""
    part = ratio * counts.length_a / (ratio * counts.length_a + counts.length_b)
    scores = counts.count_a - (counts.count_a + counts.count_b) * part
    return float(SignTable.listed().p_values(scores)[0])


def test_the_score_compares_with_the_share_of_the_words() -> None:
    # 3 of 4 hits in 100 of 400 words: 3 - 4 * 100 / 400 = 2. And 1 of 4 in 300 of 400: 1 - 3 = -2.
    assert _counts([(3, 1, 100, 300), (1, 3, 300, 100)]).null_score()[:3, 0].tolist() == [2.0, -2.0, 0.0]


@given(events)
def test_swapped_outlets_flip_the_score_exactly(rows: list[tuple[int, int, int, int]]) -> None:
    assert np.array_equal(_counts(rows).null_score(), -_counts(_swapped(rows)).null_score())


def test_with_equal_lengths_the_ratio_is_that_of_the_counts() -> None:
    assert rate_ratio(_counts([(4, 2, 100, 100), (8, 4, 700, 700), (0, 3, 50, 50)]))[0] == pytest.approx(
        12 / 9
    )


def test_within_one_event_the_ratio_is_that_of_the_rates() -> None:
    assert rate_ratio(_counts([(4, 2, 200, 400)]))[0] == pytest.approx((4 / 200) / (2 / 400))


def test_the_level_of_an_event_does_not_matter() -> None:
    # Both events have rate ratio 2, at levels that differ tenfold; the pooled rates would give 11 / 10.
    assert rate_ratio(_counts([(2, 10, 100, 1000), (200, 10, 1000, 100)]))[0] == pytest.approx(2, abs=1e-6)


def test_an_outlet_without_hits_has_ratio_zero_or_infinity() -> None:
    rows = [(0, 3, 100, 200), (0, 2, 100, 300)]
    assert rate_ratio(_counts(rows))[0] == 0
    assert rate_ratio(_counts(_swapped(rows)))[0] == np.inf


def test_no_hit_at_all_has_no_ratio() -> None:
    assert np.isnan(rate_ratio(_counts([(0, 0, 100, 200)]))[0])


@given(events.filter(lambda rows: sum(row[0] for row in rows) > 0 and sum(row[1] for row in rows) > 0))
def test_the_ratio_is_where_the_scores_sum_to_zero(rows: list[tuple[int, int, int, int]]) -> None:
    ratio = rate_ratio(_counts(rows))[0]
    total = sum(a - (a + b) * ratio * la / (ratio * la + lb) for a, b, la, lb in rows)
    assert total == pytest.approx(0, abs=1e-6)


@given(events.filter(lambda rows: sum(row[0] for row in rows) > 0 and sum(row[1] for row in rows) > 0))
def test_swapped_outlets_invert_the_ratio(rows: list[tuple[int, int, int, int]]) -> None:
    assert rate_ratio(_counts(rows))[0] * rate_ratio(_counts(_swapped(rows)))[0] == pytest.approx(1, abs=1e-6)


@given(events.filter(lambda rows: sum(row[0] for row in rows) > 0 and sum(row[1] for row in rows) > 0))
def test_doubled_counts_keep_the_ratio(rows: list[tuple[int, int, int, int]]) -> None:
    doubled = [(2 * a, 2 * b, la, lb) for a, b, la, lb in rows]
    assert rate_ratio(_counts(doubled))[0] == pytest.approx(rate_ratio(_counts(rows))[0], rel=1e-6)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(50, 900), st.integers(50, 900)),
        min_size=6,
        max_size=12,
    )
)
def test_limits_part_what_is_rejected_from_what_is_not(rows: list[tuple[int, int, int, int]]) -> None:
    counts = _counts(rows)
    limits = ratio_limits(counts, SignTable.listed(), 0.95)
    low, high = limits.low[0], limits.high[0]
    if high - low < 1e-4 * high:
        return
    assert 0 < low < rate_ratio(counts)[0] < high < np.inf
    assert min(_p(counts, low * (1 + 1e-6)), _p(counts, high * (1 - 1e-6))) > 0.05
    assert max(_p(counts, low * (1 - 1e-6)), _p(counts, high * (1 + 1e-6))) <= 0.05


def test_an_end_is_open_where_too_few_events_have_a_hit() -> None:
    rows = [(4, 1, 100, 100), (5, 0, 100, 100), (2, 0, 100, 100), *[(3, 0, 100, 100)] * 4]
    limits = ratio_limits(_counts(rows), SignTable.listed(), 0.95)
    assert limits.high[0] == np.inf
    assert limits.low[0] > 1


def test_drawn_limits_are_close_to_the_planted_ratio() -> None:
    rng = np.random.default_rng(1)
    length = rng.integers(200, 2000, (300, 2)).astype(float)
    level = 0.01 * np.exp(rng.normal(0, 0.5, 300))
    count = rng.poisson(length * level[:, None] * np.array([1.4, 1.0])).astype(float)
    counts = PairedCounts(count[:, [0]], count[:, [1]], length[:, [0]], length[:, [1]])
    table = SignTable.drawn([f"event {row}" for row in range(300)], Settings())
    limits = ratio_limits(counts, table, 0.95)
    assert 1.2 < limits.low[0] < 1.4 < limits.high[0] < 1.6


def _planted(n_events: int, base: float, lengths: tuple[int, int], seed: int = 2) -> PairedCounts:
    """Three columns of events with a rate ratio of 1.4."""
    rng = np.random.default_rng(seed)
    shape = (n_events, 3)
    level = base * np.exp(rng.normal(0, 0.5, shape))
    length_a, length_b = (np.rint(n * np.exp(rng.normal(0, 0.6, shape))) for n in lengths)
    count_a, count_b = rng.poisson(1.4 * level * length_a), rng.poisson(level * length_b)
    return PairedCounts(count_a.astype(float), count_b.astype(float), length_a, length_b)


def _searched(counts: PairedCounts, table: SignTable, side: int, column: int) -> float:
    """Where p passes 5 %, by halving on the log scale."""
    one = PairedCounts(*(part[:, [column]] for part in _parts(counts)))

    def rejected(ratio: float) -> bool:
        part = ratio * one.length_a / (ratio * one.length_a + one.length_b)
        return bool(table.p_values(one.count_a - (one.count_a + one.count_b) * part)[0] <= 0.05)

    inside = np.log(rate_ratio(one)[0])
    outside = inside + 6 * side
    for _ in range(45):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if rejected(np.exp(middle)) else (middle, outside)
    return float(np.exp(inside))


def _parts(counts: PairedCounts) -> tuple[Any, ...]:
    return counts.count_a, counts.count_b, counts.length_a, counts.length_b


@pytest.mark.parametrize(
    ("n_events", "base", "lengths"),
    [(20, 0.014, (300, 300)), (20, 0.02, (100, 2000)), (60, 0.002, (900, 200)), (600, 0.001, (500, 700))],
)
def test_tangents_find_the_ends_that_a_search_finds(
    n_events: int, base: float, lengths: tuple[int, int]
) -> None:
    counts = _planted(n_events, base, lengths)
    table = SignTable.drawn([f"event {row}" for row in range(n_events)], Settings(draws=499))
    limits = ratio_limits(counts, table, 0.95)
    for column in range(3):
        assert limits.low[column] == pytest.approx(_searched(counts, table, -1, column), rel=1e-8)
        assert limits.high[column] == pytest.approx(_searched(counts, table, 1, column), rel=1e-8)


def test_swapped_outlets_invert_and_swap_the_limits() -> None:
    counts = _planted(40, 0.01, (300, 500))
    table = SignTable.drawn([f"event {row}" for row in range(40)], Settings(draws=499))
    limits = ratio_limits(counts, table, 0.95)
    swapped = PairedCounts(counts.count_b, counts.count_a, counts.length_b, counts.length_a)
    other = ratio_limits(swapped, table, 0.95)
    assert limits.low * other.high == pytest.approx(1, rel=1e-8)
    assert limits.high * other.low == pytest.approx(1, rel=1e-8)


def test_columns_do_not_move_each_others_limits() -> None:
    counts = _planted(30, 0.003, (300, 500))
    table = SignTable.drawn([f"event {row}" for row in range(30)], Settings(draws=499))
    together = ratio_limits(counts, table, 0.95)
    for column in range(3):
        alone = ratio_limits(PairedCounts(*(part[:, [column]] for part in _parts(counts))), table, 0.95)
        both = (together.low[column], together.high[column])
        assert (alone.low[0], alone.high[0]) == pytest.approx(both, rel=1e-12)


def test_a_higher_level_has_wider_limits() -> None:
    counts = _planted(30, 0.005, (300, 500))
    table = SignTable.drawn([f"event {row}" for row in range(30)], Settings(draws=999))
    narrow, wide = (ratio_limits(counts, table, level) for level in (0.8, 0.99))
    assert np.all(wide.low < narrow.low)
    assert np.all(narrow.high < wide.high)


def test_the_order_of_events_moves_no_limit() -> None:
    counts, order = _planted(30, 0.005, (300, 500)), np.random.default_rng(0).permutation(30)
    names = [f"event {row}" for row in range(30)]
    shuffled = PairedCounts(*(part[order] for part in _parts(counts)))
    settings = Settings(draws=499)
    straight = ratio_limits(counts, SignTable.drawn(names, settings), 0.95)
    other = ratio_limits(shuffled, SignTable.drawn([names[row] for row in order], settings), 0.95)
    assert np.concatenate([other.low, other.high]) == pytest.approx(
        np.concatenate([straight.low, straight.high]), rel=1e-9
    )


def test_an_outlet_without_hits_has_an_end_at_zero() -> None:
    limits = ratio_limits(_counts([(0, 3, 100, 100 + row) for row in range(8)]), SignTable.listed(), 0.95)
    assert (limits.low[0], limits.high[0]) == (0, 0)


def test_no_hit_at_all_has_no_limits() -> None:
    limits = ratio_limits(_counts([(0, 0, 100, 200)] * 8), SignTable.listed(), 0.95)
    assert np.isnan([limits.low[0], limits.high[0]]).all()


def test_the_slope_is_how_fast_the_score_falls() -> None:
    model = _counts([(3, 1, 100, 300), (1, 3, 300, 100), (5, 0, 50, 80)]).given_totals()
    share, step = np.array([0.4]), 1e-6
    fall = (model.score(share - step) - model.score(share + step)) / (2 * step)
    assert model.scores(share).slope == pytest.approx(fall, abs=1e-6)
