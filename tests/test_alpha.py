"""Krippendorff's alpha, held against the worked examples of its author, and its interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.errors import BadSetting
from biaslens.stats.alpha import alpha_with_interval, krippendorff_alpha

NA = np.nan
# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections A to C.
BINARY = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], dtype=float)
NOMINAL = np.array([[ord(letter) for letter in row] for row in ("aabbdcccedda", "babbbccceddd")], dtype=float)
FOUR_OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
        [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
    ]
)

ratings = st.integers(2, 4).flatmap(
    lambda n_coders: st.lists(
        st.lists(st.sampled_from([0.0, 1.0, 2.0, NA]), min_size=n_coders, max_size=n_coders),
        min_size=2,
        max_size=20,
    ).map(lambda units: np.array(units).T)
)


def names(n):
    return [f"u{i}" for i in range(n)]


def noisy(n, error, seed=1):
    rng = np.random.default_rng(seed)
    truth = rng.random(n) < 0.5
    return (truth ^ (rng.random((2, n)) < error)).astype(float)


def test_the_published_binary_example_gives_its_alpha():
    assert krippendorff_alpha(BINARY) == pytest.approx(0.095, abs=0.0005)


def test_the_published_example_of_two_observers_gives_its_alpha():
    assert krippendorff_alpha(NOMINAL) == pytest.approx(0.692, abs=0.0005)


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_the_published_example_of_four_observers_gives_its_alpha_at_each_level(level, published):
    assert krippendorff_alpha(FOUR_OBSERVERS, level) == pytest.approx(published, abs=0.0005)


def test_coders_who_always_agree_have_alpha_1():
    assert krippendorff_alpha(np.array([[0.0, 1, 1, 0], [0, 1, 1, 0]])) == 1


def test_coders_who_always_differ_have_less_than_0():
    # 8 ratings, 4 of each: 1 - 7 * 8 / (2 * 4 * 4).
    assert krippendorff_alpha(np.array([[0.0, 1, 1, 0], [1, 0, 0, 1]])) == pytest.approx(-0.75)


def test_there_is_no_alpha_where_every_rating_is_the_same():
    assert np.isnan(krippendorff_alpha(np.ones((2, 5))))


def test_there_is_no_alpha_where_no_unit_has_two_ratings():
    assert np.isnan(krippendorff_alpha(np.array([[1.0, NA], [NA, 0.0]])))


def test_there_is_no_alpha_without_units():
    assert np.isnan(krippendorff_alpha(np.zeros((2, 0))))


def test_another_level_is_refused():
    with pytest.raises(BadSetting, match="level is 'circular'; it can be 'nominal', 'ordinal'"):
        krippendorff_alpha(BINARY, "circular")


@given(ratings)
def test_a_unit_with_one_rating_changes_nothing(found):
    alone = np.full((len(found), 1), NA)
    alone[0] = 1.0
    more = np.hstack([found, alone])
    assert krippendorff_alpha(more) == pytest.approx(krippendorff_alpha(found), nan_ok=True)


@given(
    ratings, st.randoms(use_true_random=False), st.sampled_from(["nominal", "ordinal", "interval", "ratio"])
)
def test_the_order_of_coders_and_units_plays_no_part(found, random, level):
    coders, units = list(range(found.shape[0])), list(range(found.shape[1]))
    random.shuffle(coders)
    random.shuffle(units)
    shuffled = found[np.ix_(coders, units)]
    assert krippendorff_alpha(shuffled, level) == pytest.approx(krippendorff_alpha(found, level), nan_ok=True)


@given(ratings)
def test_with_two_values_all_levels_of_numbers_from_0_agree(found):
    binary = np.where(np.isnan(found), NA, (found > 0).astype(float))
    expected = krippendorff_alpha(binary)
    for level in ("ordinal", "interval", "ratio"):
        assert krippendorff_alpha(binary, level) == pytest.approx(expected, nan_ok=True)


def test_the_interval_holds_alpha():
    found = alpha_with_interval(noisy(60, 0.1), names(60))
    assert found.low < found.alpha < found.high
    assert found.alpha == krippendorff_alpha(noisy(60, 0.1))
    assert found.n_units == 60


def test_more_units_give_a_narrower_interval():
    few, many = (alpha_with_interval(noisy(n, 0.1), names(n)) for n in (30, 300))
    assert many.high - many.low < 0.6 * (few.high - few.low)


def test_the_interval_does_not_depend_on_the_order_of_units():
    found, order = noisy(40, 0.2), np.random.default_rng(3).permutation(40)
    shuffled = alpha_with_interval(found[:, order], [names(40)[place] for place in order.tolist()])
    assert shuffled == alpha_with_interval(found, names(40))


def test_another_seed_draws_otherwise_but_finds_the_same():
    first, second = (alpha_with_interval(noisy(80, 0.1), names(80), seed=seed) for seed in (0, 1))
    assert first.low != second.low
    assert first.low == pytest.approx(second.low, abs=0.03)


def test_units_of_one_article_are_drawn_together():
    # Ten articles whose ten units are all alike tell as much as ten units do.
    once = noisy(10, 0.3, seed=5)
    tenfold = alpha_with_interval(np.repeat(once, 10, axis=1), [f"a{i // 10}" for i in range(100)])
    by_unit = alpha_with_interval(np.repeat(once, 10, axis=1), names(100))
    assert tenfold.high - tenfold.low > 2 * (by_unit.high - by_unit.low)


def test_the_interval_holds_the_true_alpha_in_about_95_of_100_samples():
    # Two coders who err in 10 % of even cases: 1 - 2 * .1 * .9 / (2 * .5 * .5).
    true, n_held = 0.64, 0
    for seed in range(200):
        found = alpha_with_interval(noisy(60, 0.1, seed), names(60), seed=seed)
        n_held += found.low <= true <= found.high
    assert 180 <= n_held <= 198


def test_there_is_no_interval_below_twenty_units():
    found, enough = (alpha_with_interval(noisy(n, 0.1), names(n)) for n in (19, 20))
    assert np.isnan([found.low, found.high]).all()
    assert found.alpha > 0.3
    assert np.isfinite([enough.low, enough.high]).all()


def test_there_is_no_interval_where_coders_never_differ():
    same = np.array([[0.0, 1] * 10, [0, 1] * 10])
    found = alpha_with_interval(same, names(20))
    assert found.alpha == 1
    assert np.isnan([found.low, found.high]).all()
