"""Findings: the tables of a comparison. Charts, the report and exports read these and compute nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from biaslens.framing_tables import AlternationTable, NamingTable, PersonTable, StyleTable, ZetaTable
from biaslens.statistics_tables import OmnibusTable, RankingTable
from biaslens.tabular import Column, Table


@dataclass(frozen=True, slots=True)
class ArticleTable(Table):
    """One row per article.

    date             datetime64[D], NaT where unknown
    event, story     labels of the event and of the longer story the article belongs to
    n_words          words of the text as read
    n_words_removed  of these, words set aside as boilerplate
    own_words        words in the outlet's own voice: neither boilerplate nor inside quotation marks
    agency           news agency named in a credit or dateline, "" for none
    agency_scope     "article" where the credit is for the whole text, "passage" for a part of it
    copy_of          id of the article that stands for this one: its original, or the fullest version of the
                     outlet's own article; "" where it stands for itself
    copy_source      where the copy in it likely comes from: an agency, or the outlet that had it first;
                     "" where it shares none, or had it first itself
    left_out         why it takes no part in contrasts, "" where it does; see LeftOutTable
    note             what reading and cleaning had to say
    measures         names of the measures, one per column of ``values``
    values           float64, shape (n_articles, n_measures)
    """

    id: Column
    outlet: Column
    outlet_inferred: Column
    title: Column
    date: Column
    event: Column
    story: Column
    n_words: Column
    n_words_removed: Column
    own_words: Column
    agency: Column
    agency_scope: Column
    copy_of: Column
    copy_source: Column
    left_out: Column
    note: Column
    measures: tuple[str, ...]
    values: npt.NDArray[np.float64]

    def columns(self) -> dict[str, Column]:
        named = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("measures", "values")
        }
        return named | {name: self.values[:, i] for i, name in enumerate(self.measures)}


@dataclass(frozen=True, slots=True)
class OutletTable(Table):
    """One row per outlet and measure, over all of the outlet's articles; see Comparison.outlets."""

    outlet: Column
    measure: Column
    unit: Column
    value: Column
    ci_low: Column
    ci_high: Column
    n_articles: Column
    n_events: Column
    reliability: Column
    note: Column


@dataclass(frozen=True, slots=True)
class ContrastTable(Table):
    """One row per measure and outlet pair, inside shared events; see Comparison.contrasts."""

    measure: Column
    unit: Column
    outlet_a: Column
    outlet_b: Column
    difference: Column
    ratio: Column
    ci_low: Column
    ci_high: Column
    boot_low: Column
    boot_high: Column
    interval_of: Column
    effect_size: Column
    dominance: Column
    p_value: Column
    q_value: Column
    events_needed: Column
    n_events: Column
    higher_in: Column
    status: Column


@dataclass(frozen=True, slots=True)
class EventTable(Table):
    """One row per event; outlets and terms are joined by ", ".

    independent_outlets  outlets with an article of their own, neither copy nor digest: the event's voices
    """

    event: Column
    story: Column
    label: Column
    first_date: Column
    last_date: Column
    n_articles: Column
    n_outlets: Column
    independent_outlets: Column
    outlets: Column
    terms: Column


@dataclass(frozen=True, slots=True)
class OverlapTable(Table):
    """One row per set of outlets that report the same events (or stories), as an UpSet plot shows them.

    outlets     their names, joined by ", "
    n_events    events that these outlets report, and no other
    n_articles  articles of theirs on these events, without copies
    members     bool, shape (n_rows, n_outlets of the comparison): who belongs to the set
    """

    outlets: Column
    n_outlets: Column
    n_events: Column
    n_articles: Column
    members: npt.NDArray[np.bool_]

    def columns(self) -> dict[str, Column]:
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "members"}


@dataclass(frozen=True, slots=True)
class LeftOutTable(Table):
    """One row per reason why articles take no part in contrasts, with what it means."""

    reason: Column
    n_articles: Column
    n_events: Column
    meaning: Column


@dataclass(frozen=True, slots=True)
class TermTable(Table):
    """One row per outlet and term: how much the outlet uses it, against the others, in shared events.

    n  words of the term, 1 to 3; for the rest see biaslens.stats.keyness.key_terms
    """

    outlet: Column
    term: Column
    z: Column
    log_odds: Column
    count: Column
    n_events: Column
    survives: Column
    n: Column
    odds_ratio: Column
    log_likelihood: Column
    log_ratio: Column


@dataclass(frozen=True, slots=True)
class SourceTable(Table):
    """One row per outlet and speaker."""

    outlet: Column
    speaker: Column
    group: Column
    n_quotes: Column
    quoted_words: Column
    share: Column


@dataclass(frozen=True, slots=True)
class RemovedTable(Table):
    """One row per span removed, or flagged; start and end slice the text as read."""

    id: Column
    start: Column
    end: Column
    text: Column
    category: Column
    rule: Column
    reason: Column
    confidence: Column


@dataclass(frozen=True, slots=True)
class CopyTable(Table):
    """One row per pair of articles that share copy; see Comparison.copies."""

    id_a: Column
    id_b: Column
    containment_a: Column
    containment_b: Column
    shared_words: Column
    relation: Column


@dataclass(frozen=True, slots=True)
class CoverageTable(Table):
    """One row per event, outlet and item; the evidence is another outlet's sentence, where not covered."""

    event: Column
    outlet: Column
    item: Column
    kind: Column
    covered: Column
    evidence_id: Column
    evidence_sentence: Column


@dataclass(frozen=True, slots=True)
class EvidenceTable(Table):
    """One row per hit; start and end slice the text as read."""

    id: Column
    outlet: Column
    event: Column
    measure: Column
    start: Column
    end: Column
    text: Column
    category: Column
    weight: Column
    voice: Column
    sentence: Column


@dataclass(frozen=True, slots=True)
class CodebookTable(Table):
    """One row per measure; see biaslens.measures()."""

    name: Column
    family: Column
    unit: Column
    range: Column
    kind: Column
    voice: Column
    formula: Column
    citation: Column
    caveat: Column
    validated: Column
    tested_on: Column
    figure: Column
    misses: Column
    available: Column


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a comparison found.

    outlets      their names, in alphabetical order
    summary      what can and cannot be said, in sentences
    signature    version, settings, data files and seed in one line
    """

    outlet_names: tuple[str, ...]
    summary: tuple[str, ...]
    signature: str
    articles: ArticleTable
    outlets: OutletTable
    contrasts: ContrastTable
    against_rest: ContrastTable
    omnibus: OmnibusTable
    ranking: RankingTable
    events: EventTable
    overlap: OverlapTable
    left_out: LeftOutTable
    terms: TermTable
    sources: SourceTable
    removed: RemovedTable
    flagged: RemovedTable
    copies: CopyTable
    coverage: CoverageTable
    naming: NamingTable
    persons: PersonTable
    alternations: AlternationTable
    style: StyleTable
    zeta: ZetaTable
    codebook: CodebookTable
