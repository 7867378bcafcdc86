"""Numbers: what counts or measures something, in one notation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np

from biaslens.lexicons import load_lexicon
from biaslens.tokens import BoolArray

_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_WORDS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, **_TENS,
}  # fmt: skip
_POWERS = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
# Short forms that stand right behind the figure: "1.5bn", "$40m". Without money or a unit "m" is metres.
_SHORT = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "b": "billion", "tn": "trillion"}
_MONEY = {"dollar": "$", "euro": "€", "pound": "£"}
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
# Figures, with a short power behind them. What is part of a word, a time, a date in figures, a range or a
# score is none; "20km" is.
_FIGURES = (
    r"(\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+(?:,\d{3})*(?:[.,]\d+)?)"
    r"(?:(k|mn?|bn?|tn)\b|(?=(?:km|kg|cm|mm|mph|kph|mw|gw|kw|lbs?|ft)\b)|(?!\w))(?![:/-]|[.,]\d)"
)
_SPELLED = rf"((?:{'|'.join(_TENS)})-(?:{'|'.join(list(_WORDS)[:10])})|{'|'.join(_WORDS)})"
_POWER = r"[\s-](hundred|thousand|million|billion|trillion)\b"
_AFTER = r"(?:\s?(%)|\s(per\s?cent|percent|pct)\b|[\s-]?([^\W\d_][\w.]*))?"
_NUMBER = re.compile(rf"(?:{_FIGURES}(?:{_POWER})?|{_SPELLED}{_POWER}){_AFTER}", re.IGNORECASE)
_CURRENCY = re.compile(r"([$€£¥])\s?$")
_PART_OF_MORE = re.compile(r"[\w.,:/-]$")
_MONTH = re.compile(_MONTHS, re.IGNORECASE)
_ENDS_IN_MONTH = re.compile(rf"\b{_MONTHS}\.?\s+(?:\d+,\s+)?$", re.IGNORECASE)
# Room for "September 16, " before a year.
_MONTH_WIDTH = 16
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_CLOCK = frozenset(
    ("am", "pm", "a.m", "p.m", "a.m.", "p.m.", "gmt", "et", "est", "edt", "bst", "cet", "local")
)
# Below this, many things in a report share a number, so that its unit is asked, too.
_SMALL = 100


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    end    character where it ends
    text   as it is shown: "$1.5 billion", "2000 people"
    key    its value in figures with currency or percent; below 100 otherwise with its unit
    """

    end: int
    text: str
    key: str


def starts_with_digit(forms: Sequence[str]) -> BoolArray:
    """For Vocabulary.table: whether a form begins with a figure."""
    return np.array([form[:1].isdecimal() for form in forms], dtype=bool)


def is_number_word(forms: Sequence[str]) -> BoolArray:
    """For Vocabulary.table: whether a form is a number in letters: "twenty-one"."""
    return np.array([form.split("-")[0] in _WORDS for form in forms], dtype=bool)


def is_power(forms: Sequence[str]) -> BoolArray:
    """For Vocabulary.table: whether a form is a power of ten: "million"."""
    return np.array([form in _POWERS for form in forms], dtype=bool)


def number_at(text: str, start: int, end: int, language: str) -> Number | None:
    """The number that begins at a character, if it counts or measures something.

    Dates, years, times and single digits do not. ``end`` is where its sentence ends.

    >>> number_at("He paid $1.5bn.", 9, 15, "en")
    Number(end=14, text='$1.5 billion', key='$1500000000')
    >>> number_at("two thousand people", 0, 19, "en").key, number_at("in 2014", 3, 7, "en")
    ('2000', None)
    """
    match = _NUMBER.match(text, start, end)
    before = text[max(0, start - _MONTH_WIDTH) : start]
    return None if match is None or _PART_OF_MORE.search(before) else _number(match, before, language)


def _number(match: re.Match[str], before: str, language: str) -> Number | None:
    figures, short, power, spelled, spelled_power, sign, percent, unit = match.groups()
    money = _CURRENCY.search(before)
    currency = money.group(1) if money else ""
    unit, percent = _unit(unit, language), "%" if sign or percent else ""
    if short and short.lower() == "m" and not (currency or unit):
        unit, short = "metres", None
    power = (_SHORT[short.lower()] if short else power or spelled_power or "").lower()
    digits = _digits(figures) if figures else str(_spelled(spelled))
    if _singular(unit) in _MONEY:
        currency, unit = currency or _MONEY[_singular(unit)], ""
    if not (currency or percent or power) and not _counts(digits, unit, before, match):
        return None
    value = _plain(Decimal(digits.replace(",", ".")).scaleb(_POWERS.get(power, 0)))
    key = f"{currency}{value}{percent}"
    if not (currency or percent) and Decimal(value) < _SMALL:
        key += f"|{_singular(unit)}"
    if power in ("hundred", "thousand"):
        digits, power = value, ""
    shown = " ".join(filter(None, (f"{currency}{digits}{percent}", power, unit)))
    return Number(match.end(), shown, key)


def _plain(value: Decimal) -> str:
    """A value without zeros that say nothing."""
    figures = f"{value:f}"
    return figures.rstrip("0").rstrip(".") if "." in figures else figures


def _counts(digits: str, unit: str, before: str, match: re.Match[str]) -> bool:
    """Whether a bare number counts something, rather than dating or timing it."""
    word = match.groups()[-1] or ""
    if _MONTH.fullmatch(word.rstrip(".")) or _ENDS_IN_MONTH.search(before) or word.lower() in _CLOCK:
        return False
    if sum(map(str.isdigit, digits)) < 2 or (Decimal(digits.replace(",", ".")) < _SMALL and not unit):
        return False
    # "2000 people" has no comma in some outlets; "2014 people" is not to be told from a year.
    is_round = digits.endswith("00") and (unit == "people" or unit.endswith("s"))
    return not _YEAR.fullmatch(match.group(1) or "") or is_round


def _digits(figures: str) -> str:
    """Figures in one notation: "2,000", "2 000" and "2000" are one number; "1,5" is a decimal elsewhere."""
    joined = re.sub(r"\s", "", figures)
    return re.sub(r",(?=\d{3}(?:\D|$))", "", joined)


def _spelled(words: str) -> int:
    return sum(_WORDS[word] for word in words.lower().split("-"))


def _unit(word: str | None, language: str) -> str:
    """The word behind a number, "" where it cannot be what is counted."""
    if not word or not word.islower():
        return ""
    word = word.rstrip(".")
    return "" if word in _function_words(language) else word


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(load_lexicon("function_words", language).term)


def _singular(unit: str) -> str:
    return unit[:-3] + "y" if unit.endswith("ies") else unit.removesuffix("s")
