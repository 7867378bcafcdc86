"""Tests of quotations as pairs of marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from speech_examples import corpus_of, news_texts, voices_of

from biaslens.speech.quotes import find_quotes


def quoted(text: str) -> list[str]:
    tokens = corpus_of(text).tokens
    return [
        text[int(tokens.start[quote.inner_first]) : int(tokens.end[quote.inner_last - 1])]
        for quote in find_quotes(tokens)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He said “we go” twice.",
        'He said "we go" twice.',
        "He said ''we go'' twice.",
        "He said ``we go'' twice.",
        "He said «we go» twice.",
        "He said »we go« twice.",
        "He said « we go » twice.",
        "He said ‹we go› twice.",
        "He said ›we go‹ twice.",
        "He said „we go“ twice.",
        "He said „we go” twice.",
        "He said ‘we go’ twice.",
        "He said 'we go' twice.",
        "He said “we go“ twice.",
        'He said “we go" twice.',
        'He said "we go” twice.',
    ],
)
def test_every_pair_of_marks_holds_its_quotation(text):
    assert quoted(text) == ["we go"]


@pytest.mark.parametrize(
    "text",
    [
        "It’s the states’ right.",
        "James' house and the '90s.",
        "Rock 'n' roll",
        'A 6" nail',
        "' '",
        "“”",
        '"..."',
    ],
)
def test_apostrophes_and_empty_marks_are_no_quotation(text):
    assert quoted(text) == []


def test_a_nested_quotation_belongs_to_the_outer_one():
    assert quoted("“I never said ‘trust me’ to him,” she said.") == ["I never said ‘trust me’ to him,"]


def test_a_nested_straight_quotation_belongs_to_the_outer_one():
    assert quoted('"She told me \'no,\'" he said. "Then she left."') == [
        "She told me 'no,'",
        "Then she left.",
    ]


def test_a_mark_that_opens_a_line_and_is_never_closed_runs_to_its_end():
    assert quoted("“We go on.\n“We never stop,” he said.") == ["We go on.", "We never stop,"]


def test_an_unclosed_mark_inside_a_line_is_passed_over():
    assert quoted("He said “we go and left.") == []


def test_a_closing_mark_without_an_opening_one_is_passed_over():
    assert quoted('It is over," he said, calling it "a sad day" for all.') == ["a sad day"]


def test_a_quotation_never_crosses_a_line():
    assert quoted('He said "we go\non" twice.') == []


def test_a_quotation_of_several_paragraphs_opens_each_of_them():
    text = '"We go on.\n"We go far.\n"We never stop," he said.'
    assert quoted(text) == ["We go on.", "We go far.", "We never stop,"]


@given(news_texts)
def test_quotations_hold_words_and_do_not_overlap(text):
    tokens = corpus_of(text).tokens
    quotes = find_quotes(tokens)
    assert all(a.last <= b.first for a, b in pairwise(quotes))
    assert all(tokens.is_word[quote.inner_first : quote.inner_last].any() for quote in quotes)


def test_a_double_prime_is_a_straight_mark():
    assert voices_of("″We go,″ Berg said.").speaker == ("Berg",)


def test_a_quotation_goes_on_behind_an_advertisement_without_a_mark():
    text = 'Berg said: "We stay here. Sign up for the letter "We love the dam. "We hope it holds."'
    assert voices_of(text).speaker.count("Berg") >= 3
    assert "" not in voices_of(text).speaker
