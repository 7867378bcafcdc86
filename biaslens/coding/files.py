"""Coding sheets as files: a workbook with instructions, or CSV, written and read back."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from biaslens.errors import BadData, BadSetting, MissingExtra, UnreadableInput
from biaslens.measuring.registry import MEASURES

if TYPE_CHECKING:
    import pandas as pd

CODER_PREFIX = "coder"
_SHEET, _INSTRUCTIONS = "coding", "instructions"
# Widths in characters, by column; coders' columns have the last one.
_WIDTHS = {
    "item": 14, "measure": 22, "kind": 10, "question": 44, "sentence": 90, "context": 50, "note": 30,
    "key": 12,
}  # fmt: skip
_CODER_WIDTH = 10
_WRAPPED = ("question", "sentence", "context", "note")
_INTRODUCTION = (
    "Each row asks one question. Write 1 for yes and 0 for no into your column; leave it blank where you "
    "cannot tell, and say why under note. A blank counts as not coded, never as no.",
    "Code alone: who sees another's answers repeats them. Give each coder a copy with one coder column, "
    "named after the coder (coder_anna); the copies can be read together.",
    "[[Marked text]] is what the question is about; without a mark it is about the whole sentence. context "
    "is the sentence before. [outlet] stands for the name of a news outlet.",
    "Rows can be sorted and filtered. Do not change item and key: they hold what it takes to work out the "
    "result.",
)
# A spreadsheet takes a text that begins so for a formula; apostrophes tell it not to.
_LIKE_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
# What Python and pandas call a cell without a value.
_EMPTY = ("None", "nan", "<NA>", "NaT")


def write_sheet(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a coding sheet as .xlsx (needs the extra ``excel``) or .csv; the path written.

    A workbook has wrapped text, 1 and 0 to choose from, and a sheet of instructions from the codebook.
    Nothing in it becomes a formula. Raises BadSetting for other suffixes, MissingExtra without openpyxl.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        return _write_workbook(frame, path)
    if path.suffix.lower() == ".csv":
        return _write_csv(frame, path)
    raise BadSetting(
        f"A coding sheet cannot be written as {path.name!r}; its name must end in .xlsx or .csv."
    )


def read_sheet(path: str | Path) -> pd.DataFrame:
    """A coding sheet from .xlsx or .csv, as it was written and filled; empty cells are "".

    CSV may come back from a spreadsheet with other separators (semicolon, tab) and encodings. Raises
    UnreadableInput where there is no such file, BadSetting for other suffixes.
    """
    path = Path(path)
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise BadSetting(f"A coding sheet cannot be read from {path.name!r}; it must be .xlsx or .csv.")
    if not path.is_file():
        raise UnreadableInput(
            f"There is no coding sheet {str(path)!r}; write one with .coding_sheet(n, path)."
        )
    return _read_workbook(path) if path.suffix.lower() == ".xlsx" else _read_csv(path)


def _write_csv(frame: pd.DataFrame, path: Path) -> Path:
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(frame.columns)
        for row in frame.itertuples(index=False):
            writer.writerow([_escaped(cell_text(cell)) for cell in row])
    return path


def _read_csv(path: Path) -> pd.DataFrame:
    import pandas as pd

    raw = path.read_bytes()
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    # Codes and keys are ASCII: letters of a sentence that another encoding spoils do no harm.
    text = raw.decode(encoding, errors="replace")
    header = text.partition("\n")[0]
    separator = max(",;\t", key=header.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise UnreadableInput(
            f"{path.name} cannot be read as CSV ({error}); save it as .csv again."
        ) from error
    names, cells = (rows[0], rows[1:]) if rows else ([], [])
    filled = [[_unescaped(cell) for cell in (row + [""] * len(names))[: len(names)]] for row in cells if row]
    return pd.DataFrame(filled, columns=names, dtype=object)


def _escaped(text: str) -> str:
    return f"'{text}" if _LIKE_FORMULA.match(text) else text


def _unescaped(text: str) -> str:
    return text[1:] if _ESCAPED.match(text) else text


def _write_workbook(frame: pd.DataFrame, path: Path) -> Path:
    openpyxl = _openpyxl()
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = _SHEET
    names = [str(name) for name in frame.columns]
    for row, cells in enumerate([names, *frame.itertuples(index=False)], start=1):
        for column, (name, cell) in enumerate(zip(names, cells, strict=True), start=1):
            _write_cell(sheet.cell(row, column), cell, is_wrapped=row > 1 and name in _WRAPPED)
    choice = DataValidation(type="list", formula1='"1,0"', allow_blank=True, showErrorMessage=True)
    choice.error = "Write 1 for yes, 0 for no, or nothing."
    sheet.add_data_validation(choice)
    for header, name in zip(sheet[1], names, strict=True):
        header.font = Font(bold=True)
        sheet.column_dimensions[header.column_letter].width = _WIDTHS.get(name, _CODER_WIDTH)
        if is_coder(name) and len(frame):
            choice.add(f"{header.column_letter}2:{header.column_letter}{len(frame) + 1}")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    _write_instructions(book.create_sheet(_INSTRUCTIONS), frame)
    book.save(path)
    return path


def _write_instructions(sheet: Any, frame: pd.DataFrame) -> None:
    """What to do, then what each measure of the sheet is after.

    Not told is what a measure is known to miss: coders would look for it.
    """
    from openpyxl.styles import Font

    codebook = {measure.name: measure for measure in MEASURES}
    heading = ["measure", "question", "formula", "citation", "caveat"]
    rows = [[text] for text in _INTRODUCTION] + [[], heading]
    whole = frame[frame["kind"] == "sentence"] if (frame["kind"] == "sentence").any() else frame
    asked = dict(zip(whole["measure"], whole["question"], strict=True))
    for name in dict.fromkeys(sorted(frame["measure"])):
        entry = codebook.get(name)
        told = [entry.formula, entry.citation, entry.caveat] if entry else ["", "", ""]
        rows.append([name, asked.get(name, ""), *told])
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            _write_cell(sheet.cell(row, column), text, is_wrapped=True)
    for row in range(1, len(_INTRODUCTION) + 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(heading))
        sheet.row_dimensions[row].height = 32
    for cell in sheet[len(_INTRODUCTION) + 2]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (26, 60, 60, 40, 60), strict=True):
        sheet.column_dimensions[letter].width = width


def _write_cell(cell: Any, value: object, *, is_wrapped: bool) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    if isinstance(value, int | float) and value == value:
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", re.sub("[\ud800-\udfff]", "\ufffd", cell_text(value)))
    if text:
        cell.value = text
        # Written as text, and kept as text when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = bool(_LIKE_FORMULA.match(text))
    cell.alignment = Alignment(wrap_text=is_wrapped, vertical="top")


def _read_workbook(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        book = _openpyxl().load_workbook(path, data_only=True)
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise UnreadableInput(
            f"{path.name} cannot be read as a workbook ({error}); save it as .xlsx."
        ) from error
    sheet = book[_SHEET] if _SHEET in book.sheetnames else book.worksheets[0]
    rows = [[cell_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    book.close()
    if not rows:
        raise BadData(f"{path.name} is empty; a coding sheet has a header row with item and key.")
    return pd.DataFrame([row for row in rows[1:] if any(row)], columns=rows[0], dtype=object)


def cell_text(cell: object) -> str:
    """What a cell holds, "" where it is empty or missing.

    >>> cell_text(1), cell_text(None)
    ('1', '')
    """
    text = str(cell)
    return "" if text in _EMPTY else text


def is_coder(name: object) -> bool:
    """Whether a column holds a coder's answers.

    >>> is_coder("coder_1"), is_coder("Coder Anna"), is_coder("note")
    (True, True, False)
    """
    return str(name).strip().casefold().startswith(CODER_PREFIX)


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtra(
            'Workbooks need openpyxl, which is not installed: pip install "biaslens[excel]", or write .csv.'
        ) from error
    return openpyxl
