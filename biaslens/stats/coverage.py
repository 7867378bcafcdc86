"""Coverage: which items of an event each outlet has, and which only the others have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.articles import Articles
from biaslens.findings import CoverageTable
from biaslens.stats.tally import Tally, each_event
from biaslens.tabular import texts


def coverage_table(tally: Tally, articles: Articles, event_names: Sequence[str]) -> CoverageTable:
    """For each event and outlet, the items that the other outlets have: is this outlet's text without them?

    event_names  label of each event, by its code in the tally

    An item counts where at least two other outlets of the event have it; in an event of two outlets, where
    the other one has it: that list says what differs, not what was left out. Events with one outlet have no
    rows. What an item is, and where an outlet has it, ``tally_items`` says.

    Where an item is not covered the evidence is the first sentence that mentions it: of the first other
    outlet, then article id, in alphabetical order. Where it is covered id and sentence are "".

    Rows are sorted by event, outlet, kind and item.
    """
    rows = sorted(
        _rows(tally), key=lambda row: (event_names[row.event], row.outlet, row.kind, row.item, row.use)
    )
    places = tally.places([row.use for row in rows if row.use >= 0])
    at = iter(zip(places.article.tolist(), places.slices(articles.text), strict=True))
    evidence = [next(at) if row.use >= 0 else None for row in rows]
    return CoverageTable(
        event=texts(event_names[row.event] for row in rows),
        outlet=texts(row.outlet for row in rows),
        item=texts(row.item for row in rows),
        kind=texts(row.kind for row in rows),
        covered=np.array([row.use < 0 for row in rows], dtype=bool),
        evidence_id=texts("" if found is None else articles.id[found[0]] for found in evidence),
        evidence_sentence=texts("" if found is None else " ".join(found[1].split()) for found in evidence),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the result; ``use`` is the other outlet's use that is the evidence, -1 where covered."""

    event: int
    outlet: str
    item: str
    kind: str
    use: int


def _rows(tally: Tally) -> Iterator[_Row]:
    for event in each_event(tally):
        evidence = event.evidence
        for item, cell in np.argwhere(event.asked).tolist():
            yield _Row(
                event.event,
                tally.outlets[int(tally.cell_outlet[event.first_cell + cell])],
                tally.item_text[event.first_item + item],
                tally.item_kind[event.first_item + item],
                -1 if event.has[item, cell] else int(evidence[item]),
            )
