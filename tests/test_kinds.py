"""Tests of kinds: which words a scan takes for what, by their forms."""

from dataclasses import astuple

import pytest
from speech_examples import corpus_of

from biaslens.speech.kinds import Kinds, find_kinds


def kinds(text: str) -> Kinds:
    return find_kinds(corpus_of(text).tokens, "en")


def test_every_column_has_one_byte_per_token():
    assert {len(column) for column in astuple(kinds("The minister said so."))} == {5}
    assert {len(column) for column in astuple(kinds(""))} == {0}


def test_a_column_holds_1_where_a_word_is_of_its_kind_and_0_elsewhere():
    assert list(kinds("Minister, who said that on Sunday").calendar) == [0, 0, 0, 0, 0, 0, 1]


def test_a_word_can_be_of_several_kinds():
    found = kinds("who")
    assert (found.closed[0], found.pronoun[0], found.relative[0]) == (1, 1, 1)


def test_a_role_with_a_possessive_ending_is_a_role_of_any_form_only():
    found = kinds("spokesman spokesman’s spoke")
    assert (list(found.role), list(found.any_role)) == ([1, 0, 0], [1, 1, 0])


@pytest.mark.parametrize(
    ("text", "is_past"),
    [("vowed", True), ("overthrown", True), ("vow", False), ("Orlov’s", False)],
)
def test_past_forms_end_in_ed_or_are_irregular(text, is_past):
    assert kinds(text).past[0] == is_past


def test_a_relative_pronoun_and_that_relate_but_that_stands_for_no_source():
    found = kinds("who that")
    assert (list(found.relates), list(found.relative)) == ([1, 1], [1, 0])


def test_a_noun_phrase_can_begin_but_not_end_with_a_determiner_that_links():
    found = kinds("the")
    assert (found.never_first[0], found.never_last[0]) == (0, 1)


def test_kinds_of_a_word_do_not_depend_on_the_words_before_it():
    assert kinds("Officials said that").clause[-1:] == kinds("that").clause
