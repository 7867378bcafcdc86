"""Lexicons of the user: reading, matching, and the measures they become."""

import pickle
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import biaslens
from biaslens import user_lexicons
from biaslens.errors import BadData, BadSetting, UnreadableInput
from biaslens.user_lexicons import UserLexicon, read_lexicon

MOODS = {"fear": ["panic", "dread*"], "calm": ["at ease", "ease"]}


def score(text: str, *lexicons: UserLexicon) -> dict[str, float]:
    settings = biaslens.Settings(clean=False, lexicons=lexicons)
    row = biaslens.score([text], settings=settings).iloc[0]
    return {name: float(value) for name, value in row.items() if str(name).startswith(("moods", "mine"))}


def test_each_category_becomes_a_rate_per_1000_words() -> None:
    found = score("Panic spread and they were at ease.", read_lexicon(MOODS, name="moods"))
    assert found == {"moods_fear_rate": pytest.approx(1000 / 7), "moods_calm_rate": pytest.approx(1000 / 7)}


def test_a_star_matches_every_word_that_begins_so_and_a_longer_term_wins() -> None:
    found = score("Dreadful dreads, dread. At ease or ease.", read_lexicon(MOODS, name="moods"))
    assert found == {"moods_fear_rate": pytest.approx(3000 / 7), "moods_calm_rate": pytest.approx(2000 / 7)}


def test_the_longest_stem_wins() -> None:
    found = score("Dreadful.", read_lexicon({"a": ["dread*"], "b": ["dreadf*"]}, name="moods"))
    assert found == {"moods_a_rate": 0.0, "moods_b_rate": 1000.0}


def test_terms_inside_quotation_marks_do_not_count() -> None:
    found = score('"Panic," he said, but panic it was.', read_lexicon({"panic": 1}, name="moods"))
    assert found == {"moods_rate": pytest.approx(1000 / 6)}


def test_a_term_may_have_several_categories() -> None:
    found = score("Panic.", read_lexicon({"fear": ["panic"], "crowd": ["panic"]}, name="moods"))
    assert found == {"moods_fear_rate": 1000.0, "moods_crowd_rate": 1000.0}


def test_weights_that_are_no_counts_give_their_mean_over_the_listed_words() -> None:
    valence = read_lexicon({"panic": -0.5, "ease": 0.4}, name="moods")
    assert valence.kind == "mean"
    assert score("Panic, panic and ease.", valence) == {"moods_mean": pytest.approx(-0.2)}


def test_a_text_without_a_listed_word_has_no_mean() -> None:
    assert np.isnan(score("Nothing.", read_lexicon({"panic": -0.5}, name="moods"))["moods_mean"])


def test_the_lexicon_is_part_of_a_comparison_with_evidence_and_codebook() -> None:
    settings = biaslens.Settings(lexicons=[read_lexicon(MOODS, name="moods")])
    result = biaslens.compare({"A": "Panic and dreadful news.", "B": "All were at ease."}, settings=settings)
    hits = result.evidence("moods_fear_rate")
    assert hits["text"].tolist() == ["Panic", "dreadful"]
    assert hits["category"].tolist() == ["fear", "fear"]
    assert {"moods_fear_rate", "moods_calm_rate"} <= set(result.outlets["measure"])
    assert "moods" in result.signature
    assert "moods_fear_rate" in biaslens.measures(settings)["name"].tolist()


def test_a_copy_sent_to_another_process_is_the_same_lexicon() -> None:
    settings = biaslens.Settings(lexicons=[read_lexicon(MOODS, name="moods")])
    assert pickle.loads(pickle.dumps(settings)) == settings
    texts = ["Panic spread."] * 3
    local = biaslens.score(texts, settings=settings)
    assert biaslens.score(texts, settings=settings, n_jobs=2).equals(local)


def test_two_measures_of_one_name_are_refused() -> None:
    twice = [read_lexicon({"panic": 1}, name="moods"), read_lexicon({"ease": 1}, name="moods")]
    with pytest.raises(BadSetting, match="2 measures would be called 'moods_rate'"):
        biaslens.score(["x"], settings=biaslens.Settings(lexicons=twice))


def test_a_name_of_ours_is_refused() -> None:
    with pytest.raises(BadSetting, match="would be called 'loaded_rate'; name your lexicon otherwise"):
        biaslens.measures(biaslens.Settings(lexicons=[read_lexicon({"x": 1}, name="loaded")]))


def test_settings_take_lexicons_alone() -> None:
    with pytest.raises(BadSetting, match=r"lexicons is 'moods\.tsv'; it must be made of read_lexicon"):
        biaslens.Settings(lexicons=["moods.tsv"])  # type: ignore[list-item]


def test_terms_that_no_word_can_match_are_told() -> None:
    lexicon = read_lexicon({"glad": 1, ":-)": 1, "* day": 1})
    assert lexicon.skipped == (":-)", "* day")
    assert "2 skipped" in repr(lexicon)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({}, "holds no term"),
        ({":)": 1}, "holds no term"),
        ({"a": float("nan")}, "must be a finite number"),
        ({"a": "fear"}, "'a' stands for 'fear'; a lexicon is"),
        ({"c": {"a": "x"}}, "the weight of 'a' is 'x'"),
        ({"c": {"a": 1, "A": 2}}, "'a' has two weights in category 'c'"),
    ],
)
def test_a_mapping_that_is_no_lexicon_is_refused(source: dict[str, object], message: str) -> None:
    with pytest.raises(BadData, match=message):
        read_lexicon(source)


def test_a_path_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnreadableInput, match=r"no file or folder 'nowhere\.tsv'"):
        read_lexicon("nowhere.tsv")


def test_an_installed_package_brings_lexicons_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "moods_package.py").write_text("MOODS = {'fear': ['panic']}\ndef moods(): return MOODS\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    points = [
        EntryPoint("moods", "moods_package:MOODS", user_lexicons.ENTRY_POINTS),
        EntryPoint("made", "moods_package:moods", user_lexicons.ENTRY_POINTS),
    ]
    monkeypatch.setattr(user_lexicons, "entry_points", lambda group: points)
    assert read_lexicon("moods").categories == ("fear",)
    assert read_lexicon("made").name == "made"
    with pytest.raises(UnreadableInput, match="the installed lists are made, moods"):
        read_lexicon("others")


words = st.text("abc", min_size=1, max_size=3)


@given(st.lists(words, min_size=1), st.sets(words, min_size=1, max_size=4))
def test_a_rate_is_the_share_of_listed_words(text: list[str], terms: set[str]) -> None:
    lexicon = read_lexicon(dict.fromkeys(sorted(terms), 1), name="mine")
    expected = 1000 * sum(word in terms for word in text) / len(text)
    assert score(" ".join(text), lexicon)["mine_rate"] == pytest.approx(expected)


def test_one_lexicon_need_not_stand_in_a_list() -> None:
    moods = read_lexicon(MOODS, name="moods")
    assert biaslens.Settings(lexicons=moods) == biaslens.Settings(lexicons=[moods])  # type: ignore[arg-type]
