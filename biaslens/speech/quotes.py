"""Quotations: pairs of quotation marks, found by scanning the marks alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from biaslens.tokens import TokenTable

# Each opening mark with the marks that close it. Straight marks close themselves.
_CLOSERS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "''": "''"}
_MARKS = frozenset("\"“”„«»‘’'`")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: tokens first to last - 1, marks included.

    inner_first, inner_last  the tokens between the marks
    """

    first: int
    last: int
    inner_first: int
    inner_last: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """One quotation mark; a doubled apostrophe is one mark of two tokens."""

    first: int
    last: int
    glyph: str


def find_quotes(tokens: TokenTable) -> list[Quote]:
    """Every quotation, in reading order. A quotation never crosses a line; nested ones belong to the outer.

    A mark that opens a line and is never closed runs to the end of the line, as newspapers print quotations of
    several paragraphs; any other unpaired mark is passed over.
    """
    line_of = tokens.sentence_line[tokens.sentence] if len(tokens) else np.zeros(0, dtype=np.int64)
    line_first = np.flatnonzero(np.r_[True, line_of[1:] != line_of[:-1]]) if len(tokens) else line_of
    line_last = np.r_[line_first[1:], len(tokens)]
    is_mark = np.isin(tokens.type, [row for row, form in enumerate(tokens.types) if form in _MARKS])
    marks = np.flatnonzero(is_mark)
    lines = np.unique(np.searchsorted(line_first, marks, side="right") - 1)
    quotes: list[Quote] = []
    for line in lines.tolist():
        first, last = int(line_first[line]), int(line_last[line])
        inside = marks[np.searchsorted(marks, first) : np.searchsorted(marks, last)]
        quotes += _pair(list(_marks(tokens, inside.tolist())), first, last)
    return [quote for quote in quotes if tokens.is_word[quote.inner_first : quote.inner_last].any()]


def _marks(tokens: TokenTable, rows: list[int]) -> Iterator[_Mark]:
    """The marks of one line; lone straight apostrophes are no quotation marks."""
    i = 0
    while i < len(rows):
        row = rows[i]
        glyph = tokens.types[tokens.type[row]]
        # Types have straight apostrophes; the curly closing mark is told by its neighbour, the opening one.
        if glyph in "'`":
            is_double = i + 1 < len(rows) and rows[i + 1] == row + 1 and tokens.start[row + 1] == tokens.end[row]
            if is_double:
                yield _Mark(row, row + 2, "''")
                i += 1
            else:
                yield _Mark(row, row + 1, "’")
        else:
            yield _Mark(row, row + 1, glyph)
        i += 1


def _pair(marks: list[_Mark], first: int, last: int) -> Iterator[Quote]:
    opened: _Mark | None = None
    for mark in marks:
        if opened is None:
            if mark.glyph in _CLOSERS:
                opened = mark
        elif mark.glyph in _CLOSERS[opened.glyph]:
            yield Quote(opened.first, mark.last, opened.last, mark.first)
            opened = None
        elif opened.glyph == "‘" and mark.glyph in '"“':
            opened = mark
    if opened is not None and opened.first == first and opened.glyph != "‘":
        yield Quote(opened.first, last, opened.last, last)
