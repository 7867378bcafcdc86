"""Table: columns of one length, the form that every result is handed on in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from math import isnan
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

Column = npt.NDArray[Any]


def texts(values: Iterable[object]) -> Column:
    """A column of texts (dtype object)."""
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    column[:] = listed
    return column


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of one length. Numbers are float64 or int64 with NaN for NA; texts are object."""

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))

    def columns(self) -> dict[str, Column]:
        """Every column by name, in order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def joined(cls, tables: Sequence[Self]) -> Self:
        """The rows of several tables, one after the other; for tables whose fields are all columns."""
        columns = zip(*(table.columns().values() for table in tables), strict=True)
        return cls(*(np.concatenate(parts) for parts in columns))

    def to_frame(self) -> pd.DataFrame:
        """The table as a new pandas DataFrame. Texts keep dtype object, which takes any character."""
        import pandas as pd

        columns = self.columns()
        return pd.DataFrame(
            {
                name: pd.Series(column, dtype=object) if column.dtype == object else column
                for name, column in columns.items()
            }
        )

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows as dicts of plain Python values: NA is None, a date ISO text."""
        columns = self.columns()
        plain = [[_plain(item) for item in column.tolist()] for column in columns.values()]
        for items in zip(*plain, strict=True):
            yield dict(zip(columns, items, strict=True))


def _plain(item: object) -> object:
    if isinstance(item, float) and isnan(item):
        return None
    return item.isoformat() if hasattr(item, "isoformat") else item
