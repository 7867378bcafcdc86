"""Tests of sentiment against vaderSentiment 3.3.2, sentence by sentence."""

import pytest
from hypothesis import given
from speech_examples import SEEDS, corpus_of, news_texts
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from biaslens.measuring.sentiment import COMPOUND_UNITS, mean_compound

VADER = SentimentIntensityAnalyzer()


def sentences(corpus) -> list[str]:
    tokens = corpus.tokens
    bounds = zip(tokens.sentence_first[:-1], tokens.sentence_first[1:], tokens.sentence_article, strict=True)
    return [corpus.texts[row][tokens.start[first] : tokens.end[last - 1]] for first, last, row in bounds]


@given(news_texts.map(lambda text: "".join(c for c in text if c not in "\"“”„«»‘’'`‹›")))
def test_a_text_without_quotations_gets_vaders_score_of_each_sentence(text):
    corpus = corpus_of(text)
    scored = [sentence for sentence in sentences(corpus) if any(map(str.isalnum, sentence))]
    expected = sum(round(VADER.polarity_scores(sentence)["compound"] * COMPOUND_UNITS) for sentence in scored)
    counted = mean_compound(corpus)
    assert (counted.total.tolist(), counted.exposure.tolist()) == ([expected], [len(scored)])


def test_each_hit_of_the_seeds_without_a_quotation_has_vaders_score():
    corpus = corpus_of(*SEEDS)
    hits = mean_compound(corpus).hits
    checked = 0
    for sentence, weight in zip(hits.spans.slices(SEEDS), hits.weight.tolist(), strict=True):
        if not set(sentence) & set('"“”'):
            assert weight == round(VADER.polarity_scores(sentence)["compound"] * COMPOUND_UNITS)
            checked += 1
    assert checked > 20


def test_quoted_words_are_cut_out_before_scoring():
    text = 'The good mayor met the press on Friday and said "terrible, awful disaster".'
    assert mean_compound(corpus_of(text)).total.tolist()[0] > 0


def test_a_sentence_that_is_mostly_quotation_is_left_out():
    counted = mean_compound(corpus_of('"A terrible and awful disaster for all of us," he said.'))
    assert (counted.total.tolist(), counted.exposure.tolist()) == ([0], [0])


@pytest.mark.parametrize(("n_words", "n_scored"), [(200, 1), (201, 0)])
def test_more_than_200_words_without_a_full_stop_are_no_sentence(n_words, n_scored):
    assert mean_compound(corpus_of("good " * n_words)).exposure.tolist() == [n_scored]
