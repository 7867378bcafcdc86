import numpy as np
import pytest

from biaslens.events.describe import Explanation, Pair, explain_pair
from biaslens.events.group import group_articles
from biaslens.events.labels import event_terms
from biaslens.events.near import Source
from biaslens.events.provided import Embeddings, SimilarityMatrix
from biaslens.events.similarity import Nodes, Terms, event_decay, similar_pairs
from biaslens.events.sketch import sketch_articles
from biaslens.events.windows import as_days
from biaslens.settings import Settings
from biaslens.spans import FloatArray

TITLES = ["Kerry meets Lavrov in London", "Kerry and Lavrov talk in London", "Storm floods Ohio", ""]
BODIES = ["talks with Sergei Lavrov", "no deal for John Kerry", "streets under water in Ohio", ""]
DATES = np.array(["2014-03-14", "2014-03-15", "2014-03-14", "NaT"], "M8[D]")
EVENT = np.array([0, 0, 1, 2])


def explain(
    first: int,
    second: int,
    given: list[str] | None = None,
    bodies: list[str] = BODIES,
    similarity: Source | None = None,
) -> Explanation:
    sketch, settings = sketch_articles(TITLES, bodies), Settings()
    grouping = group_articles(sketch, DATES, given or [""] * 4, settings, similarity)
    pair = Pair((first, second), (TITLES[first], TITLES[second]), (bodies[first], bodies[second]))
    return explain_pair(pair, sketch, DATES, grouping, settings, similarity)


def test_a_label_is_the_first_date_and_three_words() -> None:
    label = event_terms(EVENT, sketch_articles(TITLES, BODIES), DATES, TITLES, BODIES).label[0]
    assert label.split()[0] == "2014-03-14"
    assert set(label.split()[1:]) == {"kerry", "lavrov", "london"}


def test_an_event_without_text_and_date_says_so() -> None:
    assert event_terms(EVENT, sketch_articles(TITLES, BODIES), DATES, TITLES, BODIES).label[2] == "no text"


def test_there_are_at_most_eight_terms() -> None:
    body = " ".join(f"word{i}" for i in range(20))
    found = event_terms(np.array([0]), sketch_articles([""], [body]), DATES[:1], [""], [body])
    assert len(found.terms[0]) == 8


def test_equal_labels_are_numbered() -> None:
    found = event_terms(
        np.array([0, 1]), sketch_articles(["", ""], ["", ""]), DATES[[0, 2]], ["", ""], ["", ""]
    )
    assert found.label == ("2014-03-14", "2014-03-14 (2)")


def test_terms_do_not_depend_on_the_order_of_articles() -> None:
    plain = event_terms(EVENT, sketch_articles(TITLES, BODIES), DATES, TITLES, BODIES)
    titles, bodies = TITLES[::-1], BODIES[::-1]
    turned = event_terms(EVENT[::-1], sketch_articles(titles, bodies), DATES[::-1], titles, bodies)
    assert (turned.terms, turned.label, turned.name) == (plain.terms, plain.label, plain.name)
    np.testing.assert_array_equal(turned.first_date, plain.first_date)
    np.testing.assert_array_equal(turned.last_date, plain.last_date)


def test_no_articles_have_no_terms() -> None:
    assert event_terms(np.zeros(0, np.int64), sketch_articles([], []), DATES[:0], [], []).terms == ()


def test_two_articles_of_one_event_are_explained_by_their_shared_words() -> None:
    found = explain(0, 1)
    assert found.together
    assert {"kerry", "lavrov", "london"} <= set(found.shared)
    assert found.days == 1
    assert found.sentence.startswith("One event: they share ")


def test_two_articles_of_different_events_share_no_telling_word() -> None:
    found = explain(0, 2)
    assert not found.together
    assert found.sentence == (
        "Different events: they share no telling word; 0 days apart, cosine 0.00, similarity 0.00, "
        f"below the {Settings().event_similarity:.2f} that one event needs."
    )


def test_the_similarity_is_the_one_that_grouping_goes_by() -> None:
    sketch = sketch_articles(TITLES[:2], BODIES[:2])
    nodes = Nodes(as_days(DATES[:2]), np.arange(2), np.arange(3))
    expected = similar_pairs(nodes, Terms(sketch), event_decay(Settings())).weight
    grouping = group_articles(sketch, DATES[:2], ["", ""], Settings())
    pair = Pair((0, 1), (TITLES[0], TITLES[1]), (BODIES[0], BODIES[1]))
    found = explain_pair(pair, sketch, DATES[:2], grouping, Settings())
    np.testing.assert_allclose(found.similarity, expected, rtol=1e-5)


