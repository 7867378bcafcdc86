"""Term files: the header and the lines of a word list, and errors that name the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from biaslens.errors import BadData

_KEYS = ("format", "version", "language", "author", "licence", "case", "about")
_FORMAT = "1"

_Choice = TypeVar("_Choice", bound=str)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, with its place; number counts from 1."""

    file: str
    number: int
    text: str

    def refuse(self, problem: str) -> NoReturn:
        """Raise BadData that names file and line."""
        raise BadData(f"{self.file}.tsv, line {self.number}: {problem}")

    def cells(self, columns: tuple[str, ...]) -> list[str]:
        """The line's cells, one for each column; raises BadData unless there is a term with all of them."""
        if self.text.startswith("#"):
            self.refuse("a comment stands among the terms; move it above the line of column names.")
        cells = self.text.split("\t")
        if not cells[0]:
            self.refuse("the term is empty; remove the line or give it a term.")
        if len(cells) != len(columns):
            self.refuse(f"found {len(cells)} columns, need {len(columns)}, divided by tabs.")
        return cells

    def one_of(self, column: str, value: str, allowed: tuple[_Choice, ...]) -> _Choice:
        """The choice that the value names; raises BadData for none."""
        if value not in allowed:
            self.refuse(f"{column} is {value!r}; it can be {', '.join(map(repr, allowed))}.")
        return allowed[allowed.index(value)]


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself: values by key, and definitions by category."""

    values: Mapping[str, str]
    categories: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TermFile:
    """A header, and the lines below the column names."""

    header: Header
    lines: tuple[Line, ...]


def read_terms(text: str, file: str, columns: tuple[str, ...]) -> TermFile:
    """A word list as header and lines; ``file`` is what errors call it.

    Raises BadData where a header line is unknown, missing or repeated, or the columns have other names.
    """
    lines = [Line(file, i, line) for i, line in enumerate(text.removesuffix("\n").split("\n"), start=1)]
    n_header = next((i for i, line in enumerate(lines) if not line.text.startswith("#")), len(lines))
    header = _header(lines[:n_header], file)
    names = lines[n_header] if n_header < len(lines) else Line(file, n_header + 1, "")
    if names.text != "\t".join(columns):
        names.refuse(f"found {names.text!r}, need the column names {' '.join(columns)}, divided by tabs.")
    return TermFile(header, tuple(lines[n_header + 1 :]))


def _header(lines: list[Line], file: str) -> Header:
    values: dict[str, str] = {}
    categories: dict[str, str] = {}
    for line in lines:
        key, _, value = line.text.removeprefix("#").strip().partition(": ")
        is_category = key.startswith("category ")
        section, key = (categories, key.removeprefix("category ")) if is_category else (values, key)
        if not value or not (is_category or key in _KEYS) or key in section:
            line.refuse(f"header line {line.text!r} is unknown, repeated or empty; write '# key: value'.")
        section[key] = value
    end = Line(file, len(lines) + 1, "")
    missing = [key for key in _KEYS if key not in values]
    if missing:
        end.refuse(f"the header lacks {', '.join(missing)}; add a line '# {missing[0]}: ...' for each.")
    if values["format"] != _FORMAT:
        end.refuse(f"format is {values['format']!r}; this version of biaslens reads format {_FORMAT}.")
    return Header(values, categories)
