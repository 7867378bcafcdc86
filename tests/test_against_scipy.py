"""The same figures from scipy (written with scipy 1.17.1; each test names the function it asks)."""

from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from paired_examples import contrast, of_differences
from scipy.spatial import distance
from scipy.stats import chi2_contingency, false_discovery_control, permutation_test, ttest_1samp

from biaslens.cells import LabelCells
from biaslens.contested import load_label_sets
from biaslens.settings import Settings
from biaslens.stats.effect_sizes import hedges_g
from biaslens.stats.label_distance import label_distance
from biaslens.stats.log_odds import TermUses, log_likelihood
from biaslens.stats.multiplicity import in_families
from biaslens.stats.rates import PairedCounts, ratio_limits
from biaslens.stats.resample import SignTable
from biaslens.stats.stylometry import burrows_delta, cosine_delta

Floats = npt.NDArray[np.float64]

# Nine events have 512 arrangements; with more, a search over examples takes long.
few_differences = st.lists(st.integers(-40, 40), min_size=6, max_size=9)
z_scores = st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=2, max_size=20)


def flipped(differences: Any) -> float:
    """scipy's two-sided p-value of sign flips, every arrangement listed."""
    return float(
        permutation_test(
            (np.asarray(differences, dtype=float),),
            lambda d, axis: np.sum(d, axis=axis),
            permutation_type="samples",
            n_resamples=2**16,
            vectorized=True,
        ).pvalue
    )


def mean(differences: Any) -> dict[str, Any]:
    return contrast(of_differences(list(differences)), kind="mean")


@given(few_differences)
@settings(max_examples=40, deadline=None)
def test_the_p_value_of_means_is_that_of_permutation_test(differences: list[int]) -> None:
    assert mean(differences)["p_value"] == pytest.approx(flipped(differences), abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=6, max_size=9))
@settings(max_examples=40, deadline=None)
def test_the_p_value_of_rates_is_that_of_permutation_test(counts: list[tuple[int, int]]) -> None:
    # With texts of one length the score is half the difference of the counts.
    row = contrast(counts)
    assume(row["p_value"] is not None)
    assert row["p_value"] == pytest.approx(flipped([a - b for a, b in counts]), abs=1e-12)


def test_unequal_lengths_score_as_permutation_test_is_given_them() -> None:
    counts = [(9, 2), (4, 7), (12, 3), (5, 5), (8, 1), (6, 6), (10, 2), (3, 4)]
    lengths = [(400, 200), (310, 450), (500, 170), (250, 330), (620, 90), (200, 410), (150, 700), (333, 333)]
    scores = [a - (a + b) * la / (la + lb) for (a, b), (la, lb) in zip(counts, lengths, strict=True)]
    assert contrast(counts, lengths)["p_value"] == pytest.approx(flipped(scores), abs=1e-12)


def test_twelve_events_are_still_listed_in_full() -> None:
    differences = [7, -3, 12, 5, -8, 9, 4, -1, 6, 11, -2, 3]
    assert mean(differences)["p_value"] == flipped(differences)


@pytest.mark.parametrize("seed", range(4))
def test_drawn_signs_come_within_chance_of_every_arrangement(seed: int) -> None:
    differences = np.random.default_rng(seed).normal(4, 10, 14).round().astype(int)
    exact, drawn = flipped(differences), mean(differences.tolist())["p_value"]
    # Four standard errors of 9,999 draws, and the observed arrangement, which is always counted.
    assert drawn == pytest.approx(exact, abs=4 * sqrt(exact * (1 - exact) / 9_999) + 1e-4)


@pytest.mark.parametrize("side", ["ci_low", "ci_high"])
def test_permutation_test_rejects_beyond_the_limits_of_a_difference_and_not_within(side: str) -> None:
    differences = [70, -30, 120, 50, -80, 90, 40, 60]
    row = mean(differences)
    outwards = 0.01 if side == "ci_high" else -0.01
    centred = np.array(differences) - 1_000 * row[side]
    assert flipped(centred - outwards) < 0.05 < flipped(centred + outwards)


