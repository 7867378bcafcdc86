"""Lexicons: word lists as data, and the one reader that all of them pass through."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

import numpy as np

from biaslens.errors import BadData
from biaslens.inflection import IrregularVerb, inflections
from biaslens.spans import IntArray
from biaslens.termfile import Line, read_terms

Pos = Literal[
    "verb", "noun", "adj", "adv", "modal", "aux", "pron", "det", "prep", "conj", "part", "num", "name"
]
Match = Literal["lemma", "form", "phrase"]
Case = Literal["any", "as written"]
Polarity = Literal["-", "+", ""]

_COLUMNS = ("term", "pos", "match", "category", "weight", "polarity", "source", "note", "since")
_VERB_COLUMNS = ("lemma", "past", "participle", "ing")
_WEIGHTS = ("1", "2", "3")
_POS, _MATCH, _POLARITY = get_args(Pos), get_args(Match), get_args(Polarity)
_VERB_FILE = "irregular_verbs"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A word list, one term per row; every column has length n_terms.

    sha256      of the file, with line ends as \\n
    case        "any", or "as written": see ``biaslens.matching.find_terms``
    categories  definition of each category, with its source in the literature
    term        as it stands in the file
    pos         part of speech
    match       lemma (with its inflections), form (exactly this word) or phrase (exactly these words)
    category    one of ``categories``
    weight      1 to 3
    polarity    "-", "+", or "" for neither
    source      literature on the category that the term belongs to
    note        what a reader should know of the term, "" for nothing
    since       version of biaslens that brought the term
    forms       every sequence of lower-case words that matches, with its row
    """

    name: str
    language: str
    version: str
    sha256: str
    case: Case
    categories: Mapping[str, str]
    term: tuple[str, ...]
    pos: tuple[Pos, ...]
    match: tuple[Match, ...]
    category: tuple[str, ...]
    weight: IntArray
    polarity: tuple[Polarity, ...]
    source: tuple[str, ...]
    note: tuple[str, ...]
    since: tuple[str, ...]
    forms: Mapping[tuple[str, ...], int]

    def __len__(self) -> int:
        return len(self.term)

    def terms_of(self, *categories: str) -> frozenset[str]:
        """The terms of some categories, as they stand in the file."""
        rows = zip(self.term, self.category, strict=True)
        return frozenset(term for term, category in rows if category in categories)


def lexicon_names(language: str = "en") -> tuple[str, ...]:
    """Names of the word lists that ship for a language, sorted.

    Raises BadData for a language that has none.

    >>> "hedges" in lexicon_names("en")
    True
    """
    return tuple(name for name in _file_names(language) if name != _VERB_FILE)


@cache
def load_lexicon(name: str, language: str = "en") -> Lexicon:
    """A word list that ships with biaslens.

    Raises BadData for a name or a language that does not exist, naming those that do.

    >>> hedges = load_lexicon("hedges")
    >>> hedges.pos[hedges.forms["perhaps",]]
    'adv'
    """
    names = lexicon_names(language)
    if name not in names:
        raise BadData(
            f"There is no lexicon {name!r} for language {language!r}; choose from {', '.join(names)}."
        )
    return _parse(_text(_shipped(language) / f"{name}.tsv"), name)


def read_lexicon(path: str | Path) -> Lexicon:
    """A word list of your own, in the format of those that ship; it is named after its file.

    Raises BadData, naming file and line, where the file breaks the format.
    """
    file = Path(path)
    if not file.is_file():
        raise BadData(f"There is no file {str(path)!r}; read_lexicon needs the path of one lexicon (.tsv).")
    return _parse(_text(file), file.stem)


@cache
def agency_names(language: str = "en") -> Mapping[str, str]:
    """Canonical name of each news agency by the name that credits it; case matters.

    >>> agency_names()["Xinhuanet"]
    'Xinhua'
    """
    agencies = load_lexicon("agencies", language)
    return MappingProxyType(dict(zip(agencies.term, agencies.note, strict=True)))


@cache
def irregular_participles(language: str = "en") -> frozenset[str]:
    """Past participles that do not end in -ed.

    >>> "overthrown" in irregular_participles()
    True
    """
    verbs = _irregular_verbs(language).values()
    return frozenset(form for verb in verbs for form in verb.participle if not form.endswith("ed"))


def data_checksums() -> dict[str, str]:
    """sha256 of every lexicon that ships, by its path inside the package's data folder.

    >>> min(data_checksums())
    'lexicons/en/agencies.tsv'
    """
    return {
        f"lexicons/{language}/{name}.tsv": _sha256(_text(_shipped(language) / f"{name}.tsv"))
        for language in _languages()
        for name in _file_names(language)
    }


def _shipped(language: str) -> Traversable:
    return resources.files("biaslens") / "data" / "lexicons" / language


def _languages() -> tuple[str, ...]:
    folders = (resources.files("biaslens") / "data" / "lexicons").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.is_dir()))


