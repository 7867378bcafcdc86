"""How outlets name persons, over all of their articles."""

import numpy as np
from speech_examples import corpus_of

from biaslens.framing_tables import PersonTable
from biaslens.measuring.persons import find_persons
from biaslens.stats.persons import person_table

_TEN = " ".join(["Then President Vladimir Putin spoke. So Putin left."] * 5)


def _table(texts: list[str], outlets: list[str], events: list[str] | None = None) -> PersonTable:
    return person_table(find_persons(corpus_of(*texts)), outlets, events or ["an event"] * len(texts))


def test_shares_are_of_the_outlets_mentions() -> None:
    table = _table([_TEN, "The despot Vladimir Putin left. Mr. Putin spoke."], ["A", "B"])
    assert list(table.outlet) == ["A", "B"]
    assert list(table.person) == ["Vladimir Putin"] * 2
    assert table.n_mentions.tolist() == [10, 2]
    assert table.title_share.tolist() == [0.5, 0.5]
    assert table.surname_share.tolist() == [0.5, 0.0]
    assert table.epithet_share.tolist() == [0.0, 0.5]
    assert list(table.titles) == ["President", "Mr."]
    assert list(table.epithets) == ["", "despot"]


def test_a_person_whom_one_outlet_names_has_no_row() -> None:
    assert len(_table([_TEN, "Nothing."], ["A", "B"])) == 0


def test_a_person_named_seldom_has_no_row() -> None:
    assert len(_table(["Vladimir Putin left."] * 2, ["A", "B"])) == 0


def test_articles_without_event_take_no_part() -> None:
    assert len(_table([_TEN, _TEN], ["A", "B"], ["an event", ""])) == 0


def test_middle_names_are_one_person() -> None:
    table = _table([_TEN, "It was Vladimir Vladimirovich Putin."], ["A", "B"])
    assert list(table.person) == ["Vladimir Putin"] * 2


def test_romanisations_are_one_person() -> None:
    table = _table(["Volodymyr Zelensky left. " * 9, "Volodymyr Zelenskyy left."], ["A", "B"])
    assert list(table.person) == ["Volodymyr Zelensky"] * 2


def test_a_family_name_is_the_person_most_named_by_it_in_the_event() -> None:
    texts = [
        _TEN,
        "Mr. Putin left.",
        "Igor Putin left. Igor Putin came. Mr. Putin spoke.",
        "Mr. Putin slept.",
    ]
    table = _table(texts, ["A", "B", "A", "B"], ["one", "one", "two", "two"])
    assert dict(zip(table.outlet, table.n_mentions.tolist(), strict=True)) == {"A": 10, "B": 1}


def test_a_family_name_of_several_persons_elsewhere_stays_by_itself() -> None:
    texts = [_TEN, _TEN, " ".join(["Igor Putin left."] * 9), "Mr. Putin slept. " * 9, "Mr. Putin slept."]
    table = _table(texts, ["A", "B", "A", "A", "B"], ["one", "one", "two", "three", "three"])
    assert sorted(set(table.person)) == ["Putin", "Vladimir Putin"]


def test_titles_are_ranked_and_the_same_in_any_case() -> None:
    text = (
        "President Putin left. Mr. Putin left. The president Vladimir Putin left. President Putin left. " * 4
    )
    assert _table([text, "Vladimir Putin left."], ["A", "B"]).titles[0] == "President, Mr."


def test_the_order_of_articles_changes_nothing() -> None:
    texts = [_TEN, "The despot Vladimir Putin left.", "Mr. Putin left."]
    first = _table(texts, ["A", "B", "B"])
    second = _table(texts[::-1], ["B", "B", "A"])
    for name, column in first.columns().items():
        assert np.array_equal(column, second.columns()[name])


def test_no_mentions_give_no_rows() -> None:
    assert len(_table(["", ""], ["A", "B"])) == 0
