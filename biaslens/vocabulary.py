"""Vocabulary: distinct forms, numbered as they are seen; what depends on the form alone is computed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from biaslens.blanks import CodeArray, are_visible, codes_of, piece_bounds
from biaslens.slots import LONGEST, SLOT_BITS, HashArray, Slots, hash_pieces
from biaslens.spans import IntArray

# One row per form: any array whose first axis is as long as the sequence of forms.
Derive = Callable[[Sequence[str]], npt.NDArray[Any]]


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
        self._slots = Slots(SLOT_BITS)

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
        hashes = hash_pieces(codes, start, end)
        rows = self._slots.find(hashes)
        other = np.flatnonzero((rows < 0) | (end - start > LONGEST))
        bounds = zip(start[other].tolist(), end[other].tolist(), strict=True)
        rows[other] = self._rows_by_name(hashes[other], [text[a:b] for a, b in bounds])
        return rows

    def _rows_by_name(self, hashes: HashArray, forms: Sequence[str]) -> list[int]:
        """The rows of long forms, and of short ones that have no slot yet."""
        rows, new = [], dict[int, int]()
        for key, form in zip(hashes.tolist(), forms, strict=True):
            is_long = len(form) > LONGEST
            row = self._row.get(form) if is_long else new.get(key)
            if row is None:
                self.forms.append(form)
                row = len(self.forms) - 1
                if is_long:
                    self._row[form] = row
                else:
                    new[key] = row
            rows.append(row)
        # Last of all: whoever interrupts before leaves rows that nothing points to.
        self._slots.add(np.array(list(new), dtype=np.uint64), np.array(list(new.values()), dtype=np.int64))
        return rows
