"""JSON files: a list of objects, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from biaslens.errors import UnreadableInput
from biaslens.reading.columns import ColumnNames
from biaslens.reading.encoding import is_blank, load_or_raise
from biaslens.reading.records import Records, Table, numbered
from biaslens.reading.source_file import SourceFile


def read_json(file: SourceFile, names: ColumnNames) -> Records:
    """The articles in a .json file: a list of objects, one per article."""
    decoded = load_or_raise(file.path)
    try:
        content = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(
            f"{file.path} is not JSON ({error}); a list of objects is needed. "
            "Give it the suffix .jsonl where it holds one object a line."
        ) from None
    if not isinstance(content, list):
        raise UnreadableInput(
            f"{file.path} holds one {_kind(content)}; a list of objects is needed, one per article. "
            'Write [{"outlet": ..., "text": ...}, ...].'
        )
    rows = [_object(row, f"item {place} of {file.path}") for place, row in enumerate(content, start=1)]
    return _records(rows, file, decoded.note, names)


def read_jsonl(file: SourceFile, names: ColumnNames) -> Records:
    """The articles in a .jsonl or .ndjson file: one object a line; empty lines are passed over."""
    decoded = load_or_raise(file.path)
    return _records(list(_objects(decoded.text, file)), file, decoded.note, names)


def _objects(text: str, file: SourceFile) -> Iterator[dict[object, object]]:
    # Not splitlines(): it would also cut at U+2028 and U+0085, which may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if is_blank(line):
            continue
        try:
            content = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UnreadableInput(
                f"Line {number} of {file.path} is not JSON ({error}); each line must hold one whole object. "
                "Correct or remove that line."
            ) from None
        yield _object(content, f"line {number} of {file.path}")


def _object(content: object, place: str) -> dict[object, object]:
    if not isinstance(content, dict):
        raise UnreadableInput(
            f"{place[0].upper()}{place[1:]} holds a {_kind(content)}; an object is needed: "
            '{"outlet": ..., "text": ...}.'
        )
    return content


def _records(rows: list[dict[object, object]], file: SourceFile, note: str, names: ColumnNames) -> Records:
    prefix = "" if file.alone else file.name
    return Table.of_rows(rows, str(file.path), note).records(names, numbered(prefix, len(rows)))


def _kind(content: object) -> str:
    kinds = {dict: "object", list: "list", str: "text", bool: "truth value", type(None): "null"}
    return kinds.get(type(content), "number")
