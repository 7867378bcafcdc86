"""Lines of a text, with their place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Every character that str.splitlines() breaks at, so that no line hides a break from the rules.
_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")

# A full stop (or its like), perhaps inside quotation marks or brackets, at the end of a line.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its surrounding white space: ``text`` stands at [start, end)."""

    start: int
    end: int
    text: str

    @property
    def n_words(self) -> int:
        """Pieces between blanks: close enough for limits on length, and cheap."""
        return self.text.count(" ") + 1

    @property
    def is_prose(self) -> bool:
        """Ends as a sentence ends."""
        return _SENTENCE_END.search(self.text[-6:]) is not None

    def after(self, n_characters: int) -> Line:
        """The rest of the line behind its first n characters."""
        rest = self.text[n_characters:].lstrip()
        return Line(self.end - len(rest), self.end, rest)


def split_lines(text: str) -> list[Line]:
    """The lines of a text that hold more than white space.

    >>> [(line.start, line.text) for line in split_lines("One.\\n\\n  Two.\\r\\n")]
    [(0, 'One.'), (8, 'Two.')]
    """
    lines = []
    for match in _LINE.finditer(text):
        line = Line(match.start(), match.start() + len(match.group().rstrip()), match.group().rstrip()).after(
            0
        )
        if line.text:
            lines.append(line)
    return lines
