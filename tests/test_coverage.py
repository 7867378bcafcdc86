"""Coverage inside events."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from biaslens.articles import Articles
from biaslens.cells import ItemKind, Items
from biaslens.spans import Spans
from biaslens.stats.coverage import cover

Sketch = tuple[str, str, str, list[str]]  # event, outlet, text of one sentence, items in it


def _cover(sketches: Sequence[Sketch]) -> list[dict[str, Any]]:
    """Articles of one sentence each, whose ids are their outlet and text."""
    n = len(sketches)
    texts = tuple(sketch[2] for sketch in sketches)
    articles = Articles(
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
    found = [(row, item) for row, sketch in enumerate(sketches) for item in sketch[3]]
    kinds: list[ItemKind] = ["number" if item[0].isdigit() else "name" for _, item in found]
    items = Items(
        tuple(item for _, item in found),
        tuple(kinds),
        Spans.of([(row, 0, len(texts[row])) for row, _ in found]),
    )
    return list(cover(items, articles, [sketch[0] for sketch in sketches]).rows())


THREE: list[Sketch] = [
    ("e", "A", "Putin spoke to 300 people.", ["Putin", "300 people"]),
    ("e", "B", "Vladimir Putin met Merkel.", ["Vladimir Putin", "Merkel"]),
    ("e", "C", "Merkel saw 300 men.", ["Merkel", "300 men"]),
]


def test_an_item_of_two_other_outlets_is_asked_of_the_third() -> None:
    rows = [(row["outlet"], row["item"], row["covered"]) for row in _cover(THREE)]
    assert rows == [
        ("A", "Merkel", False),
        ("B", "300 men", False),
        ("C", "Vladimir Putin", False),
    ]


def test_the_evidence_is_the_first_other_outlets_sentence() -> None:
    row = _cover(THREE)[0]
    assert (row["evidence_id"], row["evidence_sentence"]) == (
        "B: Vladimir Putin met Merkel.",
        "Vladimir Putin met Merkel.",
    )


def test_what_is_covered_needs_no_evidence() -> None:
    sketches = [("e", outlet, f"{outlet} saw Merkel.", ["Merkel"]) for outlet in "ABC"]
    rows = _cover(sketches)
    assert [row["covered"] for row in rows] == [True, True, True]
    assert {row["evidence_id"] + row["evidence_sentence"] for row in rows} == {""}


def test_of_two_outlets_each_is_asked_for_the_others_items() -> None:
    rows = _cover([("e", "A", "Putin spoke.", ["Putin"]), ("e", "B", "Obama spoke.", ["Obama"])])
    assert [(row["outlet"], row["item"], row["covered"]) for row in rows] == [
        ("A", "Obama", False),
        ("B", "Putin", False),
    ]


def test_a_name_that_was_not_found_but_stands_in_the_text_is_covered() -> None:
    rows = _cover([("e", "A", "Putin spoke.", ["Putin"]), ("e", "B", "Putin left, it said.", [])])
    assert [row["covered"] for row in rows if row["outlet"] == "B"] == [True]


def test_one_outlets_event_has_no_rows() -> None:
    assert _cover([("e", "A", "Putin spoke.", ["Putin"]), ("f", "B", "Obama spoke.", ["Obama"])]) == []


def test_articles_without_an_event_take_no_part() -> None:
    assert _cover([("", "A", "Putin spoke.", ["Putin"]), ("", "B", "Obama spoke.", ["Obama"])]) == []


def test_the_order_of_articles_changes_nothing() -> None:
    sketches = [
        *THREE,
        ("e", "B", "It was cold in Kiev.", ["Kiev"]),
        ("f", "A", "x", []),
        ("f", "B", "Rome", ["Rome"]),
    ]
    rows = _cover(sketches)
    assert _cover(sketches[::-1]) == rows
    assert _cover([sketches[row] for row in (3, 0, 5, 1, 4, 2)]) == rows


def test_rows_are_sorted() -> None:
    rows = _cover([("e", "B", "Obama met Putin.", ["Putin", "Obama"]), ("e", "A", "x", [])])
    assert [(row["outlet"], row["item"]) for row in rows] == [("A", "Obama"), ("A", "Putin")]
