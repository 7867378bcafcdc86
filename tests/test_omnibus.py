"""The omnibus test over all outlets."""

from itertools import product

import numpy as np
import pytest
from stats_examples import random_cells, some_measure

from biaslens.cells import Cells
from biaslens.settings import Settings
from biaslens.stats.omnibus import omnibus
from biaslens.stats.resample import SignTable


def _names(n: int) -> list[str]:
    return [f"event {row:03}" for row in range(n)]


def _by_hand(residuals: np.ndarray) -> float:
    """The p-value from every arrangement of signs."""
    squares = (residuals**2).sum(axis=0)
    found = [
        ((np.array(signs) @ residuals) ** 2 / squares).sum()
        for signs in product((1, -1), repeat=len(residuals))
    ]
    return float(np.mean(np.array(found) >= found[0] * (1 - 1e-9)))


def test_rates_are_tested_on_what_exceeds_the_part_by_length() -> None:
    cells = random_cells(7, 3, 1)
    total, exposure = cells.total.reshape(7, 3), cells.exposure.reshape(7, 3)
    residuals = total - total.sum(1, keepdims=True) * exposure / exposure.sum(1, keepdims=True)
    (row,) = omnibus(cells, [some_measure()], "ABC", _names(7), Settings()).rows()
    assert row["p_value"] == pytest.approx(_by_hand(residuals))
    assert (row["n_outlets"], row["n_events"], row["status"]) == (3, 7, "provisional")


def test_other_measures_are_tested_on_what_exceeds_the_mean_of_the_event() -> None:
    cells = random_cells(8, 3, 1)
    value = (cells.total / cells.exposure).reshape(8, 3)
    (row,) = omnibus(cells, [some_measure("share")], "ABC", _names(8), Settings()).rows()
    assert row["p_value"] == pytest.approx(_by_hand(value - value.mean(1, keepdims=True)))


def test_an_outlet_that_is_absent_adds_nothing() -> None:
    cells = random_cells(8, 4, 1)
    exposure = cells.exposure.copy()
    exposure[3::4] = 0
    total = np.where(exposure > 0, cells.total, 0)
    (row,) = omnibus(
        Cells(cells.event, cells.outlet, cells.n_articles, total, exposure),
        [some_measure()],
        "ABCD",
        _names(8),
        Settings(),
    ).rows()
    kept = cells.outlet < 3
    three = Cells(
        cells.event[kept],
        cells.outlet[kept],
        cells.n_articles[kept],
        cells.total[kept],
        cells.exposure[kept],
    )
    (expected,) = omnibus(three, [some_measure()], "ABC", _names(8), Settings()).rows()
    assert row == expected


def test_a_difference_is_found_and_two_outlets_have_no_row() -> None:
    found = omnibus(random_cells(40, 3, 1, factor=2.0), [some_measure()], "ABC", _names(40), Settings())
    assert found.p_value[0] < 0.01
    assert len(omnibus(random_cells(40, 2, 1), [some_measure()], "AB", _names(40), Settings())) == 0


@pytest.mark.parametrize("n_events", [12, 30])
def test_without_a_difference_five_in_a_hundred_tests_reject(n_events: int) -> None:
    n_runs = 300
    cells = random_cells(n_events, 3, n_runs, seed=8)
    found = omnibus(cells, [some_measure()] * n_runs, "ABC", _names(n_events), Settings(draws=999))
    # 99.9 % of binomial(300, 0.05) lies from 4 to 29.
    assert 4 <= (found.p_value <= 0.05).sum() <= 29


def test_rare_and_missing_measures_say_so() -> None:
    rare = random_cells(12, 3, 1, rate=0.0)
    (row,) = omnibus(rare, [some_measure()], "ABC", _names(12), Settings()).rows()
    assert (row["status"], row["p_value"]) == ("too rare", None)
    assert len(omnibus(rare, [some_measure(available=False)], "ABC", _names(12), Settings())) == 0
    equal = Cells(rare.event, rare.outlet, rare.n_articles, rare.exposure, rare.exposure)
    (row,) = omnibus(equal, [some_measure("mean")], "ABC", _names(12), Settings()).rows()
    assert row["p_value"] == 1


