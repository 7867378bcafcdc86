"""Bytes become text by mark, by strict UTF-8, or with a note."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.errors import UnreadableInput
from biaslens.reading.encoding import decode, load, load_or_raise

SENTENCE = "“It’s a café,” he said – naïve.\r\n"


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding_and_is_no_part_of_the_text(mark: str) -> None:
    assert decode(SENTENCE.encode(mark)).text == SENTENCE


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-32-be"])
def test_big_endian_marks_are_known(encoding: str) -> None:
    assert decode(("\ufeff" + SENTENCE).encode(encoding)).text == SENTENCE


def test_utf_16_that_begins_with_nul_is_not_taken_for_utf_32() -> None:
    assert decode("\ufeff\0ab".encode("utf-16-le") + "c".encode("utf-16-le") * 3).text == "\0abccc"


def test_plain_utf_8_needs_no_note() -> None:
    assert decode(SENTENCE.encode()).note == ""


def test_windows_1252_is_read_with_a_note() -> None:
    decoded = decode(SENTENCE.encode("cp1252"))
    assert (decoded.text, decoded.note) == (SENTENCE, "read as cp1252")


def test_a_single_windows_1252_character_is_enough() -> None:
    assert decode(b"caf\xe9").text == "café"


def test_a_byte_without_a_windows_1252_character_does_not_spoil_the_others() -> None:
    assert decode(b"\x93no\x94 \x81").text == "“no” \x81"


def test_utf_8_with_a_character_cut_off_stays_utf_8() -> None:
    decoded = decode(SENTENCE.encode() + b"\xe2\x80")
    assert decoded.text == SENTENCE + "\ufffd"
    assert decoded.note == "read as utf-8, damaged characters: 1"


def test_a_replacement_character_that_stood_in_the_file_counts_as_no_damage() -> None:
    assert decode("\ufeffa\ufffd".encode("utf-16-le")).note == ""


def test_text_of_two_encodings_is_read_as_windows_1252() -> None:
    assert decode("“".encode() + "“”‘’".encode("cp1252")).note == "read as cp1252"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7 abc", "a PDF document"),
        (b"{\\rtf1 abc", "an RTF document"),
        (b"PK\x03\x04abc", "an office document"),
        (b"abc\0def", "NUL bytes"),
        (bytes(range(1, 256)), "binary"),
    ],
)
def test_files_that_are_not_text_are_a_problem(data: bytes, problem: str) -> None:
    assert problem in decode(data).problem


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert "cannot be opened" in load(tmp_path / "absent.txt").problem


def test_a_binary_file_read_by_itself_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(
        UnreadableInput, match=r"scan\.txt is a PDF document, not text; a text file is needed"
    ):
        load_or_raise(path)


def test_an_empty_file_read_by_itself_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "void.txt"
    path.write_bytes(b"\n")
    with pytest.raises(UnreadableInput, match=r"void\.txt is empty"):
        load_or_raise(path)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf_8_comes_back_character_for_character(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.problem or decoded.text == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_give_text_or_a_problem(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text == "" or decoded.problem == ""
