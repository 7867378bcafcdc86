"""Contrasts between two outlets, or an outlet and the others, inside the events that both sides cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from biaslens.cells import Cells
from biaslens.codebook import Measure
from biaslens.findings import ContrastTable
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.bootstrap import log_ratio_limits, mean_limits
from biaslens.stats.by_length import chance_by_length
from biaslens.stats.effect_sizes import dominance, hedges_g
from biaslens.stats.ladder import Status, status_of
from biaslens.stats.rates import rate_ratio, ratio_limits
from biaslens.stats.resample import Limits, blocks
from biaslens.stats.sides import Layout, Sides, are_rates, pairs_of_outlets
from biaslens.tabular import texts
from biaslens.tokens import BoolArray

_TESTED = ("ok", "provisional")
# Sums that are a smaller part of what was added are what rounding leaves of none at all.
_ROUNDING = 1e-11


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
    boot_low/high
                 the same from a studentised cluster bootstrap over events, NaN below 20 events
    effect_size  Hedges' g of the within-event differences (see hedges_g)
    dominance    share of events in which A is higher less share in which B is, -1 to 1 (see dominance)
    p_value      sign-flip test of the events' scores (rates) or differences, two-sided; where one side writes
                 much less and has few hits, below .01 only where length does not explain it (see by_length)
    q_value, events_needed
                 NaN: they take all tests of a report; see corrections.corrected
    status       as in ladder.status_of, by the shared events that hold a hit (rates and shares); "estimate
                 only" also where hits are too few for outlets that write so unequally much (see
                 skewness.MAX_SKEWNESS)
    higher_in    the outlet with the higher value; "" where there is none, or where the difference and the
                 ratio of a rate point to different outlets
    """
    columns = counted(measures)
    layout = Layout.of(cells, outlet_names, event_names)
    return contrast_sides(
        list(combinations(layout.outlets, 2)),
        pairs_of_outlets(cells, columns, layout),
        [measures[i] for i in columns.tolist()],
        settings,
    )


def counted(measures: Sequence[Measure]) -> IntArray:
    """Columns of the cells that this version counts."""
    return np.array([i for i, measure in enumerate(measures) if measure.available], dtype=np.int64)


def sum_over_events(values: FloatArray) -> FloatArray:
    """Sums of (n_events, n_columns) values, shape (n_columns,); 0 where nothing but rounding is left.

    >>> float(sum([0.1, 0.2, -0.3])), sum_over_events(np.array([[0.1], [0.2], [-0.3]]))
    (5.551115123125783e-17, array([0.]))
    """
    sums = values.sum(axis=0)
    return np.where(np.abs(sums) <= _ROUNDING * np.abs(values).sum(axis=0), 0.0, sums)


def contrast_sides(
    names: Sequence[tuple[str, str]], sides: Iterable[Sides], measures: Sequence[Measure], settings: Settings
) -> ContrastTable:
    """A row per measure and named pair of sides; measure i belongs to column i of the sides."""
    return _table([_contrast(each, measures, settings) for each in sides], measures, names)


@dataclass(frozen=True, slots=True)
class _Contrast:
    """One pair's results, each of shape (n_measures,); ``sign`` is +1 where A is higher, -1 where B is."""

    n_events: IntArray
    status: list[Status]
    difference: FloatArray
    ratio: FloatArray
    effect_size: FloatArray
    dominance: FloatArray
    limits: Limits
    boot: Limits
    p_value: FloatArray
    sign: IntArray


def _contrast(sides: Sides, measures: Sequence[Measure], settings: Settings) -> _Contrast:
    is_rate = are_rates(measures)
    differences = sides.differences(np.array([measure.scale for measure in measures]))
    n_events = sides.shared.sum(axis=0).astype(np.int64)
    status = _statuses(sides, measures, n_events, settings)
    tested = np.isin(status, _TESTED)
    estimated = tested | np.isin(status, ("estimate only",))

    mean = sum_over_events(differences) / np.maximum(n_events, 1)
    ratio = np.full(len(measures), np.nan)
    rates = np.flatnonzero(estimated & is_rate)
    ratio[rates] = rate_ratio(sides.counts(rates))
    return _Contrast(
        n_events=n_events,
        status=status,
        difference=np.where(estimated, mean, np.nan),
        ratio=ratio,
        effect_size=np.where(estimated, hedges_g(differences, sides.shared), np.nan),
        dominance=np.where(estimated, dominance(differences, sides.shared), np.nan),
        limits=_limits(sides, differences, is_rate, tested, settings),
        boot=_bootstrap(sides, differences, is_rate, tested, settings),
        p_value=_p_values(sides, differences, measures, tested, settings),
        sign=np.where(estimated, _direction(mean, ratio), 0).astype(np.int64),
    )


