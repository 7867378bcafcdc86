"""The first layer: rules, applied line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from biaslens.cleaning.lines import Line
from biaslens.rules import Category, Rule

# How many lines count as head and foot, however long the text is.
_HEAD_LINES, _FOOT_LINES = 6, 8

# A line under a "Related" label is a link while it has this many words and no full stop.
_LINK_WORDS = range(3, 23)
_MAX_LINKS = 8


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
    """What the rules set aside in these lines, in reading order; each line at most once.

    From the top for rules about the head or any place, else from the bottom for rules about the foot.
    Head and foot are counted in lines that stay, so that a pile of credits is cleared in one go.
    """
    return _from_top(lines, [rule for rule in rules if rule.position != "foot"]) or _from_bottom(
        lines, [rule for rule in rules if rule.position in ("foot", "edge")]
    )


def _from_top(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Removal]:
    anywhere = [rule for rule in rules if rule.position == "anywhere"]
    removals: list[Removal] = []
    n_kept = row = 0
    while row < len(lines):
        found = _first_match(lines, row, rules if n_kept < _HEAD_LINES else anywhere)
        removals += found
        row += 1
        while found and row < len(lines) and lines[row].start < found[-1].end:
            row += 1
        n_kept += not found
    return removals


def _from_bottom(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Removal]:
    removals: list[Removal] = []
    n_kept, row = 0, len(lines)
    while row > 0 and n_kept < _FOOT_LINES:
        row -= 1
        found = _first_match(lines, row, rules)
        removals += found
        n_kept += not found
    return removals[::-1]


def _first_match(lines: Sequence[Line], row: int, rules: Sequence[Rule]) -> list[Removal]:
    """What the first rule that fits removes, starting at this line."""
    line = lines[row]
    n_words = line.n_words
    for rule in rules:
        match = rule.pattern.search(line.text) if n_words <= rule.max_words else None
        if match is None or any(unless.search(line.text) for unless in rule.unless):
            continue
        if rule.scope == "start":
            return [_removal(rule, line, match, line.start + match.end())]
        followers = _followers(lines, row, rule)
        if rule.scope == "line":
            return [_removal(rule, line, match, line.end), *(_link(rule, link) for link in followers)]
        # The lines of a block are one span: one appeal, one row in the ledger.
        if followers:
            return [_removal(rule, line, match, followers[-1].end)]
    return []


def _followers(lines: Sequence[Line], row: int, rule: Rule) -> list[Line]:
    """The lines below that belong to the matched one: a block's rest, or links under a label."""
    below = lines[row + 1 : row + max(rule.max_lines, _MAX_LINKS + 1)]
    if rule.scope == "block":
        closing = [i for i, line in enumerate(below) if rule.until and rule.until.search(line.text)]
        if closing:
            return list(below[: closing[0] + 1])
        return _run(below, rule.while_)
    if rule.headlines_follow:
        return _run(below, None)
    return []


def _run(below: Sequence[Line], belongs: re.Pattern[str] | None) -> list[Line]:
    """The lines from the top on that belong: by the pattern, or by looking like a link."""
    run = []
    for line in below:
        is_link = not line.is_prose and line.n_words in _LINK_WORDS
        if not (belongs.search(line.text) if belongs else is_link):
            break
        run.append(line)
    return run


def _removal(rule: Rule, line: Line, match: re.Match[str], end: int) -> Removal:
    harvest = tuple((field, text.strip()) for field, text in match.groupdict().items() if text)
    is_block = rule.scope == "block"
    return Removal(
        line.start, end, rule.category, rule.name, rule.reason, rule.confidence, harvest, is_block
    )


def _link(rule: Rule, line: Line) -> Removal:
    reason = "Stands under a label of links to other articles and reads like a headline."
    return Removal(line.start, line.end, rule.category, f"{rule.name}+link", reason, 0.8)
