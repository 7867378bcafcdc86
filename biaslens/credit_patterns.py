"""Credit patterns: the ways in which articles credit a news agency, as data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from biaslens.errors import BadData

CreditScope = Literal["article", "passage"]
Place = Literal["opening", "line", "closing", "anywhere"]
Position = Literal["head", "foot", "edge", "anywhere"]

_VERSION = 1
_FILE = "agency_credits.toml"
_REQUIRED = {"name", "scope", "place", "pattern", "matches", "keeps"}
_FIELDS = _REQUIRED | {"position", "within", "elsewhere", "needs", "unless", "agency"}

# Patterns see a name, whatever its length and spelling, as one run of two letters that no other text uses.
NAME_SIGN, REST_SIGN = "\ua66e", "\ua66c"
_ANY_NAME = f"(?:(?:[Tt]he |THE )?{NAME_SIGN}{REST_SIGN}*+)"
_SOME_NAMES = rf"{_ANY_NAME}(?:(?:, and |, | and | AND | & | ?/ ?|; ){_ANY_NAME})*"


@dataclass(frozen=True, slots=True)
class CreditPattern:
    """One way in which articles credit an agency.

    place          "opening": the beginning of a line; "line": a whole line; "closing": the end of the text;
                   "anywhere": around one of the pieces of text in needs
    position       edge of the article that it must be near
    within         near: with at most so many words of the article's own prose between it and that edge
    elsewhere      scope of a find that is not near, "" where it is none
    agency         the agency that signs so without its name, "" where the pattern names it
    matches, keeps lines that it must and must not find; tested
    """

    name: str
    scope: CreditScope
    place: Place
    position: Position
    within: int
    elsewhere: CreditScope | Literal[""]
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    agency: str
    matches: tuple[str, ...]
    keeps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreditPatterns:
    """All patterns of a language, and the rules of cleaning whose finds are about pictures."""

    patterns: tuple[CreditPattern, ...]
    pictures: frozenset[str]

    def at(self, place: Place) -> tuple[CreditPattern, ...]:
        return tuple(pattern for pattern in self.patterns if pattern.place == place)


@cache
def load_credit_patterns(language: str = "en") -> CreditPatterns:
    """The patterns that ship with biaslens; none for a language that the file is not written for.

    Raises BadData where the file breaks the format.
    """
    file = resources.files("biaslens") / "data" / "boilerplate" / _FILE
    return read_credit_patterns(file.read_text(encoding="utf-8"), language)


def read_credit_patterns(text: str, language: str) -> CreditPatterns:
    """The patterns of a file. Raises BadData where it breaks the format."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadData(f"{_FILE} is not TOML: {error}.") from error
    if data.get("version") != _VERSION:
        raise BadData(f"{_FILE}: format version {data.get('version')!r}, but this release reads {_VERSION}.")
    if data.get("language") != language:
        return CreditPatterns((), frozenset())
    patterns = tuple(_pattern(row) for row in data.get("credit", ()))
    names = [pattern.name for pattern in patterns]
    if shared := sorted({name for name in names if names.count(name) > 1}):
        raise BadData(f"{_FILE}: credits share a name: {', '.join(shared)}; rename all but one.")
    return CreditPatterns(patterns, frozenset(data.get("pictures", ())))


def _pattern(row: dict[str, Any]) -> CreditPattern:
    name = str(row.get("name", "?"))
    _check_fields(row, name)
    return CreditPattern(
        name=name,
        scope=row["scope"],
        place=row["place"],
        position=row.get("position", "anywhere"),
        within=row.get("within", 0),
        elsewhere=row.get("elsewhere", ""),
        needs=tuple(row.get("needs", ())),
        pattern=_compile(row["pattern"], name),
        unless=_compile(row["unless"], name) if "unless" in row else None,
        agency=row.get("agency", ""),
        matches=tuple(row["matches"]),
        keeps=tuple(row["keeps"]),
    )


def _check_fields(row: dict[str, Any], name: str) -> None:
    unknown, missing = sorted(row.keys() - _FIELDS), sorted(_REQUIRED - row.keys())
    if unknown or missing:
        raise BadData(f"{_FILE}: credit {name!r} has unknown fields {unknown} and lacks {missing}.")
    choices = {"scope": CreditScope, "place": Place, "position": Position, "elsewhere": CreditScope}
    for field in sorted(choices.keys() & row.keys()):
        if row[field] not in get_args(choices[field]):
            known = ", ".join(get_args(choices[field]))
            raise BadData(f"{_FILE}: credit {name!r} says {row[field]!r}; {field} can be {known}.")
    if (row["place"] == "anywhere") != ("needs" in row):
        raise BadData(
            f"{_FILE}: credit {name!r} stands {row['place']!r}; those that stand anywhere, and only those, "
            "have 'needs': a piece of text that gives them away."
        )


def _compile(pattern: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern.replace("{agencies}", _SOME_NAMES).replace("{names}", _ANY_NAME))
    except re.error as error:
        raise BadData(f"{_FILE}: the pattern of credit {name!r} does not compile: {error}.") from error
