"""Tests of groups: the country and the role that words beside a name tell."""

import pickle

import pytest
from speech_examples import corpus_of, voices_of

from biaslens.lexicons import load_lexicon
from biaslens.speech.find import find_voices
from biaslens.speech.groups import GroupTable, standing

SHIPPED = GroupTable.of({})


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("Russian Foreign Minister", "Russia: government"),
        ("Ukraine's defence ministry", "Ukraine: military"),
        ("Ukrainian army spokesman", "Ukraine: military"),
        ("the Kremlin", "Russia: government"),
        ("a Downing Street spokesperson", "United Kingdom: government"),
        ("the Pentagon", "United States: military"),
        ("a U.S. senator", "United States: legislature"),
        ("Moldova's Minister of Health", "Moldova: government"),
        ("the president of Poland", "Poland: government"),
        ("NATO", "international organisation"),
        ("a senior EU official", "international organisation"),
        ("Moscow", "Russia: government"),
        ("Ukraine's", "Ukraine: government"),
        ("a professor at the town's university", "expert"),
        ("a military analyst", "expert"),
        ("a former ambassador", "expert"),
        ("a teacher from Kyiv", "Ukraine: civilian"),
        ("residents", "civilian"),
        ("the Russian opposition leader", "Russia: opposition"),
        ("a rebel commander", "armed group"),
        ("Human Rights Watch", "civil society"),
        ("the archbishop", "church"),
        ("Reuters", "media"),
        ("the company's chief executive", "company"),
        ("the supreme court", "judiciary"),
        ("Polish police", "Poland: police"),
    ],
)
def test_a_description_tells_country_and_role(words, group):
    assert SHIPPED.group("", [words]) == group


@pytest.mark.parametrize(
    "words",
    [
        "Anna Berg",
        "the polish",
        "people familiar with the matter",
        "a source",
        "tell us",
        "president of the club",
    ],
)
def test_what_the_words_do_not_tell_is_not_guessed(words):
    assert SHIPPED.group("", [words]) == "unresolved"


def test_the_country_that_an_ambassador_is_sent_to_is_not_his():
    assert SHIPPED.group("", ["the ambassador to Russia"]) == "government"


def test_a_former_president_is_no_government():
    assert SHIPPED.group("", ["former US President"]) == "United States"


def test_a_country_from_one_description_joins_a_role_from_another():
    assert SHIPPED.group("", ["the minister", "Hungary's"]) == "Hungary: government"


def test_a_surname_that_is_a_country_or_a_role_tells_nothing():
    assert voices_of("Anna Jordan said it was late.").group == ("unresolved",)
    assert voices_of("Stephen King said it was late.").group == ("unresolved",)


def test_a_person_has_one_group_in_the_whole_article():
    rows = voices_of("Berg said the dam was old. Russian Foreign Minister Anna Berg said it would hold.")
    assert rows.group == ("Russia: government", "Russia: government")


def test_an_apposition_tells_the_group():
    assert voices_of("Anna Berg, a professor of history, said it was late.").group == ("expert",)


def test_a_role_before_a_comma_tells_the_group():
    text = "Russia's foreign minister, Anna Berg, said the dam was old."
    assert voices_of(text).group == ("Russia: government",)


def test_several_speakers_at_once_have_a_group_only_if_it_is_one():
    assert voices_of("Russian and Polish officials said it was late.").group == ("unresolved",)
    assert voices_of("Residents and students said it was late.").group == ("civilian",)


def test_a_users_entry_wins_over_the_table():
    table = GroupTable.of({"Anna Berg": "insider", "Russian": "neighbour"})
    assert table.group("Anna Berg", ["Russian Foreign Minister"]) == "insider"
    assert table.group("Orlov", ["Russian Foreign Minister"]) == "neighbour"


def test_the_longer_of_two_entries_wins():
    table = GroupTable.of({"Berg": "one", "Anna Berg": "two"})
    assert table.group("Anna Berg", []) == "two"


def test_a_users_entry_matches_whole_words_only():
    assert GroupTable.of({"Berg": "insider"}).group("Bergson", []) == "unresolved"


def test_the_order_of_a_users_entries_does_not_matter():
    entries = {"Anna": "one", "Berg": "two"}
    assert GroupTable.of(entries) == GroupTable.of(dict(reversed(entries.items())))


def test_find_voices_takes_a_users_table():
    texts = ["Anna Berg said the dam was old."]
    voices = find_voices(texts, corpus_of(*texts).tokens, groups={"Anna Berg": "insider"})
    assert voices.attributions.group == ("insider",)


def test_a_table_can_be_sent_to_another_process():
    table = GroupTable.of({"Anna Berg": "insider"})
    assert pickle.loads(pickle.dumps(table)) == table


def test_every_role_has_a_standing():
    roles = set(load_lexicon("speaker_groups").categories) - {"country"}
    assert {role for role in roles if not standing(role)} == set()


def test_a_country_alone_has_no_standing():
    assert standing("Russia") == standing("unresolved") == ""


def test_the_topic_of_an_expert_is_no_country_of_hers():
    table = GroupTable.of({})
    assert table.group("Anna Berg", ["a Russia expert"]) == "expert"
    assert table.group("Anna Berg", ["a Russian expert"]) == "Russia: expert"


def test_the_family_of_a_soldier_is_civilian():
    assert GroupTable.of({}).group("family", ["the soldier’s family"]) == "civilian"
