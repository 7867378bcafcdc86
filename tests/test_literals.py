"""Looking for many pieces of text at once: nothing that stands in the text is missed."""

from hypothesis import given
from hypothesis import strategies as st

from biaslens.cleaning.literals import Literals

PIECES = st.lists(st.text(alphabet="abc é–@/ ", min_size=1, max_size=7), max_size=12)


@given(PIECES, st.text(alphabet="abcé–@/ X\n", max_size=200))
def test_no_piece_that_stands_in_the_text_is_missed(pieces: list[str], text: str) -> None:
    assert {piece for piece in pieces if piece in text.lower()} <= Literals(pieces).possible(text)


def test_pieces_are_found_in_capitals_too() -> None:
    assert Literals(["newsletter"]).possible("OUR NEWSLETTER") == {"newsletter"}


def test_hardly_a_piece_is_named_that_does_not_stand_in_the_text() -> None:
    letters = "abcdefghijklmnopqrst"
    pieces = {a + b + c + "x" for a in letters for b in letters for c in letters}
    assert (
        len(Literals(pieces).possible(" ".join(a + b + "y" for a in letters for b in letters))) < 0.02 * 8_000
    )


def test_a_text_shorter_than_a_run_of_characters_holds_only_short_pieces() -> None:
    assert Literals(["ab", "abcdef"]).possible("ab") == {"ab"}
