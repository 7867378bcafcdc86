"""Cells: the sums per event and outlet that contrasts, key terms and coverage are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from biaslens.spans import IntArray, Spans

ItemKind = Literal["name", "number"]


@dataclass(frozen=True, slots=True)
class Cells:
    """One row per event and outlet that covers it; all integers, so that adding parts is exact.

    event, outlet  shape (n_cells,): codes, sorted by event, then outlet
    n_articles     shape (n_cells, n_measures): articles that may count for the measure
    total          shape (n_cells, n_measures): sum over these articles
    exposure       shape (n_cells, n_measures)
    """

    event: IntArray
    outlet: IntArray
    n_articles: IntArray
    total: IntArray
    exposure: IntArray


@dataclass(frozen=True, slots=True)
class TermCells:
    """One row per event, outlet and term that the outlet uses there; each column has shape (n_rows,).

    event, outlet, term  codes; no combination stands twice
    count                uses, 1 or more
    """

    event: IntArray
    outlet: IntArray
    term: IntArray
    count: IntArray


@dataclass(frozen=True, slots=True)
class Items:
    """Names and numbers that articles mention, one row per mention, in reading order.

    text      as it is shown: "Angela Merkel", "2,000 people"
    kind      name or number
    sentence  where the sentence stands that mentions it
    """

    text: tuple[str, ...]
    kind: tuple[ItemKind, ...]
    sentence: Spans

    def __len__(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class LabelCells:
    """One row per event, outlet and contested label that the outlet uses there; shape (n_rows,) each.

    event, outlet  codes
    label          row of the list of contested labels
    count          uses, 1 or more; no combination stands twice
    """

    event: IntArray
    outlet: IntArray
    label: IntArray
    count: IntArray
