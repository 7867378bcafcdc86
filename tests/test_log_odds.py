"""Log odds, odds ratios, log likelihood and log ratio."""

from math import comb, exp, inf, log, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.stats.log_odds import (
    TermUses,
    common_odds_ratio,
    improbability,
    log_likelihood,
    log_ratio,
    stratified_log_odds,
)


def _uses(*events: tuple[int, int, int, int]) -> TermUses:
    """From (count, words, count_others, words_others) of each event, for one term."""
    return TermUses(*(np.array(column)[:, None] for column in zip(*events, strict=True)))


def test_monroes_formula_is_worked_by_hand() -> None:
    # y = 3 of 10, y' = 1 of 10, prior 4 of 20: log[7 / 23] - log[5 / 25], variance 1 / 7 + 1 / 5.
    one = stratified_log_odds(*(np.array([figure]) for figure in (3.0, 10.0, 4.0, 20.0)))
    assert one.value[0] == pytest.approx(log(7 / 23) - log(5 / 25))
    assert one.precision[0] == pytest.approx(1 / (1 / 7 + 1 / 5))


def test_the_common_odds_ratio_is_worked_by_hand() -> None:
    # (3 * 9 / 20 + 2 * 18 / 25) / (7 * 1 / 20 + 3 * 2 / 25)
    assert common_odds_ratio(_uses((3, 10, 1, 10), (2, 5, 2, 20)))[0] == pytest.approx(2.79 / 0.59)


def test_the_common_odds_ratio_agrees_with_statsmodels() -> None:
    tables = pytest.importorskip("statsmodels.stats.contingency_tables")
    rng = np.random.default_rng(3)
    events = [(int(a), 300, int(c), 900) for a, c in zip(rng.poisson(9, 8), rng.poisson(20, 8), strict=True)]
    strata = [np.array([[a, n - a], [c, m - c]]) for a, n, c, m in events]
    expected = tables.StratifiedTable(strata).oddsratio_pooled
    assert common_odds_ratio(_uses(*events))[0] == pytest.approx(expected, rel=1e-7)


def test_one_event_has_the_plain_odds_ratio() -> None:
    contingency = pytest.importorskip("scipy.stats.contingency")
    expected = contingency.odds_ratio([[12, 288], [9, 891]], kind="sample").statistic
    assert common_odds_ratio(_uses((12, 300, 9, 900)))[0] == pytest.approx(expected, rel=1e-7)


def test_a_term_that_nobody_else_uses_has_an_infinite_odds_ratio() -> None:
    assert common_odds_ratio(_uses((3, 10, 0, 10)))[0] == inf


def test_a_term_that_nobody_uses_has_no_odds_ratio() -> None:
    assert np.isnan(common_odds_ratio(_uses((0, 10, 0, 10)))[0])


@given(st.permutations(range(6)))
def test_the_order_of_events_changes_no_digit(order: list[int]) -> None:
    events = [(a, 97 + a, c, 1013 - c) for a, c in ((3, 1), (0, 2), (7, 5), (1, 11), (2, 0), (13, 3))]
    turned = common_odds_ratio(_uses(*(events[row] for row in order)))
    assert turned[0] == common_odds_ratio(_uses(*events))[0]


def test_log_likelihood_agrees_with_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    table = [[30, 970], [25, 1975]]
    expected = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    uses = TermUses(*map(np.array, (30, 1000, 25, 2000)))
    assert float(log_likelihood(uses)) == pytest.approx(expected)


def test_equal_rates_have_no_log_likelihood() -> None:
    assert float(log_likelihood(TermUses(*map(np.array, (10, 1000, 20, 2000))))) == pytest.approx(
        0, abs=1e-12
    )


def test_a_side_without_a_use_counts_as_half_a_use() -> None:
    both = TermUses(*map(np.array, ([8, 0], [1000, 1000], [0, 8], [1000, 1000])))
    assert log_ratio(both).tolist() == [log2(16), -log2(16)]


def test_a_side_without_words_has_no_log_ratio() -> None:
    assert np.isnan(log_ratio(TermUses(*map(np.array, ([8], [1000], [0], [0]))))[0])


def test_ten_uses_of_ten_in_half_of_the_text_are_a_coin_thrown_ten_times() -> None:
    assert improbability(_uses((4, 50, 0, 50), (6, 10, 0, 10)))[0] == pytest.approx(10 * log(2))


@given(st.integers(1, 40), st.integers(0, 40), st.integers(1, 9))
def test_improbability_bounds_the_binomial_tail(n: int, count: int, tenths: int) -> None:
    count, part = min(count, n), tenths / 10
    far = range(count, n + 1) if count >= n * part else range(count + 1)
    tail = sum(comb(n, k) * part**k * (1 - part) ** (n - k) for k in far)
    found = improbability(_uses((count, 100 * tenths, n - count, 100 * (10 - tenths))))[0]
    assert tail <= exp(-found) * (1 + 1e-9)
