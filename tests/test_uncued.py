"""Tests of quotations that no cue stands beside, and of sources that reach further than their cue tells."""

from speech_examples import corpus_of, voices_of


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


def test_a_verb_that_is_no_cue_tags_a_quotation_with_its_subject():
    assert voices_of("“We have lost the maps in the storm,” Anna Berg beamed.").speaker == ("Anna Berg",)


def test_a_verb_that_is_no_cue_tags_a_quotation_before_its_subject():
    text = "“We have lost the maps in the storm!” beamed Anna Berg, who keeps them."
    assert voices_of(text).speaker == ("Anna Berg",)


def test_a_name_right_before_a_colon_speaks_the_quotation_behind_it():
    text = "The storm came as no surprise to the keeper Anna Berg: “We have lost the maps again.”"
    assert voices_of(text).speaker[-1].endswith("Anna Berg")


def test_who_was_quoted_goes_on_and_not_who_is_reported_in_between():
    text = (
        "“It is late,” Anna Berg told the paper, when asked whether Orlov wanted it. “We have lost the maps.”"
    )
    assert voices_of(text).speaker[-1] == "Anna Berg"


def test_a_source_with_a_participle_is_taken_as_a_whole():
    text = "The family of a guard captured in Norland are demanding a “quick and fair” trial."
    assert set(voices_of(text).speaker) == {"family of a guard captured in Norland"}


def test_what_is_quoted_before_is_no_part_of_the_clause_of_a_source():
    text = "“We have lost the maps,” Anna Berg, the former head of the office for the town of Kendal said."
    assert voices_of(text).speaker == ("Anna Berg",)


def test_what_somebody_says_of_anothers_words_is_not_the_others():
    text = "The party released a note, saying Orlov’s comments are “another example of his bad taste”."
    assert "Orlov" not in voices_of(text).speaker


def test_a_quotation_without_an_end_may_be_the_last_word() -> None:
    assert len(corpus_of("Orlov : \n “ Orlov").voices.attributions) == 1
