"""ColumnNames: which column of a table holds what, and which one the user may have meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches

from biaslens.errors import MissingColumn, UnreadableInput

# What exports and scrapers call these two columns; only ever used to suggest, never to choose.
_TEXT_NAMES = ("body", "content", "fulltext", "full_text", "maintext", "article_text", "article", "story")
_OUTLET_NAMES = ("source", "publication", "publisher", "newspaper", "site", "domain", "media", "newssource")
_LISTED = 20


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The name of each column that is read; "" for a column that a table does not have."""

    text: str = "text"
    outlet: str = "outlet"
    date: str = "date"
    title: str = "title"
    id: str = "id"
    event: str = "event"

    def found_in(self, header: Sequence[str], origin: str) -> ColumnNames:
        """The same columns as ``header`` spells them, "" where it has none.

        Capital letters do not matter where only one column fits. Raises MissingColumn where there is no
        text column, or no outlet column although one was asked for by name.

        >>> ColumnNames(text="body").found_in(["Body", "date"], "the table")
        ColumnNames(text='Body', outlet='', date='date', title='', id='', event='')
        """
        found = ColumnNames(
            **{field.name: self._spelled(field.name, header, origin) for field in fields(self)}
        )
        asked = self.outlet != ColumnNames().outlet
        if not found.text:
            raise MissingColumn(_missing_message("text", self.text, header, origin))
        if not found.outlet and asked:
            raise MissingColumn(_missing_message("outlet", self.outlet, header, origin))
        return found

    def absences(self, found: ColumnNames, header: Sequence[str]) -> tuple[str, ...]:
        """Notes on absent columns that were asked for by name, or that may go by another name."""
        notes = [
            f"no {field.name} column {getattr(self, field.name)!r}"
            for field in fields(self)
            if not getattr(found, field.name) and getattr(self, field.name) != field.default
        ]
        likely = "" if found.outlet else _known_as(_OUTLET_NAMES, header)
        return (*notes, f"no outlet column; did you mean outlet={likely!r}?") if likely else tuple(notes)

    def _spelled(self, field: str, header: Sequence[str], origin: str) -> str:
        name: str = getattr(self, field)
        n_exact = list(header).count(name)
        if n_exact > 1:
            raise UnreadableInput(
                f"{origin} has {n_exact} columns called {name!r}; the {field} can come from one only. "
                "Rename the others."
            )
        similar = [column for column in header if column.casefold() == name.casefold()]
        return name if n_exact else similar[0] if len(similar) == 1 else ""


def _missing_message(field: str, name: str, header: Sequence[str], origin: str) -> str:
    names = _TEXT_NAMES if field == "text" else _OUTLET_NAMES
    likely = _known_as(names, header) or next(iter(get_close_matches(name, header, n=1)), "")
    listed = ", ".join(repr(column) for column in header[:_LISTED]) or "no column at all"
    more = f" and {len(header) - _LISTED} more" if len(header) > _LISTED else ""
    advice = f"Did you mean {field}={likely!r}?" if likely else f"Name the column to use: {field}='...'."
    return f"{origin} has no column {name!r}; it has {listed}{more}. {advice}"


def _known_as(names: Sequence[str], header: Sequence[str]) -> str:
    """The column that goes by the first of these names, "" for none."""
    plain = {column.casefold().replace(" ", "_"): column for column in reversed(header)}
    return next((plain[name] for name in names if name in plain), "")
