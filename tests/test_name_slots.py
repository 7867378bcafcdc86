"""Words in slots beside names."""

import pytest
from hypothesis import given
from speech_examples import corpus_of, news_texts

from biaslens.measuring.name_heads import name_heads
from biaslens.measuring.name_slots import find_slots


def _slots(text: str) -> list[tuple[str, str]]:
    found = find_slots(corpus_of(text))
    return list(zip(found.slot, found.word, strict=True))


@pytest.mark.parametrize(
    ("text", "slot", "word"),
    [
        ("They opposed the annexation of Crimea.", "Crimea: of", "annexation"),
        ("It was the worst war in the Ukraine.", "Ukraine: in", "war"),
        ("Then came Crimea’s unlawful seizures.", "Crimea: possessive", "seizure"),
        ("There the Russian security forces waited.", "Russia: possessive", "force"),
        ("Soldiers seized Crimea.", "Crimea: object", "seize"),
        ("They saw strongman Ramzan Kadyrov.", "Ramzan Kadyrov: before", "strongman"),
        ("They saw Vice President Joe Biden.", "Joe Biden: before", "vice president"),
        ("They saw House Majority Leader Steny Hoyer.", "Steny Hoyer: before", "leader"),
        ("It was Donald J. Trump’s remark.", "Donald Trump: possessive", "remark"),
        ("He blamed U.S. officials.", "United States: possessive", "official"),
    ],
)
def test_a_slot_is_a_name_and_how_the_word_stands_beside_it(text: str, slot: str, word: str) -> None:
    assert _slots(text) == [(slot, word)]


@pytest.mark.parametrize(
    "text",
    [
        "He came to Crimea.",
        "They were in Crimea.",
        "He saw the end of Crimea.",
        "“The annexation of Crimea,” he said.",
        "Crimea was Russia’s.",
        "They want to host Donald Trump’s.",
        "",
    ],
)
def test_light_words_and_quotations_fill_no_slot(text: str) -> None:
    assert [word for slot, word in _slots(text) if not slot.endswith("object")] == []


def test_a_family_name_stands_for_the_person_of_the_article() -> None:
    assert _slots("Joe Biden spoke. We heard Biden’s remarks.") == [("Joe Biden: possessive", "remark")]


def test_slots_know_their_sentence() -> None:
    corpus = corpus_of("It rained.", "He left. They seized Crimea then.")
    found = find_slots(corpus)
    assert found.sentence.slices(corpus.texts) == ["They seized Crimea then."]
    assert found.sentence.article.tolist() == [1]


@pytest.mark.parametrize(
    ("form", "singular"),
    [("attacks", "attack"), ("women", "woman"), ("allies", "ally"), ("ties", "tie"), ("news", "news")],
)
def test_nouns_are_shown_in_the_singular(form: str, singular: str) -> None:
    assert name_heads("en").noun(form) == singular


@given(news_texts)
def test_every_slot_has_a_name_and_a_word(text: str) -> None:
    found = find_slots(corpus_of(text))
    assert all(slot.partition(": ")[0] for slot in found.slot)
    assert all(found.word)
    assert len(found) == len(found.slot) == len(found.word) == len(found.is_person)
