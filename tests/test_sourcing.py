"""Tests of who is given voice, how much, and by which cues."""

from hypothesis import given
from speech_examples import corpus_of, news_texts

from biaslens.measuring.sourcing import (
    attributed_share,
    cue_share,
    quote_share,
    scare_quotes,
    source_diversity,
)


def counts(measure, *texts: str) -> list[tuple[int, int]]:
    counted = measure(corpus_of(*texts))
    return list(zip(counted.total.tolist(), counted.exposure.tolist(), strict=True))


def test_quote_share_is_quoted_words_by_words():
    assert counts(quote_share, '"We go on," Orlov said today.') == [(3, 6)]


def test_scare_quotes_are_no_share_of_quotation():
    assert counts(quote_share, 'The "reform" failed.') == [(0, 3)]


def test_scare_quotes_are_counted_by_words_outside_quotation_marks():
    assert counts(scare_quotes, 'The "reform" failed.') == [(1, 2)]


def test_attributed_share_adds_reported_words():
    assert counts(attributed_share, "Orlov said the dam was old.") == [(4, 6)]


def test_a_cue_with_two_attributions_counts_once():
    text = 'Orlov said the dam was "old and weak" all along.'
    assert counts(cue_share("neutral"), text) == [(1, 1)]


def test_cue_shares_split_the_cues():
    text = "Orlov said the dam was old. Berg claimed the dam was new."
    assert counts(cue_share("neutral"), text) == [(1, 2)]
    assert counts(cue_share("distancing"), text) == [(1, 2)]


def test_source_diversity_is_the_share_of_pairs_with_different_speakers():
    text = "Orlov said the dam was old. Berg said the dam was new. Orlov said the dam was weak."
    assert counts(source_diversity, text) == [(4, 6)]


def test_one_attribution_has_no_diversity():
    assert counts(source_diversity, "Orlov said the dam was old.") == [(0, 0)]


@given(news_texts)
def test_shares_lie_between_0_and_1(text):
    corpus = corpus_of(text)
    for measure in (quote_share, attributed_share, source_diversity, cue_share("neutral")):
        counted = measure(corpus)
        assert (counted.total >= 0).all()
        assert (counted.total <= counted.exposure).all()


@given(news_texts)
def test_the_five_cue_shares_add_up(text):
    corpus = corpus_of(text)
    classes = ("neutral", "endorsing", "distancing", "directive", "argumentative")
    totals = [cue_share(name)(corpus) for name in classes]
    assert sum(int(counted.total[0]) for counted in totals) == int(totals[0].exposure[0])
