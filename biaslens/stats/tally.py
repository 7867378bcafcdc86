"""Tally: which outlet has which item of each event, and in how many sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.cells import ItemKind
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray

# Two others that agree make an item part of the event; where there are fewer outlets, one must do.
MIN_OTHERS = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """The items of all events with two outlets or more: three tables of columns.

    outlets         names in alphabetical order; codes of outlets are rows in it
    cell_event, cell_outlet, cell_words, cell_sentences
                    one row per event and outlet, with its words and sentences there; sorted
    item_event, item_kind, item_text
                    one row per item, by event; the text is how the item is shown
    use_item, use_cell, use_sentences, use_place
                    one row per item and cell that has it, sorted: the number of sentences that mention it,
                    and the first of them, in the article whose id comes first
    """

    outlets: tuple[str, ...]
    cell_event: IntArray
    cell_outlet: IntArray
    cell_words: IntArray
    cell_sentences: IntArray
    item_event: IntArray
    item_kind: tuple[ItemKind, ...]
    item_text: tuple[str, ...]
    use_item: IntArray
    use_cell: IntArray
    use_sentences: IntArray
    use_place: Spans

    def places(self, uses: Sequence[int] | IntArray) -> Spans:
        """The sentences of some uses."""
        rows, place = np.asarray(uses, dtype=np.int64), self.use_place
        return Spans(place.article[rows], place.start[rows], place.end[rows])


@dataclass(frozen=True, slots=True)
class EventTally:
    """One event of a tally.

    event        its code
    first_cell, first_item
                 the first rows of its cells and its items
    n_sentences  shape (n_items, n_cells): sentences of the outlet that mention the item
    use          shape (n_items, n_cells): row of ``use_item``, -1 where the outlet lacks the item
    """

    event: int
    first_cell: int
    first_item: int
    n_sentences: IntArray
    use: IntArray

    @property
    def n_outlets(self) -> int:
        """Outlets that report the event."""
        return len(self.use.T)

    @property
    def has(self) -> BoolArray:
        """Whether an outlet has an item, shape (n_items, n_cells)."""
        return np.asarray(self.use >= 0)

    @property
    def asked(self) -> BoolArray:
        """Whether an item is asked of an outlet, because enough others have it; shape (n_items, n_cells)."""
        n_others = self.has.sum(axis=1, keepdims=True) - self.has
        return np.asarray(n_others >= min(MIN_OTHERS, self.n_outlets - 1))

    @property
    def evidence(self) -> IntArray:
        """The use of the first outlet that has each item, shape (n_items,)."""
        # Cells are in order of outlets.
        return np.asarray(self.use[np.arange(len(self.use)), self.has.argmax(axis=1)])


def each_event(tally: Tally) -> Iterator[EventTally]:
    """The events of a tally one by one."""
    events, cells = np.unique(tally.cell_event, return_index=True)
    cells = np.append(cells, len(tally.cell_event))
    items = np.searchsorted(tally.item_event, np.append(events, np.iinfo(np.int64).max))
    uses = np.searchsorted(tally.use_item, items)
    for row, event in enumerate(events.tolist()):
        first, last = int(cells[row]), int(cells[row + 1])
        shape = (int(items[row + 1] - items[row]), last - first)
        chosen = slice(int(uses[row]), int(uses[row + 1]))
        at = (tally.use_item[chosen] - items[row], tally.use_cell[chosen] - first)
        counts, use = np.zeros(shape, dtype=np.int64), np.full(shape, -1)
        counts[at] = tally.use_sentences[chosen]
        use[at] = np.arange(chosen.start, chosen.stop)
        yield EventTally(event, first, int(items[row]), counts, use)
