"""Split-half reliability of the outlets' standing."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from stats_examples import random_cells, some_measure

from biaslens.settings import Settings
from biaslens.stats.crossing import Crossing
from biaslens.stats.outlet_effects import outlet_effects
from biaslens.stats.ranking import rank_outlets
from biaslens.stats.reliability import MIN_RELIABILITY, split_half

OUTLETS = ["A", "B", "C"]


def _of(crossing: Crossing) -> float:
    return split_half(outlet_effects(crossing, Settings()))


def _means(values: Any) -> Crossing:
    return Crossing(values, np.ones_like(values), False, 1.0)


def _spearman_brown(first: Any, second: Any) -> float:
    """2 r / (1 + r) with r as a ratio of averages; effects of halves have shape (n_halvings, n_outlets)."""
    first, second = (each - each.mean(axis=1, keepdims=True) for each in (first, second))
    r = (first * second).sum() / ((first**2).sum() + (second**2).sum()) * 2
    return float(2 * r / (1 + r))


def _values(n_events: int, n_outlets: int, spread: float, seed: int) -> Any:
    rng = np.random.default_rng(seed)
    outlets = rng.normal(0, spread, n_outlets)
    return outlets + rng.normal(0, 2, (n_events, 1)) + rng.normal(0, 1, (n_events, n_outlets))


@pytest.mark.parametrize("seed", range(3))
def test_it_is_what_all_halvings_of_the_events_give(seed: int) -> None:
    values = _values(8, 4, 1.0, seed)
    halves = [list(half) for half in combinations(range(8), 4)]
    first = np.array([values[half].mean(axis=0) for half in halves])
    second = np.array([np.delete(values, half, axis=0).mean(axis=0) for half in halves])
    assert _of(_means(values)) == pytest.approx(_spearman_brown(first, second))


def test_rates_come_near_to_what_drawn_halvings_give() -> None:
    rng = np.random.default_rng(2)
    length = rng.integers(300, 900, (40, 5)).astype(float)
    own = np.array([0.3, 0.15, 0.0, -0.15, -0.3]) + rng.normal(0, 0.35, (40, 5))
    crossing = Crossing(rng.poisson(length * 0.02 * np.exp(own)).astype(float), length, True, 1000.0)
    first, second = [], []
    for _ in range(200):
        order = rng.permutation(40)
        for found, half in ((first, order[:20]), (second, order[20:])):
            part = Crossing(crossing.total[half], length[half], True, 1000.0)
            found.append(outlet_effects(part, Settings()).effect)
    assert _of(crossing) == pytest.approx(_spearman_brown(np.array(first), np.array(second)), abs=0.02)


@pytest.mark.parametrize("spread", [0.1, 0.3, 0.6])
def test_it_is_the_part_of_the_spread_that_is_the_outlets_own(spread: float) -> None:
    # Error variance 1 / 25 per outlet.
    found = [_of(_means(_values(25, 60, spread, seed))) for seed in range(20)]
    assert np.mean(found) == pytest.approx(spread**2 / (spread**2 + 1 / 25), abs=0.04)


def test_outlets_that_do_alike_have_none() -> None:
    assert np.median([_of(_means(_values(20, 10, 0.0, seed))) for seed in range(30)]) < 0.2


@pytest.mark.parametrize(("n_outlets", "low", "high"), [(3, 0.06, 0.11), (10, 0.0, 0.025)])
def test_so_often_outlets_that_do_alike_are_reliable_enough_to_rank(
    n_outlets: int, low: float, high: float
) -> None:
    found = np.array([_of(_means(_values(30, n_outlets, 0.0, seed))) for seed in range(600)])
    assert low <= np.mean(found >= MIN_RELIABILITY) <= high


def test_two_outlets_have_a_number() -> None:
    differences = np.array([1.0, 3.0, 2.0, 4.0, 0.0, 2.0])
    # Mean 2, variance 2, of the mean 1 / 3: 1 - (1 / 3) / 4.
    values = np.stack([differences, np.zeros(6)], axis=1)
    assert _of(_means(values)) == pytest.approx(1 - 1 / 12)


def test_opposite_halves_count_as_none_at_all() -> None:
    assert _of(_means(np.array([[1.0, 0.0], [0.0, 1.0]] * 3))) == 0


def _reliabilities(n_events: int, n_outlets: int = 3, settings: Settings | None = None) -> Any:
    cells, measures = (
        random_cells(n_events, n_outlets, 2, factor=2.0),
        [some_measure(), some_measure("share")],
    )
    names = [f"event {event:03}" for event in range(n_events)]
    table = rank_outlets(cells, measures, OUTLETS[:n_outlets], names, settings or Settings())
    return table.reliability.reshape(len(measures), n_outlets).T


def test_every_outlet_and_measure_has_the_measures_number() -> None:
    found = _reliabilities(40)
    assert found.shape == (3, 2)
    assert np.array_equal(found, np.repeat(found[:1], 3, axis=0))
    assert 0.5 < found[0, 0] < 1


def test_five_events_have_none() -> None:
    assert np.isnan(_reliabilities(5)).all()
    assert not np.isnan(_reliabilities(6)).any()


def test_the_setting_says_from_how_many_events() -> None:
    assert np.isnan(_reliabilities(8, settings=Settings(min_shared_events=9))).all()
