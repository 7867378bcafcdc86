"""The tables of a comparison: what statistics make of the events, copies and counts that the passes found."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from biaslens.cells import Cells, LabelCells
from biaslens.contested import load_label_sets
from biaslens.effect import cleaning_effect
from biaslens.findings import ContrastTable, Findings, OutletTable
from biaslens.first_pass import Scanned
from biaslens.framing import (
    label_cells,
    style_table,
    tally_event_items,
    with_naming_contrasts,
    with_naming_values,
    with_omission,
    zeta_table,
)
from biaslens.lost_marks import lost_marks, note_lost_marks
from biaslens.measuring.registry import measures_for
from biaslens.participation import left_out_table, overlap_table, reasons_left_out
from biaslens.second_pass import Grouped, sum_cells, sum_terms
from biaslens.stats.alternations import alternation_table
from biaslens.stats.contrast import contrast_outlets, corrected
from biaslens.stats.coverage import coverage_table
from biaslens.stats.describe import describe_outlets
from biaslens.stats.keyness import key_terms
from biaslens.stats.naming import contrast_naming, describe_naming, naming_table
from biaslens.stats.omission import MissingItems, missing_items, omission_cells
from biaslens.stats.persons import person_table
from biaslens.stats.salient import salient_terms
from biaslens.summary import summarise
from biaslens.tables import (
    article_table,
    codebook_table,
    copy_table,
    event_table,
    removed_table,
)
from biaslens.voiced import source_table


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tables of a comparison, and the evidence that single articles do not hold.

    missing  what outlets lack that two others report
    """

    findings: Findings
    missing: MissingItems


def analyse(grouped: Grouped, scanned: Scanned, signature: str) -> Analysis:
    """Every table of a comparison."""
    settings, names = grouped.settings, grouped.unit_names
    measures = measures_for(settings)
    term_cells, words = sum_terms(grouped, scanned)
    tally = tally_event_items(grouped, scanned, salient_terms(term_cells, words, settings.language))
    omitted = omission_cells(tally)
    cells = with_omission(sum_cells(grouped, scanned), omitted, measures)
    labels = label_cells(grouped, scanned)
    taken = grouped.is_independent.tolist()
    units = [
        names[code] if is_taken else "" for code, is_taken in zip(grouped.unit.tolist(), taken, strict=True)
    ]
    left_out = reasons_left_out(grouped, scanned)
    found = Findings(
        outlet_names=grouped.outlets,
        summary=(),
        signature=signature,
        articles=article_table(grouped, scanned, left_out),
        outlets=_outlets(grouped, scanned, cells, labels),
        contrasts=_contrasts(grouped, cells, labels),
        events=event_table(grouped),
        overlap=overlap_table(grouped, left_out),
        left_out=left_out_table(grouped, left_out),
        terms=key_terms(term_cells, words, grouped.outlets, names, settings),
        sources=source_table(grouped, scanned),
        removed=removed_table(grouped.articles, scanned.ledger),
        flagged=removed_table(grouped.articles, scanned.flagged),
        copies=copy_table(grouped),
        coverage=coverage_table(tally, grouped.articles, names),
        naming=naming_table(labels, load_label_sets(settings.language), grouped.outlets, names),
        persons=person_table(scanned.persons, grouped.articles.outlet, units),
        alternations=alternation_table(scanned.slots, grouped.articles, units),
        style=style_table(grouped, scanned),
        zeta=zeta_table(grouped, scanned),
        codebook=codebook_table(measures),
    )
    effect = cleaning_effect(grouped, scanned, cells)
    return Analysis(
        findings=replace(found, summary=summarise(found, cells, effect, settings)),
        missing=missing_items(tally, omitted),
    )


def _outlets(grouped: Grouped, scanned: Scanned, cells: Cells, labels: LabelCells) -> OutletTable:
    settings, names, outlets = grouped.settings, grouped.unit_names, grouped.outlets
    table = describe_outlets(cells, measures_for(settings), outlets, names, settings)
    naming = describe_naming(labels, load_label_sets(settings.language), outlets, names, settings)
    lost = [outlets[row] for row in np.flatnonzero(lost_marks(grouped, scanned)).tolist()]
    return note_lost_marks(with_naming_values(table, naming, grouped, scanned), lost)


def _contrasts(grouped: Grouped, cells: Cells, labels: LabelCells) -> ContrastTable:
    settings, names, outlets = grouped.settings, grouped.unit_names, grouped.outlets
    measures = measures_for(settings)
    table = contrast_outlets(cells, measures, outlets, names, settings)
    naming = contrast_naming(labels, load_label_sets(settings.language), outlets, names, settings)
    return corrected(with_naming_contrasts(table, naming), measures)
