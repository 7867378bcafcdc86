"""Lost marks: outlets whose quotation marks did not survive extraction are flagged, not scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from biaslens.findings import OutletTable
from biaslens.first_pass import Scanned
from biaslens.hits import value
from biaslens.measuring.registry import measures_for
from biaslens.second_pass import Grouped
from biaslens.tabular import texts
from biaslens.tokens import BoolArray

# What rests on the marks themselves. Rates of the outlet's own words hold its sources' words then, too.
MARKED = ("quote_share", "attributed_share", "scare_quote_rate")
# Of 130 outlets in three corpora, each with 10 articles or more, none has fewer than .26 quotations per cue;
# an outlet with fewer cues than this cannot be told.
_MIN_CUES, _MAX_QUOTES_PER_CUE = 20, 0.05
NOTE = "its quotation marks seem to be lost: not scored"


def lost_marks(grouped: Grouped, scanned: Scanned) -> BoolArray:
    """Outlets that report speech but hardly ever mark it, shape (n_outlets,)."""
    rows, n_outlets = scanned.attributions, len(grouped.outlets)
    outlet = grouped.outlet[rows.content.article]
    has_cue = np.array([cue != "" for cue in rows.cue], dtype=bool)
    is_marked = np.array([kind in ("direct", "fragment", "scare") for kind in rows.kind], dtype=bool)
    n_cues = np.bincount(outlet[has_cue], minlength=n_outlets)
    n_quotes = np.bincount(outlet[is_marked], minlength=n_outlets)
    return np.asarray((n_cues >= _MIN_CUES) & (n_quotes < _MAX_QUOTES_PER_CUE * n_cues))


def without_lost_marks(grouped: Grouped, scanned: Scanned) -> Scanned:
    """The counts without what rests on marks that are lost."""
    lost = lost_marks(grouped, scanned)[grouped.outlet]
    if not lost.any():
        return scanned
    counts = scanned.counts
    total, exposure, values = counts.total.copy(), counts.exposure.copy(), counts.values.copy()
    for column, measure in enumerate(measures_for(grouped.settings)):
        if measure.name in MARKED:
            total[lost, column] = exposure[lost, column] = 0
            values[:, column] = value(total[:, column], exposure[:, column], measure.scale)
    return replace(scanned, counts=replace(counts, total=total, exposure=exposure, values=values))


def note_lost_marks(table: OutletTable, lost: Sequence[str]) -> OutletTable:
    """The table with the reason beside what is not scored; ``lost`` are names of outlets."""
    rows = zip(table.outlet, table.measure, table.note, strict=True)
    return replace(
        table,
        note=texts(NOTE if outlet in lost and name in MARKED else note for outlet, name, note in rows),
    )
