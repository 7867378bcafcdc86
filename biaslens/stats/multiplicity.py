"""Correction for asking many questions at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def benjamini_hochberg(p_values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Q-values: the smallest false discovery rate at which each test is a discovery, shape (n_tests,).

    NaN is not a test: it stays NaN and does not count. With m tests, the i-th smallest p becomes the
    least of p_j * m / j over j >= i (Benjamini & Hochberg 1995).

    >>> benjamini_hochberg(np.array([0.01, np.nan, 0.04, 0.03])).round(3)
    array([0.03,  nan, 0.04, 0.04])
    """
    q_values = np.full(len(p_values), np.nan)
    tests = np.flatnonzero(~np.isnan(p_values))
    order = tests[np.argsort(p_values[tests], kind="stable")]
    rank = np.arange(1, len(order) + 1)
    steps = p_values[order] * len(order) / rank
    q_values[order] = np.minimum.accumulate(steps[::-1])[::-1].clip(max=1.0)
    return q_values
