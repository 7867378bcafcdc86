"""Crossing: one measure's sums, laid out by event and outlet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.cells import Cells
from biaslens.codebook import Measure
from biaslens.spans import FloatArray
from biaslens.stats.sides import Layout
from biaslens.tokens import BoolArray


@dataclass(frozen=True, slots=True)
class Crossing:
    """One measure in events (rows) and outlets (columns); shape (n_events, n_outlets) each.

    total, exposure  0 where the outlet has no exposure in the event
    scale            value = scale * total / exposure
    """

    total: FloatArray
    exposure: FloatArray
    is_rate: bool
    scale: float

    @property
    def present(self) -> BoolArray:
        return np.asarray(self.exposure > 0)

    def among(self, kept: BoolArray) -> Crossing:
        """Only some outlets, shape (n_outlets,), in the events that two of them or more share."""
        total, exposure = self.total[:, kept], self.exposure[:, kept]
        shared = np.count_nonzero(exposure, axis=1) > 1
        return Crossing(total[shared], exposure[shared], self.is_rate, self.scale)


def crossings(
    cells: Cells, measures: Sequence[Measure], outlet_names: Sequence[str], event_names: Sequence[str]
) -> Iterator[Crossing]:
    """Each available measure by events and outlets, both in the alphabetical order of their names."""
    layout = Layout.of(cells, outlet_names, event_names)
    outlet, event = np.zeros(len(cells.event), dtype=np.int64), layout.place[cells.event]
    for place, of_outlet in enumerate(layout.rows):
        outlet[of_outlet] = place
    rows = np.flatnonzero(np.bincount(event, minlength=1)[event] > 1)
    events, row = np.unique(event[rows], return_inverse=True)
    for i, measure in enumerate(measures):
        if not measure.available:
            continue
        total, exposure = np.zeros((2, len(events), len(layout.outlets)))
        exposed = cells.exposure[rows, i]
        exposure[row, outlet[rows]] = exposed
        total[row, outlet[rows]] = np.where(exposed > 0, cells.total[rows, i], 0)
        yield Crossing(total, exposure, measure.kind == "rate", measure.scale)