def _file_names(language: str) -> tuple[str, ...]:
    if language not in _languages():
        raise BadData(
            f"There are no lexicons for language {language!r}; choose from {', '.join(_languages())}."
        )
    files = (file.name for file in _shipped(language).iterdir())
    return tuple(sorted(file.removesuffix(".tsv") for file in files if file.endswith(".tsv")))


def _text(file: Traversable) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadData(f"{file.name} is not UTF-8 ({error.reason}); save it as UTF-8.") from error


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class _Row(NamedTuple):
    line: Line
    term: str
    pos: Pos
    match: Match
    category: str
    weight: int
    polarity: Polarity
    source: str
    note: str
    since: str

    def scores_as(self, other: _Row, case: Case) -> bool:
        """Whether a text gets the same hit from either row."""
        same_case = case == "any" or self.term[0].isupper() == other.term[0].isupper()
        mine, others = ((row.category, row.weight, row.polarity) for row in (self, other))
        return same_case and mine == others


def _parse(text: str, name: str) -> Lexicon:
    file = read_terms(text, name, _COLUMNS)
    header = file.header
    categories = tuple(header.categories)
    rows = [_row(line, categories, header.values["language"]) for line in file.lines]
    _check_order(rows)
    language = header.values["language"]
    case = Line(name, 1, "").one_of("case", header.values["case"], get_args(Case))
    columns = {
        column: tuple(getattr(row, column) for row in rows) for column in _COLUMNS if column != "weight"
    }
    return Lexicon(
        name=name,
        language=language,
        version=header.values["version"],
        sha256=_sha256(text),
        case=case,
        categories=header.categories,
        weight=np.array([row.weight for row in rows], dtype=np.int64),
        forms=_forms(rows, case, language),
        **columns,
    )


def _row(line: Line, categories: tuple[str, ...], language: str) -> _Row:
    term, pos, match, category, weight, polarity, source, note, since = line.cells(_COLUMNS)
    row = _Row(
        line=line,
        term=term,
        pos=line.one_of("pos", pos, _POS),
        match=line.one_of("match", match, _MATCH),
        category=line.one_of("category", category, categories),
        weight=int(line.one_of("weight", weight, _WEIGHTS)),
        polarity=line.one_of("polarity", polarity, _POLARITY),
        source=source,
        note=note,
        since=since,
    )
    _check_term(row, language)
    return row


def _check_term(row: _Row, language: str) -> None:
    if row.term != " ".join(row.term.split()):
        row.line.refuse(f"{row.term!r} has spare spaces; divide words by one space.")
    if row.match != "lemma" and (row.match == "phrase") != (" " in row.term):
        row.line.refuse(f"{row.term!r} is no {row.match}; a form is one word, a phrase is several.")
    if row.match == "lemma" and language != "en":
        row.line.refuse("a lemma is inflected by English rules; write each word out as a form or a phrase.")


def _check_order(rows: list[_Row]) -> None:
    keys = [(row.term, row.pos, row.match) for row in rows]
    for before, key, row in zip(keys, keys[1:], rows[1:], strict=False):
        if key == before:
            row.line.refuse(f"{row.term!r} ({row.pos}, {row.match}) stands here twice; remove one.")
        if key < before:
            row.line.refuse(
                f"{row.term!r} comes after {before[0]!r}; sort rows by term, pos, match (code points)."
            )


def _forms(rows: list[_Row], case: Case, language: str) -> dict[tuple[str, ...], int]:
    """The row of each form: a term's own spelling beats an inflection of another term.

    Otherwise rows that share a form must score alike; the form is then the first row's.
    """
    irregular = _irregular_verbs(language) if any(row.match == "lemma" for row in rows) else {}
    own: dict[str, int] = {}
    inflected: dict[str, int] = {}
    for i, row in enumerate(rows):
        for form in inflections(row.term, "", {}) if row.match == "lemma" else (row.term.lower(),):
            _claim(form, i, own, rows, case)
    for i, row in enumerate(rows):
        for form in inflections(row.term, row.pos, irregular) if row.match == "lemma" else ():
            if form not in own:
                _claim(form, i, inflected, rows, case)
    return {tuple(form.split(" ")): i for form, i in (own | inflected).items()}


def _claim(form: str, i: int, claims: dict[str, int], rows: list[_Row], case: Case) -> None:
    owner = claims.setdefault(form, i)
    first, row = rows[owner], rows[i]
    if owner != i and not row.scores_as(first, case):
        row.line.refuse(
            f"{form!r} is also a form of {first.term!r} (line {first.line.number}), which scores "
            "differently; give both one category, weight and polarity, or remove one."
        )


@cache
def _irregular_verbs(language: str) -> dict[str, IrregularVerb]:
    """Verbs by dictionary form; in the file, alternatives share a cell, divided by a slash."""
    text = _text(_shipped(language) / f"{_VERB_FILE}.tsv")
    rows = [line.cells(_VERB_COLUMNS) for line in read_terms(text, _VERB_FILE, _VERB_COLUMNS).lines]
    return {
        lemma: IrregularVerb(*(tuple(filter(None, cell.split("/"))) for cell in cells))
        for lemma, *cells in rows
    }
