"""Data frames: pandas, polars, pyarrow, dask and whatever else narwhals understands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from biaslens.errors import UnreadableInput
from biaslens.reading.columns import ColumnNames
from biaslens.reading.records import Records, Table, numbered

_ORIGIN = "The data frame"


def read_frame(source: object, names: ColumnNames) -> Records | None:
    """The articles in a data frame, one per row; None where the source is no data frame."""
    import narwhals.stable.v1 as nw

    native: Any = source
    # narwhals is handing dask over to a package of its own.
    frame: Any = native if _is_dask(source) else _wrapped(native)
    if not isinstance(frame, (nw.DataFrame, nw.LazyFrame)) and not _is_dask(source):
        return None
    header = tuple(name for name in frame.columns if isinstance(name, str))
    # Lazy frames can be wide and far away: only the columns that are read are computed.
    if isinstance(frame, nw.LazyFrame):
        frame = frame.select(_used(names, header)).collect()
    elif _is_dask(source):
        frame = _wrapped(native[_used(names, header)].compute())

    def column(name: str) -> Sequence[object]:
        cells: list[object] = frame.get_column(name).to_list()
        return cells

    n_rows = len(frame)
    return Table(_ORIGIN, header, column, ("",) * n_rows).records(names, numbered("", n_rows))


def _wrapped(native: Any) -> Any:
    import narwhals.stable.v1 as nw

    try:
        return nw.from_native(native, pass_through=True)
    except ValueError as error:
        raise UnreadableInput(
            f"The data frame cannot be read ({error}). Give each column a name of its own."
        ) from None


def _is_dask(source: object) -> bool:
    return type(source).__module__.startswith("dask") and hasattr(source, "columns")


def _used(names: ColumnNames, header: tuple[str, ...]) -> list[str]:
    found = names.found_in(header, _ORIGIN)
    used = (found.text, found.outlet, found.date, found.title, found.id, found.event)
    return [name for name in dict.fromkeys(used) if name]
