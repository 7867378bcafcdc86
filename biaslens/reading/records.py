"""Records: what a source holds, one row per article, before anything is interpreted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain

from biaslens.errors import UnreadableInput
from biaslens.reading.columns import ColumnNames
from biaslens.reading.encoding import is_blank

_WEB_PAGE = re.compile(r"\s*<(?:!doctype\s+)?html\b", re.IGNORECASE)
_WEB_PAGE_NOTE = "looks like HTML; save it as .html to have the article extracted"


@dataclass(frozen=True, slots=True)
class Records:
    """Articles as found, one per row; every column has length n_articles.

    date    whatever the source holds for it: text, a date object, None
    author  the byline that a web page declares, "" for other sources
    site    what a web page calls its site, "" for other sources; stands in for an outlet that is not given
    note    what reading had to say so far, "" for nothing
    """

    id: tuple[str, ...]
    outlet: tuple[str, ...]
    text: tuple[str, ...]
    title: tuple[str, ...]
    date: tuple[object, ...]
    event: tuple[str, ...]
    author: tuple[str, ...]
    site: tuple[str, ...]
    note: tuple[str, ...]

    @classmethod
    def one(cls, id: str, text: str, note: str) -> Records:
        """A single article of which only the text is known."""
        return cls((id,), ("",), (text,), ("",), (None,), ("",), ("",), ("",), (note,))

    @classmethod
    def joined(cls, parts: Sequence[Records]) -> Records:
        """The rows of several records, one after the other."""
        return cls(
            **{
                field.name: tuple(chain.from_iterable(getattr(part, field.name) for part in parts))
                for field in fields(cls)
            }
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A table as found.

    origin  what messages call it ("exports.csv", "the DataFrame")
    header  names of its columns
    column  gives the cells of a named column, one per row
    note    what reading had to say on each row; its length is the number of rows
    """

    origin: str
    header: tuple[str, ...]
    column: Callable[[str], Sequence[object]]
    note: tuple[str, ...]

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[object, object]], origin: str, note: str = "") -> Table:
        """A table of mappings; a row that lacks a key has an empty cell there."""
        header = tuple(dict.fromkeys(key for row in rows for key in row if isinstance(key, str)))
        return cls(origin, header, lambda name: [row.get(name) for row in rows], (note,) * len(rows))

    def records(self, names: ColumnNames, made_ids: Sequence[str]) -> Records:
        """The articles of the table; ``made_ids`` serve where there is no id column."""
        if not self.note:
            raise UnreadableInput(
                f"{self.origin} has no rows; each row must hold an article. Check the export."
            )
        found = names.found_in(self.header, self.origin)
        texts = self.column(found.text)
        ids = self._labels(found.id) if found.id else tuple(made_ids)
        absences = names.absences(found, self.header)
        return Records(
            id=tuple(id or f"row {row}" for row, id in enumerate(ids, start=1)),
            outlet=self._labels(found.outlet),
            text=tuple(text_of(cell) for cell in texts),
            title=self._labels(found.title),
            date=tuple(self.column(found.date)) if found.date else (None,) * len(self.note),
            event=self._labels(found.event),
            author=self._labels(""),
            site=self._labels(""),
            note=tuple(
                joined_notes(note, *absences, text_note(cell), "" if id else "no id")
                for note, cell, id in zip(self.note, texts, ids, strict=True)
            ),
        )

    def _labels(self, name: str) -> tuple[str, ...]:
        return tuple(label_of(cell) for cell in self.column(name)) if name else ("",) * len(self.note)


def numbered(prefix: str, n: int) -> list[str]:
    """Ids for the n rows of a table: "1", "2", ... or "prefix-1", "prefix-2", ...

    >>> numbered("export", 2)
    ['export-1', 'export-2']
    """
    return [f"{prefix}-{row}" if prefix else str(row) for row in range(1, n + 1)]


def is_missing(cell: object) -> bool:
    """Whether a cell is None, NaN, NaT or NA."""
    # pandas.NA and NaT refuse or distort comparison; their types' names spare importing pandas.
    return (
        cell is None
        or type(cell).__name__ in ("NAType", "NaTType")
        or (isinstance(cell, float) and cell != cell)
    )


def label_of(cell: object) -> str:
    """A cell as a name or label: "" where missing, whole numbers without a decimal point.

    >>> [label_of(cell) for cell in ("  Trend ", 7.0, None, float("nan"))]
    ['Trend', '7', '', '']
    """
    if is_missing(cell):
        return ""
    # A column of whole numbers with a gap arrives as floats.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def text_of(cell: object) -> str:
    """A cell as article text, character for character; "" for anything that is not text."""
    return str(cell) if isinstance(cell, str) else ""


def text_note(cell: object) -> str:
    """What to say of a text cell that holds no text, or a web page; "" where it holds text."""
    if isinstance(cell, str):
        return "empty text" if is_blank(cell) else _WEB_PAGE_NOTE if _WEB_PAGE.match(cell) else ""
    return "empty text" if is_missing(cell) else f"empty text (found {type(cell).__name__})"


def joined_notes(*notes: str) -> str:
    """Notes as one, "" where there are none.

    >>> joined_notes("read as cp1252", "", "empty text")
    'read as cp1252; empty text'
    """
    return "; ".join(note for note in notes if note)
