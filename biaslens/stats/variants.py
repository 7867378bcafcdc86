"""Variants: which names of one event are names of one thing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

# What turns the name of a country, a party or a family into the name of its people: "Russians", "Israeli".
_OF_PEOPLE = ("ians", "ian", "ans", "an", "ese", "ish", "is", "i", "ic", "s", "")
_LOST_ENDS = ("", "a", "e", "o", "ia", "en", "ain", "y")
# A base of three letters is too short to tell: "Iran" is one, "Ira" is not.
_MIN_BASE = 4
_LINKS = frozenset(("of", "the", "and", "for", "&"))


@dataclass(frozen=True, slots=True)
class NameUse:
    """How one name is used in an event.

    n        mentions that are surely names; 0 where there are none
    is_upper whether it is written in capitals throughout, as acronyms are
    """

    n: int
    is_upper: bool = False


@dataclass(frozen=True, slots=True)
class Variants:
    """What each name of an event stands for.

    thing  for each name the one that stands for all names of the same thing
    shown  for each name the one under which it may be shown: "Russian" and "Russia" are one thing, but only
           the second names it
    """

    thing: Mapping[str, str]
    shown: Mapping[str, str]


def find_variants(uses: Mapping[str, NameUse]) -> Variants:
    """Which names, in lower case, are one thing in this event.

    - A name and its end, where the end stands by itself: "angela merkel", "merkel". Where several longer
      names share a last word, it belongs to the one most used and to those with the same initial before it
      ("sergei lavrov", "sergey lavrov"); the others ("melania trump") are themselves.
    - Spellings that differ in what transliteration leaves open: "zelensky", "zelenskyy".
    - A place and its people: "ukraine", "ukrainians".
    - An acronym and the name with these initials: "un", "united nations".

    Of several candidates the most frequent is taken, then the first in the alphabet.

    >>> once = NameUse(1)
    >>> names = {"merkel": once, "angela merkel": once, "un": NameUse(2, True), "united nations": once}
    >>> find_variants(names).thing["angela merkel"], find_variants(names).thing["un"]
    ('merkel', 'united nations')
    """
    short = _by_end(uses)
    spelled = _by_spelling(short, uses)
    base = {name: spelled[short[name]] for name in uses}
    n_of: Counter[str] = Counter()
    for name, use in uses.items():
        n_of[base[name]] += use.n
    people = {name: _home(name, n_of) for name in n_of}
    long = _long_forms(uses, base, n_of)
    thing = {}
    for name, root in base.items():
        root = long.get(root, root)
        thing[name] = people[root]
    return Variants(thing, base)


def _first(names: Iterable[str], n_of: Mapping[str, int]) -> str:
    return min(names, key=lambda name: (-n_of[name], name))


def _by_end(uses: Mapping[str, NameUse]) -> dict[str, str]:
    """Each name with the shortest end of it that stands by itself, or itself."""
    before: dict[str, Counter[str]] = defaultdict(Counter)
    for name, use in uses.items():
        words = name.split(" of ")[0].split(" ")
        if len(words) > 1:
            before[words[-1]][words[-2]] += use.n
    usual = {last: _first(counts, counts) for last, counts in before.items()}
    return {name: _end_of(name, uses, usual) for name in uses}


def _end_of(name: str, uses: Mapping[str, NameUse], usual: Mapping[str, str]) -> str:
    words = name.split(" ")
    if "of" in words:
        # "Susan Collins of Maine" is no name of Maine, nor "Bank of America" one of America.
        bearer = " ".join(words[: words.index("of")])
        if " " not in bearer or bearer.split(" ")[-1] not in usual:
            return name
        short = _end_of(bearer, uses, usual)
        return short if short in uses and uses[short].n > 0 else name
    for n in range(1, len(words)):
        end = " ".join(words[-n:])
        fits = n > 1 or words[-2][:1] == usual[words[-1]][:1]
        if fits and end in uses and uses[end].n > 0:
            return end
    return name


@lru_cache(maxsize=1 << 16)
def _spelling(name: str) -> str:
    """The name without accents, signs and double letters, and with one way to write a y."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalnum() or c == " ")
    plain = re.sub(r"(.)\1+", r"\1", re.sub(r"[iyj]+", "i", plain.replace("kh", "h")))
    return re.sub(r"(?<=[aeou])i(?=[aeou])|(?<=[vmntr])i(?=[aeou])", "", plain)


def _by_spelling(short: Mapping[str, str], uses: Mapping[str, NameUse]) -> dict[str, str]:
    """Each shortened name with the most frequent of those that are spelled alike."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in set(short.values()):
        alike[_spelling(name) if len(name) > _MIN_BASE else name].append(name)
    n_of = {name: uses[name].n for name in uses}
    return {name: _first(names, n_of) for names in alike.values() for name in names}


def _home(name: str, known: Mapping[str, int]) -> str:
    """The place, party or family whose people a name is for, or the name itself."""
    if " " in name:
        return name
    seen = [name]
    # "Russians" to "Russian" to "Russia".
    while homes := [home for home in _homes(seen[-1]) if home in known and home not in seen]:
        seen.append(_first(homes, known))
    return seen[-1]


@lru_cache(maxsize=1 << 16)
def _homes(name: str) -> tuple[str, ...]:
    """What a name may be derived from, whether or not there is such a name."""
    found = (
        name[: len(name) - len(end)] + lost
        for end in _OF_PEOPLE
        if name.endswith(end)
        for lost in (_LOST_ENDS if end else ("y",))
    )
    return tuple(home for home in found if len(home) >= _MIN_BASE)


def _long_forms(
    uses: Mapping[str, NameUse], base: Mapping[str, str], n_of: Mapping[str, int]
) -> dict[str, str]:
    """For each acronym the name with its initials."""
    with_initials: dict[str, set[str]] = defaultdict(set)
    for name in uses:
        words = name.split(" ")
        if len(words) > 1:
            with_initials["".join(word[0] for word in words if word not in _LINKS)].add(base[name])
            with_initials["".join(word[0] for word in words)].add(base[name])
    return {
        base[name]: _first(with_initials[name], n_of)
        for name, use in sorted(uses.items())
        if use.is_upper and len(name) > 1 and name in with_initials and base[name] == name
    }
