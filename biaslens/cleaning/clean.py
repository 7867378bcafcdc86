"""Cleaning of articles: every layer in turn, until nothing more is found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from biaslens.articles import Articles
from biaslens.cleaned import Cleaned, Harvest, Ledger
from biaslens.cleaning.agreement import overlapping
from biaslens.cleaning.by_rule import Removal, RuleFinder, RuleIndex
from biaslens.cleaning.credits import Credit, find_credits, main_credit
from biaslens.cleaning.layers import Layers
from biaslens.cleaning.lines import Line, line_bounds, split_lines
from biaslens.cleaning.repetition import Repeats
from biaslens.lexicons import agency_names
from biaslens.rules import load_precision, load_rules
from biaslens.spans import Spans

# Line by line removal of more than this share of an article is more likely a wrong rule than boilerplate;
# texts shorter than this many words may well be nothing but a credit line.
_MAX_REMOVED_SHARE = 0.4
_MIN_WORDS_FOR_LIMIT = 60

# An article takes two rounds or three; only a text made to be slow, thousands of like lines, takes more.
_MAX_ROUNDS = 6

_FROM_WHOM = frozenset({"byline", "dateline", "wire"})

_HANDLE_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")


def clean_articles(articles: Articles, repeats: Repeats, language: str = "en") -> Cleaned:
    """The outlet's own text of each article, the ledger of what was set aside, and what that tells.

    Every character that is not white space ends up in exactly one kept or removed span, and cleaning
    what was kept removes nothing more.
    """
    index, precision = RuleIndex(load_rules(language)), load_precision(language)
    outcomes, credited = [], []
    for text, outlet, title in zip(articles.text, articles.outlet, articles.title, strict=True):
        layers = Layers(RuleFinder(index, text), precision, repeats, outlet, title)
        lines = split_lines(text)
        outcome = _until_settled(lines, layers)
        outcomes.append(outcome)
        credited.append(main_credit(find_credits(text, lines, outcome.lines, outcome.removals, language)))
    kept = [(row, line.start, line.end) for row, found in enumerate(outcomes) for line in found.lines]
    removed = [(row, removal) for row, found in enumerate(outcomes) for removal in found.removals]
    flagged = [(row, removal) for row, found in enumerate(outcomes) for removal in found.flagged]
    return Cleaned(
        kept=Spans.of(kept),
        spared=np.array([found.is_spared for found in outcomes], dtype=bool),
        ledger=_ledger(removed),
        flagged=_ledger(flagged),
        harvest=_harvest(credited, removed),
    )


def keep_all(articles: Articles) -> Cleaned:
    """Every line of every article kept: cleaning switched off."""
    kept = [(row, start, end) for row, text in enumerate(articles.text) for start, end in line_bounds(text)]
    spared = np.zeros(len(articles), dtype=bool)
    return Cleaned(Spans.of(kept), spared, _ledger([]), _ledger([]), _harvest([None] * len(articles), []))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One article's kept lines, removals, and what is doubtful; ``is_spared`` where too much was found."""

    lines: list[Line]
    removals: list[Removal]
    flagged: list[Removal]
    is_spared: bool


def _until_settled(lines: list[Line], layers: Layers) -> _Outcome:
    """Apply the layers until they find nothing; then nothing is left for a second cleaning either."""
    removals: list[Removal] = []
    spared: list[Removal] = []
    for _ in range(_MAX_ROUNDS):
        found, spared = _find_all(lines, layers), []
        if _is_too_much(lines, found):
            spared = [removal for removal in found if not removal.is_block]
            found = [removal for removal in found if removal.is_block]
        if not found:
            break
        removals = _absorb(removals, found)
        lines = without(lines, found)
    flagged = _in_order([*spared, *layers.doubtful])
    return _Outcome(lines, _in_order(removals), flagged, bool(spared))


def _find_all(lines: list[Line], layers: Layers) -> list[Removal]:
    """What the layers find in these lines, one after the other."""
    removals: list[Removal] = []
    for _ in range(_MAX_ROUNDS):
        found = layers.find(lines)
        if not found:
            break
        removals = _absorb(removals, found)
        lines = without(lines, found)
    return removals


