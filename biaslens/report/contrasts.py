"""Contrasts in the order in which they are read: the best founded first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from biaslens.findings import ContrastTable, Findings
from biaslens.report.values import rows_at
from biaslens.report.wording import STATUSES_WITH_SIZE, interval, number, places_for


@dataclass(frozen=True, slots=True)
class Contrast:
    """One contrast that has a size.

    interval_of  "ratio" or "difference": what ci_low and ci_high are about
    """

    measure: str
    unit: str
    outlet_a: str
    outlet_b: str
    difference: float | None
    ratio: float | None
    ci_low: float | None
    ci_high: float | None
    boot_low: float | None
    boot_high: float | None
    interval_of: str
    effect_size: float | None
    dominance: float | None
    p_value: float | None
    q_value: float | None
    events_needed: float | None
    n_events: int
    higher_in: str
    status: str

    def size(self, minus: str = "-") -> str:
        """The ratio where the contrast is one of rates, else the difference with its sign."""
        if self.ratio is not None:
            return number(self.ratio, 2)
        sign = "+" if (self.difference or 0) > 0 else ""
        return sign + number(self.difference, places_for([self.difference]), minus)

    def interval(self, minus: str = "-") -> str:
        """The interval in words."""
        places = 2 if self.interval_of == "ratio" else places_for([self.difference])
        return interval(self.ci_low, self.ci_high, places, minus)


@dataclass(frozen=True, slots=True)
class SilentPair:
    """A pair of outlets with the number of measures that cannot be compared, by status."""

    outlet_a: str
    outlet_b: str
    n_measures: dict[str, int]


def sized_contrasts(table: ContrastTable, limit: int | None = None) -> list[Contrast]:
    """The contrasts that have a size: by status, then q, then p, then as they stand in the table."""
    rows = np.flatnonzero(np.isin(table.status.astype(str), STATUSES_WITH_SIZE))
    ranks = np.array([STATUSES_WITH_SIZE.index(status) for status in table.status[rows].tolist()], dtype=int)
    # NaN sorts last, so a missing q or p comes after every printed one; lexsort is stable.
    order = np.lexsort((table.p_value[rows], table.q_value[rows], ranks))
    return [Contrast(**row) for row in rows_at(table, rows[order][:limit])]


def n_sized(table: ContrastTable) -> int:
    """How many contrasts have a size."""
    return int(np.isin(table.status.astype(str), STATUSES_WITH_SIZE).sum())


def silent_pairs(findings: Findings) -> list[SilentPair]:
    """The outlet pairs that cannot be compared on some measure, in the table's order."""
    table = findings.contrasts
    pairs: dict[tuple[str, str], Counter[str]] = {}
    for a, b, status in zip(
        table.outlet_a.tolist(), table.outlet_b.tolist(), table.status.tolist(), strict=True
    ):
        if status not in STATUSES_WITH_SIZE:
            pairs.setdefault((a, b), Counter())[status] += 1
    return [SilentPair(a, b, dict(counts)) for (a, b), counts in pairs.items()]
