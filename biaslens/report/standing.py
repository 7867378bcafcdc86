"""Where outlets stand: all at once, and in order, as a reader looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from biaslens.findings import Findings
from biaslens.report.values import rows_at
from biaslens.report.wording import interval, number, places_for

# More measures than these are named by their number.
MAX_RANKED = 12
MAX_OMNIBUS = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One outlet's place: its rank and the chance of it, its effect as estimated and pulled to the mean."""

    outlet: str
    rank: int
    chance: float
    effect: str
    interval: str
    shrunk: str


@dataclass(frozen=True, slots=True)
class RankedMeasure:
    """The outlets in order of one measure."""

    measure: str
    unit: str
    effect_of: str
    reliability: float
    places: tuple[Place, ...]


def ranked_measures(findings: Findings, minus: str = "-") -> list[RankedMeasure]:
    """The measures whose outlets are ranked, as in the table."""
    table = findings.ranking
    ranked = np.flatnonzero(~np.isnan(table.rank)).tolist()
    rows_of: dict[str, list[int]] = {}
    for row in ranked:
        rows_of.setdefault(table.measure[row], []).append(row)
    return [_ranked(findings, rows, minus) for rows in rows_of.values()]


def reasons_unranked(findings: Findings) -> list[tuple[str, int]]:
    """Why outlets have no rank: each reason with the number of measures it holds for, the most first."""
    table = findings.ranking
    measures_of: dict[str, set[str]] = {}
    for measure, note, rank in zip(table.measure, table.note, table.rank, strict=True):
        if np.isnan(rank):
            # Numbers differ from measure to measure; the reason before them does not.
            reason = note.split(":")[0] if note.startswith("not reliable") else note
            measures_of.setdefault(reason, set()).add(measure)
    counts = [(reason, len(measures)) for reason, measures in measures_of.items() if reason]
    return sorted(counts, key=lambda item: (-item[1], item[0]))


def omnibus_shown(findings: Findings) -> list[dict[str, Any]]:
    """The tests over all outlets that have a p-value: by q, then p, then as in the table."""
    table = findings.omnibus
    tested = np.flatnonzero(~np.isnan(table.p_value))
    order = tested[np.lexsort((table.p_value[tested], table.q_value[tested]))]
    return rows_at(table, order[:MAX_OMNIBUS])


def _ranked(findings: Findings, rows: list[int], minus: str) -> RankedMeasure:
    table = findings.ranking
    shown = rows_at(table, rows)
    is_ratio = shown[0]["effect_of"] == "ratio"
    places = 2 if is_ratio else places_for([row["effect"] for row in shown])

    def size(value: float | None) -> str:
        sign = "+" if not is_ratio and value is not None and value > 0 else ""
        return sign + number(value, places, minus) + (" ×" if is_ratio else "")

    listed = [
        Place(
            outlet=row["outlet"],
            rank=int(row["rank"]),
            chance=row[f"p_rank_{int(row['rank'])}"],
            effect=size(row["effect"]),
            interval=interval(row["ci_low"], row["ci_high"], places, minus),
            shrunk=size(row["shrunk"]),
        )
        for row in shown
    ]
    return RankedMeasure(
        measure=shown[0]["measure"],
        unit=shown[0]["unit"],
        effect_of=shown[0]["effect_of"],
        reliability=shown[0]["reliability"],
        places=tuple(sorted(listed, key=lambda place: place.rank)),
    )
