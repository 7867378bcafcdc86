"""Syllables of English words, as textstat counts them: the only reader of ``data/syllables/``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray
from biaslens.termfile import Line, read_terms

_NAME = "en"
_COLUMNS = ("syllables", "words")
_UNKNOWN = -1
# textstat hyphenates by pyphen's dictionary for its own default language; pyphen's "en" is British.
_DICTIONARY = "en_US"
# No part of a word is shorter than two letters: pyphen's default.
_MIN_PART = 2
# Patterns hold no character from here on, so that one table of this size knows the symbol of any character.
_LAST_CODE = 0xFFFF


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """Hyphenation patterns as a trie, to walk along many words at once (Liang 1983).

    A pattern gives levels to the places between its letters. The highest level that any pattern gives to a
    place decides: a hyphen may stand where it is odd.

    symbol   shape (65,536,): number of a character in the trie, 0 where no pattern has it
    child    shape (n_nodes, n_symbols): the node behind a node, 0 for none; node 0 is the root
    pattern  shape (n_nodes,): the pattern that ends at a node, -1 for none
    offset   shape (n_patterns,): places between the pattern's begin and its first level
    first    shape (n_patterns + 1,): where each pattern's levels begin in levels
    levels   the levels of all patterns
    """

    symbol: npt.NDArray[np.int32]
    child: npt.NDArray[np.int32]
    pattern: npt.NDArray[np.int32]
    offset: IntArray
    first: IntArray
    levels: IntArray

    @classmethod
    def of(cls, patterns: Mapping[str, tuple[int, Sequence[int]]]) -> Hyphenation:
        """The trie of pyphen's patterns: letters to the first place with a level and the levels from there.

        >>> Hyphenation.of({".un": (3, [1]), "nc": (1, [2])}).count_hyphens(["unable", "uncle"]).tolist()
        [1, 0]
        """
        nodes = {"": 0}
        for letters in patterns:
            for end in range(1, len(letters) + 1):
                nodes.setdefault(letters[:end], len(nodes))
        symbols = {letter: i for i, letter in enumerate(sorted(set("".join(patterns))), start=1)}
        symbol = np.zeros(_LAST_CODE + 1, dtype=np.int32)
        symbol[[ord(letter) for letter in symbols]] = list(symbols.values())
        paths = list(nodes)[1:]
        parents, last = [nodes[path[:-1]] for path in paths], [symbols[path[-1]] for path in paths]
        child = np.zeros((len(nodes), len(symbols) + 1), dtype=np.int32)
        child[parents, last] = range(1, len(nodes))
        pattern = np.full(len(nodes), -1, dtype=np.int32)
        pattern[[nodes[letters] for letters in patterns]] = range(len(patterns))
        levels = [levels for _, levels in patterns.values()]
        return cls(
            symbol,
            child,
            pattern,
            offset=np.array([offset for offset, _ in patterns.values()], dtype=np.int64),
            first=np.cumsum([0, *map(len, levels)], dtype=np.int64),
            levels=np.array(list(chain.from_iterable(levels)), dtype=np.int64),
        )

    def count_hyphens(self, words: Sequence[str]) -> IntArray:
        """Places where each lower-case word may be hyphenated, shape (n_words,)."""
        # A point marks begin and end of a word in patterns. Neighbours may share one: what a pattern of one
        # gives to places of the other lies within _MIN_PART of its begin or end, where nothing is counted.
        joined = f".{'.'.join(words)}."
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        is_odd = self._highest_levels(self.symbol[np.minimum(codes, _LAST_CODE)]) % 2
        n_odd_before = np.concatenate([[0], np.cumsum(is_odd)])
        length = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        begin = np.cumsum(length + 1) - length
        low = begin + _MIN_PART
        high = np.maximum(begin + length - _MIN_PART + 1, low)
        return np.asarray(n_odd_before[high] - n_odd_before[low])

    def _highest_levels(self, symbols: npt.NDArray[np.int32]) -> IntArray:
        """The highest level before each symbol and behind the last one, shape (n_symbols + 1,)."""
        highest = np.zeros(len(symbols) + 1, dtype=np.int64)
        # The 0 behind the last symbol has no child, so that every walk ends there.
        symbols = np.append(symbols, 0)
        begin, node = np.arange(len(symbols)), np.zeros(len(symbols), dtype=np.int32)
        for depth in range(len(symbols)):
            node = self.child[node, symbols[begin + depth]]
            walking = np.flatnonzero(node)
            if len(walking) == 0:
                break
            begin, node = begin[walking], node[walking]
            ends = np.flatnonzero(self.pattern[node] >= 0)
            self._raise_levels(highest, begin[ends], self.pattern[node[ends]])
        return highest

    def _raise_levels(self, highest: IntArray, begin: IntArray, pattern: npt.NDArray[np.int32]) -> None:
        """Raise the highest levels to those of patterns that were found, each beginning at a symbol."""
        n_levels = self.first[pattern + 1] - self.first[pattern]
        found = np.repeat(np.arange(len(pattern)), n_levels)
        nth = np.arange(len(found)) - np.repeat(np.cumsum(n_levels) - n_levels, n_levels)
        place = (begin + self.offset[pattern])[found] + nth
        np.maximum.at(highest, place, self.levels[self.first[pattern][found] + nth])


def count_syllables(words: Sequence[str]) -> IntArray:
    """Syllables of each lower-case word, shape (n_words,).

    A word in the table has the vowels of its first pronunciation, which is 0 for "shh". Any other word has
    one more than the places where pyphen would hyphenate it.

    >>> count_syllables(["readability", "shh", "biaslens"]).tolist()
    [5, 0, 2]
    """
    counts = np.full(len(words), _UNKNOWN, dtype=np.int64)
    for syllables, known in load_syllables().items():
        counts[np.fromiter(map(known.__contains__, words), dtype=bool, count=len(words))] = syllables
    unknown = np.flatnonzero(counts == _UNKNOWN)
    if len(unknown):
        counts[unknown] = load_hyphenation().count_hyphens([words[row] for row in unknown.tolist()]) + 1
    return counts


@cache
def load_hyphenation() -> Hyphenation:
    """The patterns of pyphen's dictionary for American English, which textstat asks by default."""
    from pyphen import Pyphen

    return Hyphenation.of(Pyphen(lang=_DICTIONARY).hd.patterns)


