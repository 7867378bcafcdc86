"""Contrasting: every test of a comparison: pairs, each outlet and the others, all outlets at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from biaslens.cells import Cells, LabelCells
from biaslens.contested import load_label_sets
from biaslens.findings import OutletTable
from biaslens.framing import with_naming_contrasts
from biaslens.measuring.in_comparison import NAMING
from biaslens.measuring.registry import measures_for
from biaslens.second_pass import Grouped
from biaslens.statistics_tables import OmnibusTable, RankingTable
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.corrections import Contrasts, corrected
from biaslens.stats.naming import NamingContrasts, contrast_naming
from biaslens.stats.omnibus import omnibus
from biaslens.stats.rest import contrast_with_rest


def contrast_all(grouped: Grouped, cells: Cells, labels: LabelCells, naming: NamingContrasts) -> Contrasts:
    """Every test of the report, corrected together.

    naming  each outlet's labels against the others', from contrast_naming_with_rest
    """
    settings, names, outlets = grouped.settings, grouped.unit_names, grouped.outlets
    measures = measures_for(settings)
    pairs = contrast_outlets(cells, measures, outlets, names, settings)
    rest = contrast_with_rest(cells, measures, outlets, names, settings)
    of_pairs = contrast_naming(labels, load_label_sets(settings.language), outlets, names, settings)
    found = Contrasts(
        pairs=with_naming_contrasts(pairs, of_pairs),
        rest=with_naming_contrasts(rest, naming) if len(rest) else rest,
        omnibus=_without_naming(omnibus(cells, measures, outlets, names, settings)),
    )
    return corrected(found, measures, settings)


def _without_naming(table: OmnibusTable) -> OmnibusTable:
    """A distance between labels has no residuals: pairs, and each outlet and the others, are tested."""
    kept = table.measure != NAMING.name
    return replace(table, **{name: column[kept] for name, column in table.columns().items()})


def with_reliability(table: OutletTable, ranking: RankingTable) -> OutletTable:
    """The outlets' values with the reliability of each measure's outlet effects, NaN where there is none."""
    keys = zip(ranking.measure.tolist(), ranking.outlet.tolist(), strict=True)
    known = dict(zip(keys, ranking.reliability.tolist(), strict=True))
    rows = zip(table.measure.tolist(), table.outlet.tolist(), strict=True)
    return replace(table, reliability=np.array([known.get(row, np.nan) for row in rows], dtype=np.float64))
