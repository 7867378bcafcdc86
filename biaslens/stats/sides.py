"""Sides: the sums of two sides, outlets or groups of outlets, in the events that both report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from biaslens.cells import Cells
from biaslens.codebook import FIXED_POINT, Measure
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.rates import PairedCounts
from biaslens.stats.resample import Block
from biaslens.stats.skewness import MAX_SKEWNESS, null_skewness
from biaslens.tokens import BoolArray

# Differences of such products stay in the range of int64; large weights of a user's list can go beyond.
_LARGEST_PRODUCT = 2.0**62


@dataclass(frozen=True, slots=True)
class Sides:
    """Sums of side A and side B in the events of either measure; arrays of shape (n_events, n_measures).

    Where an event is not shared for a measure, totals are 0 and exposures 1, so that it adds nothing.

    total, exposure  what values are made of
    hits, length     what was counted, and in how much: the same, unless values were averaged
    per              shape (n_measures,): what total / exposure is given in, 1, or FIXED_POINT for millionths
    """

    events: tuple[str, ...]
    shared: BoolArray
    total_a: IntArray
    total_b: IntArray
    exposure_a: IntArray
    exposure_b: IntArray
    hits_a: IntArray
    hits_b: IntArray
    length_a: IntArray
    length_b: IntArray
    per: IntArray

    def differences(self, scale: FloatArray) -> FloatArray:
        """value_A - value_B per event; one division, so that equal values differ by exactly 0."""
        crossed = self.total_a * self.exposure_b - self.total_b * self.exposure_a
        exact = scale * crossed / (self.exposure_a * self.exposure_b * self.per)
        nearly = scale * (self.total_a / self.exposure_a - self.total_b / self.exposure_b) / self.per
        largest = np.maximum(np.abs(self.total_a), np.abs(self.total_b)).astype(np.float64)
        fits = largest * np.maximum(self.exposure_a, self.exposure_b) < _LARGEST_PRODUCT
        return np.where(fits, exact, nearly)

    def counts(self, columns: IntArray) -> PairedCounts:
        """The hits and lengths of some measures."""
        return PairedCounts(*(part[:, columns].astype(np.float64) for part in self._parts()))

    def counts_in(self, block: Block, columns: BoolArray) -> PairedCounts:
        """The hits and lengths of some columns of a block."""
        filled = zip(self._parts(), (0, 0, 1, 1), strict=True)
        return PairedCounts(*(block.rows(part, filling)[:, columns] for part, filling in filled))

    def averaged(self, per: IntArray, a: _Sums, b: _Sums) -> Sides:
        """The same, with the values of some measures made of sums of values and numbers of outlets.

        per  what these values are given in; 0 for the other measures
        """
        used = (per > 0) & self.shared
        return replace(
            self,
            total_a=np.where(used, a.total, self.total_a),
            total_b=np.where(used, b.total, self.total_b),
            exposure_a=np.where(used, a.exposure, self.exposure_a),
            exposure_b=np.where(used, b.exposure, self.exposure_b),
            per=np.where(per > 0, per, self.per),
        )

    def telling(self, measures: Sequence[Measure]) -> BoolArray:
        """Shared events in which there is something to count, shape (n_events, n_measures)."""
        is_mean = np.array([measure.kind == "mean" for measure in measures], dtype=bool)
        return np.asarray(self.shared & (is_mean | (self.hits_a + self.hits_b > 0)))

    def lopsided(self, measures: Sequence[Measure]) -> BoolArray:
        """Measures with too few hits for how unequally much the sides write, shape (n_measures,).

        Hits are taken as independent: where they come in runs, as quoted words do, or weigh more than one, it
        speaks up late.
        """
        parts = (self.hits_a + self.hits_b, self.length_a, self.length_b)
        hits, length_a, length_b = (part.astype(np.float64) for part in parts)
        kinds = [measure.kind for measure in measures]
        return np.asarray(null_skewness(kinds, hits, length_a, length_b) > MAX_SKEWNESS)

    def _parts(self) -> tuple[IntArray, ...]:
        return self.hits_a, self.hits_b, self.length_a, self.length_b


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in the cells, by name: codes play no part in any result.

    outlets  names in alphabetical order
    rows     the cells of each outlet, in the same order
    place    shape (n_events,): place of each event code in the alphabetical order of names
    names    name of each event code
    """

    outlets: tuple[str, ...]
    rows: tuple[IntArray, ...]
    place: IntArray
    names: Sequence[str]

    @classmethod
    def of(cls, cells: Cells, outlet_names: Sequence[str], event_names: Sequence[str]) -> Layout:
        place = np.empty(len(event_names), dtype=np.int64)
        place[sorted(range(len(event_names)), key=event_names.__getitem__)] = np.arange(len(event_names))
        code = {name: row for row, name in enumerate(outlet_names)}
        outlets = tuple(sorted(outlet_names))
        rows = tuple(np.flatnonzero(cells.outlet == code[name]) for name in outlets)
        return cls(outlets, rows, place, event_names)


