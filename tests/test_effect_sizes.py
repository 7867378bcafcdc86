"""Effect sizes of within-event differences."""

import numpy as np

from biaslens.stats.effect_sizes import dominance, hedges_g


def test_hedges_g_needs_two_events_and_some_spread() -> None:
    present = np.ones((3, 1), dtype=bool)
    assert np.isnan(hedges_g(np.full((3, 1), 0.1), present)).all()
    assert np.isnan(hedges_g(np.ones((1, 1)), present[:1])).all()


def test_dominance_counts_the_events_on_each_side() -> None:
    differences = np.array([[5.0, -1.0], [0.1, -1.0], [-9.0, -1.0], [0.0, 3.0]])
    present = np.array([[True, True], [True, True], [True, True], [True, False]])
    np.testing.assert_allclose(dominance(differences, present), [0.25, -1.0])


def test_without_an_event_there_is_no_dominance() -> None:
    assert np.isnan(dominance(np.zeros((2, 1)), np.zeros((2, 1), dtype=bool))).all()