def _in_order(removals: Sequence[Removal]) -> list[Removal]:
    """In reading order; of finds that overlap, the first, or the longest of those that start together."""
    kept: list[Removal] = []
    for removal in sorted(removals, key=lambda removal: (removal.start, -removal.end)):
        if not kept or removal.start >= kept[-1].end:
            kept.append(removal)
    return kept


def _is_too_much(lines: list[Line], removals: list[Removal]) -> bool:
    """Whether line by line removal, blocks apart, takes more of the article than rules are believed for."""
    blocks = [removal for removal in removals if removal.is_block]
    n_words = _n_words(lines)
    n_removed = _n_words(without(lines, blocks)) - _n_words(without(lines, removals))
    return n_words >= _MIN_WORDS_FOR_LIMIT and n_removed > _MAX_REMOVED_SHARE * n_words


def _absorb(removals: list[Removal], found: list[Removal]) -> list[Removal]:
    """Both together; what was found earlier within a block that shows only now becomes part of it."""
    blocks = sorted((removal for removal in found if removal.is_block), key=lambda block: block.start)
    inside: dict[int, list[Removal]] = {}
    apart = []
    for removal in removals:
        rows = overlapping(blocks, removal.start, removal.end)
        if rows:
            inside.setdefault(rows.start, []).append(removal)
        else:
            apart.append(removal)
    # What they told about the article is kept.
    grown = [
        replace(
            block, harvest=block.harvest + tuple(told for part in inside.get(i, ()) for told in part.harvest)
        )
        for i, block in enumerate(blocks)
    ]
    return [*apart, *grown, *(removal for removal in found if not removal.is_block)]


def without(lines: Sequence[Line], removals: Sequence[Removal]) -> list[Line]:
    """The lines, or what is left of them, outside the removals; a hole in a line makes two lines of it."""
    holes = sorted((removal.start, removal.end) for removal in removals)
    left, i = [], 0
    for line in lines:
        place = line.start
        while i < len(holes) and holes[i][0] < line.end:
            left += line.between(place, holes[i][0])
            place = max(place, holes[i][1])
            if place >= line.end:
                break
            i += 1
        left += line.between(place, line.end)
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


def _harvest(credited: Sequence[Credit | None], removed: Sequence[tuple[int, Removal]]) -> Harvest:
    """The first find of each field, per article; all captions and inside headlines."""
    found: list[dict[str, list[str]]] = [{} for _ in credited]
    # A notice of the outlet itself comes before those that say from whom it has the text.
    for row, removal in sorted(removed, key=lambda place: place[1].category in _FROM_WHOM):
        for field, text in removal.harvest:
            # Whether an agency is the outlet depends on how much of the text is credited to it.
            if field != "outlet" or removal.category not in _FROM_WHOM or text not in agency_names():
                found[row].setdefault(field, []).append(text)

    def first(field: str) -> tuple[str, ...]:
        return tuple(fields.get(field, [""])[0] for fields in found)

    return Harvest(
        title=first("title"),
        dateline=first("dateline"),
        agency=tuple(credit.agency if credit else "" for credit in credited),
        agency_scope=tuple(credit.scope if credit else "" for credit in credited),
        byline=first("byline"),
        published=first("published"),
        outlet=tuple(_outlet(name) for name in first("outlet")),
        captions=tuple(tuple(fields.get("caption", ())) for fields in found),
        headlines=tuple(tuple(fields.get("headline", ())) for fields in found),
    )


def _outlet(credit: str) -> str:
    """The outlet's usual name, also out of an account name such as "DailyHeraldNews"."""
    words = " ".join(_HANDLE_WORDS.split(credit)) if " " not in credit else credit
    return _outlets_by_lower().get(words.casefold(), words)


@cache
def _outlets_by_lower() -> dict[str, str]:
    return {name.casefold(): usual for name, usual in agency_names().items()}
