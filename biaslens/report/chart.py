"""Geometry of the small charts: where dots, bars and ticks stand, in the units of an SVG's viewBox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from biaslens.report.screen import clip
from biaslens.report.values import ValueRow
from biaslens.report.wording import MINUS, number

WIDTH = 320.0
LEFT, RIGHT = 116.0, 308.0
LINE_HEIGHT = 18.0
NAME_COLUMNS = 17


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear axis between two round numbers.

    >>> Axis.around([3.2, 9.1], from_zero=True)
    Axis(low=0.0, high=10.0)
    """

    low: float
    high: float

    @classmethod
    def around(cls, values: Sequence[float], *, from_zero: bool) -> Axis:
        """The axis that holds all the values, and zero where asked."""
        low, high = min(values), max(values)
        if from_zero:
            low, high = min(low, 0.0), max(high, 0.0)
        step = _round_step((high - low) / 4 or abs(high) / 4 or 0.25)
        low, high = floor(low / step) * step, ceil(high / step) * step
        return cls(low, high if high > low else low + step)

    def place(self, value: float) -> float:
        """Horizontal position of a value; beyond the axis, its end."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(LEFT + share * (RIGHT - LEFT), 1)


def _round_step(step: float) -> float:
    """The next step upwards that is 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9))


@dataclass(frozen=True, slots=True)
class Mark:
    """One outlet's line: its name, its dot and its bar; None where there is no value or interval."""

    outlet: str
    y: float
    dot: float | None
    bar_from: float | None
    bar_to: float | None


@dataclass(frozen=True, slots=True)
class DotChart:
    """One measure as dots, one line per outlet.

    zero  where the zero line stands, None where the axis does not cross zero
    """

    height: float
    axis_y: float
    low: str
    high: str
    zero: float | None
    marks: tuple[Mark, ...]


def dot_chart(row: ValueRow) -> DotChart | None:
    """The chart of one measure, None where no outlet has a value.

    Rates and shares start at zero, so that distances on the axis can be read as sizes.
    """
    ends = [end for cell in row.cells for end in (cell.value, cell.ci_low, cell.ci_high)]
    known = [end for end in ends if end is not None and isfinite(end)]
    if row.is_empty or not known:
        return None
    axis = Axis.around(known, from_zero=row.kind in ("rate", "share"))
    marks = []
    for i, cell in enumerate(row.cells):
        has_bar = cell.ci_low is not None and cell.ci_high is not None
        marks.append(
            Mark(
                outlet=clip(cell.outlet, NAME_COLUMNS),
                y=(i + 0.5) * LINE_HEIGHT,
                dot=None if cell.value is None else axis.place(cell.value),
                bar_from=axis.place(cell.ci_low) if has_bar and cell.ci_low is not None else None,
                bar_to=axis.place(cell.ci_high) if has_bar and cell.ci_high is not None else None,
            )
        )
    axis_y = len(marks) * LINE_HEIGHT + 3
    return DotChart(
        height=axis_y + 15,
        axis_y=axis_y,
        low=_tick(axis.low),
        high=_tick(axis.high),
        zero=axis.place(0.0) if axis.low < 0 < axis.high else None,
        marks=tuple(marks),
    )


def _tick(value: float) -> str:
    return number(value, 6).rstrip("0").rstrip(".").replace("-", MINUS) if value else "0"


@dataclass(frozen=True, slots=True)
class RatioAxis:
    """The shared logarithmic axis of all ratios, from 1 / limit to limit, in a box 140 wide.

    >>> RatioAxis(4.0).place(1.0), RatioAxis(4.0).place(100.0)
    (70.0, 136.0)
    """

    limit: float

    @classmethod
    def around(cls, ratios: Sequence[float]) -> RatioAxis:
        """The axis that holds all positive, finite ratios, at most from 1/8 to 8."""
        known = [max(ratio, 1 / ratio) for ratio in ratios if isfinite(ratio) and ratio > 0]
        return cls(next(limit for limit in (2.0, 4.0, 8.0) if limit >= min(max(known, default=2.0), 8.0)))

    def place(self, ratio: float) -> float:
        """Horizontal position of a ratio; beyond the axis, its end."""
        bounded = min(max(ratio, 1 / self.limit), self.limit)
        return round(70 + 66 * log10(bounded) / log10(self.limit), 1)