def test_titles_that_agree_raise_the_similarity_above_that_of_the_days() -> None:
    found = explain(0, 1)
    assert found.similarity > found.cosine * np.exp(0.6 - 1 / Settings().event_days)


def test_a_digest_is_named_as_the_reason() -> None:
    titles, bodies = ["Storm round-up: Ohio floods", "Ohio floods"], ["storm in Ohio"] * 2
    sketch = sketch_articles(titles, bodies)
    grouping = group_articles(sketch, DATES[:2], ["", ""], Settings())
    pair = Pair((0, 1), (titles[0], titles[1]), (bodies[0], bodies[1]))
    found = explain_pair(pair, sketch, DATES[:2], grouping, Settings())
    assert found.sentence.startswith("Different events: one of them reports several; they share ")


def test_an_unknown_date_is_said_to_be_unknown() -> None:
    assert "an unknown time apart" in explain(0, 3).sentence


def test_a_given_event_is_named_as_the_reason() -> None:
    assert explain(0, 2, ["mine", "", "mine", ""]).sentence.startswith("One event, as given; ")


def test_names_stand_apart_from_other_shared_words() -> None:
    bodies = ["the talks with Sergei Lavrov failed", "the talks with Sergei Lavrov go on", "", ""]
    found = explain(0, 1, bodies=bodies)
    assert {"sergei", "lavrov"} <= set(found.entities) <= set(found.shared)
    assert "talks" not in found.entities


def test_days_that_both_name_stand_apart_and_are_no_names() -> None:
    bodies = ["the talks, on Tuesday, 14 March,", "the vote, on Tuesday, March 14, or Friday", "", ""]
    found = explain(0, 1, bodies=bodies)
    assert found.dates == ("mar 14", "tuesday")
    assert "tuesday" not in found.entities
    assert "; both name mar 14, tuesday; 1 day apart" in found.sentence


def test_articles_too_far_apart_to_be_compared_have_similarity_zero() -> None:
    sketch, dates = (
        sketch_articles(["Kerry", "Kerry"], ["", ""]),
        np.array(["2014-03-01", "2014-03-10"], "M8[D]"),
    )
    grouping = group_articles(sketch, dates, ["", ""], Settings())
    found = explain_pair(Pair((0, 1), ("Kerry", "Kerry"), ("", "")), sketch, dates, grouping, Settings())
    assert found.cosine > 0.9
    assert found.similarity == 0


def test_the_cosine_of_given_embeddings_is_explained() -> None:
    vectors: FloatArray = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0], [0.0, 0.0]])
    assert np.isclose(explain(0, 1, similarity=Embeddings(vectors)).cosine, 0.6)
    assert np.isclose(
        explain(1, 2, similarity=SimilarityMatrix(np.clip(vectors @ vectors.T, 0, 1))).cosine, 0.8
    )
    assert explain(0, 3, similarity=Embeddings(vectors)).cosine == 0


def test_the_explained_similarity_is_the_one_that_grouped() -> None:
    words = [
        f"{name} {verb} {place}"
        for name in ("Kerry", "Lavrov")
        for verb in ("meets", "calls")
        for place in ("London", "Kiev", "Crimea")
    ]
    titles, bodies = [f"{text} today" for text in words], [f"{text} again" for text in words[::-1]]
    dates = np.datetime64("2014-03-01", "D") + np.arange(len(words)) * 2
    dates[-2:] = np.datetime64("NaT", "D")
    sketch, settings = sketch_articles(titles, bodies), Settings()
    grouping = group_articles(sketch, dates, [""] * len(words), settings)
    nodes = Nodes(as_days(dates), np.arange(len(words)), np.arange(len(words) + 1))
    edges = similar_pairs(nodes, Terms(sketch), event_decay(settings))
    assert len(edges.a) > 20
    for a, b, weight in zip(edges.a.tolist(), edges.b.tolist(), edges.weight.tolist(), strict=True):
        pair = Pair((a, b), (titles[a], titles[b]), (bodies[a], bodies[b]))
        assert np.isclose(explain_pair(pair, sketch, dates, grouping, settings).similarity, weight, atol=1e-5)


@pytest.mark.parametrize("turn", [1, -1])
def test_events_of_one_label_are_numbered_by_id_whatever_the_order(turn: int) -> None:
    titles, ids = [""] * 3, ["b", "c", "a"][::turn]
    found = event_terms(
        np.arange(3),
        sketch_articles(titles, titles),
        DATES[:3] + np.timedelta64("NaT"),
        titles,
        titles,
        ids=ids,
    )
    assert dict(zip(ids, found.label, strict=True)) == {
        "a": "no text",
        "b": "no text (2)",
        "c": "no text (3)",
    }
