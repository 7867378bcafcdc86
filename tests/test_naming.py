"""Contested labels in texts: where they count, and what they count as."""

import numpy as np
import pytest
from hypothesis import given
from speech_examples import corpus_of, news_texts

from biaslens.attributions import QUOTED
from biaslens.contested import load_label_sets
from biaslens.measuring.naming import contested_labels, label_uses


def found(text: str) -> list[tuple[str, str]]:
    """The words and categories of the hits in a text."""
    hits = contested_labels(corpus_of(text)).hits
    return list(zip(hits.spans.slices([text]), hits.category, strict=True))


def test_a_hit_names_set_and_label() -> None:
    assert found("Militants took the town.") == [("Militants", "armed non-state group: militant")]


def test_a_label_inside_quotation_marks_is_the_speakers() -> None:
    assert found('Berg met militants. "They are terrorists," he said.') == [
        ("militants", "armed non-state group: militant")
    ]


def test_a_label_in_reported_speech_is_the_outlets_choice() -> None:
    assert found("Orlov said the militants had left.") == [("militants", "armed non-state group: militant")]


def test_the_longest_term_wins() -> None:
    assert found("He fears a terrorist attack.") == [
        ("terrorist attack", "attack on civilians: terrorist attack")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The president used the bully pulpit.",
        "It was a coup for the museum.",
        "Riot police stood by.",
        "A slew of papers came.",
        "The war of words went on.",
        "The serial killer was caught.",
        "Shareholders met for a proxy vote.",
        "The rebel MP spoke.",
        "He filed criminal charges.",
        "The party office on the Northern road was closed.",
        "Workers built a fence and a wall around the garden.",
    ],
)
def test_a_word_in_another_sense_is_no_label(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("The regime's troops fled.", "government in general: regime"),
        ("Russia annexed Crimea.", "change of sovereignty: annexation"),
        ("Crimea's accession to Russia was signed.", "change of sovereignty: accession"),
        ("They spoke of reunification with Russia.", "change of sovereignty: reunification"),
        ("It backs the Donetsk People's Republic.", "state of disputed standing: people's republic"),
        ("The special military operation goes on.", "attack on a country: special operation"),
        ("Pro-Russian forces hold it.", "tie to Russia: pro-Russian"),
        ("Congress wants to end the estate tax.", "tax on what the dead leave: estate tax"),
        ("The bill would ban late-term abortions.", "abortion late in pregnancy: late-term abortion"),
        ("An officer-involved shooting was reported.", "shooting by police: officer-involved shooting"),
        ("Homeless people need help.", "people without a home: homeless"),
        ("Talks on Taiwan, a self-ruled island, failed.", "standing of Taiwan: self-ruled island"),
        ("He lives in Londonderry.", "second city of Northern Ireland: Londonderry"),
        ("It was fired at the Sea of Japan.", "sea between Korea and Japan: Sea of Japan"),
    ],
)
def test_a_label_is_found(sentence: str, category: str) -> None:
    assert category in [kind for _, kind in found(sentence)]


def test_an_article_before_a_longer_term_does_not_cut_it() -> None:
    assert found("He saw the war crimes.") == [("the war crimes", "crime against a people: war crime")]
    assert found("It was the war of words.") == []


def test_a_name_is_no_label_of_small_letters() -> None:
    assert found("He works for the Refugee Council.") == []


def test_the_base_is_the_words_outside_quotation_marks() -> None:
    counted = contested_labels(corpus_of('Rebels fled. "We won," he said.'))
    assert counted.exposure.tolist() == [4]
    assert counted.total.tolist() == [1]


def test_uses_are_counted_per_article_and_label() -> None:
    sets = load_label_sets()
    uses = label_uses(corpus_of("A quiet day.", "Rebels met militants. The rebels fled."))
    labels = [(sets.set[row], sets.label[row]) for row in uses.label.tolist()]
    assert uses.article.tolist() == [1, 1]
    assert labels == [("armed non-state group", "militant"), ("armed non-state group", "rebel")]
    assert uses.count.tolist() == [1, 2]


def test_a_text_without_labels_has_no_uses() -> None:
    uses = label_uses(corpus_of("A quiet day."))
    assert (len(uses.article), len(uses.label), len(uses.count)) == (0, 0, 0)


@given(news_texts, news_texts)
def test_uses_and_hits_are_the_same_in_number(text: str, other: str) -> None:
    corpus = corpus_of(text, other)
    uses = label_uses(corpus)
    totals = np.bincount(uses.article, weights=uses.count, minlength=2)
    assert totals.tolist() == contested_labels(corpus).total.tolist()


@given(news_texts)
def test_no_label_stands_inside_quotation_marks(text: str) -> None:
    corpus = corpus_of(text)
    quoted = set(corpus.tokens.start[corpus.voices.voice == QUOTED].tolist())
    assert not set(contested_labels(corpus).hits.spans.start.tolist()) & quoted
