"""Text in the fixed columns of a terminal: how wide it is, how it is cut, wrapped and padded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from unicodedata import category, combining, east_asian_width


def printable(text: str) -> str:
    """The text on one line, with control characters and lone surrogates made harmless.

    Article text could otherwise move the cursor, recolour the screen or stop the print. Invisible format
    characters, such as those that turn the direction of writing, are dropped.

    >>> printable("red\\x1b[31m  alert\\n")
    'red [31m alert'
    """
    return " ".join("".join(_printable(mark) for mark in text).split())


def _printable(mark: str) -> str:
    if mark.isprintable():
        return mark
    return "" if category(mark) == "Cf" else " "


def columns(text: str) -> int:
    """Columns that a text takes on a terminal.

    >>> columns("Reuters"), columns("新华社")
    (7, 6)
    """
    return sum(_columns_of(mark) for mark in text)


def _columns_of(mark: str) -> int:
    if combining(mark):
        return 0
    return 2 if east_asian_width(mark) in "WF" else 1


def clip(text: str, limit: int) -> str:
    """The text in at most ``limit`` columns; what is cut off is marked with "…".

    >>> clip("The Moscow Times", 12)
    'The Moscow…'
    """
    if columns(text) <= limit:
        return text
    return next(_pieces(text, max(limit - 1, 1))).rstrip() + "…"


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text with spaces up to ``width`` columns; ``right`` puts the text at the right edge.

    >>> pad("a", 3) + "|" + pad("b", 3, right=True)
    'a  |  b'
    """
    space = " " * max(width - columns(text), 0)
    return space + text if right else text + space


def wrap(text: str, width: int, *, indent: str = "  ") -> list[str]:
    """The text in lines of at most ``width`` columns; all but the first are indented.

    >>> wrap("- one two three", 9)
    ['- one two', '  three']
    """
    lines = [""]
    room = max(width - len(indent), 1)
    for piece in chain.from_iterable(_pieces(word, room) for word in text.split()):
        if lines[-1] and columns(lines[-1]) + 1 + columns(piece) > width:
            lines.append(indent + piece)
        else:
            lines[-1] += " " + piece if lines[-1] else piece
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    """The text in pieces of at most ``width`` columns, or of one character where that is wider."""
    piece, used = "", 0
    for mark in text:
        if piece and used + _columns_of(mark) > width:
            yield piece
            piece, used = "", 0
        piece, used = piece + mark, used + _columns_of(mark)
    if piece:
        yield piece
