"""Mappings: outlet to texts, and lists of articles given as dicts."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from biaslens.errors import UnreadableInput
from biaslens.reading.columns import ColumnNames
from biaslens.reading.records import Records, Table, label_of, numbered


def read_mapping(source: Mapping[object, object], names: ColumnNames) -> Records:
    """The articles of a mapping from outlet to a text, several texts, or articles given as dicts.

    Ids count each outlet's articles: "Xinhua-1", "Xinhua-2".
    """
    if names.text in source and (names.outlet in source or len(source) == 1):
        raise UnreadableInput(
            f"The mapping has the key {names.text!r}, like a table or a single article; its keys must be "
            "outlets: {'Outlet': text}. Pass columns as pandas.DataFrame(...), and one article as [{...}]."
        )
    rows: list[Mapping[object, object]] = []
    ids: list[str] = []
    n_articles: Counter[str] = Counter()
    for key, value in source.items():
        outlet = label_of(key)
        for item in _items(value, outlet):
            n_articles[outlet] += 1
            article = item if isinstance(item, Mapping) else {names.text: item}
            rows.append({**article, names.outlet: outlet})
            ids.append(f"{outlet}-{n_articles[outlet]}" if outlet else str(n_articles[outlet]))
    if not rows:
        raise UnreadableInput(
            f"The mapping holds no text (outlets: {len(source)}); pass at least one: {{'Outlet': text}}."
        )
    return Table.of_rows(rows, "The mapping").records(names, ids)


def read_rows(source: Sequence[object], names: ColumnNames) -> Records:
    """The articles of a sequence of mappings, one each."""
    rows: list[Mapping[object, object]] = []
    for place, row in enumerate(source):
        if not isinstance(row, Mapping):
            raise UnreadableInput(
                f"Item {place} of the list is of type {type(row).__name__}; all must be dicts with the keys "
                f"{names.outlet!r} and {names.text!r}, or all paths. Pass texts as {{'Outlet': [text, ...]}}."
            )
        rows.append(row)
    return Table.of_rows(rows, "The list").records(names, numbered("", len(rows)))


def in_order(items: Iterable[object]) -> list[object]:
    """The items as a list; those of a set are sorted, as a set's own order changes from run to run."""
    return sorted(items, key=repr) if isinstance(items, (set, frozenset)) else list(items)


def _items(value: object, outlet: str) -> list[object]:
    if hasattr(value, "columns") or isinstance(value, os.PathLike):
        raise UnreadableInput(
            f"The mapping holds a {type(value).__name__} for {outlet!r}; a text or several texts are needed. "
            "Pass a table or a path by itself."
        )
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        return [value]
    return in_order(value)
