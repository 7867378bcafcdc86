"""Label distance: how far apart two sides are in the labels that they give to the same things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.cells import LabelCells
from biaslens.contested import LabelSets
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.resample import MAX_LISTED_EVENTS, SignTable

# Sums of integers below 2^53 are exact in float64; two bits are kept in reserve.
_EXACT_BITS = 51
# Divergences that differ by less are rounding apart, and count as tied.
_TIED = 1e-10
# Beyond this many signs events flip together, as they do in SignTable beyond more: the test stays exact, and
# the null holds about a hundredth of a real difference. Every further sign costs time for every label.
_MAX_FREE_SIGNS = 128
# Labels looked at together: memory only.
_LABELS_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class LabelDistance:
    """How far apart two sides are.

    distance  observed, 0 to 1; NaN without a shared event
    excess    distance less its mean where the sides change places at random; NaN below two events
    p_value   one-sided; NaN below two events
    n_events  events in which both use a label of the same set
    n_uses    labels that the two use there, in the sets that both use
    n_thinner of these, labels of the side that uses fewer
    n_telling events whose change of places moves the distance
    """

    distance: float
    excess: float
    p_value: float
    n_events: int
    n_uses: int
    n_thinner: int
    n_telling: int


@dataclass(frozen=True, slots=True)
class _Sides:
    """Weighted shares of two sides in their shared events, as whole numbers, so that sums are exact.

    events      names of the shared events, in alphabetical order
    event       shape (n_rows,): row in ``events``
    label       shape (n_rows,): row of the label among those used here
    both, gap   shape (n_rows,): sum and difference of the two sides' weighted shares
    n_uses      labels counted; n_thinner of the side that uses fewer
    """

    events: tuple[str, ...]
    event: IntArray
    label: IntArray
    both: IntArray
    gap: IntArray
    n_uses: int
    n_thinner: int


def label_distance(
    a: LabelCells, b: LabelCells, sets: LabelSets, event_names: Sequence[str], settings: Settings
) -> LabelDistance:
    """The distance between two sides, each given as the cells of one outlet or of several.

    **Distance.** In every event and set in which both outlets use a label, each outlet's labels become
    shares, which weigh as much as the smaller of the two outlets' numbers of uses: what the thinner side
    says bounds what a difference can rest on, and an outlet that writes more cannot shift the mix of events.
    Weighted shares are summed over events, set by set. The distance is the square root of the Jensen-Shannon
    divergence to base 2 between the two sums, averaged over sets by their weight: 0 (the same labels in the
    same shares) to 1 (no label in common). (Lin 1991; Endres & Schindelin 2003: the root is a metric.)

    **Null.** Distances of small samples are large by themselves (Gentzkow, Shapiro & Taddy 2019). What is
    reported is the excess over the mean distance where the two outlets change places event by event: all
    arrangements up to 12 events, ``settings.draws`` keyed draws above. p is the share of arrangements that
    lie at least as far apart as the observed one: exact for outlets that could be exchanged, and close to it
    where one writes more than the other. The event is the unit because articles repeat their own labels:
    shuffling single words takes ten uses of "regime" in one article for ten choices, and rejects much too
    often. One event cannot tell an outlet's habit from an article's choice; several can.

    The null holds part of a real difference, 1/E of the divergence at E events of equal weight: with few
    events the excess is on the small side.
    """
    sides = _sides(a, b, sets, event_names)
    n_events = len(sides.events)
    if n_events == 0:
        return LabelDistance(np.nan, np.nan, np.nan, 0, 0, 0, 0)
    few = n_events <= MAX_LISTED_EVENTS
    table = SignTable.listed() if few else SignTable.drawn(sides.events, settings)
    divergence = _divergences(sides, table)
    distance = np.sqrt(divergence)
    observed = float(distance[0])
    if n_events == 1:
        return LabelDistance(observed, np.nan, np.nan, 1, sides.n_uses, sides.n_thinner, 0)
    p_value = float(np.mean(divergence >= divergence[0] - _TIED))
    excess = observed - float(np.mean(distance))
    counts = n_events, sides.n_uses, sides.n_thinner, _n_telling(sides)
    return LabelDistance(observed, excess, p_value, *counts)


def _sides(a: LabelCells, b: LabelCells, sets: LabelSets, event_names: Sequence[str]) -> _Sides:
    """The two sides in the events and sets that both name."""
    keys, key = np.unique(np.concatenate([event_sets(a, sets), event_sets(b, sets)]), return_inverse=True)
    in_a, in_b = np.split(key.reshape(-1), [len(a.event)])
    uses_a, uses_b = _sums(in_a, a.count, len(keys)), _sums(in_b, b.count, len(keys))
    weight = np.minimum(uses_a, uses_b)
    # 2^bits units per use: no sum of weighted shares of both sides leaves the exact range.
    bits = _EXACT_BITS - int(np.frexp(2.0 * max(1, weight.sum()))[1])
    row_a, row_b = np.flatnonzero(weight[in_a]), np.flatnonzero(weight[in_b])
    part_a = _weighted(a.count[row_a], uses_a[in_a[row_a]], weight[in_a[row_a]], bits)
    part_b = _weighted(b.count[row_b], uses_b[in_b[row_b]], weight[in_b[row_b]], bits)
    codes, event = np.unique(np.concatenate([a.event[row_a], b.event[row_b]]), return_inverse=True)
    named = sorted(range(len(codes)), key=lambda row: event_names[codes.item(row)])
    place = np.empty(len(codes), dtype=np.int64)
    place[named] = np.arange(len(codes))
    _, label = np.unique(np.concatenate([a.label[row_a], b.label[row_b]]), return_inverse=True)
    return _Sides(
        events=tuple(event_names[codes[row]] for row in named),
        event=place[event.reshape(-1)],
        label=label.reshape(-1),
        both=np.concatenate([part_a, part_b]),
        gap=np.concatenate([part_a, -part_b]),
        n_uses=int((uses_a + uses_b)[weight > 0].sum()),
        n_thinner=int(min(uses_a[weight > 0].sum(), uses_b[weight > 0].sum())),
    )


def _weighted(count: IntArray, uses: IntArray, weight: IntArray, bits: int) -> IntArray:
    return np.rint(np.ldexp(weight * count / uses, bits)).astype(np.int64)


def _n_telling(sides: _Sides) -> int:
    """Events that differ in a label which another event differs in, too: no sign of another moves anything.

    Given how far apart the sides are in each event, only the signs are random, so that this may be counted.
    """
    n_labels = int(sides.label.max()) + 1
    gap = _sums(sides.event * n_labels + sides.label, sides.gap, len(sides.events) * n_labels)
    event, label = np.divmod(np.flatnonzero(gap), n_labels)
    moving = np.bincount(label, minlength=n_labels)[label] > 1
    return len(np.unique(event[moving]))


def _divergences(sides: _Sides, table: SignTable) -> FloatArray:
    """The divergence under every arrangement of signs, the observed one first, shape (n_arrangements,).

    With masses P and Q of one label on the two sides and M = (P + Q) / 2, a set's weight times its divergence
    is the sum over its labels of (P log P + Q log Q) / 2 - M log M: the totals cancel, so that sets need not
    be told apart.
    """
    n_labels = int(sides.label.max()) + 1
    signs = table.signs[:_MAX_FREE_SIGNS]
    gap = np.zeros((len(signs), n_labels))
    np.add.at(gap, (table.row[sides.event] % len(signs), sides.label), sides.gap)
    both = _sums(sides.label, sides.both, n_labels).astype(np.float64)
    divergence = np.zeros(table.n_arrangements)
    # Labels of few events come first and share few signs; those of one are as far apart whatever its sign.
    n_moves = np.count_nonzero(gap, axis=0)
    moved = np.argsort(n_moves, kind="stable")[np.count_nonzero(n_moves == 0) :]
    for first in range(0, len(moved), _LABELS_AT_ONCE):
        chosen = moved[first : first + _LABELS_AT_ONCE]
        used = np.flatnonzero(gap[:, chosen].any(axis=1))
        needed = signs[used] if n_moves[chosen].max() > 1 else signs[used, :1]
        shift, mass = gap[np.ix_(used, chosen)].T @ needed, both[chosen, None]
        apart = _times_log((mass + shift) / 2) + _times_log((mass - shift) / 2)
        divergence += (apart / 2 - _times_log(mass / 2)).sum(axis=0)
    # What is below or above is rounding; the root of so little would not be small.
    share = divergence / (both.sum() / 2)
    return np.asarray(np.where(share < _TIED, 0.0, np.minimum(share, 1.0)))


def _times_log(mass: FloatArray) -> FloatArray:
    """mass * log2(mass), 0 for 0."""
    return np.asarray(mass * np.log2(np.maximum(mass, 1.0)))


def event_sets(cells: LabelCells, sets: LabelSets) -> IntArray:
    """One number for the event and set of each row, shape (n_rows,)."""
    code = sets.set_code
    return np.asarray(cells.event * (int(code.max(initial=0)) + 1) + code[cells.label])


def _sums(key: IntArray, values: IntArray, n_keys: int) -> IntArray:
    sums = np.zeros(n_keys, dtype=np.int64)
    np.add.at(sums, key, values)
    return sums
