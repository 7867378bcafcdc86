"""What cleaning changed: the rates of each outlet with what was set aside left in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from biaslens.cells import Cells
from biaslens.first_pass import Scanned
from biaslens.hits import value
from biaslens.measuring.registry import measures_for
from biaslens.measuring.war_peace import WAR_PEACE_FAMILY
from biaslens.second_pass import Grouped, sum_cells
from biaslens.settings import Settings


@dataclass(frozen=True, slots=True)
class Effect:
    """How much boilerplate would move the rates, those per 1,000 words, of the outlets.

    outlet, measure, unit    whose value would change most, relative to itself
    cleaned, uncleaned       that value as it is, and with boilerplate left in
    n_turned, n_compared     in how many pairs of outlets the other one would be higher, over all rates
    """

    outlet: str
    measure: str
    unit: str
    cleaned: float
    uncleaned: float
    n_turned: int
    n_compared: int


def cleaning_effect(grouped: Grouped, scanned: Scanned, cells: Cells) -> Effect | None:
    """The effect of cleaning, None where it moved no rate that is frequent enough to speak of.

    What was set aside is counted line by line and added, so that no second pass is needed;
    ``Comparison.before_cleaning()`` counts every measure anew.
    """
    own, aside = scanned.counts, scanned.counts_aside
    # Cells add totals and exposures alone.
    added = replace(own, total=own.total + aside.total, exposure=own.exposure + aside.exposure)
    whole = replace(scanned, counts=added)
    measures = measures_for(grouped.settings)
    # Lines of war and peace journalism hold few words each, which any appeal can double.
    counted = [measure.kind == "rate" and measure.family != WAR_PEACE_FAMILY for measure in measures]
    columns = np.flatnonzero(counted).tolist()
    rates = [measures[i] for i in columns]
    cleaned = _pooled(cells, columns, len(grouped.outlets), grouped.settings)
    uncleaned = _pooled(sum_cells(grouped, whole), columns, len(grouped.outlets), grouped.settings)
    change = np.abs(uncleaned - cleaned) / cleaned
    if not np.nanmax(change, initial=0.0) > 0:
        return None
    outlet, rate = np.unravel_index(int(np.nanargmax(change)), change.shape)
    n_turned, n_compared = _turned(cleaned, uncleaned)
    return Effect(
        outlet=grouped.outlets[outlet],
        measure=rates[rate].name,
        unit=rates[rate].unit,
        cleaned=float(cleaned[outlet, rate]),
        uncleaned=float(uncleaned[outlet, rate]),
        n_turned=n_turned,
        n_compared=n_compared,
    )


def _pooled(
    cells: Cells, columns: Sequence[int], n_outlets: int, settings: Settings
) -> npt.NDArray[np.float64]:
    """Rate of every outlet, shape (n_outlets, n_rates); NaN below ``min_expected_count`` occurrences."""
    total = np.zeros((n_outlets, len(columns)), dtype=np.int64)
    exposure = np.zeros_like(total)
    np.add.at(total, cells.outlet, cells.total[:, columns])
    np.add.at(exposure, cells.outlet, cells.exposure[:, columns])
    # All rates are per 1,000 words.
    rates = value(total, exposure, 1_000.0)
    rates[total < max(settings.min_expected_count, 1)] = np.nan
    return rates


def _turned(cleaned: npt.NDArray[np.float64], uncleaned: npt.NDArray[np.float64]) -> tuple[int, int]:
    """Pairs of outlets x rates in which the higher outlet changes, and pairs in all."""
    n_turned = n_compared = 0
    for a, b in combinations(range(len(cleaned)), 2):
        before, after = np.sign(uncleaned[a] - uncleaned[b]), np.sign(cleaned[a] - cleaned[b])
        both = np.isfinite(before) & np.isfinite(after)
        n_compared += int(both.sum())
        n_turned += int((before != after)[both].sum())
    return n_turned, n_compared
