"""Tests of resolution: reports inside reports, and what stays the same for every article."""

from hypothesis import given
from speech_examples import corpus_of, news_texts, voices_of


def test_a_report_inside_a_report_is_told_by_the_outer_source():
    rows = voices_of("Orlov said that Berg believes the dam will hold.")
    assert rows.speaker == ("Orlov", "Orlov")
    assert rows.principal == ("", "Berg")


def test_where_the_outer_source_is_named_is_where_the_speaker_is_named():
    text = "Orlov said that Berg believes the dam will hold."
    assert set(voices_of(text).speaker_span.slices([text])) == {"Orlov"}


def test_a_clause_beside_a_report_has_its_own_speaker():
    rows = voices_of("Orlov said the dam was old, but Berg denied that it would break.")
    assert rows.speaker[-1] == "Berg"
    assert rows.principal[-1] == ""


def test_a_news_organisation_only_passes_on_what_somebody_says():
    rows = voices_of("Reuters reported that Orlov said the dam was old.")
    assert rows.speaker == ("Reuters", "Orlov")
    assert rows.principal == ("", "")


def test_a_persons_own_report_of_oneself_has_no_principal():
    rows = voices_of("Orlov said that he believes the dam will hold.")
    assert set(rows.speaker) == {"Orlov"}
    assert set(rows.principal) == {""}


@given(news_texts, news_texts)
def test_speakers_groups_and_principals_are_the_same_whatever_stands_beside_an_article(text, other):
    alone, joined = corpus_of(text).voices.attributions, corpus_of(other, text).voices.attributions
    behind = len(joined) - len(alone)
    for column in ("speaker", "group", "principal"):
        assert getattr(alone, column) == getattr(joined, column)[behind:]


@given(news_texts)
def test_a_mention_is_nowhere_only_where_no_source_was_found(text):
    rows = voices_of(text)
    for speaker, group, principal in zip(rows.speaker, rows.group, rows.principal, strict=True):
        assert speaker or (group, principal) == ("unresolved", "")


def test_a_source_that_vouches_for_a_quotation_does_not_speak_it():
    text = "“The dam will break,” mayor Anna Berg said, according to a video of the meeting."
    rows = voices_of(text)
    assert rows.speaker[rows.kind.index("direct")] == "mayor Anna Berg"


def test_a_report_in_a_when_clause_holds_nothing_of_the_main_clause():
    text = "When Orlov accused Berg of being late, the mayor said “I was there before all of you”."
    assert voices_of(text).speaker[-1] == "mayor"
