"""Delimited files: CSV and TSV tables with a header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from biaslens.errors import UnreadableInput
from biaslens.reading.columns import ColumnNames
from biaslens.reading.encoding import load_or_raise
from biaslens.reading.records import Records, Table, joined_notes, numbered
from biaslens.reading.source_file import SourceFile

_DELIMITERS = (",", ";", "\t")
# The largest limit that a 32-bit C long (Windows) can hold; the default cuts off at 131,072 characters.
_CELL_LIMIT = 2**31 - 1
# No header is longer; three trials on a whole file would take longer than reading it.
_HEADER_LENGTH = 65_536
# Sent after the last line: it comes back as a row of its own unless a quotation mark is still open.
_END = "\0end"


@dataclass(frozen=True, slots=True)
class _Rows:
    header: tuple[str, ...]
    rows: tuple[list[str], ...]


def read_delimited(file: SourceFile, names: ColumnNames) -> Records:
    """The articles in a .csv or .tsv file, one per row under the header."""
    table = load_table(file.path, wanted=names.text)
    return table.records(names, numbered("" if file.alone else file.name, len(table.note)))


def load_table(path: Path, wanted: str) -> Table:
    """A delimited file as a table; its delimiter is what yields the column ``wanted``, else most columns."""
    decoded = load_or_raise(path)
    with _long_cells():
        found = _parse(decoded.text, _delimiter(decoded.text, wanted), str(path))

    def column(name: str) -> list[str]:
        place = found.header.index(name)
        return [row[place] if place < len(row) else "" for row in found.rows]

    note = tuple(joined_notes(decoded.note, _surplus_note(row, len(found.header))) for row in found.rows)
    return Table(str(path), found.header, column, note)


def _delimiter(text: str, wanted: str) -> str:
    start = text[:_HEADER_LENGTH]

    def fit(delimiter: str) -> tuple[bool, int]:
        header = _header(next(csv.reader(_lines(start), delimiter=delimiter), []))
        return wanted.casefold() in [name.casefold() for name in header], len(header)

    return max(_DELIMITERS, key=fit)


def _parse(text: str, delimiter: str, origin: str) -> _Rows:
    reader = csv.reader(chain(_lines(text), [_END]), delimiter=delimiter)
    rows: list[list[str]] = []
    line = last_line = 1
    for row in reader:
        rows.append(row)
        last_line, line = line, reader.line_num + 1
    if rows.pop() != [_END]:
        raise UnreadableInput(
            f"{origin}: a quotation mark in the row from line {last_line} opens a cell and is never closed; "
            "the rest of the file would be one cell. Close it; inside a quoted cell, double the marks."
        )
    filled = [row for row in rows if row]
    return _Rows(_header(filled[0]), tuple(filled[1:]))


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))


def _header(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for name in row)


def _surplus_note(row: Sequence[str], n_columns: int) -> str:
    surplus = [cell for cell in row[n_columns:] if cell]
    return f"cells beyond the header, not read: {len(surplus)}" if surplus else ""


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(_CELL_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)
