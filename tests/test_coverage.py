"""Coverage inside events."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from item_examples import Sketch, articles_of, items_of

from biaslens.stats.coverage import coverage_table
from biaslens.stats.salient import SalientTerms
from biaslens.stats.tallying import tally_items


def _cover(sketches: Sequence[Sketch]) -> list[dict[str, Any]]:
    labels = ["e", "f"]
    event = np.array([labels.index(sketch[0]) if sketch[0] else -1 for sketch in sketches], dtype=np.int64)
    articles = articles_of(sketches)
    tally = tally_items(items_of(sketches), articles, event, SalientTerms.none())
    return list(coverage_table(tally, articles, labels).rows())


def _asked(sketches: Sequence[Sketch]) -> list[tuple[str, str, bool]]:
    return [(row["outlet"], row["item"], row["covered"]) for row in _cover(sketches)]


THREE: list[Sketch] = [
    ("e", "A", "Putin spoke to 300 people.", ["Putin", "300 people"]),
    ("e", "B", "Vladimir Putin met Merkel.", ["Vladimir Putin", "Merkel"]),
    ("e", "C", "Merkel saw 300 men.", ["Merkel", "300 men"]),
]


def test_an_item_of_two_other_outlets_is_asked_of_the_third() -> None:
    assert _asked(THREE) == [
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
    rows = _cover([("e", outlet, f"{outlet} saw Merkel.", ["Merkel"]) for outlet in "ABC"])
    assert [row["covered"] for row in rows] == [True, True, True]
    assert {row["evidence_id"] + row["evidence_sentence"] for row in rows} == {""}


def test_of_two_outlets_each_is_asked_for_the_others_items() -> None:
    sketches: list[Sketch] = [("e", "A", "Putin spoke.", ["Putin"]), ("e", "B", "Obama spoke.", ["Obama"])]
    assert _asked(sketches) == [("A", "Obama", False), ("B", "Putin", False)]


def test_a_name_that_opens_a_sentence_covers_a_sure_one() -> None:
    sketches: list[Sketch] = [
        ("e", "A", "Then Putin spoke.", ["Putin"]),
        ("e", "B", "Putin left.", ["putin"]),
    ]
    assert _asked(sketches) == [("A", "Putin", True), ("B", "Putin", True)]


def test_a_name_inside_a_longer_one_is_covered() -> None:
    sketches: list[Sketch] = [
        ("e", "A", "a", ["Red Cross"]),
        ("e", "B", "b", ["Red Cross"]),
        ("e", "C", "c", ["Committee of the Red Cross"]),
    ]
    assert [row for row in _asked(sketches) if row[0] == "C"] == [("C", "Red Cross", True)]


def test_what_only_opens_sentences_is_no_item() -> None:
    sketches: list[Sketch] = [("e", outlet, f"Rain fell on {outlet}.", ["rain"]) for outlet in "ABC"]
    assert _cover(sketches) == []


def test_names_of_outlets_and_agencies_are_no_items() -> None:
    names = ["Reuters", "Daily", "AFP", "Daily Online", "Putin"]
    sketches: list[Sketch] = [("e", outlet, "x", names) for outlet in ("The Daily", "B", "C")]
    assert {item for _, item, _ in _asked(sketches)} == {"Putin"}


def test_a_small_number_is_an_item_where_its_unit_agrees_and_covered_with_any() -> None:
    alike: list[Sketch] = [
        ("e", "A", "a", ["15 people"]),
        ("e", "B", "b", ["15 people"]),
        ("e", "C", "c", ["15 dead"]),
        ("e", "D", "d", ["16 people"]),
    ]
    assert [row for row in _asked(alike) if row[0] in "CD"] == [
        ("C", "15 people", True),
        ("D", "15 people", False),
    ]
    apart: list[Sketch] = [
        ("e", outlet, outlet, [item]) for outlet, item in (("A", "15 people"), ("B", "15 miles"), ("C", "x"))
    ]
    assert _asked(apart) == []


def test_a_source_is_asked_for_as_a_voice_though_its_name_is_covered() -> None:
    sketches: list[Sketch] = [
        ("e", "A", "a", ["Putin", "says Putin"]),
        ("e", "B", "b", ["Putin", "says Putin"]),
        ("e", "C", "c", ["Putin"]),
    ]
    rows = [(row["kind"], row["covered"]) for row in _cover(sketches) if row["outlet"] == "C"]
    assert rows == [("name", True), ("source", False)]


def test_a_source_of_one_word_must_be_known_as_a_name() -> None:
    sketches: list[Sketch] = [("e", outlet, outlet, ["says Officials"]) for outlet in "ABC"]
    assert _cover(sketches) == []


def test_a_term_is_covered_wherever_one_of_its_forms_stands() -> None:
    sketches: list[Sketch] = [
        ("e", "A", "The strikes went on.", []),
        ("e", "B", "They called it “a strike”.", []),
        ("e", "C", "It was an airstrike.", []),
    ]
    terms = SalientTerms(np.array([0]), (("strike", "strikes"),))
    articles = articles_of(sketches)
    tally = tally_items(items_of(sketches), articles, np.zeros(3, dtype=np.int64), terms)
    rows = list(coverage_table(tally, articles, ["e"]).rows())
    assert [(row["outlet"], row["kind"], row["covered"]) for row in rows] == [("C", "term", False)]
    assert rows[0]["evidence_sentence"] == "The strikes went on."


def test_one_outlets_event_has_no_rows() -> None:
    assert _cover([("e", "A", "Putin spoke.", ["Putin"]), ("f", "B", "Obama spoke.", ["Obama"])]) == []


def test_articles_without_an_event_take_no_part() -> None:
    assert _cover([("", "A", "Putin spoke.", ["Putin"]), ("", "B", "Obama spoke.", ["Obama"])]) == []


def test_no_articles_have_no_rows() -> None:
    assert _cover([]) == []


def test_the_order_of_articles_changes_nothing() -> None:
    sketches: list[Sketch] = [
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
