"""Tests of lexical measures: which voice their words are counted in."""

import pytest
from hypothesis import given
from speech_examples import corpus_of, news_texts

from biaslens.attributions import OWN
from biaslens.lexicons import load_lexicon
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


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("The mob's fury grew.", ["mob's", "fury"]),
        ("They smeared him.", ["smeared"]),
        ("The far-right party met.", ["far-right"]),
        ("A conspiracy theory spread.", ["conspiracy theory"]),
        ("They lined up at the Big Pharma stand.", ["Big Pharma"]),
        ("The big pharma stand was closed.", []),
        ("Make no mistake: the vote is today.", ["Make no mistake"]),
        ("Orlov met Terry Savage.", []),
    ],
)
def test_a_term_is_found_once_in_every_form_and_only_with_its_own_capital(sentence, terms):
    assert found(in_unquoted_text("loaded"), sentence) == terms


@pytest.mark.parametrize(
    "sentence",
    [
        "Two soldiers were severely wounded when the mine exploded.",
        "The army besieged the town and occupied it in May.",
        "The blast badly damaged the landmark.",
        "Police clashed with the crowd, and fires erupted.",
        "The senator was charged with fraud and conspiracy.",
        "Cases surged in March, the ministry said.",
        "The bodies were lying in the street.",
    ],
)
def test_plain_reports_of_war_crime_and_disease_are_not_loaded(sentence):
    assert set(found(in_unquoted_text("loaded"), sentence)) <= {"occupied"}


@pytest.mark.parametrize("word", ["always", "certainly", "clearly", "definitely", "never", "undoubtedly"])
def test_words_of_certainty_alone_are_left_to_the_boosters(word):
    assert (word,) in load_lexicon("boosters").forms
    assert (word,) not in load_lexicon("loaded").forms


def test_a_loaded_word_weighs_more_the_less_a_neutral_use_is_to_be_expected():
    lexicon = load_lexicon("loaded")
    weights = [int(lexicon.weight[lexicon.forms[word,]]) for word in ("massive", "bizarre", "thug")]
    assert weights == [1, 2, 3]


@given(news_texts)
def test_every_hedge_stands_in_the_outlets_own_voice(text):
    corpus = corpus_of(text)
    hits = in_own_text("hedges")(corpus).hits
    own = set(corpus.tokens.start[corpus.voices.voice == OWN].tolist())
    assert set(hits.spans.start.tolist()) <= own
