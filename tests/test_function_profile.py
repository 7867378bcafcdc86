"""Tests of function words one by one."""

import pytest
from hypothesis import given
from speech_examples import corpus_of, news_texts

from biaslens.measuring.function_profile import count_function_words, function_words
from biaslens.measuring.style import function_word_share

WORDS = function_words()


def uses(*texts: str) -> list[dict[str, int]]:
    """Uses by word, one dict per text."""
    found = count_function_words(corpus_of(*texts))
    rows = list(zip(found.article.tolist(), found.word.tolist(), found.count.tolist(), strict=True))
    return [{WORDS[word]: n for row, word, n in rows if row == article} for article in range(len(texts))]


def test_each_function_word_is_counted_by_itself():
    assert uses("The dam of the north broke.", "He came.") == [{"the": 2, "of": 1}, {"he": 1}]


def test_words_inside_quotation_marks_are_the_speakers():
    assert uses('She said "we will not go" to us.') == [{"she": 1, "to": 1}]


def test_curly_and_straight_apostrophes_make_one_word():
    assert uses("He didn’t.") == uses("He didn't.") == [{"he": 1, "didn't": 1}]


@pytest.mark.parametrize("name", ["The Guardian", "the WHO", "In Touch", "last May"])
def test_a_capital_in_the_middle_of_a_sentence_makes_it_a_name(name):
    (found,) = uses(f"Nobody reads {name} today.")
    assert not {"guardian", "who", "in", "may"} & set(found)
    assert found.get("the", 0) == (1 if name == "the WHO" else 0)


def test_a_capital_at_the_start_of_a_sentence_makes_no_name():
    assert uses("The dam broke.") == [{"the": 1}]


def test_i_is_a_function_word_wherever_it_stands():
    assert uses("Then I left because I'd had it.") == [
        {"then": 1, "i": 1, "because": 1, "i'd": 1, "had": 1, "it": 1}
    ]


@given(news_texts, news_texts)
def test_the_words_of_an_article_add_up_to_its_share(text, other):
    corpus = corpus_of(text, other)
    found, total = count_function_words(corpus), [0, 0]
    for article, n in zip(found.article.tolist(), found.count.tolist(), strict=True):
        total[article] += n
    assert total == function_word_share(corpus).total.tolist()


@given(news_texts, news_texts)
def test_an_article_by_itself_has_the_counts_that_it_has_among_others(text, other):
    assert uses(text, other) == uses(text) + uses(other)


def test_no_text_has_no_uses():
    assert uses("", "...") == [{}, {}]
