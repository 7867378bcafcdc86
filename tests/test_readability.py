"""Tests of readability: every figure against textstat 0.7.13, to the last digit.

textstat counts syllables with NLTK's dictionary and would download it; figures that need syllables are tested
where the evaluation data, or any installation of NLTK's data, hold the dictionary.
"""

import math
import os
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_examples import SEEDS, corpus_of, news_texts

from biaslens.codebook import FIXED_POINT
from biaslens.measuring.readability import FIGURES, mean_of, score_texts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    textstat = pytest.importorskip("textstat")
    nltk = pytest.importorskip("nltk")

DATA = Path(os.environ.get("BIASLENS_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
nltk.data.path.append(str(DATA / "nltk_data"))
WITHOUT_SYLLABLES = {
    "automated_readability_index",
    "coleman_liau_index",
    "lexicon_count",
    "sentence_count",
    "words_per_sentence",
}


def has_dictionary() -> bool:
    try:
        nltk.data.find("corpora/cmudict")
    except LookupError:
        return False
    return True


needs_dictionary = pytest.mark.skipif(
    not has_dictionary(),
    reason=f"No NLTK dictionary in {DATA}; set BIASLENS_DATA to the folder that holds nltk_data.",
)
each_figure = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in WITHOUT_SYLLABLES else needs_dictionary) for name in FIGURES],
)

_WORDS = (
    *(
        "the",
        "a",
        "Government",
        "government",
        "ministers,",
        "extraordinarily",
        "antidisestablishment",
        "hmm",
        "shh",
    ),
    *("don't", "DON'T", "they've", "James'", "'tis", "rock'n'roll", "O'Neil", "'s", "'", "''", ".'", "'."),
    *("well-known", "state-of-the-art", "-", "---", "—", "U.S.", "e.g.", "Mr.", "3.14", "1,000", "50%"),
    *(".", "...", "!!!", "?!", ".a", "a.b", "a.b.c", "..x..", "http://x.co/a.b?c=d!e", "foo_bar", "__"),
    *(
        "İstanbul",
        "İ",
        "ΑΣ",
        "ΣΑΣ.",
        "e\u0301",
        "naïve",
        "ß",
        "ﬁnd",
        "ǅ",
        "Ⅷ",
        "²",
        "٣",
        "日本語",
        "हिन्दी",
        "😀",
    ),
    *(
        "\ud800",
        "a\ud800b",
        "\x00",
        "a\x00b",
        "\ufeffthe",
        "“quoted”",
        "it’s",
        "said",
        "sanctions",
        "Sanctions",
    ),
)
_BLANKS = (" ", " ", " ", "\n", "\t", "\x1c", "\x85", "\u2028", "\xa0", ". ", "! ", "", "\u200b")
odd_texts = (
    st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_BLANKS)).map("".join), max_size=40).map(
        "".join
    )
    | news_texts
    | st.text(alphabet=" \n\x1c\x85\u3000", max_size=5)
    | st.text(alphabet="aeioustd'.!?-_ \n0İΣ\u0307é\ud800\x00", max_size=60)
)


@each_figure
@pytest.mark.parametrize("text", SEEDS, ids=lambda text: text[:20])
def test_a_figure_of_a_seed_is_textstats(name: str, text: str) -> None:
    assert score_texts([text])[name][0] == getattr(textstat, name)(text)


@each_figure
@given(text=odd_texts)
def test_a_figure_of_any_text_is_textstats(name: str, text: str) -> None:
    found = score_texts([text])[name][0]
    if textstat.lexicon_count(text):
        assert found == getattr(textstat, name)(text)
    else:
        assert math.isnan(found)


@each_figure
def test_a_text_without_a_syllable_has_the_figure_that_textstat_gives_it(name: str) -> None:
    assert score_texts(["Shh! Shh."])[name][0] == getattr(textstat, name)("Shh! Shh.")


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("text", ["", "  \n ", "... !!!", "'"])
def test_a_text_without_words_has_no_figure(name: str, text: str) -> None:
    assert math.isnan(score_texts([text])[name][0])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # 10 words in 2 sentences; 18 syllables: 5 in "international", 3 in "ministers", 2 in "sanctions" and
        # "again", 1 in the others; 58 characters, 56 of them letters.
        ("lexicon_count", 10),
        ("sentence_count", 2),
        ("words_per_sentence", 5),
        ("syllable_count", 18),
        ("difficult_words", 3),
        ("flesch_reading_ease", 206.835 - 1.015 * 5 - 84.6 * 1.8),
        ("flesch_kincaid_grade", 0.39 * 5 + 11.8 * 1.8 - 15.59),
        ("gunning_fog", 0.4 * (5 + 20)),
        ("smog_index", 1.043 * math.sqrt(30) + 3.1291),
        ("automated_readability_index", 4.71 * 5.8 + 0.5 * 5 - 21.43),
        ("coleman_liau_index", 5.8 * 5.6 - 29.6 * 0.2 - 15.8),
        ("dale_chall_readability_score", 0.1579 * 30 + 0.0496 * 5 + 3.6365),
    ],
)
def test_a_figure_worked_by_hand(name: str, expected: float) -> None:
    text = "The ministers talk again. We have the same international sanctions."
    assert score_texts([text])[name][0] == pytest.approx(expected)


def test_figures_stand_in_the_order_of_the_codebook() -> None:
    assert list(FIGURES)[:2] == ["flesch_reading_ease", "flesch_kincaid_grade"]
    assert len(FIGURES) == 12


def test_no_texts_have_no_figures() -> None:
    assert all(found.shape == (0,) for found in score_texts([]).values())


def test_figures_do_not_depend_on_the_order_of_many_texts() -> None:
    texts = [text[begin : begin + 300] for text in SEEDS for begin in range(0, 12_000, 150)]
    assert len(texts) > 300
    backwards = score_texts(texts[::-1])
    for name, found in score_texts(texts).items():
        np.testing.assert_array_equal(backwards[name][::-1], found)


@pytest.mark.parametrize("name", FIGURES)
def test_the_measure_of_an_article_is_the_figure_of_its_lines_in_millionths(name: str) -> None:
    texts = ("First line here.\n\nSecond one, extraordinarily long", SEEDS[0], "...")
    counted = mean_of(FIGURES[name])(corpus_of(*texts))
    figures = score_texts(texts)[name]
    assert counted.exposure.tolist() == [1, 1, 0]
    assert counted.total[:2] / FIXED_POINT == pytest.approx(figures[:2], abs=1e-6)
    assert counted.total[2] == 0
