"""Tests of reporting cues: which words are cues, what they report and who is their subject."""

import pytest
from speech_examples import voices_of


def cues(text: str) -> list[tuple[str, str, str]]:
    rows = voices_of(text)
    return list(zip(rows.speaker, rows.cue, rows.content.slices([text]), strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "Parliament declared independence on Tuesday.",
        "The president called six leaders on Sunday.",
        "The claim was old.",
        "Orlov was told to leave the room.",
        "Orlov wanted to say that the dam was old.",
        "Orlov would say that the dam was old.",
        "The Secretary of State arrived in Paris on a special plane.",
        "The court rules were changed in May.",
        "Poland and the Baltic states signed it.",
    ],
)
def test_nouns_passives_infinitives_and_bare_noun_phrases_are_no_report(text):
    assert cues(text) == []


def test_a_name_in_apposition_to_a_role_is_the_speaker():
    assert cues("The minister, Pavel Orlov, said the talks had failed.") == [
        ("Pavel Orlov", "say", "the talks had failed")
    ]


def test_a_cue_between_commas_reports_both_sides():
    assert [content for *_, content in cues("The talks, Orlov said, had failed for good.")] == [
        "The talks",
        "had failed for good",
    ]


def test_a_joined_cue_has_the_subject_of_the_cue_before_and_ends_its_content():
    assert cues("Orlov said the talks had failed and warned that war was near.") == [
        ("Orlov", "say", "the talks had failed"),
        ("Orlov", "warn", "war was near"),
    ]


def test_circumstances_of_the_saying_are_not_reported():
    assert cues("During the long meeting, Orlov said in Paris that the talks had failed.") == [
        ("Orlov", "say", "the talks had failed")
    ]


def test_she_said_she_thinks_is_one_report():
    assert [cue for _, cue, _ in cues("Anna Berg said she thinks the dam will hold.")] == ["say"]


def test_the_cue_class_comes_from_the_lexicon():
    assert voices_of("Orlov claimed that the dam was old.").cue_class == ("distancing",)


def test_a_cue_inside_quotation_marks_is_part_of_the_quotation():
    assert [cue for _, cue, _ in cues('"He said that the dam was old," Orlov noted.')] == ["note"]
