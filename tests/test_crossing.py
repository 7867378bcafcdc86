"""One measure's sums by event and outlet."""

import numpy as np
from stats_examples import random_cells, some_measure

from biaslens.cells import Cells
from biaslens.stats.crossing import Crossing, crossings


def test_among_some_outlets_only_events_that_two_of_them_share_are_left() -> None:
    exposure = np.array([[1.0, 1.0, 1.0], [0.0, 1.0, 1.0], [1.0, 1.0, 0.0]])
    found = Crossing(2 * exposure, exposure, True, 1.0).among(np.array([True, True, False]))
    assert found.exposure.tolist() == [[1, 1], [1, 1]]
    assert found.total.tolist() == [[2, 2], [2, 2]]


def test_totals_without_exposure_do_not_count() -> None:
    cells = random_cells(3, 2, 1)
    exposure = cells.exposure.copy()
    exposure[0] = 0
    bare = Cells(cells.event, cells.outlet, cells.n_articles, cells.total + 1, exposure)
    (found,) = crossings(bare, [some_measure()], ["A", "B"], ["a", "b", "c"])
    assert found.total[0, 0] == 0
    assert found.present.tolist() == [[False, True], [True, True], [True, True]]


def test_names_place_events_and_outlets_whatever_their_codes_are() -> None:
    cells, measure = random_cells(9, 3, 1), some_measure()
    rng = np.random.default_rng(0)
    event_code, outlet_code = rng.permutation(9), rng.permutation(3)
    event, outlet = event_code[cells.event], outlet_code[cells.outlet]
    order = np.lexsort((outlet, event))
    coded = Cells(
        event[order], outlet[order], cells.n_articles[order], cells.total[order], cells.exposure[order]
    )
    events, outlets = [f"event {i}" for i in range(9)], ["Ant", "Bee", "Cat"]
    (expected,) = crossings(cells, [measure], outlets, events)
    named_events = [events[i] for i in np.argsort(event_code)]
    named_outlets = [outlets[i] for i in np.argsort(outlet_code)]
    (found,) = crossings(coded, [measure], named_outlets, named_events)
    assert np.array_equal(found.total, expected.total)
    assert np.array_equal(found.exposure, expected.exposure)


def test_measures_that_cannot_be_counted_have_no_crossing() -> None:
    measures = [some_measure(available=False), some_measure("share")]
    (found,) = crossings(random_cells(4, 2, 2), measures, ["A", "B"], ["a", "b", "c", "d"])
    assert not found.is_rate


def test_events_of_one_outlet_have_no_row() -> None:
    cells = random_cells(3, 2, 1)
    alone = Cells(*(column[:5] for column in (cells.event, cells.outlet, cells.n_articles)), *(
        column[:5] for column in (cells.total, cells.exposure)
    ))  # fmt: skip
    (found,) = crossings(alone, [some_measure()], ["A", "B"], ["a", "b", "c"])
    assert found.total.shape == (2, 2)
