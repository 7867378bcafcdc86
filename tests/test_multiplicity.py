"""Correction for many tests."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from biaslens.stats.multiplicity import benjamini_hochberg


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_agrees_with_scipy(p_values: list[float]) -> None:
    # scipy 1.17.1: scipy.stats.false_discovery_control(ps, method="bh")
    p = np.array(p_values)
    np.testing.assert_allclose(benjamini_hochberg(p), false_discovery_control(p), atol=1e-15)


def test_missing_p_values_are_not_part_of_the_family() -> None:
    q = benjamini_hochberg(np.array([np.nan, 0.02, np.nan, 0.5]))
    np.testing.assert_allclose(q, [np.nan, 0.04, np.nan, 0.5])


def test_no_tests_give_no_q_values() -> None:
    assert benjamini_hochberg(np.array([])).shape == (0,)
    assert np.isnan(benjamini_hochberg(np.array([np.nan]))).all()
