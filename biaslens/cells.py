"""Cells: the sums per event and outlet that every contrast is made of."""

from __future__ import annotations

from dataclasses import dataclass

from biaslens.spans import IntArray


@dataclass(frozen=True, slots=True)
class Cells:
    """One row per event and outlet that covers it; all integers, so that adding parts is exact.

    event, outlet  shape (n_cells,): codes, sorted by event, then outlet
    n_articles     shape (n_cells,)
    total          shape (n_cells, n_measures): sum over the cell's articles
    exposure       shape (n_cells, n_measures)
    """

    event: IntArray
    outlet: IntArray
    n_articles: IntArray
    total: IntArray
    exposure: IntArray
