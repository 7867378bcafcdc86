"""OutletProfile: what an outlet prints again and again, as hashes that can be kept, merged and shared."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from biaslens.cleaning.outlet_counts import N_SIGNATURE, OutletCounts
from biaslens.cleaning.units import HASHING
from biaslens.errors import BadData, BadSetting, UnknownOutlet
from biaslens.reading.source import read

_FORMAT, _VERSION = "biaslens outlet profile", 1
# Little-endian, so that a file says the same on every machine.
_COLUMNS = {"article": "<u8", "signature": "<u4", "key": "<u8", "row": "<u4", "flags": "u1"}


@dataclass(frozen=True)
class OutletProfile:
    """Which sentences stand in which articles of one outlet.

    A profile learned from a large archive tells what an outlet repeats where only a few of its articles are
    at hand. It holds hashes of sentences and articles, and no text. Merging is exact: the order does not
    matter, and an article that two profiles share counts once.

    counts        the hashes
    min_articles  sentences that stand in fewer articles were dropped; 1 where all are there

    >>> texts = [f"Report {word} of the day.\\nSend letters to Herald House." for word in ("one", "two")]
    >>> profile = OutletProfile.learn(texts, outlet="Herald")
    >>> profile
    OutletProfile('Herald', n_articles=2, n_sentences=3)
    >>> profile + OutletProfile.learn(texts[:1], outlet="Herald") == profile
    True
    """

    counts: OutletCounts
    min_articles: int = 1

    @classmethod
    def learn(cls, articles: object, outlet: str | None = None) -> OutletProfile:
        """The profile of one outlet.

        articles  whatever read() takes, or a list of texts; strings with white space that name no file are
                  texts
        outlet    name of the outlet: which of several to learn from, or whose texts these are

        Raises UnknownOutlet where the articles name several outlets and ``outlet`` does not choose among
        them, or none and it does not tell.
        """
        if isinstance(articles, Sequence) and not isinstance(articles, str) and _are_texts(articles):
            return cls(OutletCounts.of(_named(outlet), articles))
        found = read(articles)
        names = sorted({name for name in found.outlet if name})
        chosen = _choose(names, outlet)
        rows = [row for row, name in enumerate(found.outlet) if name == chosen or not names]
        return cls(OutletCounts.of(chosen, [found.text[row] for row in rows]))

    @property
    def outlet(self) -> str:
        """Name of the outlet."""
        return self.counts.outlet

    @property
    def n_articles(self) -> int:
        """Distinct articles that it was learned from."""
        return len(self.counts.article)

    @property
    def n_sentences(self) -> int:
        """Distinct sentences, those known by their first and last words counted as well."""
        return len(self.counts.starts)

    def merge(self, other: OutletProfile) -> OutletProfile:
        """What both know, together; exact unless one was trimmed. Raises BadSetting for another outlet."""
        if other.outlet != self.outlet:
            raise BadSetting(
                f"A profile of {self.outlet!r} cannot be merged with one of {other.outlet!r}; "
                "hand both to the cleaning instead."
            )
        merged = OutletCounts.merged([self.counts, other.counts])
        return OutletProfile(merged, max(self.min_articles, other.min_articles))

    def __add__(self, other: OutletProfile) -> OutletProfile:
        return self.merge(other)

    def trimmed(self, min_articles: int) -> OutletProfile:
        """A smaller profile, to be shared: without sentences that stand in fewer articles.

        Merging it is approximate from then on: a sentence that was too rare in either part is missing.

        >>> OutletProfile.learn(["One text.", "Another. One text."], outlet="Herald").trimmed(2)
        OutletProfile('Herald', n_articles=2, n_sentences=1, min_articles=2)
        """
        if min_articles < 1:
            raise BadSetting(f"min_articles is {min_articles!r}; it must be 1 or more.")
        return OutletProfile(self.counts.trimmed(min_articles), max(min_articles, self.min_articles))

    @property
    def checksum(self) -> str:
        """sha256 of what it holds, in hexadecimal digits."""
        return _checksum(self.outlet, self.min_articles, self._columns())

    def _columns(self) -> dict[str, str]:
        return {name: _packed(getattr(self.counts, name), kind) for name, kind in _COLUMNS.items()}

    def to_json(self, path: str | os.PathLike[str] | None = None) -> str:
        """The profile as JSON text: a header to read, and columns of hashes; also written to ``path``."""
        columns = self._columns()
        header = {
            "format": _FORMAT,
            "version": _VERSION,
            "outlet": self.outlet,
            "n_articles": self.n_articles,
            "n_sentences": self.n_sentences,
            "min_articles": self.min_articles,
            "hashing": HASHING,
            "checksum": _checksum(self.outlet, self.min_articles, columns),
        }
        text = json.dumps(header | {"columns": columns}, ensure_ascii=False, indent=1) + "\n"
        if path is not None:
            Path(path).write_text(text, encoding="utf-8", newline="\n")
        return text

    @classmethod
    def from_json(cls, source: str | os.PathLike[str]) -> OutletProfile:
        """A profile from the text or the path that to_json() gave.

        Raises BadData for a missing or damaged file, another version, or other hashes.

        >>> profile = OutletProfile.learn(["One text."], outlet="Herald")
        >>> OutletProfile.from_json(profile.to_json()) == profile
        True
        """
        held = _parsed(_content(source))
        columns = held["columns"]
        if held.get("checksum") != _checksum(held["outlet"], held["min_articles"], columns):
            raise BadData("The profile is damaged: its checksum does not fit. Copy or learn it again.")
        unpacked = {name: _unpacked(columns[name], kind) for name, kind in _COLUMNS.items()}
        unpacked["signature"] = unpacked["signature"].reshape(-1, N_SIGNATURE)
        return cls(OutletCounts(held["outlet"], **unpacked), held["min_articles"])

    def __repr__(self) -> str:
        trimmed = f", min_articles={self.min_articles}" if self.min_articles > 1 else ""
        return (
            f"OutletProfile({self.outlet!r}, n_articles={self.n_articles}, "
            f"n_sentences={self.n_sentences}{trimmed})"
        )


def _are_texts(items: Sequence[object]) -> bool:
    """Whether these are articles, not names of files."""
    return bool(items) and all(
        isinstance(item, str) and len(item.split(maxsplit=1)) > 1 and not _names_file(item) for item in items
    )


def _names_file(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False


def _named(outlet: str | None) -> str:
    if not outlet:
        raise UnknownOutlet("Texts alone do not name their outlet; pass outlet='Name'.")
    return outlet


def _choose(names: Sequence[str], outlet: str | None) -> str:
    """The outlet to learn from."""
    if not names:
        return _named(outlet)
    if outlet is None and len(names) == 1:
        return names[0]
    if outlet is None or outlet not in names:
        listed = ", ".join(map(repr, names[:5])) + (", ..." if len(names) > 5 else "")
        found = "no outlet was chosen" if outlet is None else f"there is no {outlet!r}"
        raise UnknownOutlet(
            f"The articles are from {len(names)} outlet(s), {listed}, and {found}. A profile is of one "
            "outlet; pass outlet= with one of these names."
        )
    return outlet


def _content(source: str | os.PathLike[str]) -> str:
    if isinstance(source, str) and source.lstrip().startswith("{"):
        return source
    file = Path(source)
    if not file.is_file():
        raise BadData(f"There is no file {os.fspath(source)!r}; from_json needs what to_json wrote.")
    return file.read_text(encoding="utf-8", errors="replace")


def _parsed(text: str) -> dict[str, Any]:
    """The parts of a profile, checked as far as they can be read."""
    try:
        held = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadData(f"The profile is damaged: it is no JSON ({error}). Copy or learn it again.") from error
    if not isinstance(held, dict) or held.get("format") != _FORMAT:
        raise BadData(f"This is no {_FORMAT}; from_json needs what OutletProfile.to_json wrote.")
    if held.get("version") != _VERSION:
        raise BadData(
            f"The profile has version {held.get('version')!r}, and this biaslens reads {_VERSION}. Learn it "
            "again, or install the biaslens that wrote it."
        )
    if held.get("hashing") != HASHING:
        raise BadData(
            f"The profile was hashed as {held.get('hashing')!r}, and this biaslens hashes as {HASHING!r}: "
            "no sentence would be found. Learn it again."
        )
    columns = held.get("columns")
    is_whole = isinstance(columns, dict) and all(isinstance(columns.get(name), str) for name in _COLUMNS)
    if not (is_whole and isinstance(held.get("outlet"), str) and isinstance(held.get("min_articles"), int)):
        raise BadData("The profile is damaged: parts of it are missing. Copy or learn it again.")
    return held


def _checksum(outlet: str, min_articles: int, columns: dict[str, str]) -> str:
    return sha256(
        "\n".join([outlet, str(min_articles), *(columns[name] for name in _COLUMNS)]).encode("utf-8")
    ).hexdigest()


def _packed(column: npt.NDArray[np.unsignedinteger], kind: str) -> str:
    return b64encode(column.astype(kind).tobytes()).decode("ascii")


def _unpacked(column: str, kind: str) -> npt.NDArray[Any]:
    return np.frombuffer(b64decode(column), dtype=kind).astype(np.dtype(kind).newbyteorder("="))
