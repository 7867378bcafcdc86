"""Effect sizes of within-event differences, free of the measure's unit."""

from __future__ import annotations

import numpy as np

from biaslens.spans import FloatArray
from biaslens.tokens import BoolArray


def hedges_g(differences: FloatArray, present: BoolArray) -> FloatArray:
    """Hedges' g_z of within-event differences, shape (n_columns,).

    J * mean / sd, with J = 1 - 3 / (4 (E - 1) - 1) for E events.
    NaN below two events, and where all differences are the same. (Hedges 1981: his correction, at the E - 1
    degrees of freedom of paired data.)

    >>> hedges_g(np.array([[1.0], [2.0], [3.0]]), np.ones((3, 1), dtype=bool)).round(6)
    array([1.142857])
    """
    n_events = present.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.sum(differences, axis=0) / n_events
        squares = np.sum(np.where(present, differences - mean, 0.0) ** 2, axis=0)
        deviation = np.sqrt(squares / (n_events - 1))
        correction = 1 - 3 / (4 * (n_events - 1) - 1)
        # What is left of rounding must not be divided by.
        varied = (n_events >= 2) & (deviation > 1e-12 * np.abs(mean))
        return np.where(varied, correction * mean / deviation, np.nan)


def dominance(differences: FloatArray, present: BoolArray) -> FloatArray:
    """Matched dominance, shape (n_columns,): (events with d > 0 less events with d < 0) / events, -1 to 1.

    (Cliff 1996, d_w for paired data.) NaN without an event.

    >>> dominance(np.array([[1.0], [2.0], [-3.0], [0.0]]), np.ones((4, 1), dtype=bool))
    array([0.25])
    """
    n_events = present.sum(axis=0)
    balance = np.where(present, np.sign(differences), 0.0).sum(axis=0)
    return np.where(n_events > 0, balance / np.maximum(n_events, 1), np.nan)
