import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.events.clues import Clues
from biaslens.events.near import NearPairs
from biaslens.events.sketch import sketch_articles
from biaslens.events.vectors import clues_of

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
day_sets = st.lists(st.sampled_from(DAYS), max_size=4, unique=True)


def clues(titles: list[str], bodies: list[str]) -> Clues:
    return clues_of(sketch_articles(titles, bodies))


def factor(found: Clues, cosine: float = 0.25) -> float:
    pair = NearPairs(np.array([0]), np.array([1]), np.array([cosine], dtype=np.float32))
    return float(found.factor(pair)[0])


def test_without_titles_and_weekdays_nothing_changes() -> None:
    assert factor(clues(["", ""], ["a storm", "the flood"])) == 1


def test_one_title_alone_changes_nothing() -> None:
    assert factor(clues(["Storm hits Ohio", ""], ["a storm", "the flood"])) == 1


def test_equal_titles_raise_the_cosine_of_unlike_articles() -> None:
    # sqrt(1) - sqrt(1/4) is a half.
    assert factor(clues(["Storm hits Ohio"] * 2, ["", ""])) == pytest.approx(np.exp(0.9 / 2))


def test_titles_without_a_common_word_lower_it() -> None:
    assert factor(clues(["Storm hits Ohio", "Kerry meets Lavrov"], ["", ""])) == pytest.approx(np.exp(-0.45))


def test_titles_as_alike_as_the_articles_change_nothing() -> None:
    assert factor(clues(["Storm hits Ohio"] * 2, ["", ""]), cosine=1.0) == pytest.approx(1)


def test_a_title_of_function_words_is_no_title() -> None:
    assert factor(clues(["And then there was", "Storm hits Ohio"], ["", ""])) == 1


def test_different_weekdays_lower_the_cosine() -> None:
    assert factor(clues(["", ""], ["on Monday", "on Tuesday"])) == pytest.approx(np.exp(-0.5))


def test_equal_weekdays_change_nothing() -> None:
    assert factor(clues(["", ""], ["on Monday", "Monday's vote"])) == 1


def test_one_weekday_of_four_shared_lowers_it_by_half_as_much() -> None:
    found = clues(["", ""], ["on Monday", "on Monday, Tuesday, Wednesday and Thursday"])
    assert factor(found) == pytest.approx(np.exp(-0.25))


def test_weekdays_of_one_article_alone_change_nothing() -> None:
    assert factor(clues(["", ""], ["on Monday", "yesterday"])) == 1


@given(day_sets)
def test_each_weekday_has_a_bit_of_its_own(days: list[str]) -> None:
    found = clues([""], [", ".join(days)]).weekdays
    assert int(found[0]).bit_count() == len(days)


@given(day_sets, day_sets)
def test_the_order_of_two_articles_changes_nothing(one: list[str], two: list[str]) -> None:
    titles, bodies = ["Storm hits Ohio", "Ohio storm kills"], [" ".join(one), " ".join(two)]
    assert factor(clues(titles, bodies)) == factor(clues(titles[::-1], bodies[::-1]))


def test_no_articles_have_no_clues() -> None:
    found = clues([], [])
    assert len(found.weekdays) == found.title.shape[0] == 0
