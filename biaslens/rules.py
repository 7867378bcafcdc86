"""Boilerplate rules, in ``data/boilerplate``; what else stands there has readers of its own."""

from __future__ import annotations

import hashlib
import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal, get_args

from biaslens.errors import BadData

Category = Literal[
    "appeal", "newsletter", "social", "related", "caption", "credit", "byline", "dateline", "timestamp",
    "wire", "copyright", "consent", "comments", "update", "contact", "advertisement", "furniture", "headline",
    "repeated",
]  # fmt: skip
Scope = Literal["line", "block", "start"]
Position = Literal["anywhere", "head", "foot", "edge", "end"]
HarvestField = Literal["title", "dateline", "byline", "published", "outlet", "caption"]

_VERSION = 1
_FIELDS = {
    "name", "category", "scope", "position", "pattern", "needs", "unless", "guard", "until", "while", "above",
    "max_words", "max_lines", "headlines_follow", "reason", "matches", "keeps",
}  # fmt: skip
_REQUIRED = {"name", "category", "pattern", "reason", "matches"}

# A rule is believed where at least this much of what it removes is boilerplate, at the lower 95 % bound.
PROVEN = 0.90
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of a rule's removals were judged by reading, and how many of these were right."""

    right: int
    judged: int

    @property
    def lower_bound(self) -> float:
        """Lower end of the 95 % interval of the share that is right (Wilson 1927); 0 where none was judged.

        >>> round(Precision(right=44, judged=44).lower_bound, 3)
        0.92
        """
        if not self.judged:
            return 0.0
        n, share = self.judged, self.right / self.judged
        centre = share + _Z**2 / (2 * n)
        spread = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n))
        return (centre - spread) / (1 + _Z**2 / n)

    @property
    def is_proven(self) -> bool:
        return self.lower_bound >= PROVEN


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason why a piece of text is not the outlet's own words.

    name              "category.detail"; stands in the ledger
    scope             "line": the whole line; "start": the beginning of a line; "block": this line and those
                      below it
    position          where in the text it may stand: "head", "foot", "edge" (either), "end" (the last two
                      lines) or "anywhere"
    pattern           searched in the line; its named groups are harvested (title, outlet, published, ...)
    needs             a line without one of these pieces of text, in lower case, cannot match: saves time
    unless            a line in which this is found is left alone
    until             blocks: the line that closes the block
    while_            lines below belong to it as long as this is found in them
    above             lines above belong to it as long as this is found in them
    max_words         longer lines are left alone; does not bind the beginnings of lines
    max_lines         at most this many lines with those below
    headlines_follow  headline-like lines below it (linked articles) belong to it
    reason            one sentence for the reader of the ledger
    matches, keeps    lines that the rule must and must not catch; tested
    """

    name: str
    category: Category
    scope: Scope
    position: Position
    pattern: re.Pattern[str]
    needs: tuple[str, ...]
    unless: tuple[re.Pattern[str], ...]
    until: re.Pattern[str] | None
    while_: re.Pattern[str] | None
    above: re.Pattern[str] | None
    max_words: int
    max_lines: int
    headlines_follow: bool
    reason: str
    matches: tuple[str, ...]
    keeps: tuple[str, ...]

    @property
    def is_anchored(self) -> bool:
        """Whether the pattern can only match from the beginning of a line."""
        return re.match(r"(?:\(\?i\))?\^", self.pattern.pattern) is not None and not _has_choice(self.pattern)


@cache
def load_rules(language: str = "en") -> tuple[Rule, ...]:
    """All boilerplate rules of a language, in the order of their files and names.

    Raises BadData where a file breaks the format, or where the language has no rules.
    """
    rules = [rule for file, text in _files(".toml") for rule in read_rules(text, file, language)]
    if not rules:
        known = ", ".join(sorted({str(tomllib.loads(text)["language"]) for _, text in _files(".toml")}))
        raise BadData(
            f"There are no boilerplate rules for language {language!r}; there are some for {known}. "
            "Set Settings.clean to False to compare texts as they are."
        )
    _refuse_shared_names(rules, "data/boilerplate")
    return tuple(rules)


@cache
def load_precision(language: str = "en") -> dict[str, Precision]:
    """What was measured of each rule, by its name, from ``measured.json``.

    Raises BadData where the file breaks the format.
    """
    text = (_folder() / "measured.json").read_text(encoding="utf-8")
    data = json.loads(text)
    if data.get("version") != _VERSION:
        raise BadData(
            f"measured.json: format version {data.get('version')!r}, but this release reads {_VERSION}."
        )
    counts = data["rules"].get(language, {})
    return {name: Precision(count["right"], count["judged"]) for name, count in counts.items()}


@cache
def rule_checksums() -> dict[str, str]:
    """sha256 of every file below data/boilerplate, with line ends as \\n."""
    return {
        f"boilerplate/{file}": hashlib.sha256(text.encode()).hexdigest()
        for file, text in _files(".toml", ".json")
    }


def read_rules(text: str, file: str, language: str) -> list[Rule]:
    """The rules of one file, none if it is written for another language.

    Raises BadData where the file breaks the format.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{file} is not TOML: {error}.") from error
    if data.get("version") != _VERSION:
        raise BadData(f"{file}: format version {data.get('version')!r}, but this release reads {_VERSION}.")
    if data.get("language") != language:
        return []
    guards = {name: _compile(pattern, file, name) for name, pattern in data.get("guards", {}).items()}
    rules = [_rule(row, file, guards) for row in data.get("rule", ())]
    _refuse_shared_names(rules, file)
    return rules


