import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaslens.events import near, vectors
from biaslens.events.sketch import PAIR, Sketch, sketch_articles
from biaslens.events.vectors import TermVectors, term_vectors, term_weights
from biaslens.events.windows import Turn

MANY = 10**9
WORDS = ["kerry", "lavrov", "london", "storm", "ohio", "flood", "talks", "crimea", "vote", "night"]
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=2, max_size=8)


def sketch_of(bodies: list[str]) -> Sketch:
    return sketch_articles([""] * len(bodies), bodies)


def single(sketch: Sketch, products: int = MANY) -> TermVectors:
    return term_vectors(sketch, np.ones(len(sketch), dtype=np.int64), products)


def cosines(found: TermVectors) -> dict[tuple[int, int], float]:
    n = found.rare.shape[0]
    return {
        (int(a), int(b)): float(cosine)
        for pairs in found.near(Turn(slice(0, n), slice(0, n)), 1e-6)
        for a, b, cosine in zip(pairs.a, pairs.b, found.completed(pairs), strict=True)
    }


def by_hand(sketch: Sketch) -> np.ndarray:
    """Cosines from the weights, article by article."""
    weight = term_weights(sketch)
    bounds = list(zip(sketch.first[:-1].tolist(), sketch.first[1:].tolist(), strict=True))
    rows = [dict(zip(sketch.term[i:j].tolist(), weight[i:j].tolist(), strict=True)) for i, j in bounds]
    return np.array([[sum(one[t] * two.get(t, 0) for t in one) for two in rows] for one in rows])


def test_weights_of_an_article_have_length_one() -> None:
    sketch = sketch_articles(["Kerry meets Lavrov", "Storm hits Ohio"], ["in London", "at night"])
    squares = np.add.reduceat(term_weights(sketch) ** 2, sketch.first[:-1])
    np.testing.assert_allclose(squares, 1, rtol=1e-6)


def test_cosine_of_two_articles_by_hand() -> None:
    # "storm" is in both articles, "night" and "day" in one each; one of ten background articles holds a word.
    shared, alone = np.log(12 / (2 + 1)), np.log(12 / (1 + 1))
    expected = shared**2 / (shared**2 + alone**2)
    assert cosines(single(sketch_of(["storm, night", "storm, day"])))[0, 1] == pytest.approx(expected)


def test_a_pair_of_words_in_one_article_alone_weighs_nothing() -> None:
    sketch = sketch_of(["kerry lavrov", "storm ohio"])
    assert (term_weights(sketch)[sketch.kind == PAIR] == 0).all()


def test_a_word_in_more_than_a_tenth_of_many_articles_weighs_nothing() -> None:
    sketch = sketch_of([f"weather number{i} number{i + 1000}" for i in range(600)])
    common = np.isin(
        sketch.term, np.intersect1d(sketch.term[: sketch.first[1]], sketch.term[sketch.first[-2] :])
    )
    assert common.any()
    assert (term_weights(sketch)[common] == 0).all()


def test_articles_without_words_are_like_no_other() -> None:
    assert cosines(single(sketch_of(["", "", "storm", "storm"]))) == {(2, 3): pytest.approx(1)}


@given(texts)
def test_cosines_are_those_of_the_weights(bodies: list[str]) -> None:
    sketch = sketch_of(bodies)
    expected = by_hand(sketch)
    found = cosines(single(sketch))
    for b in range(len(bodies)):
        for a in range(b):
            assert found.get((a, b), 0.0) == pytest.approx(min(expected[a, b], 1.0), abs=2e-6)


@settings(max_examples=50)
@given(texts)
def test_frequent_terms_complete_what_rare_ones_find(bodies: list[str]) -> None:
    sketch = sketch_of(bodies * 20)
    exact, split = cosines(single(sketch)), single(sketch, products=0)
    found = cosines(split)
    assert set(found) <= set(exact)
    for pair, cosine in found.items():
        assert cosine == pytest.approx(exact[pair], abs=2e-6)


def test_without_products_to_spend_terms_of_more_than_fifty_articles_only_complete() -> None:
    # Of 900 articles 60 hold this word: more than fifty, and fewer than a tenth.
    bodies = [f"night{i // 2}, ohio" if i < 60 else f"night{i // 2}" for i in range(900)]
    assert single(sketch_of(bodies[:50]), products=0).common is None
    split = single(sketch_of(bodies), products=0)
    assert split.common is not None
    assert split.common.shape[1] == 1
    assert split.found_share == vectors.RARE_SHARE


@given(texts, st.integers(1, 5))
def test_the_cosine_of_two_events_is_that_of_their_mean_vectors(bodies: list[str], n_first: int) -> None:
    n_first = min(n_first, len(bodies) - 1)
    sketch = sketch_of(bodies)
    cosine = by_hand(sketch)
    one, two = slice(0, n_first), slice(n_first, None)
    inside = np.sqrt(cosine[one, one].sum() * cosine[two, two].sum())
    expected = cosine[one, two].sum() / inside if inside else 0.0
    found = cosines(term_vectors(sketch, np.array([n_first, len(bodies) - n_first]), MANY))
    assert found.get((0, 1), 0.0) == pytest.approx(min(expected, 1.0), abs=5e-6)


def test_large_products_are_made_in_parts(monkeypatch) -> None:
    sketch = sketch_of(["kerry lavrov", "lavrov kerry", "storm ohio", "ohio storm"])
    whole = cosines(single(sketch))
    monkeypatch.setattr(vectors, "PRODUCT_CELLS", 1)
    monkeypatch.setattr(near, "PAIRS_AT_A_TIME", 1)
    assert cosines(single(sketch)) == whole


def test_no_articles_have_no_vectors() -> None:
    assert single(sketch_of([])).rare.shape[0] == 0
