"""Pull quotes and doubled paragraphs: lines whose words stand in the text a second time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import Line

# Shorter lines may recur by chance, as refrains and sub-heads do; longer ones are no longer pull quotes.
_MIN_WORDS, _MAX_WORDS = 10, 40
# A pull quote is looked for in the first lines that share its opening words: enough, and linear.
_KEY_WORDS, _MAX_PLACES = 6, 3
# Whether a line may be one is asked first by this many of its characters, which is quick.
_OPENING_CHARACTERS, _MAX_CHARACTERS = 30, 100_000

_WORD = re.compile(r"\w+")
# '"We had no choice." — Jane Smith': the name is not part of what is repeated.
_NAME_BEHIND = re.compile(r"(?<=[\"”’.!?])\s*[—–-]{1,2}\s*[A-Z][^—–]{2,80}$")

_ITEM_OR_POST = re.compile(r"^(?:\d+[.)]|[•*–—-] )|\(@\w+\)|pic\.twitter\.com")


def find_pull_quotes(lines: Sequence[Line]) -> list[Removal]:
    """Lines that another line of the same text contains word for word; of equal lines the first stays.

    What stands there three times is a refrain; and where most lines are no sentences, as in tables and lists,
    equal lines are no pull quotes.
    """
    if 2 * sum(line.is_prose for line in lines) < len(lines):
        return []
    text = "\n".join(line.text for line in lines).casefold()
    # The quick question reads the text once a line: of very long texts, every line is a suspect.
    quick = text if len(text) <= _MAX_CHARACTERS else None
    suspects = [row for row, line in enumerate(lines) if _may_be_quote(line, quick)]
    if not suspects:
        return []
    words = [_WORD.findall(line.text.casefold()) for line in lines]
    quoted = {row: _WORD.findall(_NAME_BEHIND.sub("", lines[row].text).casefold()) for row in suspects}
    wanted = {tuple(quote[:_KEY_WORDS]) for quote in quoted.values() if len(quote) >= _MIN_WORDS}
    places = _places(words, wanted)
    reason = "Its words stand in another line too: a pull quote or a doubled paragraph."
    return [
        Removal(lines[row].start, lines[row].end, "repeated", "repeated.pull-quote", reason)
        for row, quote in quoted.items()
        if any(
            _holds(words[other], quote) and (len(words[other]), -other) > (len(words[row]), -row)
            for other in places.get(tuple(quote[:_KEY_WORDS]), ())
        )
    ]


def _may_be_quote(line: Line, text: str | None) -> bool:
    """Whether a line is as long as pull quotes are, and its first characters stand in the text twice.

    What does not end as a sentence or a quotation does, or has a number, may be a sub-head that a list of
    contents names too; a post is set in because the article discusses it.
    """
    if not _MIN_WORDS <= line.n_words <= _MAX_WORDS:
        return False
    first = _WORD.search(line.text)
    opening = line.text[first.start() :][:_OPENING_CHARACTERS].casefold() if first else ""
    if text is not None and text.count(opening) != 2:
        return False
    is_quote = line.is_prose or _NAME_BEHIND.search(line.text) is not None
    return is_quote and _ITEM_OR_POST.search(line.text) is None


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
