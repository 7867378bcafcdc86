"""Folders: all .txt files below, and the index that may say whose they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from biaslens.errors import MissingColumn, UnreadableInput
from biaslens.reading.columns import ColumnNames
from biaslens.reading.delimited import load_table
from biaslens.reading.records import Records, Table, joined_notes, label_of
from biaslens.reading.source_file import SourceFile
from biaslens.reading.text_files import read_text_file

_INDEX = "index.csv"
# Files that accompany an export and are not articles.
_NOT_ARTICLES = frozenset({"readme", "license", "licence", "copying"})
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Index:
    """The rows of an index.csv; ``row`` finds the row of a file by its key."""

    table: Table
    row: Mapping[str, int]


def read_folder(folder: SourceFile, names: ColumnNames) -> Records:
    """The articles in all .txt files of a folder and its subfolders, in alphabetical order of their paths.

    A file index.csv in the folder gives outlet, date, title, event and id by file. Hidden files and READMEs
    are left out, unless the index names them.
    """
    files = _text_files(folder.path)
    index = _load_index(folder.path / _INDEX, files)
    chosen = [file for file in files if _is_article(file) or (index is not None and _key(file) in index.row)]
    if not chosen:
        raise UnreadableInput(_nothing_in(folder.path))
    prefix = f"{folder.name}/" if folder.name else ""
    found = Records.joined(
        [
            read_text_file(SourceFile(folder.path / file, prefix + file[: -len(".txt")], alone=False))
            for file in chosen
        ]
    )
    return found if index is None else _with_index(found, index, chosen, names)


def _text_files(folder: Path) -> list[str]:
    """Paths of the .txt files below a folder, relative to it, with forward slashes."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix.lower() == ".txt" and not path.is_dir()
    )


def _is_article(file: str) -> bool:
    path = Path(file)
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.stem.lower() not in _NOT_ARTICLES


def _key(file: str) -> str:
    # Windows writes other slashes, macOS decomposes accents.
    return unicodedata.normalize("NFC", file.replace("\\", "/").removeprefix("./"))


def _load_index(path: Path, files: Sequence[str]) -> _Index | None:
    """The index, None where there is none; raises where it names a file twice, or one that is not there."""
    if not path.is_file():
        return None
    table = load_table(path, wanted="file")
    if "file" not in table.header:
        listed = ", ".join(repr(column) for column in table.header)
        raise MissingColumn(f"{path} has no column 'file'; it has {listed}. Name each row's .txt file in it.")
    keys = [_key(label_of(cell)) for cell in table.column("file")]
    present = {_key(file) for file in files}
    absent = [key for key in keys if key not in present]
    if absent:
        shown = ", ".join(repr(key) for key in absent[:_NAMED])
        more = f" and {len(absent) - _NAMED} more" if len(absent) > _NAMED else ""
        raise UnreadableInput(
            f"{path} names .txt files that the folder lacks: {shown}{more}. Add them, or remove their rows."
        )
    rows = {key: row for row, key in enumerate(keys)}
    twice = next((key for row, key in enumerate(keys) if rows[key] != row), None)
    if twice is not None:
        raise UnreadableInput(f"{path} names {twice!r} twice; each file needs one row. Remove the other row.")
    return _Index(table, rows)


def _with_index(found: Records, index: _Index, files: Sequence[str], names: ColumnNames) -> Records:
    """The articles with what the index says of them; a file that it does not name gets a note."""
    # The text column is asked of tables; here each text is a file.
    spelled = names.found_in(list(dict.fromkeys([*index.table.header, names.text])), str(index.table.origin))
    rows = [index.row.get(_key(file)) for file in files]

    def column(name: str) -> list[object]:
        cells = index.table.column(name) if name else ()
        return [cells[row] if name and row is not None else "" for row in rows]

    def labels(name: str) -> tuple[str, ...]:
        return tuple(label_of(cell) for cell in column(name))

    return replace(
        found,
        id=tuple(given or made for given, made in zip(labels(spelled.id), found.id, strict=True)),
        outlet=labels(spelled.outlet),
        title=labels(spelled.title),
        event=labels(spelled.event),
        date=tuple(column(spelled.date)),
        note=tuple(
            joined_notes(note, "" if row is not None else f"not in {_INDEX}")
            for note, row in zip(found.note, rows, strict=True)
        ),
    )


def _nothing_in(folder: Path) -> str:
    others = sorted({path.suffix.lower() for path in folder.rglob("*") if path.suffix and path.is_file()})
    if not others:
        return f"{folder} holds no article; a folder of .txt files is needed. Check the path."
    pattern = folder / f"*{others[0]}"
    return (
        f"{folder} holds no .txt article; its files end in {', '.join(others)}. Of a folder, only .txt files "
        f"are read; pass other formats as a pattern such as {str(pattern)!r}."
    )
