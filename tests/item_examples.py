"""Articles and items made by hand for the tests of coverage and omission."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biaslens.articles import Articles
from biaslens.cells import ItemKind, Items
from biaslens.spans import Spans

# event, outlet, text of one sentence, items in it: "300 people" is a number, "says Putin" a source
Sketch = tuple[str, str, str, list[str]]


def articles_of(sketches: Sequence[Sketch]) -> Articles:
    """Articles of one sentence each, whose ids are their outlet and text."""
    n = len(sketches)
    texts = tuple(sketch[2] for sketch in sketches)
    return Articles(
        id=tuple(f"{sketch[1]}: {sketch[2]}" for sketch in sketches),
        outlet=tuple(sketch[1] for sketch in sketches),
        outlet_inferred=np.zeros(n, dtype=bool),
        text=texts,
        original=texts,
        offsets=(None,) * n,
        title=("",) * n,
        date=np.full(n, np.datetime64("NaT", "D")),
        event=("",) * n,
        note=("",) * n,
    )


def items_of(sketches: Sequence[Sketch]) -> Items:
    """The items of these articles; every name is sure but for those in small letters."""
    found = [(row, item) for row, sketch in enumerate(sketches) for item in sketch[3]]
    rows = np.arange(len(sketches))
    ends = np.array([len(sketch[2]) for sketch in sketches], dtype=np.int64)
    place = np.array([row for row, _ in found], dtype=np.int64)
    return Items(
        text=tuple(item.removeprefix("says ") for _, item in found),
        key=tuple(_key(item) for _, item in found),
        kind=tuple(_kind(item) for _, item in found),
        sure=np.array([not item.islower() or item[0].isdigit() for _, item in found], dtype=bool),
        place=Spans(place, np.zeros_like(place), ends[place]),
        sentence=Spans(rows, np.zeros_like(rows), ends),
        n_words=np.array([len(sketch[2].split()) for sketch in sketches], dtype=np.int64),
    )


def _kind(item: str) -> ItemKind:
    if item[0].isdigit():
        return "number"
    return "source" if item.startswith("says ") else "name"


def _key(item: str) -> str:
    """Of a number below 100 with the unit, as find_items makes it."""
    if not item[0].isdigit():
        return item.removeprefix("says ").lower()
    number, _, unit = item.partition(" ")
    return f"{number}|{unit}" if int(number) < 100 else number
