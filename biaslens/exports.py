"""Exports: a comparison handed on as plain values, JSON, a workbook, or Parquet files."""

from __future__ import annotations

import json
from math import inf
from pathlib import Path
from typing import Any

from biaslens.errors import MissingExtra
from biaslens.findings import Findings
from biaslens.tabular import Table


def tables(findings: Findings) -> dict[str, Table]:
    """Every table by its name, in the order of Findings."""
    return {
        name: value
        for name in Findings.__dataclass_fields__
        if isinstance(value := getattr(findings, name), Table)
    }


def to_dict(findings: Findings) -> dict[str, Any]:
    """All tables as lists of rows of plain values, with summary and signature."""
    rows = {name: [_finite(row) for row in table.rows()] for name, table in tables(findings).items()}
    return {"signature": findings.signature, "summary": list(findings.summary)} | rows


def to_json(findings: Findings) -> str:
    """The same as JSON, in ASCII."""
    return json.dumps(to_dict(findings), indent=1, allow_nan=False)


def to_excel(findings: Findings, path: Path) -> Path:
    """A workbook with a sheet per table. Characters that a workbook cannot hold become U+FFFD."""
    import pandas as pd

    try:
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    except ImportError as error:
        raise MissingExtra(_install("to_excel", "openpyxl", "excel")) from error
    illegal = ILLEGAL_CHARACTERS_RE.pattern[:-1] + "\ud800-\udfff]"
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, table in tables(findings).items():
            frame = table.to_frame().replace(illegal, "\ufffd", regex=True)
            frame.to_excel(book, sheet_name=name, index=False)
    return path


def to_parquet(findings: Findings, folder: Path) -> Path:
    """One file per table. Lone surrogates, which Parquet cannot hold, become U+FFFD."""
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise MissingExtra(_install("to_parquet", "pyarrow", "parquet"))
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables(findings).items():
        frame = table.to_frame().replace("[\ud800-\udfff]", "\ufffd", regex=True)
        frame.to_parquet(folder / f"{name}.parquet")
    return folder


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """The row with open ends as text, which JSON can hold."""
    return {name: str(item) if item in (inf, -inf) else item for name, item in row.items()}


def _install(method: str, package: str, extra: str) -> str:
    return f'{method} needs {package}, which is not installed: pip install "biaslens[{extra}]".'
