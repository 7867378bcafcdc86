"""Leave one event out: whether a contrast rests on a single event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from biaslens.cells import Cells
from biaslens.codebook import Measure
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.contrast import counted, sum_over_events
from biaslens.stats.ladder import LEVEL, Status, status_of
from biaslens.stats.rates import rate_ratio
from biaslens.stats.resample import Block, blocks
from biaslens.stats.sides import Layout, Sides, are_rates, pairs_of_outlets
from biaslens.tabular import Column, Table, texts
from biaslens.tokens import BoolArray

# Sums that differ by less, relative to the sum of what was added, are rounding apart and count as tied.
_TIED = 1e-11
# How much the absence of an event changes: nothing, whether p is below LEVEL, that there is an estimate at
# all, the direction.
_SAME, _OTHER_P, _NO_ESTIMATE, _TURNED = range(4)


@dataclass(frozen=True, slots=True)
class LeaveOneOut(Table):
    """One row per contrast, in the order of contrast_outlets; NaN and "" where there is no estimate.

    event            the event whose absence changes most; see leave_one_out
    difference, ratio, p_value, n_events, higher_in, status
                     as contrast_outlets gives them without that event; the difference is there below three
                     events, too
    n_turned         events whose absence turns or removes the direction
    """

    measure: Column
    outlet_a: Column
    outlet_b: Column
    event: Column
    difference: Column
    ratio: Column
    p_value: Column
    n_events: Column
    higher_in: Column
    status: Column
    n_turned: Column


def leave_one_out(
    cells: Cells,
    measures: Sequence[Measure],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> LeaveOneOut:
    """Every contrast without each of its events in turn, and the event whose absence changes most.

    The event that changes most is one without which the direction turns; failing that, one without which too
    few hits are left for an estimate; failing that, one without which p passes .05, either way. Among equals
    it is the one that moves p furthest towards the other side of .05 (the difference furthest towards the
    other outlet, where the direction turns or there is no test), then the first in the alphabet.

    Nothing is fitted or drawn again: the sum of an arrangement b of signs without event e is
    T_b - s_eb U_e. This is contrast_outlets without that event to the last arrangement, where it lists them,
    and with the same drawn signs from 14 events on, but for the tail: p is the share of drawn signs however
    few of them reach, 1 / (settings.draws + 1) at least. (Influence by deletion: Cook 1977.)
    """
    columns = counted(measures)
    chosen = [measures[i] for i in columns.tolist()]
    layout = Layout.of(cells, outlet_names, event_names)
    found = [_without_one(sides, chosen, settings) for sides in pairs_of_outlets(cells, columns, layout)]
    return _table(found, chosen, list(combinations(layout.outlets, 2)))


@dataclass(frozen=True, slots=True)
class _WithoutOne:
    """One pair's results, each of shape (n_measures,); see LeaveOneOut."""

    event: list[str]
    difference: FloatArray
    ratio: FloatArray
    p_value: FloatArray
    n_events: IntArray
    sign: IntArray
    status: list[Status]
    n_turned: IntArray


@dataclass(frozen=True, slots=True)
class _WithoutEach:
    """One pair without each of its events: arrays of shape (n_events, n_measures), or (n_measures,) for all.

    left                  events that are left, (n_measures,)
    n_telling             of these, events in which there is something to count
    too_rare              too few hits are left for a rate
    estimated             the event is shared, and without it there is an estimate
    difference, p_value   NaN where there is no estimate, or no test
    sign                  of the direction; 0 where there is none
    p_whole, sign_whole   with all events, (n_measures,)
    """

    shared: BoolArray
    left: IntArray
    n_telling: IntArray
    too_rare: BoolArray
    estimated: BoolArray
    difference: FloatArray
    p_value: FloatArray
    sign: IntArray
    p_whole: FloatArray
    sign_whole: IntArray

    @property
    def turned(self) -> BoolArray:
        """Whether the absence turns or removes the direction."""
        return np.asarray(self.estimated & (self.sign != self.sign_whole))


