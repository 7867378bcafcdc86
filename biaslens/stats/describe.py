"""Each outlet's own figures, over all that it published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.cells import Cells
from biaslens.codebook import Measure
from biaslens.findings import OutletTable
from biaslens.hits import value
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.ladder import events_for_interval
from biaslens.stats.resample import Limits, blocks
from biaslens.tabular import texts


def describe_outlets(
    cells: Cells,
    measures: Sequence[Measure],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> OutletTable:
    """One row per outlet and measure, outlets in alphabetical order; measures that cannot be counted say why.

    These figures mix an outlet's manner with its choice of events: only contrasts separate the two.

    value        scale * sum of totals / sum of exposures, over all events of the outlet
    ci_low/high  the R for which flipping the signs of total_e - R * exposure_e, event by event, does not
                 reject, times scale; NaN below 6 events and where all events agree exactly
    n_articles   articles of the events in which the measure has exposure (a cell counts as a whole)
    n_events     events in which the measure has exposure
    reliability  NaN: it is of the outlets' standing inside shared events; see reliability.split_half
    note         why a number is missing, "" where none is
    """
    names = sorted(outlet_names)
    code = {name: row for row, name in enumerate(outlet_names)}
    outlets = [
        _describe(cells, np.flatnonzero(cells.outlet == code[name]), measures, event_names, settings)
        for name in names
    ]
    return OutletTable(
        outlet=texts(name for name in names for _ in measures),
        measure=texts(measure.name for _ in names for measure in measures),
        unit=texts(measure.unit for _ in names for measure in measures),
        value=_joined([outlet.value for outlet in outlets]),
        ci_low=_joined([outlet.limits.low for outlet in outlets]),
        ci_high=_joined([outlet.limits.high for outlet in outlets]),
        n_articles=_joined([outlet.n_articles for outlet in outlets]).astype(np.int64),
        n_events=_joined([outlet.n_events for outlet in outlets]).astype(np.int64),
        reliability=np.full(len(names) * len(measures), np.nan),
        note=texts(note for outlet in outlets for note in outlet.note),
    )


@dataclass(frozen=True, slots=True)
class _Description:
    """One outlet's figures, each column of shape (n_measures,)."""

    value: FloatArray
    limits: Limits
    n_articles: IntArray
    n_events: IntArray
    note: list[str]


def _describe(
    cells: Cells,
    rows: IntArray,
    measures: Sequence[Measure],
    event_names: Sequence[str],
    settings: Settings,
) -> _Description:
    named = sorted((event_names[cells.event.item(row)], row) for row in rows.tolist())
    events, rows = [event for event, _ in named], np.array([row for _, row in named], dtype=np.int64)
    available = np.array([measure.available for measure in measures], dtype=bool)
    present = (cells.exposure[rows] > 0) & available
    total = np.where(present, cells.total[rows], 0)
    exposure = np.where(present, cells.exposure[rows], 0)
    n_events = present.sum(axis=0).astype(np.int64)

    scale = np.array([measure.scale for measure in measures])
    low, high = np.full((2, len(measures)), np.nan)
    for block in blocks(present & (n_events >= events_for_interval(settings)), events, settings):
        limits = block.table.ratio_limits(block.rows(total), block.rows(exposure), settings.confidence)
        low[block.columns], high[block.columns] = limits.low, limits.high
    limits = Limits(low * scale, high * scale).unless_degenerate()
    return _Description(
        value=_values(total.sum(axis=0), exposure.sum(axis=0), scale),
        limits=limits,
        n_articles=(cells.n_articles[rows] * present).sum(axis=0),
        n_events=n_events,
        note=[
            _note(measure, n, bool(np.isnan(end)), settings)
            for measure, n, end in zip(measures, n_events.tolist(), limits.low, strict=True)
        ],
    )


def _values(total: IntArray, exposure: IntArray, scale: FloatArray) -> FloatArray:
    rows = zip(total, exposure, scale.tolist(), strict=True)
    return np.array([value(np.array([t]), np.array([e]), s)[0] for t, e, s in rows], dtype=np.float64)


def _note(measure: Measure, n_events: int, no_interval: bool, settings: Settings) -> str:
    if not measure.available:
        return measure.missing
    needed = events_for_interval(settings)
    if n_events == 0:
        return "nothing to measure it on in this outlet's articles"
    if n_events < needed:
        events = "1 event" if n_events == 1 else f"{n_events} events"
        return f"{events}: too few for an interval ({needed} needed)"
    return "the same value in every event: no interval" if no_interval else ""


def _joined(columns: Sequence[FloatArray | IntArray]) -> FloatArray:
    return np.concatenate([np.zeros(0), *(np.asarray(column, dtype=np.float64) for column in columns)])
