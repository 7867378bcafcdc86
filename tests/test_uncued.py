"""Tests of quotations that no cue stands beside, and of sources that reach further than their cue tells."""

from speech_examples import voices_of


def test_a_quotation_alone_on_its_line_goes_on_with_the_speaker_before():
    rows = voices_of("“It is late,” Anna Berg said.\n“We have lost the maps in the storm.”")
    assert rows.speaker == ("Anna Berg", "Anna Berg")
    assert rows.cue == ("say", "")


def test_a_quotation_alone_takes_the_person_that_the_sentence_between_is_about():
    text = "“It is late,” Orlov said. Anna Berg, 15, looked at the maps. “We have lost them in the storm.”"
    assert voices_of(text).speaker == ("Orlov", "Anna Berg")


def test_a_quotation_behind_a_colon_takes_the_subject_of_what_leads_to_it():
    text = "Orlov said it was late. Anna Berg showed a map of it: “We have lost the others in the storm.”"
    assert voices_of(text).speaker[-1] == "Anna Berg"


def test_a_fragment_without_a_cue_takes_the_subject_of_its_sentence():
    text = "The ministry handed the guests “their patience and their good maps” at the end."
    assert voices_of(text).speaker == ("ministry",)


def test_a_fragment_behind_somebodys_appeal_is_the_words_of_that_person():
    text = "The council backed President Anna Berg's appeal for “a long and quiet night” at once."
    assert voices_of(text).speaker == ("President Anna Berg",)


def test_a_first_quotation_without_anybody_before_has_no_speaker():
    assert voices_of("“We have lost the maps in the storm.”").speaker == ("",)


def test_nobody_of_another_article_goes_on_speaking():
    rows = voices_of("The end came.\n“We have lost the maps in the storm.”")
    assert rows.speaker == ("",)


def test_a_place_behind_a_preposition_is_no_source():
    text = "A spokesman for the office at Stormont said: “We have lost the maps in the storm.”"
    assert voices_of(text).speaker == ("spokesman for the office at Stormont",)


def test_a_surname_in_ly_belongs_to_the_name():
    assert set(voices_of("Mr Kelly said the dam was old.").speaker) == {"Mr Kelly"}


def test_a_colon_behind_a_name_shows_that_it_is_no_subject():
    text = "Anna Berg, director at the museum, wrote on Twitter: “We have lost the maps in the storm.”"
    assert voices_of(text).speaker == ("Anna Berg",)
