"""Tests of principals: for whom somebody speaks."""

import pytest
from speech_examples import voices_of


@pytest.mark.parametrize(
    ("text", "principal"),
    [
        ("A spokesman for Merkel said the dam was old.", "Merkel"),
        ("A spokeswoman for the ministry said the dam was old.", "ministry"),
        ("The minister's spokesman said the dam was old.", "minister"),
        ("The Kremlin spokesman said the dam was old.", "Kremlin"),
        ("State Department spokeswoman Anna Berg said the dam was old.", "State Department"),
        ("Anna Berg, a spokeswoman for the foreign ministry, said the dam was old.", "foreign ministry"),
        ("Anna Berg said on behalf of the families that the dam was old.", "families"),
        ("The statement by the ministry said the dam was old.", "ministry"),
    ],
)
def test_the_one_who_is_spoken_for_is_the_principal(text, principal):
    assert set(voices_of(text).principal) == {principal}


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg said the dam was old.",
        "The chief spokesman said the dam was old.",
        "The Russian spokesman said the dam was old.",
        "The ministry said in a statement that the dam was old.",
    ],
)
def test_who_speaks_for_oneself_has_no_principal(text):
    assert set(voices_of(text).principal) == {""}


def test_a_principal_has_its_fullest_name():
    text = "Chancellor Angela Merkel left early. A spokesman for Merkel said the dam was old."
    assert voices_of(text).principal == ("Chancellor Angela Merkel",)


def test_a_spokesman_speaks_for_the_same_principal_in_every_sentence():
    text = (
        "Kremlin spokesman Boris Orlov said the dam was old. Orlov said it would hold. He said it was late."
    )
    assert voices_of(text).principal == ("Kremlin", "Kremlin", "Kremlin")
