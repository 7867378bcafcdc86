"""Names and numbers."""

import pytest
from speech_examples import corpus_of

from biaslens.cells import Items
from biaslens.stats.items import find_items


def _found(text: str, kind: str) -> list[str]:
    items = find_items(corpus_of(text))
    return [item for item, its_kind in zip(items.text, items.kind, strict=True) if its_kind == kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yesterday Angela Merkel met reporters in Kiev.", ["Angela Merkel", "Kiev"]),
        ("The chancellor spoke. Then she left.", []),
        ("Merkel left. We saw Merkel again.", ["Merkel", "Merkel"]),
        (
            "Security was tight. They met at the Security Council, where security was an issue.",
            ["Security Council"],
        ),
        ("He praised Merkel’s speech.", ["Merkel"]),
        ("He praised Merkel, Putin and Obama.", ["Merkel", "Putin", "Obama"]),
        ("On a Monday in March I met Smith.", ["Smith"]),
        ("We met Secretary of State John Kerry of course.", ["Secretary of State John Kerry"]),
        ("We saw Kiev of old, and the Council of Europe.", ["Kiev", "Council of Europe"]),
        ("It said: “We will stay.”", []),
        ("It met U.S. officials.", ["U.S."]),
    ],
)
def test_names_are_runs_of_capitalised_words(text: str, names: list[str]) -> None:
    assert _found(text, "name") == names


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("About 2,000 people came.", ["2000 people"]),
        ("About 2000 people came.", []),  # read as a year
        ("It cost $40 million or 3 million euros.", ["$40 million"]),
        ("It rose 5% and then 12.5 percent.", ["5%", "12.5%"]),
        ("It happened on March 16, 2014, and on 22 April.", []),
        ("It began at 10:30 and ended 3-0.", []),
        ("The 18-year-old won 25 Grammys.", ["25"]),
        ("In all, 300.", ["300"]),
    ],
)
def test_numbers_come_with_their_unit_and_dates_are_none(text: str, numbers: list[str]) -> None:
    assert _found(text, "number") == numbers


def test_items_know_the_sentence_that_mentions_them() -> None:
    corpus = corpus_of("It was late. Then Angela Merkel met 300 people.", "He saw Paris.")
    items = find_items(corpus)
    assert items.text == ("Angela Merkel", "300 people", "Paris")
    assert items.sentence.slices(corpus.texts) == ["Then Angela Merkel met 300 people."] * 2 + [
        "He saw Paris."
    ]


def test_other_articles_do_not_change_what_is_a_name() -> None:
    first, second = "Merkel left.", "We saw Merkel."
    together: Items = find_items(corpus_of(first, second))
    assert together.text == ("Merkel",)
    assert together.sentence.article.tolist() == [1]


def test_no_text_has_no_items() -> None:
    assert len(find_items(corpus_of(""))) == 0
