"""Precision and recall from coded samples, by hand and by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.stats.coded_shares import CodedItems, share_found, share_of_yes

answers = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=30)


def items(yes, weight=1.0, cluster=None):
    found = np.array(yes, dtype=float)
    weights = np.full(len(found), weight) if np.isscalar(weight) else np.array(weight, dtype=float)
    return CodedItems(found, weights, cluster or [f"a{i}" for i in range(len(found))])


def test_the_share_is_weighted():
    assert share_of_yes(items([1, 0], weight=[3, 1])).value == 0.75


def test_where_all_say_yes_the_interval_is_wilsons():
    # n / (n + z^2), n = 10.
    found = share_of_yes(items([1] * 10))
    assert found.low == pytest.approx(10 / (10 + 1.959964**2), abs=1e-6)
    assert found.high == 1


def test_where_none_does_the_interval_mirrors_it():
    yes, no = share_of_yes(items([1] * 10)), share_of_yes(items([0] * 10))
    assert (no.low, no.high) == pytest.approx((1 - yes.high, 1 - yes.low))


def test_unequal_weights_widen_the_interval():
    equal, unequal = items([1, 1, 0, 1] * 5), items([1, 1, 0, 1] * 5, weight=[1, 9, 1, 1] * 5)
    narrow, wide = share_of_yes(equal), share_of_yes(unequal)
    assert wide.high - wide.low > narrow.high - narrow.low


def test_items_of_one_article_that_go_together_widen_the_interval():
    yes, articles = [1] * 15 + [0] * 5, [f"a{i // 5}" for i in range(20)]
    together, apart = share_of_yes(items(yes, cluster=articles)), share_of_yes(items(yes))
    assert together.high - together.low > 1.3 * (apart.high - apart.low)


def test_rounding_makes_no_share_of_more_than_all():
    shares = [
        share_of_yes(items([1] * n, weight=[k / 7] * n)).value for n in range(1, 40) for k in range(1, 12)
    ]
    assert max(shares) <= 1


def test_the_effective_number_is_that_of_two_articles_worked_by_hand():
    # Residuals by article: -.125 and .125; variance (2 / 1) * .03125 = .0625; .75 * .25 / .0625 = 3 items.
    found = share_of_yes(items([1, 0, 1, 1], cluster=["a", "a", "b", "b"]))
    z, n = 1.959964, 3
    reach = z * np.sqrt(0.75 * 0.25 / n + z * z / (4 * n * n))
    assert found.low == pytest.approx((0.75 + z * z / (2 * n) - reach) / (1 + z * z / n), abs=1e-6)


def test_there_is_no_share_of_nothing():
    found = share_of_yes(items([]))
    assert np.isnan([found.value, found.low, found.high]).all()


@given(answers, st.randoms(use_true_random=False))
def test_the_interval_holds_the_share_in_any_order(yes, random):
    weight = [1.0 + i % 3 for i in range(len(yes))]
    found = share_of_yes(items(yes, weight))
    assert 0 <= found.low <= found.value <= found.high <= 1
    order = list(range(len(yes)))
    random.shuffle(order)
    shuffled = CodedItems(np.array(yes)[order], np.array(weight)[order], [f"a{i}" for i in order])
    again = share_of_yes(shuffled)
    assert (again.value, again.low, again.high) == pytest.approx((found.value, found.low, found.high))


@given(answers, answers)
def test_recall_lies_in_its_interval(found, unfound):
    recall = share_found(items(found, 2.0), items(unfound, 5.0))
    if sum(found) + sum(unfound) > 0:
        assert 0 <= recall.low <= recall.value <= recall.high <= 1
    else:
        assert np.isnan(recall.value)


def test_recall_counts_what_each_item_stands_for():
    # 3 of 4 found sentences hold it (each for 10), 1 of 5 others (each for 60).
    recall = share_found(items([1, 1, 1, 0], 10.0), items([1, 0, 0, 0, 0], 60.0))
    assert recall.value == pytest.approx(30 / 90)


def test_recall_stays_open_where_a_small_sample_of_the_rest_holds_none():
    recall = share_found(items([1] * 10, 1.0), items([0] * 10, 50.0))
    assert (recall.value, recall.high) == (1, 1)
    # Up to 28 % of 500 sentences could hold it, against 10 found.
    assert recall.low < 0.1


def test_recall_is_0_where_nothing_found_holds_it():
    recall = share_found(items([0] * 10), items([1] * 5 + [0] * 5))
    assert (recall.value, recall.low) == (0, 0)
    assert 0 < recall.high < 0.6


def test_there_is_no_recall_from_one_sample_alone():
    assert np.isnan(share_found(items([]), items([1.0])).value)
    assert np.isnan(share_found(items([1.0]), items([])).value)


def clustered(rng, n, share):
    """Items of articles that differ, up to three each, for outlets that weigh differently."""
    article = np.sort(rng.integers(0, n // 2, n))
    level = rng.beta(share * 4, (1 - share) * 4, n // 2)
    weight = rng.choice([1.0, 3.0], n // 2)
    return CodedItems(
        (rng.random(n) < level[article]).astype(float), weight[article], [str(row) for row in article]
    )


@pytest.mark.parametrize(("n", "share"), [(20, 0.8), (40, 0.5), (20, 0.95)])
def test_the_interval_of_precision_holds_the_true_share_in_about_95_of_100_samples(n, share):
    rng = np.random.default_rng(4)
    found = [share_of_yes(clustered(rng, n, share)) for _ in range(600)]
    held = np.mean([one.low <= share <= one.high for one in found])
    assert 0.92 <= held <= 0.99


@pytest.mark.parametrize(("in_found", "in_rest"), [(0.8, 0.05), (0.7, 0.3)])
def test_the_interval_of_recall_holds_the_true_share_in_about_95_of_100_samples(in_found, in_rest):
    rng = np.random.default_rng(5)
    true = in_found / (in_found + 4 * in_rest)
    n_held = 0
    for _ in range(400):
        found, rest = clustered(rng, 25, in_found), clustered(rng, 25, in_rest)
        scaled = (
            CodedItems(part.yes, part.weight / part.weight.sum() * size, part.cluster)
            for part, size in ((found, 1.0), (rest, 4.0))
        )
        recall = share_found(*scaled)
        n_held += recall.low <= true <= recall.high
    assert 0.91 <= n_held / 400 <= 0.995