def _of_equal_length(hits: np.ndarray) -> Cells:
    """Hits of outlets (columns) in events (rows), of 500 words each."""
    total = hits.reshape(-1, 1).astype(np.int64)
    event, outlet = np.divmod(np.arange(len(total)), hits.shape[1])
    return Cells(event, outlet, np.ones_like(total), total, np.full_like(total, 500))


def test_where_every_outlet_has_too_few_hits_for_its_part_nothing_is_tested() -> None:
    # Ten outlets share 87 hits, 9 in 10 of them with the first two: .8 / sqrt(87 * .09) = .29.
    hits = np.zeros((30, 10))
    hits[:, :2], hits[:27, 2] = 1, 1
    (row,) = omnibus(_of_equal_length(hits), [some_measure()], "ABCDEFGHIJ", _names(30), Settings()).rows()
    assert (row["status"], row["p_value"]) == ("estimate only", None)


def test_an_outlet_with_too_few_hits_for_its_part_adds_nothing() -> None:
    rng = np.random.default_rng(2)
    cells = random_cells(20, 3, 1)
    exposure, total = cells.exposure.copy(), cells.total.copy()
    # The last outlet writes 1 word, and all of its hits are a wonder.
    exposure[2::3], total[2::3] = 1, rng.integers(0, 2, (20, 1))
    short = Cells(cells.event, cells.outlet, cells.n_articles, total, exposure)
    (row,) = omnibus(short, [some_measure()], "ABC", _names(20), Settings(draws=499)).rows()
    parts = total.reshape(20, 3), exposure.reshape(20, 3)
    residuals = parts[0] - parts[0].sum(1, keepdims=True) * parts[1] / parts[1].sum(1, keepdims=True)
    signs = SignTable.free(_names(20), Settings(draws=499)).signs
    found = ((residuals[:, :2].T @ signs) ** 2 / (residuals[:, :2] ** 2).sum(0)[:, None]).sum(0)
    assert row["p_value"] == pytest.approx(np.mean(found >= found[0] * (1 - 1e-9)))


@pytest.mark.parametrize("n_events", [11, 40, 600])
def test_codes_of_outlets_and_events_change_no_byte(n_events: int) -> None:
    cells, rng = random_cells(n_events, 3, 2), np.random.default_rng(1)
    measures, settings = [some_measure("rate", "r"), some_measure("share", "s")], Settings(draws=199)
    names = _names(n_events)
    plain = omnibus(cells, measures, "ABC", names, settings)
    to_event, to_outlet = rng.permutation(n_events), rng.permutation(3)
    event, outlet = to_event[cells.event], to_outlet[cells.outlet]
    order = np.lexsort((outlet, event))
    coded = Cells(
        event[order], outlet[order], cells.n_articles[order], cells.total[order], cells.exposure[order]
    )
    new_names = [names[row] for row in np.argsort(to_event)]
    again = omnibus(coded, measures, ["ABC"[row] for row in np.argsort(to_outlet)], new_names, settings)
    assert plain.p_value.tobytes() == again.p_value.tobytes()


@pytest.mark.parametrize("total", [1, 3, 7])
def test_equal_values_do_not_differ_by_what_rounding_makes_of_their_mean(total: int) -> None:
    # (0.1 + 0.1 + 0.1) / 3 is above 0.1 in floating point, in every event alike.
    event, outlet = np.divmod(np.arange(36), 3)
    totals = np.full((36, 1), total)
    cells = Cells(event, outlet, np.ones_like(totals), totals, np.full((36, 1), 10))
    table = omnibus(cells, [some_measure("mean")], "ABC", _names(12), Settings())
    assert (table.p_value[0], table.status[0]) == (1, "ok")
