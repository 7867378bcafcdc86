"""The tables of a comparison: what statistics make of the events, copies and counts that the passes found."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from biaslens.cells import Cells
from biaslens.contested import load_label_sets
from biaslens.contrasting import contrast_all, with_reliability
from biaslens.effect import cleaning_effect
from biaslens.findings import Findings, OutletTable
from biaslens.first_pass import Scanned
from biaslens.framing import (
    label_cells,
    style_table,
    tally_event_items,
    with_naming_values,
    with_omission,
    zeta_table,
)
from biaslens.lost_marks import lost_marks, note_lost_marks
from biaslens.measuring.registry import measures_for
from biaslens.participation import left_out_table, overlap_table, reasons_left_out
from biaslens.second_pass import Grouped, sum_cells, sum_terms
from biaslens.stats.alternations import alternation_table
from biaslens.stats.coverage import coverage_table
from biaslens.stats.describe import describe_outlets
from biaslens.stats.keyness import key_terms
from biaslens.stats.naming import NamingContrasts, contrast_naming_with_rest, describe_naming, naming_table
from biaslens.stats.omission import MissingItems, missing_items, omission_cells
from biaslens.stats.persons import person_table
from biaslens.stats.ranking import rank_outlets
from biaslens.stats.salient import salient_terms
from biaslens.summary import summarise
from biaslens.tables import (
    article_table,
    codebook_table,
    copy_table,
    event_table,
    removed_table,
)
from biaslens.term_uses import sum_key_terms
from biaslens.voiced import source_table


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tables of a comparison, and the evidence that single articles do not hold.

    missing  what outlets lack that two others report
    cells    the sums per event and outlet that contrasts are made of
    """

    findings: Findings
    missing: MissingItems
    cells: Cells


def analyse(grouped: Grouped, scanned: Scanned, signature: str) -> Analysis:
    """Every table of a comparison."""
    settings, names = grouped.settings, grouped.unit_names
    measures = measures_for(settings)
    term_cells, words = sum_terms(grouped, scanned)
    tally = tally_event_items(grouped, scanned, salient_terms(term_cells, words, settings.language))
    omitted = omission_cells(tally)
    cells = with_omission(sum_cells(grouped, scanned), omitted, measures)
    labels, sets = label_cells(grouped, scanned), load_label_sets(settings.language)
    naming = contrast_naming_with_rest(labels, sets, grouped.outlets, names, settings)
    contrasts = contrast_all(grouped, cells, labels, naming)
    ranking = rank_outlets(cells, measures, grouped.outlets, names, settings)
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
        outlets=with_reliability(_outlets(grouped, scanned, cells, naming), ranking),
        contrasts=contrasts.pairs,
        against_rest=contrasts.rest,
        omnibus=contrasts.omnibus,
        ranking=ranking,
        events=event_table(grouped),
        overlap=overlap_table(grouped, left_out),
        left_out=left_out_table(grouped, left_out),
        terms=key_terms(*sum_key_terms(grouped, scanned), grouped.outlets, names, settings),
        sources=source_table(grouped, scanned),
        removed=removed_table(grouped.articles, scanned.ledger),
        flagged=removed_table(grouped.articles, scanned.flagged),
        copies=copy_table(grouped),
        coverage=coverage_table(tally, grouped.articles, names),
        naming=naming_table(labels, sets, grouped.outlets, names),
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
        cells=cells,
    )


def _outlets(grouped: Grouped, scanned: Scanned, cells: Cells, naming: NamingContrasts) -> OutletTable:
    settings, names, outlets = grouped.settings, grouped.unit_names, grouped.outlets
    table = describe_outlets(cells, measures_for(settings), outlets, names, settings)
    lost = [outlets[row] for row in np.flatnonzero(lost_marks(grouped, scanned)).tolist()]
    return note_lost_marks(with_naming_values(table, describe_naming(naming), grouped, scanned), lost)
