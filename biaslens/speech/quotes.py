"""Quotations: pairs of quotation marks, found by scanning the marks alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from biaslens.spans import IntArray
from biaslens.tokens import BoolArray, TokenTable
from biaslens.vocabulary import is_one_of

# Each opening mark with the marks that close it; edited texts mix curly and straight ones.
_CLOSERS = {
    **{"“": '”"“', "„": '“”"', '"': '"”', "‘": "’", "''": "''", "'": "’"},
    **{"«": "»", "»": "«", "‹": "›", "›": "‹"},
}
_MARKS = frozenset("\"“”„«»‹›‘'`″＂")
# What is typed for a straight mark.
_STRAIGHT = {"″": '"', "＂": '"'}
_OPENING_ONLY = frozenset("„‘")
# Guillemets point outwards («so») or, in German and Danish, inwards (»so«).
_OUTWARD, _INWARD = frozenset("«‹"), frozenset("»›")
_APOSTROPHES = frozenset("'`")
_SINGLE = ("‘", "'")
# A quoted paragraph is hardly longer, in tokens.
_PARAGRAPH_TOKENS = 200


class Quote(NamedTuple):
    """One quotation: tokens first to last - 1, marks included.

    inner_first, inner_last  the tokens between the marks
    """

    first: int
    last: int
    inner_first: int
    inner_last: int


class _Mark(NamedTuple):
    """One quotation mark; a doubled apostrophe is one mark of two tokens.

    glyph                the mark, with ' for a single one that opens and ’ for one that closes
    can_open, can_close  what it can do where it stands
    line                 the line that it stands in
    """

    first: int
    last: int
    glyph: str
    can_open: bool
    can_close: bool
    line: int


def find_quotes(tokens: TokenTable) -> list[Quote]:
    """Every quotation that holds a word, in reading order; nested ones belong to the outer.

    A quotation never crosses a line. A mark that opens a line and is never closed runs to the end of the
    line, as newspapers print quotations of several paragraphs; any other unpaired mark is passed over.
    """
    lines = groupby(_marks(tokens), key=attrgetter("line"))
    quotes = [quote for _, marks in lines for quote in _paired(tokens, marks)]
    is_word = tokens.is_word.tobytes()
    return [quote for quote in quotes if is_word.find(1, quote.inner_first, quote.inner_last) >= 0]


def _marks(tokens: TokenTable) -> Iterator[_Mark]:
    """The quotation marks; the blanks around tell which straight ones open and which close."""
    places = np.flatnonzero(tokens.look_up(is_one_of(_MARKS)))
    forms = tokens.vocabulary.forms
    glyphs = [_STRAIGHT.get(forms[row], forms[row]) for row in tokens.type[places].tolist()]
    is_tight_before = _is_tight(tokens, places - 1, places).tolist()
    is_tight_after = _is_tight(tokens, places, np.minimum(places + 1, len(tokens) - 1)).tolist()
    is_doubled = _is_doubled(tokens, places).tolist()
    lines = tokens.sentence_line[tokens.sentence[places]].tolist()
    last = -1
    for row, (place, glyph, line) in enumerate(zip(places.tolist(), glyphs, lines, strict=True)):
        if row == last:
            continue
        last = row + is_doubled[row]
        opens, closes = is_tight_after[last], is_tight_before[row]
        if glyph == '"' or is_doubled[row]:
            mark = "''" if is_doubled[row] else glyph
            yield _Mark(place, place + len(mark), mark, opens or not closes, closes or not opens, line)
        elif glyph in _OUTWARD:
            yield _Mark(place, place + 1, glyph, opens or not closes, closes and not opens, line)
        elif glyph in _INWARD:
            yield _Mark(place, place + 1, glyph, opens and not closes, closes or not opens, line)
        elif glyph == "“":
            # It closes, too: „so“, and “so“ where an editor slipped.
            is_open = opens and bool(tokens.is_word[place + 1])
            yield _Mark(place, place + 1, glyph, True, closes and not is_open, line)
        elif glyph not in _APOSTROPHES:
            yield _Mark(place, place + 1, glyph, glyph in _CLOSERS, glyph not in _OPENING_ONLY, line)
        elif opens != closes and (closes or _is_whole_word(tokens, place + 1)):
            yield _Mark(place, place + 1, "’" if closes else "'", opens, closes, line)


def _is_tight(tokens: TokenTable, left: IntArray, right: IntArray) -> BoolArray:
    """Whether no blank stands between two tokens of one article; never between a token and itself."""
    is_one_article = tokens.article[left] == tokens.article[right]
    is_tight: BoolArray = is_one_article & (tokens.end[left] == tokens.start[right])
    return is_tight


def _is_doubled(tokens: TokenTable, places: IntArray) -> BoolArray:
    """Whether an apostrophe and the one right after it can be one mark, as agencies write it: ''so''."""
    is_apostrophe = tokens.vocabulary.table(is_one_of(_APOSTROPHES))
    after = np.minimum(places + 1, len(tokens) - 1)
    is_doubled: BoolArray = is_apostrophe[tokens.type[places]] & is_apostrophe[tokens.type[after]]
    return is_doubled & _is_tight(tokens, places, after)


def _is_whole_word(tokens: TokenTable, token: int) -> bool:
    """Whether a word begins here that is not clipped: "the '90s", "rock 'n' roll"."""
    form = tokens.form(token)
    return bool(tokens.is_word[token]) and not form[0].isdigit() and form != "n"


def _paired(tokens: TokenTable, marks: Iterable[_Mark]) -> Iterator[Quote]:
    """The quotations of one line."""
    opened: _Mark | None = None
    # Whether the open quotation goes on with one that was never closed.
    goes_on = False
    for mark in marks:
        if opened is not None and mark.can_close and mark.glyph in _CLOSERS[opened.glyph]:
            yield Quote(opened.first, mark.last, opened.last, mark.first)
            opened, goes_on = None, False
        elif mark.can_open and (opened is None or _replaces(mark, opened)):
            last = _reopened_at(tokens, opened, mark, goes_on) if opened is not None else 0
            if opened is not None and last > opened.last:
                yield Quote(opened.first, last, opened.last, last)
            opened, goes_on = mark, last > 0
    if opened is not None and opened.glyph not in _SINGLE:
        first, last = tokens.sentence_first[
            np.searchsorted(tokens.sentence_line, (opened.line, opened.line + 1))
        ]
        if opened.first == first:
            yield Quote(opened.first, int(last), opened.last, int(last))


def _reopened_at(tokens: TokenTable, opened: _Mark, mark: _Mark, goes_on: bool) -> int:
    """Where a quotation ends that goes on in a new paragraph whose line break was lost: “One. “Two.”

    The first mark opens a sentence or follows a comma or colon; the second one opens a sentence, or else the
    quotation ends at the last full stop before it. 0 where the first mark was none.
    """
    opens = goes_on or _opens_sentence(tokens, opened) or tokens.form(opened.first - 1) in (",", ":")
    is_near = mark.first - opened.first <= _PARAGRAPH_TOKENS
    if not opens or not is_near or opened.glyph in _SINGLE:
        return 0
    if _opens_sentence(tokens, mark):
        return mark.first
    stops = (i + 1 for i in range(mark.first - 1, opened.last, -1) if tokens.form(i) in (".", "?", "!"))
    return next(stops, 0) if tokens.is_capital[mark.last] else 0


def _opens_sentence(tokens: TokenTable, mark: _Mark) -> bool:
    """Whether a mark is the first of its sentence, or behind a stop or at the end where none was cut."""
    sentence = tokens.sentence[mark.first]
    begin, end = tokens.sentence_first[sentence : sentence + 2].tolist()
    is_behind_stop = tokens.form(mark.first - 1) in (".", "?", "!")
    return bool(mark.first == begin or mark.last == end or is_behind_stop)


def _replaces(mark: _Mark, opened: _Mark) -> bool:
    """Whether an opening mark shows that the one before was none: an apostrophe, or never closed."""
    was_apostrophe = opened.glyph in _SINGLE and mark.glyph in ('"', "“")
    return was_apostrophe or (mark.glyph == opened.glyph and not mark.can_close)
