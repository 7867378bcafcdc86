"""Units: the sentences of a text and their words as numbers, found for the whole text at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray

HashArray = npt.NDArray[np.uint64]
CodeArray = npt.NDArray[np.uint32]
KindArray = npt.NDArray[np.uint8]
BoolArray = npt.NDArray[np.bool_]

# Changes whenever the same text gets another hash: hashes are comparable under one name only.
HASHING = "sentences-1"

# A unit of so many words is also known by its first and last words: the same but for its middle.
FRAME_WORDS, FRAME_END = 14, 5

# Odd, so that its powers have inverses modulo 2**64 and a word's hash does not depend on its place.
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIXER, _FAR, _NEAR = np.uint64(0xBF58476D1CE4E5B9), np.uint64(32), np.uint64(29)

# Every character that str.splitlines() breaks at.
_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# Kinds of characters: marks in a row, and from white space on what no unit begins or ends with.
_OTHER, _LETTER, _CAPITAL, _STOP, _COMMA = range(5)
_OPENER, _CLOSER, _MARK, _APOSTROPHE, _BRACKET, _SPACE, _BREAK = range(5, 12)
_KIND_BITS, _N_CODES = 16, 1 << 16
_CHARACTERS = {
    _STOP: ".!?…",
    _COMMA: ",;:",
    _OPENER: "“‘«",
    _CLOSER: "”»",
    _MARK: '"',
    _APOSTROPHE: "'’",
    _BRACKET: ")]",
    _BREAK: _BREAKS,
}
_MAX_CLOSERS = 3
# Looking further back would take every forgotten mark for an open quotation.
_QUOTATION_CHARACTERS = 800

_DATE_WORDS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "am pm gmt bst est edt st nd rd th"
)


@dataclass(frozen=True, slots=True)
class Units:
    """The sentences of one text, in reading order; a piece without a word belongs to none.

    start, end  shape (n_units,): characters of the text, white space around left out
    first       shape (n_units + 1,): first word of each unit, then n_words
    key         shape (n_units,): hash of the unit's words
    frame       shape (n_units,): hash of its first and last five words, 0 where it has fewer than fourteen
    word        shape (n_words,): hash of each word in lower case; words of dates are left out
    word_start  shape (n_words,): where it starts in the text
    is_quoted   shape (n_units,): whether it starts inside a quotation
    """

    start: IntArray
    end: IntArray
    first: IntArray
    key: HashArray
    frame: HashArray
    word: HashArray
    word_start: IntArray
    is_quoted: BoolArray

    def __len__(self) -> int:
        return len(self.start)

    @property
    def n_words(self) -> IntArray:
        """Words of each unit, shape (n_units,)."""
        return np.diff(self.first)


class WordSet:
    """Some words, to be looked up by hash.

    >>> WordSet(["you", "we"]).holds(split_units("We ask you.").word).tolist()
    [True, False, True]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._hashes = np.unique(_hash_words(" ".join(words)))
        # Most words are in no list: a look at sixteen bits of their hash settles it.
        self._may_hold = np.zeros(1 << 16, dtype=bool)
        self._may_hold[_top_bits(self._hashes)] = True

    def holds(self, word: HashArray) -> BoolArray:
        """Whether each word is one of them, shape (n_words,)."""
        found = self._may_hold[_top_bits(word)]
        rows = np.flatnonzero(found)
        found[rows] = is_among(word[rows], self._hashes)
        return found


def split_units(text: str) -> Units:
    """The units of a text: its lines, cut behind full stops and their like.

    Case, numbers, dates, punctuation and white space do not change a key. An abbreviation may cut a
    sentence in two, but it does so wherever the sentence stands. Linear in the length of the text.

    >>> units = split_units("Only 5 days left! Give by 3 May.\\nOnly 12 days left!")
    >>> units.start.tolist(), bool(units.key[0] == units.key[2])
    ([0, 18, 33], True)
    """
    kinds, letters = _decode(text)
    word_start, word_end = _runs(letters > 0)
    word = _Sums.over(letters).hash(word_start, word_end)
    kept = ~_date_words().holds(word)
    word, word_start = word[kept], word_start[kept]
    ends = _unit_ends(kinds)
    begins = np.concatenate([[0], ends[:-1]])
    first = np.searchsorted(word_start, begins)
    has_words = np.append(first[1:], len(word)) > first
    start, end = _trimmed(kinds, begins[has_words], ends[has_words])
    first = np.append(first[has_words], len(word))
    key, frame = _hash_units(word, first)
    return Units(start, end, first, key, frame, word, word_start, _is_quoted(kinds, start))


def mask(text: str) -> str:
    """The words of a text without what varies from day to day: what a key is a hash of, to be read.

    >>> mask("Updated: 3 March 2022, 10:15")
    'updated'
    """
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    return " ".join(word for word in words if word not in _DATE_WORDS.split())


def hash_runs(word: HashArray, start: IntArray, end: IntArray) -> HashArray:
    """The key that a unit of the words from start to end would have, for each of some such runs."""
    if not len(start):
        return np.zeros(0, dtype=np.uint64)
    low, high = int(start.min()), int(end.max())
    return _Sums.over(word[low:high]).hash(start - low, end - low)


