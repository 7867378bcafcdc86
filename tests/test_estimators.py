"""The scikit-learn face."""

import pickle

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.base import clone
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline

import biaslens
from biaslens.errors import BadSetting, UnreadableInput
from biaslens.estimators import BoilerplateStripper, EventGrouper, FramingFeatures

TEXTS = ["The brutal regime lied.\nShare", "Officials said the talks had ended.", "Floods hit Ohio."]


@pytest.mark.parametrize("estimator", [BoilerplateStripper, FramingFeatures, EventGrouper])
def test_it_clones_and_pickles_with_its_settings(estimator: type) -> None:
    made = estimator(settings=biaslens.Settings(seed=3))
    assert clone(made).get_params() == made.get_params()
    assert pickle.loads(pickle.dumps(made.fit(TEXTS))).settings.seed == 3


@pytest.mark.parametrize("estimator", [BoilerplateStripper, FramingFeatures])
def test_a_single_text_is_refused(estimator: type) -> None:
    with pytest.raises(UnreadableInput, match=r"one text goes in as \[text\]"):
        estimator().fit("a text")


def test_features_have_names_and_agree_with_score() -> None:
    features = FramingFeatures().fit(TEXTS)
    names = features.get_feature_names_out()
    table = biaslens.score(TEXTS)
    assert np.array_equal(features.transform(TEXTS), table[list(names)].to_numpy(), equal_nan=True)


def test_features_come_as_a_frame_where_asked_for() -> None:
    frame = FramingFeatures().set_output(transform="pandas").fit_transform(TEXTS)
    assert "loaded_rate" in frame.columns


def test_the_steps_work_in_a_pipeline() -> None:
    pipeline = make_pipeline(
        BoilerplateStripper(), FramingFeatures(), SimpleImputer(keep_empty_features=True)
    )
    assert np.isfinite(pipeline.fit_transform(TEXTS)).all()


def test_events_are_numbered_in_order_of_their_first_text() -> None:
    labels = EventGrouper().fit_predict(
        ["Storm hits Ohio coast.", "Kerry meets Lavrov.", "Ohio coast hit by storm."]
    )
    assert labels.tolist() == [0, 1, 0]


def alike() -> np.ndarray:
    """Texts 0 and 2 are alike, 1 is not."""
    return np.array([[1, 0, 0.8], [0, 1, 0], [0.8, 0, 1]])


def test_events_come_from_a_similarity_of_your_own() -> None:
    grouper = EventGrouper(biaslens.Settings(event_similarity=0.5), affinity="precomputed")
    assert grouper.fit_predict(alike()).tolist() == [0, 1, 0]
    assert grouper.fit_predict(csr_array(alike())).tolist() == [0, 1, 0]


def test_events_come_from_embeddings_of_your_own() -> None:
    grouper = EventGrouper(biaslens.Settings(event_similarity=0.5), affinity="embeddings")
    assert grouper.fit_predict([[1.0, 0.0], [0.0, 1.0], [1.0, 0.1]]).tolist() == [0, 1, 0]


def test_dates_part_what_a_similarity_joins() -> None:
    grouper = EventGrouper(biaslens.Settings(event_similarity=0.5), affinity="precomputed")
    far = ["2014-03-10", "2014-03-10", "2014-06-10"]
    assert grouper.fit_predict(alike(), dates=far).tolist() == [0, 1, 2]


def test_a_similarity_of_your_own_needs_a_threshold_of_your_own() -> None:
    with pytest.raises(BadSetting, match="event_similarity"):
        EventGrouper(affinity="precomputed").fit(alike())


def test_an_unknown_affinity_is_refused() -> None:
    with pytest.raises(BadSetting, match="'cosine'; it can be 'terms', 'embeddings', 'precomputed'"):
        EventGrouper(affinity="cosine").fit(TEXTS)


@pytest.mark.parametrize("affinity", ["terms", "precomputed"])
def test_each_row_needs_a_date_where_there_are_dates(affinity: str) -> None:
    grouper = EventGrouper(biaslens.Settings(event_similarity=0.5), affinity=affinity)
    rows = TEXTS if affinity == "terms" else alike()
    with pytest.raises(BadSetting, match="1 dates for 3 rows"):
        grouper.fit(rows, dates=["2014-03-10"])
