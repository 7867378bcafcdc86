"""Contrasts between each outlet and all others of its events together."""

from __future__ import annotations

from collections.abc import Sequence

from biaslens.cells import Cells
from biaslens.codebook import Measure
from biaslens.findings import ContrastTable
from biaslens.settings import Settings
from biaslens.stats.contrast import contrast_sides, counted
from biaslens.stats.sides import Layout, are_rates, outlets_and_others

# How the other side is called, as no outlet is.
THE_OTHERS = "(the others)"


def contrast_with_rest(
    cells: Cells,
    measures: Sequence[Measure],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> ContrastTable:
    """Every outlet compared with all others of its events together: the columns of contrast_outlets.

    outlet_b is "(the others)": their hits and lengths added up event by event (rates), or the mean of their
    values in the event (shares and means). Two outlets have no rows here: their pair says all.
    """
    columns, layout = counted(measures), Layout.of(cells, outlet_names, event_names)
    outlets = layout.outlets if len(layout.outlets) > 2 else ()
    chosen = [measures[i] for i in columns.tolist()]
    return contrast_sides(
        [(name, THE_OTHERS) for name in outlets],
        outlets_and_others(cells, columns, are_rates(chosen), layout) if outlets else (),
        chosen,
        settings,
    )