@cache
def load_syllables() -> dict[int, frozenset[str]]:
    """The words with each number of syllables, from the table that ships with biaslens."""
    return read_syllables(_text(), _NAME)


@cache
def syllables_checksum() -> dict[str, str]:
    """sha256 of the table by its path below data/, with line ends as \\n."""
    return {f"syllables/{_NAME}.tsv": hashlib.sha256(_text().encode()).hexdigest()}


def read_syllables(text: str, file: str) -> dict[int, frozenset[str]]:
    """The words with each number of syllables in a table's text: a number, a tab, words between blanks.

    Sets load in two thirds of the time of one dictionary of all words. That no word of the shipped table
    stands in two lines is therefore tested, not checked here.

    Raises BadData where the header or a line breaks the format, or a number or a word of a line stands twice.
    """
    table: dict[int, frozenset[str]] = {}
    for line in read_terms(text, file, _COLUMNS).lines:
        syllables, joined = line.cells(_COLUMNS)
        words = joined.split(" ")
        known = frozenset(words)
        if len(known) != len(words) or "" in known:
            line.refuse("a word stands twice or is empty; list each word once, with one blank between words.")
        if _number(line, syllables) in table:
            line.refuse(f"the line of words with {syllables} syllables stands twice; join the two lines.")
        table[int(syllables)] = known
    return table


def _number(line: Line, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        line.refuse(f"syllables is {text!r}; it must be a whole number.")
    return int(text)


def _text() -> str:
    return (resources.files("biaslens") / "data" / "syllables" / f"{_NAME}.tsv").read_text(encoding="utf-8")
