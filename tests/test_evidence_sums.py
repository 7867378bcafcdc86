"""Evidence is exact: the hits of a measure add up to its total, and every hit slices to what was counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_examples import SEEDS, corpus_of, news_texts

from biaslens.codebook import Corpus, Measure
from biaslens.lexicons import load_lexicon
from biaslens.measuring.function_profile import function_words
from biaslens.measuring.registry import MEASURES
from biaslens.measuring.war_peace import WAR_PEACE

COUNTED = {measure.name: measure for measure in (*MEASURES, *WAR_PEACE) if measure.count is not None}
# Values of a text as a whole, to which no place of it adds a part.
WITHOUT_SPANS = {"mattr", "mtld"} | {name for name, m in COUNTED.items() if m.family == "readability"}
WITH_SPANS = [measure for name, measure in COUNTED.items() if name not in WITHOUT_SPANS]
LISTED = {
    "loaded_rate": "loaded",
    "hedge_rate": "hedges",
    "booster_rate": "boosters",
    "factive_rate": "factives",
    "implicative_rate": "implicatives",
    "assertive_rate": "assertives",
    **{m.name: "war_peace" for m in WAR_PEACE if m.kind == "rate"},
}
BY_SENTENCE = ("sentence_length", "sentiment")
FUNCTION_WORDS = frozenset(function_words())

_terms = st.sampled_from([term for name in set(LISTED.values()) for term in load_lexicon(name).term])
_sentences = st.one_of(
    st.lists(_terms, min_size=1, max_size=5).map(lambda terms: f"The {' of the '.join(terms)} was reported."),
    st.builds(
        "Orlov {} that the {} was {}.".format, st.sampled_from(["said", "claimed", "warned"]), _terms, _terms
    ),
    st.builds('"The {} is ours," {} said.'.format, _terms, st.sampled_from(["Berg", "she", "the ministry"])),
    st.builds(
        "The “{}” had been {} by them.".format, _terms, st.sampled_from(["destroyed", "seen", "taken"])
    ),
    news_texts,
)
articles = st.lists(_sentences, max_size=8).map(" ".join)


def assert_adds_up(measure: Measure, corpus: Corpus) -> None:
    counted = measure.count(corpus)
    assert counted.hits.totals(len(corpus.texts)).tolist() == counted.total.tolist(), measure.name
    assert len(counted.hits.category) == len(counted.hits.weight) == len(counted.hits)
    assert counted.hits.weight.dtype == np.int64
    assert (counted.hits.weight != 0).all(), f"{measure.name}: a hit that adds nothing"


def words_of(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().replace("’", "'").replace("‘", "'").split())


@given(articles, articles)
def test_the_hits_of_every_measure_add_up_to_its_total(text, other):
    corpus = corpus_of(text, other)
    for measure in WITH_SPANS:
        assert_adds_up(measure, corpus)


@pytest.mark.parametrize("measure", WITH_SPANS, ids=lambda measure: measure.name)
def test_the_hits_of_the_seeds_add_up(measure):
    assert_adds_up(measure, corpus_of(*SEEDS))


@pytest.mark.parametrize("name", sorted(WITHOUT_SPANS))
def test_a_measure_without_places_has_no_hits(name):
    assert len(COUNTED[name].count(corpus_of(*SEEDS)).hits) == 0


@given(articles, articles)
def test_every_hit_of_a_word_list_slices_to_a_term_of_its_category(text, other):
    corpus = corpus_of(text, other)
    for name, listed in LISTED.items():
        lexicon, hits = load_lexicon(listed), COUNTED[name].count(corpus).hits
        for found, category in zip(hits.spans.slices(corpus.texts), hits.category, strict=True):
            words = words_of(found)
            row = lexicon.forms.get(words, lexicon.forms.get((*words[:-1], words[-1].removesuffix("'s"))))
            assert row is not None, (name, found)
            assert lexicon.category[row] == category


@given(articles, articles)
def test_every_hit_of_a_measure_of_sentences_is_a_sentence(text, other):
    corpus = corpus_of(text, other)
    tokens = corpus.tokens
    first, last = tokens.sentence_first[:-1], tokens.sentence_first[1:] - 1
    sentences = set(
        zip(
            tokens.sentence_article.tolist(),
            tokens.start[first].tolist(),
            tokens.end[last].tolist(),
            strict=True,
        )
    )
    for name in BY_SENTENCE:
        spans = COUNTED[name].count(corpus).hits.spans
        found = zip(spans.article.tolist(), spans.start.tolist(), spans.end.tolist(), strict=True)
        assert set(found) <= sentences


@given(articles, articles)
def test_every_hit_of_function_words_is_one(text, other):
    corpus = corpus_of(text, other)
    hits = COUNTED["function_word_share"].count(corpus).hits
    assert {word for found in hits.spans.slices(corpus.texts) for word in words_of(found)} <= FUNCTION_WORDS


@given(articles, articles)
def test_every_hit_of_source_diversity_is_what_a_speaker_said(text, other):
    corpus = corpus_of(text, other)
    rows = corpus.voices.attributions
    content = rows.content
    said = set(
        zip(content.article.tolist(), content.start.tolist(), content.end.tolist(), rows.speaker, strict=True)
    )
    hits = COUNTED["source_diversity"].count(corpus).hits
    spans = hits.spans
    found = zip(spans.article.tolist(), spans.start.tolist(), spans.end.tolist(), hits.category, strict=True)
    assert set(found) <= said


def test_weights_of_sentiment_can_be_negative():
    hits = COUNTED["sentiment"].count(corpus_of("A terrible day. A wonderful day.")).hits
    assert [weight > 0 for weight in hits.weight.tolist()] == [False, True]
