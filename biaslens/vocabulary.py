"""Vocabulary: distinct forms, numbered as they are seen; what depends on the form alone is computed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from biaslens.blanks import CodeArray, are_visible, codes_of, piece_bounds
from biaslens.spans import IntArray

# One row per form: any array whose first axis is as long as the sequence of forms.
Derive = Callable[[Sequence[str]], npt.NDArray[Any]]

_SLOT_BITS = 19
_LONGEST = 64
# Running sums over so many characters at a time stay in a processor's nearest memory.
_WINDOW = 1 << 14


class Growing:
    """An array that rows are appended to; appending a row costs the same however many there are.

    >>> lengths = Growing(np.zeros(0, dtype=np.int64))
    >>> lengths.append(np.array([3, 4]))
    >>> lengths.append(np.array([5]))
    >>> lengths.values.tolist()
    [3, 4, 5]
    """

    def __init__(self, rows: npt.NDArray[Any]) -> None:
        self._room = rows.copy()
        self._n = len(rows)

    def __len__(self) -> int:
        return self._n

    @property
    def values(self) -> npt.NDArray[Any]:
        """All rows; they may be read, not written."""
        return self._room[: self._n]

    def append(self, rows: npt.NDArray[Any]) -> None:
        """Rows of the same dtype and width as those before."""
        n = self._n + len(rows)
        if n > len(self._room):
            room = np.empty((max(n, 2 * self._n), *rows.shape[1:]), dtype=self._room.dtype)
            room[: self._n] = self.values
            self._room = room
        self._room[self._n : n] = rows
        self._n = n


class Vocabulary:
    """Forms and their row numbers; tables that follow from the forms grow with them.

    forms  the distinct forms, in the order of their rows

    >>> words = Vocabulary()
    >>> words.rows(["the", "cat", "the"]).tolist()
    [0, 1, 0]
    >>> def length(forms): return np.array([len(form) for form in forms])
    >>> words.table(length).tolist()
    [3, 3]
    """

    def __init__(self) -> None:
        self.forms: list[str] = []
        self._row: dict[str, int] = {}
        self._tables: dict[Derive, Growing] = {}

    def __len__(self) -> int:
        return len(self.forms)

    def rows(self, forms: Sequence[str]) -> IntArray:
        """The row of each form; a new form gets the next one."""
        row = self._row
        for form in forms:
            if form not in row:
                # The form first: whoever interrupts between the two leaves a row that nothing points to.
                self.forms.append(form)
                row[form] = len(self.forms) - 1
        return np.array([row[form] for form in forms], dtype=np.int64)

    def table(self, derive: Derive) -> npt.NDArray[Any]:
        """What a function tells of every form, first axis n_forms; it is asked about each form once.

        derive  a function of the forms alone, the same object at every call
        """
        table = self._tables.get(derive)
        if table is None:
            table = self._tables[derive] = Growing(derive(self.forms))
        elif len(table) < len(self.forms):
            table.append(derive(self.forms[len(table) :]))
        return table.values


@lru_cache(maxsize=256)
def is_one_of(words: frozenset[str]) -> Derive:
    """For Vocabulary.table: whether a form is one of some words.

    >>> is_one_of(frozenset({"by"}))(["by", "of"]).tolist()
    [True, False]
    """

    def derive(forms: Sequence[str]) -> npt.NDArray[np.bool_]:
        return np.array([form in words for form in forms], dtype=bool)

    return derive


@dataclass(frozen=True, slots=True)
class PieceRows:
    """The pieces of some texts.

    row    shape (n_pieces,): row in a vocabulary
    first  shape (n_texts + 1,): where each text begins among them, then n_pieces
    """

    row: IntArray
    first: IntArray


class HashedVocabulary(Vocabulary):
    """A vocabulary asked for pieces of a long text by their place: no string is made for a known one.

    A form is found by 64 bits of hash. Two forms with the same hash would be taken for one another: among a
    million forms the chance is 3 in 100 million. Forms of over 64 characters are compared as strings.

    >>> text, start = "to be or not to be", np.array([0, 3, 6, 9, 13, 16])
    >>> HashedVocabulary().rows_in(text, codes_of(text), start, np.append(start[1:] - 1, 18))
    array([0, 1, 2, 3, 0, 1])
    """

    def __init__(self) -> None:
        super().__init__()
        self._row_of_hash: dict[int, int] = {}
        # The first form of each slot is found there at once, any other through the dictionary.
        self._slot_hash = np.zeros(1 << _SLOT_BITS, dtype=np.uint64)
        self._slot_row = np.zeros(1 << _SLOT_BITS, dtype=np.int32)

    def rows(self, forms: Sequence[str]) -> IntArray:
        """The row of each form; a new form gets the next one."""
        sizes = np.array([len(form) for form in forms], dtype=np.int64)
        end = np.cumsum(sizes)
        text = "".join(forms)
        return self.rows_in(text, codes_of(text), end - sizes, end)

    def pieces_of(self, texts: Sequence[str]) -> PieceRows:
        """The pieces of some texts between white space; a new one gets the next row.

        >>> found = HashedVocabulary().pieces_of(["to be", "", "or not to be"])
        >>> found.row.tolist(), found.first.tolist()
        ([0, 1, 2, 3, 0, 1], [0, 2, 2, 6])
        """
        text = "\n".join(texts)
        codes = codes_of(text)
        start, end = piece_bounds(are_visible(codes))
        length = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        place = np.append(0, np.cumsum(length))
        return PieceRows(self.rows_in(text, codes, start, end), np.searchsorted(start, place))

    def rows_in(self, text: str, codes: CodeArray, start: IntArray, end: IntArray) -> IntArray:
        """The row of each of the pieces text[start:end]; a new one gets the next row.

        codes       ``codes_of`` the text
        start, end  shape (n_pieces,), ascending
        """
        hashes = _hashes(codes, start, end)
        slot = (hashes >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
        rows = self._slot_row[slot].astype(np.int64)
        unsettled = self._slot_hash[slot] != hashes
        is_long = end - start > _LONGEST
        missed = np.flatnonzero(unsettled | is_long)
        n_known = len(self.forms)
        rows[missed] = [
            self._row_by_name(text[a:b]) if long else self._row_by_hash(key, text, a, b)
            for key, a, b, long in zip(
                hashes[missed].tolist(),
                start[missed].tolist(),
                end[missed].tolist(),
                is_long[missed].tolist(),
                strict=True,
            )
        ]
        new = missed[(rows[missed] >= n_known) & ~is_long[missed] & (self._slot_hash[slot[missed]] == 0)]
        # Backwards, so that of two new forms in one slot the first stays.
        self._slot_row[slot[new][::-1]] = rows[new][::-1]
        self._slot_hash[slot[new][::-1]] = hashes[new][::-1]
        return rows

    def _row_by_hash(self, key: int, text: str, start: int, end: int) -> int:
        row = self._row_of_hash.get(key)
        if row is None:
            self.forms.append(text[start:end])
            row = self._row_of_hash[key] = len(self.forms) - 1
        return row

    def _row_by_name(self, form: str) -> int:
        row = self._row.get(form)
        if row is None:
            self.forms.append(form)
            row = self._row[form] = len(self.forms) - 1
        return row


def _powers(base: int, n: int) -> npt.NDArray[np.uint64]:
    powers = np.full(n, base, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


# An odd number of 64 random bits, and its inverse: their product is 1 where 64-bit products wrap around.
_BASE = 0x9E3779B97F4A7C15
_POWER = _powers(_BASE, _WINDOW + _LONGEST + 1)
_INVERSE = _powers(pow(_BASE, -1, 1 << 64), _WINDOW + _LONGEST + 1)


def _hashes(codes: CodeArray, start: IntArray, end: IntArray) -> npt.NDArray[np.uint64]:
    """The polynomial hash (Karp & Rabin 1987) of each piece modulo 2^64, from running sums of the text."""
    hashes = np.empty(len(start), dtype=np.uint64)
    for low in range(0, len(codes), _WINDOW):
        first, last = np.searchsorted(start, (low, low + _WINDOW))
        here = codes[low : low + _WINDOW + _LONGEST]
        sums = np.zeros(len(here) + 1, dtype=np.uint64)
        np.cumsum((here + np.uint64(1)) * _POWER[1 : len(here) + 1], out=sums[1:])
        a = start[first:last] - low
        b = np.minimum(end[first:last] - low, len(here))
        hashes[first:last] = (sums[b] - sums[a]) * _INVERSE[a]
    return hashes
