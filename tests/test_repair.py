"""Wrong decoding is undone, right text is left alone, and every character knows where it came from."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.reading.repair import repair

CURLY = "“ ” ‘ ’ – — … é ü"


def misread(text: str) -> str:
    return text.encode().decode("latin-1")


def test_a_misread_apostrophe_becomes_one() -> None:
    assert repair("donâ€™t").text == "don’t"


def test_quotation_marks_are_not_straightened() -> None:
    assert repair("â€œCrimeaâ€\x9d").text == "“Crimea”"


def test_text_read_wrongly_twice_is_undone_twice() -> None:
    assert repair("cafÃƒÂ©").text == "café"


def test_right_and_wrong_characters_may_stand_in_one_text() -> None:
    assert repair("“Right,” and donâ€™t, naïve").text == "“Right,” and don’t, naïve"


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        CURLY,
        "« Voilà\xa0» dit-il à l’été",
        "“É”",
        "Привет, мир",
        "Ελλάδα",
        "中国日报",
        "😀 ½ €5 £3 5°",
        "Ça",
    ],
)
def test_right_text_is_left_alone(text: str) -> None:
    repaired = repair(text)
    assert repaired.text == text
    assert repaired.offsets is None


@pytest.mark.parametrize("text", ["ﬁne", "ＦＵＬＬ", "a\u2028b", "x\r\ny", "&amp; é", "\x1b[0m"])
def test_nothing_else_is_normalised(text: str) -> None:
    assert repair(text + " donâ€™t").text == text + " don’t"


def test_each_character_of_a_run_knows_its_own_raw_characters() -> None:
    raw = misread("a“é”b")
    repaired = repair(raw)
    assert repaired.offsets is not None
    spans = [repaired.offsets.original(place, place + 1) for place in range(len(repaired.text))]
    assert [raw[start:end] for start, end in spans] == [misread(character) for character in "a“é”b"]


def test_characters_of_a_run_that_is_only_known_as_a_whole_know_the_run() -> None:
    repaired = repair("a ÃƒÂ©Ã¨ b")
    assert repaired.text == "a éè b"
    assert repaired.offsets is not None
    assert repaired.offsets.original(2, 3) == repaired.offsets.original(3, 4) == (2, 8)
    assert repaired.offsets.original(4, 6) == (8, 10)


def test_control_codes_of_windows_1252_are_exchanged_one_for_one() -> None:
    repaired = repair("\x93\x91No")
    assert repaired.text == "“‘No"
    assert repaired.offsets is not None
    assert repaired.offsets.original(1, 2) == (1, 2)


def test_repaired_characters_are_counted() -> None:
    assert repair("itâ€™s â€œsoâ€\x9d").n_repaired == 3


def test_ten_million_characters_on_one_line_take_seconds() -> None:
    text = "He said itâ€™s “so” – naïve. " * 360_000
    started = time.perf_counter()
    repaired = repair(text)
    assert repaired.n_repaired == 360_000
    # About one second where this was written; a quadratic pass would take hours.
    assert time.perf_counter() - started < 30


def test_ten_million_characters_without_ascii_take_seconds() -> None:
    started = time.perf_counter()
    assert repair("新" * 10_000_000).offsets is None
    assert time.perf_counter() - started < 30


@given(st.text())
def test_unrepaired_characters_slice_back_to_themselves(text: str) -> None:
    repaired = repair(text)
    if repaired.offsets is None:
        assert repaired.text == text
        return
    for place, character in enumerate(repaired.text):
        start, end = repaired.offsets.original(place, place + 1)
        assert 0 <= start < end <= len(text)
        if character.isascii() and end - start == 1:
            assert text[start:end] == character


@given(
    st.lists(st.sampled_from(["a", " ", "“", "’", "é", "â€™", "Ã©", "\x93", "ÃƒÂ©", "Ð¿Ñ€", "\n"])).map(
        "".join
    )
)
def test_offsets_never_go_back_and_cover_the_text(text: str) -> None:
    repaired = repair(text)
    if repaired.offsets is None:
        return
    start, end = repaired.offsets.start.tolist(), repaired.offsets.end.tolist()
    assert len(start) == len(end) == len(repaired.text)
    assert (start, end) == (sorted(start), sorted(end))
    assert (start[0], end[-1]) == (0, len(text))
    assert all(following <= last for last, following in zip(end, start[1:], strict=False))


@given(st.text("abc “”‘’–é\n"))
def test_a_text_misread_as_windows_1252_comes_back(text: str) -> None:
    raw = text.encode().decode("cp1252", errors="replace")
    if "\ufffd" not in raw:
        assert repair(raw).text == text


@given(st.text())
def test_the_same_text_is_repaired_the_same_way(text: str) -> None:
    assert repair(text).text == repair(text).text
