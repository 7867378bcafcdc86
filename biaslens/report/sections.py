"""The smaller tables of a report, grouped and cut to what a reader can take in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from biaslens.findings import Findings
from biaslens.report.values import rows_at
from biaslens.report.wording import period

# How much of each table a page shows; the rest is named by its number and stays in the result.
MAX_ARTICLES = 200
MAX_EVENTS = 100
MAX_SETS = 25
MAX_SET_COLUMNS = 14
MAX_SPEAKERS = 8
MAX_TERMS = 12
MAX_COPIES = 50
MAX_COVERED_EVENTS = 20
MAX_ITEMS = 20
MAX_REMOVED_ARTICLES = 100
MAX_REMOVED_SPANS = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """Some rows of a table, and how many more there are."""

    rows: list[dict[str, Any]]
    n_left_out: int


@dataclass(frozen=True, slots=True)
class OutletOverview:
    """What an outlet brings to the comparison."""

    outlet: str
    n_articles: int
    n_inferred: int
    n_words: int
    n_words_removed: int
    own_words: int
    n_copies: int
    period: str


@dataclass(frozen=True, slots=True)
class OutletSet:
    """Outlets that report the same events: whether each outlet belongs to them, and how many events."""

    members: tuple[bool, ...]
    outlets: str
    n_events: int
    n_articles: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """The sets of outlets to show; without heads there are too many outlets for a column each."""

    heads: tuple[str, ...]
    sets: list[OutletSet]
    n_left_out: int
    most_events: int


@dataclass(frozen=True, slots=True)
class OutletRows:
    """An outlet's rows of a table."""

    outlet: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class CoverageItem:
    """An item of an event, with the outlets that have it and those that do not."""

    item: str
    kind: str
    covered_by: tuple[str, ...]
    missing_in: tuple[str, ...]
    evidence_id: str
    evidence_sentence: str


@dataclass(frozen=True, slots=True)
class EventCoverage:
    """The items of one event."""

    event: str
    label: str
    items: tuple[CoverageItem, ...]
    n_left_out: int


@dataclass(frozen=True, slots=True)
class ArticleRemovals:
    """What was set aside from one article."""

    id: str
    outlet: str
    title: str
    n_words: int
    n_words_removed: int
    shown: Shown


def outlet_overviews(findings: Findings) -> list[OutletOverview]:
    """One row per outlet: its articles, words and dates added up."""
    articles = findings.articles
    overviews = []
    for outlet in findings.outlet_names:
        own = articles.outlet == outlet
        dates = articles.date[own]
        known = np.sort(dates[~np.isnat(dates)])
        overviews.append(
            OutletOverview(
                outlet=outlet,
                n_articles=int(own.sum()),
                n_inferred=int(articles.outlet_inferred[own].astype(bool).sum()),
                n_words=int(articles.n_words[own].sum()),
                n_words_removed=int(articles.n_words_removed[own].sum()),
                own_words=int(articles.own_words[own].sum()),
                n_copies=int((articles.copy_of[own] != "").sum()),
                period=period(str(known[0]), str(known[-1])) if len(known) else period(None, None),
            )
        )
    return overviews


def n_shared_events(findings: Findings) -> int:
    """Events that two or more outlets cover."""
    return int((findings.events.n_outlets >= 2).sum())


def articles_shown(findings: Findings) -> Shown:
    """The first articles, as they stand in the table."""
    n = len(findings.articles)
    return Shown(rows_at(findings.articles, range(min(n, MAX_ARTICLES))), max(n - MAX_ARTICLES, 0))


def events_shown(findings: Findings) -> Shown:
    """The events with the most independent outlets, then the most articles, then as in the table."""
    events = findings.events
    order = np.lexsort((-events.n_articles, -events.independent_outlets))
    return Shown(rows_at(events, order[:MAX_EVENTS]), max(len(order) - MAX_EVENTS, 0))


def overlap_shown(findings: Findings) -> Overlap:
    """The sets of outlets that report the same events: sets of two and more first, then as in the table."""
    overlap = findings.overlap
    order = np.argsort(overlap.n_outlets < 2, kind="stable")
    rows = [
        OutletSet(tuple(overlap.members[row].tolist()), n["outlets"], n["n_events"], n["n_articles"])
        for row, n in zip(order[:MAX_SETS].tolist(), rows_at(overlap, order[:MAX_SETS]), strict=True)
    ]
    return Overlap(
        heads=findings.outlet_names if len(findings.outlet_names) <= MAX_SET_COLUMNS else (),
        sets=rows,
        n_left_out=max(len(order) - MAX_SETS, 0),
        most_events=max((row.n_events for row in rows), default=0),
    )


def speakers_by_outlet(findings: Findings) -> list[OutletRows]:
    """Each outlet's speakers, those with the most words first, then by name."""
    sources = findings.sources
    found = []
    for outlet in findings.outlet_names:
        rows = np.flatnonzero(sources.outlet == outlet).tolist()
        rows.sort(key=lambda row: (-sources.quoted_words[row], sources.speaker[row]))
        if rows:
            shown = Shown(rows_at(sources, rows[:MAX_SPEAKERS]), max(len(rows) - MAX_SPEAKERS, 0))
            found.append(OutletRows(outlet, shown))
    return found


