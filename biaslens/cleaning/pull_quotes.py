"""Pull quotes and doubled paragraphs: lines whose words stand in the text a second time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import Line

# Shorter lines may recur by chance, as refrains and sub-heads do; longer ones are no longer pull quotes.
_MIN_WORDS, _MAX_WORDS = 8, 40
# A pull quote is looked for in the first lines that share its opening words: enough, and linear.
_KEY_WORDS, _MAX_PLACES = 6, 3

_WORD = re.compile(r"\w+")
# '"We had no choice." — Jane Smith': the name is not part of what is repeated.
_NAME_BEHIND = re.compile(r"(?<=[\"”’.!?])\s*[—–-]{1,2}\s*[A-Z][^—–]{2,80}$")


def find_pull_quotes(lines: Sequence[Line]) -> list[Removal]:
    """Lines that another line of the same text contains word for word; of equal lines the first stays."""
    words = [_WORD.findall(line.text.casefold()) for line in lines]
    quoted = {
        row: _WORD.findall(_NAME_BEHIND.sub("", line.text).casefold())
        for row, line in enumerate(lines)
        if _MIN_WORDS <= len(words[row]) <= _MAX_WORDS
    }
    wanted = {tuple(quote[:_KEY_WORDS]) for quote in quoted.values() if len(quote) >= _MIN_WORDS}
    places = _places(words, wanted)
    reason = "Its words stand in another line too: a pull quote or a doubled paragraph."
    return [
        Removal(lines[row].start, lines[row].end, "repeated", "repeated.pull-quote", reason, 0.9)
        for row, quote in quoted.items()
        if any(
            _holds(words[other], quote) and (len(words[other]), -other) > (len(words[row]), -row)
            for other in places.get(tuple(quote[:_KEY_WORDS]), ())
        )
    ]


def _places(words: Sequence[list[str]], wanted: set[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    """The first rows in which each wanted run of words stands."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, line in enumerate(words):
        for i in range(len(line) - _KEY_WORDS + 1):
            key = tuple(line[i : i + _KEY_WORDS])
            if key in wanted:
                rows = places[key]
                if len(rows) < _MAX_PLACES and row not in rows:
                    rows.append(row)
    return places


def _holds(line: list[str], quote: list[str]) -> bool:
    return f" {' '.join(quote)} " in f" {' '.join(line)} "