def test_permutation_test_rejects_beyond_the_limits_of_a_ratio_and_not_within() -> None:
    four = [(9, 2, 400, 200), (4, 7, 310, 450), (12, 3, 500, 170), (5, 5, 250, 330)]
    table = np.array([*four, *four, *[(0, 0, 1, 1)] * 4], dtype=float)
    limits = ratio_limits(PairedCounts(*np.hsplit(table, 4)), SignTable.listed(), 0.95)
    a, b, length_a, length_b = table[:8].T

    def p_value(ratio: float) -> float:
        return flipped(a - (a + b) * ratio * length_a / (ratio * length_a + length_b))

    low, high = limits.low.item(), limits.high.item()
    assert p_value(low * 0.9999) < 0.05 < p_value(low * 1.0001)
    assert p_value(high * 1.0001) < 0.05 < p_value(high * 0.9999)


@given(st.lists(st.integers(-40, 40), min_size=3, max_size=30))
def test_hedges_g_is_the_corrected_t_of_ttest_1samp(listed: list[int]) -> None:
    assume(len(set(listed)) > 1)
    d, n = np.array(listed, dtype=float), len(listed)
    g = hedges_g(d[:, None], np.ones((n, 1), dtype=bool))[0]
    assert g == pytest.approx((1 - 3 / (4 * n - 5)) * ttest_1samp(d, 0).statistic / sqrt(n), abs=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_one_family_has_the_q_values_of_false_discovery_control(p_values: list[float]) -> None:
    p = np.array(p_values)
    np.testing.assert_allclose(
        in_families(p, ["words"] * len(p)), false_discovery_control(p, method="bh"), atol=1e-15
    )


@given(
    st.lists(
        st.tuples(st.floats(0, 0.2), st.sampled_from(["words", "style", "speech"])), min_size=1, max_size=30
    ),
    st.floats(0.001, 0.3),
)
def test_two_levels_find_what_false_discovery_control_finds_at_each(
    tests: list[tuple[float, str]], level: float
) -> None:
    """The procedure of Benjamini & Bogomolov (2014), step by step."""
    p, family = np.array([p for p, _ in tests]), np.array([name for _, name in tests])
    names = np.unique(family)
    simes = np.array([false_discovery_control(p[family == name]).min() for name in names])
    chosen = false_discovery_control(simes) <= level
    judged_at = level * chosen.sum() / len(names)
    found = np.zeros(len(p), dtype=bool)
    for name in names[chosen]:
        found[family == name] = false_discovery_control(p[family == name]) <= judged_at
    q_values = in_families(p, family.tolist())
    clear = np.abs(q_values - level) > 1e-12
    assert (q_values <= level)[clear].tolist() == found[clear].tolist()


@given(z_scores)
def test_burrows_delta_is_the_city_block_distance_per_word(pairs: list[tuple[float, float]]) -> None:
    a, b = np.array(pairs).T
    assert burrows_delta(a, b) == pytest.approx(distance.cityblock(a, b) / len(a), abs=1e-12)


@given(z_scores)
def test_cosine_delta_is_the_cosine_distance(pairs: list[tuple[float, float]]) -> None:
    a, b = np.array(pairs).T
    assume(np.linalg.norm(a) > 1e-3 and np.linalg.norm(b) > 1e-3)
    assert cosine_delta(a, b) == pytest.approx(distance.cosine(a, b), abs=1e-9)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 900), st.integers(1, 900))
def test_log_likelihood_is_the_g_statistic_of_chi2_contingency(
    n: int, m: int, words: int, others: int
) -> None:
    table = [[n, words], [m, others]]
    theirs = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    uses = TermUses(*(np.array([figure]) for figure in (n, n + words, m, m + others)))
    assert log_likelihood(uses)[0] == pytest.approx(theirs, abs=1e-9)


def test_label_distance_within_one_set_is_the_jensen_shannon_distance() -> None:
    sets = load_label_sets()
    labels = np.flatnonzero(sets.set_code == sets.set_code[0])[:3]

    def uses(*count: int) -> LabelCells:
        zeros = np.zeros(3, dtype=np.int64)
        return LabelCells(zeros, zeros, labels, np.array(count))

    found = label_distance(uses(5, 3, 1), uses(1, 2, 7), sets, ["event"], Settings())
    expected = distance.jensenshannon([5 / 9, 3 / 9, 1 / 9], [0.1, 0.2, 0.7], base=2)
    assert found.distance == pytest.approx(expected, abs=1e-7)
