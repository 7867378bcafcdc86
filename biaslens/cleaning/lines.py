"""Lines of a text, with their place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from biaslens.spans import Spans

# A full stop (or its like), perhaps inside quotation marks or brackets, at the end of a line.
_STOPS = frozenset(".!?…")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its surrounding white space: ``text`` stands at [start, end).

    n_words   pieces between blanks: close enough for limits on length, and cheap
    is_prose  whether it ends as a sentence ends
    """

    start: int
    end: int
    text: str
    n_words: int
    is_prose: bool

    @classmethod
    def at(cls, start: int, text: str) -> Line:
        """The line that starts here."""
        is_prose = text[-1] in _STOPS or _SENTENCE_END.search(text[-6:]) is not None
        return cls(start, start + len(text), text, text.count(" ") + 1, is_prose)

    def between(self, start: int, end: int) -> list[Line]:
        """What stands from start to end, as one line; none where that is nothing but white space."""
        if start <= self.start and end >= self.end:
            return [self]
        piece = self.text[max(0, start - self.start) : max(0, end - self.start)]
        begin = max(start, self.start) + len(piece) - len(piece.lstrip())
        text = piece.strip()
        return [Line.at(begin, text)] if text else []


def split_lines(text: str) -> list[Line]:
    """The lines of a text that hold more than white space.

    >>> [(line.start, line.text) for line in split_lines("One.\\n\\n  Two.\\r\\n")]
    [(0, 'One.'), (8, 'Two.')]
    """
    return [Line.at(start, text[start:end]) for start, end in line_bounds(text)]


def line_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where these lines start and end, the white space around each left out."""
    place = 0
    for line in text.splitlines(keepends=True):
        visible = line.lstrip()
        start = place + len(line) - len(visible)
        place += len(line)
        end = start + len(visible.rstrip())
        if end > start:
            yield start, end


def lines_of(spans: Spans, texts: Sequence[str]) -> Spans:
    """Spans that run over several lines, cut into lines."""
    pieces = spans.slices(texts)
    return Spans.of([
        (row, start + first, start + last)
        for row, start, piece in zip(spans.article.tolist(), spans.start.tolist(), pieces, strict=True)
        for first, last in line_bounds(piece)
    ])  # fmt: skip