def _without_each(sides: Sides, measures: Sequence[Measure], settings: Settings) -> _WithoutEach:
    is_rate = are_rates(measures)
    differences = sides.differences(np.array([measure.scale for measure in measures]))
    scores = differences.copy()
    scores[:, is_rate] = sides.counts(np.flatnonzero(is_rate)).null_score()
    left = np.maximum(sides.shared.sum(axis=0) - 1, 0)
    too_rare = _too_rare(sides, is_rate, settings)
    estimated = sides.shared & (left > 0) & ~too_rare
    p_value, p_whole = _p_values(sides, scores, settings)
    telling = sides.telling(measures)
    n_telling = telling.sum(axis=0) - telling
    untested = sides.lopsided(measures) | (telling.sum(axis=0) < settings.min_shared_events)
    mean = _without(differences) / np.maximum(left, 1)
    return _WithoutEach(
        shared=sides.shared,
        left=left,
        too_rare=too_rare,
        estimated=estimated,
        difference=np.where(estimated, mean, np.nan),
        n_telling=n_telling,
        p_value=np.where(estimated & (n_telling >= settings.min_shared_events), p_value, np.nan),
        sign=np.where(estimated, _direction(mean, _without(scores), is_rate), 0),
        p_whole=np.where(untested, np.nan, p_whole),
        sign_whole=_direction(sum_over_events(differences), sum_over_events(scores), is_rate),
    )


def _without_one(sides: Sides, measures: Sequence[Measure], settings: Settings) -> _WithoutOne:
    each = _without_each(sides, measures, settings)
    event, lopsided = _most_changing(each, sides, measures)
    too_rare = _at(event, each.too_rare, 0) > 0
    n_telling = _at(event, each.n_telling, 0)
    told = (each.left, n_telling, too_rare, lopsided)
    return _WithoutOne(
        event=[sides.events[row] if row >= 0 else "" for row in event.tolist()],
        difference=_at(event, each.difference, np.nan),
        ratio=_ratios(sides, event, are_rates(measures) & (_at(event, each.estimated, 0) > 0)),
        p_value=np.where(lopsided, np.nan, _at(event, each.p_value, np.nan)),
        n_events=each.left,
        sign=_at(event, each.sign, 0).astype(np.int64),
        status=[
            status_of(n, settings, n_telling=telling, too_rare=rare, lopsided=skewed)
            for n, telling, rare, skewed in zip(*(column.tolist() for column in told), strict=True)
        ],
        n_turned=each.turned.sum(axis=0).astype(np.int64),
    )


def _at(event: IntArray, values: npt.NDArray[Any], missing: float) -> FloatArray:
    """The values of each measure in the row of its event; ``missing`` where that is -1."""
    found, some = np.full(len(event), missing), np.flatnonzero(event >= 0)
    found[some] = values[event[some], some]
    return found


def _too_rare(sides: Sides, is_rate: BoolArray, settings: Settings) -> BoolArray:
    """Whether the hits without each event are fewer than a rate takes, shape (n_events, n_measures)."""
    hits = sides.hits_a + sides.hits_b
    return np.asarray(is_rate & (hits.sum(axis=0) - hits < max(settings.min_expected_count, 1)))


def _lopsided(sides: Sides, event: IntArray, measures: Sequence[Measure]) -> BoolArray:
    """Whether the hits of each measure without its event are too lopsided for a test, shape (n_measures,)."""
    hits_a, hits_b = sides.hits_a.copy(), sides.hits_b.copy()
    some = np.flatnonzero(event >= 0)
    hits_a[event[some], some] = hits_b[event[some], some] = 0
    return replace(sides, hits_a=hits_a, hits_b=hits_b).lopsided(measures)


def _without(values: FloatArray) -> FloatArray:
    """Sums over all events but one, shape (n_events, n_columns); 0 where nothing but rounding is left."""
    sums = values.sum(axis=0) - values
    return np.where(np.abs(sums) <= _TIED * np.abs(values).sum(axis=0), 0.0, sums)


def _direction(mean: FloatArray, score: FloatArray, is_rate: BoolArray) -> IntArray:
    """+1, 0 or -1: that of the difference, 0 where the ratio of a rate points the other way.

    The score falls as the ratio rises, so that the fitted ratio is above 1 where the score at 1 is above 0.
    """
    opposed = is_rate & (np.sign(mean) * np.sign(score) < 0)
    return np.where(opposed, 0, np.sign(mean)).astype(np.int64)


def _p_values(sides: Sides, scores: FloatArray, settings: Settings) -> tuple[FloatArray, FloatArray]:
    """P-values without each event, shape (n_events, n_measures), and with all, shape (n_measures,)."""
    without, whole = np.full(scores.shape, np.nan), np.full(scores.shape[1], np.nan)
    enough = sides.shared.sum(axis=0) > settings.min_shared_events
    for block in blocks(sides.shared & enough, sides.events, settings):
        values = block.rows(scores)
        whole[block.columns] = block.table.p_values(values)
        for row, p_value in enumerate(_p_without(block, values)):
            present = block.present[row]
            without[block.events[row][present], block.columns[present]] = p_value[present]
    return without, whole


