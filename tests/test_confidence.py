import numpy as np
import pytest

from biaslens.events import confidence
from biaslens.events.confidence import placement_confidence
from biaslens.events.linkage import Edges

# Articles 0 and 1 are one event, 2 and 3 another, 4 is alone.
EVENT = np.array([0, 0, 1, 1, 2])
EDGES = Edges(np.array([0, 2, 1, 1]), np.array([1, 3, 2, 4]), np.array([0.64, 0.36, 0.18, 0.04]))


def test_confidence_is_the_root_of_the_own_mean_less_that_of_the_nearest_other() -> None:
    # Article 1: .64 to its own event; .18 / 2 to the second, .04 to the third.
    expected = [0.8, 0.8 - 0.3, 0.6 - 0.3, 0.6, np.sqrt(0.11) - np.sqrt(0.02)]
    np.testing.assert_allclose(placement_confidence(EVENT, EDGES, 0.11), expected)


def test_confidence_is_never_below_zero() -> None:
    edges = Edges(np.array([0, 1]), np.array([1, 2]), np.array([0.1, 0.9]))
    assert placement_confidence(np.array([0, 0, 1]), edges, 0.11)[1] == 0


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_articles_looked_at_in_parts_have_the_same_confidence(rows: int, monkeypatch) -> None:
    whole = placement_confidence(EVENT, EDGES, 0.11)
    monkeypatch.setattr(confidence, "ROWS", rows)
    np.testing.assert_array_equal(placement_confidence(EVENT, EDGES, 0.11), whole)
