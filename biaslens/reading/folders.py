"""Folders: all text files and web pages below, and the index that may say whose they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from biaslens.errors import MissingColumn, UnreadableInput
from biaslens.reading.columns import ColumnNames
from biaslens.reading.delimited import load_table
from biaslens.reading.html_files import read_html_file
from biaslens.reading.records import Records, Table, joined_notes, label_of
from biaslens.reading.source_file import SourceFile
from biaslens.reading.text_files import read_text_file

# Formats of files that hold one article each.
ARTICLE_READERS: dict[str, Callable[[SourceFile], Records]] = {
    ".txt": read_text_file,
    ".htm": read_html_file,
    ".html": read_html_file,
    ".xhtml": read_html_file,
}
_INDEX = "index.csv"
# Files that accompany an export and are not articles.
_NOT_ARTICLES = frozenset({"readme", "license", "licence", "copying"})
# Where browsers put the pictures, scripts and frames of the page beside it.
_PARTS_OF_PAGE = "_files"
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Index:
    """The rows of an index.csv; ``row`` finds the row of a file by its key."""

    table: Table
    row: Mapping[str, int]


def read_folder(folder: SourceFile, names: ColumnNames) -> Records:
    """The articles in all text files and web pages below a folder, in alphabetical order of their paths.

    A file index.csv in the folder gives outlet, date, title, event and id by file; where it gives none, what
    a web page says of itself stays. Hidden files, READMEs and the parts that a browser saves beside a page
    are left out, unless the index names them.
    """
    files = _article_files(folder.path)
    index = _load_index(folder.path / _INDEX, files)
    named = index.row if index is not None else {}
    chosen = [file for file in files if _key(file) in named or _is_article(folder.path, file)]
    if not chosen:
        raise UnreadableInput(_nothing_in(folder.path))
    prefix = f"{folder.name}/" if folder.name else ""
    found = Records.joined(
        [
            _read_article(SourceFile(folder.path / file, prefix + _without_suffix(file), alone=False))
            for file in chosen
        ]
    )
    return found if index is None else _with_index(found, index, chosen, names)


def _read_article(file: SourceFile) -> Records:
    return ARTICLE_READERS[file.path.suffix.lower()](file)


def _without_suffix(file: str) -> str:
    return PurePosixPath(file).with_suffix("").as_posix()


def _article_files(folder: Path) -> list[str]:
    """Paths of the text files and web pages below a folder, relative to it, with forward slashes."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix.lower() in ARTICLE_READERS and not path.is_dir()
    )


def _is_article(folder: Path, file: str) -> bool:
    path = Path(file)
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.stem.lower() not in _NOT_ARTICLES and not _is_part_of_page(folder, path)


def _is_part_of_page(folder: Path, path: Path) -> bool:
    beside = [folder / parent for parent in path.parents if parent.name.endswith(_PARTS_OF_PAGE)]
    pages = [str(parts).removesuffix(_PARTS_OF_PAGE) for parts in beside]
    return any(Path(page + suffix).is_file() for page in pages for suffix in (".html", ".htm"))


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
        raise MissingColumn(f"{path} has no column 'file'; it has {listed}. Name the file of each row in it.")
    keys = [_key(label_of(cell)) for cell in table.column("file")]
    present = {_key(file) for file in files}
    absent = [key for key in keys if key not in present]
    if absent:
        shown = ", ".join(repr(key) for key in absent[:_NAMED])
        more = f" and {len(absent) - _NAMED} more" if len(absent) > _NAMED else ""
        kinds = ", ".join(sorted({PurePosixPath(key).suffix for key in absent}))
        raise UnreadableInput(
            f"{path} names {kinds} files that the folder lacks: {shown}{more}. Add them or remove their rows."
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

    def labels(name: str, otherwise: Sequence[str]) -> tuple[str, ...]:
        return tuple(label_of(cell) or known for cell, known in zip(column(name), otherwise, strict=True))

    def dates() -> tuple[object, ...]:
        cells = zip(column(spelled.date), found.date, strict=True)
        return tuple(known if label_of(cell) == "" else cell for cell, known in cells)

    return replace(
        found,
        id=labels(spelled.id, found.id),
        outlet=labels(spelled.outlet, found.outlet),
        title=labels(spelled.title, found.title),
        event=labels(spelled.event, found.event),
        date=dates(),
        note=tuple(
            joined_notes(note, "" if row is not None else f"not in {_INDEX}")
            for note, row in zip(found.note, rows, strict=True)
        ),
    )


def _nothing_in(folder: Path) -> str:
    others = sorted({path.suffix.lower() for path in folder.rglob("*") if path.suffix and path.is_file()})
    if not others:
        return (
            f"{folder} holds no article; a folder of .txt files is needed, or of web pages (.html). "
            "Check the path."
        )
    pattern = folder / f"*{others[0]}"
    return (
        f"{folder} holds no article in text files or web pages ({', '.join(ARTICLE_READERS)}); its files end "
        f"in {', '.join(others)}. Pass other formats as a pattern such as {str(pattern)!r}."
    )
