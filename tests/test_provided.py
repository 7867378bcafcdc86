import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from biaslens.errors import BadSetting
from biaslens.events.group import Grouping, group_articles
from biaslens.events.near import Source
from biaslens.events.provided import Embeddings, SimilarityMatrix
from biaslens.events.sketch import sketch_articles
from biaslens.settings import Settings

DATES = np.array(["2014-03-14", "2014-03-14", "2014-03-15", "2014-03-16", "NaT", "2014-05-01"], "M8[D]")
VECTORS = np.array(
    [[1, 0, 0.1], [0, 1, 0], [0.9, 0.1, 0], [0, 0.8, 0.2], [1, 0, 0], [1, 0.3, 0]], dtype=float
)
HIGH = Settings(event_similarity=0.45, story_similarity=0.3)


def group(similarity: Source | None, dates: np.ndarray = DATES, settings: Settings = HIGH) -> Grouping:
    texts = [f"word{i}" for i in range(len(dates))]
    return group_articles(sketch_articles(texts, texts), dates, [""] * len(dates), settings, similarity)


def cosines(vectors: np.ndarray) -> np.ndarray:
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.clip(unit @ unit.T, 0, 1)


def test_articles_with_near_embeddings_and_dates_are_one_event() -> None:
    event = group(Embeddings(VECTORS)).event
    assert event[0] == event[2] == event[4]
    assert event[1] == event[3]
    assert len(set(event[[0, 1, 5]].tolist())) == 3


def test_without_embeddings_these_articles_have_nothing_in_common() -> None:
    assert len(set(group(None).event.tolist())) == 6


def test_an_embedding_of_zeros_is_like_no_other() -> None:
    assert group(Embeddings(np.zeros((6, 3)))).event.max() == 5


@pytest.mark.parametrize("as_matrix", [np.asarray, csr_array])
def test_a_matrix_of_cosines_groups_as_the_embeddings_do(as_matrix) -> None:
    expected, found = group(Embeddings(VECTORS)), group(SimilarityMatrix(as_matrix(cosines(VECTORS))))
    assert found.event.tolist() == expected.event.tolist()
    assert found.story.tolist() == expected.story.tolist()
    np.testing.assert_allclose(found.confidence, expected.confidence, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)))
def test_rows_go_with_their_articles(rows: list[int]) -> None:
    texts = [f"word{i}" for i in rows]
    sketch = sketch_articles(texts, texts)
    for similarity in (Embeddings(VECTORS[rows]), SimilarityMatrix(cosines(VECTORS)[np.ix_(rows, rows)])):
        shuffled = group_articles(sketch, DATES[rows], [""] * 6, HIGH, similarity)
        assert shuffled.event.tolist() == group(Embeddings(VECTORS)).event[rows].tolist()


def test_large_products_are_made_in_parts(monkeypatch) -> None:
    whole = group(Embeddings(VECTORS)).confidence
    monkeypatch.setattr("biaslens.events.provided.PRODUCT_CELLS", 1)
    np.testing.assert_array_equal(group(Embeddings(VECTORS)).confidence, whole)


def test_a_similarity_of_another_length_is_refused() -> None:
    with pytest.raises(BadSetting, match="has 2 rows for 6 articles; it needs one row"):
        group(Embeddings(VECTORS[:2]))


@pytest.mark.parametrize("values", [np.zeros(3), np.array([[np.nan]])])
def test_embeddings_that_are_none_are_refused(values: np.ndarray) -> None:
    with pytest.raises(BadSetting, match="finite numbers in one row per article"):
        Embeddings(values)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.zeros((2, 3)), "must be square"),
        (np.array([[1, 2.0], [2.0, 1]]), "outside 0 to 1"),
        (np.array([[1, np.nan], [np.nan, 1]]), "outside 0 to 1"),
        (np.array([[1, 0.5], [0.1, 1]]), "not symmetric"),
    ],
)
def test_a_matrix_that_is_none_of_similarities_is_refused(values: np.ndarray, message: str) -> None:
    with pytest.raises(BadSetting, match=message):
        SimilarityMatrix(values)
