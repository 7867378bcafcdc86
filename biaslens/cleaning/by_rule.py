"""The first layer: rules, applied line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from biaslens.cleaning.lines import Line
from biaslens.rules import Category, Rule

# How many lines count as head, foot and end, however long the text is.
_HEAD_LINES, _FOOT_LINES, _END_LINES = 6, 8, 2

# A line under a "Related" label is a link while it has this many words and no full stop.
_LINK_WORDS = range(3, 23)
_MAX_LINKS = 8

# No boilerplate line is longer, and no dateline; looking no further bounds the time that any text can take.
_MAX_CHARACTERS, _START_CHARACTERS = 2_000, 200


_Zone = Literal["head", "inside", "foot", "end"]
_Fit = tuple[Rule, re.Match[str]]


@dataclass(frozen=True, slots=True)
class Removal:
    """One span to set aside, by characters of the text, and what it tells: (field, text) pairs."""

    start: int
    end: int
    category: Category
    rule: str
    reason: str
    confidence: float
    harvest: tuple[tuple[str, str], ...] = ()
    is_block: bool = False


class RuleFinder:
    """Finds what rules set aside in the lines of one article.

    Remembers which rules fit a line: every round of cleaning looks at all lines again, and lines recur.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules: dict[_Zone, list[Rule]] = {
            "head": [rule for rule in rules if rule.position in ("anywhere", "head", "edge")],
            "inside": [rule for rule in rules if rule.position == "anywhere"],
            "foot": [rule for rule in rules if rule.position in ("foot", "edge")],
            "end": [rule for rule in rules if rule.position in ("foot", "edge", "end")],
        }
        self._known: dict[tuple[_Zone, str], list[_Fit]] = {}

    def find(self, lines: Sequence[Line]) -> list[Removal]:
        """What the rules set aside, in reading order; each character at most once.

        From the top for rules about the head or any place, else from the bottom for rules about the foot.
        Head and foot are counted in lines that stay, so that a pile of credits is cleared in one go.
        """
        return self._from_top(lines) or self._from_bottom(lines)

    def _from_top(self, lines: Sequence[Line]) -> list[Removal]:
        removals: list[Removal] = []
        n_kept = row = 0
        while row < len(lines):
            found = self._first_fit(lines, row, "head" if n_kept < _HEAD_LINES else "inside")
            removals += found
            row += 1
            while found and row < len(lines) and lines[row].start < found[-1].end:
                row += 1
            n_kept += not found
        return removals

    def _from_bottom(self, lines: Sequence[Line]) -> list[Removal]:
        found_by_row: list[list[Removal]] = []
        n_kept, row = 0, len(lines)
        while row > 0 and n_kept < _FOOT_LINES:
            row -= 1
            found_by_row.append(self._first_fit(lines, row, "end" if n_kept < _END_LINES else "foot"))
            n_kept += not found_by_row[-1]
        return [removal for found in reversed(found_by_row) for removal in found]

    def _first_fit(self, lines: Sequence[Line], row: int, zone: _Zone) -> list[Removal]:
        """What the first rule that fits removes, starting at this line."""
        line = lines[row]
        for rule, match in self._fits(line.text, zone):
            if rule.scope == "start":
                return self._openings(line, zone)
            if rule.scope == "line":
                links = _links(lines[row + 1 : row + 1 + _MAX_LINKS]) if rule.headlines_follow else []
                return [_removal(rule, match, line.start, line.end), *(_link(rule, link) for link in links)]
            # The lines of a block are one span: one appeal, one row in the ledger.
            if block := _block(lines[row + 1 : row + rule.max_lines], rule):
                return [_removal(rule, match, line.start, block[-1].end)]
        return []

    def _fits(self, text: str, zone: _Zone) -> list[_Fit]:
        known = self._known.get((zone, text))
        if known is None:
            known = self._known[zone, text] = fits(self._rules[zone], text)
        return known

    def _openings(self, line: Line, zone: _Zone) -> list[Removal]:
        """What stands before the first sentence, one behind the other: a place, an agency."""
        rules = [rule for rule in self._rules[zone] if rule.scope == "start"]
        removals: list[Removal] = []
        place = 0
        while found := fits(rules, line.text[place : place + _START_CHARACTERS]):
            rule, match = found[0]
            end = place + match.end()
            removals.append(_removal(rule, match, line.start + place, line.start + end))
            place = end
        return removals


def fits(rules: Sequence[Rule], text: str) -> list[_Fit]:
    """The rules that fit a line, in their order, each with what it found."""
    n_words, opening, lowered = text.count(" ") + 1, text[:_START_CHARACTERS], ""
    if len(text) > _MAX_CHARACTERS:
        rules = [rule for rule in rules if rule.scope == "start"]
    found = []
    for rule in rules:
        is_start = rule.scope == "start"
        if n_words > rule.max_words and not is_start:
            continue
        if rule.needs:
            lowered = lowered or text.lower()
            if not any(piece in lowered for piece in rule.needs):
                continue
        searched = opening if is_start else text
        match = rule.pattern.search(searched)
        if match and not any(unless.search(searched) for unless in rule.unless):
            found.append((rule, match))
    return found


def _block(below: Sequence[Line], rule: Rule) -> list[Line]:
    """Down to the closing line, or as long as lines belong; none of the outlet's own text stands between."""
    block: list[Line] = []
    for line in below:
        if rule.until is not None and rule.until.search(line.text):
            return [*block, line]
        if rule.while_ is None or not rule.while_.search(line.text):
            break
        block.append(line)
    return block


def _links(below: Sequence[Line]) -> list[Line]:
    """The lines from the top on that look like links; a question is one only below another link."""
    links: list[Line] = []
    for line in below:
        reads_on = line.is_prose and not (links and line.text.endswith("?"))
        if reads_on or line.n_words not in _LINK_WORDS:
            break
        links.append(line)
    return links


def _removal(rule: Rule, match: re.Match[str], start: int, end: int) -> Removal:
    harvest = tuple((field, text.strip()) for field, text in match.groupdict().items() if text)
    is_block = rule.scope == "block"
    return Removal(start, end, rule.category, rule.name, rule.reason, rule.confidence, harvest, is_block)


def _link(rule: Rule, line: Line) -> Removal:
    reason = "Stands under a label of links to other articles and reads like a headline."
    return Removal(line.start, line.end, rule.category, f"{rule.name}+link", reason, 0.8)
