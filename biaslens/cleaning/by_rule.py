"""The first layer: rules, applied line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from biaslens.cleaning.lines import Line
from biaslens.rules import Category, Rule

# How many lines count as head, foot and end, however long the text is.
_HEAD_LINES, _FOOT_LINES, _END_LINES = 6, 8, 2

# A line under a "Related" label is a link while it has this many words and no full stop.
_LINK_WORDS = range(3, 23)
_MAX_LINKS = 8

# No boilerplate line is longer, and no dateline; looking no further bounds the time that any text can take.
_MAX_CHARACTERS, _START_CHARACTERS = 2_000, 200


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


def find_by_rules(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Removal]:
    """What the rules set aside in these lines, in reading order; each character at most once.

    From the top for rules about the head or any place, else from the bottom for rules about the foot.
    Head and foot are counted in lines that stay, so that a pile of credits is cleared in one go.
    """
    return _from_top(lines, rules) or _from_bottom(lines, rules)


def _from_top(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Removal]:
    anywhere = [rule for rule in rules if rule.position == "anywhere"]
    at_head = [rule for rule in rules if rule.position in ("anywhere", "head", "edge")]
    removals: list[Removal] = []
    n_kept = row = 0
    while row < len(lines):
        found = _first_match(lines, row, at_head if n_kept < _HEAD_LINES else anywhere)
        removals += found
        row += 1
        while found and row < len(lines) and lines[row].start < found[-1].end:
            row += 1
        n_kept += not found
    return removals


def _from_bottom(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Removal]:
    at_foot = [rule for rule in rules if rule.position in ("foot", "edge")]
    at_end = [rule for rule in rules if rule.position in ("foot", "edge", "end")]
    found_by_row: list[list[Removal]] = []
    n_kept, row = 0, len(lines)
    while row > 0 and n_kept < _FOOT_LINES:
        row -= 1
        found = _first_match(lines, row, at_end if n_kept < _END_LINES else at_foot)
        found_by_row.append(found)
        n_kept += not found
    return [removal for found in reversed(found_by_row) for removal in found]


def _first_match(lines: Sequence[Line], row: int, rules: Sequence[Rule]) -> list[Removal]:
    """What the first rule that fits removes, starting at this line."""
    line = lines[row]
    n_words = line.n_words
    for rule in rules:
        if rule.scope == "start":
            if found := _openings(line, rules):
                return found
            continue
        match = _match(rule, line.text, n_words)
        if match is None:
            continue
        if rule.scope == "line":
            followers = _links(lines[row + 1 : row + 1 + _MAX_LINKS]) if rule.headlines_follow else []
            return [_removal(rule, match, line.start, line.end), *(_link(rule, link) for link in followers)]
        # The lines of a block are one span: one appeal, one row in the ledger.
        if block := _block(lines[row + 1 : row + rule.max_lines], rule):
            return [_removal(rule, match, line.start, block[-1].end)]
    return []


def _match(rule: Rule, text: str, n_words: int) -> re.Match[str] | None:
    if n_words > rule.max_words or len(text) > _MAX_CHARACTERS:
        return None
    if rule.needs:
        lowered = text.lower()
        if not any(word in lowered for word in rule.needs):
            return None
    match = rule.pattern.search(text)
    return None if match is None or any(unless.search(text) for unless in rule.unless) else match


def _openings(line: Line, rules: Sequence[Rule]) -> list[Removal]:
    """What stands before the first sentence: a place, an agency, one behind the other."""
    start_rules = [rule for rule in rules if rule.scope == "start"]
    removals: list[Removal] = []
    place = 0
    while True:
        opening = line.text[place : place + _START_CHARACTERS]
        found = next(((rule, match) for rule in start_rules if (match := _match(rule, opening, 0))), None)
        if found is None:
            return removals
        rule, match = found
        end = place + match.end()
        removals.append(_removal(rule, match, line.start + place, line.start + end))
        place = end


def _block(below: Sequence[Line], rule: Rule) -> list[Line]:
    """Down to the closing line, or as long as the lines belong; the outlet's own text may not stand between."""
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
