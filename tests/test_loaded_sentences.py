"""The classifier of loaded sentences."""

import pickle
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.utils import estimator_checks

from biaslens import loaded_sentences
from biaslens.errors import BadSetting, UnreadableInput
from biaslens.loaded_sentences import LoadedSentenceClassifier
from biaslens.settings import Settings

LOADED = [
    "The brutal regime lied to its people.", "A vile and shameful scheme collapsed.",
    "This absurd, corrupt circus went on.", "Their reckless smear was a disgrace.",
    "The shameless tyrant raged again.", "An outrageous, cruel farce unfolded.",
]  # fmt: skip
PLAIN = [
    "The ministers met on Monday.", "Talks will go on in May, officials said.", "The vote is on Friday.",
    "The report was published in June.", "Officials said the road was open.", "The council met in Geneva.",
]  # fmt: skip
SENTENCES = [f"{sentence} {place}" for place in ("Rome", "Oslo", "Lima") for sentence in LOADED + PLAIN]
LABELS = ["loaded"] * 6 + ["plain"] * 6


def fit(**changed: object) -> LoadedSentenceClassifier:
    return LoadedSentenceClassifier(**changed).fit(SENTENCES, LABELS * 3)


@cache
def shared_model() -> LoadedSentenceClassifier:
    return fit()


@pytest.fixture
def model() -> LoadedSentenceClassifier:
    return shared_model()


def test_it_learns_the_labels_it_is_given(model: LoadedSentenceClassifier) -> None:
    assert model.classes_.tolist() == ["loaded", "plain"]
    assert (
        model.predict(["A shameful, brutal lie.", "Ministers met on Friday."]).tolist()
        == model.classes_.tolist()
    )


def test_probabilities_are_those_of_the_decision(model: LoadedSentenceClassifier) -> None:
    probability, decision = model.predict_proba(SENTENCES), model.decision_function(SENTENCES)
    assert np.allclose(probability.sum(axis=1), 1)
    assert np.allclose(np.log(probability[:, 1] / probability[:, 0]), decision)
    assert np.array_equal(model.predict(SENTENCES) == "plain", decision > 0)


@pytest.mark.parametrize("sentence", ['The regime "lied", officials said.', "", "  \n", "donâ€™t lie", "😀"])
def test_contributions_sum_to_the_decision(model: LoadedSentenceClassifier, sentence: str) -> None:
    assert np.isclose(model.explain(sentence)["contribution"].sum(), model.decision_function([sentence])[0])


