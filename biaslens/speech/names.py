"""Names: the runs of capitals and roles that name persons and bodies, and what their words tell."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import groupby

import numpy as np
import numpy.typing as npt

from biaslens.lexicons import load_lexicon
from biaslens.spans import IntArray
from biaslens.speech.scan import Scan
from biaslens.tokens import BoolArray, TokenTable
from biaslens.vocabulary import Derive

Bits = npt.NDArray[np.uint16]

# What a word tells beside its kinds, as bits.
TITLE, PARTICLE, PLACE, HUMAN, BODY, GIVEN, FEMALE, MALE, SHE, HE, VOICE, BEHALF, SAYING = (
    1 << bit for bit in range(13)
)
_MEANING = {
    "female": FEMALE | TITLE,
    "male": MALE | TITLE,
    "title": TITLE,
    "particle": PARTICLE,
    "female name": FEMALE | GIVEN,
    "male name": MALE | GIVEN,
    "behalf": BEHALF,
    "saying": SAYING,
    "she": SHE,
    "he": HE,
}
# Letters by which transliterations of one name differ; accents are combining marks by then.
_ALIKE = str.maketrans({"y": "i", "j": "i", "w": "v", "x": "ks"} | dict.fromkeys(range(0x300, 0x370), ""))
# Groups whose own names look like a person's: "Fox News", "Goldman Sachs".
_BODIES = frozenset(("media", "international organisation", "company", "civil society", "expert"))


@dataclass(frozen=True, slots=True)
class Names:
    """Runs of capitals and roles outside quotation marks, one per row, in reading order.

    first, last  tokens first to last - 1, titles and roles included ("Foreign Minister Sergei Lavrov")
    own          first token of the name itself ("Sergei"); ``last`` where the run ends in a role
    is_person    a name that is probably a person's: of two words, behind a title, or a given name; no place

    Of each token:

    stem     a number for its spelling; see ``spelling``
    meaning  bits: see the constants
    row      row of the name that the token is part of, else -1
    voice, behalf  one byte each: nouns for those who speak for others; words that begin "on behalf of"
    """

    first: Sequence[int]
    last: Sequence[int]
    own: Sequence[int]
    is_person: Sequence[bool]
    stem: Sequence[int]
    meaning: Sequence[int]
    row: Sequence[int]
    voice: bytes
    behalf: bytes

    def __len__(self) -> int:
        return len(self.first)


def find_names(tokens: TokenTable, scan: Scan, language: str) -> Names:
    """Every name; none crosses the end of a sentence, and a possessor is a name of its own."""
    meaning: Bits = tokens.look_up(_meanings(language))
    fits = _fits(scan, meaning)
    begins = fits & ~_moved_on(fits & ~_flags(scan.kinds.ends_possessive))
    bounds = np.asarray(scan.bounds)
    starts = bounds[bounds < len(tokens)]
    begins[starts] = fits[starts]
    inside = np.flatnonzero(fits)
    row = np.full(len(tokens), -1)
    row[inside] = np.cumsum(begins[inside]) - 1
    first = inside[begins[inside]]
    last = np.zeros(len(first), dtype=np.int64)
    last[row[inside]] = inside + 1
    own = _own_first(scan, meaning, first, last)
    return Names(
        first=first.tolist(),
        last=last.tolist(),
        own=own.tolist(),
        is_person=_are_persons(scan, meaning, first, own, last).tolist(),
        stem=memoryview(tokens.look_up(_stems).data),
        meaning=memoryview(meaning.data),
        row=memoryview(row.data),
        voice=((meaning & VOICE) > 0).tobytes(),
        behalf=((meaning & BEHALF) > 0).tobytes(),
    )


def _fits(scan: Scan, meaning: Bits) -> BoolArray:
    """Whether each token is part of a name: capitals, roles, and small words between two capitals."""
    capital = _flags(scan.is_name)
    small = _flags(scan.kinds.initial) | ((meaning & PARTICLE) > 0)
    # The point that ends a sentence stands between two capitals, too.
    small[np.asarray(scan.bounds)[1:] - 1] = False
    before, after = small & _moved_on(capital), small & np.append(capital[1:], False)[: len(capital)]
    # Two small words, "von der": the first has a capital before it, the second one behind it.
    second = after & _moved_on(before)
    inner = (before & after) | second | np.append(second[1:], False)[: len(second)]
    role = _flags(scan.kinds.any_role) & ~_flags(scan.in_quote)
    fits: BoolArray = (capital & ~_flags(scan.kinds.calendar)) | role | inner
    return fits


def _own_first(scan: Scan, meaning: Bits, first: IntArray, last: IntArray) -> IntArray:
    """Behind the last role or title of each run, and behind the point of a title."""
    if not len(first):
        return first
    stops = _flags(scan.kinds.any_role) | ((meaning & TITLE) > 0)
    # Behind a given name, "King" is a surname.
    capital = _flags(scan.is_name)
    stops &= ~(capital & ((meaning & HUMAN) > 0) & _moved_on(capital & ((meaning & GIVEN) > 0)))
    behind_stop = np.maximum.accumulate(np.where(stops, np.arange(len(stops)) + 1, 0))
    own = np.maximum(first, behind_stop[last - 1])
    is_point = ~_flags(scan.is_word)[np.minimum(own, len(stops) - 1)]
    return np.asarray(own + ((own < last) & is_point))


def _are_persons(scan: Scan, meaning: Bits, first: IntArray, own: IntArray, last: IntArray) -> BoolArray:
    if not len(first):
        return np.zeros(0, dtype=bool)
    n_own, title, name = last - own, np.maximum(own - 1, 0), np.minimum(own, len(meaning) - 1)
    human = (TITLE | HUMAN) & meaning[title]
    has_title = (own > first) & ((human > 0) | ~_flags(scan.is_word)[title])
    is_given = (meaning[name] & GIVEN) > 0
    is_other = ((meaning[last - 1] & (PLACE | BODY)) > 0) & ~(is_given & (n_own > 1))
    is_long = (n_own > 1) & (n_own < 5)
    is_name = _flags(scan.is_name)[last - 1]
    # "the Dubai Championships" are nobody.
    has_article = _flags(scan.kinds.determiner)[np.maximum(first - 1, 0)] & (own == first) & (first > 0)
    is_long &= ~has_article
    persons: BoolArray = (n_own > 0) & is_name & ~is_other & (is_long | has_title | is_given)
    return persons


def _moved_on(column: BoolArray) -> BoolArray:
    """What the column holds for the token before each one."""
    return np.append(False, column[:-1])[: len(column)]


@cache
def _meanings(language: str) -> Derive:
    """For Vocabulary.table: what each form tells, as bits."""
    meaning: dict[str, int] = {}
    words = load_lexicon("person_words", language)
    for form, row in words.forms.items():
        # A note marks those who speak for somebody else.
        meaning[form[-1]] = _MEANING[words.category[row]] | (VOICE if words.note[row] else 0)
    groups, roles = load_lexicon("speaker_groups", language), load_lexicon("roles", language)
    for form, row in groups.forms.items():
        if groups.category[row] == "country":
            meaning[form[-1]] = meaning.get(form[-1], 0) | PLACE
        elif groups.pos[row] == "name" and groups.category[row] in _BODIES:
            meaning[form[-1]] = meaning.get(form[-1], 0) | BODY
    for form, row in roles.forms.items():
        if roles.category[row] == "person":
            meaning[form[-1]] = meaning.get(form[-1], 0) | HUMAN

    def derive(forms: Sequence[str]) -> Bits:
        return np.array([meaning.get(stem(form), 0) for form in forms], dtype=np.uint16)

    return derive


def _stems(forms: Sequence[str]) -> npt.NDArray[np.uint64]:
    """For Vocabulary.table: a number for the spelling of each form, the same on every machine."""
    spelt = (spelling(form).encode("utf-8", "surrogatepass") for form in forms)
    digests = (blake2b(form, digest_size=8).digest() for form in spelt)
    return np.array([int.from_bytes(digest, "little") for digest in digests], dtype=np.uint64)


def spelling(form: str) -> str:
    """A form without possessive ending, accents, doubled letters and what transliterations differ in.

    >>> {spelling(form) for form in ("zelensky", "zelenskyy", "zelenskiy's")}
    {'zelenski'}
    """
    bare = unicodedata.normalize("NFKD", stem(form)) if not form.isascii() else stem(form)
    alike = bare.translate(_ALIKE).replace("ck", "k")
    return "".join(letter for letter, _ in groupby(alike))


def stem(form: str) -> str:
    """A form without its possessive ending.

    >>> stem("lavrov's"), stem("states'")
    ('lavrov', 'states')
    """
    return form.removesuffix("'s").removesuffix("'")


def _flags(column: bytes) -> BoolArray:
    return np.frombuffer(column, dtype=np.bool_)
