"""Tests of lexical measures: which voice their words are counted in."""

import pytest
from hypothesis import given
from speech_examples import corpus_of, news_texts

from biaslens.attributions import OWN
from biaslens.measuring.lexical import in_own_text, in_unquoted_text


def found(count, text: str) -> list[str]:
    return count(corpus_of(text)).hits.spans.slices([text])


def test_a_quoted_word_is_not_the_outlets():
    assert found(in_unquoted_text("loaded"), 'The brutal raid. "A brutal raid," he said.') == ["brutal"]


def test_a_reported_loaded_word_counts():
    assert found(in_unquoted_text("loaded"), "Orlov said the raid was brutal.") == ["brutal"]


@pytest.mark.parametrize("lexicon", ["hedges", "boosters", "factives", "implicatives"])
def test_a_reported_word_is_not_the_outlets_hedge_booster_factive_or_implicative(lexicon):
    sentence = "the ministry perhaps regrets that it clearly managed to stop them"
    assert found(in_own_text(lexicon), sentence.capitalize() + ".") != []
    assert found(in_own_text(lexicon), f"Orlov said that {sentence}.") == []


def test_the_base_of_a_rate_is_the_words_of_the_voice_that_is_counted():
    corpus = corpus_of('It broke. Orlov said it was old. "It was," he said.')
    assert in_unquoted_text("hedges")(corpus).exposure.tolist() == [9]
    assert in_own_text("hedges")(corpus).exposure.tolist() == [6]


def test_weights_are_those_of_the_lexicon():
    counted = in_unquoted_text("loaded")(corpus_of("A brutal regime."))
    assert counted.total.tolist() == [int(counted.hits.weight.sum())]
    assert set(counted.hits.weight.tolist()) <= {1, 2, 3}


@given(news_texts)
def test_every_hedge_stands_in_the_outlets_own_voice(text):
    corpus = corpus_of(text)
    hits = in_own_text("hedges")(corpus).hits
    own = set(corpus.tokens.start[corpus.voices.voice == OWN].tolist())
    assert set(hits.spans.start.tolist()) <= own