# Any text at all, control characters and wrongly decoded ones included.
@given(st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_contributions_of_any_text_sum_and_stand_inside_it(sentence: str) -> None:
    fitted = shared_model()
    table = fitted.explain(sentence)
    assert np.isclose(table["contribution"].sum(), fitted.decision_function([sentence])[0])
    assert [sentence[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == list(table["text"])


def test_each_contribution_says_which_characters_it_comes_from(model: LoadedSentenceClassifier) -> None:
    table = model.explain("The brutal regime lied.")
    assert set(table["kind"]) == {"intercept", "letters", "hit"}
    letters = table[table["kind"] == "letters"]
    assert letters["text"].tolist() == ["The", "brutal", "regime", "lied."]
    assert "brutal" in table.loc[table["kind"] == "hit", "text"].tolist()


def test_spans_are_of_the_sentence_as_it_came(model: LoadedSentenceClassifier) -> None:
    table = model.explain("We donâ€™t lie.")
    assert table.loc[table["kind"] == "letters", "text"].tolist() == ["We", "donâ€™t", "lie."]


def test_loaded_words_speak_for_loaded(model: LoadedSentenceClassifier) -> None:
    added = model.explain("A shameful plan for Monday.").groupby("text")["contribution"].sum()
    assert added["shameful"] < 0 < added["Monday."]


def test_the_order_of_sentences_does_not_matter() -> None:
    order = np.random.default_rng(0).permutation(len(SENTENCES))
    groups = np.repeat(["Rome", "Oslo", "Lima"], 12)
    labels = np.array(LABELS * 3)
    one = LoadedSentenceClassifier(strength=1.0).fit(SENTENCES, labels, groups=groups)
    other = clone(one).fit([SENTENCES[i] for i in order], labels[order], groups=groups[order])
    assert np.array_equal(one.coef_, other.coef_)
    assert one.intercept_ == other.intercept_


def test_the_penalty_is_chosen_from_those_tried(model: LoadedSentenceClassifier) -> None:
    assert model.strength_ in loaded_sentences.STRENGTHS
    assert fit(strength=3.0).strength_ == 3.0


def test_no_group_is_learned_from_and_tested_on_at_once() -> None:
    groups = np.repeat([0, 1, 2, 3], 5)
    for learned, held_out in loaded_sentences._folds(np.arange(20) % 2, groups, seed=0):
        assert not set(groups[learned]) & set(groups[held_out])


def test_every_sentence_is_held_out_once() -> None:
    folds = loaded_sentences._folds(np.arange(30) % 2, np.repeat(np.arange(10), 3), seed=0)
    assert sorted(np.concatenate([held_out for _, held_out in folds]).tolist()) == list(range(30))


def test_the_seed_changes_the_folds() -> None:
    label, group = np.arange(40) % 2, np.arange(40)
    first, second = (loaded_sentences._folds(label, group, seed)[0][1] for seed in (0, 1))
    assert first.tolist() != second.tolist()


def test_calibration_finds_the_line_that_made_the_labels() -> None:
    rng = np.random.default_rng(0)
    decision = rng.normal(size=20_000)
    label = (rng.random(20_000) < 1 / (1 + np.exp(-(2 * decision + 1)))).astype(int)
    line = loaded_sentences._calibrate(1.0, decision, label)
    assert line.slope == pytest.approx(2, abs=0.1)
    assert line.offset == pytest.approx(1, abs=0.1)


def test_decisions_that_point_the_wrong_way_give_the_share_of_each_label() -> None:
    label = np.array([0, 0, 0, 1] * 5)
    line = loaded_sentences._calibrate(1.0, -label.astype(float), label)
    assert line.slope == 0
    assert 1 / (1 + np.exp(-line.offset)) == pytest.approx(0.25)


def test_labels_may_be_numbers_or_truth_values() -> None:
    for labels in ([1] * 6 + [0] * 6, [True] * 6 + [False] * 6):
        fitted = LoadedSentenceClassifier(strength=1.0).fit(SENTENCES[:12], labels)
        assert fitted.predict(SENTENCES[:12]).tolist() == labels


def test_columns_of_a_frame_are_fine() -> None:
    frame = pd.DataFrame({"text": SENTENCES, "label": LABELS * 3})
    fitted = LoadedSentenceClassifier(strength=1.0).fit(frame["text"], frame["label"])
    assert fitted.score(frame["text"], frame["label"]) == 1.0


def test_it_works_inside_cross_validation() -> None:
    probability = cross_val_predict(
        LoadedSentenceClassifier(strength=1.0), SENTENCES, LABELS * 3, groups=np.repeat([0, 1, 2], 12),
        cv=GroupKFold(3), method="predict_proba",
    )  # fmt: skip
    assert probability.shape == (36, 2)


def test_it_clones_with_what_it_was_given() -> None:
    copied = clone(LoadedSentenceClassifier(strength=2.0, settings=Settings(seed=3)))
    assert copied.get_params() == {"strength": 2.0, "settings": Settings(seed=3)}


def test_it_pickles_fitted(model: LoadedSentenceClassifier) -> None:
    again = pickle.loads(pickle.dumps(model))
    assert np.array_equal(again.decision_function(SENTENCES), model.decision_function(SENTENCES))


@pytest.mark.parametrize(
    "check",
    [
        "check_parameters_default_constructible",
        "check_get_params_invariance",
        "check_set_params",
        "check_no_attributes_set_in_init",
    ],
)
def test_it_keeps_the_rules_of_scikit_learn(check: str) -> None:
    getattr(estimator_checks, check)("LoadedSentenceClassifier", LoadedSentenceClassifier())


def test_it_must_be_fitted_first() -> None:
    with pytest.raises(NotFittedError, match="not fitted yet"):
        LoadedSentenceClassifier().predict(["a"])


@pytest.mark.parametrize(
    ("sentences", "message"),
    [
        ("one sentence", r"one goes in as \[sentence\]"),
        (5, r"X must be several sentences"),
        (["a", None], r"X\[1\] is of type NoneType"),
        ([], "X holds no sentence"),
    ],
)
def test_what_is_no_list_of_sentences_is_refused(
    model: LoadedSentenceClassifier, sentences: object, message: str
) -> None:
    with pytest.raises(UnreadableInput, match=message):
        model.predict(sentences)
    with pytest.raises(UnreadableInput, match=message):
        LoadedSentenceClassifier().fit(sentences, [0, 1])


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([1] * 12, r"y holds 1 different labels \(1\); it must hold two"),
        ([0, 1, 2] * 4, r"y holds 3 different labels \(0, 1, 2\)"),
        ([0, 1], r"y has shape \(2,\) for 12 sentences"),
        ([[0, 1]] * 12, r"y has shape \(12, 2\)"),
        (
            [0, 1] * 5 + [1, float("nan")],
            r"y is missing for 1 of 12 sentences, the first of them at place 11",
        ),
        ([None] + ["a", "b"] * 5 + ["b"], "y is missing for 1 of 12 sentences"),
        ([1] + [0] * 11, "1 sentences of the rarer label"),
    ],
)
def test_labels_that_cannot_be_learned_are_refused(labels: list[object], message: str) -> None:
    with pytest.raises(BadSetting, match=message):
        LoadedSentenceClassifier().fit(SENTENCES[:12], labels)


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (["all"] * 12, "There are 1 groups"),
        (LABELS, "Without one part of the groups, all sentences have the same label"),
        ([1, 2], r"groups has shape \(2,\) for 12 sentences"),
        ([None] * 12, "groups is missing for 12 of 12"),
    ],
)
def test_groups_that_cannot_be_held_out_are_refused(groups: list[object], message: str) -> None:
    with pytest.raises(BadSetting, match=message):
        LoadedSentenceClassifier().fit(SENTENCES[:12], LABELS, groups=groups)


@pytest.mark.parametrize("strength", [0, -1.0, float("nan")])
def test_a_strength_must_be_above_0(strength: float) -> None:
    with pytest.raises(BadSetting, match="it must be above 0"):
        LoadedSentenceClassifier(strength=strength).fit(SENTENCES, LABELS * 3)
