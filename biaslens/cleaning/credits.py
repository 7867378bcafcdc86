"""Agency credits: which news agency an article names as its source, and for how much of its text."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from typing import Literal, TypeVar

from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import Line
from biaslens.cleaning.literals import Literals
from biaslens.credit_patterns import (
    NAME_SIGN,
    REST_SIGN,
    CreditPattern,
    CreditScope,
    Position,
    load_credit_patterns,
)
from biaslens.lexicons import agency_names

_T = TypeVar("_T")
# Looking no further bounds the time that any text can take: no tag stands deeper in its line, no credit line
# is longer, and no sentence of thanks reaches further around the word that gives it away.
_OPENING_CHARACTERS, _LINE_WORDS, _CLOSING_CHARACTERS, _REACH = 160, 20, 120, 500
# No article thanks as often, or has as many short lines at its edges; a text made to be slow may.
_MAX_LOOKS, _MAX_LINES = 10, 200

# Between an edge of the article and a credit may stand captions, which end without a full stop.
_MAX_CAPTION_WORDS = 100

_WORD = re.compile(r"\w+")
_GOES_ON = re.compile(r"[\w-]")
_TAG_MARK = re.compile(r"[(\[/]")


@dataclass(frozen=True, slots=True)
class Credit:
    """One credit: an agency's usual name, how much of the article it is for, and where it stands."""

    agency: str
    scope: CreditScope
    start: int
    end: int
    pattern: str


@dataclass(frozen=True, slots=True)
class _Find:
    """What a pattern matches at [start, end); in ``match`` names of agencies are masked."""

    pattern: CreditPattern
    start: int
    end: int
    match: re.Match[str]
    piece: str


def find_credits(
    text: str, lines: Sequence[Line], kept: Sequence[Line], removals: Sequence[Removal], language: str = "en"
) -> tuple[Credit, ...]:
    """Every agency credit of an article, in reading order; where a credit names several, one for each.

    lines     all lines of the text
    kept      lines of the article's own text
    removals  what cleaning has set aside: words about pictures credit no text

    >>> from biaslens.cleaning.lines import split_lines
    >>> text = "MINSK, May 5 (Reuters) - Talks have ended.\\n(With inputs from AFP)"
    >>> lines = split_lines(text)
    >>> [(credit.agency, credit.scope) for credit in find_credits(text, lines, lines, ())]
    [('Reuters', 'article'), ('Agence France-Presse', 'passage')]
    """
    known = load_credit_patterns(language).pictures
    pictures = [removal for removal in removals if {removal.rule, removal.category} & known]
    taken = sorted((picture.start, picture.end) for picture in pictures)
    prose, found = _Prose(kept), []
    for find in chain(_in_lines(lines, prose, language), _around_needs(text, lines, language)):
        scope = _scope(find, prose)
        if scope and _is_free(taken, find):
            insort(taken, (find.start, find.end))
            agencies = _agencies(find, language)
            found += [Credit(name, scope, find.start, find.end, find.pattern.name) for name in agencies]
    return tuple(sorted(found, key=lambda credit: credit.start))


def main_credit(found: Sequence[Credit]) -> Credit | None:
    """The first credit for the whole article, else the first of all; None where there is none."""
    whole = [credit for credit in found if credit.scope == "article"]
    return next(iter([*whole, *found]), None)


def _in_lines(lines: Sequence[Line], prose: _Prose, language: str) -> Iterator[_Find]:
    """What opens a line, is a line near an edge of the article, or closes the text."""
    known = load_credit_patterns(language)
    opening, whole, closing = known.at("opening"), known.at("line"), known.at("closing")
    for line in lines:
        end = min(len(line.text), _OPENING_CHARACTERS)
        if _TAG_MARK.search(line.text, 0, end):
            yield from _finds(opening, line, 0, end, language)
    within = max((pattern.within for pattern in whole), default=0)
    short = [line for line in lines if line.n_words <= _LINE_WORDS]
    for line in _ends([line for line in short if prose.is_near(line.start, line.end, within)], _MAX_LINES):
        yield from _finds(whole, line, 0, len(line.text), language)
    for line in lines[-1:]:
        start = max(0, len(line.text) - _CLOSING_CHARACTERS)
        yield from _finds(closing, line, start, len(line.text), language)


def _around_needs(text: str, lines: Sequence[Line], language: str) -> Iterator[_Find]:
    """What stands around the pieces of text that give a credit away."""
    places = _literals(language).find(text)
    for bit, pattern in enumerate(load_credit_patterns(language).at("anywhere")):
        asked = [
            place for place, askers in zip(places.start, places.askers, strict=True) if askers >> bit & 1
        ]
        if len(asked) > 2 * _MAX_LOOKS:
            asked = asked[:_MAX_LOOKS] + asked[-_MAX_LOOKS:]
        for place in asked:
            line = lines[bisect_right(lines, place, key=lambda line: line.start) - 1]
            start, end = place - line.start - _REACH, place - line.start + _REACH
            yield from _finds((pattern,), line, max(0, start), min(len(line.text), end), language)