def _folder() -> Traversable:
    return resources.files("biaslens") / "data" / "boilerplate"


def _files(*endings: str) -> list[tuple[str, str]]:
    """Name and text of every file with one of these endings, by name; line ends as \\n."""
    return [
        (file.name, file.read_text(encoding="utf-8"))
        for file in sorted(_folder().iterdir(), key=lambda file: file.name)
        if file.name.endswith(endings)
    ]


def _refuse_shared_names(rules: Sequence[Rule], file: str) -> None:
    repeated = sorted(name for name, n in Counter(rule.name for rule in rules).items() if n > 1)
    if repeated:
        raise BadData(f"{file}: rules share a name: {', '.join(repeated)}; rename all but one.")


def _rule(row: dict[str, Any], file: str, guards: dict[str, re.Pattern[str]]) -> Rule:
    name = str(row.get("name", "?"))
    _check_fields(row, file, name)
    pattern = _compile(row["pattern"], file, name)
    if pattern.search(""):
        raise BadData(
            f"{file}: the pattern of rule {name!r} matches an empty line; make it ask for something."
        )
    for group in pattern.groupindex:
        _one_of(group, HarvestField, file, name)
    unknown = sorted(set(row.get("guard", ())) - guards.keys())
    if unknown:
        raise BadData(f"{file}: rule {name!r} names guards {unknown}; the file has {sorted(guards)}.")
    unless = [guards[guard] for guard in row.get("guard", ())]
    if "unless" in row:
        unless.append(_compile(row["unless"], file, name))
    return Rule(
        name=name,
        category=row["category"],
        scope=row.get("scope", "line"),
        position=row.get("position", "anywhere"),
        pattern=pattern,
        needs=tuple(row.get("needs", ())),
        unless=tuple(unless),
        until=_compile(row["until"], file, name) if "until" in row else None,
        while_=_compile(row["while"], file, name) if "while" in row else None,
        above=_compile(row["above"], file, name) if "above" in row else None,
        max_words=row.get("max_words", 60),
        max_lines=row.get("max_lines", 1),
        headlines_follow=row.get("headlines_follow", False),
        reason=row["reason"],
        matches=tuple(row["matches"]),
        keeps=tuple(row.get("keeps", ())),
    )


def _check_fields(row: dict[str, Any], file: str, name: str) -> None:
    unknown = sorted(row.keys() - _FIELDS)
    missing = sorted(_REQUIRED - row.keys())
    if unknown or missing:
        raise BadData(f"{file}: rule {name!r} has unknown fields {unknown} and lacks {missing}.")
    scope, position = row.get("scope", "line"), row.get("position", "anywhere")
    _one_of(row["category"], Category, file, name)
    _one_of(scope, Scope, file, name)
    _one_of(position, Position, file, name)
    if scope == "block" and "while" not in row:
        raise BadData(f"{file}: rule {name!r} is a block, and needs 'while': what its lines have in common.")
    reaches_down = scope == "block" or row.get("headlines_follow", False)
    if reaches_down and position not in ("anywhere", "head"):
        raise BadData(
            f"{file}: rule {name!r} takes the lines below it, so it cannot stand at the {position}."
        )


def _has_choice(pattern: re.Pattern[str]) -> bool:
    """Whether a | stands outside all brackets."""
    depth = 0
    for piece in re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|[()|]", pattern.pattern):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "|" and depth == 0:
            return True
    return False


def _one_of(value: str, choices: Any, file: str, name: str) -> None:
    if value not in get_args(choices):
        raise BadData(f"{file}: rule {name!r} says {value!r}; it can be {', '.join(get_args(choices))}.")


def _compile(pattern: str, file: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise BadData(f"{file}: the pattern of rule {name!r} does not compile: {error}.") from error
