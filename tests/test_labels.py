"""Tests of labels: speakers before a colon at the start of a line."""

import pytest
from speech_examples import voices_of


def labelled(text: str) -> list[tuple[str, str]]:
    """Speaker and words of every label."""
    rows = voices_of(text)
    contents = rows.content.slices([text])
    return [
        (speaker, content)
        for speaker, cue, content in zip(rows.speaker, rows.cue, contents, strict=True)
        if cue == ":"
    ]


def test_a_name_that_the_article_uses_elsewhere_speaks_its_line():
    text = "Orlov: The dam is safe for now\nOn Monday the minister Orlov flew home."
    assert labelled(text) == [("minister Orlov", "The dam is safe for now")]


def test_a_label_reaches_to_the_end_of_its_line():
    text = "BERG: The dam is safe. We checked it twice.\nBERG: It was old, and it is new now."
    assert [content for _, content in labelled(text)] == [
        "The dam is safe. We checked it twice.",
        "It was old, and it is new now.",
    ]


def test_the_answers_of_an_interview_are_reported_and_its_questions_are_not():
    text = "Q: Is the dam safe for now?\nA: I think it is safe for now."
    assert [content for _, content in labelled(text)] == ["I think it is safe for now."]


def test_a_role_speaks_without_being_named_elsewhere():
    assert labelled("Minister: The dam is safe for now") == [("Minister", "The dam is safe for now")]


@pytest.mark.parametrize(
    "text",
    [
        "Breaking: The dam was closed on Monday\nThe town is safe.",
        "Correction: The dam was closed in May, not in June.",
        "Editor's Note: The dam was closed in May, not in June.",
        "A: The dam was closed on Monday in May.",
        "Orlov: 46\nThe minister Orlov flew home.",
        "What remains: The dam was closed on Monday",
        "The minister Orlov flew home: The dam was closed on Monday.",
        ": : the dam was closed on Monday",
    ],
)
def test_other_words_before_a_colon_are_no_label(text):
    assert labelled(text) == []


def test_the_name_must_stand_in_the_same_article():
    from speech_examples import corpus_of

    other, text = "On Monday the minister Orlov flew home.", "Orlov: The dam is safe for now"
    assert ":" not in corpus_of(other, text).voices.attributions.cue
