"""Tests of readability against textstat 0.7.13: only its functions that need no dictionary are called."""

import warnings

import pytest
from hypothesis import given
from speech_examples import SEEDS, corpus_of, news_texts

from biaslens.codebook import FIXED_POINT
from biaslens.measuring import readability

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    textstat = pytest.importorskip("textstat")

FIGURES = (
    "automated_readability_index",
    "coleman_liau_index",
    "words_per_sentence",
    "lexicon_count",
    "sentence_count",
)


def figure(name: str, text: str) -> float | None:
    counted = readability.mean_of(getattr(readability, name))(corpus_of(text))
    return counted.total[0] / FIXED_POINT if counted.exposure[0] else None


def referee(name: str, text: str) -> float:
    kept = "\n".join(line for line in text.splitlines() if line.strip())
    return float(getattr(textstat, name)(kept))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("text", SEEDS, ids=lambda text: text[:20])
def test_a_figure_of_a_seed_is_textstats(name, text):
    assert figure(name, text) == pytest.approx(referee(name, text), abs=1e-6)


@pytest.mark.parametrize("name", FIGURES)
@given(text=news_texts)
def test_a_figure_of_any_text_is_textstats(name, text):
    found = figure(name, text)
    if found is not None:
        assert found == pytest.approx(referee(name, text), abs=1e-6)


@pytest.mark.parametrize("text", ["", "  \n ", "... !!!"])
def test_an_article_without_words_has_no_figure(text):
    assert figure("lexicon_count", text) is None


def test_the_counts_of_a_sentence_worked_by_hand():
    counts = readability.count_text("He came - at last.")
    assert (counts.words, counts.pieces, counts.sentences, counts.characters, counts.letters) == (
        4,
        5,
        1,
        14,
        12,
    )
