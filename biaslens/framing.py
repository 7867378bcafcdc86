"""Framing in a comparison: labels, omission and style, from what the passes found in each article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from biaslens.cells import Cells, LabelCells
from biaslens.codebook import Measure
from biaslens.findings import ContrastTable, OutletTable
from biaslens.first_pass import Scanned
from biaslens.framing_tables import StyleTable, ZetaTable
from biaslens.measuring.in_comparison import NAMING, OMISSION
from biaslens.second_pass import Grouped
from biaslens.spans import IntArray
from biaslens.stats.naming import NamingContrasts, OutletNaming
from biaslens.stats.omission import OmissionCells
from biaslens.stats.salient import SalientTerms
from biaslens.stats.stylometry import WordUses, Writings, style_distances
from biaslens.stats.tally import Tally
from biaslens.stats.tallying import tally_items
from biaslens.stats.zeta import preferred_words
from biaslens.tabular import Column, Table, texts


def label_cells(grouped: Grouped, scanned: Scanned) -> LabelCells:
    """Uses of every contested label per event (or story) and outlet, without copies."""
    uses = scanned.labels
    kept = grouped.is_independent[uses.article]
    article = uses.article[kept]
    rows = np.stack([grouped.unit[article], grouped.outlet[article], uses.label[kept]], axis=1)
    cells, row = np.unique(rows, axis=0, return_inverse=True)
    count = np.zeros(len(cells), dtype=np.int64)
    np.add.at(count, row.reshape(-1), uses.count[kept])
    return LabelCells(cells[:, 0], cells[:, 1], cells[:, 2], count)


def tally_event_items(grouped: Grouped, scanned: Scanned, terms: SalientTerms) -> Tally:
    """Which outlet has which item of each event (or story); copies and digests take no part."""
    event = np.where(grouped.is_independent, grouped.unit, -1)
    return tally_items(scanned.items, grouped.articles, event, terms, grouped.settings.language)


def style_table(grouped: Grouped, scanned: Scanned) -> StyleTable:
    """Distances of style between every two outlets."""
    words = scanned.function_words
    uses = WordUses(words.article, words.word, words.count)
    return style_distances(uses, writings(grouped, scanned), grouped.settings)


def zeta_table(grouped: Grouped, scanned: Scanned) -> ZetaTable:
    """Content words that each outlet prefers or avoids."""
    words = sorted(set(scanned.terms.term))
    code = {word: row for row, word in enumerate(words)}
    term = np.array([code[word] for word in scanned.terms.term], dtype=np.int64)
    uses = WordUses(scanned.terms.article, term, scanned.terms.count)
    return preferred_words(uses, words, writings(grouped, scanned))


def writings(grouped: Grouped, scanned: Scanned) -> Writings:
    """Who wrote how much about what, for measures of style."""
    return Writings(
        outlet_names=grouped.outlets,
        event_names=grouped.unit_names,
        outlet=grouped.outlet,
        event=grouped.unit,
        n_words=scanned.own_words,
        counts=grouped.is_independent,
    )


def with_omission(cells: Cells, omission: OmissionCells, measures: Sequence[Measure]) -> Cells:
    """The cells with the omission of each outlet in each event that has a number."""
    column = measures.index(OMISSION)
    n_outlets = 1 + int(max(cells.outlet.max(initial=0), omission.outlet.max(initial=0)))
    row = np.searchsorted(
        cells.event * n_outlets + cells.outlet, omission.event * n_outlets + omission.outlet
    )
    total, exposure = cells.total.copy(), cells.exposure.copy()
    total[row, column], exposure[row, column] = omission.value, 1
    return replace(cells, total=total, exposure=exposure)


def with_naming_values(
    table: OutletTable, naming: OutletNaming, grouped: Grouped, scanned: Scanned
) -> OutletTable:
    """The table with the distance of each outlet's labels from the others', which is no sum over events."""
    using = np.unique(scanned.labels.article)
    using = using[grouped.is_independent[using]]
    n_articles = np.bincount(grouped.outlet[using], minlength=len(grouped.outlets))
    rows = np.flatnonzero(table.measure == NAMING.name)
    assert table.outlet[rows].tolist() == list(naming.outlet)
    new = {
        "value": naming.value,
        "n_articles": n_articles,
        "n_events": naming.n_events,
        "note": texts(naming.note),
    }
    return replace(table, **_replaced(table, rows, new))


def with_naming_contrasts(table: ContrastTable, naming: NamingContrasts) -> ContrastTable:
    """The table with the distance between the labels of two outlets, in alphabetical order of the pairs."""
    rows = np.flatnonzero(table.measure == NAMING.name)
    pairs = zip(table.outlet_a[rows].tolist(), table.outlet_b[rows].tolist(), strict=True)
    assert list(pairs) == list(zip(naming.outlet_a, naming.outlet_b, strict=True))
    new = {
        "difference": naming.difference,
        "p_value": naming.p_value,
        "n_events": naming.n_events,
        "status": texts(naming.status),
    }
    return replace(table, **_replaced(table, rows, new))


def _replaced(table: Table, rows: IntArray, new: Mapping[str, Column]) -> dict[str, Column]:
    """Columns of a table with new values in some rows."""
    columns = {name: table.columns()[name].copy() for name in new}
    for name, values in new.items():
        columns[name][rows] = values
    return columns
