"""The first layer: rules, applied line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
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

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.starts = tuple(rule for rule in rules if rule.scope == "start")
        self.with_needs = tuple(rule for rule in rules if rule.needs or not rule.is_anchored)
        self.opening = _any_of([rule for rule in rules if not rule.needs and rule.is_anchored])


class RuleIndex:
    """Rules sorted by where in a text they look; made once, used for many articles."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        def at(*positions: str) -> _Zone:
            return _Zone([rule for rule in rules if rule.position in positions])

        self.zones: dict[_ZoneName, _Zone] = {
            "head": at("anywhere", "head", "edge"),
            "inside": at("anywhere"),
            "foot": at("foot", "edge"),
            "end": at("foot", "edge", "end"),
        }
        self._needing = tuple(rule for rule in rules if rule.needs)
        self._literals = Literals(piece for rule in rules for piece in rule.needs)

    def needs_in(self, text: str) -> dict[str, tuple[str, ...]]:
        """For each rule that needs some piece of text: those of its pieces that may stand in this text."""
        possible = self._literals.possible(text)
        return {rule.name: tuple(p for p in rule.needs if p in possible) for rule in self._needing}


def _any_of(rules: Sequence[Rule]) -> re.Pattern[str]:
    """One pattern that matches wherever one of the rules' does; with no rules, nowhere."""
    patterns = [re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in rules]
    scoped = [re.sub(r"^\(\?i\)(.*)$", r"(?i:\1)", pattern, flags=re.DOTALL) for pattern in patterns]
    return re.compile("|".join(scoped) or "(?!)")


class RuleFinder:
    """Finds what rules set aside in the lines of one article.

    Remembers which rules fit a line: every round of cleaning looks at all lines again, and lines recur.
    """

    def __init__(self, index: RuleIndex, text: str) -> None:
        self._zones = index.zones
        self._needs = index.needs_in(text)
        self._asked = {
            name: tuple(rule for rule in zone.with_needs if self._needs.get(rule.name, ("",)))
            for name, zone in index.zones.items()
        }
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
        for rule, match in self._fits(line.text, zone):
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

    def _fits(self, text: str, zone: _ZoneName) -> list[Fit]:
        known = self._known.get((zone, text))
        if known is None:
            rules = self._zones[zone]
            may_open = rules.opening.match(text, 0, _START_CHARACTERS)
            known = self._ask(rules.rules if may_open else self._asked[zone], text)
            self._known[zone, text] = known
        return known

    def _openings(self, line: Line, zone: _ZoneName) -> list[Removal]:
        """What stands before the first sentence, one behind the other: a place, an agency."""
        starts = self._zones[zone].starts
        removals: list[Removal] = []
        place = 0
        while found := self._ask(starts, line.text[place : place + _START_CHARACTERS]):
            rule, match = found[0]
            end = place + match.end()
            removals.append(_removal(rule, match, line.start + place, line.start + end))
            place = end
        return removals

    def _ask(self, rules: Sequence[Rule], text: str) -> list[Fit]:
        """The rules that fit a line, in their order, each with what it found."""
        opening, lowered, n_words = text[:_START_CHARACTERS], text.lower(), text.count(" ") + 1
        is_long = len(text) > _MAX_CHARACTERS
        found = []
        for rule in rules:
            if rule.scope == "start":
                searched = opening
            elif is_long or n_words > rule.max_words:
                continue
            else:
                searched = text
            if rule.needs and not _holds_any(lowered, self._needs[rule.name]):
                continue
            match = rule.pattern.search(searched)
            if match and not any(unless.search(searched) for unless in rule.unless):
                found.append((rule, match))
        return found


def _holds_any(text: str, pieces: tuple[str, ...]) -> bool:
    # A plain loop: any() with a generator takes twice the time, and this is asked more than anything else.
    for piece in pieces:  # noqa: SIM110
        if piece in text:
            return True
    return False


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
