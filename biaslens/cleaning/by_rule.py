"""The first layer: rules, applied line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from biaslens.cleaning.lines import Line
from biaslens.cleaning.literals import Literals
from biaslens.rules import Category, Rule

# How many lines count as head, foot and end, however long the text is.
_HEAD_LINES, _FOOT_LINES, _END_LINES = 6, 8, 2

# A line under a "Related" label is a link while it has this many words and no full stop.
_LINK_WORDS = range(3, 23)
_MAX_LINKS = 8

# No boilerplate line is longer, and no dateline; looking no further bounds the time that any text can take.
_MAX_CHARACTERS, _START_CHARACTERS = 2_000, 200

# Few rules fit longer lines, and most lines are longer.
_LONG_WORDS = 20

_ZoneName = Literal["head", "inside", "foot", "end"]
Fit = tuple[Rule, re.Match[str]]


@dataclass(frozen=True, slots=True)
class Removal:
    """One span to set aside, by characters of the text, and what it tells: (field, text) pairs.

    confidence stays 0 until layers have agreed on it
    """

    start: int
    end: int
    category: Category
    rule: str
    reason: str
    confidence: float = 0.0
    harvest: tuple[tuple[str, str], ...] = ()
    is_block: bool = False


class _Zone:
    """The rules that may fit a line in one place of a text, asked in their order.

    Nearly no line fits any rule. So one pattern, made of all rules that only look at the beginning of a line
    and ask for no piece of text, tells first whether any of them can fit.
    """

    def __init__(self, bits: Mapping[Rule, int]) -> None:
        self._bits = bits
        self.starts = tuple(rule for rule in bits if rule.scope == "start")
        opening = [rule for rule in bits if not rule.needs and rule.is_anchored]
        long = [rule for rule in opening if rule.max_words > _LONG_WORDS or rule.scope == "start"]
        self._opening, self._opening_of_long = _any_of(opening), _any_of(long)
        self._free = sum(bits[rule] for rule in bits if not rule.needs)
        self._always = self._free - sum(bits[rule] for rule in opening)
        self._chosen: dict[int, tuple[Rule, ...]] = {}

    def may_fit(self, line: Line, needing: int) -> tuple[Rule, ...]:
        """The rules to ask about a line; needing has the bits of those whose pieces of text stand in it."""
        opening = self._opening if line.n_words <= _LONG_WORDS else self._opening_of_long
        may_open = opening.match(line.text, 0, _START_CHARACTERS)
        bits = needing | (self._free if may_open else self._always)
        if bits not in self._chosen:
            self._chosen[bits] = tuple(rule for rule, bit in self._bits.items() if bits & bit)
        return self._chosen[bits]


class RuleIndex:
    """Rules sorted by where in a text they look; made once, used for many articles."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        bits = {rule: 1 << i for i, rule in enumerate(rules)}

        def at(*positions: str) -> _Zone:
            return _Zone({rule: bit for rule, bit in bits.items() if rule.position in positions})

        self.zones: dict[_ZoneName, _Zone] = {
            "head": at("anywhere", "head", "edge"),
            "inside": at("anywhere"),
            "foot": at("foot", "edge"),
            "end": at("foot", "edge", "end"),
        }
        askers: dict[str, int] = defaultdict(int)
        for rule, bit in bits.items():
            for piece in rule.needs:
                askers[piece] |= bit
        self.literals = Literals(askers)


def _any_of(rules: Sequence[Rule]) -> re.Pattern[str]:
    """One pattern that matches wherever one of the rules' does; with no rules, nowhere."""
    patterns = [re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in rules]
    scoped = [re.sub(r"^\(\?i\)(.*)$", r"(?i:\1)", pattern, flags=re.DOTALL) for pattern in patterns]
    return re.compile("|".join(scoped) or "(?!)")