def are_rates(measures: Sequence[Measure]) -> BoolArray:
    """Which measures are rates, shape (n_measures,)."""
    return np.array([measure.kind == "rate" for measure in measures], dtype=bool)


def pairs_of_outlets(cells: Cells, columns: IntArray, layout: Layout) -> Iterator[Sides]:
    """Every two outlets, A before B in the alphabet; their events in alphabetical order."""
    for rows_a, rows_b in combinations(layout.rows, 2):
        _, in_a, in_b = np.intersect1d(
            layout.place[cells.event[rows_a]],
            layout.place[cells.event[rows_b]],
            assume_unique=True,
            return_indices=True,
        )
        a, b = np.ix_(rows_a[in_a], columns), np.ix_(rows_b[in_b], columns)
        events = tuple(layout.names[code] for code in cells.event[rows_a[in_a]].tolist())
        yield _sides(
            events,
            _Sums(cells.total[a], cells.exposure[a]),
            _Sums(cells.total[b], cells.exposure[b]),
        )


def outlets_and_others(
    cells: Cells, columns: IntArray, is_rate: BoolArray, layout: Layout
) -> Iterator[Sides]:
    """Every outlet in alphabetical order (A), and all others of its events (B).

    Hits and lengths of rates are added up. Of shares and means the others' values are averaged, in
    millionths: were totals and exposures added, an outlet that writes longer would weigh more, and what goes
    with length would seem to set outlets apart.
    """
    place = layout.place[cells.event]
    total, exposure = cells.total[:, columns], cells.exposure[:, columns]
    present = exposure > 0
    per = _fixed_point(total, exposure, len(layout.outlets))
    value = np.rint(per.astype(np.float64) * total / np.maximum(exposure, 1)).astype(np.int64)
    parts = np.stack([total, exposure, np.where(present, value, 0), present])
    sums = np.zeros((4, len(layout.place), len(columns)), dtype=np.int64)
    for part, summed in zip(parts, sums, strict=True):
        np.add.at(summed, place, part)
    for unordered in layout.rows:
        rows = unordered[np.argsort(place[unordered])]
        own, others = parts[:, rows], sums[:, place[rows]] - parts[:, rows]
        events = tuple(layout.names[code] for code in cells.event[rows].tolist())
        raw = _sides(events, _Sums(own[0], own[1]), _Sums(others[0], others[1]))
        yield raw.averaged(np.where(is_rate, 0, per), _Sums(own[2], own[3]), _Sums(others[2], others[3]))


def _fixed_point(total: IntArray, exposure: IntArray, n_outlets: int) -> IntArray:
    """What values are given in, shape (n_measures,): millionths, unless their sums would not be integers."""
    largest = np.abs(total / np.maximum(exposure, 1)).max(axis=0, initial=0.0)
    return np.where(largest * n_outlets * FIXED_POINT < _LARGEST_PRODUCT, FIXED_POINT, 1)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Totals and exposures, each of shape (n_events, n_measures)."""

    total: IntArray
    exposure: IntArray


def _sides(events: tuple[str, ...], a: _Sums, b: _Sums) -> Sides:
    shared = (a.exposure > 0) & (b.exposure > 0)
    total_a, total_b = np.where(shared, a.total, 0), np.where(shared, b.total, 0)
    exposure_a, exposure_b = np.where(shared, a.exposure, 1), np.where(shared, b.exposure, 1)
    return Sides(
        events=events,
        shared=shared,
        total_a=total_a,
        total_b=total_b,
        exposure_a=exposure_a,
        exposure_b=exposure_b,
        hits_a=total_a,
        hits_b=total_b,
        length_a=exposure_a,
        length_b=exposure_b,
        per=np.ones(shared.shape[1], dtype=np.int64),
    )
