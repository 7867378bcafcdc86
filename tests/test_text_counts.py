"""Tests of the counts behind readability, by hand; tests of the figures hold them against textstat."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.errors import BadData
from biaslens.measuring import text_counts
from biaslens.measuring.text_counts import TextCounts, count_texts, describe

PIECES = ("Ministers", "ministers,", "talk.", "U.S.", "...", "-", "don't", "a.b.c", "?!", "government")
texts = st.lists(st.lists(st.integers(0, len(PIECES) - 1), max_size=30), max_size=8)


def count(*split: str) -> TextCounts:
    """The counts of texts given with a blank between their pieces."""
    pieces = [text.split() for text in split]
    forms = list(dict.fromkeys(piece for text in pieces for piece in text))
    rows = [forms.index(piece) for text in pieces for piece in text]
    first = np.cumsum([0, *map(len, pieces)])
    return count_texts(np.array(rows, dtype=np.int64), describe(forms), first)


def columns(counts: TextCounts) -> list[list[int]]:
    return [getattr(counts, name).tolist() for name in TextCounts.__slots__]


def test_the_counts_of_a_sentence_worked_by_hand() -> None:
    # He came - at last: 4 words of one syllable, 5 pieces, 14 characters, 12 letters.
    assert columns(count("He came - at last.")) == [[4], [5], [1], [14], [12], [4], [0], [0], [0], [0]]


def test_difficult_words_worked_by_hand() -> None:
    # Off the list: Parliament (3), debated (3), Parliament again, sanctions (2); "shh" is off it with none.
    counts = count('Parliament debated. "Shh!" Parliament, sanctions')
    assert (counts.n_unfamiliar, counts.n_complex, counts.n_difficult) == (5, 3, 3)
    assert (counts.n_syllables, counts.n_polysyllables) == (11, 3)


def test_upper_and_lower_case_of_a_difficult_word_are_two_words() -> None:
    assert count("Sanctions sanctions sanctions.").n_difficult.tolist() == [2]


def test_a_difficult_word_counts_once_in_each_text() -> None:
    assert count("sanctions, sanctions!", "(sanctions)").n_difficult.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("text", "n_sentences"),
    [
        ("He came late. She left.", 1),
        ("He came late. She left early.", 2),
        ("He came late.She left early.", 2),
        ("one two.three four five", 1),
        ("one two three.four five six", 2),
        ("one two a.b.c three four", 2),
        ("one two a.b three", 1),
        ("one two .a three", 1),
        ("... one two three", 1),
        ("one two. - - - -", 1),
        ("No.", 1),
        ("...", 1),
    ],
)
def test_a_sentence_is_three_words_or_more_between_terminators(text: str, n_sentences: int) -> None:
    assert count(text).n_sentences.tolist() == [n_sentences]


def test_a_text_does_not_lend_its_last_words_to_the_next() -> None:
    assert count("one two three. four five", "six. seven eight nine").n_sentences.tolist() == [1, 1]


def test_a_text_without_pieces_has_no_counts_between_two_that_have() -> None:
    counts = count("", "one two three", "", "", "four", "")
    assert counts.n_words.tolist() == [0, 3, 0, 0, 1, 0]
    assert counts.n_letters.tolist() == [0, 11, 0, 0, 4, 0]
    assert counts.n_sentences.tolist() == [1] * 6


@pytest.mark.parametrize("split", [(), ("",), ("", "")])
def test_texts_without_any_piece_can_be_counted(split: tuple[str, ...]) -> None:
    assert count(*split).n_words.tolist() == [0] * len(split)


def test_a_dotted_capital_i_keeps_its_mark_only_where_syllables_are_added_up() -> None:
    # Without the mark "idea" stands in the table with three syllables; with it the patterns find one.
    [piece] = describe(["İdea"])
    assert (piece["syllables"], piece["polysyllables"], piece["complex"]) == (1, 0, 1)


@given(texts, st.integers(1, 40))
def test_counts_do_not_depend_on_how_many_pieces_are_counted_at_a_time(
    rows: list[list[int]], part: int
) -> None:
    known = describe(PIECES)
    flat = np.array([row for text in rows for row in text], dtype=np.int64)
    first = np.cumsum([0, *map(len, rows)])
    whole = columns(count_texts(flat, known, first))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_counts, "_PART", part)
        assert columns(count_texts(flat, known, first)) == whole


@given(texts)
def test_a_text_has_the_same_counts_alone_and_among_others(rows: list[list[int]]) -> None:
    split = [" ".join(PIECES[row] for row in text) for text in rows]
    alone = [columns(count(text)) for text in split]
    assert columns(count(*split)) == [[one[column][0] for one in alone] for column in range(10)]


@given(st.lists(st.text(min_size=1).filter(lambda piece: piece.split() == [piece]), max_size=20))
def test_neighbours_do_not_change_what_is_said_of_a_piece(pieces: list[str]) -> None:
    assert describe(pieces).tolist() == [describe([piece])[0].tolist() for piece in pieces]


@pytest.mark.parametrize("piece", [",a" * 50_000, "-" * 100_000 + "a", "'" * 100_000, "a" + "." * 100_000])
def test_a_very_long_piece_is_described(piece: str) -> None:
    assert describe([piece])["characters"].tolist() == [len(piece)]


@pytest.mark.parametrize("found", [None, "elsewhere"])
def test_a_missing_list_of_easy_words_says_what_to_install(monkeypatch, tmp_path, found: str | None) -> None:
    class Spec:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr(text_counts, "find_spec", lambda name: Spec if found else None)
    with pytest.raises(
        BadData, match=r"found no list of easy words at .*pip install --force-reinstall textstat"
    ):
        text_counts.load_easy_words.__wrapped__()


def test_counting_imports_neither_textstat_nor_nltk() -> None:
    program = (
        "import sys; from biaslens.measuring.readability import score_texts; score_texts(['Zyxomma flew.']); "
        "print({'textstat', 'nltk'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
