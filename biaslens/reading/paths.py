"""Paths: files, folders and patterns, each handed to the reader of its format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from biaslens.errors import UnreadableInput
from biaslens.reading.columns import ColumnNames
from biaslens.reading.delimited import read_delimited
from biaslens.reading.folders import ARTICLE_READERS, read_folder
from biaslens.reading.json_files import read_json, read_jsonl
from biaslens.reading.records import Records
from biaslens.reading.source_file import SourceFile

_TABLE_READERS: dict[str, Callable[[SourceFile, ColumnNames], Records]] = {
    ".csv": read_delimited,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".tsv": read_delimited,
}
_FORMATS = (*_TABLE_READERS, *ARTICLE_READERS)
_SHOWN = 60


def read_paths(sources: Sequence[str | os.PathLike[str]], names: ColumnNames) -> Records:
    """The articles in all the files, folders and patterns, in the order given.

    Ids start with the path, relative to the folder that all of them share.
    """
    found = [path for source in sources for path in _matches(source)]
    unsupported = [path for path in found if not path.is_dir() and path.suffix.lower() not in _FORMATS]
    if unsupported:
        raise UnreadableInput(
            f"{unsupported[0]} is of no format that can be read: {', '.join(_FORMATS)}, or a folder "
            "of text files or web pages. Export the articles in one of these."
        )
    return Records.joined([_read_one(file, names) for file in _named(found)])


def _read_one(file: SourceFile, names: ColumnNames) -> Records:
    if file.path.is_dir():
        return read_folder(file, names)
    suffix = file.path.suffix.lower()
    return ARTICLE_READERS[suffix](file) if suffix in ARTICLE_READERS else _TABLE_READERS[suffix](file, names)


def _named(paths: Sequence[Path]) -> list[SourceFile]:
    if len(paths) == 1:
        only = paths[0]
        return [SourceFile(only, "" if only.is_dir() else only.stem, alone=True)]
    shared = _shared_folder(paths)
    return [SourceFile(path, _name_in(shared, path), alone=False) for path in paths]


def _name_in(shared: Path | None, path: Path) -> str:
    name = path if shared is None else path.absolute().relative_to(shared)
    return (name if path.is_dir() else name.with_suffix("")).as_posix()


def _shared_folder(paths: Iterable[Path]) -> Path | None:
    try:
        return Path(os.path.commonpath([path.absolute().parent for path in paths]))
    except ValueError:
        # Drives of Windows share no folder.
        return None


def _matches(source: str | os.PathLike[str]) -> list[Path]:
    """The file or folder itself, or the files that the pattern matches, in alphabetical order."""
    try:
        path = Path(source).expanduser()
        found = [path] if path.exists() else _matching(path)
    except (OSError, ValueError, RuntimeError):
        # What cannot even be a path: too long, a NUL, an unknown home.
        found = []
    if found:
        return found
    shown = os.fspath(source)
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    raise UnreadableInput(
        f"{shown!r} is no file, no folder and no pattern that matches a file. Check the path; the text of an "
        "article is passed with its outlet: {'Outlet': text}."
    )


def _matching(pattern: Path) -> list[Path]:
    parts = pattern.parts
    fixed = next(
        (place for place, part in enumerate(parts) if any(sign in part for sign in "*?[")), len(parts)
    )
    if fixed == len(parts):
        return []
    # Up to Python 3.12 a closing ** matches folders only.
    loose = parts[fixed:] if parts[-1] != "**" else (*parts[fixed:], "*")
    matches = Path(*parts[:fixed]).glob("/".join(loose))
    files = {path for path in matches if not path.name.startswith(".") and not path.is_dir()}
    return sorted(files, key=lambda path: path.as_posix())
