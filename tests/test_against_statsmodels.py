"""The same figures from statsmodels (written with 0.15.0; each test names the model it fits)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from paired_examples import contrast

from biaslens.settings import Settings
from biaslens.stats.crossing import Crossing
from biaslens.stats.log_odds import TermUses, common_odds_ratio
from biaslens.stats.multiplicity import benjamini_hochberg
from biaslens.stats.outlet_effects import outlet_effects
from biaslens.stats.rates import PairedCounts, rate_ratio

pytest.importorskip("statsmodels", reason="statsmodels is not installed: pip install biaslens[test]")

# (hits of A, hits of B, words of A, words of B)
Row = tuple[int, int, int, int]

EVENTS: list[Row] = [
    *[(9, 2, 400, 200), (4, 7, 310, 450), (12, 3, 500, 170), (5, 5, 250, 330), (8, 1, 620, 90)],
    *[(6, 6, 200, 410), (10, 2, 150, 700), (0, 4, 333, 333), (3, 0, 280, 610)],
]
some_events = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(50, 900), st.integers(50, 900)),
    min_size=3,
    max_size=12,
)


def ours(rows: Sequence[Row]) -> float:
    columns = np.array(rows, dtype=float).T[:, :, None]
    return float(np.log(rate_ratio(PairedCounts(*columns))[0]))


def stacked(rows: Sequence[Row]) -> Any:
    """Hits, words, outlet (1 for A) and event of every text, A's first; each of shape (2 * n_events,)."""
    a, b, length_a, length_b = np.array(rows, dtype=float).T
    event = np.arange(len(rows))
    return (
        np.concatenate([a, b]),
        np.concatenate([length_a, length_b]),
        np.repeat([1.0, 0.0], len(rows)),
        np.concatenate([event, event]),
    )


def test_the_log_ratio_is_that_of_conditional_poisson() -> None:
    from statsmodels.discrete.conditional_models import ConditionalPoisson

    # It drops events whose two counts are equal, which do tell something where the texts are unequally long.
    rows = [row for row in EVENTS if row[0] != row[1]]
    hits, words, is_a, event = stacked(rows)
    model = ConditionalPoisson(hits, is_a[:, None], groups=event, offset=np.log(words))
    fitted = model.fit(method="newton", disp=False)
    assert ours(rows) == pytest.approx(fitted.params[0], abs=1e-6)


def test_the_log_ratio_is_that_of_poisson_regression_with_an_effect_of_every_event() -> None:
    from statsmodels.api import GLM, families

    hits, words, is_a, event = stacked(EVENTS)
    design = np.column_stack([is_a, *(event == one for one in np.unique(event))])
    fitted = GLM(hits, design, family=families.Poisson(), exposure=words).fit(tol=1e-12)
    assert ours(EVENTS) == pytest.approx(fitted.params[0], abs=1e-9)


@given(some_events)
@settings(max_examples=25, deadline=None)
def test_the_log_ratio_is_the_intercept_of_binomial_regression_given_event_totals(rows: list[Row]) -> None:
    from statsmodels.api import GLM, families

    a, b, length_a, length_b = np.array([row for row in rows if row[0] + row[1] > 0]).reshape(-1, 4).T
    assume(len(a) > 1 and a.sum() > 0 and b.sum() > 0)
    model = GLM(
        np.column_stack([a, b]),
        np.ones(len(a)),
        family=families.Binomial(),
        offset=np.log(length_a / length_b),
    )
    assert ours(rows) == pytest.approx(model.fit(tol=1e-12).params[0], abs=1e-6)


def test_the_difference_of_means_is_that_of_a_mixed_model_with_event_intercepts() -> None:
    from statsmodels.regression.mixed_linear_model import MixedLM

    totals = [(310, 250), (480, 470), (120, 90), (260, 300), (400, 310), (220, 150), (350, 330), (90, 60)]
    values, event = np.array(totals).T.ravel() / 1_000, np.tile(np.arange(8), 2)
    design = np.column_stack([np.ones(16), np.repeat([1.0, 0.0], 8)])
    fitted = MixedLM(values, design, groups=event).fit(reml=True, method="lbfgs")
    d = np.diff(np.array(totals)[:, ::-1], axis=1) / 1_000
    assert contrast(totals, kind="mean")["difference"] == pytest.approx(fitted.fe_params[1], abs=1e-9)
    # With both outlets in every event its standard error is that of paired differences.
    assert fitted.bse_fe[1] == pytest.approx(d.std(ddof=1) / np.sqrt(8), rel=1e-3)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_q_values_are_those_of_multipletests(p_values: list[float]) -> None:
    from statsmodels.stats.multitest import multipletests

    theirs = multipletests(p_values, method="fdr_bh")[1]
    np.testing.assert_allclose(benjamini_hochberg(np.array(p_values)), theirs, atol=1e-15)


def test_effects_of_three_outlets_are_those_of_poisson_regression_on_outlets_and_events() -> None:
    from statsmodels.api import GLM, families

    hits = np.array([[9, 2, 4], [4, 7, 0], [12, 3, 5], [5, 5, 1], [8, 1, 3], [6, 0, 2]], dtype=float)
    words = np.array(
        [[400, 200, 310], [310, 450, 280], [500, 170, 0], [250, 330, 90], [0, 90, 620], [200, 410, 300]]
    )
    hits[words == 0] = 0
    event, outlet = np.nonzero(words)
    design = np.column_stack([*(outlet == one for one in (1, 2)), *(event == one for one in range(6))])
    model = GLM(hits[words > 0], design.astype(float), family=families.Poisson(), exposure=words[words > 0])
    theirs = np.array([0.0, *model.fit(tol=1e-12).params[:2]])
    found = outlet_effects(Crossing(hits, words.astype(float), True, 1_000.0), Settings())
    assert found.effect == pytest.approx(theirs - theirs.mean(), abs=1e-7)


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 300), st.integers(0, 20), st.integers(1, 300)),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=50, deadline=None)
def test_the_common_odds_ratio_is_that_of_stratified_table(listed: list[Row]) -> None:
    from statsmodels.stats.contingency_tables import StratifiedTable

    # Uses and other words of the outlet, uses and other words of the others.
    n, rest, m, rest_of_others = np.array(listed).T
    assume(m.sum() > 0)
    theirs = StratifiedTable(np.array([[n, rest], [m, rest_of_others]], dtype=float)).oddsratio_pooled
    uses = TermUses(*(part[:, None] for part in (n, n + rest, m, m + rest_of_others)))
    assert common_odds_ratio(uses)[0] == pytest.approx(theirs, rel=1e-7)
