"""Values side by side: the outlets table turned into one row per measure and one cell per outlet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from biaslens.findings import Findings
from biaslens.report.wording import places_for
from biaslens.tabular import Table

_T = TypeVar("_T", bound=Table)


@dataclass(frozen=True, slots=True)
class ValueCell:
    """One outlet's value of one measure; None for NA."""

    outlet: str
    value: float | None
    ci_low: float | None
    ci_high: float | None
    note: str


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One measure over all outlets, with what the codebook says of it.

    places  decimal places in which the whole row is printed
    """

    measure: str
    family: str
    unit: str
    kind: str
    caveat: str
    available: bool
    places: int
    cells: tuple[ValueCell, ...]

    @property
    def is_empty(self) -> bool:
        """No outlet has a value."""
        return all(cell.value is None for cell in self.cells)

    def notes(self) -> dict[str, list[str]]:
        """The outlets that each note is about."""
        found: dict[str, list[str]] = {}
        for cell in self.cells:
            if cell.note:
                found.setdefault(cell.note, []).append(cell.outlet)
        return found


@dataclass(frozen=True, slots=True)
class Family:
    """The measures of one family, in the order of the codebook."""

    name: str
    rows: tuple[ValueRow, ...]

    @property
    def filled(self) -> tuple[ValueRow, ...]:
        """The measures that some outlet has a value for."""
        return tuple(row for row in self.rows if not row.is_empty)

    @property
    def has_intervals(self) -> bool:
        """Some value has an interval."""
        return any(cell.ci_low is not None for row in self.rows for cell in row.cells)


def side_by_side(findings: Findings) -> tuple[Family, ...]:
    """Every measure of the codebook with one cell per outlet; families in order of first appearance."""
    cells = {(row["outlet"], row["measure"]): row for row in findings.outlets.rows()}
    families: dict[str, list[ValueRow]] = {}
    for entry in findings.codebook.rows():
        found = [cells.get((outlet, entry["name"]), {}) for outlet in findings.outlet_names]
        families.setdefault(entry["family"], []).append(_row(entry, findings.outlet_names, found))
    return tuple(Family(name, tuple(rows)) for name, rows in families.items())


def _row(entry: dict[str, Any], outlets: Sequence[str], found: Sequence[dict[str, Any]]) -> ValueRow:
    cells = tuple(
        ValueCell(outlet, row.get("value"), row.get("ci_low"), row.get("ci_high"), row.get("note") or "")
        for outlet, row in zip(outlets, found, strict=True)
    )
    return ValueRow(
        measure=entry["name"],
        family=entry["family"],
        unit=entry["unit"],
        kind=entry["kind"],
        caveat=entry["caveat"],
        available=bool(entry["available"]),
        places=places_for(cell.value for cell in cells),
        cells=cells,
    )


def all_rows(families: Sequence[Family]) -> Iterator[ValueRow]:
    """The rows of all families."""
    for family in families:
        yield from family.rows


def rows_at(table: _T, index: Sequence[int] | npt.NDArray[np.intp]) -> list[dict[str, Any]]:
    """Some rows of a table as dicts, in the given order, without turning the others into Python objects."""
    chosen = np.asarray(index, dtype=np.int64)
    columns = {field.name: getattr(table, field.name) for field in fields(table)}
    return list(
        replace(
            table,
            **{name: column[chosen] for name, column in columns.items() if isinstance(column, np.ndarray)},
        ).rows()
    )
