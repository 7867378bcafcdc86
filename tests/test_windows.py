import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from biaslens.events.windows import Window, look_back, turns, window_of, windows

NAN = float("nan")
days = st.lists(st.integers(0, 60) | st.none(), min_size=1, max_size=40).map(
    lambda found: np.array(sorted(NAN if day is None else float(day) for day in found), dtype=np.float64)
)


def in_order(day: np.ndarray) -> np.ndarray:
    return np.sort(day)  # NaN comes last.


def pairs_that_meet(day: np.ndarray, scale_days: float) -> list[tuple[int, int]]:
    met = []
    for window in windows(day, scale_days):
        position = window.positions
        for turn in turns(day, window, scale_days):
            rows, columns = (position[part].tolist() for part in (turn.rows, turn.columns))
            met += [(column, row) for row in rows for column in columns if column < row]
    return met


def near_enough(day: np.ndarray, scale_days: float) -> set[tuple[int, int]]:
    n = len(day)
    gap = {(a, b): abs(day[a] - day[b]) for b in range(n) for a in range(b)}
    return {pair for pair, days_between in gap.items() if not days_between > look_back(scale_days)}


@given(days, st.sampled_from([1.0, 3.0, 14.0]))
def test_all_that_may_meet_do_so_and_once(day: np.ndarray, scale_days: float) -> None:
    day = in_order(day)
    met = pairs_that_meet(day, scale_days)
    assert len(met) == len(set(met))
    assert near_enough(day, scale_days) <= set(met)


@given(days, st.integers(0, 39), st.integers(0, 39))
def test_the_window_of_a_pair_is_the_one_in_which_it_meets(day: np.ndarray, one: int, two: int) -> None:
    day = in_order(day)
    pair = (one % len(day), two % len(day))
    window = window_of(day, pair, 3.0)
    assert window.new.start <= max(pair) < window.new.stop
    if pair in near_enough(day, 3.0):
        assert set(pair) <= set(window.positions.tolist())


def test_a_window_is_a_week_and_the_eight_days_before() -> None:
    # Day 7,000 since 1970 begins a week on the grid: it is a multiple of 7.
    day = np.arange(6_980.0, 7_010.0)
    window = window_of(day, (20, 20), 3.0)
    assert window == Window(old=slice(12, 20), new=slice(20, 27), inside=True)


def test_windows_stand_still_when_earlier_articles_come_in() -> None:
    day = np.arange(7_000.0, 7_030.0)
    later = window_of(day, (25, 25), 3.0).positions + 5
    assert window_of(
        np.concatenate([np.arange(6_995.0, 7_000.0), day]), (30, 30), 3.0
    ).positions.tolist() == (later.tolist())


def test_many_dated_articles_meet_the_undated_in_parts(monkeypatch) -> None:
    monkeypatch.setattr("biaslens.events.windows.DATED_AT_A_TIME", 4)
    day = np.array([1.0] * 10 + [NAN] * 2)
    undated = [window for window in windows(day, 3.0) if window.new.start == 10]
    assert [window.old for window in undated] == [slice(0, 4), slice(4, 8), slice(8, 10)]
    assert [window.inside for window in undated] == [False, False, True]


def test_dense_days_take_turns(monkeypatch) -> None:
    monkeypatch.setattr("biaslens.events.windows.TURN_ROWS", 3)
    day = np.repeat(np.arange(7_000.0, 7_007.0), 2)
    (window,) = windows(day, 3.0)
    assert [turn.rows for turn in turns(day, window, 3.0)] == [
        slice(0, 4),
        slice(4, 8),
        slice(8, 12),
        slice(12, 14),
    ]
