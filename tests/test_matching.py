"""Tests of finding the terms of a lexicon in tokens."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.lexicons import load_lexicon, read_lexicon
from biaslens.matching import find_terms
from biaslens.spans import Spans
from biaslens.tokenise import tokenise

HEADER = """\
# format: 1
# version: 1
# language: en
# author: Somebody
# licence: CC0-1.0
# case: as written
# about: an example
# category x: example (Somebody 2020)
term\tpos\tmatch\tcategory\tweight\tpolarity\tsource\tnote\tsince
"""
VOCABULARY = ("may", "might", "well", "of", "course", "action", "regime", "make", "clear", "rain")
WORDS = (
    "may",
    "might",
    "may well",
    "of",
    "of course",
    "course of action",
    "regime",
    "so-called",
    "make clear",
)


def table(*sentences):
    """A token table of sentences, one line each."""
    end = np.cumsum([len(sentence) + 1 for sentence in sentences])
    lines = [(0, int(last) - len(line) - 1, int(last) - 1) for line, last in zip(sentences, end, strict=True)]
    return tokenise(["\n".join(sentences)], Spans.of(lines))


def row(term):
    match, pos = {"regime": ("lemma", "noun"), "make clear": ("lemma", "verb")}.get(
        term, ("phrase" if " " in term else "form", "adv")
    )
    return f"{term}\t{pos}\t{match}\tx\t1\t\tSomebody 2020\t\t1\n"


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory):
    path = tmp_path_factory.mktemp("lexicon") / "mine.tsv"
    path.write_text(HEADER + row("AP") + "".join(map(row, sorted(WORDS))), encoding="utf-8")
    return read_lexicon(path)


def found(lexicon, *sentences):
    tokens = table(*sentences)
    matches = find_terms(tokens, lexicon)
    rows = zip(matches.first.tolist(), matches.last.tolist(), matches.row.tolist(), strict=True)
    return [(" ".join(tokens.words(first, last)), lexicon.term[term]) for first, last, term in rows]


def test_terms_come_with_their_places(lexicon):
    matches = find_terms(table("It might rain , of course ."), lexicon)
    assert matches.first.tolist() == [1, 4]
    assert matches.last.tolist() == [2, 6]
    assert [lexicon.term[i] for i in matches.row] == ["might", "of course"]


def test_the_longest_term_wins(lexicon):
    assert found(lexicon, "it may well rain") == [("may well", "may well")]


def test_the_first_of_two_that_overlap_wins(lexicon):
    assert found(lexicon, "but of course of action") == [("of course", "of course"), ("of", "of")]


def test_a_term_does_not_cross_the_end_of_a_sentence(lexicon):
    assert found(lexicon, "it may", "well , no") == [("may", "may")]


def test_a_phrase_does_not_reach_over_punctuation(lexicon):
    assert found(lexicon, "it may , well , rain") == [("may", "may")]


def test_a_possessive_matches_the_base_word_of_a_lemma(lexicon):
    assert found(lexicon, "the regime's army") == [("regime's", "regime")]


def test_a_possessive_does_not_match_a_form(lexicon):
    assert found(lexicon, "a may's day") == []


def test_an_inflection_matches_its_lemma(lexicon):
    assert found(lexicon, "regimes made clear that") == [("regimes", "regime"), ("made clear", "make clear")]


def test_a_hyphenated_word_matches_as_it_is_written(lexicon):
    assert found(lexicon, "the so-called regime-change") == [("so-called", "so-called")]


def test_the_month_of_may_is_no_modal(lexicon):
    assert found(lexicon, "they met in May and again last May well before noon") == []


def test_a_word_at_the_start_of_a_sentence_may_have_a_capital(lexicon):
    assert found(lexicon, "Might it rain", '" Might it', "he asked : “ Might it") == [("might", "might")] * 3


def test_a_term_with_a_capital_needs_one(lexicon):
    assert found(lexicon, "AP and ap") == [("ap", "AP")]


def test_case_does_not_matter_where_the_lexicon_says_so():
    assert found(load_lexicon("roles"), "the Foreign Ministry Spokesman") == [
        ("foreign ministry", "foreign ministry"),
        ("spokesman", "spokesman"),
    ]


def test_no_tokens_give_no_matches(lexicon):
    assert len(find_terms(table(), lexicon)) == 0


def test_a_lexicon_without_phrases_matches(tmp_path):
    path = tmp_path / "short.tsv"
    path.write_text(HEADER + row("may"), encoding="utf-8")
    assert found(read_lexicon(path), "it may") == [("may", "may")]


def slow_matches(words, lexicon):
    """The rule, word by word: what find_terms must agree with."""
    position = 0
    while position < len(words):
        for n_words in range(len(words) - position, 0, -1):
            if tuple(words[position : position + n_words]) in lexicon.forms:
                yield position, position + n_words
                position += n_words - 1
                break
        position += 1


@given(st.lists(st.sampled_from(VOCABULARY), max_size=12))
def test_matches_agree_with_a_search_word_by_word(lexicon, words):
    matches = find_terms(table(" ".join(words)), lexicon)
    assert list(zip(matches.first.tolist(), matches.last.tolist(), strict=True)) == list(
        slow_matches(words, lexicon)
    )


@given(st.permutations(["It may rain", "of course regimes", "made clear .", "they might"]))
def test_sentences_are_matched_each_alone(lexicon, sentences):
    together = sorted(found(lexicon, *sentences))
    assert together == sorted(hit for sentence in sentences for hit in found(lexicon, sentence))
