"""Contested naming compared: how far apart outlets are in the labels that they give to the same things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from biaslens.cells import LabelCells
from biaslens.contested import LabelSets
from biaslens.framing_tables import NamingTable
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.label_distance import LabelDistance, event_sets, label_distance
from biaslens.stats.ladder import MIN_EVENTS_FOR_ESTIMATE, Status, status_of
from biaslens.stats.rest import THE_OTHERS
from biaslens.tabular import texts
from biaslens.tokens import BoolArray

# A side with few uses in an event has shares of 0 or 1 where the other's lie between, which looks like
# another habit: texts of 1 to 4.5 that are dealt at random are told apart in 8 % of cases with 100 events,
# where the thinner side has a quarter to a third of the uses.
_MOST_UNEQUAL = 2


@dataclass(frozen=True, slots=True)
class NamingContrasts:
    """How far apart two outlets' labels are, one row per pair; each column has length n_pairs.

    distance    observed distance, 0 to 1; NaN without a shared event
    excess      distance less its mean where the two outlets change places at random; NaN below two events
    difference  the excess, NaN where the status allows no estimate
    p_value     one-sided; NaN unless the status is "ok" or "provisional"
    n_events    events in which both use a label of the same set
    n_uses      labels that the two use there, counted in the sets that both use
    """

    outlet_a: tuple[str, ...]
    outlet_b: tuple[str, ...]
    distance: FloatArray
    excess: FloatArray
    difference: FloatArray
    p_value: FloatArray
    n_events: IntArray
    n_uses: IntArray
    status: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class OutletNaming:
    """How far each outlet's labels are from those of the other outlets, one row per outlet.

    value     the excess distance from all other outlets of the shared events together, NaN below 3 events
    n_events  events in which the outlet and another one use a label of the same set
    note      why a number is missing, "" where none is
    """

    outlet: tuple[str, ...]
    value: FloatArray
    n_events: IntArray
    note: tuple[str, ...]


def naming_table(
    cells: LabelCells, sets: LabelSets, outlet_names: Sequence[str], event_names: Sequence[str]
) -> NamingTable:
    """Which labels each outlet uses, event by event, in the sets that two outlets or more use there.

    Rows are sorted by event, set, outlet and label.
    """
    _, key = np.unique(event_sets(cells, sets), return_inverse=True)
    group, of_group = np.unique(key.reshape(-1) * len(outlet_names) + cells.outlet, return_inverse=True)
    n_outlets = np.bincount(group // max(1, len(outlet_names)))
    total = np.bincount(of_group.reshape(-1), weights=cells.count)[of_group.reshape(-1)]
    kept = np.flatnonzero(n_outlets[key.reshape(-1)] >= 2)
    order = sorted(
        kept.tolist(),
        key=lambda row: (
            event_names[cells.event.item(row)],
            sets.set[cells.label.item(row)],
            outlet_names[cells.outlet.item(row)],
            sets.label[cells.label.item(row)],
        ),
    )
    rows = np.array(order, dtype=np.int64)
    count = cells.count[rows]
    return NamingTable(
        event=texts(event_names[code] for code in cells.event[rows].tolist()),
        set=texts(sets.set[label] for label in cells.label[rows].tolist()),
        outlet=texts(outlet_names[code] for code in cells.outlet[rows].tolist()),
        label=texts(sets.label[label] for label in cells.label[rows].tolist()),
        stance=texts(sets.stance[label] for label in cells.label[rows].tolist()),
        count=count,
        share=count / total[rows],
    )


def contrast_naming(
    cells: LabelCells,
    sets: LabelSets,
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> NamingContrasts:
    """Every two outlets compared, outlet_a before outlet_b, in alphabetical order.

    Distance, null and p-value are those of label_distance, taken over the events that both outlets name
    something in. One event shows only counts, as a change of places changes nothing there.
    """
    names = sorted(outlet_names)
    rows = {name: _of_outlet(cells, code) for code, name in enumerate(outlet_names)}
    pairs = list(combinations(names, 2))
    found = [label_distance(rows[a], rows[b], sets, event_names, settings) for a, b in pairs]
    return _contrasts(pairs, found, settings)


def contrast_naming_with_rest(
    cells: LabelCells,
    sets: LabelSets,
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> NamingContrasts:
    """Each outlet compared with all others together, as in contrast_naming; outlets in alphabetical order."""
    names = sorted(outlet_names)
    code = {name: row for row, name in enumerate(outlet_names)}
    found = [
        label_distance(
            _of_outlet(cells, code[name]), _of_others(cells, code[name]), sets, event_names, settings
        )
        for name in names
    ]
    return _contrasts([(name, THE_OTHERS) for name in names], found, settings)


def describe_naming(against_rest: NamingContrasts) -> OutletNaming:
    """Each outlet's excess distance from the others, from contrast_naming_with_rest."""
    enough = against_rest.n_events >= MIN_EVENTS_FOR_ESTIMATE
    return OutletNaming(
        outlet=against_rest.outlet_a,
        value=np.where(enough, against_rest.excess, np.nan),
        n_events=against_rest.n_events,
        note=tuple(map(_note, against_rest.n_events.tolist())),
    )


def _contrasts(
    pairs: Sequence[tuple[str, str]], found: Sequence[LabelDistance], settings: Settings
) -> NamingContrasts:
    status = tuple(_status(each, settings) for each in found)
    tested = np.isin(status, ("ok", "provisional"))
    excess = _column([each.excess for each in found])
    return NamingContrasts(
        outlet_a=tuple(a for a, _ in pairs),
        outlet_b=tuple(b for _, b in pairs),
        distance=_column([each.distance for each in found]),
        excess=excess,
        difference=np.where(tested | np.isin(status, ("estimate only",)), excess, np.nan),
        p_value=np.where(tested, _column([each.p_value for each in found]), np.nan),
        n_events=np.array([each.n_events for each in found], dtype=np.int64),
        n_uses=np.array([each.n_uses for each in found], dtype=np.int64),
        status=status,
    )


def _of_outlet(cells: LabelCells, outlet: int) -> LabelCells:
    return _rows(cells, cells.outlet == outlet)


def _of_others(cells: LabelCells, outlet: int) -> LabelCells:
    return _rows(cells, cells.outlet != outlet)


def _rows(cells: LabelCells, chosen: BoolArray) -> LabelCells:
    return LabelCells(cells.event[chosen], cells.outlet[chosen], cells.label[chosen], cells.count[chosen])


def _status(found: LabelDistance, settings: Settings) -> Status:
    too_rare = found.n_events > 0 and found.n_uses < settings.min_expected_count
    lopsided = _MOST_UNEQUAL * found.n_thinner < found.n_uses - found.n_thinner
    n_telling = found.n_telling
    return status_of(found.n_events, settings, n_telling=n_telling, too_rare=too_rare, lopsided=lopsided)


def _note(n_events: int) -> str:
    if n_events == 0:
        return "no event in which another outlet uses a label of the same set"
    if n_events < MIN_EVENTS_FOR_ESTIMATE:
        events = "1 event" if n_events == 1 else f"{n_events} events"
        return f"{events}: too few for an estimate ({MIN_EVENTS_FOR_ESTIMATE} needed)"
    return "no interval: a distance is set against chance; see the p-values of the contrasts"


def _column(values: Sequence[float]) -> FloatArray:
    return np.array(values, dtype=np.float64)
