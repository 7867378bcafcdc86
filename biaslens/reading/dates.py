"""Dates: what a date column holds as calendar days, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from biaslens.reading.records import is_missing

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"\b(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2014-03-09, 2014/3/9, with or without a time behind it
        r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        # 20140309, 20140309T1200, 20140309120000
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=\d{6}(?!\d)|(?!\d))",
        # 10 March 2014, 10-Mar-2014, 10th of March, 2014
        rf"{_DAY}(?:\s+of)?[\s-]*{_MONTH}[\s,-]*{_YEAR}",
        # March 10, 2014
        rf"{_MONTH}\s*{_DAY}\s*,?\s+{_YEAR}",
        # Mon Mar 10 12:00:00 +0000 2014
        rf"{_MONTH}\s+{_DAY}\s+\d\d:\d\d:\d\d\s+(?:\S+\s+)?{_YEAR}",
    )
)
# 25/03/2014, 3/25/14: three numbers whose order only their size can tell.
_NUMBERS = re.compile(r"(?<!\d)(?<!\d[-/.])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![-/.]?\d)")
# POSIX: two digits from 69 on mean the 1900s.
_FIRST_YEAR_OF_1900S = 69
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates, one per row.

    date  datetime64[D], NaT where none is known
    note  why a value gave no date, "" where it did or where there was no value
    """

    date: npt.NDArray[np.datetime64]
    note: tuple[str, ...]


def parse_dates(values: Sequence[object]) -> Dates:
    """Each value as the calendar day that is written in it; time of day and time zone are left aside.

    The order of numbers is never guessed: 25/03/2014 and 3/25/14 are dates, 03/04/2014 is NaT with a note.

    >>> parse_dates(["Mar 10, 2014", "2014-03-09T23:30:00-05:00", "03/04/2014"]).date
    array(['2014-03-10', '2014-03-09',        'NaT'], dtype='datetime64[D]')
    """
    known: dict[object, _Parsed] = {}
    parsed = []
    for value in values:
        if not isinstance(value, str):
            parsed.append(_parse(value))
            continue
        if value not in known:
            known[value] = _parse(value)
        parsed.append(known[value])
    days = np.array([day for day, _ in parsed], dtype="datetime64[D]")
    return Dates(days, tuple(note for _, note in parsed))


# A day or None, and the note.
_Parsed = tuple[np.datetime64 | date | None, str]


def _parse(value: object) -> _Parsed:
    if is_missing(value):
        return None, ""
    if isinstance(value, np.datetime64):
        return value.astype("datetime64[D]"), ""
    if isinstance(value, date):
        return date(value.year, value.month, value.day), ""
    return _parse_text(str(value).strip())


def _parse_text(text: str) -> _Parsed:
    if not text:
        return None, ""
    found = {day for form in _FORMS for match in form.finditer(text) if (day := _day_of(match)) is not None}
    readings = [days for match in _NUMBERS.finditer(text) if (days := _readings(match))]
    found |= {days[0] for days in readings if len(days) == 1}
    shown = repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
    ambiguous = next((days for days in readings if len(days) > 1), None)
    if ambiguous is not None:
        meanings = " or ".join(day.isoformat() for day in ambiguous)
        return None, f"date {shown} not guessed: {meanings}"
    if len(found) > 1:
        return None, f"date {shown} not read: it holds several dates"
    return (found.pop(), "") if found else (None, f"date {shown} not understood")


def _day_of(match: re.Match[str]) -> date | None:
    month = match["month"]
    number = month if month.isdigit() else str(_MONTH_NAMES.index(month[:3].lower()) + 1)
    return next(_valid_days(match["year"], number, match["day"]), None)


def _readings(match: re.Match[str]) -> list[date]:
    """The days that 03/04/14 may mean: day, month or (of two digits) year first; each day once."""
    first, second, third = match[1], match[3], match[4]
    readings = [*_valid_days(third, second, first), *_valid_days(third, first, second)]
    if len(first) == len(third):
        readings += _valid_days(first, second, third)
    return list(dict.fromkeys(readings))


def _valid_days(year: str, month: str, day: str) -> Iterator[date]:
    century = 0 if len(year) > 2 else 1900 if int(year) >= _FIRST_YEAR_OF_1900S else 2000
    try:
        yield date(century + int(year), int(month), int(day))
    except ValueError:
        return
