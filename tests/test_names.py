"""Names without the titles before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_examples import corpus_of, news_texts

from biaslens.stats.names import find_names, plain_name, plain_source


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("U.S.", "us"),
        ("the United Nations", "united nations"),
        ("Putin’s", "putin"),
        ("Mr. Putin", "putin"),
        ("New York Gov. Andrew Cuomo", "andrew cuomo"),
        ("House Speaker Nancy Pelosi", "nancy pelosi"),
        ("President of the United States Joe Biden", "states joe biden"),
        ("Prime Minister", ""),
        ("Secretary of State", ""),
        ("Attorney General Bill Barr", "bill barr"),
        ("Martin Luther King", "martin luther king"),
        ("Soviet-era", "soviet"),
        ("Jean-Pierre", "jean-pierre"),
    ],
)
def test_the_key_of_a_name_is_what_its_variants_share(text: str, key: str) -> None:
    assert plain_name(text, "en").key == key


@pytest.mark.parametrize(
    ("speaker", "name"),
    [
        ("Kremlin spokesman Dmitry Peskov", "Dmitry Peskov"),
        ("Washington. Biden", "Biden"),
        ("U.S. officials", ""),
        ("He", ""),
        ("retired Gen. Robert Abrams", "Robert Abrams"),
        ("Institute for the Study of War", "Institute for the Study of War"),
    ],
)
def test_a_source_has_the_name_that_ends_its_description(speaker: str, name: str) -> None:
    assert plain_source(speaker, "en").text == name


@given(st.lists(news_texts, min_size=1, max_size=3))
def test_runs_of_names_are_apart_and_inside_one_sentence(texts: list[str]) -> None:
    tokens = corpus_of(*texts).tokens
    runs = find_names(tokens, "en")
    assert (runs.first < runs.last).all()
    assert (runs.last[:-1] <= runs.first[1:]).all()
    assert (tokens.sentence[runs.first] == tokens.sentence[runs.last - 1]).all()
