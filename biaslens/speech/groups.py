"""Groups: to which country and to which group of society the words beside a speaker's name assign it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast

from biaslens.lexicons import load_lexicon

Standing = Literal["official", "elite", "ordinary", ""]

UNRESOLVED = "unresolved"
_WORD = re.compile(r"[^\W_](?:[\w.&’'-]*[^\W_])?\.?")
_OF = frozenset(("of", "at", "for"))
# A country behind these is no country of the speaker: "ambassador to Russia".
_TOWARDS = frozenset(("to", "on", "against", "about", "with", "near"))
# These stand for all of the world.
_WORLDWIDE = "international organisation"
# Notes of roles that count only so.
_WITH_COUNTRY, _OF_BODY = "with a country", "of a body"
_CONDITIONS = (_WITH_COUNTRY, _OF_BODY)
# "former US president": how far the word may stand before the role, in words.
_FORMER_WORDS = 2
_FORMER = frozenset(("former", "ex", "retired", "one-time", "late"))


class _Term(NamedTuple):
    """What a term of the table says; ``is_name`` where it needs a capital."""

    category: str
    weight: int
    note: str
    is_name: bool


class Place(NamedTuple):
    """Country and role that one description tells, "" for what it does not tell.

    is_bare  the country is all there is: "Moscow"
    """

    country: str
    role: str
    is_bare: bool


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Where the groups of speakers come from.

    own       a name or phrase -> its group, as a user has it; it wins over the table that ships
    language  of the table that ships
    """

    own: tuple[tuple[str, str], ...]
    language: str

    @classmethod
    def of(cls, own: Mapping[str, str], language: str = "en") -> GroupTable:
        """The table with a user's entries: of two that fit, the longer, then the first in the alphabet."""
        entries = ((" ".join(_words(name)), group) for name, group in own.items())
        return cls(tuple(sorted(entries, key=lambda entry: (-len(entry[0]), entry))), language)

    def group(self, name: str, descriptions: Sequence[str]) -> str:
        """The group that the descriptions of one speaker tell, the first that tells one before the others.

        name  looked up in a user's table only: "Judge" and "Jordan" are surnames, too

        Country and role as in "Russia: government", one of them alone where only that is told, else
        "unresolved". Roles after Sigal (1973) and Hallin et al. (1993).

        >>> table = GroupTable.of({"Acme": "company"})
        >>> table.group("Lavrov", ["Russian Foreign Minister"])
        'Russia: government'
        >>> table.group("Moscow", ["Moscow"]), table.group("official", ["a NATO official"])
        ('Russia: government', 'international organisation')
        >>> table.group("Anna Berg", []), table.group("Acme spokesman", ["the Acme spokesman"])[0:7]
        ('unresolved', 'company')
        """
        own = self._own_group([name, *descriptions])
        if own:
            return own
        places = [_place(text, self.language) for text in descriptions]
        first = next((place for place in places if place.role), None)
        country = first.country if first else ""
        country = country or next((place.country for place in places if place.country), "")
        if first is None:
            is_state = bool(country) and any(place.is_bare for place in places)
            return f"{country}: government" if is_state else country or UNRESOLVED
        if first.role == _WORLDWIDE or not country:
            return first.role
        return f"{country}: {first.role}"

    def _own_group(self, descriptions: Sequence[str]) -> str:
        if not self.own:
            return ""
        texts = [f" {' '.join(_words(text))} " for text in descriptions]
        return next((group for name, group in self.own if any(f" {name} " in text for text in texts)), "")


def standing(group: str, language: str = "en") -> Standing:
    """Whether a group holds public power, "official", is organised or expert, "elite", or is "ordinary".

    "" where the role is not known. After Sigal (1973) and Hallin et al. (1993).

    >>> standing("Russia: government"), standing("expert"), standing("Ukraine: civilian"), standing("Russia")
    ('official', 'elite', 'ordinary', '')
    """
    lexicon = load_lexicon("group_standing", language)
    role = group.rpartition(": ")[2]
    return next(
        (cast(Standing, c) for t, c in zip(lexicon.term, lexicon.category, strict=True) if t == role), ""
    )


def country_of(form: str, language: str) -> str:
    """The country that a word in small letters names, "" for none; "us" is none.

    >>> country_of("russian", "en"), country_of("minister", "en")
    ('Russia', '')
    """
    term = _terms(language).get(form)
    return term.note if term and term.category == "country" and form != "us" else ""


