"""Matching: where the terms of a lexicon stand in a token table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from biaslens.lexicons import Lexicon
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray, TokenTable

_NONE = -1


@dataclass(frozen=True, slots=True)
class Matches:
    """Terms found, one per row, in reading order; every column has shape (n_matches,).

    first, last  token positions, last excluded
    row          row in the lexicon
    """

    first: IntArray
    last: IntArray
    row: IntArray

    def __len__(self) -> int:
        return len(self.row)


def find_terms(tokens: TokenTable, lexicon: Lexicon) -> Matches:
    """Every place where a term of the lexicon stands.

    The longest term wins, from left to right; matches neither overlap nor cross the end of a sentence. A
    possessive ("regime's") matches the base word of a lemma; hyphenated words match as they are written.
    Where the lexicon's case is "as written", a term in lower case matches a word with a capital only where
    the capital is due to its place, at the start of a sentence or after a quotation mark ("last May" holds
    no hedge), and a term with a capital matches only words with one.
    """
    index = _index(lexicon)
    entry = tokens.look_up(index.entries_of)
    listed = np.flatnonzero(entry != 0)
    longer = _longer_matches(tokens, index, entry, listed)
    covered = np.zeros(len(tokens), dtype=bool)
    for start, end in zip(longer.first.tolist(), longer.last.tolist(), strict=True):
        covered[start:end] = True
    single = listed[(index.row[entry[listed]] != _NONE) & ~covered[listed]]
    row = index.row[entry[single]]
    fits = _case_fits(tokens, index, single, row)
    single, row = single[fits], row[fits]
    first = np.concatenate([longer.first, single])
    order = np.argsort(first, kind="stable")
    last = np.concatenate([longer.last, single + 1])
    return Matches(first[order], last[order], np.concatenate([longer.row, row])[order])


@dataclass(frozen=True, eq=False)
class _Index:
    """A lexicon, turned round for matching.

    entry     entry of each word of its forms, from 1; that of its possessive ("regime's") is one higher
    row       shape (n_entries,): row of the term that the word is by itself, else none
    begin     shape (n_entries,): code of the word as the first of a longer term, from 1; 0 for none
    second, third  the same for the second and third word; below 0 for a possessive
    pair_row  shape (n_begins + 1, n_seconds + 1): row of the term that these two words are, else none
    triples   numbers of the three words that begin a term of three words or more, ascending; see ``_triple``
    rows      row of each form of three words or more, its words joined by spaces
    longest   words in the longest term
    is_lemma  shape (n_terms,)
    is_upper  shape (n_terms,): whether the term has a capital; None where case does not matter
    """

    entry: Mapping[str, int]
    row: IntArray
    begin: IntArray
    second: IntArray
    third: IntArray
    pair_row: npt.NDArray[np.int32]
    triples: IntArray
    rows: Mapping[str, int]
    longest: int
    is_lemma: BoolArray
    is_upper: BoolArray | None

    def entries_of(self, forms: Sequence[str]) -> npt.NDArray[np.int32]:
        """For Vocabulary.table: the entry of each form, 0 for a form that is in no term."""
        get = self.entry.get
        return np.array(
            [get(form) or (self._possessive(form) if "'" in form else 0) for form in forms], dtype=np.int32
        )

    def _possessive(self, form: str) -> int:
        entry = self.entry.get(_base(form), 0)
        return entry and entry + 1

    def row_of(self, text: str) -> int:
        """The row of three words or more, joined by spaces."""
        row = self.rows.get(text, _NONE)
        if row != _NONE or "'" not in text:
            return row
        row = self.rows.get(_base(text), _NONE)
        return row if row != _NONE and self.is_lemma[row] else _NONE


@lru_cache(maxsize=64)
def _index(lexicon: Lexicon) -> _Index:
    words = dict.fromkeys(chain.from_iterable(lexicon.forms))
    entry = {word: 2 * i + 1 for i, word in enumerate(words)}
    codes = [_codes(form[place] for form in lexicon.forms if len(form) > max(place, 1)) for place in range(3)]
    is_lemma = np.array([match == "lemma" for match in lexicon.match], dtype=bool)
    row = np.full(2 * len(entry) + 1, _NONE)
    pair_row = np.full([len(codes[0]) + 1, len(codes[1]) + 1], _NONE, dtype=np.int32)
    openings = [(0, 0, 0)]
    for form, number in lexicon.forms.items():
        if len(form) == 1:
            row[entry[form[0]]] = number
            row[entry[form[0]] + 1] = number if is_lemma[number] else _NONE
        elif len(form) == 2:
            pair_row[codes[0][form[0]], codes[1][form[1]]] = number
        else:
            openings.append((codes[0][form[0]], codes[1][form[1]], codes[2][form[2]]))
    return _Index(
        entry=entry,
        row=row,
        begin=np.maximum(0, _by_entry(codes[0], entry)),
        second=_by_entry(codes[1], entry),
        third=_by_entry(codes[2], entry),
        pair_row=pair_row,
        triples=np.unique(_triple(*np.array(openings).T)),
        rows={" ".join(form): number for form, number in lexicon.forms.items() if len(form) > 2},
        longest=max(map(len, lexicon.forms), default=1),
        is_lemma=is_lemma,
        is_upper=None if lexicon.case == "any" else np.array([term[0].isupper() for term in lexicon.term]),
    )


def _by_entry(codes: Mapping[str, int], entry: Mapping[str, int]) -> IntArray:
    """The code of each entry, below 0 for a possessive, 0 for none; shape (n_entries,)."""
    coded = np.zeros(2 * len(entry) + 1, dtype=np.int64)
    for word, code in codes.items():
        coded[entry[word]], coded[entry[word] + 1] = code, -code
    return coded


def _triple(begin: IntArray, second: IntArray, third: IntArray) -> IntArray:
    """One number for three codes."""
    return np.asarray((begin << 40) + (second << 20) + third)


def _codes(words: Iterable[str]) -> dict[str, int]:
    return {word: code for code, word in enumerate(sorted(set(words)), start=1)}


def _case_fits(tokens: TokenTable, index: _Index, first: IntArray, row: IntArray) -> BoolArray:
    """Whether the term in each row may begin at the token beside it, as far as capitals are concerned."""
    if index.is_upper is None:
        return np.ones(len(first), dtype=bool)
    capital = tokens.is_capital[first]
    return np.where(index.is_upper[row], capital, ~capital | tokens.opens[first])


def _base(text: str) -> str:
    """The text without a possessive ending."""
    return text.removesuffix("'s")


def _longer_matches(
    tokens: TokenTable, index: _Index, entry: npt.NDArray[np.int32], listed: IntArray
) -> Matches:
    """Terms of several words; where two overlap, the first, and of two that begin together the longer."""
    first = listed[(index.begin[entry[listed]] > 0) & (listed + 1 < len(tokens))]
    first = first[tokens.sentence[first] == tokens.sentence[first + 1]]
    table = np.concatenate([_pairs(index, entry, first), _longer_than_pairs(tokens, index, entry, first)])
    table = table[np.lexsort((-table[:, 1], table[:, 0]))]
    table = table[_case_fits(tokens, index, table[:, 0], table[:, 2])]
    table = table[_first_of_overlapping(table[:, 0], table[:, 1])]
    return Matches(table[:, 0], table[:, 1], table[:, 2])


def _pairs(index: _Index, entry: npt.NDArray[np.int32], first: IntArray) -> IntArray:
    """First token, last and row of every term of two words that begins at one of some tokens."""
    second = index.second[entry[first + 1]]
    row = index.pair_row[index.begin[entry[first]], np.abs(second)]
    is_term = (row != _NONE) & ((second > 0) | index.is_lemma[row])
    return np.asarray(np.stack([first, first + 2, row], axis=1)[is_term])


def _longer_than_pairs(
    tokens: TokenTable, index: _Index, entry: npt.NDArray[np.int32], first: IntArray
) -> IntArray:
    """The same for terms of three words or more; only where three words begin one is the rest looked at."""
    first = first[first + 2 < len(tokens)]
    second, third = index.second[entry[first + 1]], np.abs(index.third[entry[first + 2]])
    triple = _triple(index.begin[entry[first]], second, third)
    place = np.searchsorted(index.triples[:-1], triple)
    first = first[index.triples[place] == triple]
    stops = np.minimum(first + index.longest, tokens.sentence_first[1:][tokens.sentence[first]])
    found: list[tuple[int, int, int]] = []
    for start, stop in zip(first.tolist(), stops.tolist(), strict=True):
        words = tokens.words(start, stop)
        rows = ((start + n, index.row_of(" ".join(words[:n]))) for n in range(3, len(words) + 1))
        found += ((start, last, row) for last, row in rows if row != _NONE)
    return np.array(found, dtype=np.int64).reshape(len(found), 3)


def _first_of_overlapping(first: IntArray, last: IntArray) -> list[int]:
    """The rows that overlap with no row kept before them."""
    kept, free = [], 0
    for row, (start, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        if start >= free:
            kept.append(row)
            free = end
    return kept
