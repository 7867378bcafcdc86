"""Omnibus test: do all outlets do alike inside the events that they share?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.cells import Cells
from biaslens.codebook import Measure
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.statistics_tables import OmnibusTable
from biaslens.stats.contrast import counted
from biaslens.stats.ladder import Status, status_of
from biaslens.stats.resample import SignTable, blocks
from biaslens.stats.sides import Layout
from biaslens.stats.skewness import MAX_SKEWNESS, null_skewness
from biaslens.tabular import texts
from biaslens.tokens import BoolArray

# Sums that differ by less are rounding apart, and count as tied.
_TIED = 1e-9


def omnibus(
    cells: Cells,
    measures: Sequence[Measure],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> OmnibusTable:
    """One test per measure over all outlets; no rows where there are only two, whose pair says all.

    In every event with two outlets or more each outlet has a residual: for rates c_o - C * L_o / L, what it
    has beyond its part of the event's hits by length; else its value less the mean of the event's outlets.
    The statistic is the sum over outlets of (sum of residuals)^2 / sum of squared residuals; outlets with too
    few hits for how little they write add nothing to it (see skewness.MAX_SKEWNESS). Where that leaves none,
    nothing is tested, and status is "estimate only".

    p is the share of arrangements of signs that reach the observed statistic, where a sign turns all
    residuals of an event at once: exact up to 12 events, keyed draws above. Outlets keep their own spread
    under it, whatever their length; where labels change places instead, an outlet of long articles would lend
    its spread to the others. (Draws from a group of transformations, the observed one among them: Hemerik &
    Goeman 2018.)
    """
    columns = counted(measures)
    chosen = [measures[i] for i in columns.tolist()]
    if len(outlet_names) < 3:
        chosen = []
    layout = Layout.of(cells, outlet_names, event_names)
    corpus = _Corpus.of(cells, columns[: len(chosen)], layout)
    p_value = np.full(len(chosen), np.nan)
    status = [_status(corpus, i, measure, settings) for i, measure in enumerate(chosen)]
    tested = np.isin(status, ("ok", "provisional"))
    for column, signs, residuals in _tested(corpus, chosen, tested, settings):
        p_value[column] = _p_value(residuals, signs)
    return OmnibusTable(
        measure=texts(measure.name for measure in chosen),
        unit=texts(measure.unit for measure in chosen),
        n_outlets=corpus.n_outlets,
        n_events=corpus.shared.sum(axis=0).astype(np.int64),
        p_value=p_value,
        q_value=np.full(len(chosen), np.nan),
        status=texts(status),
    )


@dataclass(frozen=True, slots=True)
class _Corpus:
    """The cells in the order of event and outlet names.

    event, outlet   shape (n_cells,): places in alphabetical order
    total, exposure shape (n_cells, n_measures)
    events          names in alphabetical order
    shared          shape (n_events, n_measures): two outlets or more have exposure
    """

    event: IntArray
    outlet: IntArray
    total: IntArray
    exposure: IntArray
    events: tuple[str, ...]
    n_names: int
    shared: BoolArray

    @classmethod
    def of(cls, cells: Cells, columns: IntArray, layout: Layout) -> _Corpus:
        outlet_place = np.zeros(len(cells.event), dtype=np.int64)
        for place, rows in enumerate(layout.rows):
            outlet_place[rows] = place
        event_place = layout.place[cells.event]
        order = np.lexsort((outlet_place, event_place))
        exposure = cells.exposure[np.ix_(order, columns)]
        n_present = np.zeros((len(layout.place), len(columns)), dtype=np.int64)
        np.add.at(n_present, event_place[order], exposure > 0)
        return cls(
            event=event_place[order],
            outlet=outlet_place[order],
            total=cells.total[np.ix_(order, columns)],
            exposure=exposure,
            events=tuple(sorted(layout.names)),
            n_names=len(layout.outlets),
            shared=n_present > 1,
        )

    @property
    def n_outlets(self) -> IntArray:
        """Outlets that share an event with another one, per measure."""
        counts = self.exposure > 0
        counts &= self.shared[self.event]
        present = np.zeros((self.n_names, counts.shape[1]), dtype=bool)
        np.logical_or.at(present, self.outlet, counts)
        return np.asarray(present.sum(axis=0), dtype=np.int64)

    def cells_of(self, column: int) -> IntArray:
        """Cells with exposure in shared events."""
        return np.flatnonzero((self.exposure[:, column] > 0) & self.shared[self.event, column])

    def residuals(self, column: int, measure: Measure) -> FloatArray:
        """Residual of each outlet in each event, 0 where it has none, shape (n_events, n_outlets)."""
        rows = self.cells_of(column)
        event, outlet = self.event[rows], self.outlet[rows]
        total, exposure = self.total[rows, column], self.exposure[rows, column]
        placed = np.zeros((len(self.events), self.n_names))
        if measure.kind == "rate":
            crossed = total * self._sum(event, exposure) - self._sum(event, total) * exposure
            placed[event, outlet] = crossed / self._sum(event, exposure)
        else:
            placed[event, outlet] = measure.scale * total / exposure
            mean = placed.sum(axis=1) / np.maximum(np.bincount(event, minlength=len(placed)), 1)
            size = np.abs(placed).max(axis=1, initial=0.0)
            placed[event, outlet] -= mean[event]
            # Equal values differ from their mean by rounding, the same way in every event.
            placed[np.abs(placed) <= _TIED * size[:, None]] = 0.0
        return placed

    def n_telling(self, column: int, measure: Measure) -> int:
        """Shared events in which there is something to count."""
        rows = self.cells_of(column)
        has_hit = (self.total[rows, column] > 0) | (measure.kind == "mean")
        return len(np.unique(self.event[rows[has_hit]]))

    def lopsided(self, column: int, measure: Measure) -> BoolArray:
        """Outlets whose residuals are too skewed to flip signs of, shape (n_outlets,)."""
        rows = self.cells_of(column)
        event, exposure = self.event[rows], self.exposure[rows, column]
        # An outlet that is absent has no hit and length 1: it adds nothing.
        hits = np.zeros((len(self.events), self.n_names))
        own, others = np.ones((2, *hits.shape))
        place = event, self.outlet[rows]
        hits[place] = self._sum(event, self.total[rows, column])
        own[place], others[place] = exposure, self._sum(event, exposure) - exposure
        return np.asarray(null_skewness([measure.kind] * self.n_names, hits, own, others) > MAX_SKEWNESS)

    def _sum(self, event: IntArray, values: IntArray) -> IntArray:
        sums = np.zeros(len(self.events), dtype=np.int64)
        np.add.at(sums, event, values)
        return np.asarray(sums[event])


def _status(corpus: _Corpus, column: int, measure: Measure, settings: Settings) -> Status:
    hits = int(corpus.total[corpus.cells_of(column), column].sum())
    too_rare = measure.kind == "rate" and hits < max(settings.min_expected_count, 1)
    lopsided = bool(corpus.lopsided(column, measure).all())
    return status_of(
        int(corpus.shared[:, column].sum()),
        settings,
        n_telling=corpus.n_telling(column, measure),
        too_rare=too_rare,
        lopsided=lopsided,
    )


def _tested(
    corpus: _Corpus, measures: Sequence[Measure], tested: BoolArray, settings: Settings
) -> Iterator[tuple[int, SignTable, FloatArray]]:
    """Each tested measure with its signs and residuals, shape (n_rows of the signs, n_outlets)."""
    for block in blocks(corpus.shared & tested, corpus.events, settings):
        for place, column in enumerate(block.columns.tolist()):
            measure = measures[column]
            residuals = corpus.residuals(column, measure)[block.events[:, place]]
            counts = block.present[:, place, None] & ~corpus.lopsided(column, measure)
            yield column, block.table, np.where(counts, residuals, 0.0)


def _p_value(residuals: FloatArray, table: SignTable) -> float:
    squares = (residuals**2).sum(axis=0)
    moved = squares > 0
    if not moved.any():
        return 1.0
    statistic = (table.sums(residuals[:, moved]) ** 2 / squares[moved, None]).sum(axis=0)
    return float(np.mean(statistic >= statistic[0] * (1 - _TIED)))
