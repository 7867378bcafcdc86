"""Who is named in the narration, with which titles and epithets."""

import pytest
from hypothesis import given
from speech_examples import corpus_of, news_texts

from biaslens.measuring.persons import find_persons
from biaslens.name_mentions import PersonMentions


def _persons(text: str) -> PersonMentions:
    return find_persons(corpus_of(text))


def _names(text: str) -> list[str]:
    return list(_persons(text).name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Later Angela Merkel met reporters.", ["Angela Merkel"]),
        ("Then Ursula von der Leyen arrived.", ["Ursula von der Leyen"]),
        ("It was George W. Bush again.", ["George W. Bush"]),
        ("He met Bashar al-Assad there.", ["Bashar al-Assad"]),
        ("There was Martin Luther King.", ["Martin Luther King"]),
        ("They saw President Xi Jinping.", ["Xi Jinping"]),
        ("Xi Jinping, 69, spoke.  We heard Xi Jinping.", ["Xi Jinping"] * 2),
        ("The man was Oyub Titiev, 60, of Grozny.", ["Oyub Titiev"]),
        ("On Monday Mr. Lavrov left.", ["Lavrov"]),
        ("The mayor Vitali Klitschko came.", ["Vitali Klitschko"]),
    ],
)
def test_a_person_is_told_by_given_name_title_or_age(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Jordan Valley is dry.",
        "They met at Victoria Station.",
        "The Foreign Ministry said nothing.",
        "In South Korea the General Assembly met.",
        "He works for Goldman Sachs in New York.",
        "It was late on Sunday in March.",
        "The White House said that House members left.",
        "A George W. Bush administration began.",
        "",
    ],
)
def test_places_and_bodies_are_no_persons(text: str) -> None:
    assert _names(text) == []


def test_a_family_name_means_the_person_of_that_name_in_the_article() -> None:
    assert _names("Angela Merkel left. Then Merkel’s aide spoke.") == ["Angela Merkel"] * 2


def test_of_two_persons_of_one_family_name_the_one_most_often_named_in_full_is_meant() -> None:
    text = "Bill Clinton spoke. Hillary Clinton stayed. Later Hillary Clinton slept. Then Clinton left."
    assert _names(text) == ["Bill Clinton"] + ["Hillary Clinton"] * 3


def test_of_two_persons_equally_often_named_the_first_is_meant() -> None:
    text = "Bill Clinton spoke. Hillary Clinton stayed. Then Clinton left."
    assert _names(text) == ["Bill Clinton", "Hillary Clinton", "Bill Clinton"]


def test_a_family_name_introduced_by_a_title_is_a_person_by_itself() -> None:
    text = "Later President Trump left. Melania Trump stayed. Then Trump slept."
    assert _names(text) == ["Trump", "Melania Trump", "Trump"]


def test_a_verb_of_speech_makes_a_person_where_the_last_word_stands_alone_too() -> None:
    assert _names("Later Oyub Titiev said no. They arrested Titiev.") == ["Oyub Titiev"] * 2
    assert _names("Goldman Sachs said no.") == []


def test_a_family_name_that_stands_first_is_the_family_name() -> None:
    assert _names("They saw President Xi Jinping. Then Xi left.") == ["Xi Jinping"] * 2


def test_a_name_before_a_body_is_known_but_no_mention() -> None:
    assert _names("The Joe Biden administration failed. Then Biden left.") == ["Joe Biden"]


def test_names_inside_quotation_marks_are_not_narration() -> None:
    assert _names("“We trust Angela Merkel,” he said.") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("We saw Russian Foreign Minister Sergei Lavrov.", "Russian Foreign Minister"),
        ("Then Mr. Lavrov left.", "Mr."),
        ("There was Secretary of State Antony Blinken.", "Secretary of State"),
        ("The former defence minister Ben Wallace spoke.", "former defence minister"),
        ("Sergei Lavrov, the Russian foreign minister, left.", "Russian foreign minister"),
        ("Sergei Lavrov, foreign minister of Russia, left.", "foreign minister"),
        ("Mikhail Podolyak, an aide to the president, left.", "aide"),
        ("The embattled president Viktor Yanukovych fled.", "president"),
        ("We met ex-president Viktor Yanukovych.", "ex-president"),
        ("The strongman Ramzan Kadyrov spoke.", ""),
        ("Angela Merkel, his aide said, left.", ""),
        ("Angela Merkel, anti-vaccine advocates, and others left.", ""),
        ("We met Angela Merkel, Russian President Vladimir Putin left.", ""),
        ("The head of Sergei Lavrov’s office left.", ""),
        ("We saw daughters of President Vladimir Putin.", "President"),
        ("It was said by Ms. Angela Merkel.", "Ms."),
    ],
)
def test_the_title_is_the_role_before_the_name_or_behind_it(text: str, title: str) -> None:
    assert _persons(text).title[0] == title


@pytest.mark.parametrize(
    ("text", "epithet"),
    [
        ("The embattled president Viktor Yanukovych fled.", "embattled"),
        ("Pro-Russian strongman Ramzan Kadyrov spoke.", "pro-Russian, strongman"),
        ("The hapless president Viktor Yanukovych fled.", "hapless"),
        ("A Kremlin-backed leader, Denis Pushilin, spoke to disgraced mayor Bob Filner.", "disgraced"),
        ("They spoke of ousted President Viktor Yanukovych.", "ousted"),
        ("Protesters ousted President Viktor Yanukovych.", ""),
        ("They came and accused Vladimir Putin.", ""),
        ("He was a staunch Vladimir Putin disciple.", ""),
        ("Amir Ali, the Revolutionary Guards commander, left.", ""),
        ("A tearful, infectious disease expert Anthony Fauci spoke.", ""),
        ("She’s accused Vladimir Putin.", ""),
        ("He talked to disgraced mayor Bob Filner.", "disgraced"),
        ("Vladimir Putin saw an anti-Vladimir Putin poster.", ""),
        ("Denis Pushilin, the self-proclaimed leader, spoke.", "self-proclaimed"),
        ("The Russian president Vladimir Putin spoke.", ""),
        ("The former federal judge Merrick Garland spoke.", ""),
    ],
)
def test_an_epithet_judges_and_a_plain_role_does_not(text: str, epithet: str) -> None:
    assert _persons(text).epithet[-1] == epithet


def test_a_bare_family_name_has_no_title_and_no_given_name() -> None:
    found = _persons("Angela Merkel left. Mrs. Merkel smiled. So Merkel left.")
    assert found.is_bare.tolist() == [False, False, True]


def test_the_span_of_a_mention_begins_with_its_title() -> None:
    corpus = corpus_of("There stood the embattled president Viktor Yanukovych alone.")
    assert find_persons(corpus).mention.slices(corpus.texts) == ["embattled president Viktor Yanukovych"]


def test_other_articles_do_not_change_who_is_a_person() -> None:
    corpus = corpus_of("Angela Merkel left.", "So Merkel left.")
    assert find_persons(corpus).mention.article.tolist() == [0]


@given(news_texts)
def test_every_mention_ends_with_a_name(text: str) -> None:
    corpus = corpus_of(text)
    found = find_persons(corpus)
    assert len(found.name) == len(found.title) == len(found.epithet) == len(found.is_bare) == len(found)
    assert all(found.mention.start < found.mention.end)


def test_digits_that_are_no_numbers_are_no_age() -> None:
    assert _names("On Monday Sergei Lavrov, \u2070\u2077, left.") == ["Sergei Lavrov"]
