"""Tests of syllables: the table against NLTK's dictionary, all other words against pyphen."""

import tomllib
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyphen import Pyphen

from biaslens.errors import BadData
from biaslens.syllables import (
    Hyphenation,
    count_syllables,
    load_hyphenation,
    load_syllables,
    read_syllables,
    syllables_checksum,
)

PYPHEN = Pyphen(lang="en_US")
ODD_WORDS = (
    *("", "a", "'", "0", "_", ".", "..", "a.b", "2014", "3rd", "don't", "’tis", "o'neil", "rock'n'roll"),
    *(
        "naïve",
        "café",
        "ﬁnd",
        "straße",
        "i\u0307stanbul",
        "日本語",
        "हिन्दी",
        "😀",
        "\ud800",
        "\x00",
        "\n",
        "-",
    ),
    *("a" * 10_000, "hyphenation" * 1_000, "’" * 5_000),
)
words = st.lists(
    st.text(alphabet="aeiouybcdghlmnprst'’.é0ß", max_size=12) | st.text(max_size=8).map(str.lower)
)

HEADER = """\
# format: 1
# version: 0.1.0
# language: en
# author: us
# licence: Apache-2.0
# case: lower
# about: a test
syllables\twords
"""


def hyphens(found: list[str]) -> list[int]:
    return [len(PYPHEN.positions(word)) for word in found]


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("the", 1),
        ("minister", 3),
        ("fire", 2),
        ("don't", 1),
        ("shh", 0),
        ("government", 3),
        ("able-bodied", 4),
    ],
)
def test_a_word_of_the_table_has_the_vowels_of_its_first_pronunciation(word: str, syllables: int) -> None:
    assert word in load_syllables()[syllables]
    assert count_syllables([word]).tolist() == [syllables]


def test_a_word_outside_the_table_has_one_syllable_more_than_hyphens() -> None:
    assert not any("biaslenses" in known for known in load_syllables().values())
    assert PYPHEN.inserted("biaslenses") == "bi-aslens-es"
    assert count_syllables(["biaslenses", "the"]).tolist() == [3, 1]


def test_no_words_have_no_syllables() -> None:
    assert count_syllables([]).shape == (0,)


def test_the_table_is_what_textstat_takes_from_nltk(evaluation_data: Path, monkeypatch) -> None:
    nltk = pytest.importorskip("nltk")
    monkeypatch.setattr(nltk.data, "path", [str(evaluation_data / "nltk_data"), *nltk.data.path])
    pronunciations = nltk.corpus.cmudict.dict()
    vowels = {word: sum(sound[-1].isdigit() for sound in all_[0]) for word, all_ in pronunciations.items()}
    found = {word: syllables for syllables, known in load_syllables().items() for word in known}
    assert found == vowels


def test_hyphens_of_odd_words_are_pyphens() -> None:
    assert load_hyphenation().count_hyphens(ODD_WORDS).tolist() == hyphens(list(ODD_WORDS))


def test_every_pattern_of_pyphen_counts_as_pyphen_counts_it() -> None:
    found = [letters.strip(".") for letters in PYPHEN.hd.patterns]
    found += [f"un{letters}ing" for letters in found]
    assert load_hyphenation().count_hyphens(found).tolist() == hyphens(found)


@given(words)
def test_hyphens_of_any_words_are_pyphens(found: list[str]) -> None:
    assert load_hyphenation().count_hyphens(found).tolist() == hyphens(found)


@given(words)
def test_neighbours_do_not_change_a_words_syllables(found: list[str]) -> None:
    assert count_syllables(found).tolist() == [int(count_syllables([word])[0]) for word in found]


def test_of_two_patterns_the_higher_level_decides() -> None:
    patterns = {"nc": (1, [1]), "unc": (2, [2])}
    assert Hyphenation.of(patterns).count_hyphens(["sincere", "uncles"]).tolist() == [1, 0]


def test_no_part_of_a_word_is_a_single_letter() -> None:
    assert Hyphenation.of({"a": (0, [1, 1])}).count_hyphens(["axxa", "xxaxx"]).tolist() == [0, 2]


def test_words_of_the_table_are_lower_case_without_white_space() -> None:
    shipped = [word for known in load_syllables().values() for word in known]
    assert all(word == word.lower() and word.split() == [word] for word in shipped)


def test_no_word_of_the_table_has_two_numbers_of_syllables() -> None:
    shipped = [word for known in load_syllables().values() for word in known]
    assert len(shipped) == len(set(shipped)) == 123_455


def test_sources_state_the_checksum_of_the_table() -> None:
    sources = (resources.files("biaslens") / "data" / "SOURCES.toml").read_text(encoding="utf-8")
    [(path, found)] = syllables_checksum().items()
    entry = tomllib.loads(sources).get(path)
    assert entry is not None, f"add an entry [{path!r}] to SOURCES.toml"
    assert {"what", "author", "licence", "made", "source", "version"} <= set(entry)
    assert entry["sha256"] == found, f"{path} changed; its checksum in SOURCES.toml is to be {found}"


def test_the_dictionarys_notice_stands_beside_the_table() -> None:
    notice = (resources.files("biaslens") / "data" / "syllables" / "LICENSE").read_text(encoding="utf-8")
    assert "Copyright (C) 1993-2008 Carnegie Mellon University" in notice
    assert "Redistributions in binary form must reproduce the above copyright" in notice
    assert "PROVIDED BY CARNEGIE MELLON UNIVERSITY ``AS IS''" in notice


def test_a_table_reads_line_by_line() -> None:
    table = read_syllables(HEADER + "1\tno yes\n3\tperhapsly\n", "mine")
    assert table == {1: {"no", "yes"}, 3: {"perhapsly"}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER.replace("format: 1", "format: 2"), r"mine\.tsv, line 8: format is '2'; .* reads format 1"),
        (HEADER.replace("syllables\t", ""), "need the column names syllables words"),
        (HEADER + "one\tno\n", r"mine\.tsv, line 9: syllables is 'one'; it must be a whole number"),
        (HEADER + "-1\tno\n", r"syllables is '-1'"),
        (HEADER + "1\n", "found 1 columns, need 2"),
        (HEADER + "1\tno yes no\n", "line 9: a word stands twice or is empty"),
        (HEADER + "1\tno\n1\tyes\n", "line 10: the line of words with 1 syllables stands twice"),
        (HEADER + "1\tno  yes\n", "line 9: a word stands twice or is empty"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(BadData, match=message):
        read_syllables(text, "mine")
