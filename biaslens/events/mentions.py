"""Days that a text names: "on Tuesday", "March 14"."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from biaslens.events.hashing import WORD_PATTERN
from biaslens.lexicons import load_lexicon

# Letters that tell a month: "Sept" and "September" are one.
_MONTH_LETTERS = 3
_LAST_DAY = 31


def named_days(text: str) -> frozenset[str]:
    """Weekdays and days of a month in a text, in lower case.

    >>> sorted(named_days("Talks on Tuesday, 14 March, may go on; those of Sept. 5 did not."))
    ['mar 14', 'sep 5', 'tuesday']
    """
    words = [word.lower() for word in WORD_PATTERN.findall(text)]
    weekdays, months = weekday_names(), _months()
    found = {word for word in words if word in weekdays}
    for first, second in pairwise(words):
        for month, day in ((first, second), (second, first)):
            if month in months and day.isascii() and day.isdigit() and 1 <= int(day) <= _LAST_DAY:
                found.add(f"{month[:_MONTH_LETTERS]} {int(day)}")
    return frozenset(found)


@cache
def weekday_names() -> frozenset[str]:
    """The seven days, in lower case."""
    return frozenset(name for name in _calendar() if name.endswith("day"))


@cache
def _months() -> frozenset[str]:
    # "May" is a verb, too, but not beside a number.
    return (_calendar() - weekday_names()) | {"may"}


def _calendar() -> frozenset[str]:
    return load_lexicon("attribution_words").terms_of("calendar")
