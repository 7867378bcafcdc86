"""Omission: how much of what the others report an outlet lacks, beyond what its length explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.cells import ItemKind
from biaslens.codebook import FIXED_POINT
from biaslens.spans import FloatArray, IntArray, Spans
from biaslens.stats.tally import EventTally, Tally, each_event

# Two others must agree on an item, so that an outlet needs two others.
MIN_OUTLETS = 3
# A share of one, two or three items says little of what was left out.
MIN_ITEMS = 4
# What so many sentences mention is missing nowhere: more need not be told apart.
_MANY = 1_000


@dataclass(frozen=True, slots=True)
class OmissionCells:
    """Omission of each outlet in each event that has a number; all integers, sorted by event, then outlet.

    event, outlet  codes, as in the tally
    n_items        items that two other outlets have, MIN_ITEMS or more
    n_missing      of these, items that the outlet lacks
    expected       expected share of missing items, in millionths, 0 to 1,000,000
    value          observed less expected share, in millionths, -1,000,000 to 1,000,000
    """

    event: IntArray
    outlet: IntArray
    n_items: IntArray
    n_missing: IntArray
    expected: IntArray
    value: IntArray

    def __len__(self) -> int:
        return len(self.event)


def omission_cells(tally: Tally) -> OmissionCells:
    """How many items of two others each outlet lacks, and how many a random text of its length would.

    Events of fewer than MIN_OUTLETS outlets and cells of fewer than MIN_ITEMS items have no row: the list of
    what differs is all that can be said there.

    The null: all outlets draw their sentences from one pool, the sentences of the whole event, and each gets
    a part that is random but for its length: n of the pool's N sentences, where n / N is its share of the
    words. All K sentences that mention an item fall into a part of n sentences with probability

        in(n) = n (n - 1) ... (n - K + 1) / (N (N - 1) ... (N - K + 1))

    (hypergeometric, n as a real number). The outlet's own sentences belong to the pool, because under the
    null they come from it: a pool of the others alone would take an item for more common than it is, just
    because it was picked for being mentioned there. That choice belongs to the null, too, for an item is
    asked of outlet o only where two of the other outlets b have it:

        asked    = 1 - sum over b of in(n_o + n_b) + (number of outlets - 2) in(n_o)
        missing  = in(N - n_o) - sum over b of in(n_b)
        expected = mean over the items asked of o of missing / asked

    Nothing is drawn at random. The value is what o lacks, as a share of the items asked, less what is
    expected. It is 0 on average where outlets do not choose; outlets that all repeat their own items raise it
    for all of them, which is why it is read in contrasts. (Coverage bias: D'Alessio & Allen 2000; the
    expectation follows the rarefaction of Hurlbert 1971, with items for species.)
    """
    parts = [_event_cells(tally, event) for event in each_event(tally) if event.n_outlets >= MIN_OUTLETS]
    if not parts:
        return OmissionCells(*np.zeros((6, 0), dtype=np.int64))
    table = np.concatenate(parts, axis=1)
    return OmissionCells(*table[:, table[2] >= MIN_ITEMS])


@dataclass(frozen=True, slots=True)
class MissingItems:
    """What outlets lack that two others have: the evidence of their omission, one row per outlet and item.

    event, outlet  codes, as in the tally; sorted
    kind, text     of the item
    place          the sentence that mentions it, in an article of the first other outlet
    """

    event: IntArray
    outlet: IntArray
    kind: tuple[ItemKind, ...]
    text: tuple[str, ...]
    place: Spans

    def __len__(self) -> int:
        return len(self.event)


def missing_items(tally: Tally, wanted: OmissionCells) -> MissingItems:
    """The items behind the omission of some cells; as many rows for each as it has ``n_missing``."""
    cells = set(zip(wanted.event.tolist(), wanted.outlet.tolist(), strict=True))
    rows: list[tuple[int, int, int, int]] = []
    for event in each_event(tally):
        outlets = tally.cell_outlet[event.first_cell : event.first_cell + event.n_outlets]
        for cell, outlet in enumerate(outlets.tolist()):
            if (event.event, outlet) in cells:
                items = np.flatnonzero(event.asked[:, cell] & ~event.has[:, cell])
                found = zip((items + event.first_item).tolist(), event.evidence[items].tolist(), strict=True)
                rows += ((event.event, outlet, item, use) for item, use in found)
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 4)
    return MissingItems(
        event=table[:, 0],
        outlet=table[:, 1],
        kind=tuple(tally.item_kind[item] for item in table[:, 2].tolist()),
        text=tuple(tally.item_text[item] for item in table[:, 2].tolist()),
        place=tally.places(table[:, 3]),
    )


def _event_cells(tally: Tally, event: EventTally) -> IntArray:
    """The columns of OmissionCells for one event, shape (6, n_cells)."""
    cells = slice(event.first_cell, event.first_cell + event.n_outlets)
    words = tally.cell_words[cells]
    pool = int(tally.cell_sentences[cells].sum())
    sizes = pool * words / max(1, int(words.sum()))
    asked = event.asked
    n_items = asked.sum(axis=0)
    n_missing = (asked & ~event.has).sum(axis=0)
    chance = chance_missing(event.n_sentences.sum(axis=1), sizes)
    expected = np.where(asked, chance, 0.0).sum(axis=0) / np.maximum(n_items, 1)
    # Each is rounded by itself, so that observed less expected is the value to the last digit.
    shown = np.rint(expected * FIXED_POINT).astype(np.int64)
    observed = np.rint(n_missing / np.maximum(n_items, 1) * FIXED_POINT).astype(np.int64)
    code = np.full(event.n_outlets, event.event)
    return np.stack([code, tally.cell_outlet[cells], n_items, n_missing, shown, observed - shown])


def chance_missing(n_sentences: IntArray, sizes: FloatArray) -> FloatArray:
    """The chance that an outlet lacks an item, given that two others have it; shape (n_items, n_outlets).

    n_sentences  shape (n_items,): sentences of the pool that mention each item, 2 or more
    sizes        shape (n_outlets,): sentences of each outlet, not necessarily whole; three outlets or more

    Of two mentions among three outlets of equal size, both of which fall to the two others, one each:

    >>> chance_missing(np.array([2]), np.array([10.0, 10.0, 10.0]))
    array([[1., 1., 1.]])
    """
    pool, n = float(sizes.sum()), len(sizes)
    k, row = np.unique(np.minimum(n_sentences, _MANY), return_inverse=True)
    alone = _all_in(k, sizes, pool)
    others = _all_in(k, pool - sizes, pool)
    pairs = _all_in(k, np.add.outer(sizes, sizes).ravel(), pool).reshape(-1, n, n)
    with_one = pairs.sum(axis=2) - np.einsum("kii->ki", pairs)
    asked = 1 - with_one + (n - 2) * alone
    missing = others - (alone.sum(axis=1, keepdims=True) - alone)
    # What is left of rounding where nothing can be asked must not be divided by.
    return np.asarray(np.clip(missing / np.maximum(asked, 1e-12), 0.0, 1.0)[row])


def _all_in(k: IntArray, part: FloatArray, pool: float) -> FloatArray:
    """The chance that k drawn sentences of the pool all lie in a part of it; shape (n_numbers, n_parts)."""
    steps = np.arange(int(k.max(initial=0)))
    # Beyond the part's size a factor would be negative: no draw is left.
    factors = np.maximum(part[None, :] - steps[:, None], 0.0) / np.maximum(pool - steps[:, None], 1e-9)
    chance = np.concatenate([np.ones((1, len(part))), np.cumprod(np.minimum(factors, 1.0), axis=0)])
    return np.asarray(chance[k])
