"""Figures that the literature prints, or that its formulas give on paper."""

from math import gamma, log, sqrt

import numpy as np
import pytest
from paired_examples import contrast, of_differences

from biaslens.stats.alpha import Level, krippendorff_alpha
from biaslens.stats.effect_sizes import dominance, hedges_g
from biaslens.stats.ladder import smallest_p
from biaslens.stats.log_odds import (
    TermUses,
    common_odds_ratio,
    log_likelihood,
    log_ratio,
    stratified_log_odds,
)
from biaslens.stats.multiplicity import benjamini_hochberg, in_families
from biaslens.stats.rates import PairedCounts, rate_ratio
from biaslens.stats.resample import SignTable
from biaslens.stats.stylometry import burrows_delta, cosine_delta

# Heights of cross-fertilised less self-fertilised maize, in eighths of an inch (Darwin 1876; Fisher 1935).
MAIZE = (49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48)


def test_darwins_maize_has_the_p_value_of_fisher() -> None:
    # Fisher (1935), section 21: 1,726 of the 32,768 arrangements reach 314, or 5.267 %.
    exact = 1_726 / 32_768
    row = contrast(of_differences(MAIZE), kind="mean")
    assert row["p_value"] == pytest.approx(exact, abs=4 * sqrt(exact * (1 - exact) / 9_999) + 1e-4)
    assert row["difference"] == pytest.approx(314 / 15 / 1_000)


def test_every_arrangement_of_darwins_maize_is_counted_as_fisher_did() -> None:
    sign = np.where(np.arange(2**14) >> np.arange(15)[:, None] & 1, -1.0, 1.0)
    p_value = SignTable(np.arange(15), sign).p_values(np.array(MAIZE, dtype=float)[:, None])
    assert p_value.tolist() == [1_726 / 32_768]


def test_benjamini_and_hochberg_find_the_four_of_their_own_example() -> None:
    # Benjamini & Hochberg (1995): 15 tests on myocardial infarction (Neuhaus et al. 1992), 4 found.
    p = [
        *[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
        *[0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0],
    ]
    q = benjamini_hochberg(np.array(p))
    assert (q <= 0.05).tolist() == [True] * 4 + [False] * 11
    assert q[:5] == pytest.approx([0.0015, 0.0030, 0.0095, 0.035625, 0.0603])


def test_two_levels_are_worked_by_hand() -> None:
    # Benjamini & Bogomolov (2014). Inside the families the q-values are .008 .03, .04 .04 and .9 .9, the
    # least of which belong to the families; over three families: .024, .06, .9. At q = .024 one family is
    # chosen and its tests are judged at .024 / 3; at .06 two, at .04; at .9 all three.
    p = np.array([0.004, 0.03, 0.03, 0.04, 0.6, 0.9])
    q = in_families(p, ["one", "one", "two", "two", "three", "three"])
    assert q == pytest.approx([0.024, 0.06, 0.06, 0.06, 0.9, 0.9])


def test_the_smallest_p_of_fishers_test_halves_with_every_event() -> None:
    assert [smallest_p(n) for n in (6, 10)] == [1 / 32, 1 / 512]


@pytest.mark.parametrize("n_events", [6, 10, 20, 50])
def test_the_correction_of_g_is_near_its_exact_form(n_events: int) -> None:
    # Hedges (1981) so approximates
    # J = gamma(m / 2) / (sqrt(m / 2) gamma((m - 1) / 2)), m = E - 1.
    m = n_events - 1
    exact = gamma(m / 2) / (sqrt(m / 2) * gamma((m - 1) / 2))
    d = np.arange(n_events, dtype=float)[:, None]
    g = hedges_g(d, np.ones_like(d, dtype=bool))[0]
    assert g / (d.mean() / d.std(ddof=1)) == pytest.approx(exact, rel=2e-3)


def test_hedges_g_is_worked_by_hand() -> None:
    # d = 2, 4, 4, 6: mean 4, sd sqrt(8 / 3); J = 1 - 3 / 11.
    row = contrast(of_differences([200, 400, 400, 600]), kind="mean")
    assert row["effect_size"] == pytest.approx(8 / 11 * 4 / sqrt(8 / 3))


def test_matched_dominance_is_worked_by_hand() -> None:
    # Cliff (1996): of seven events four are higher in A, two in B, one in neither; three are not shared.
    d = np.array([3.0, 1.0, -2.0, 0.0, 5.0, -1.0, 2.0, 9.0, 9.0, 9.0])[:, None]
    present = np.array([True] * 7 + [False] * 3)[:, None]
    assert dominance(d, present).tolist() == [2 / 7]


def test_dominance_does_not_ask_how_large_a_difference_is() -> None:
    assert contrast(of_differences([1, 1, 1, 1, 1, -900]), kind="mean")["dominance"] == pytest.approx(4 / 6)


def test_the_conditional_rate_ratio_is_worked_by_hand() -> None:
    # Hausman, Hall & Griliches (1984): given 8 hits in 100 + 100 words and 8 in 100 + 300, the likelihood
    # (R / (R + 1))^4 (1 / (R + 1))^4 (R / (R + 3))^6 (3 / (R + 3))^2 is greatest where
    # 10 = 8 R / (R + 1) + 8 R / (R + 3), that is 6 R^2 - 8 R - 30 = 0.
    counts = PairedCounts(
        *(np.array(part, dtype=float)[:, None] for part in ([4, 6], [4, 2], [100, 100], [100, 300]))
    )
    assert rate_ratio(counts) == pytest.approx([(8 + sqrt(64 + 720)) / 12])


def test_burrows_delta_is_worked_by_hand() -> None:
    # Burrows (2002): the mean of |z - z'| over the words.
    assert burrows_delta(np.array([1.0, -0.5, 0.0, 2.0]), np.array([0.5, 0.5, 0.0, -1.0])) == 4.5 / 4


def test_cosine_delta_is_worked_by_hand() -> None:
    # Smith & Aldridge (2011): (3, 4) and (4, 3) enclose a cosine of 24 / 25.
    assert cosine_delta(np.array([3.0, 4.0]), np.array([4.0, 3.0])) == pytest.approx(1 / 25)


# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability"; nan where an observer has no value.
ALPHA_BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
ALPHA_FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, np.nan, np.nan, np.nan],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, np.nan, 3],
    [np.nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, np.nan],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, np.nan],
]


