"""Digest titles: the phrases by which a title announces several events, as data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_FILE = "digest_titles.toml"


@dataclass(frozen=True, slots=True)
class DigestPhrase:
    """One phrase; matches and keeps are titles that it must and must not find, which the tests try."""

    pattern: str
    matches: tuple[str, ...]
    keeps: tuple[str, ...]


@cache
def load_digest_phrases() -> tuple[DigestPhrase, ...]:
    """The phrases that ship with biaslens.

    >>> any("round" in phrase.pattern for phrase in load_digest_phrases())
    True
    """
    file = resources.files("biaslens") / "data" / "boilerplate" / _FILE
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["phrase"]
    return tuple(DigestPhrase(row["pattern"], tuple(row["matches"]), tuple(row["keeps"])) for row in rows)


@cache
def digest_pattern() -> re.Pattern[str]:
    """All phrases in one, whatever their case."""
    return re.compile("|".join(phrase.pattern for phrase in load_digest_phrases()), re.IGNORECASE)
