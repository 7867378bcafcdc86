"""Which articles, or events, may meet: those of some days before, in windows on a fixed grid of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.spans import FloatArray, IntArray

# After 8/3 of the time scale, similarity has fallen to 7 %.
LOOK_BACK = 8 / 3
# Windows are as long as their look-back, nearly: of 7, 14 and 28 days for events, 7 groups best.
BLOCK = 7 / 3
# Dated articles that undated ones meet at a time, unless there are more of the undated: memory only.
DATED_AT_A_TIME = 20_000
# New articles that are compared at a time at least, where a day has fewer: speed only.
TURN_ROWS = 1_500


@dataclass(frozen=True, slots=True)
class Window:
    """Positions in order of date that are looked at together; how rare a term is, is counted among them.

    old     positions that met each other in earlier windows
    new     positions that meet those of ``old``
    inside  whether those of ``new`` meet each other in this window, too
    """

    old: slice
    new: slice
    inside: bool

    @property
    def positions(self) -> IntArray:
        """All positions, ascending."""
        old, new = (np.arange(part.start, part.stop) for part in (self.old, self.new))
        return np.concatenate([old, new])


@dataclass(frozen=True, slots=True)
class Turn:
    """Rows of a window, counted from its first position, that meet some columns: rows of it, too."""

    rows: slice
    columns: slice


def windows(day: FloatArray, scale_days: float) -> Iterator[Window]:
    """The windows that bring together all that may meet, every pair in one window.

    day         float64, days since 1970 in ascending order, unknown ones (NaN) last
    scale_days  of the decay of similarity; 8/3 of it is how far a window looks back

    What has no date meets all. The grid is counted from 1970, not from the first article: one that starts
    elsewhere gives other events.
    """
    n_dated = int(np.count_nonzero(~np.isnan(day)))
    dated = day[:n_dated]
    block_days = max(1.0, np.round(BLOCK * scale_days))
    for block in np.unique(dated // block_days):
        first_day = block * block_days
        bounds = (first_day - look_back(scale_days), first_day, first_day + block_days)
        start, new, end = np.searchsorted(dated, bounds).tolist()
        yield Window(slice(start, new), slice(new, end), inside=True)
    yield from _undated_windows(n_dated, len(day))


def window_of(day: FloatArray, pair: tuple[int, int], scale_days: float) -> Window:
    """The window in which the later of two positions is new, and meets the other where it meets it at all."""
    first, second = sorted(pair)
    found = [w for w in windows(day, scale_days) if w.new.start <= second < w.new.stop]
    return next((w for w in found if w.old.start <= first < w.old.stop), found[-1])


def turns(day: FloatArray, window: Window, scale_days: float) -> Iterator[Turn]:
    """The new rows of a window, some days at a time, each time with all that they may meet."""
    n_old = window.old.stop - window.old.start
    n = n_old + window.new.stop - window.new.start
    if np.isnan(day[window.new.start]):
        yield Turn(slice(n_old, n), slice(0, n if window.inside else n_old))
        return
    met = day[window.old.start : window.new.stop]
    day_ends = np.flatnonzero(np.diff(met[n_old:])) + n_old + 1
    first = n_old
    for end in [*day_ends.tolist(), n]:
        if end - first >= TURN_ROWS or end == n:
            start = int(np.searchsorted(met, met[first] - look_back(scale_days)))
            yield Turn(slice(first, end), slice(start, end))
            first = end


def look_back(scale_days: float) -> float:
    """Days after which two articles no longer meet.

    >>> look_back(3.0)
    8.0
    """
    return float(np.ceil(LOOK_BACK * scale_days))


def as_days(dates: npt.NDArray[np.datetime64]) -> FloatArray:
    """Days since 1970 of each date, NaN where there is none.

    >>> as_days(np.array(["1970-01-03", "NaT"], dtype="datetime64[D]"))
    array([ 2., nan])
    """
    days = dates.astype("datetime64[D]").astype(np.int64).astype(np.float64)
    days[np.isnat(dates)] = np.nan
    return days


def _undated_windows(n_dated: int, n: int) -> Iterator[Window]:
    """The undated meet the dated part by part, and each other in the last part."""
    if n_dated == n:
        return
    size = max(DATED_AT_A_TIME, n - n_dated)
    starts = list(range(0, n_dated, size)) or [0]
    for start in starts:
        end = min(start + size, n_dated)
        yield Window(slice(start, end), slice(n_dated, n), inside=start == starts[-1])
