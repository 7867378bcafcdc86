"""Lines of a text, with their place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from biaslens.spans import Spans

# Every character that str.splitlines() breaks at, so that no line hides a break from the rules.
_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")

# A full stop (or its like), perhaps inside quotation marks or brackets, at the end of a line.
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
        is_prose = _SENTENCE_END.search(text[-6:]) is not None
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
    lines = []
    for match in _LINE.finditer(text):
        text = match.group().strip()
        if text:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            lines.append(Line.at(start, text))
    return lines


def lines_of(spans: Spans, texts: Sequence[str]) -> Spans:
    """Spans that run over several lines, cut into lines."""
    pieces = spans.slices(texts)
    return Spans.of([
        (row, start + line.start, start + line.end)
        for row, start, piece in zip(spans.article.tolist(), spans.start.tolist(), pieces, strict=True)
        for line in split_lines(piece)
    ])  # fmt: skip