def letters(text: str) -> list[int]:
    return ["abcde".index(letter) for letter in text]


def test_alpha_of_two_observers_and_two_values_is_that_of_krippendorff() -> None:
    assert krippendorff_alpha(np.array(ALPHA_BINARY, dtype=float)) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_two_observers_and_five_values_is_that_of_krippendorff() -> None:
    ratings = [letters("aabbdcccedda"), letters("babbbccceddd")]
    assert krippendorff_alpha(np.array(ratings, dtype=float)) == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_four_observers_is_that_of_krippendorff(level: Level, alpha: float) -> None:
    assert krippendorff_alpha(np.array(ALPHA_FOUR), level) == pytest.approx(alpha, abs=5e-4)


def test_log_odds_with_a_prior_are_worked_by_hand() -> None:
    # Monroe, Colaresi & Quinn (2008), equations 15, 16, 18 and 19, with the event's own text as the prior:
    # 12 uses in 400 words beside 4 in 600, so alpha = 16 of 1,000.
    odds = (12 + 16) / (400 + 1_000 - 12 - 16), (4 + 16) / (600 + 1_000 - 4 - 16)
    delta, variance = log(odds[0]) - log(odds[1]), 1 / (12 + 16) + 1 / (4 + 16)
    found = stratified_log_odds(*(np.array([figure]) for figure in (12.0, 400.0, 16.0, 1_000.0)))
    assert found.value[0] == pytest.approx(delta) == pytest.approx(0.4776, abs=5e-5)
    assert found.value[0] * sqrt(found.precision[0]) == pytest.approx(delta / sqrt(variance))


# Applicants admitted and all, men and women, at six departments (Bickel, Hammel & O'Connell 1975).
BERKELEY = [
    *[(512, 825, 89, 108), (353, 560, 17, 25), (120, 325, 202, 593)],
    *[(138, 417, 131, 375), (53, 191, 94, 393), (22, 373, 24, 341)],
]


def berkeley() -> TermUses:
    """Departments for events, men for the outlet, admission for the term."""
    return TermUses(*(column[:, None] for column in np.array(BERKELEY).T))


def test_the_common_odds_ratio_of_berkeley_is_that_of_mantelhaen_test() -> None:
    # R, mantelhaen.test(UCBAdmissions): common odds ratio 0.9046968.
    assert common_odds_ratio(berkeley()) == pytest.approx([0.9046968], abs=5e-8)


def test_pooled_departments_of_berkeley_show_the_paradox_that_strata_undo() -> None:
    # Bickel et al.: of all applicants 44.5 % of the men and 30.4 % of the women were admitted.
    pooled = berkeley().summed()
    assert log_ratio(pooled)[0] == pytest.approx(log(1198 / 2691 / (557 / 1835)) / log(2))
    assert common_odds_ratio(berkeley())[0] < 1 < 2 ** log_ratio(pooled)[0]


def test_log_likelihood_is_worked_by_hand() -> None:
    # Dunning (1993): 30 of 1,000 beside 10 of 1,000 words; expected are 20 and 980 in either text.
    g2 = 2 * (30 * log(30 / 20) + 970 * log(970 / 980) + 10 * log(10 / 20) + 990 * log(990 / 980))
    one = TermUses(*(np.array([figure]) for figure in (30, 1_000, 10, 1_000)))
    assert log_likelihood(one) == pytest.approx([g2])
