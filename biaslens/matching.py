"""Matching: where the terms of a lexicon stand in a token table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from biaslens.lexicons import Lexicon
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray, TokenTable
from biaslens.vocabulary import Derive

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
    longer = _longer_matches(tokens, index)
    covered = np.zeros(len(tokens), dtype=bool)
    for start, end in zip(longer.first.tolist(), longer.last.tolist(), strict=True):
        covered[start:end] = True
    row_of_token = tokens.look_up(index.rows_of)
    single = np.flatnonzero((row_of_token != _NONE) & ~covered)
    single = single[_case_fits(tokens, index, single, row_of_token[single])]
    first = np.concatenate([longer.first, single])
    order = np.argsort(first)
    last = np.concatenate([longer.last, single + 1])
    return Matches(first[order], last[order], np.concatenate([longer.row, row_of_token[single]])[order])


@dataclass(frozen=True, eq=False)
class _Index:
    """A lexicon, turned round for matching.

    rows      row of each form, its words joined by spaces
    begins    code of each word that begins a longer term, from 1
    follows   code of each word that stands second in one, from 1
    pair_row  shape (n_begins + 1, n_follows + 1): row of the term that these two words are, else none
    thirds    code of each word that stands third in one, from 1
    triples   numbers of the three words that begin a term of three words or more, ascending; see ``triple``
    longest   words in the longest term
    is_lemma  shape (n_terms,)
    is_upper  shape (n_terms,): whether the term has a capital; None where case does not matter
    """

    rows: Mapping[str, int]
    begins: Mapping[str, int]
    follows: Mapping[str, int]
    pair_row: npt.NDArray[np.int32]
    thirds: Mapping[str, int]
    triples: IntArray
    longest: int
    is_lemma: BoolArray
    is_upper: BoolArray | None

    def row_of(self, text: str) -> int:
        """The row of a word, or of words joined by spaces."""
        row = self.rows.get(text, _NONE)
        if row != _NONE or "'" not in text:
            return row
        row = self.rows.get(_base(text), _NONE)
        return row if row != _NONE and self.is_lemma[row] else _NONE

    def rows_of(self, forms: Sequence[str]) -> npt.NDArray[np.int32]:
        """The row of each form, as a term of one word."""
        get = self.rows.get
        return np.array(
            [self.row_of(word) if "'" in word else get(word, _NONE) for word in forms], dtype=np.int32
        )

    def begin_codes(self, forms: Sequence[str]) -> npt.NDArray[np.int16]:
        """The code of each form as the first word of a longer term, 0 for none."""
        return np.array([self.begins.get(word, 0) for word in forms], dtype=np.int16)

    def follow_codes(self, forms: Sequence[str]) -> npt.NDArray[np.int16]:
        """The code of each form as the second word of a longer term, 0 for none; below 0 where its base has
        the code ("regime's")."""
        return _codes_of(forms, self.follows)

    def third_codes(self, forms: Sequence[str]) -> npt.NDArray[np.int16]:
        """The same for the third word."""
        return _codes_of(forms, self.thirds)

    def triple(self, begin: IntArray, follow: IntArray, third: IntArray) -> IntArray:
        """One number for three codes."""
        return (begin * (len(self.follows) + 1) + follow) * (len(self.thirds) + 1) + third


@lru_cache(maxsize=64)
def _index(lexicon: Lexicon) -> _Index:
    longer = [form for form in lexicon.forms if len(form) > 1]
    begins, follows = _codes(form[0] for form in longer), _codes(form[1] for form in longer)
    thirds = _codes(form[2] for form in longer if len(form) > 2)
    pair_row = np.full((len(begins) + 1, len(follows) + 1), _NONE, dtype=np.int32)
    for form in longer:
        if len(form) == 2:
            pair_row[begins[form[0]], follows[form[1]]] = lexicon.forms[form]
    openings = [(begins[form[0]], follows[form[1]], thirds[form[2]]) for form in longer if len(form) > 2]
    index = _Index(
        rows={" ".join(form): row for form, row in lexicon.forms.items()},
        begins=begins,
        follows=follows,
        pair_row=pair_row,
        thirds=thirds,
        triples=np.zeros(0, dtype=np.int64),
        longest=max(map(len, lexicon.forms), default=1),
        is_lemma=np.array([match == "lemma" for match in lexicon.match], dtype=bool),
        is_upper=None if lexicon.case == "any" else np.array([term[0].isupper() for term in lexicon.term]),
    )
    codes = np.array(openings, dtype=np.int64).reshape(len(openings), 3)
    return replace(index, triples=np.unique(index.triple(codes[:, 0], codes[:, 1], codes[:, 2])))


def _codes(words: Iterable[str]) -> dict[str, int]:
    return {word: code for code, word in enumerate(sorted(set(words)), start=1)}


def _codes_of(forms: Sequence[str], codes: Mapping[str, int]) -> npt.NDArray[np.int16]:
    get = codes.get
    return np.array(
        [get(word) or (-get(_base(word), 0) if "'" in word else 0) for word in forms], dtype=np.int16
    )


def _case_fits(tokens: TokenTable, index: _Index, first: IntArray, row: IntArray) -> BoolArray:
    """Whether the term in each row may begin at the token beside it, as far as capitals are concerned."""
    if index.is_upper is None:
        return np.ones(len(first), dtype=bool)
    capital = tokens.is_capital[first]
    return np.where(index.is_upper[row], capital, ~capital | tokens.opens[first])


def _base(text: str) -> str:
    """The text without a possessive ending."""
    return text.removesuffix("'s")


def _longer_matches(tokens: TokenTable, index: _Index) -> Matches:
    """Terms of several words; where two overlap, the first, and of two that begin together the longer."""
    first = np.flatnonzero(tokens.look_up(index.begin_codes)[:-1])
    first = first[tokens.sentence[first] == tokens.sentence[first + 1]]
    table = np.concatenate([_pairs(tokens, index, first), _longer_than_pairs(tokens, index, first)])
    table = table[np.lexsort((-table[:, 1], table[:, 0]))]
    table = table[_case_fits(tokens, index, table[:, 0], table[:, 2])]
    table = table[_first_of_overlapping(table[:, 0], table[:, 1])]
    return Matches(table[:, 0], table[:, 1], table[:, 2])


def _code(tokens: TokenTable, derive: Derive, places: IntArray) -> IntArray:
    return tokens.vocabulary.table(derive)[tokens.type[places]].astype(np.int64)


def _pairs(tokens: TokenTable, index: _Index, first: IntArray) -> IntArray:
    """First token, last and row of every term of two words that begins at one of some tokens."""
    follow = _code(tokens, index.follow_codes, first + 1)
    row = index.pair_row[_code(tokens, index.begin_codes, first), np.abs(follow)].astype(np.int64)
    is_term = (row != _NONE) & ((follow > 0) | index.is_lemma[row])
    return np.asarray(np.stack([first, first + 2, row], axis=1)[is_term])


def _longer_than_pairs(tokens: TokenTable, index: _Index, first: IntArray) -> IntArray:
    """The same for terms of three words or more; only where three words begin one is the rest looked at."""
    first = first[first + 2 < len(tokens)]
    opening = index.triple(
        _code(tokens, index.begin_codes, first),
        _code(tokens, index.follow_codes, first + 1),
        np.abs(_code(tokens, index.third_codes, first + 2)),
    )
    first = first[np.isin(opening, index.triples)]
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