def _p_without(block: Block, values: FloatArray) -> Iterator[FloatArray]:
    """P-values of the block's columns without the event of each row."""
    sums, observed = block.table.sums(values), values.sum(axis=0)
    rounding = _TIED * np.abs(values).sum(axis=0)
    rest = np.empty_like(sums)
    for value, sign_row in zip(values, block.table.row.tolist(), strict=True):
        np.multiply(value[:, None], block.table.signs[sign_row], out=rest)
        np.abs(np.subtract(sums, rest, out=rest), out=rest)
        reached = np.abs(observed - value) - rounding
        yield np.count_nonzero(rest >= reached[:, None], axis=1) / block.table.n_arrangements


def _most_changing(
    each: _WithoutEach, sides: Sides, measures: Sequence[Measure]
) -> tuple[IntArray, BoolArray]:
    """Row of the event whose absence changes most, -1 where there is none; where what it leaves is lopsided.

    Hits that an event leaves too lopsided for a test have no p-value; the next one is looked at then.
    """
    while True:
        event = _of_most_change(each)
        lopsided = _lopsided(sides, event, measures)
        tested = np.flatnonzero(lopsided & np.isfinite(_at(event, each.p_value, np.nan)))
        if not len(tested):
            return event, lopsided
        p_value = each.p_value.copy()
        p_value[event[tested], tested] = np.nan
        each = replace(each, p_value=p_value)


def _of_most_change(each: _WithoutEach) -> IntArray:
    is_low, turned, tested = each.p_whole < LEVEL, each.turned, np.isfinite(each.p_whole)
    p_value = np.where(tested, each.p_value, np.nan)
    severity = np.where(np.isfinite(p_value) & ((p_value < LEVEL) != is_low), _OTHER_P, _SAME)
    severity[~each.estimated] = _NO_ESTIMATE
    severity[turned] = _TURNED
    severity[~each.shared] = -1
    worst = severity.max(axis=0, initial=-1)
    by_p = np.where(is_low, p_value, -p_value)
    push = np.where(turned | np.isnan(by_p).all(axis=0), -each.difference * each.sign_whole, by_p)
    # Without an estimate nothing tells events apart but their names; without a p-value, p is not moved.
    push = np.where(np.isnan(push), -np.finfo(np.float64).max, push)
    push[severity != worst] = -np.inf
    return np.where(worst >= 0, np.argmax(push, axis=0) if len(push) else -1, -1)


def _ratios(sides: Sides, event: IntArray, wanted: BoolArray) -> FloatArray:
    """The rate ratio of each measure without its event, NaN where it is not wanted."""
    ratio, rates = np.full(len(wanted), np.nan), np.flatnonzero(wanted)
    counts, place = sides.counts(rates), (event[rates], np.arange(len(rates)))
    parts = (counts.count_a, counts.count_b, counts.length_a, counts.length_b)
    for part, filling in zip(parts, (0, 0, 1, 1), strict=True):
        part[place] = filling
    ratio[rates] = rate_ratio(counts)
    return ratio


def _table(
    results: Sequence[_WithoutOne], measures: Sequence[Measure], pairs: Sequence[tuple[str, str]]
) -> LeaveOneOut:
    rows = [
        (measure, pair, result, i)
        for i, measure in enumerate(measures)
        for pair, result in zip(pairs, results, strict=True)
    ]

    def column(name: str, dtype: type = np.float64) -> Column:
        return np.array([getattr(result, name)[i] for _, _, result, i in rows], dtype=dtype)

    return LeaveOneOut(
        measure=texts(measure.name for measure, _, _, _ in rows),
        outlet_a=texts(pair[0] for _, pair, _, _ in rows),
        outlet_b=texts(pair[1] for _, pair, _, _ in rows),
        event=texts(result.event[i] for _, _, result, i in rows),
        difference=column("difference"),
        ratio=column("ratio"),
        p_value=column("p_value"),
        n_events=column("n_events", np.int64),
        higher_in=texts(("", *pair)[int(result.sign[i])] for _, pair, result, i in rows),
        status=texts(result.status[i] for _, _, result, i in rows),
        n_turned=column("n_turned", np.int64),
    )
