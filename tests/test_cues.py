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
        "Orlov was not told that the dam was old.",
        "Orlov tried to say that the dam was old.",
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


def test_a_passive_without_an_agent_reports_what_nobody_is_named_for():
    assert cues("Orlov is widely expected to resign in May.") == [("", "expect", "to resign in May")]


def test_the_agent_of_a_passive_is_the_speaker():
    assert cues("Orlov was accused by his critics of taking bribes.") == [
        ("critics", "accuse", "of taking bribes")
    ]


def test_a_question_to_a_speaker_reports_what_was_asked():
    assert [cue for _, cue, _ in cues("When asked whether it was safe, Orlov said no dam is safe.")] == [
        "ask",
        "say",
    ]


def test_an_adjective_of_belief_reports_for_its_subject():
    assert cues("Orlov is not convinced that the dam is safe.") == [
        ("Orlov", "convinced that", "the dam is safe")
    ]


def test_an_adjective_without_a_verb_of_being_is_no_cue():
    assert cues("A man critical of the dam left the town.") == []


def test_a_noun_phrase_that_names_no_known_kind_of_speaker_speaks_before_a_clear_cue():
    assert cues("Longtime friend and rival Berg's neighbor suggested that the dam was old.")[0][1:] == (
        "suggest",
        "the dam was old",
    )


def test_a_cue_in_another_tense_belongs_to_what_is_reported():
    assert cues("Orlov said he has seen the plan and agrees with the town.")[0] == (
        "Orlov",
        "say",
        "he has seen the plan and agrees with the town",
    )


def test_an_announced_line_without_marks_is_what_was_written():
    text = "Orlov wrote:\nThe dam has been old for years.\nHe left."
    assert cues(text) == [("Orlov", "write", "The dam has been old for years")]


def test_a_title_that_a_splitter_takes_for_the_end_of_a_sentence_does_not_end_it():
    assert cues("The dam was old, Ms. Berg said.") == [("Ms. Berg", "say", "The dam was old")]


@pytest.mark.parametrize(
    "text",
    [
        "Orlov continued to build the dam.",
        "The dam adds to the debt of the town.",
        "He would build, say, a dam and a road.",
        "A town known as the gate of the hills was lost.",
        "The first four states that vote are small.",
    ],
)
def test_another_sense_of_a_reporting_verb_is_no_report(text):
    assert cues(text) == []


def test_the_clause_before_according_to_is_what_is_reported():
    assert cues("The dam is old, according to a survey of 400 towns that the ministry paid for.") == [
        ("survey of 400 towns", "according to", "The dam is old")
    ]


def test_according_to_at_the_start_reports_what_follows_the_comma():
    assert cues("According to a survey of 400 towns, the dam is old.") == [
        ("survey of 400 towns", "according to", "the dam is old")
    ]


def test_a_joined_cue_behind_a_report_of_nobody_has_the_speaker_before_it():
    rows = cues("Orlov spoke of fears that the dam was old and urged the town to close it.")
    assert ("Orlov", "urge", "the town to close it") in rows


def test_a_number_alone_is_no_speaker():
    assert [speaker for speaker, *_ in cues("The vote on May 16 reflected the will of the town.")] == [""]


def test_a_name_that_ends_like_an_adverb_is_a_speaker():
    assert voices_of('"The dam is old," Kelly said.').speaker == ("Kelly",)


def test_a_title_before_a_name_does_not_end_the_subject_of_the_sentence():
    assert cues("Mrs. Berg shook her head and said the dam was old.")[0][0] == "Mrs. Berg"


def test_a_cue_between_a_name_and_a_comma_word_reports_what_follows():
    assert cues("Orlov said, however, that the dam was old.") == [("Orlov", "say", "the dam was old")]


def test_the_question_of_an_interview_has_its_cue_in_the_passive():
    rows = voices_of("Orlov was asked, “Why is the dam so old?”")
    assert (rows.kind, rows.speaker, rows.cue) == (("direct",), ("",), ("ask",))


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("A new poll shows how hard it will be.", "show", "how hard it will be"),
        ("The survey found Orlov ahead of Berg.", "find", "Orlov ahead of Berg"),
        ("New polls released Sunday showed Orlov ahead of Berg.", "show", "Orlov ahead of Berg"),
        ("The sale was off, records show.", "show", "The sale was off"),
    ],
)
def test_a_document_reports_even_a_noun_phrase(text, cue, content):
    assert [row[1:] for row in cues(text)] == [(cue, content)]


def speakers(text: str) -> tuple[str, ...]:
    return voices_of(text).speaker


def test_behind_an_apposition_a_past_tense_is_no_passive():
    assert set(speakers("Berg, a longtime mayor, said that the unions “have too often been late”.")) == {
        "Berg"
    }


def test_a_participle_behind_a_comma_is_a_passive():
    rows = voices_of("Berg, asked whether the dam was safe, left the town.")
    assert rows.cue == ("ask",)


def test_an_object_right_before_a_quotation_is_no_subject():
    text = "Berg, speaking on the radio, called Orlov a “coward”."
    assert set(speakers(text)) == {"Berg"}


def test_behind_an_apposition_the_addressee_is_no_subject():
    assert speakers("“The dam is safe,” Anna Berg, 58, told Orlov in an interview.") == ("Anna Berg",)


def test_a_dateline_is_no_subject():
    text = "Kendal (Agency) – Anna Berg has left the party, saying that “loud words” do harm."
    assert set(speakers(text)) == {"Anna Berg"}


def test_a_place_behind_an_opening_participle_is_no_subject():
    text = "Speaking at a meeting in Kendal, Norland, Orlov went after Berg, calling her “a total fraud”."
    assert set(speakers(text)) == {"Orlov"}


def test_an_adverb_that_opens_a_sentence_is_no_subject():
    text = "Finally, the Dam Committee, after a long day, called on all towns “to close the gates at once”."
    assert "Finally" not in speakers(text)


def test_a_subject_between_dashes_and_its_verb_is_found():
    text = "Orlov — named by the paper as the next mayor — told Berg that “the gates must close at once”."
    assert speakers(text)[-1] == "Orlov"


def test_a_statement_that_somebody_issues_is_the_words_of_that_person():
    text = "Anna Berg issued a statement saying the dam “has no place in this valley”."
    assert set(speakers(text)) == {"Anna Berg"}


def test_a_cue_behind_a_closed_relative_clause_belongs_to_the_main_subject():
    text = "Orlov insisted he would see the agency, which has asked for a visit, but noted it was “late”."
    assert speakers(text)[-1] == "Orlov"


def test_a_participle_behind_a_comma_belongs_to_the_outer_report():
    text = "Orlov said the flood reminded him of a book, explaining, “There was so much water in it.”"
    assert speakers(text)[-1] == "Orlov"


def test_a_found_thing_is_no_report():
    text = (
        "The lawyers said that because of the “tiny” amount found and because of “a good name” he was free."
    )
    assert set(speakers(text)) == {"lawyers"}


def test_a_noun_in_ly_is_no_adverb():
    assert speakers("The guard's family said: “We have heard the news.”") == ("guard's family",)


def test_a_cue_that_opens_the_sentence_has_its_subject_behind():
    assert speakers("Said Anna Berg, who keeps the maps, “We were all so proud.”")[-1].endswith("Anna Berg")
