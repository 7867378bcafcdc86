"""Scores of odd texts, of texts in any order and company, and over processes."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speech_examples import SEEDS, news_texts

import biaslens
from biaslens.errors import BadSetting
from biaslens.estimators import FramingFeatures
from biaslens.measuring import readability, vader

RAW = biaslens.Settings(clean=False)
WORDLESS = {
    "empty": "",
    "blanks": " \t\r\n\x0b\x0c\x1c\x85\u00a0\u2028\u3000",
    "marks": "... !!! ?! — “”",
    "NUL": "\x00" * 50,
    "lone surrogates": "\ud800 \udfff",
    "zero width": "\u200b\u200d\ufeff",
    "private use and noncharacters": "\ue000 \uf8ff \ufffe \uffff \U0010ffff",
}
# One line, or one piece, of a quarter of a million characters each.
HUGE = {
    "no blank": "abcdefghij",
    "one word again and again": "word ",
    "two words again and again": "He left.\n",
    "full stops": ". ",
    "exclamation marks": "!",
    "sentiment and negation": "GOOD but not bad, no ",
    "apostrophes": "'' ",
    "hyphens": "a-b-",
    "emoji": "😀",
}


@pytest.mark.parametrize("text", WORDLESS.values(), ids=WORDLESS)
def test_a_text_without_words_has_no_score(text):
    assert biaslens.score([text], settings=RAW).isna().all(axis=None)


def test_readability_is_that_of_the_plain_text_to_the_last_bit():
    table = biaslens.score(SEEDS, settings=RAW)
    for name, figures in readability.score_texts(SEEDS).items():
        assert table[name].tolist() == figures.tolist()


def test_sentiment_is_the_mean_of_vaders_scores():
    texts = ["The mayor is GOOD. The plan is not bad at all!", "Nobody likes it, but it works. Great. Why?"]
    means = [
        vader.score_sentences(text)
        for text in (
            ["The mayor is GOOD.", "The plan is not bad at all!"],
            ["Nobody likes it, but it works.", "Great.", "Why?"],
        )
    ]
    found = biaslens.score(texts, settings=RAW)["sentiment"].tolist()
    assert found == pytest.approx([scores.compound.mean() for scores in means], abs=1e-12)


def test_an_emoji_has_vaders_score_and_no_readability():
    row = biaslens.score(["😀"], settings=RAW).iloc[0]
    assert row.drop("sentiment").isna().all()


def test_characters_of_every_block_of_unicode_can_be_scored():
    every = ["".join(map(chr, range(block, block + 0x1000, 7))) for block in range(0, 0x110000, 0x1000)]
    spaced = [" ".join(text[::9]) for text in every]
    table = biaslens.score([*every, *spaced], settings=RAW)
    assert len(table) == 2 * 0x110
    assert not np.isinf(table.to_numpy(dtype=float)).any()


@pytest.mark.parametrize("unit", HUGE.values(), ids=HUGE)
def test_a_huge_text_of_one_thing_has_a_score(unit):
    # Anything that took time by the square of the length would not come back before the tests are stopped.
    text = unit * (250_000 // len(unit))
    assert len(biaslens.score([text], settings=RAW)) == 1


@settings(max_examples=30)
@given(st.lists(news_texts, min_size=2, max_size=5))
def test_a_text_has_the_same_score_in_any_company(texts):
    together = biaslens.score(texts, settings=RAW)
    alone = pd.concat([biaslens.score([text], settings=RAW) for text in texts], ignore_index=True)
    pd.testing.assert_frame_equal(together, alone, check_exact=True)


@settings(max_examples=10)
@given(st.permutations(range(5)), st.sampled_from([1, 2, 500]))
def test_order_and_parts_change_no_score(order, part_size):
    chosen = biaslens.Settings(clean=False, part_size=part_size)
    table = biaslens.score([SEEDS[row] for row in order], settings=chosen)
    expected = biaslens.score(SEEDS, settings=RAW).iloc[list(order)].reset_index(drop=True)
    pd.testing.assert_frame_equal(table, expected, check_exact=True)


def test_processes_give_the_same_scores():
    chosen = biaslens.Settings(part_size=2)
    expected = biaslens.score(SEEDS)
    pd.testing.assert_frame_equal(
        biaslens.score(SEEDS, settings=chosen, n_jobs=2), expected, check_exact=True
    )
    features = FramingFeatures(settings=chosen, n_jobs=2)
    columns = list(features.get_feature_names_out())
    assert np.array_equal(features.transform(SEEDS), expected[columns].to_numpy(), equal_nan=True)


def test_no_processes_at_all_are_refused():
    with pytest.raises(BadSetting, match="n_jobs is 0; it must be 1 or more, or -1"):
        biaslens.score(SEEDS, n_jobs=0)
