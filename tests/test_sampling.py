"""Samples of places: equal numbers per stratum, few per article, and weights that undo both."""

import numpy as np
import pytest

from biaslens.stats.sampling import Places, draw

# Stratum 0: articles 0 to 3, each for one; stratum 1: article 4, with most of the places, for ten articles.
ARTICLE = np.array([0, 0, 0, 1, 2, 3, 3, *[4] * 9])
STRATUM = (ARTICLE == 4).astype(int)
STANDING = np.where(STRATUM == 1, 10.0, 1.0)


def places(seed=0):
    keys = np.random.default_rng(seed).integers(0, 2**63, len(ARTICLE), dtype=np.uint64)
    return Places(ARTICLE, STRATUM, keys, STANDING)


def test_strata_have_equal_numbers_as_far_as_they_go():
    drawn = draw(places(), 8, most_per_article=4)
    assert np.bincount(STRATUM[drawn.place]).tolist() == [4, 4]
    drawn = draw(places(), 12, most_per_article=2)
    assert np.bincount(STRATUM[drawn.place]).tolist() == [6, 2]


def test_no_article_has_more_than_its_most():
    drawn = draw(places(), 12, most_per_article=2)
    assert np.bincount(ARTICLE[drawn.place]).max() == 2


def test_no_place_is_drawn_twice():
    drawn = draw(places(), 14, most_per_article=9)
    assert len(set(drawn.place.tolist())) == 14


def test_all_are_drawn_where_there_are_no_more_and_stand_for_their_articles():
    drawn = draw(places(), 100, most_per_article=100)
    assert sorted(drawn.place.tolist()) == list(range(len(ARTICLE)))
    assert drawn.weight.tolist() == STANDING[drawn.place].tolist()


@pytest.mark.parametrize(("n", "most"), [(6, 2), (5, 1), (1, 2), (9, 3)])
def test_weights_add_up_to_the_total_on_average(n, most):
    sums = [draw(places(seed), n, most).weight.sum() for seed in range(2_000)]
    assert draw(places(), n, most).total == 97
    assert np.mean(sums) == pytest.approx(97, abs=4 * np.std(sums) / np.sqrt(2_000) + 0.01)


@pytest.mark.parametrize(("n", "most"), [(6, 2), (8, 1)])
def test_every_place_is_counted_once_on_average(n, most):
    counted = np.zeros(len(ARTICLE))
    for seed in range(4_000):
        drawn = draw(places(seed), n, most)
        counted[drawn.place] += drawn.weight / 4_000
    assert counted / STANDING == pytest.approx(1, abs=0.15)


def test_the_order_of_places_plays_no_part():
    whole, order = places(), np.random.default_rng(1).permutation(len(ARTICLE))
    first, second = draw(whole, 7, 2), draw(whole.take(order), 7, 2)
    assert order[second.place].tolist() == first.place.tolist()
    assert second.weight.tolist() == first.weight.tolist()


def test_nothing_is_drawn_from_nothing():
    nothing = places().take(np.zeros(0, dtype=np.int64))
    drawn = draw(nothing, 5, 2)
    assert (len(drawn.place), drawn.total) == (0, 0.0)