def terms_by_outlet(findings: Findings) -> list[OutletRows]:
    """Each outlet's terms as they are ranked in the table."""
    found = []
    for outlet in findings.outlet_names:
        rows = np.flatnonzero(findings.terms.outlet == outlet)
        if len(rows):
            shown = Shown(rows_at(findings.terms, rows[:MAX_TERMS]), max(len(rows) - MAX_TERMS, 0))
            found.append(OutletRows(outlet, shown))
    return found


def copies_shown(findings: Findings) -> Shown:
    """The pairs of two outlets first, of these those that share the most words, then as in the table."""
    copies, articles = findings.copies, findings.articles
    outlet_of = dict(zip(articles.id.tolist(), articles.outlet.tolist(), strict=True))
    of_a, of_b = ([outlet_of.get(id, "") for id in ids.tolist()] for ids in (copies.id_a, copies.id_b))
    within = np.array([a == b for a, b in zip(of_a, of_b, strict=True)], dtype=bool)
    order = np.lexsort((-copies.shared_words, within))
    rows = rows_at(copies, order[:MAX_COPIES])
    for row, place in zip(rows, order.tolist(), strict=False):
        row["outlet_a"], row["outlet_b"] = of_a[place], of_b[place]
    return Shown(rows, max(len(order) - MAX_COPIES, 0))


def sharing_shown(findings: Findings) -> Shown:
    """The articles with the largest share of copy: id, outlet, title, share, copy_of, copy_source, agency."""
    articles = findings.articles
    share = articles.columns().get("wire_share", np.zeros(len(articles)))
    order = np.argsort(-np.nan_to_num(share), kind="stable")
    order = order[np.nan_to_num(share[order]) > 0]
    rows = rows_at(articles, order[:MAX_COPIES])
    for row, value in zip(rows, share[order[:MAX_COPIES]].tolist(), strict=True):
        row["share"] = value
    return Shown(rows, max(len(order) - MAX_COPIES, 0))


def coverage_by_event(findings: Findings) -> list[EventCoverage]:
    """The first events of the coverage table, with the items that some outlet leaves out first."""
    coverage = findings.coverage
    rows_of: dict[str, list[int]] = {}
    for i, event in enumerate(coverage.event.tolist()):
        rows_of.setdefault(event, []).append(i)
    labels = dict(zip(findings.events.event.tolist(), findings.events.label.tolist(), strict=True))
    found = []
    for event, rows in list(rows_of.items())[:MAX_COVERED_EVENTS]:
        items = _items(rows_at(coverage, rows))
        left_out = max(len(items) - MAX_ITEMS, 0)
        found.append(EventCoverage(event, labels.get(event, ""), tuple(items[:MAX_ITEMS]), left_out))
    return found


def n_covered_events(findings: Findings) -> int:
    """Events in the coverage table."""
    return len(set(findings.coverage.event.tolist()))


def _items(rows: Sequence[dict[str, Any]]) -> list[CoverageItem]:
    """The items of one event: those left out by some outlet first, then the most covered, then by name."""
    rows_of: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        rows_of.setdefault((row["item"], row["kind"]), []).append(row)
    items = []
    for (item, kind), outlets in rows_of.items():
        missing = [row for row in outlets if not row["covered"]]
        shown = (missing or outlets)[0]
        items.append(
            CoverageItem(
                item=item,
                kind=kind,
                covered_by=tuple(row["outlet"] for row in outlets if row["covered"]),
                missing_in=tuple(row["outlet"] for row in missing),
                evidence_id=shown["evidence_id"],
                evidence_sentence=shown["evidence_sentence"],
            )
        )
    return sorted(items, key=lambda item: (not item.missing_in, -len(item.covered_by), item.item, item.kind))


def removals_by_article(findings: Findings) -> list[ArticleRemovals]:
    """The first articles from which something was set aside, with what and why."""
    removed, articles = findings.removed, findings.articles
    rows_of: dict[str, list[int]] = {}
    for i, article in enumerate(removed.id.tolist()):
        rows_of.setdefault(article, []).append(i)
    known = [row for row, article in enumerate(articles.id.tolist()) if article in rows_of]
    found = []
    for article in rows_at(articles, known[:MAX_REMOVED_ARTICLES]):
        rows = rows_of[article["id"]]
        shown = Shown(rows_at(removed, rows[:MAX_REMOVED_SPANS]), max(len(rows) - MAX_REMOVED_SPANS, 0))
        found.append(
            ArticleRemovals(
                id=article["id"],
                outlet=article["outlet"],
                title=article["title"],
                n_words=article["n_words"],
                n_words_removed=article["n_words_removed"],
                shown=shown,
            )
        )
    return found


def n_articles_with_removals(findings: Findings) -> int:
    """Articles from which something was set aside."""
    return len(set(findings.removed.id.tolist()))


def removal_categories(findings: Findings) -> list[tuple[str, int]]:
    """The number of removed spans of each category, the most frequent first, then by name."""
    counts = Counter(findings.removed.category.tolist())
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