def _statuses(
    sides: Sides, measures: Sequence[Measure], n_events: IntArray, settings: Settings
) -> list[Status]:
    is_rate = are_rates(measures)
    hits = (sides.hits_a + sides.hits_b).sum(axis=0)
    # A rate without any hit has no ratio, however low the setting.
    too_rare = is_rate & (n_events > 0) & (hits < max(settings.min_expected_count, 1))
    told = (n_events, sides.telling(measures).sum(axis=0), too_rare, sides.lopsided(measures))
    return [
        status_of(n, settings, n_telling=telling, too_rare=rare, lopsided=lopsided)
        for n, telling, rare, lopsided in zip(*(column.tolist() for column in told), strict=True)
    ]


def _direction(mean: FloatArray, ratio: FloatArray) -> FloatArray:
    """+1, 0 or -1: the sign of the mean difference, 0 where the ratio points the other way."""
    by_ratio = np.sign(np.where(np.isnan(ratio), 1.0, ratio) - 1)
    return np.where(np.sign(mean) * by_ratio < 0, 0.0, np.sign(mean))


def p_values(sides: Sides, measures: Sequence[Measure], settings: Settings) -> FloatArray:
    """Sign-flip p-values alone, shape (n_measures,); NaN where the status allows no test."""
    n_events = sides.shared.sum(axis=0).astype(np.int64)
    tested = np.isin(_statuses(sides, measures, n_events, settings), _TESTED)
    differences = sides.differences(np.array([measure.scale for measure in measures]))
    return _p_values(sides, differences, measures, tested, settings)


def _p_values(
    sides: Sides,
    differences: FloatArray,
    measures: Sequence[Measure],
    tested: BoolArray,
    settings: Settings,
) -> FloatArray:
    is_rate = are_rates(measures)
    p_value = np.full(len(measures), np.nan)
    for block in blocks(sides.shared & tested, sides.events, settings):
        rate = is_rate[block.columns]
        values = block.rows(differences)
        values[:, rate] = sides.counts_in(block, rate).null_score()
        p_value[block.columns] = block.table.p_values(values)
    return np.asarray(np.maximum(p_value, chance_by_length(sides, measures)))


def _limits(
    sides: Sides, differences: FloatArray, is_rate: BoolArray, tested: BoolArray, settings: Settings
) -> Limits:
    """Intervals of the tested measures, NaN for the others."""
    low, high = np.full((2, len(is_rate)), np.nan)
    for block in blocks(sides.shared & tested, sides.events, settings):
        rate, columns, level = is_rate[block.columns], block.columns, settings.confidence
        values, weights = block.rows(differences)[:, ~rate], block.present[:, ~rate].astype(np.float64)
        limits = block.table.ratio_limits(values, weights, level)
        low[columns[~rate]], high[columns[~rate]] = limits.low, limits.high
        if rate.any():
            limits = ratio_limits(sides.counts_in(block, rate), block.table, level)
            low[columns[rate]], high[columns[rate]] = limits.low, limits.high
    return Limits(low, high).unless_degenerate()


def _bootstrap(
    sides: Sides, differences: FloatArray, is_rate: BoolArray, tested: BoolArray, settings: Settings
) -> Limits:
    """Bootstrap intervals of the tested measures, NaN below as many events as they take."""
    low, high = np.full((2, len(is_rate)), np.nan)
    means, rates = np.flatnonzero(tested & ~is_rate), np.flatnonzero(tested & is_rate)
    limits = mean_limits(differences[:, means], sides.shared[:, means], sides.events, settings)
    low[means], high[means] = limits.low, limits.high
    limits = log_ratio_limits(sides.counts(rates), sides.shared[:, rates], sides.events, settings)
    low[rates], high[rates] = limits.low, limits.high
    return Limits(low, high)


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
        ci_low=np.array([result.limits.low[i] for _, _, result, i in rows], dtype=np.float64),
        ci_high=np.array([result.limits.high[i] for _, _, result, i in rows], dtype=np.float64),
        boot_low=np.array([result.boot.low[i] for _, _, result, i in rows], dtype=np.float64),
        boot_high=np.array([result.boot.high[i] for _, _, result, i in rows], dtype=np.float64),
        interval_of=texts("ratio" if measure.kind == "rate" else "difference" for measure, _, _, _ in rows),
        effect_size=column("effect_size"),
        dominance=column("dominance"),
        p_value=column("p_value"),
        q_value=np.full(len(rows), np.nan),
        events_needed=np.full(len(rows), np.nan),
        n_events=column("n_events", np.int64),
        higher_in=texts(("", pair[0], pair[1])[int(result.sign[i])] for _, pair, result, i in rows),
        status=texts(result.status[i] for _, _, result, i in rows),
    )
