"""Tests of vocabulary diversity, sentence length and function words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_examples import corpus_of

from biaslens.codebook import FIXED_POINT
from biaslens.hits import value
from biaslens.measuring.style import (
    OwnWords,
    distinct_in_windows,
    function_word_share,
    mattr,
    mtld,
    previous_places,
    sentence_length,
)

words = st.lists(st.integers(0, 12), min_size=1, max_size=200)


@given(words, st.integers(1, 60))
def test_distinct_words_in_windows_equal_a_direct_count(row, window):
    expected = sum(len(set(row[i : i + window])) for i in range(len(row) - window + 1))
    read = OwnWords(np.array([0, len(row)]), previous_places(np.array(row)))
    assert distinct_in_windows(read, window).tolist() == [expected]


def naive_mtld(row: list[str]) -> float:
    """McCarthy & Jarvis 2010: runs that fall below a type-token ratio of .72, the last one in part."""

    def one_way(sequence: list[str]) -> float:
        factors, start = 0.0, 0
        for end in range(1, len(sequence) + 1):
            ratio = len(set(sequence[start:end])) / (end - start)
            if ratio < 0.72:
                factors, start = factors + 1, end
        rest = sequence[start:]
        if rest:
            factors += (1 - len(set(rest)) / len(rest)) / (1 - 0.72)
        return len(sequence) / factors if factors else float(len(sequence))

    return (one_way(row) + one_way(row[::-1])) / 2


@given(st.lists(st.sampled_from([f"w{i}x" for i in range(40)]), min_size=100, max_size=220))
def test_mtld_equals_a_direct_count(row):
    counted = mtld(corpus_of(" ".join(row)))
    assert counted.total[0] / FIXED_POINT == pytest.approx(naive_mtld(row), abs=1e-6)


def test_mtld_of_an_article_does_not_depend_on_the_others():
    sizes = [(3, 120), (500, 900), (60, 333), *((n, 150 + n) for n in range(2, 40))]
    rows = [" ".join(f"w{i % n}x" for i in range(n_words)) for n, n_words in sizes]
    together = mtld(corpus_of(rows[0], "too short", *rows[1:])).total.tolist()
    assert [together[0], *together[2:]] == [int(mtld(corpus_of(row)).total[0]) for row in rows]


def test_mtld_of_a_long_text_without_a_repeated_word_is_its_length():
    assert mtld(corpus_of(" ".join(f"w{i}x" for i in range(700)))).total.tolist() == [700 * FIXED_POINT]


def test_mtld_of_a_text_worked_by_hand():
    # "alpha beta alpha" has two types in three words, .67, below .72: 33 runs of three words, and one word is
    # left over, which counts nothing.
    text = " ".join(["alpha beta alpha"] * 33 + ["gamma"])
    forward = 100 / 33
    # Backward, "gamma alpha beta alpha" keeps .75 and the next word makes it 3 in 5: a run of five words. The
    # other 95 fall into 31 runs of three, and two different words are left over.
    backward = 100 / 32
    assert mtld(corpus_of(text)).total[0] / FIXED_POINT == pytest.approx((forward + backward) / 2, abs=1e-6)


@pytest.mark.parametrize(("measure", "needed"), [(mattr, 50), (mtld, 100)])
def test_a_text_below_the_minimum_has_no_value(measure, needed):
    text = "word other " * (needed // 2)
    assert measure(corpus_of(text)).exposure.tolist()[0] > 0
    assert measure(corpus_of(text.removesuffix("other "))).exposure.tolist() == [0]


def test_mattr_lies_between_0_and_1_and_is_1_where_no_word_comes_twice():
    counted = mattr(corpus_of(" ".join(f"w{i}x" for i in range(80))))
    assert value(counted.total, counted.exposure, 1.0).tolist() == [1.0]


def test_sentence_length_counts_sentences_that_hold_a_word():
    counted = sentence_length(corpus_of("He came. She left early. ..."))
    assert (counted.total.tolist(), counted.exposure.tolist()) == ([5], [2])


def test_function_words_are_counted_outside_quotation_marks():
    counted = function_word_share(corpus_of("The dam “of the north” broke."))
    assert (counted.total.tolist(), counted.exposure.tolist()) == ([1], [3])