def _ends(rows: Sequence[_T], most: int) -> Sequence[_T]:
    """The first and the last of some rows, where there are more than most at either end."""
    return rows if len(rows) <= 2 * most else [*rows[:most], *rows[-most:]]


@cache
def _literals(language: str) -> Literals:
    askers: dict[str, int] = defaultdict(int)
    for bit, pattern in enumerate(load_credit_patterns(language).at("anywhere")):
        for need in pattern.needs:
            askers[need] |= 1 << bit
    return Literals(askers)


def _finds(
    patterns: Sequence[CreditPattern], line: Line, start: int, end: int, language: str
) -> Iterator[_Find]:
    """What patterns match in [start, end) of a line; the character before may decide, and is looked at."""
    first = max(0, start - 1)
    piece = line.text[first:end]
    masked = _masked(piece, language)
    for pattern in patterns:
        match = pattern.pattern.search(masked, start - first) if masked != piece or pattern.agency else None
        if match is None or match.end() == len(piece) < len(line.text) - first:
            continue
        if pattern.unless is None or not pattern.unless.search(match.group()):
            at = line.start + first
            yield _Find(pattern, at + match.start(), at + match.end(), match, piece)


def _masked(text: str, language: str) -> str:
    """The text with every agency's name as one sign, of the same length."""
    pieces, place = [], 0
    for at, name in _names_in(text, language):
        pieces += [text[place:at], NAME_SIGN, REST_SIGN * (len(name) - 1)]
        place = at + len(name)
    return "".join([*pieces, text[place:]])


def _names_in(text: str, language: str) -> Iterator[tuple[int, str]]:
    """Where names of agencies stand, the longest that fits; none is a part of a longer word."""
    names, place = _names_by_word(language), 0
    for word in _WORD.finditer(text):
        at = word.start()
        for name in names.get(word.group(), ()):
            is_free = (
                at >= place and text[max(0, at - 1) : at] != "-" and not _GOES_ON.match(text, at + len(name))
            )
            if is_free and text.startswith(name, at):
                yield at, name
                place = at + len(name)
                break


@cache
def _names_by_word(language: str) -> dict[str, list[str]]:
    """Names by their first word, the longest first."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for name in sorted(agency_names(language), key=lambda name: (-len(name), name)):
        by_word[_WORD.findall(name)[0]].append(name)
    return dict(by_word)


def _is_free(taken: Sequence[tuple[int, int]], find: _Find) -> bool:
    """Whether a find overlaps none of the places taken, which are in order and apart from each other."""
    row = bisect_right(taken, find.start, key=lambda place: place[1])
    return row == len(taken) or taken[row][0] >= find.end


class _Prose:
    """Words of an article’s own prose; captions, which end without a full stop, are none."""

    def __init__(self, kept: Sequence[Line]) -> None:
        self._lines = [line for line in kept if line.is_prose or line.n_words > _MAX_CAPTION_WORDS]
        self._n_words = [0, *accumulate(line.n_words for line in self._lines)]

    def is_near(self, start: int, end: int, within: int, position: Position = "edge") -> bool:
        """Whether at most so many words stand above [start, end), or below it."""
        at_head = position != "foot" and self._words_above(start) <= within
        return at_head or (position != "head" and self._n_words[-1] - self._words_above(end) <= within)

    def _words_above(self, place: int) -> int:
        row = bisect_right(self._lines, place, key=lambda line: line.end)
        if row == len(self._lines):
            return self._n_words[row]
        line = self._lines[row]
        return self._n_words[row] + len(line.text[: max(0, place - line.start)].split())


def _scope(find: _Find, prose: _Prose) -> CreditScope | Literal[""]:
    """How much of the article a find is a credit for, by its place; "" where it is none."""
    pattern = find.pattern
    if pattern.position == "anywhere":
        return pattern.scope
    is_near = prose.is_near(find.start, find.end, pattern.within, pattern.position)
    return pattern.scope if is_near else pattern.elsewhere


def _agencies(find: _Find, language: str) -> list[str]:
    """Usual names of the agencies in a find, in their order, each once."""
    if find.pattern.agency:
        return [find.pattern.agency]
    usual, match = agency_names(language), find.match
    credited = [
        find.piece[slice(*match.span(group))] for group in range(1, match.re.groups + 1) if match[group]
    ]
    names = [name for text in credited for _, name in _names_in(text, language)]
    return list(dict.fromkeys(usual[name] for name in names)) or credited[:1]
