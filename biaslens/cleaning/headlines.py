"""Headlines: at the top of a text, repeated, or opening a second report in its middle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from biaslens.cleaning.by_rule import Removal
from biaslens.cleaning.lines import Line

# Words of a headline at the top, and of one inside the body: there, a short line is a sub-head, and content.
_TOP_WORDS, _INSIDE_WORDS = range(3, 26), range(8, 23)
# A line around an inside headline must be this long to be a paragraph of a report.
_PARAGRAPH_WORDS = 12
# A second report restates its headline, and says when it happened; above a paragraph that does neither stands
# a sub-head, which is content.
_SHARED_WORDS, _SHARED_SHARE = 3, 0.6
_WHEN = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday)\b")
# Shorter lines of capitals are sub-heads.
_CAPITALS_WORDS = range(6, 26)
# Share of lines that must end as sentences do, for a line that does not to stand out.
_PROSE_SHARE = 0.8

_WORD = re.compile(r"\w+")
_OPEN_END = re.compile(r"[,;:–—-]$")
_HEADLINE_START = re.compile(r"^[\"“‘']?[A-Z0-9]")


def find_headlines(lines: Sequence[Line], title: str) -> list[Removal]:
    """Headlines to set aside: the known title, else the top line, else those inside the body."""
    return _known_title(lines, title) or _at_top(lines) or _inside(lines)


def _known_title(lines: Sequence[Line], title: str) -> list[Removal]:
    words = _WORD.findall(title.casefold())
    for line in lines[:3]:
        if words and _has_words(line.text, words):
            return [_removal(line, "headline.title", "Repeats the title of the article.", is_top=True)]
    return []


def _at_top(lines: Sequence[Line]) -> list[Removal]:
    if len(lines) < 2:
        return []
    top, below = lines[0], lines[1]
    is_above_prose = below.is_prose and sum(line.is_prose for line in lines[1:]) * 2 >= len(lines) - 1
    if not (is_above_prose and _reads_as_headline(top, _TOP_WORDS) and below.n_words > top.n_words):
        return []
    reason = "First line, short and without a full stop, above prose: the headline."
    return [_removal(top, "headline.top", reason, is_top=True)]


def _inside(lines: Sequence[Line]) -> list[Removal]:
    if sum(line.is_prose for line in lines) < _PROSE_SHARE * len(lines):
        return []
    between = [
        (line, below)
        for above, line, below in zip(lines, lines[1:], lines[2:], strict=False)
        if _is_paragraph(above) and _is_paragraph(below) and not line.is_prose
    ]
    links = [
        _capitals(line) for line, _ in between if line.text.isupper() and line.n_words in _CAPITALS_WORDS
    ]
    if links:
        return links
    found = [line for line, below in between if _opens_report(line, below)]
    # Several such lines are the sub-heads of one article, and content; a second report brings one headline.
    if len(found) != 1:
        return []
    reason = "A headline between two paragraphs: another report starts here. Kept apart from the body."
    return [_removal(found[0], "headline.inside", reason, is_top=False)]


def _opens_report(line: Line, below: Line) -> bool:
    if not _reads_as_headline(line, _INSIDE_WORDS) or _WHEN.search(below.text) is None:
        return False
    words = _long_words(line)
    n_shared = len(words & _long_words(below))
    return n_shared >= max(_SHARED_WORDS, _SHARED_SHARE * len(words))


def _reads_as_headline(line: Line, n_words: range) -> bool:
    return (
        line.n_words in n_words
        and not line.is_prose
        and not _OPEN_END.search(line.text)
        and _HEADLINE_START.search(line.text) is not None
    )


def _is_paragraph(line: Line) -> bool:
    return line.is_prose and line.n_words >= _PARAGRAPH_WORDS


def _capitals(line: Line) -> Removal:
    reason = "Capitals between two paragraphs: the headline of another article, set in as a link."
    return Removal(line.start, line.end, "related", "related.capitals", reason)


def _long_words(line: Line) -> set[str]:
    return set(re.findall(r"\w{4,}", line.text.casefold()))


def _removal(line: Line, rule: str, reason: str, *, is_top: bool) -> Removal:
    harvest = (("title" if is_top else "headline", line.text),)
    return Removal(line.start, line.end, "headline", rule, reason, harvest=harvest)


def _has_words(text: str, words: Sequence[str]) -> bool:
    """Whether these are the words of a text, whatever their case; most texts differ in their first."""
    found = (match.group() for match in _WORD.finditer(text.casefold()))
    return all(one == other for one, other in zip_longest(found, words))
