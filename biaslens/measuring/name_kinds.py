"""Name kinds: what a word can be in or beside a name, as far as its form alone tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from biaslens.lexicons import Lexicon, load_lexicon

KindArray = npt.NDArray[np.int32]

# One bit each; a word can be several things.
GIVEN = 1 << 0  # a given name
HONORIFIC = 1 << 1  # "Mr", "Gen"
ROLE = 1 << 2  # "minister"
NATIONALITY = 1 << 3  # "Russian"
COUNTRY = 1 << 4  # "Russia"
MODIFIER = 1 << 5  # "former", "deputy": it tells one role from another
EPITHET = 1 << 6  # "self-proclaimed"
PARTICIPLE = 1 << 7  # "ousted": an epithet, or a verb
OPEN = 1 << 8  # looks like an adjective: "hapless", "wounded"
LABEL = 1 << 9  # "strongman": an epithet where a role could stand
ORGANISATION = 1 << 10  # "Ministry": no part of a person's name
SUFFIX = 1 << 11  # "Jr"
PARTICLE = 1 << 12  # "von"
PREFIXED = 1 << 13  # "al-Assad"
INITIAL = 1 << 14  # "J"
CLOSED = 1 << 15  # a function word
DETERMINER = 1 << 16  # "the", "his"
POSSESSIVE = 1 << 17  # "Russia's"
CALENDAR = 1 << 18  # "Monday"
SAYS = 1 << 19  # a verb of speech in the past or present
AGE = 1 << 20  # "56"
COMMA = 1 << 21
DOT = 1 << 22
OF = 1 << 23
LINK = 1 << 24  # a preposition or conjunction
TO = 1 << 25
FAMILY = 1 << 26  # "Xi": a family name that stands first
PREPOSITION = 1 << 27
BODY = 1 << 28  # "allies", "government"
SEVERAL = 1 << 29  # "advocates": roles of several people

_CATEGORY = {
    "given": GIVEN,
    "family": FAMILY,
    "organisation": ORGANISATION,
    "particle": PARTICLE,
    "suffix": SUFFIX,
    "honorific": HONORIFIC,
    "role": ROLE,
    "nationality": NATIONALITY,
    "modifier": MODIFIER,
    "epithet": EPITHET,
    "participle": PARTICIPLE,
    "epithet noun": LABEL,
    "epithet part": EPITHET,
    "modifier part": MODIFIER,
    "role part": ROLE,
}
_MARKS = {",": COMMA, ".": DOT, "of": OF, "to": TO}
_ARTICLES = ("the", "a", "an", "its", "his", "her", "their", "our")
# Of the endings of adjectives those that hardly ever class a role, as "federal" and "public" do.
_ADJECTIVE_ENDINGS = ("ful", "ous", "less", "ish", "able", "ible", "ed")
_SHORTEST_OPEN = 6
_OLDEST = 110
_NAME_PREFIXES = ("al", "el", "ul", "as", "ash", "ad", "ar", "az")


@cache
def name_kinds(language: str) -> NameKinds:
    """The kinds of the words that the lexicons of a language list."""
    lexicons = [load_lexicon(name, language) for name in ("name_words", "titles_and_epithets")]
    bits: dict[str, int] = {}
    for lexicon in lexicons:
        for form, row in lexicon.forms.items():
            _add(bits, form[0], _CATEGORY[lexicon.category[row]])
    for country in country_names(language).values():
        _add(bits, country.lower(), COUNTRY)
    roles = load_lexicon("roles", language)
    for role in _single_roles(roles, "person"):
        _add(bits, role, ROLE)
    for role in _single_roles(roles, "group", "institution"):
        _add(bits, role, BODY)
    closed = load_lexicon("function_words", language)
    for word in closed.term:
        _add(bits, word, CLOSED)
    for word in closed.terms_of("preposition", "conjunction"):
        _add(bits, word, LINK)
    for word in closed.terms_of("preposition"):
        _add(bits, word, PREPOSITION)
    for word in _ARTICLES:
        _add(bits, word, CLOSED | DETERMINER)
    for word in load_lexicon("attribution_words", language).terms_of("calendar"):
        _add(bits, word, CALENDAR)
    cues = load_lexicon("reporting_cues", language)
    for form, row in cues.forms.items():
        if len(form) == 1 and cues.category[row] == "neutral":
            _add(bits, form[0], SAYS)
    return NameKinds(bits)


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Country by each of its adjectives and short names, in lower case.

    >>> country_names("en")["ukrainian"], country_names("en")["u.s."]
    ('Ukraine', 'United States')
    """
    words = load_lexicon("titles_and_epithets", language)
    return {
        term.lower(): note
        for term, category, note in zip(words.term, words.category, words.note, strict=True)
        if category == "nationality"
    }


def _add(bits: dict[str, int], word: str, kind: int) -> None:
    bits[word] = bits.get(word, 0) | kind


def _single_roles(roles: Lexicon, *categories: str) -> set[str]:
    """The last words of some roles: "foreign minister" is a minister; "chief of staff" no staff."""
    chosen = (form for form, row in roles.forms.items() if roles.category[row] in categories)
    return {form[-1] for form in chosen if "of" not in form}


@dataclass(frozen=True, eq=False)
class NameKinds:
    """The kinds of listed words, as bits."""

    bits: Mapping[str, int]

    def bits_of(self, forms: Sequence[str]) -> KindArray:
        """For Vocabulary.table: the kinds of each form, shape (n_forms,)."""
        return np.fromiter(map(self._of, forms), dtype=np.int32, count=len(forms))

    def _of(self, form: str) -> int:
        if form in _MARKS:
            return _MARKS[form] | self.bits.get(form, 0)
        base = form.removesuffix("'s").removesuffix("'")
        listed = self.bits.get(base, 0)
        kind = listed or self._open(base)
        if kind & ROLE and base.endswith("s") and self.bits.get(base[:-1], 0) & ROLE:
            kind |= SEVERAL
        if len(base) == 1 and base.isalpha():
            kind |= INITIAL
        elif base.isdecimal() and 1 < len(base) < len("1000") and int(base) <= _OLDEST:
            kind |= AGE
        # "She's" owns nothing.
        return kind | POSSESSIVE if base != form and base and not kind & CLOSED else kind

    def _open(self, form: str) -> int:
        """The kinds of a word that no list holds."""
        first, _, rest = form.partition("-")
        if rest:
            return self._compound(first, rest)
        return OPEN if len(form) >= _SHORTEST_OPEN and form.endswith(_ADJECTIVE_ENDINGS) else 0

    def _compound(self, first: str, rest: str) -> int:
        """The kinds of a hyphenated word: "ex-president", "US-backed", "French-born"."""
        tail = rest.rpartition("-")[2]
        parts = self.bits.get(f"{first}-", 0) | self.bits.get(f"-{tail}", 0)
        last = self.bits.get(tail, 0)
        if parts & EPITHET:
            # "Anti-Vladimir Putin protests" judge nobody.
            return 0 if last & GIVEN else EPITHET
        if last & ROLE or (parts & ROLE and self.bits.get(first, 0) & ROLE):
            return ROLE
        if parts & MODIFIER or self.bits.get(first, 0) & (NATIONALITY | COUNTRY):
            return MODIFIER
        return PREFIXED if first in _NAME_PREFIXES else 0
