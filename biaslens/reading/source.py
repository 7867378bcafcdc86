"""read(): whatever the user has, as Articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from biaslens.articles import Articles
from biaslens.errors import UnreadableInput
from biaslens.reading.assembly import articles_of
from biaslens.reading.columns import ColumnNames
from biaslens.reading.frames import read_frame
from biaslens.reading.mappings import in_order, read_mapping, read_rows
from biaslens.reading.paths import read_paths
from biaslens.reading.records import Records
from biaslens.settings import Settings


def read(
    source: object,
    *,
    text: str = "text",
    outlet: str = "outlet",
    date: str = "date",
    title: str = "title",
    id: str = "id",
    event: str = "event",
    settings: Settings | None = None,
) -> Articles:
    """Articles from files, folders, tables or texts, one row per article; nothing is dropped.

    source  a path or pattern, or several: .txt and web pages (.html, .htm, .xhtml: one article each), .csv,
            .tsv, .jsonl, .ndjson, .json;
            a folder of text files or web pages, with an optional index.csv (file, outlet, date, title, event,
            id);
            a data frame (pandas, polars, pyarrow, dask);
            a mapping from outlet to a text or texts; a list of dicts;
            Articles, which are handed back as they are
    text, outlet, date, title, id, event
            the names of a table's columns; all but the text may be absent

    What could not be read as meant (empty texts, odd encodings, ambiguous dates) stands in ``note``. Raises
    UnreadableInput, MissingColumn and DuplicateIds, and MissingExtra where a web page is to be read without
    trafilatura.

    >>> articles = read({"Xinhua": ["First text.", "Second text."], "Trend": "Third text."})
    >>> articles.id
    ('Xinhua-1', 'Xinhua-2', 'Trend-1')
    >>> read([{"body": "A text.", "outlet": "Trend", "date": "10 March 2014"}], text="body").date
    array(['2014-03-10'], dtype='datetime64[D]')
    """
    if isinstance(source, Articles):
        return source
    names = ColumnNames(text=text, outlet=outlet, date=date, title=title, id=id, event=event)
    chosen = settings if settings is not None else Settings()
    return articles_of(_records(source, names), chosen.repair_mojibake)


def _records(source: object, names: ColumnNames) -> Records:
    if isinstance(source, (str, os.PathLike)):
        return read_paths([source], names)
    if isinstance(source, Mapping):
        return read_mapping(source, names)
    plain = isinstance(source, (list, tuple, set, frozenset, bytes, Iterator))
    table = None if plain else read_frame(source, names)
    if table is not None:
        return table
    if isinstance(source, bytes) or not isinstance(source, Iterable):
        raise UnreadableInput(
            f"Articles cannot be read from a {type(source).__name__}. Pass a path, a data frame, a list of "
            "dicts or a mapping {'Outlet': text}."
        )
    return _records_of_items(in_order(source), names)


def _records_of_items(items: list[object], names: ColumnNames) -> Records:
    if not items:
        raise UnreadableInput(
            "The list is empty; it must name at least one file or hold at least one article."
        )
    paths = [item for item in items if isinstance(item, (str, os.PathLike))]
    return read_paths(paths, names) if len(paths) == len(items) else read_rows(items, names)