class RuleFinder:
    """Finds what rules set aside in the lines of one text.

    Remembers which rules fit a line: every round of cleaning looks at all lines again, and lines recur.
    """

    def __init__(self, index: RuleIndex, text: str) -> None:
        self._zones = index.zones
        self._needs = index.literals.find(text)
        self._known: dict[tuple[_ZoneName, str], list[Fit]] = {}

    def from_top(self, lines: Sequence[Line]) -> list[Removal]:
        """What rules about the head or any place find, in reading order; each character at most once.

        Head and foot are counted in lines that stay, so that a pile of credits is cleared in one go.
        """
        removals: list[Removal] = []
        n_kept = row = 0
        while row < len(lines):
            found = self._first_fit(lines, row, "head" if n_kept < _HEAD_LINES else "inside")
            removals += found
            row += 1
            while found and row < len(lines) and lines[row].start < found[-1].end:
                row += 1
            n_kept += not found
        return _merged(removals)

    def from_bottom(self, lines: Sequence[Line]) -> list[Removal]:
        """What rules about the foot find, in reading order, where those from the top found nothing."""
        found_by_row: list[list[Removal]] = []
        n_kept, row = 0, len(lines)
        while row > 0 and n_kept < _FOOT_LINES:
            row -= 1
            found_by_row.append(self._first_fit(lines, row, "end" if n_kept < _END_LINES else "foot"))
            n_kept += not found_by_row[-1]
        return _merged([removal for found in found_by_row for removal in found])

    def _first_fit(self, lines: Sequence[Line], row: int, zone: _ZoneName) -> list[Removal]:
        """What the first rule that fits removes, starting at this line."""
        line = lines[row]
        for rule, match in self._fits(line, zone):
            if rule.scope == "start":
                return self._openings(line, zone)
            if rule.scope == "line":
                links = _links(lines[row + 1 : row + 1 + _MAX_LINKS]) if rule.headlines_follow else []
                below = _block(lines[row + 1 : row + rule.max_lines], rule) if rule.while_ else []
                start = _above(lines[max(0, row - rule.max_lines) : row], rule, line.start)
                end = below[-1].end if below else line.end
                return [_removal(rule, match, start, end), *(_link(rule, link) for link in links)]
            # The lines of a block are one span: one appeal, one row in the ledger.
            if block := _block(lines[row + 1 : row + rule.max_lines], rule):
                return [_removal(rule, match, line.start, block[-1].end)]
        return []

    def _fits(self, line: Line, zone: _ZoneName) -> list[Fit]:
        """The rules that fit a line, in their order, each with what it found."""
        known = self._known.get((zone, line.text))
        if known is None:
            rules = self._zones[zone].may_fit(line, self._needs.between(line.start, line.end))
            known = [(rule, match) for rule in rules if (match := _fit(rule, line))]
            self._known[zone, line.text] = known
        return known

    def _openings(self, line: Line, zone: _ZoneName) -> list[Removal]:
        """What stands before the first sentence, one behind the other: a place, an agency."""
        removals: list[Removal] = []
        place = 0
        while found := self._first_start(line.text[place : place + _START_CHARACTERS], zone):
            rule, match = found
            end = place + match.end()
            removals.append(_removal(rule, match, line.start + place, line.start + end))
            place = end
        return removals

    def _first_start(self, text: str, zone: _ZoneName) -> Fit | None:
        for rule in self._zones[zone].starts:
            holds_needs = not rule.needs or any(piece in text.lower() for piece in rule.needs)
            if holds_needs and (match := _searched(rule, text)):
                return rule, match
        return None


def _fit(rule: Rule, line: Line) -> re.Match[str] | None:
    """What a rule finds in a line that holds one of the pieces it needs."""
    if rule.scope == "start":
        return _searched(rule, line.text[:_START_CHARACTERS])
    if line.n_words > rule.max_words or len(line.text) > _MAX_CHARACTERS:
        return None
    return _searched(rule, line.text)


def _searched(rule: Rule, text: str) -> re.Match[str] | None:
    match = rule.pattern.search(text)
    return match if match and not any(unless.search(text) for unless in rule.unless) else None


def _merged(removals: Sequence[Removal]) -> list[Removal]:
    """Those that overlap as one, in the name of the first."""
    merged: list[Removal] = []
    for removal in sorted(removals, key=lambda removal: (removal.start, -removal.end)):
        if not merged or removal.start >= merged[-1].end:
            merged.append(removal)
        elif removal.end > merged[-1].end:
            merged[-1] = replace(merged[-1], end=removal.end, harvest=merged[-1].harvest + removal.harvest)
    return merged


def _above(lines: Sequence[Line], rule: Rule, start: int) -> int:
    """Where a removal starts that takes the lines above along which belong to it."""
    for line in reversed(lines):
        if rule.above is None or not rule.above.search(line.text):
            break
        start = line.start
    return start


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
    if rule.category == "caption" and not rule.pattern.groupindex:
        harvest = (("caption", match.string[: match.start()].strip()),)
    is_block = rule.scope == "block"
    return Removal(start, end, rule.category, rule.name, rule.reason, harvest=harvest, is_block=is_block)


def _link(rule: Rule, line: Line) -> Removal:
    reason = "Stands under a label of links to other articles and reads like a headline."
    return Removal(line.start, line.end, rule.category, f"{rule.name}+link", reason)
