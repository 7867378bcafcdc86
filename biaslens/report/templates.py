"""The template environment of the HTML faces: everything that comes from articles is escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from biaslens.report.wording import (
    MINUS,
    counted,
    cut_middle,
    interval,
    label,
    listed,
    number,
    percent,
    period,
    probability,
)

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Templates of this folder; a name that a template misspells is an error, never an empty string."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("biaslens", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": lambda value, places: number(value, places, MINUS),
        "interval": lambda low, high, places: interval(low, high, places, MINUS),
        "probability": probability,
        "percent": percent,
        "counted": counted,
        "listed": listed,
        "label": label,
        "cut_middle": cut_middle,
    }
    made.globals |= {"period": period, "MINUS": MINUS}
    return made
