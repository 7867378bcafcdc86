"""Each outlet against all others."""

import numpy as np
import pytest
from stats_examples import random_cells, some_measure

from biaslens.cells import Cells
from biaslens.codebook import MeasureKind
from biaslens.settings import Settings
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.rest import THE_OTHERS, contrast_with_rest


def test_the_others_are_added_up_event_by_event() -> None:
    # Two events; outlet A has 6 of 100 and 2 of 100, the others 2 of 100 + 1 of 200 and 5 of 100.
    event, outlet = np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 0, 1])
    total, exposure = np.array([[6], [2], [1], [2], [5]]), np.array([[100], [100], [200], [100], [100]])
    cells = Cells(event, outlet, np.ones((5, 1), dtype=np.int64), total, exposure)
    settings = Settings(min_shared_events=2, min_expected_count=1)
    rows = list(contrast_with_rest(cells, [some_measure()], "ABC", ["d", "e"], settings).rows())
    assert [(row["outlet_a"], row["outlet_b"], row["n_events"]) for row in rows] == [
        ("A", THE_OTHERS, 2),
        ("B", THE_OTHERS, 2),
        ("C", THE_OTHERS, 1),
    ]
    # Rates per 1,000: 60 - 10 and 20 - 50.
    assert rows[0]["difference"] == pytest.approx(10)


@pytest.mark.parametrize("kind", ["share", "mean"])
def test_of_shares_and_means_every_other_outlet_is_one_voice(kind: MeasureKind) -> None:
    # In each of three events A has 30 of 100, B 10 of 100 and C 400 of 1,000, so that the others have
    # (.1 + .4) / 2 = .25; added up they would have 410 / 1,100.
    event, outlet = np.divmod(np.arange(9), 3)
    total, exposure = np.tile([[30], [10], [400]], (3, 1)), np.tile([[100], [100], [1000]], (3, 1))
    cells = Cells(event, outlet, np.ones_like(total), total, exposure)
    row = next(contrast_with_rest(cells, [some_measure(kind)], "ABC", list("def"), Settings()).rows())
    assert row["difference"] == pytest.approx(0.30 - 0.25)


@pytest.mark.parametrize("size", [10**12, 10**17])
def test_means_of_large_numbers_stay_within_the_range_of_integers(size: int) -> None:
    # Fixed-point sums of 20 million, as of syllables of a whole story, in 10 articles each; and beyond sense.
    event, outlet = np.divmod(np.arange(9), 3)
    total, exposure = np.tile([[20], [10], [30]], (3, 1)) * size, np.full((9, 1), 10)
    cells = Cells(event, outlet, np.ones_like(total), total, exposure)
    row = next(contrast_with_rest(cells, [some_measure("mean")], "ABC", list("def"), Settings()).rows())
    assert row["difference"] == 0


def test_an_outlet_that_differs_is_found() -> None:
    cells = random_cells(40, 3, 1, factor=2.0)
    table = contrast_with_rest(cells, [some_measure()], "ABC", [f"e{i}" for i in range(40)], Settings())
    assert table.p_value[0] < 0.01
    assert table.higher_in[0] == "A"
    assert 1.5 < table.ratio[0] < 2.7


def test_two_outlets_have_no_rows() -> None:
    cells = random_cells(12, 2, 1)
    assert len(contrast_with_rest(cells, [some_measure()], "AB", list("abcdefghijkl"), Settings())) == 0


def test_codes_of_outlets_and_events_change_no_byte() -> None:
    cells, rng = random_cells(25, 3, 2), np.random.default_rng(1)
    measures = [some_measure("rate", "r"), some_measure("share", "s")]
    names = [f"event {row}" for row in range(25)]
    plain = contrast_with_rest(cells, measures, "ABC", names, Settings())
    to_event, to_outlet = rng.permutation(25), rng.permutation(3)
    event, outlet = to_event[cells.event], to_outlet[cells.outlet]
    order = np.lexsort((outlet, event))
    coded = Cells(
        event[order], outlet[order], cells.n_articles[order], cells.total[order], cells.exposure[order]
    )
    new_names = [names[row] for row in np.argsort(to_event)]
    again = contrast_with_rest(
        coded, measures, ["ABC"[row] for row in np.argsort(to_outlet)], new_names, Settings()
    )
    for name, column in plain.columns().items():
        assert np.array_equal(column, again.columns()[name], equal_nan=column.dtype.kind == "f"), name


def test_with_one_other_outlet_in_every_event_the_rest_is_that_outlet() -> None:
    cells = random_cells(15, 3, 1)
    kept = cells.outlet < 2
    two = Cells(
        cells.event[kept],
        cells.outlet[kept],
        cells.n_articles[kept],
        cells.total[kept],
        cells.exposure[kept],
    )
    names = [f"e{i}" for i in range(15)]
    rest = next(contrast_with_rest(two, [some_measure()], "ABC", names, Settings()).rows())
    pair = next(contrast_outlets(two, [some_measure()], "ABC", names, Settings()).rows())
    assert {**pair, "outlet_b": THE_OTHERS} == rest
