"""Cells: the sums per event and outlet that contrasts, key terms and coverage are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray, Spans

ItemKind = Literal["name", "number", "source", "term"]


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
    masked_outlet, masked_term
                         pairs of codes: terms in which nobody is compared with this outlet, as they hold its
                         own name; shape (n_pairs,)
    """

    event: IntArray
    outlet: IntArray
    term: IntArray
    count: IntArray
    masked_outlet: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    masked_term: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Items:
    """Names, numbers and voiced sources of some articles, one row per mention, in reading order.

    text       as it is shown: "Angela Merkel", "$1.5 billion", "2000 people"
    key        what mentions of one item have in common: "angela merkel", "$1500000000", "2000|people"
    kind       name, number or source; terms are chosen later, from the words of all articles
    sure       False for a name that may be no more than a word at the beginning of a sentence
    place      the sentence that mentions it
    sentence   every sentence of the articles, also those that mention no item
    n_words    words of each of these sentences
    """

    text: tuple[str, ...]
    key: tuple[str, ...]
    kind: tuple[ItemKind, ...]
    sure: npt.NDArray[np.bool_]
    place: Spans
    sentence: Spans
    n_words: IntArray

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
