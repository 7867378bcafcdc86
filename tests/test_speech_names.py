"""Tests of names: runs of capitals and roles, and what tells that a person is named."""

import pytest
from hypothesis import given
from speech_examples import news_texts

from biaslens.lexicons import load_lexicon
from biaslens.matching import find_terms
from biaslens.spans import Spans
from biaslens.speech.names import find_names, spelling
from biaslens.speech.quotes import find_quotes
from biaslens.speech.scan import scan
from biaslens.tokenise import tokenise


def names_of(text):
    """Each name with its title, the name alone, and whether it is a person's."""
    tokens = tokenise([text], Spans.of([(0, 0, len(text))]) if text else Spans.of([]))
    matches = find_terms(tokens, load_lexicon("reporting_cues"))
    names = find_names(tokens, scan(tokens, find_quotes(tokens), matches, "en"), "en")
    return [
        (
            " ".join(tokens.words(names.first[row], names.last[row])),
            " ".join(tokens.words(names.own[row], names.last[row])),
            names.is_person[row],
        )
        for row in range(len(names))
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Then Foreign Minister Anna Berg left.", ("foreign minister anna berg", "anna berg", True)),
        ("then Mr Orlov left.", ("mr orlov", "orlov", True)),
        ("then Sen. Anna Berg left.", ("sen . anna berg", "anna berg", True)),
        ("then Ursula von der Leyen left.", ("ursula von der leyen", "ursula von der leyen", True)),
        ("then the State Department left.", ("state department", "", False)),
        ("then Fox News left.", ("fox news", "fox news", False)),
        ("then North Korea left.", ("north korea", "north korea", False)),
    ],
)
def test_a_name_has_a_title_and_a_name_of_its_own(text, name):
    assert name in [(first.removeprefix("then "), own, is_person) for first, own, is_person in names_of(text)]


def test_a_name_ends_with_its_sentence():
    assert [name for name, _, _ in names_of("He met Anna Berg. Boris Orlov left.")] == [
        "anna berg",
        "boris orlov",
    ]


def test_a_possessor_is_a_name_of_its_own():
    assert [name for name, _, _ in names_of("then Berg's spokesman Boris Orlov left.")] == [
        "berg's",
        "spokesman boris orlov",
    ]


def test_names_in_quotation_marks_are_none():
    assert names_of("then “Anna Berg” left.") == []


def test_spellings_of_one_name_are_one():
    pairs = [
        ("yanukovych", "yanukovich"),
        ("shevchuck", "shevchuk"),
        ("sergey", "sergei"),
        ("müller", "muller"),
    ]
    assert all(spelling(a) == spelling(b) for a, b in pairs)


@given(news_texts)
def test_names_stand_in_reading_order_and_never_overlap(text):
    tokens = tokenise([text], Spans.of([(0, 0, len(text))]) if text.strip() else Spans.of([]))
    matches = find_terms(tokens, load_lexicon("reporting_cues"))
    names = find_names(tokens, scan(tokens, find_quotes(tokens), matches, "en"), "en")
    bounds = [edge for row in range(len(names)) for edge in (names.first[row], names.last[row])]
    assert bounds == sorted(bounds)
    assert all(a <= b <= c for a, b, c in zip(names.first, names.own, names.last, strict=True))
