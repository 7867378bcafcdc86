"""Cleaning of articles: every layer in turn, until nothing more is found."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.articles import Articles
from biaslens.cleaned import Cleaned, Harvest, Ledger
from biaslens.cleaning.by_rule import Removal, RuleFinder
from biaslens.cleaning.headlines import find_headlines
from biaslens.cleaning.lines import Line, split_lines
from biaslens.cleaning.pull_quotes import find_pull_quotes
from biaslens.cleaning.repetition import Repeats, find_repeats
from biaslens.lexicons import agency_names
from biaslens.rules import Rule, load_rules
from biaslens.spans import Spans

# Line by line removal of more than this share of an article is more likely a wrong rule than boilerplate;
# texts shorter than this many words may well be nothing but a credit line.
_MAX_REMOVED_SHARE = 0.4
_MIN_WORDS_FOR_LIMIT = 60

_Layers = Callable[[Sequence[Line]], list[Removal]]

_HANDLE_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")


def clean_articles(articles: Articles, repeats: Repeats, language: str = "en") -> Cleaned:
    """The outlet's own text of each article, the ledger of what was set aside, and what that tells.

    Every character that is not white space ends up in exactly one kept or removed span, and cleaning
    what was kept removes nothing more.
    """
    kept: list[tuple[int, int, int]] = []
    removed: list[tuple[int, Removal]] = []
    spared = np.zeros(len(articles), dtype=bool)
    rules = load_rules(language)
    for row, text in enumerate(articles.text):
        layers = _layers(rules, repeats, articles.outlet[row], articles.title[row])
        outcome = _until_settled(split_lines(text), layers)
        kept += [(row, line.start, line.end) for line in outcome.lines]
        removed += [(row, removal) for removal in outcome.removals]
        spared[row] = outcome.is_spared
    return Cleaned(Spans.of(kept), spared, _ledger(removed), _harvest(len(articles), removed))


def keep_all(articles: Articles) -> Cleaned:
    """Every line of every article kept: cleaning switched off."""
    kept = [
        (row, line.start, line.end) for row, text in enumerate(articles.text) for line in split_lines(text)
    ]
    spared = np.zeros(len(articles), dtype=bool)
    return Cleaned(Spans.of(kept), spared, _ledger([]), _harvest(len(articles), []))


def _layers(rules: Sequence[Rule], repeats: Repeats, outlet: str, title: str) -> _Layers:
    """What one article's lines are asked for; a layer is asked only where those before it found nothing."""
    finder = RuleFinder(rules)

    def find(lines: Sequence[Line]) -> list[Removal]:
        return (
            finder.find(lines)
            or find_repeats(lines, outlet, repeats)
            or find_headlines(lines, title)
            or find_pull_quotes(lines)
        )

    return find


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One article's kept lines and removals; ``is_spared`` where more was found than is believed."""

    lines: list[Line]
    removals: list[Removal]
    is_spared: bool


def _until_settled(lines: list[Line], layers: _Layers) -> _Outcome:
    """Apply the layers until they find nothing; then nothing is left for a second cleaning either."""
    removals: list[Removal] = []
    is_spared = False
    while True:
        found = _find_all(lines, layers)
        if _is_too_much(lines, found):
            found, is_spared = [removal for removal in found if removal.is_block], True
        if not found:
            return _Outcome(lines, sorted(removals, key=lambda removal: removal.start), is_spared)
        removals = _absorb(removals, found)
        lines = _without(lines, found)


def _find_all(lines: list[Line], layers: _Layers) -> list[Removal]:
    """What the layers find in these lines, one after the other."""
    removals: list[Removal] = []
    while found := layers(lines):
        removals = _absorb(removals, found)
        lines = _without(lines, found)
    return removals


def _is_too_much(lines: list[Line], removals: list[Removal]) -> bool:
    """Whether line by line removal, blocks apart, takes more of the article than rules are believed for."""
    blocks = [removal for removal in removals if removal.is_block]
    n_words = _n_words(lines)
    n_removed = _n_words(_without(lines, blocks)) - _n_words(_without(lines, removals))
    return n_words >= _MIN_WORDS_FOR_LIMIT and n_removed > _MAX_REMOVED_SHARE * n_words


def _absorb(removals: list[Removal], found: list[Removal]) -> list[Removal]:
    """Both together; what was found earlier within a block that shows only now becomes part of it."""
    blocks = sorted((removal.start, removal.end) for removal in found if removal.is_block)

    def is_inside(removal: Removal) -> bool:
        i = bisect_right(blocks, (removal.start, sys.maxsize)) - 1
        return i >= 0 and removal.start < blocks[i][1]

    return [removal for removal in removals if not is_inside(removal)] + found


def _without(lines: Sequence[Line], removals: Sequence[Removal]) -> list[Line]:
    """The lines, or what is left of them, outside the removals."""
    ends = sorted((removal.start, removal.end) for removal in removals)
    left, removed_until, i = [], 0, 0
    for line in lines:
        while i < len(ends) and ends[i][0] < line.end:
            removed_until = ends[i][1]
            i += 1
        if removed_until <= line.start:
            left.append(line)
        elif removed_until < line.end:
            left.append(line.after(removed_until - line.start))
    return left


def _n_words(lines: Sequence[Line]) -> int:
    return sum(line.n_words for line in lines)


def _ledger(removed: Sequence[tuple[int, Removal]]) -> Ledger:
    return Ledger(
        spans=Spans.of([(row, removal.start, removal.end) for row, removal in removed]),
        category=tuple(removal.category for _, removal in removed),
        rule=tuple(removal.rule for _, removal in removed),
        reason=tuple(removal.reason for _, removal in removed),
        confidence=np.array([removal.confidence for _, removal in removed], dtype=np.float64),
    )


def _harvest(n_articles: int, removed: Sequence[tuple[int, Removal]]) -> Harvest:
    """The first find of each field, per article; all captions and inside headlines."""
    found: list[dict[str, list[str]]] = [{} for _ in range(n_articles)]
    for row, removal in removed:
        for field, text in removal.harvest:
            found[row].setdefault(field, []).append(text)

    def first(field: str) -> tuple[str, ...]:
        return tuple(fields.get(field, [""])[0] for fields in found)

    return Harvest(
        title=first("title"),
        dateline=first("dateline"),
        agency=tuple(_agency(name) for name in first("agency")),
        byline=first("byline"),
        published=first("published"),
        outlet=tuple(_outlet(name) for name in first("outlet")),
        captions=tuple(tuple(fields.get("caption", ())) for fields in found),
        headlines=tuple(tuple(fields.get("headline", ())) for fields in found),
    )


def _agency(credit: str) -> str:
    """The agency's usual name: "Xinhuanet" is Xinhua."""
    name = re.sub(r"^[Tt]he ", "", credit)
    return agency_names().get(credit, agency_names().get(name, credit))


def _outlet(credit: str) -> str:
    """The outlet's usual name, also out of an account name such as "DailyHeraldNews"."""
    words = " ".join(_HANDLE_WORDS.split(credit)) if " " not in credit else credit
    by_lower = {name.casefold(): usual for name, usual in agency_names().items()}
    return by_lower.get(words.casefold(), words)
