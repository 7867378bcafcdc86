"""Contrasts between two outlets, taken inside the events that both cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from biaslens.cells import Cells
from biaslens.codebook import Measure
from biaslens.findings import ContrastTable
from biaslens.settings import Settings
from biaslens.spans import IntArray
from biaslens.stats.ladder import Status, status_of
from biaslens.stats.multiplicity import benjamini_hochberg
from biaslens.stats.rates import PairedCounts, rate_ratio, ratio_limits
from biaslens.stats.resample import Block, FloatArray, Limits, blocks
from biaslens.tabular import texts
from biaslens.tokens import BoolArray


def contrast_outlets(
    cells: Cells,
    measures: Sequence[Measure],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> ContrastTable:
    """Every measure compared between every two outlets, outlet_a before outlet_b: a row per measure and pair.

    Column i of the cells belongs to measures[i]; measures that cannot be counted have no rows. Shared are
    the events in which both outlets have exposure for the measure.

    difference   mean over shared events of value_A - value_B, in the measure's unit
    ratio        rates only: rate_A / rate_B, conditional Poisson estimate; 0 or inf where one has no hit
    ci_low/high  what the sign-flip test does not reject: ratios for rates, else differences. A low end of 0
                 (ratio) or -inf and a high end of inf are open. NaN where all events agree exactly:
                 nothing then shows what chance can do
    effect_size  Hedges' g of the within-event differences (see hedges_g)
    p_value      sign-flip test of the events' scores (rates) or differences, two-sided
    q_value      Benjamini-Hochberg over all tests of status "ok" in the measure's family; see corrected()
    higher_in    the outlet with the higher value; "" where there is none, or where the difference and the
                 ratio of a rate point to different outlets
    """
    shown = np.array([i for i, measure in enumerate(measures) if measure.available], dtype=np.int64)
    chosen = [measures[i] for i in shown.tolist()]
    names = sorted(outlet_names)
    pairs = list(combinations(names, 2))
    results = [
        _contrast(pair, chosen, settings) for pair in _pairs(cells, shown, names, outlet_names, event_names)
    ]
    return corrected(_table(results, chosen, pairs), measures)


def corrected(table: ContrastTable, measures: Sequence[Measure]) -> ContrastTable:
    """The table with q-values: Benjamini-Hochberg over all tests of status "ok", family by family.

    A family (the codebook's) is a set of questions asked together: whoever looks at style pays nothing for
    what is asked of sources.
    """
    families = {measure.name: measure.family for measure in measures}
    family = np.array([families[name] for name in table.measure.tolist()], dtype=object)
    p_value = np.where(table.status == "ok", table.p_value, np.nan)
    q_value = np.full(len(table), np.nan)
    for name in sorted(set(family.tolist())):
        q_value[family == name] = benjamini_hochberg(p_value[family == name])
    return replace(table, q_value=q_value)


def hedges_g(differences: FloatArray, present: BoolArray) -> FloatArray:
    """Hedges' g_z of within-event differences, shape (n_columns,).

    J * mean / sd, with J = 1 - 3 / (4 (E - 1) - 1) for E events.
    NaN below two events, and where all differences are the same. (Hedges 1981, for paired data.)

    >>> hedges_g(np.array([[1.0], [2.0], [3.0]]), np.ones((3, 1), dtype=bool)).round(6)
    array([1.142857])
    """
    n_events = present.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.sum(differences, axis=0) / n_events
        squares = np.sum(np.where(present, differences - mean, 0.0) ** 2, axis=0)
        deviation = np.sqrt(squares / (n_events - 1))
        correction = 1 - 3 / (4 * (n_events - 1) - 1)
        # What is left of rounding must not be divided by.
        varied = (n_events >= 2) & (deviation > 1e-12 * np.abs(mean))
        return np.where(varied, correction * mean / deviation, np.nan)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Sums of two outlets in the events of either measure; arrays of shape (n_events, n_measures).

    Where an event is not shared for a measure, totals are 0 and exposures 1, so that it adds nothing.
    """

    events: tuple[str, ...]
    shared: BoolArray
    total_a: IntArray
    total_b: IntArray
    exposure_a: IntArray
    exposure_b: IntArray

    def differences(self, scale: FloatArray) -> FloatArray:
        """value_A - value_B per event; one division, so that equal values differ by exactly 0."""
        crossed = self.total_a * self.exposure_b - self.total_b * self.exposure_a
        return scale * crossed / (self.exposure_a * self.exposure_b)

    def counts(self, columns: IntArray) -> PairedCounts:
        parts = (self.total_a, self.total_b, self.exposure_a, self.exposure_b)
        return PairedCounts(*(part[:, columns].astype(np.float64) for part in parts))

    def counts_in(self, block: Block, columns: BoolArray) -> PairedCounts:
        parts = (self.total_a, self.total_b, self.exposure_a, self.exposure_b)
        return PairedCounts(
            *(
                block.rows(part, filling)[:, columns]
                for part, filling in zip(parts, (0, 0, 1, 1), strict=True)
            )
        )


@dataclass(frozen=True, slots=True)
class _Contrast:
    """One pair's results, each of shape (n_measures,); ``sign`` is +1 where A is higher, -1 where B is."""

    n_events: IntArray
    status: list[Status]
    difference: FloatArray
    ratio: FloatArray
    effect_size: FloatArray
    ci_low: FloatArray
    ci_high: FloatArray
    p_value: FloatArray
    sign: IntArray


def _pairs(
    cells: Cells,
    shown: IntArray,
    names: list[str],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
) -> Iterator[_Pair]:
    """The pairs of outlets in alphabetical order, their events in alphabetical order: codes play no part."""
    place = np.empty(len(event_names), dtype=np.int64)
    place[sorted(range(len(event_names)), key=event_names.__getitem__)] = np.arange(len(event_names))
    rows = {name: np.flatnonzero(cells.outlet == code) for code, name in enumerate(outlet_names)}
    for outlet_a, outlet_b in combinations(names, 2):
        rows_a, rows_b = rows[outlet_a], rows[outlet_b]
        _, in_a, in_b = np.intersect1d(
            place[cells.event[rows_a]], place[cells.event[rows_b]], assume_unique=True, return_indices=True
        )
        events = tuple(event_names[code] for code in cells.event[rows_a[in_a]].tolist())
        yield _pair(cells, np.ix_(rows_a[in_a], shown), np.ix_(rows_b[in_b], shown), events)


def _pair(cells: Cells, a: tuple[IntArray, ...], b: tuple[IntArray, ...], events: tuple[str, ...]) -> _Pair:
    shared = (cells.exposure[a] > 0) & (cells.exposure[b] > 0)
    return _Pair(
        events=events,
        shared=shared,
        total_a=np.where(shared, cells.total[a], 0),
        total_b=np.where(shared, cells.total[b], 0),
        exposure_a=np.where(shared, cells.exposure[a], 1),
        exposure_b=np.where(shared, cells.exposure[b], 1),
    )


def _contrast(pair: _Pair, measures: Sequence[Measure], settings: Settings) -> _Contrast:
    is_rate = np.array([measure.kind == "rate" for measure in measures], dtype=bool)
    differences = pair.differences(np.array([measure.scale for measure in measures]))
    n_events = pair.shared.sum(axis=0).astype(np.int64)
    status = _statuses(pair, is_rate, n_events, settings)
    estimated = np.isin(status, ("ok", "provisional", "estimate only"))
    tested = np.isin(status, ("ok", "provisional"))

    mean = differences.sum(axis=0) / np.maximum(n_events, 1)
    ratio = np.full(len(measures), np.nan)
    rates = np.flatnonzero(estimated & is_rate)
    ratio[rates] = rate_ratio(pair.counts(rates))
    p_value, limits = _tests(pair, differences, is_rate, tested, settings)
    return _Contrast(
        n_events=n_events,
        status=status,
        difference=np.where(estimated, mean, np.nan),
        ratio=ratio,
        effect_size=np.where(estimated, hedges_g(differences, pair.shared), np.nan),
        ci_low=limits.low,
        ci_high=limits.high,
        p_value=p_value,
        sign=np.where(estimated, _direction(mean, ratio), 0).astype(np.int64),
    )


def _statuses(pair: _Pair, is_rate: BoolArray, n_events: IntArray, settings: Settings) -> list[Status]:
    hits = pair.total_a.sum(axis=0) + pair.total_b.sum(axis=0)
    # A rate without any hit has no ratio, however low the setting.
    too_rare = is_rate & (n_events > 0) & (hits < max(settings.min_expected_count, 1))
    return [
        "too rare" if rare else status_of(n, settings)
        for n, rare in zip(n_events.tolist(), too_rare.tolist(), strict=True)
    ]


def _direction(mean: FloatArray, ratio: FloatArray) -> FloatArray:
    """+1, 0 or -1: the sign of the mean difference, 0 where the ratio points the other way."""
    by_ratio = np.sign(np.where(np.isnan(ratio), 1.0, ratio) - 1)
    return np.where(np.sign(mean) * by_ratio < 0, 0.0, np.sign(mean))


def _tests(
    pair: _Pair, differences: FloatArray, is_rate: BoolArray, tested: BoolArray, settings: Settings
) -> tuple[FloatArray, Limits]:
    """P-values and intervals of the tested measures, NaN for the others."""
    p_value, low, high = np.full((3, len(is_rate)), np.nan)
    for block in blocks(pair.shared & tested, pair.events, settings):
        rate, columns = is_rate[block.columns], block.columns
        values, table = block.rows(differences), block.table
        counts = pair.counts_in(block, rate)
        limits = table.ratio_limits(
            values[:, ~rate], block.present[:, ~rate].astype(np.float64), settings.confidence
        )
        low[columns[~rate]], high[columns[~rate]] = limits.low, limits.high
        if rate.any():
            limits = ratio_limits(counts, table, settings.confidence)
            low[columns[rate]], high[columns[rate]] = limits.low, limits.high
            values[:, rate] = counts.null_score()
        p_value[columns] = table.p_values(values)
    return p_value, Limits(low, high).unless_degenerate()


def _table(
    results: Sequence[_Contrast], measures: Sequence[Measure], pairs: Sequence[tuple[str, str]]
) -> ContrastTable:
    rows = [
        (measure, pair, result, i)
        for i, measure in enumerate(measures)
        for pair, result in zip(pairs, results, strict=True)
    ]

    def column(name: str, dtype: type = np.float64) -> npt.NDArray[np.generic]:
        return np.array([getattr(result, name)[i] for _, _, result, i in rows], dtype=dtype)

    return ContrastTable(
        measure=texts(measure.name for measure, _, _, _ in rows),
        unit=texts(measure.unit for measure, _, _, _ in rows),
        outlet_a=texts(pair[0] for _, pair, _, _ in rows),
        outlet_b=texts(pair[1] for _, pair, _, _ in rows),
        difference=column("difference"),
        ratio=column("ratio"),
        ci_low=column("ci_low"),
        ci_high=column("ci_high"),
        interval_of=texts("ratio" if measure.kind == "rate" else "difference" for measure, _, _, _ in rows),
        effect_size=column("effect_size"),
        p_value=column("p_value"),
        q_value=np.full(len(rows), np.nan),
        n_events=column("n_events", np.int64),
        higher_in=texts(("", pair[0], pair[1])[int(result.sign[i])] for _, pair, result, i in rows),
        status=texts(result.status[i] for _, _, result, i in rows),
    )
