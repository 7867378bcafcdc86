"""Sentences as numbers, and the way back to their words."""

from itertools import pairwise

import numpy as np
import pytest

from biaslens.errors import BadSetting
from biaslens.sentence_features import Described, SentenceFeatures, describe
from biaslens.settings import Settings

SENTENCES = ["The brutal regime lied.", "Talks may end on Monday.", 'A "peace" regime.'] * 8


def described(*sentences: str) -> Described:
    return describe(sentences, Settings())


def found(one: Described) -> set[tuple[str, str]]:
    return set(zip(one.hits.category, one.hits.spans.slices(one.articles.text), strict=True))


def fitted() -> SentenceFeatures:
    return SentenceFeatures().fit(described(*SENTENCES), np.arange(len(SENTENCES)))


def test_loaded_words_count_in_any_voice_and_measures_in_their_own() -> None:
    own, quoted = found(described("A brutal plan.")), found(described('"A brutal plan," he said.'))
    assert {text for name, text in own if name.startswith("loaded: ")} == {"brutal"}
    assert {text for name, text in quoted if name.startswith("loaded: ")} == {"brutal"}
    assert {text for name, text in own if name.startswith("loaded_rate: ")} == {"brutal"}
    assert not {text for name, text in quoted if name.startswith("loaded_rate: ")}


def test_numbers_are_letters_then_hits() -> None:
    features = fitted()
    numbers = features.transform(described("The regime."), np.array([0])).toarray()[0]
    n_letters = len(features.letters_.vocabulary_)
    assert len(numbers) == n_letters + len(features.hit_scale_)
    assert np.isclose(np.linalg.norm(numbers[:n_letters]), 1)


@pytest.mark.parametrize(("n_sentences", "is_feature"), [(4, False), (5, True)])
def test_a_hit_that_is_rare_in_training_is_no_feature(n_sentences: int, is_feature: bool) -> None:
    several = described(*["Talks end."] * 15, *["Talks may end."] * 6)
    features = SentenceFeatures().fit(several, np.arange(15 + n_sentences))
    assert any(name.startswith("hedge") for name in features.hit_scale_) == is_feature


def test_a_hit_is_divided_by_its_root_mean_square() -> None:
    several = described(*["Talks end."] * 12, *["Talks may end."] * 3, *["Talks may or might end."] * 6)
    features = SentenceFeatures().fit(several, np.arange(21))
    (scale,) = (scale for name, scale in features.hit_scale_.items() if name.startswith("hedge"))
    # Squares of 0, 1 and 2 hits: 3 * 1 + 6 * 4 = 27 in 21 sentences.
    assert scale == pytest.approx(0.05 / (27 / 21) ** 0.5)


def test_only_the_rows_asked_for_are_learned_from() -> None:
    several = described(*["Talks end."] * 2, *["xyzzy xyzzy"] * 2)
    features = SentenceFeatures().fit(several, np.array([0, 1]))
    assert "xyz" not in features.letters_.vocabulary_


def test_sentences_in_company_have_the_numbers_they_have_alone() -> None:
    features = fitted()
    together = features.transform(described(*SENTENCES[:3]), np.arange(3)).toarray()
    for row, sentence in enumerate(SENTENCES[:3]):
        alone = features.transform(described(sentence), np.array([0])).toarray()[0]
        assert np.allclose(together[row], alone)


@pytest.mark.parametrize(
    "sentence", ["The brutal, brutal regime may talk.", "", " \t ", "İstanbul ﬁrst", "a"]
)
def test_the_parts_of_a_sentence_sum_to_its_numbers_by_the_coefficients(sentence: str) -> None:
    features, one = fitted(), described(sentence)
    numbers = features.transform(one, np.array([0])).toarray()[0]
    coef = np.random.default_rng(0).normal(size=len(numbers))
    parts = features.parts(one, coef)
    assert np.isclose(sum(part.contribution for part in parts), numbers @ coef)


def test_parts_stand_where_their_words_stand() -> None:
    features, one = fitted(), described("The brutal regime lied.")
    parts = features.parts(one, np.ones(features.transform(one, np.array([0])).shape[1]))
    text = one.articles.text[0]
    letters = [text[part.start : part.end] for part in parts if part.kind == "letters"]
    assert letters == ["The", "brutal", "regime", "lied."]
    hits = {text[part.start : part.end] for part in parts if part.kind == "hit"}
    assert {"brutal", "regime"} <= hits
    assert all(a.start <= b.start for a, b in pairwise(parts))


def test_sentences_without_letters_in_common_cannot_be_learned_from() -> None:
    with pytest.raises(BadSetting, match="The 2 sentences to learn from have no letters in common"):
        SentenceFeatures().fit(describe(["", " "], Settings()), np.arange(2))
