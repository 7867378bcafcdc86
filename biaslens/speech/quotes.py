"""Quotations: pairs of quotation marks, found by scanning the marks alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.tokens import TokenTable
from biaslens.vocabulary import is_one_of

# Each opening mark with the marks that close it; edited texts mix curly and straight ones.
_CLOSERS = {"“": '”"', "„": '“”"', "«": "»", "‹": "›", '"': '"”', "‘": "’", "''": "''", "'": "’"}
_MARKS = frozenset("\"“”„«»‹›‘'`")
_OPENING_ONLY = frozenset("„«‹‘")
_APOSTROPHES = ("'", "`")
_SINGLE = ("‘", "'")


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
    """One quotation mark; a doubled apostrophe is one mark of two tokens.

    glyph                the mark, with ' for a single one that opens and ’ for one that closes
    can_open, can_close  what it can do where it stands
    """

    first: int
    last: int
    glyph: str
    can_open: bool
    can_close: bool


def find_quotes(tokens: TokenTable) -> list[Quote]:
    """Every quotation that holds a word, in reading order; nested ones belong to the outer.

    A quotation never crosses a line. A mark that opens a line and is never closed runs to the end of the
    line, as newspapers print quotations of several paragraphs; any other unpaired mark is passed over.
    """
    places = np.flatnonzero(tokens.look_up(is_one_of(_MARKS)))
    line_of = tokens.sentence_line[tokens.sentence] if len(tokens) else places
    breaks = np.flatnonzero(np.diff(line_of[places])) + 1
    quotes: list[Quote] = []
    for rows in np.split(places, breaks) if len(places) else []:
        line = line_of[rows[0]]
        first, last = (int(np.searchsorted(line_of, line, side)) for side in ("left", "right"))
        quotes += _paired(_marks(tokens, rows.tolist()), first, last)
    words_before = np.concatenate([[0], np.cumsum(tokens.is_word)])
    return [quote for quote in quotes if words_before[quote.inner_last] > words_before[quote.inner_first]]


def _marks(tokens: TokenTable, rows: Sequence[int]) -> Iterator[_Mark]:
    """The quotation marks of one line; the blanks around tell which straight ones open and which close."""
    passed = -1
    for row in rows:
        if row <= passed:
            continue
        glyph = tokens.form(row)
        if glyph in _APOSTROPHES and _is_doubled(tokens, row):
            passed = row + 1
            yield _Mark(row, row + 2, "''", *_sides(tokens, row, row + 2))
        elif glyph in _APOSTROPHES:
            yield from _single(tokens, row)
        elif glyph == '"':
            yield _Mark(row, row + 1, glyph, *_sides(tokens, row, row + 1))
        else:
            yield _Mark(row, row + 1, glyph, glyph in _CLOSERS, glyph not in _OPENING_ONLY)


def _is_doubled(tokens: TokenTable, row: int) -> bool:
    """Whether an apostrophe and the token after it are one mark, as agencies write it: ''so''."""
    after = row + 1
    return (
        after < len(tokens)
        and tokens.form(after) in _APOSTROPHES
        and bool(tokens.start[after] == tokens.end[row])
    )


def _sides(tokens: TokenTable, first: int, last: int) -> tuple[bool, bool]:
    """Whether a straight mark may open, and whether it may close: it sits tight on what it encloses."""
    is_glued_before = first > 0 and bool(tokens.end[first - 1] == tokens.start[first])
    is_glued_after = last < len(tokens) and bool(tokens.start[last] == tokens.end[last - 1])
    if is_glued_before == is_glued_after:
        return True, True
    return is_glued_after, is_glued_before


def _single(tokens: TokenTable, row: int) -> Iterator[_Mark]:
    """A lone straight or closing apostrophe as a mark; none between words or before a year ('90s)."""
    opens, closes = _sides(tokens, row, row + 1)
    if opens == closes:
        return
    if closes:
        yield _Mark(row, row + 1, "’", False, True)
    elif tokens.is_word[row + 1]:
        # "the '90s" and "rock 'n' roll" are clipped, not quoted.
        word = tokens.form(row + 1)
        if not word[0].isdigit() and word != "n":
            yield _Mark(row, row + 1, "'", True, False)


def _paired(marks: Iterator[_Mark], first: int, last: int) -> Iterator[Quote]:
    """The quotations of one line, which holds the tokens first to last - 1."""
    opened: _Mark | None = None
    for mark in marks:
        if opened is not None and mark.can_close and mark.glyph in _CLOSERS[opened.glyph]:
            yield Quote(opened.first, mark.last, opened.last, mark.first)
            opened = None
        elif mark.can_open and (opened is None or _replaces(mark, opened)):
            opened = mark
    if opened is not None and opened.first == first and opened.glyph not in _SINGLE:
        yield Quote(opened.first, last, opened.last, last)


def _replaces(mark: _Mark, opened: _Mark) -> bool:
    """Whether an opening mark shows that the one before was none: an apostrophe, or never closed."""
    was_apostrophe = opened.glyph in _SINGLE and mark.glyph in ('"', "“")
    return was_apostrophe or (mark.glyph == opened.glyph and not mark.can_close)
