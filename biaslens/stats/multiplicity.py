"""Correction for asking many questions at once: families of tests, and the tests inside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biaslens.spans import FloatArray


def benjamini_hochberg(p_values: FloatArray) -> FloatArray:
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


def in_families(p_values: FloatArray, family: Sequence[str]) -> FloatArray:
    """Q-values of tests that stand in families, shape (n_tests,); NaN is not a test.

    Two levels (Benjamini & Bogomolov 2014). Families come first: each has the p-value of Simes (1986), the
    least of its Benjamini-Hochberg values, and Benjamini-Hochberg is taken over families. Where R of m
    families are chosen at level q, the tests inside them are judged at q * R / m. What stays at q is the
    share of false discoveries in a family, averaged over the families chosen; and where nothing differs, the
    chance of a report to hold any: ten families, each at 5 % by itself, would do so in 40 % of the reports.
    The q-value is the smallest q at which a test is a discovery.

    >>> in_families(np.array([0.01, 0.5, 0.02, 0.9]), ["words", "words", "style", "style"]).round(3)
    array([0.04, 0.5 , 0.04, 0.9 ])
    """
    names = np.array(family, dtype=object)
    inside = np.full(len(p_values), np.nan)
    used = sorted({name for name, p in zip(family, p_values.tolist(), strict=True) if not np.isnan(p)})
    for name in used:
        inside[names == name] = benjamini_hochberg(p_values[names == name])
    of_family = benjamini_hochberg(np.array([np.nanmin(inside[names == name]) for name in used]))
    q_values = np.full(len(p_values), np.nan)
    for name, chosen_at in zip(used, of_family.tolist(), strict=True):
        q_values[names == name] = _smallest_level(inside[names == name], chosen_at, np.sort(of_family))
    return q_values


def _smallest_level(inside: FloatArray, chosen_at: float, ascending: FloatArray) -> FloatArray:
    """The least q at which a family is chosen and a test in it is found, over the numbers R of families."""
    n_chosen = np.arange(1, len(ascending) + 1)
    judged = inside[:, None] * len(ascending) / n_chosen
    return np.asarray(np.maximum(np.maximum(judged, ascending), chosen_at).min(axis=1).clip(max=1.0))
