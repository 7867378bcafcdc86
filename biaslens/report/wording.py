"""The words in which a report says numbers, dates, names and statuses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite, isinf

NA = "–"
MINUS = "\N{MINUS SIGN}"

# What each status of a contrast means, from the most to the least that can be said.
STATUS_MEANINGS = {
    "ok": "Enough shared events for an interval, a p-value and a correction for the number of tests (q).",
    "provisional": (
        "Enough shared events for an interval and a p-value, too few to correct for the number of tests: "
        "treat it as a lead, not as a result."
    ),
    "estimate only": (
        "Too few shared events for an interval or a p-value, too few that hold an occurrence, or too few "
        "occurrences where one side writes much less: the size is printed, but chance alone could have "
        "made it."
    ),
    "counts only": "One or two shared events: read the sentences side by side; no size is estimated.",
    "too rare": "The two outlets together show too few occurrences in their shared events to compare rates.",
    "no shared event": "The two outlets cover no event together: there is nothing like with like to compare.",
}
# Parts of measure names that are not written as they are read: acronyms and the authors of formulas.
SPELLINGS = {
    "mattr": "MATTR",
    "mtld": "MTLD",
    "smog": "SMOG",
    "flesch kincaid": "Flesch-Kincaid",
    "coleman liau": "Coleman-Liau",
    "dale chall": "Dale-Chall",
}
STATUSES_WITH_SIZE = ("ok", "provisional", "estimate only")


def places_for(values: Iterable[float | None]) -> int:
    """Decimal places that give the largest of the values about three digits.

    One number of places for a whole row keeps its decimal points in line.

    >>> places_for([0.034, 0.2]), places_for([18.2, None]), places_for([412.0])
    (2, 1, 0)
    """
    largest = max((abs(value) for value in values if value is not None and isfinite(value)), default=0.0)
    for limit, places in ((100, 0), (10, 1), (0.1, 2), (0.01, 3)):
        if largest >= limit:
            return places
    return 4 if largest else 2


def number(value: float | None, places: int, minus: str = "-") -> str:
    """A number in text, NA where there is none.

    >>> number(1234.56, 1), number(-0.001, 2), number(2.5e12, 0), number(None, 2)
    ('1,234.6', '0.00', '2.5e+12', '–')
    """
    if value is None or value != value:
        return NA
    if isinf(value):
        return "no limit"
    text = f"{value:,.{places}f}" if abs(value) < 1e9 else f"{value:.1e}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.replace("-", minus)


def interval(low: float | None, high: float | None, places: int, minus: str = "-") -> str:
    """Both ends of an interval in words, NA where there is none.

    >>> interval(1.1, 1.83, 2), interval(None, None, 2), interval(0.5, float("inf"), 1)
    ('1.10 to 1.83', '–', '0.5 to no limit')
    """
    if low is None or high is None:
        return NA
    return f"{number(low, places, minus)} to {number(high, places, minus)}"


def probability(p: float | None) -> str:
    """A p-value or q-value with three decimals.

    >>> probability(0.03125), probability(0.0002), probability(None)
    ('0.031', '<0.001', '–')
    """
    if p is None:
        return NA
    return "<0.001" if p < 0.0005 else f"{p:.3f}"


def percent(share: float | None) -> str:
    """A share of 0 to 1 in per cent.

    >>> percent(0.346), percent(None)
    ('35 %', '–')
    """
    return NA if share is None else f"{100 * share:.0f} %"


def counted(n: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "article"), counted(2400, "article")
    ('1 article', '2,400 articles')
    """
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def listed(names: Sequence[str], limit: int = 12) -> str:
    """Names in a row; those beyond the limit are counted.

    >>> listed(["A", "B", "C"]), listed(["A", "B", "C"], limit=1)
    ('A, B and C', 'A and 2 more')
    """
    shown = list(names[:limit])
    if len(names) > limit:
        shown.append(f"{len(names) - limit:,} more")
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def period(first: str | None, last: str | None) -> str:
    """Two ISO dates as one period.

    >>> period("2014-03-09", "2014-03-14"), period("2014-03-09", "2014-03-09"), period(None, None)
    ('2014-03-09 to 2014-03-14', '2014-03-09', '–')
    """
    if first is None or last is None:
        return first or last or NA
    return first if first == last else f"{first} to {last}"


def label(measure: str) -> str:
    """A measure's name as words.

    >>> label("loaded_rate"), label("flesch_kincaid_grade")
    ('Loaded rate', 'Flesch-Kincaid grade')
    """
    words = measure.replace("_", " ")
    for part, spelling in SPELLINGS.items():
        words = words.replace(part, spelling)
    return words[:1].upper() + words[1:]


def cut_middle(text: str, limit: int) -> str:
    """The text, with its middle left out where it is longer than ``limit`` characters.

    >>> cut_middle("abcdefghij", 7)
    'abc … hij'
    """
    if len(text) <= limit:
        return text
    return f"{text[: limit // 2]} … {text[len(text) - limit // 2 :]}"
