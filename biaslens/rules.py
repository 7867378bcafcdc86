"""Boilerplate rules: the only reader of ``data/boilerplate``."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from biaslens.errors import BadData

Category = Literal[
    "appeal", "newsletter", "social", "related", "caption", "credit", "byline", "dateline", "timestamp",
    "wire", "copyright", "consent", "comments", "update", "contact", "advertisement", "furniture", "headline",
    "repeated",
]  # fmt: skip
Scope = Literal["line", "block", "start"]
Position = Literal["anywhere", "head", "foot", "edge", "end"]
HarvestField = Literal["title", "dateline", "agency", "byline", "published", "outlet", "caption"]

_VERSION = 1
_FIELDS = {
    "name", "category", "scope", "position", "pattern", "needs", "unless", "guard", "until", "while",
    "max_words", "max_lines", "headlines_follow", "reason", "confidence", "matches", "keeps",
}  # fmt: skip
_REQUIRED = {"name", "category", "pattern", "reason", "confidence", "matches"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason why a piece of text is not the outlet's own words.

    name              "category.detail"; stands in the ledger
    scope             "line": the whole line; "start": the beginning of a line; "block": this line and those
                      below it
    position          where in the text it may stand: "head", "foot", "edge" (either), "end" (the last two
                      lines) or "anywhere"
    pattern           searched in the line; its named groups are harvested (title, agency, published, ...)
    needs             a line without one of these pieces of text, in lower case, cannot match: saves time
    unless            a line in which this is found is left alone
    until             blocks: the line that closes the block
    while_            blocks: lines belong to it as long as this is found in them
    max_words         longer lines are left alone; does not bind the beginnings of lines
    max_lines         blocks: at most this many lines
    headlines_follow  headline-like lines below it (linked articles) belong to it
    reason            one sentence for the reader of the ledger
    confidence        0 to 1
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
    max_words: int
    max_lines: int
    headlines_follow: bool
    reason: str
    confidence: float
    matches: tuple[str, ...]
    keeps: tuple[str, ...]


@cache
def load_rules(language: str = "en") -> tuple[Rule, ...]:
    """All boilerplate rules of a language, in the order of their files and names.

    Raises BadData where a file breaks the format, or where the language has no rules.
    """
    rules = [rule for file, text in _files() for rule in read_rules(text, file, language)]
    if not rules:
        known = ", ".join(sorted({str(tomllib.loads(text)["language"]) for _, text in _files()}))
        raise BadData(
            f"There are no boilerplate rules for language {language!r}; there are some for {known}. "
            "Set Settings.clean to False to compare texts as they are."
        )
    _refuse_shared_names(rules, "data/boilerplate")
    return tuple(rules)


@cache
def rule_checksums() -> dict[str, str]:
    """sha256 of every rule file below data/, with line ends as \\n."""
    return {f"boilerplate/{file}": hashlib.sha256(text.encode()).hexdigest() for file, text in _files()}


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


def _files() -> list[tuple[str, str]]:
    """Name and text of every rule file, by name; line ends as \\n."""
    folder = resources.files("biaslens") / "data" / "boilerplate"
    return [
        (file.name, file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
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
        max_words=row.get("max_words", 60),
        max_lines=row.get("max_lines", 1),
        headlines_follow=row.get("headlines_follow", False),
        reason=row["reason"],
        confidence=float(row["confidence"]),
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


def _one_of(value: str, choices: Any, file: str, name: str) -> None:
    if value not in get_args(choices):
        raise BadData(f"{file}: rule {name!r} says {value!r}; it can be {', '.join(get_args(choices))}.")


def _compile(pattern: str, file: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise BadData(f"{file}: the pattern of rule {name!r} does not compile: {error}.") from error
