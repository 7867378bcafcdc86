"""The tables of a comparison: what statistics make of the events, copies and counts that the passes found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from biaslens.effect import cleaning_effect
from biaslens.findings import Findings
from biaslens.first_pass import Scanned
from biaslens.lost_marks import lost_marks, note_lost_marks
from biaslens.measuring.registry import measures_for
from biaslens.participation import left_out_table, overlap_table, reasons_left_out
from biaslens.second_pass import Grouped, sum_cells, sum_terms
from biaslens.stats.contrast import contrast_outlets
from biaslens.stats.coverage import cover
from biaslens.stats.describe import describe_outlets
from biaslens.stats.keyness import key_terms
from biaslens.summary import summarise
from biaslens.tables import (
    article_table,
    codebook_table,
    copy_table,
    event_table,
    removed_table,
    source_table,
)


def analyse(grouped: Grouped, scanned: Scanned, signature: str) -> Findings:
    """Every table of a comparison."""
    settings, names = grouped.settings, grouped.unit_names
    measures = measures_for(settings)
    cells = sum_cells(grouped, scanned)
    term_cells, words = sum_terms(grouped, scanned)
    lost = [grouped.outlets[row] for row in np.flatnonzero(lost_marks(grouped, scanned)).tolist()]
    outlets = describe_outlets(cells, measures, grouped.outlets, names, settings)
    contrasts = contrast_outlets(cells, measures, grouped.outlets, names, settings)
    is_voice = grouped.is_voice.tolist()
    units = [
        names[code] if voice else "" for code, voice in zip(grouped.unit.tolist(), is_voice, strict=True)
    ]
    left_out = reasons_left_out(grouped, scanned)
    found = Findings(
        outlet_names=grouped.outlets,
        summary=(),
        signature=signature,
        articles=article_table(grouped, scanned, left_out),
        outlets=note_lost_marks(outlets, lost),
        contrasts=contrasts,
        events=event_table(grouped),
        overlap=overlap_table(grouped, left_out),
        left_out=left_out_table(grouped, left_out),
        terms=key_terms(term_cells, words, grouped.outlets, names, settings),
        sources=source_table(grouped, scanned),
        removed=removed_table(grouped.articles, scanned.ledger),
        flagged=removed_table(grouped.articles, scanned.flagged),
        copies=copy_table(grouped),
        coverage=cover(scanned.items, grouped.articles, units),
        codebook=codebook_table(measures),
    )
    effect = cleaning_effect(grouped, scanned, cells)
    return replace(found, summary=summarise(found, cells, effect, settings))
