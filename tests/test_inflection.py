"""Tests of English inflection by rule."""

import pytest

from biaslens.inflection import inflections
from biaslens.lexicons import load_lexicon


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("claim", {"claim", "claims", "claimed", "claiming"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("accuse", {"accuse", "accuses", "accused", "accusing"}),
        ("slam", {"slam", "slams", "slammed", "slamming"}),
        ("warn", {"warn", "warns", "warned", "warning"}),
        ("vie", {"vie", "vies", "vied", "vying"}),
        ("veto", {"veto", "vetos", "vetoes", "vetoed", "vetoing"}),
        ("panic", {"panic", "panics", "panicked", "panicking"}),
        ("label", {"label", "labels", "labeled", "labelled", "labeling", "labelling"}),
        ("reveal", {"reveal", "reveals", "revealed", "revealing"}),
        ("obey", {"obey", "obeys", "obeyed", "obeying"}),
    ],
)
def test_a_regular_verb_gets_its_spelling_right(verb, expected):
    assert set(inflections(verb, "verb", {})) == expected


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("spokesman", "spokesmen"), ("ministry", "ministries"), ("crisis", "crises"), ("witness", "witnesses")],
)
def test_a_noun_gets_its_plural(noun, plural):
    assert inflections(noun, "noun", {}) == (noun, plural)


def test_a_human_is_no_man():
    assert inflections("human", "noun", {}) == ("human", "humans")


def test_an_adjective_stays_as_it_is():
    assert inflections("ruthless", "adj", {}) == ("ruthless",)


def test_words_in_ize_and_yze_also_come_with_s():
    assert "emphasised" in inflections("emphasize", "verb", {})
    assert "paralysing" in inflections("paralyze", "verb", {})


@pytest.mark.parametrize("word", ["seize", "citizen", "prize", "size"])
def test_a_z_that_is_no_suffix_stays(word):
    assert inflections(word, "noun", {})[0::2] == (word,)


def test_irregular_verbs_and_final_stress_come_from_the_data():
    forms = load_lexicon("reporting_cues").forms
    for word in ("said", "written", "told", "admitted", "admitting", "swore", "sworn"):
        assert (word,) in forms
    assert ("sayed",) not in forms
    assert ("made", "clear") in forms
