"""Tests of the lines of war and peace journalism."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_examples import corpus_of, news_texts

from biaslens.attributions import Voices
from biaslens.codebook import Corpus
from biaslens.lexicons import load_lexicon
from biaslens.measuring.war_peace import WAR_PEACE, elite_words, party_of, role_of, third_parties

LINE = {measure.name: measure for measure in WAR_PEACE}
LEXICON = load_lexicon("war_peace")
BY_WORDS = [measure.name for measure in WAR_PEACE if measure.kind == "rate"]
GROUPS = (
    "Russia: government",
    "Ukraine: military",
    "Ukraine: civilian",
    "expert",
    "Russia",
    "unresolved",
    "media",
)
THREE = "Orlov said the dam was old. Berg said the dam was new. Ivanov said the dam of old was weak."


def hits(line: str, text: str) -> list[str]:
    """The words that a line counts in a text."""
    return LINE[line].count(corpus_of(text)).hits.spans.slices([text])


def voiced(text: str, *groups: str) -> Corpus:
    """A corpus whose attributions have these groups."""
    corpus = corpus_of(text)
    found = corpus.voices
    assert len(found.attributions) == len(groups)
    voices = Voices(replace(found.attributions, group=groups), found.voice, found.marks_missing)
    return Corpus(corpus.texts, corpus.kept, corpus.tokens, voices, "en")


def counts(measure, corpus: Corpus) -> tuple[int, int]:
    counted = measure(corpus)
    return int(counted.total[0]), int(counted.exposure[0])


@pytest.mark.parametrize(
    ("line", "text", "found"),
    [
        (
            "visible_effects_rate",
            "Twelve people were killed and a bridge destroyed.",
            ["killed", "destroyed"],
        ),
        ("visible_effects_rate", "The death toll rose.", ["death toll"]),
        (
            "invisible_effects_rate",
            "Refugees mourned the loss of livelihoods.",
            ["Refugees", "mourned", "livelihoods"],
        ),
        ("demonising_rate", "The ruthless tyrant fled.", ["ruthless", "tyrant"]),
        ("victimising_rate", "Helpless families told of their plight.", ["Helpless", "plight"]),
        ("emotive_rate", "The massacre was a bloodbath.", ["massacre", "bloodbath"]),
        ("good_evil_rate", "It was a valiant stand against evil.", ["valiant", "evil"]),
        ("us_them_rate", "Our troops met the enemy.", ["Our troops", "enemy"]),
        ("zero_sum_rate", "The army retook the town and claimed victory.", ["retook", "victory"]),
        (
            "solution_rate",
            "Mediators proposed a ceasefire and peace talks.",
            ["Mediators", "ceasefire", "peace talks"],
        ),
        ("here_and_now_rate", "Fighting went on overnight.", ["overnight"]),
        (
            "background_rate",
            "The conflict has its root causes in colonial rule.",
            ["root causes", "colonial rule"],
        ),
    ],
)
def test_a_line_counts_its_words(line, text, found):
    assert hits(line, text) == found


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("visible_effects_rate", "He faces the death penalty, and talks are at a dead end."),
        ("solution_rate", "She found peace of mind during budget negotiations."),
        ("here_and_now_rate", "For now, and until now, nobody knows."),
        ("background_rate", "It was the largest storm in U.S. history, in the 21st century."),
        ("zero_sum_rate", "After the election victory she gave a victory speech."),
        ("demonising_rate", "His father had fled Nazi Germany."),
        ("us_them_rate", "The secretary of homeland security spoke."),
        ("emotive_rate", "A museum of the Holocaust will open."),
    ],
)
def test_phrases_with_another_sense_count_nowhere(line, text):
    assert hits(line, text) == []


@pytest.mark.parametrize("line", BY_WORDS)
def test_words_inside_quotation_marks_are_the_speakers(line):
    words = "A brutal enemy massacred helpless heroes: victory, peace, refugees, death and history now"
    text = f'"{words}," he said.'
    assert hits(line, text) == []


def test_the_base_is_words_outside_quotation_marks():
    assert counts(LINE["emotive_rate"].count, corpus_of('The "quiet" massacre.')) == (1, 2)


@given(st.lists(st.sampled_from(LEXICON.term), max_size=12).map(" and ".join), news_texts)
def test_no_word_counts_in_two_lines(terms, text):
    corpus = corpus_of(terms, text)
    places = [
        (row, start)
        for name in BY_WORDS
        for spans in [LINE[name].count(corpus).hits.spans]
        for row, start in zip(spans.article.tolist(), spans.start.tolist(), strict=True)
    ]
    assert len(places) == len(set(places))


def test_every_category_but_the_asides_belongs_to_one_line():
    used = [category for name in BY_WORDS for category in _categories(name)]
    assert sorted(used) == sorted(set(LEXICON.categories) - {"aside"})


def _categories(name: str) -> set[str]:
    text = ". ".join(dict.fromkeys(LEXICON.term))
    return set(LINE[name].count(corpus_of(text)).hits.category)


def test_every_term_weighs_one():
    assert set(LEXICON.weight.tolist()) == {1}


def test_elite_share_is_words_of_officials_by_words_of_known_roles():
    corpus = voiced(THREE, "Russia: government", "Ukraine: civilian", "unresolved")
    # "The dam was old" and "the dam was new" have four words each.
    assert counts(elite_words, corpus) == (4, 8)
    assert elite_words(corpus).hits.spans.slices([THREE]) == ["the dam was old"]


@pytest.mark.parametrize("groups", [("Russia", "unresolved", ""), ("unresolved",) * 3])
def test_without_a_known_role_there_is_no_elite_share(groups):
    assert counts(elite_words, voiced(THREE, *groups)) == (0, 0)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (("Russia: government", "Ukraine: military", "expert"), (1, 3)),
        (("Russia: government", "Russia: military", "Ukraine: military"), (0, 3)),
        (("Russia: government", "Ukraine: military", "unresolved"), (0, 2)),
        (("unresolved",) * 3, (0, 0)),
    ],
)
def test_third_parties_are_all_but_the_two_most_voiced(groups, expected):
    assert counts(third_parties, voiced(THREE, *groups)) == expected


def test_of_equally_voiced_parties_the_first_two_in_the_alphabet_lead():
    corpus = voiced(THREE, "media", "expert", "Russia")
    assert third_parties(corpus).hits.category == ("media",)


@given(st.lists(st.sampled_from(GROUPS), min_size=3, max_size=3))
def test_shares_of_voices_lie_between_0_and_1_and_have_their_evidence(groups):
    corpus = voiced(THREE, *groups)
    for measure in (elite_words, third_parties):
        counted = measure(corpus)
        assert 0 <= counted.total[0] <= counted.exposure[0]
        assert counted.hits.totals(1).tolist() == counted.total.tolist()


@given(news_texts)
def test_any_text_can_be_measured(text):
    for measure in WAR_PEACE:
        counted = measure.count(corpus_of(text))
        assert (counted.total >= 0).all()
        assert (counted.exposure >= 0).all()


def test_a_group_has_a_role_and_a_party():
    assert [role_of(group) for group in GROUPS] == [
        "government",
        "military",
        "civilian",
        "expert",
        "",
        "",
        "media",
    ]
    assert [party_of(group) for group in GROUPS] == [
        "Russia",
        "Ukraine",
        "Ukraine",
        "expert",
        "Russia",
        "",
        "media",
    ]


@pytest.mark.parametrize("measure", WAR_PEACE, ids=lambda measure: measure.name)
def test_a_line_says_what_it_is_and_what_it_misses(measure):
    for text in (
        measure.unit,
        measure.formula,
        measure.citation,
        measure.caveat,
        measure.figure,
        measure.misses,
    ):
        assert text
    assert measure.family == "war and peace"


def test_there_are_thirteen_lines_and_no_index():
    assert len(LINE) == len(WAR_PEACE) == 13
