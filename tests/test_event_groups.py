"""group_events() and what it returns."""

import numpy as np
import pytest
from scipy.sparse import csr_array

import biaslens
from biaslens.errors import BadSetting
from biaslens.event_groups import EventGroups

ROWS = [
    {"id": "a", "date": "2014-03-14", "title": "Kerry meets Lavrov", "text": "In London on Crimea."},
    {
        "id": "b",
        "date": "2014-03-15",
        "title": "Lavrov meets Kerry",
        "text": "Crimea talks in London.",
    },
    {"id": "c", "date": "2014-03-14", "title": "Floods in Ohio", "text": "Thousands have lost their homes."},
]
LOOSE = biaslens.Settings(event_similarity=0.5, story_similarity=0.5)


def partition(groups: EventGroups) -> set[frozenset[str]]:
    return {frozenset(rows["id"]) for _, rows in groups.to_frame().groupby("event")}


def test_every_event_has_a_row_with_dates_and_terms() -> None:
    events = biaslens.group_events(ROWS).events
    assert events["n_articles"].tolist() == [2, 1]
    assert events["first_date"].astype(str).tolist() == ["2014-03-14", "2014-03-14"]
    assert events["last_date"].astype(str).tolist() == ["2014-03-15", "2014-03-14"]
    assert "ohio" in events["terms"][1]


def test_events_of_your_own_win() -> None:
    given = [row | {"event": label} for row, label in zip(ROWS, ["x", "y", "x"], strict=True)]
    assert partition(biaslens.group_events(given)) == {frozenset("ac"), frozenset("b")}


def test_a_label_of_your_own_is_not_given_to_another_event() -> None:
    taken = biaslens.group_events(ROWS)["c"]
    given = [ROWS[0] | {"event": taken}, ROWS[1] | {"event": taken}, ROWS[2]]
    groups = biaslens.group_events(given)
    assert groups["a"] == groups["b"] == taken
    assert groups["c"] == f"{taken} (2)"


def test_a_matrix_of_your_own_takes_the_place_of_words() -> None:
    alike = np.array([[1, 0, 0.9], [0, 1, 0], [0.9, 0, 1]])
    for matrix in (alike, alike.tolist(), csr_array(alike)):
        groups = biaslens.group_events(ROWS, similarity=matrix, settings=LOOSE)
        assert partition(groups) == {frozenset("ac"), frozenset("b")}
    assert groups.explain("a", "c").cosine == pytest.approx(0.9)


def test_embeddings_of_your_own_take_the_place_of_words() -> None:
    groups = biaslens.group_events(ROWS, embeddings=[[1, 0], [0, 1], [2, 0]], settings=LOOSE)
    assert partition(groups) == {frozenset("ac"), frozenset("b")}


@pytest.mark.parametrize(("days", "expected"), [(0, 0.6), (3, 0.6 / np.e), (None, 0.6)])
def test_a_similarity_of_your_own_falls_with_the_days_between_alone(
    days: int | None, expected: float
) -> None:
    first = np.datetime64("2014-03-10")
    dates = [str(first), "" if days is None else str(first + np.timedelta64(days, "D"))]
    rows = [{"id": id, "date": date, "text": f"Text {id}."} for id, date in zip("ab", dates, strict=True)]
    alike = np.array([[1, 0.6], [0.6, 1]])
    found = biaslens.group_events(rows, similarity=alike, settings=LOOSE).explain("a", "b")
    assert found.similarity == pytest.approx(expected, abs=1e-6)
    assert found.together == (expected >= 0.5)


def test_a_similarity_without_a_threshold_is_refused() -> None:
    with pytest.raises(BadSetting, match="need settings=Settings"):
        biaslens.group_events(ROWS, similarity=np.eye(3))


def test_embeddings_and_similarity_together_are_refused() -> None:
    with pytest.raises(BadSetting, match="not both"):
        biaslens.group_events(ROWS, similarity=np.eye(3), embeddings=np.eye(3), settings=LOOSE)


def test_a_similarity_of_other_articles_is_refused() -> None:
    with pytest.raises(BadSetting, match="4 rows for 3 articles"):
        biaslens.group_events(ROWS, similarity=np.eye(4), settings=LOOSE)


@pytest.mark.parametrize("values", [[["x"]], [[1, 2], [3]]], ids=["text", "ragged"])
@pytest.mark.parametrize("name", ["embeddings", "similarity"])
def test_what_is_no_array_of_numbers_is_refused(name: str, values: object) -> None:
    with pytest.raises(BadSetting, match=f"{name} must be numbers in rows of one length"):
        biaslens.group_events(ROWS, settings=LOOSE, **{name: values})


def test_an_unknown_id_is_named() -> None:
    with pytest.raises(BadSetting, match="There is no article 'z'; ids look like 'a', 'b', 'c'"):
        biaslens.group_events(ROWS).explain("a", "z")


def test_cleaning_can_be_left_out() -> None:
    assert len(biaslens.group_events(ROWS, settings=biaslens.Settings(clean=False))) == 3


def test_one_article_is_one_event() -> None:
    groups = biaslens.group_events([ROWS[0]])
    assert groups.events["n_articles"].tolist() == [1]
