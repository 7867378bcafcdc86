"""Names, numbers and sources of single articles."""

import pytest
from speech_examples import corpus_of

from biaslens.first_pass import join
from biaslens.stats.items import find_items


def _found(text: str, kind: str) -> list[str]:
    items = find_items(corpus_of(text))
    return [item for item, its_kind in zip(items.text, items.kind, strict=True) if its_kind == kind]


def _sure(text: str) -> list[str]:
    """The names that are surely names."""
    items = find_items(corpus_of(text))
    rows = zip(items.text, items.kind, items.sure.tolist(), strict=True)
    return [item for item, kind, sure in rows if kind == "name" and sure]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yesterday we saw that Angela Merkel met reporters in Kiev.", ["Angela Merkel", "Kiev"]),
        ("The chancellor spoke. Then she left.", []),
        ("Merkel left. We saw Merkel again.", ["Merkel", "Merkel"]),
        ("They met at the Security Council, where security was an issue.", ["Security Council"]),
        ("He praised Merkel’s speech.", ["Merkel"]),
        ("He praised Merkel, Putin and Obama.", ["Merkel", "Putin", "Obama"]),
        ("On a Monday in March I met Smith.", ["Smith"]),
        ("We saw Kiev of old, and the Council of Europe.", ["Kiev", "Council of Europe"]),
        ("It said: “We will stay.”", []),
        ("It met U.S. officials.", ["U.S."]),
    ],
)
def test_sure_names_are_runs_of_capitalised_words(text: str, names: list[str]) -> None:
    assert _sure(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We met Secretary of State John Kerry of course.", ["John Kerry"]),
        ("We met the Secretary of State and the Foreign Minister.", []),
        ("We met Sen. Ted Cruz and Mr. Putin in St. Petersburg.", ["Ted Cruz", "Putin", "Petersburg"]),
        ("We met Russian President Vladimir Putin.", ["Vladimir Putin"]),
        ("Russian President Vladimir Putin went home.", ["Vladimir Putin"]),
        ("It praised Sen. Susan Collins (R-Maine) for it.", ["Susan Collins"]),
    ],
)
def test_a_name_stands_without_the_title_before_it(text: str, names: list[str]) -> None:
    assert _sure(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We saw that Ursula von der Leyen had left.", ["Ursula von der Leyen"]),
        ("We saw that George W. Bush had left.", ["George W. Bush"]),
        ("It was made by Johnson & Johnson in those years.", ["Johnson & Johnson"]),
        ("We saw the Committee of the Red Cross.", ["Committee of the Red Cross"]),
        ("It saw the Donetsk People's Republic.", ["Donetsk People's Republic"]),
        ("We heard Ukraine's Denys Monastyrskyi say so.", ["Ukraine", "Denys Monastyrskyi"]),
        ("It was a Russia-backed force from the Obama-era.", ["Russia", "Obama"]),
    ],
)
def test_small_words_join_names_and_possessives_end_them(text: str, names: list[str]) -> None:
    assert _sure(text) == names


def test_what_stands_before_a_title_is_a_mention_but_no_sure_name() -> None:
    text = "We met French President Emmanuel Macron."
    assert sorted(_found(text, "name")) == ["Emmanuel Macron", "French"]
    assert _sure(text) == ["Emmanuel Macron"]


def test_a_word_that_opens_a_sentence_is_no_sure_name_but_a_mention_where_one_is_known() -> None:
    text = "Putin left. Nobody saw it."
    assert (_found(text, "name"), _sure(text)) == (["Putin"], [])


@pytest.mark.parametrize(
    "text",
    [
        "It was over: Tradition is what counts.",
        "It was over — Tradition is what counts.",
        "They spoke of tradition, and Tradition was there.",
        "Great Old Tradition Better Than America Today Or Tomorrow",
        "The talks were with the Department after that.",
    ],
)
def test_a_capital_that_may_be_due_to_its_place_makes_no_sure_name(text: str) -> None:
    assert _sure(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("About 2,000 people came.", ["2000 people"]),
        ("It cost $40 million or 3 million euros.", ["$40 million", "€3 million"]),
        ("It happened on March 16, 2014, and on 22 April.", []),
        ("It began at 10:30 and ended 3-0.", []),
        ("He counted two thousand, 2 000 and 2,000 men.", ["2000", "2000", "2000 men"]),
        ("In all, 300.", ["300"]),
    ],
)
def test_numbers_come_with_their_unit_and_dates_are_none(text: str, numbers: list[str]) -> None:
    assert _found(text, "number") == numbers


def test_a_source_is_the_name_of_who_is_given_voice() -> None:
    text = "Kremlin spokesman Dmitry Peskov said the talks were over. Officials said they would go on."
    assert "Dmitry Peskov" in _found(text, "source")
    assert "officials" not in [source.lower() for source in _found("Then officials said it.", "source")]


def test_a_source_stands_in_the_sentence_of_what_is_attributed() -> None:
    corpus = corpus_of("It was late. The minister, Anna Berg, said the dam would hold.")
    items = find_items(corpus)
    row = items.kind.index("source")
    assert [items.text[row], items.place.slices(corpus.texts)[row]] == [
        "Anna Berg",
        "The minister, Anna Berg, said the dam would hold.",
    ]


def test_items_know_the_sentence_that_mentions_them() -> None:
    corpus = corpus_of("It was late. Then Angela Merkel met 300 people.", "He saw Paris.")
    items = find_items(corpus)
    rows = [row for row, sure in enumerate(items.sure.tolist()) if sure]
    assert [items.text[row] for row in rows] == ["Angela Merkel", "300 people", "Paris"]
    places = items.place.slices(corpus.texts)
    assert [places[row] for row in rows] == ["Then Angela Merkel met 300 people."] * 2 + ["He saw Paris."]


def test_every_sentence_is_listed_with_its_words() -> None:
    corpus = corpus_of("It was late. Then Angela Merkel met 300 people.", "He saw Paris.")
    items = find_items(corpus)
    assert items.sentence.article.tolist() == [0, 0, 1]
    assert items.n_words.tolist() == [3, 6, 3]


def test_other_articles_do_not_change_what_is_a_name() -> None:
    first, second = "Merkel left.", "We saw Merkel."
    together = find_items(corpus_of(first, second))
    assert together.text == ("Merkel", "Merkel")
    assert together.sure.tolist() == [False, True]


def test_parts_join_to_the_whole() -> None:
    texts = ("It saw Angela Merkel and 300 people.", "", "He saw Paris. It said $5 was enough.")
    whole = find_items(corpus_of(*texts))
    parts = join([find_items(corpus_of(text)) for text in texts], [1, 1, 1])
    for column in ("text", "key", "kind"):
        assert getattr(parts, column) == getattr(whole, column)
    for spans in ("place", "sentence"):
        for column in ("article", "start", "end"):
            left, right = getattr(getattr(parts, spans), column), getattr(getattr(whole, spans), column)
            assert left.tolist() == right.tolist()


def test_no_text_has_no_items() -> None:
    assert len(find_items(corpus_of(""))) == 0