def is_among(hashes: HashArray, known: HashArray) -> BoolArray:
    """Whether each hash is one of the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(hashes), dtype=bool)
    return np.asarray(known[np.minimum(np.searchsorted(known, hashes), len(known) - 1)] == hashes)


def mix(hashes: HashArray) -> HashArray:
    """The hashes with each bit spread over others: a shortened splitmix64 (Steele, Lea & Flood 2014)."""
    hashes = (hashes ^ (hashes >> _FAR)) * _MIXER
    return hashes ^ (hashes >> _NEAR)


def _decode(text: str) -> tuple[KindArray, CodeArray]:
    """Each character's kind, and its lower case where it is a letter, else 0; shape (n_characters,) both."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # The last entry stands for all characters beyond the basic plane: none of them opens a word or a line.
    packed = _table()[np.minimum(codes, _N_CODES - 1).astype(np.intp)]
    return (packed >> np.uint32(_KIND_BITS)).astype(np.uint8), packed & np.uint32(_N_CODES - 1)


@cache
def _table() -> CodeArray:
    """Kind and lower case of each character of the basic plane, in one number."""
    table = np.zeros(_N_CODES, dtype=np.uint32)
    for code in range(_N_CODES):
        character = chr(code)
        if character.isalpha():
            lower = character.lower()
            table[code] = _packed(_LETTER if lower == character else _CAPITAL, ord(lower[0]))
        elif character.isspace():
            table[code] = _packed(_SPACE)
    for kind, characters in _CHARACTERS.items():
        table[[ord(character) for character in characters]] = _packed(kind)
    return table


def _packed(kind: int, letter: int = 0) -> int:
    return kind << _KIND_BITS | letter


@cache
def _date_words() -> WordSet:
    return WordSet(_DATE_WORDS.split())


def _hash_words(text: str) -> HashArray:
    """Hash of each run of letters."""
    _, letters = _decode(text)
    return _Sums.over(letters).hash(*_runs(letters > 0))


def _runs(chosen: BoolArray) -> tuple[IntArray, IntArray]:
    """Start and end of each run of chosen places."""
    padded = np.zeros(len(chosen) + 2, dtype=bool)
    padded[1:-1] = chosen
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return edges[::2], edges[1::2]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums of a polynomial modulo 2**64: the hash of any run of values is a difference of two."""

    total: HashArray
    inverses: HashArray

    @classmethod
    def over(cls, values: npt.NDArray[np.unsignedinteger]) -> _Sums:
        n = len(values)
        powers, inverses = _powers(1 << n.bit_length())
        total = np.empty(n + 1, dtype=np.uint64)
        total[0] = 0
        np.add.accumulate(values.astype(np.uint64) * powers[:n], out=total[1:])
        return cls(total, inverses)

    def hash(self, start: IntArray, end: IntArray) -> HashArray:
        """Hash of each run, the same wherever it stands."""
        return mix((self.total[end] - self.total[start]) * self.inverses[start])


@cache
def _powers(n: int) -> tuple[HashArray, HashArray]:
    powers, inverses = np.full(n, _BASE, dtype=np.uint64), np.full(n, _INVERSE, dtype=np.uint64)
    powers[0] = inverses[0] = 1
    return np.cumprod(powers), np.cumprod(inverses)


def _unit_ends(kinds: KindArray) -> IntArray:
    """Behind each stop with white space after it, or glued to a capital; before each break; at the end."""
    # The end of the text counts as a break.
    kinds = np.append(kinds, np.uint8(_BREAK))
    ends = np.flatnonzero((kinds == _STOP) | (kinds == _BREAK))
    is_break = kinds[ends] == _BREAK
    before = kinds[np.maximum(ends - 1, 0)]
    ends += ~is_break
    for _ in range(_MAX_CLOSERS):
        ends += (kinds[ends] >= _CLOSER) & (kinds[ends] <= _BRACKET)
    behind = kinds[ends]
    is_glued = (behind == _CAPITAL) & (before == _LETTER)
    return np.asarray(ends[is_break | (behind >= _SPACE) | is_glued])


def _top_bits(hashes: HashArray) -> HashArray:
    return hashes >> np.uint64(48)


def _trimmed(kinds: KindArray, begins: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """The pieces without white space at their ends."""
    solid = np.flatnonzero(kinds < _SPACE)
    return solid[np.searchsorted(solid, begins)], solid[np.searchsorted(solid, ends) - 1] + 1


def _is_quoted(kinds: KindArray, start: IntArray) -> BoolArray:
    """Whether the last quotation mark before each unit opens a quotation, not too far above."""
    places = np.flatnonzero((kinds >= _OPENER) & (kinds <= _APOSTROPHE))
    kind = kinds[places]
    before = np.where(places > 0, kinds[places - 1], _BREAK)
    behind = kinds[np.minimum(places + 1, len(kinds) - 1)]
    is_free = (before >= _SPACE) | (before == _OTHER)
    opens = kind == _OPENER
    opens |= (kind == _MARK) & is_free & (behind < _SPACE)
    opens |= (kind == _APOSTROPHE) & is_free & ((behind == _LETTER) | (behind == _CAPITAL))
    # Inside a word, or behind it, an apostrophe is none of these.
    closes = (kind == _CLOSER) | (kind == _MARK) | ((before == _STOP) | (before == _COMMA)) & ~opens
    places, opens = places[opens | closes], opens[opens | closes]
    last = np.searchsorted(places, start) - 1
    return (
        (last >= 0) & opens[last] & (start - places[last] <= _QUOTATION_CHARACTERS)
        if len(places)
        else last >= 0
    )


def _hash_units(word: HashArray, first: IntArray) -> tuple[HashArray, HashArray]:
    """Key and frame of each unit."""
    start, end = first[:-1], first[1:]
    opening, closing = np.minimum(start + FRAME_END, end), np.maximum(end - FRAME_END, start)
    hashes = (
        _Sums.over(word)
        .hash(np.concatenate([start, start, closing]), np.concatenate([end, opening, end]))
        .reshape(3, -1)
    )
    frame = mix(hashes[1] + _MIXER * hashes[2])
    frame[end - start < FRAME_WORDS] = 0
    return hashes[0], frame
