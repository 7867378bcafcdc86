"""Blinding: sentences without the names of the outlets that they could be from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from biaslens.lexicons import agency_names
from biaslens.stats.own_names import outlet_names

MASK = "[outlet]"

_BETWEEN = r"[\s_\-–&]*"
_DOT_DOMAIN = r"\.(?i:com|org|net|info|news|[a-z]{2})"
# Letters, and words, that a name needs more than to be found in part ("Fox", "nytimes").
_MIN_SHORTENED = 2


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text in three parts, masked: before, inside and behind a span."""

    before: str
    inside: str
    behind: str


@dataclass(frozen=True, slots=True)
class OutletNames:
    """Finds the names of some outlets, in any form.

    A name of several words is found in any case and however it is joined ("moscow times",
    "moscowtimes.com"), and by its initials in capitals. A name of one word must be written as it is given, or
    with a capital: "Trend" is the outlet, "a trend" is not. What an agency is credited by stands for it too.
    """

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, outlets: Iterable[str], language: str = "en") -> OutletNames:
        """The names of these outlets."""
        names = {name.strip() for name in outlets if name.strip()}
        usual = agency_names(language)
        meant = {usual.get(name, name) for name in names}
        credited = {name for name, agency in usual.items() if agency in meant}
        forms = {form for name in names | credited for form in _forms(name)}
        # The longest form first: "RIA Novosti" before "RIA".
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        any_of = "|".join(ordered) or "(?!)"
        return cls(re.compile(rf"(?<!\w)(?:{any_of})(?:{_DOT_DOMAIN}\b)*(?!\w)"))

    def mask(self, text: str) -> str:
        """The text with every name replaced.

        >>> OutletNames.of(["The Daily Herald", "Trend"]).mask("A trend: Trend, dailyherald.com's")
        "A trend: [outlet], [outlet]'s"
        """
        return self.pattern.sub(MASK, text)

    def mask_around(self, text: str, start: int, end: int) -> MaskedText:
        """The text before, in and behind [start, end), masked; a name that crosses a border goes inside."""
        for name in self.pattern.finditer(text):
            if name.start() < end and start < name.end():
                start, end = min(start, name.start()), max(end, name.end())
        return MaskedText(self.mask(text[:start]), self.mask(text[start:end]), self.mask(text[end:]))


def _forms(outlet: str) -> list[str]:
    """Patterns of the ways to write a name."""
    spellings = [name.words for name in outlet_names(outlet)]
    # "U.S. News" is not every U.S.
    spellings = [words for words in spellings if sum(map(str.isalpha, "".join(words))) > _MIN_SHORTENED]
    forms = [_any_apostrophe(outlet)]
    for words in spellings:
        forms += _of_one_word(words[0]) if len(words) == 1 else [_of_words(words)]
    if spellings and len(spellings[0]) > _MIN_SHORTENED:
        *first, last = spellings[0]
        forms.append(f"(?i:{''.join(re.escape(word[0]) for word in first)}{_any_apostrophe(last)})")
    return forms


def _of_words(words: tuple[str, ...]) -> str:
    return f"(?i:(?:the{_BETWEEN})?{_BETWEEN.join(map(_any_apostrophe, words))})"


def _of_one_word(word: str) -> list[str]:
    capital = f"{_any_apostrophe(word.capitalize())}|{_any_apostrophe(word.upper())}"
    return [rf"(?:(?i:the)\s+)?(?:{capital})", rf"(?i:{_any_apostrophe(word)})(?={_DOT_DOMAIN}\b)"]


def _any_apostrophe(word: str) -> str:
    return re.sub("['’]", "['’]?", re.escape(word))
