"""Units: sentences of a text, hashed without what varies."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from biaslens.cleaning.units import WordSet, hash_runs, is_among, mask, split_units

TEXTS = st.text(st.sampled_from("abAB .!?…\"“”’'()\n\r\u2028 59éİß😀\ud800ﬁ"), max_size=80)


def pieces(text: str) -> list[str]:
    units = split_units(text)
    return [text[start:end] for start, end in zip(units.start.tolist(), units.end.tolist(), strict=True)]


def key(text: str) -> int:
    [only] = split_units(text).key.tolist()
    return int(only)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two. Three four!", ["One two.", "Three four!"]),
        ("He said: “It ends.” Then he left", ["He said: “It ends.”", "Then he left"]),
        ("First line\n  second line \n", ["First line", "second line"]),
        ("Talks ended.Read more", ["Talks ended.", "Read more"]),
        ("It cost 3.5 million", ["It cost 3.5 million"]),
        ("See example.org now", ["See example.org now"]),
        ("Well... yes", ["Well...", "yes"]),
        ("One.\u2028Two.", ["One.", "Two."]),
        ("... 5. 17!", []),
        ("", []),
    ],
)
def test_a_text_is_cut_behind_full_stops_and_at_line_ends(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "other",
    ["Only 12 DAYS left to give!", "only days left — to give", "Only 5 days left, to  give (3 May)"],
)
def test_case_numbers_dates_and_punctuation_do_not_change_a_key(other: str) -> None:
    assert key(other) == key("Only 5 days left to give.")


@pytest.mark.parametrize("other", ["Only days left to giv", "Only left days to give", "days left to give"])
def test_other_words_or_another_order_change_a_key(other: str) -> None:
    assert key(other) != key("Only 5 days left to give.")


def test_a_key_does_not_depend_on_where_the_sentence_stands() -> None:
    text = f"{'Some words before it. ' * 50}Please give today. And after."
    assert key("Please give today.") in split_units(text).key.tolist()


def test_long_sentences_with_the_same_ends_share_a_frame() -> None:
    one = "If all of you who read this gave three pounds to us today we could go on."
    assert split_units(one).frame[0] == split_units(one.replace("three pounds", "half a crown")).frame[0] != 0


def test_a_short_sentence_has_no_frame() -> None:
    assert split_units("If all of you gave three pounds we could go on.").frame.tolist() == [0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is over. We leave,” he said. They left.", [False, True, False]),
        ('"It is over. We leave," he said. They left.', [False, True, False]),
        ("'It is over. We leave,' he said. They left.", [False, True, False]),
        ("The ministers' plan is over. It wasn't theirs.", [False, False]),
        ("The 'deal' is over. They left.", [False, True]),
    ],
)
def test_a_unit_inside_a_quotation_is_marked(text: str, expected: list[bool]) -> None:
    assert split_units(text).is_quoted.tolist() == expected


def test_a_quotation_is_not_believed_to_be_open_for_ever() -> None:
    assert not split_units(f"“It is over. {'And so on it went. ' * 60}").is_quoted[-1]


@given(TEXTS)
def test_units_are_in_order_and_hold_no_white_space_at_their_ends(text: str) -> None:
    units = split_units(text)
    assert all(piece == piece.strip() != "" for piece in pieces(text))
    assert np.all(units.start < units.end)
    assert np.all(units.end[:-1] <= units.start[1:])
    assert units.first[-1] == len(units.word) == len(units.word_start)
    assert np.all(units.n_words > 0)


@given(TEXTS)
def test_a_unit_has_the_words_that_mask_shows(text: str) -> None:
    units = split_units(text)
    assert len(mask("\n".join(pieces(text))).split()) == len(units.word)


@given(TEXTS, TEXTS)
def test_units_of_two_texts_are_the_units_of_both(one: str, other: str) -> None:
    joined = split_units(f"{one}\n{other}")
    assert joined.key.tolist() == split_units(one).key.tolist() + split_units(other).key.tolist()


def test_a_run_of_words_has_the_key_of_a_unit() -> None:
    units = split_units("Well then please give today.")
    runs = hash_runs(units.word, np.array([2]), np.array([5]))
    assert runs.tolist() == [key("Please give today.")]


def test_nothing_is_among_nothing() -> None:
    assert is_among(split_units("One two").word, np.zeros(0, dtype=np.uint64)).tolist() == [False, False]


def test_a_word_set_knows_its_words_whatever_their_case() -> None:
    assert WordSet(["you"]).holds(split_units("YOU and your").word).tolist() == [True, False, False]


def test_a_capital_whose_small_letter_is_two_characters_keeps_positions() -> None:
    assert pieces("İİİ one. Two.") == ["İİİ one.", "Two."]