def _words(text: str) -> list[str]:
    """The words in small letters, without possessive endings."""
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text))
    return [_without_point(word.removesuffix("'s").removesuffix("'")) for word in words]


def _without_point(word: str) -> str:
    """Without the point that ends a sentence or a short title; "u.s." keeps its own."""
    return word if word.count(".") > 1 else word.removesuffix(".")


@cache
def _terms(language: str) -> dict[str, _Term]:
    table = load_lexicon("speaker_groups", language)
    return {
        " ".join(form): _Term(
            table.category[row], int(table.weight[row]), table.note[row], table.pos[row] == "name"
        )
        for form, row in table.forms.items()
    }


@cache
def _longest(language: str) -> int:
    return max(term.count(" ") + 1 for term in _terms(language))


_POSSESSIVE = ("'s", "’s", "s'", "s’")


class _Found(NamedTuple):
    first: int
    last: int
    term: _Term


@lru_cache(maxsize=20_000)
def _place(text: str, language: str) -> Place:
    """What one description tells."""
    words = _words(text)
    is_capital = [word[0].isupper() and word != "Us" for word in _WORD.findall(text)]
    found = list(_find(words, is_capital, language))
    countries = [f for f in found if f.term.category == "country"]
    country = next((f.term.note for f in found if _tells_country(words, f)), "")
    roles = [f for f in found if f.term.category != "country" and _counts(words, f, found, country)]
    raw = _WORD.findall(text)
    families = [f.first for f in roles if f.term.category == "civilian"]
    # "the soldier's family" are no soldiers.
    roles = [f for f in roles if f.last not in families or not raw[f.last - 1].endswith(_POSSESSIVE)]
    best = min(roles, key=lambda f: (-f.term.weight, f.first), default=None)
    if best is None:
        is_bare = len(countries) == 1 and countries[0].last - countries[0].first >= len(words) - _n_articles(
            words
        )
        return Place(country, "", is_bare)
    is_elsewhere = best.term.category != "civilian" and any(
        _stands_behind(words, f, ("in",)) for f in countries[:1]
    )
    is_topic = best.term.category == "expert" and any(
        f.last == best.first and " ".join(words[f.first : f.last]) == f.term.note.casefold()
        for f in countries
    )
    # "a Russia expert" knows Russia, "a Russian expert" is from there.
    return Place("" if is_elsewhere or is_topic else country, best.term.category, False)


def _n_articles(words: Sequence[str]) -> int:
    return sum(word == "the" for word in words)


def _find(words: Sequence[str], is_capital: Sequence[bool], language: str) -> Iterator[_Found]:
    """The terms of the table in a description, from left to right, the longest first."""
    terms, longest, first = _terms(language), _longest(language), 0
    while first < len(words):
        for last in range(min(len(words), first + longest), first, -1):
            term = terms.get(" ".join(words[first:last]))
            if term and (is_capital[first] or not term.is_name):
                yield _Found(first, last, term)
                break
        else:
            last = first + 1
        first = last


def _tells_country(words: Sequence[str], found: _Found) -> bool:
    """Whether a term names the country of the speaker, as a country or as the seat of an institution."""
    is_country = bool(found.term.note) and found.term.note not in _CONDITIONS
    return is_country and not _stands_behind(words, found, _TOWARDS)


def _stands_behind(words: Sequence[str], found: _Found, prepositions: Iterable[str]) -> bool:
    """Whether one of some prepositions stands right before a term, or before its article."""
    before = found.first - 1
    if before >= 0 and words[before] in ("the", "a"):
        before -= 1
    return before >= 0 and words[before] in prepositions


def _counts(words: Sequence[str], found: _Found, all_found: Sequence[_Found], country: str) -> bool:
    """Whether a role is the speaker's: no former one, nor a president of something that is no state."""
    if not _FORMER.isdisjoint(words[max(0, found.first - _FORMER_WORDS) : found.first]):
        return False
    if found.term.note == _WITH_COUNTRY:
        return bool(country)
    if found.term.note == _OF_BODY and found.last < len(words) and words[found.last] in _OF:
        behind = next((f for f in all_found if f.first > found.last), None)
        return behind is not None and behind.term.category == "country"
    return True
