import numpy as np

from biaslens.events import similarity
from biaslens.events.linkage import Edges
from biaslens.events.similarity import Nodes, Terms, Words, event_decay, similar_pairs, story_decay
from biaslens.events.sketch import sketch_articles
from biaslens.events.windows import as_days
from biaslens.settings import Settings

MEETING = "talks between John Kerry and Sergei Lavrov on the referendum in Crimea"


def edges_of(bodies: list[str], dates: list[str]) -> Edges:
    sketch = sketch_articles([""] * len(bodies), bodies)
    day = as_days(np.array(dates, "M8[D]"))
    nodes = Nodes(day, np.arange(len(bodies)), np.arange(len(bodies) + 1))
    return similar_pairs(nodes, Terms(sketch), event_decay(Settings()))


def pairs_of(edges: Edges) -> list[tuple[int, int]]:
    return list(zip(edges.a.tolist(), edges.b.tolist(), strict=True))


def test_same_texts_of_one_day_have_similarity_one() -> None:
    np.testing.assert_allclose(edges_of([MEETING, MEETING], ["2014-03-14"] * 2).weight, 1, rtol=1e-6)


def test_an_article_without_words_is_like_no_other() -> None:
    assert len(edges_of(["", ""], ["2014-03-14", "2014-03-14"]).a) == 0


def test_each_pair_stands_once_with_the_lower_row_first() -> None:
    edges = edges_of([MEETING] * 4, ["2014-03-05", "2014-03-06", "2014-03-07", "NaT"])
    assert sorted(pairs_of(edges)) == [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]


def test_similarity_falls_to_a_third_over_the_time_scale() -> None:
    three = edges_of([MEETING, MEETING], ["2014-03-10", "2014-03-13"]).weight
    six = edges_of([MEETING, MEETING], ["2014-03-10", "2014-03-16"]).weight
    np.testing.assert_allclose(six / three, np.exp(-1), rtol=1e-6)


def test_days_under_three_fifths_of_the_scale_raise_a_similarity_and_others_lower_it() -> None:
    found = event_decay(Settings(event_days=5)).similarity(np.full(3, 0.4), np.array([2.0, 3.0, 4.0]))
    np.testing.assert_allclose(found, [0.4 * np.exp(0.2), 0.4, 0.4 * np.exp(-0.2)])


def test_no_similarity_exceeds_one() -> None:
    assert event_decay(Settings()).similarity(np.array([0.9]), np.array([0.0])) == 1


def test_titles_that_agree_raise_a_similarity_and_others_lower_it() -> None:
    bodies = ["Kerry and Lavrov met in London over Crimea", "Lavrov left London and Kerry for talks at home"]
    weights = []
    for titles in (["Kerry meets Lavrov"] * 2, ["", ""], ["A storm over Ohio", "Lavrov goes home"]):
        sketch = sketch_articles(titles, bodies)
        nodes = Nodes(np.full(2, np.nan), np.arange(2), np.arange(3))
        weights.append(float(similar_pairs(nodes, Terms(sketch), event_decay(Settings())).weight[0]))
    assert weights[0] > weights[1] > weights[2]


def test_articles_eight_days_apart_meet_and_nine_days_apart_do_not() -> None:
    assert len(edges_of([MEETING, MEETING], ["2014-03-10", "2014-03-18"]).a) == 1
    assert len(edges_of([MEETING, MEETING], ["2014-03-10", "2014-03-19"]).a) == 0


def test_an_undated_article_meets_all_almost_as_the_texts_alone_have_it() -> None:
    edges = edges_of([MEETING, MEETING], ["2012-03-10", "NaT"])
    np.testing.assert_allclose(edges.weight, np.exp(0.6 - 0.65), rtol=1e-6)


def test_a_word_in_most_of_many_articles_does_not_join_them() -> None:
    bodies = [f"weather number{i} number{i + 1000}" for i in range(200)]
    assert len(edges_of(bodies, ["2014-03-14"] * 200).a) == 0


def test_an_article_keeps_its_nearest_earlier_ones_of_equal_ones_the_first(monkeypatch) -> None:
    monkeypatch.setattr(similarity, "EVENT_NEAREST", 2)
    one_earlier = edges_of([MEETING] * 4, ["2014-03-10", "2014-03-12", "2014-03-12", "2014-03-12"])
    assert [pair for pair in pairs_of(one_earlier) if pair[1] == 3] == [(1, 3), (2, 3)]
    same_day = edges_of([MEETING] * 4, ["2014-03-12"] * 4)
    assert [pair for pair in pairs_of(same_day) if pair[1] == 3] == [(0, 3), (1, 3)]


def test_events_meet_on_a_longer_scale_than_articles() -> None:
    sketch = sketch_articles([""] * 3, [MEETING] * 3)
    day = as_days(np.array(["2014-03-01", "2014-04-05"], "M8[D]"))
    edges = similar_pairs(
        Nodes(day, np.arange(3), np.array([0, 2, 3])), Words(sketch), story_decay(Settings())
    )
    np.testing.assert_allclose(edges.weight, np.exp(-35 / 14), rtol=1e-6)
