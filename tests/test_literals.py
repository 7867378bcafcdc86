"""Looking for many pieces of text at once: every place is found, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from biaslens.cleaning.literals import Literals

PIECES = st.lists(st.text(alphabet="abc é–@/ ", min_size=1, max_size=7), max_size=12, unique=True)
TEXT = st.text(alphabet="abcé–@/ X\n", max_size=200)


def bits(pieces: list[str]) -> dict[str, int]:
    return {piece: 1 << i for i, piece in enumerate(pieces)}


@given(PIECES, TEXT, st.integers(0, 200), st.integers(0, 200))
def test_those_who_asked_for_a_piece_of_a_part_are_found_and_no_others(
    pieces: list[str], text: str, start: int, end: int
) -> None:
    part = text[start:end].lower()
    expected = sum(bit for piece, bit in bits(pieces).items() if piece in part)
    assert Literals(bits(pieces)).find(text).between(start, end) == expected


def test_pieces_are_found_in_capitals_too() -> None:
    assert Literals({"newsletter": 1}).find("OUR NEWSLETTER").start == [4]


def test_a_piece_stands_in_a_part_only_as_a_whole() -> None:
    found = Literals({"newsletter": 1}).find("Our newsletter")
    assert (found.between(0, 14), found.between(0, 13), found.between(5, 14)) == (1, 0, 0)


def test_a_piece_that_overlaps_itself_is_found_at_every_place() -> None:
    assert Literals({"aaaa": 1, "a": 2}).find("aaaaa").askers == [2, 1, 2, 1, 2, 2, 2]


def test_places_count_the_characters_of_the_text_where_lower_case_has_more() -> None:
    assert "İ".lower() != "i"
    assert Literals({"newsletter": 1}).find("İİ Newsletter").start == [3]


def test_a_text_shorter_than_a_run_of_characters_holds_only_short_pieces() -> None:
    assert Literals({"ab": 1, "abcdef": 2}).find("ab").askers == [1]


def test_no_pieces_are_nowhere() -> None:
    assert Literals({}).find("A newsletter").start == []
