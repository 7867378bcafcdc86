"""Tests of the codebook, and of what every measure in it promises."""

import numpy as np
import pytest
from hypothesis import given
from speech_examples import SEEDS, corpus_of, news_texts

from biaslens.measuring.registry import MEASURES

AVAILABLE = [measure for measure in MEASURES if measure.count is not None]


def assert_evidence_adds_up(corpus) -> None:
    for measure in AVAILABLE:
        counted = measure.count(corpus)
        assert counted.total.dtype == counted.exposure.dtype == np.int64, measure.name
        assert len(counted.total) == len(counted.exposure) == len(corpus.texts), measure.name
        if len(counted.hits):
            assert counted.hits.totals(len(corpus.texts)).tolist() == counted.total.tolist(), measure.name
        for span in counted.hits.spans.slices(corpus.texts):
            assert span == span.strip() != "", measure.name


def test_names_are_unique():
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_a_measure_tells_what_a_reader_must_know(measure):
    for text in (measure.unit, measure.formula, measure.citation, measure.caveat, measure.validated):
        assert text
    assert measure.available == (measure.missing == "")


def test_evidence_adds_up_on_the_seeds():
    assert_evidence_adds_up(corpus_of(*SEEDS))


@given(news_texts, news_texts)
def test_evidence_adds_up_on_any_text(text, other):
    assert_evidence_adds_up(corpus_of(text, other))


@pytest.mark.parametrize(
    "texts", [(), ("",), ("... !!!",), ("“We go on and on.”",), ("\ud800\x00 said 😀",)], ids=repr
)
def test_no_article_is_too_odd_for_a_measure(texts):
    assert_evidence_adds_up(corpus_of(*texts))


@pytest.mark.parametrize("measure", AVAILABLE, ids=lambda measure: measure.name)
def test_values_of_the_seeds_lie_in_the_stated_range(measure):
    counted = measure.count(corpus_of(*SEEDS))
    values = measure.scale * counted.total[counted.exposure > 0] / counted.exposure[counted.exposure > 0]
    assert (values >= (-np.inf if measure.low is None else measure.low)).all()
    assert (values <= (np.inf if measure.high is None else measure.high)).all()


@pytest.mark.parametrize("measure", AVAILABLE, ids=lambda measure: measure.name)
def test_the_order_of_articles_changes_no_count(measure):
    forward, backward = measure.count(corpus_of(*SEEDS)), measure.count(corpus_of(*SEEDS[::-1]))
    assert forward.total.tolist() == backward.total.tolist()[::-1]
    assert forward.exposure.tolist() == backward.exposure.tolist()[::-1]
