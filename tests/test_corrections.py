"""All tests of a report corrected together."""

from dataclasses import replace

import numpy as np
import pytest
from stats_examples import random_cells, some_measure

from biaslens.codebook import Measure
from biaslens.settings import Settings
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.corrections import Contrasts, corrected
from biaslens.stats.ladder import events_for_discovery
from biaslens.stats.multiplicity import in_families
from biaslens.stats.omnibus import omnibus
from biaslens.stats.rest import contrast_with_rest

MEASURES = (
    replace(some_measure("rate", "words"), family="lexical"),
    replace(some_measure("share", "quotes"), family="sourcing"),
)
OUTLETS = ("A", "B", "C")


def _found(n_events: int = 14, measures: tuple[Measure, ...] = MEASURES) -> Contrasts:
    cells = random_cells(n_events, len(OUTLETS), len(measures))
    given = (cells, measures, OUTLETS, [f"event {row}" for row in range(n_events)], Settings())
    return Contrasts(contrast_outlets(*given), contrast_with_rest(*given), omnibus(*given))


def test_pairs_rest_and_omnibus_are_corrected_as_one_report() -> None:
    found = corrected(_found(), MEASURES, Settings())
    tables = (found.pairs, found.rest, found.omnibus)
    p = np.concatenate([table.p_value for table in tables])
    family = ["lexical" if name == "words" else "sourcing" for table in tables for name in table.measure]
    assert len(p) == 2 * (3 + 3 + 1)
    np.testing.assert_array_equal(np.concatenate([table.q_value for table in tables]), in_families(p, family))


def test_the_events_needed_allow_a_single_discovery() -> None:
    found = corrected(_found(), MEASURES, Settings())
    # Two families of seven tests each.
    assert set(found.pairs.events_needed.tolist()) == {float(events_for_discovery(14, 0.05))}
    smallest = 2.0 ** (1 - found.pairs.events_needed[0])
    family = ["lexical"] * 7 + ["sourcing"] * 7
    assert in_families(np.array([smallest] + [1.0] * 13), family)[0] <= 0.05
    assert in_families(np.array([2 * smallest] + [1.0] * 13), family)[0] > 0.05


@pytest.mark.parametrize("n_events", [4, 8])
def test_too_few_events_are_neither_corrected_nor_counted(n_events: int) -> None:
    found = corrected(_found(n_events), MEASURES, Settings())
    for table in (found.pairs, found.rest, found.omnibus):
        assert np.isnan(table.q_value).all()
    assert np.isnan(found.pairs.events_needed).all()
