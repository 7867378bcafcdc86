import numpy as np

from biaslens.events import similarity
from biaslens.events.similarity import as_days, similarity_graph, term_weights, unit_vectors
from biaslens.events.sketch import sketch_articles

MEETING = "talks between John Kerry and Sergei Lavrov on the referendum in Crimea"


def graph_of(bodies: list[str], dates: list[str], scale_days: float = 3.0) -> similarity.Graph:
    sketch = sketch_articles([""] * len(bodies), bodies)
    return similarity_graph(sketch, as_days(np.array(dates, "M8[D]")), scale_days)


def test_weights_of_an_article_have_length_one() -> None:
    sketch = sketch_articles(["Kerry meets Lavrov", "Storm hits Ohio"], ["in London", "at night"])
    squares = np.add.reduceat(term_weights(sketch) ** 2, sketch.first[:-1])
    np.testing.assert_allclose(squares, 1)


def test_weight_of_a_word_by_hand() -> None:
    # "storm" is in both articles, "night" and "day" in one each; one of ten background articles holds a word.
    sketch = sketch_articles(["", ""], ["storm, night", "storm, day"])
    shared, alone = np.log(12 / (2 + 1)), np.log(12 / (1 + 1))
    expected = shared**2 / (shared**2 + alone**2)
    assert np.isclose((unit_vectors(sketch) @ unit_vectors(sketch).T).toarray()[0, 1], expected)


def test_same_texts_have_cosine_one() -> None:
    graph = graph_of([MEETING, MEETING], ["2014-03-14", "2014-03-14"])
    assert np.isclose(graph.cosine, 1).all()


def test_an_article_without_words_is_like_no_other() -> None:
    assert len(graph_of(["", ""], ["2014-03-14", "2014-03-14"]).a) == 0


def test_each_pair_stands_once_with_the_lower_row_first() -> None:
    graph = graph_of([MEETING] * 4, ["2014-03-05", "2014-03-06", "2014-03-07", "NaT"])
    pairs = list(zip(graph.a.tolist(), graph.b.tolist(), strict=True))
    assert sorted(pairs) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_similarity_falls_to_a_third_over_the_time_scale() -> None:
    graph = graph_of([MEETING, MEETING], ["2014-03-10", "2014-03-13"])
    np.testing.assert_allclose(graph.edges(3.0).weight, np.exp(-1))


def test_articles_years_apart_do_not_meet() -> None:
    assert len(graph_of([MEETING, MEETING], ["2012-03-10", "2014-03-13"]).a) == 0


def test_an_undated_article_meets_all_as_if_a_third_of_the_time_scale_apart() -> None:
    graph = graph_of([MEETING, MEETING], ["2012-03-10", "NaT"])
    assert np.isnan(graph.days).all()
    np.testing.assert_allclose(graph.edges(3.0).weight, np.exp(-1 / 3))


def test_a_word_in_most_of_many_articles_does_not_join_them() -> None:
    bodies = [f"weather number{i} number{i + 1000}" for i in range(200)]
    assert len(graph_of(bodies, ["2014-03-14"] * 200).a) == 0
