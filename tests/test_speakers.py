"""Tests of speakers: one name for the several mentions of one source."""

from speech_examples import corpus_of, voices_of


def test_a_surname_takes_the_full_name_seen_before():
    rows = voices_of("Foreign Minister Anna Berg said the dam was old. Berg said it would hold.")
    assert rows.speaker == ("Foreign Minister Anna Berg", "Foreign Minister Anna Berg")


def test_a_role_takes_the_speaker_described_by_it():
    rows = voices_of("A Kremlin spokesman said the dam was old. The spokesman said it would hold.")
    assert rows.speaker == ("Kremlin spokesman", "Kremlin spokesman")


def test_a_pronoun_takes_the_last_person():
    rows = voices_of("Anna Berg said the dam was old. She said it would hold.")
    assert rows.speaker == ("Anna Berg", "Anna Berg")


def test_a_pronoun_without_anybody_before_names_nobody():
    assert voices_of("She said the dam would hold.").speaker == ("",)


def test_the_statement_speaks_for_the_one_who_issued_it():
    text = "The ministry said in a statement that it was safe. “The dam will hold,” the statement said."
    assert voices_of(text).speaker == ("ministry", "ministry")


def test_a_quotation_alone_on_its_line_goes_on_with_the_speaker_before():
    rows = voices_of("“It is late,” Anna Berg said.\n“We have lost the maps in the storm.”")
    assert rows.speaker == ("Anna Berg", "Anna Berg")
    assert rows.cue == ("say", "")


def test_speakers_are_not_carried_into_the_next_article():
    rows = corpus_of("Anna Berg said the dam was old.", "She said the dam would hold.").voices.attributions
    assert rows.speaker == ("Anna Berg", "")


def test_two_speakers_at_once_are_not_taken_for_either_later():
    rows = voices_of("Berg and Orlov said the dam was old. Orlov said it would hold.")
    assert rows.speaker == ("Berg and Orlov", "Orlov")
