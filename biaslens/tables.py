"""Tables: what the passes found, in the columns that users see, at positions of the text as read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from biaslens.articles import Articles
from biaslens.attributions import VOICE_NAMES
from biaslens.cleaned import Ledger
from biaslens.codebook import Corpus, Measure
from biaslens.findings import (
    ArticleTable,
    CodebookTable,
    CopyTable,
    EventTable,
    EvidenceTable,
    RemovedTable,
)
from biaslens.first_pass import Scanned
from biaslens.hits import Hits
from biaslens.lexicons import agency_names
from biaslens.measuring.registry import measures_for
from biaslens.second_pass import Grouped
from biaslens.spans import IntArray, Spans
from biaslens.tabular import Column, texts


def article_table(grouped: Grouped, scanned: Scanned, left_out: Column) -> ArticleTable:
    """One row per article, in the order read; ``left_out`` holds why each takes no part in contrasts."""
    articles, grouping = grouped.articles, grouped.grouping
    original = [articles.id[row] if row >= 0 else "" for row in grouped.copies.copy_of.tolist()]
    return ArticleTable(
        id=texts(articles.id),
        outlet=texts(articles.outlet),
        outlet_inferred=articles.outlet_inferred,
        title=texts(scanned.title),
        date=articles.date,
        event=texts(grouped.event_names[code] for code in grouping.event.tolist()),
        story=texts(grouped.story_names[code] for code in grouping.story.tolist()),
        n_words=scanned.n_words,
        n_words_removed=scanned.n_words_removed,
        own_words=scanned.own_words,
        agency=texts(scanned.harvest.agency),
        agency_scope=texts(scanned.harvest.agency_scope),
        copy_of=texts(original),
        copy_source=texts(_copy_sources(grouped)),
        left_out=left_out,
        note=texts(_notes(grouped, scanned)),
        measures=tuple(measure.name for measure in measures_for(grouped.settings)),
        values=scanned.counts.values,
    )


def _copy_sources(grouped: Grouped) -> list[str]:
    """Where each article's shared copy likely comes from: its credit line, else who had most of it first."""
    words: dict[int, Counter[str]] = defaultdict(Counter)
    passages = grouped.copies.passages
    for row, source, n_words in zip(
        passages.article.tolist(), passages.source.tolist(), passages.n_words.tolist(), strict=True
    ):
        if source >= 0:
            words[row][grouped.source_name(row, source)] += n_words
    sources = []
    for row, (credit, outlet) in enumerate(zip(grouped.credit, grouped.articles.outlet, strict=True)):
        first = min(words[row], key=lambda name: (-words[row][name], name)) if row in words else ""
        sources.append(first if credit in ("", agency_names().get(outlet, outlet)) else credit)
    return sources


def _notes(grouped: Grouped, scanned: Scanned) -> list[str]:
    notes = []
    grouping = grouped.grouping
    # Where nothing has a date, no article is told apart by lacking one.
    by_words = grouping.undated & ~grouping.given & (scanned.n_words > 0) & (not grouping.undated.all())
    for row, note in enumerate(grouped.articles.note):
        found = [note] if note else []
        if scanned.n_words[row] > 0 and scanned.n_words_removed[row] == scanned.n_words[row]:
            found.append("nothing is left after cleaning")
        if scanned.spared[row]:
            found.append("rules found more than 40 % boilerplate: not believed, and kept")
        if scanned.marks_missing[row]:
            found.append("reports speech but has no quotation marks: they may have been lost")
        if by_words[row]:
            found.append("no date: its event was told by its words alone")
        notes.append("; ".join(found))
    return notes


def event_table(grouped: Grouped) -> EventTable:
    """One row per event, in order of first date."""
    event, described = grouped.grouping.event, grouped.event_terms
    n_events = len(described.name)
    story = np.zeros(n_events, dtype=np.int64)
    story[event] = grouped.grouping.story
    reports = _distinct_pairs(event, grouped.outlet)
    independent = _distinct_pairs(event[grouped.is_independent], grouped.outlet[grouped.is_independent])
    names: list[list[str]] = [[] for _ in range(n_events)]
    for code, outlet in reports.tolist():
        names[code].append(grouped.outlets[outlet])
    return EventTable(
        event=texts(described.name),
        story=texts(grouped.story_names[code] for code in story.tolist()),
        label=texts(described.label),
        first_date=described.first_date,
        last_date=described.last_date,
        n_articles=np.bincount(event, minlength=n_events),
        n_outlets=np.bincount(reports[:, 0], minlength=n_events),
        independent_outlets=np.bincount(independent[:, 0], minlength=n_events),
        outlets=texts(map(", ".join, names)),
        terms=texts(", ".join(words) for words in described.terms),
    )


def _distinct_pairs(event: IntArray, outlet: IntArray) -> IntArray:
    """Every event with every outlet that reports it, once, shape (n_pairs, 2)."""
    return np.unique(np.stack([event, outlet], axis=1), axis=0)


def removed_table(articles: Articles, ledger: Ledger) -> RemovedTable:
    """One row per span of a ledger, by article id and then in reading order, however articles are ordered."""
    spans = articles.original_spans(ledger.spans)
    ids = _ids(articles, spans.article)
    # Sorting is stable: spans of an article stay in reading order.
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
    found = RemovedTable(
        id=ids,
        start=spans.start,
        end=spans.end,
        text=texts(spans.slices(articles.original)),
        category=texts(ledger.category),
        rule=texts(ledger.rule),
        reason=texts(ledger.reason),
        confidence=ledger.confidence,
    )
    return RemovedTable(*(column[order] for column in found.columns().values()))


def copy_table(grouped: Grouped) -> CopyTable:
    """One row per pair of articles that share copy."""
    copies = grouped.copies
    return CopyTable(
        id_a=_ids(grouped.articles, copies.a),
        id_b=_ids(grouped.articles, copies.b),
        containment_a=copies.containment_a,
        containment_b=copies.containment_b,
        shared_words=copies.shared_words,
        relation=texts(copies.relation),
    )


def evidence_table(
    articles: Articles, events: Sequence[str], corpus: Corpus, found: Mapping[str, Hits]
) -> EvidenceTable:
    """One row per hit, by name of measure, in these articles; the weights of a measure sum to its total."""
    parts = [_evidence(articles, corpus, name, hits) for name, hits in found.items()]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}
    article = columns.pop("article") if columns else np.zeros(0, dtype=np.int64)
    event = texts(events[row] for row in article.tolist())
    outlet = texts(articles.outlet[row] for row in article.tolist())
    return EvidenceTable(id=_ids(articles, article), outlet=outlet, event=event, **columns)


def _evidence(articles: Articles, corpus: Corpus, measure: str, hits: Hits) -> dict[str, Column]:
    token = _token_at(corpus, hits.spans)
    spans = articles.original_spans(hits.spans)
    sentences = articles.original_spans(_sentences(corpus, token, hits.spans.article))
    voice = corpus.voices.voice[token].tolist()
    return {
        "article": hits.spans.article,
        "measure": texts([measure] * len(hits)),
        "start": spans.start,
        "end": spans.end,
        "text": texts(spans.slices(articles.original)),
        "category": texts(hits.category),
        "weight": hits.weight,
        "voice": texts(VOICE_NAMES[code] for code in voice),
        "sentence": texts(sentences.slices(articles.original)),
    }


def _token_at(corpus: Corpus, spans: Spans) -> IntArray:
    """The token that each span starts with."""
    tokens = corpus.tokens
    width = int(tokens.end.max()) + 1 if len(tokens) else 1
    return np.searchsorted(tokens.article * width + tokens.start, spans.article * width + spans.start)


def _sentences(corpus: Corpus, token: IntArray, article: IntArray) -> Spans:
    """The sentence that each of these tokens stands in."""
    tokens = corpus.tokens
    sentence = tokens.sentence[token]
    first, last = tokens.sentence_first[sentence], tokens.sentence_first[sentence + 1] - 1
    return Spans(article, tokens.start[first], tokens.end[last])


def codebook_table(measures: Sequence[Measure]) -> CodebookTable:
    """One row per measure."""

    def column(name: str) -> Column:
        return texts(getattr(measure, name) for measure in measures)

    return CodebookTable(
        name=column("name"),
        family=column("family"),
        unit=column("unit"),
        range=texts(_range(measure) for measure in measures),
        kind=column("kind"),
        voice=column("voice"),
        formula=column("formula"),
        citation=column("citation"),
        caveat=column("caveat"),
        validated=column("validated"),
        tested_on=column("tested_on"),
        figure=column("figure"),
        misses=column("misses"),
        available=np.array([measure.available for measure in measures], dtype=bool),
    )


def _range(measure: Measure) -> str:
    low = "-inf" if measure.low is None else f"{measure.low:g}"
    high = "inf" if measure.high is None else f"{measure.high:g}"
    return f"{low} to {high}"


def _ids(articles: Articles, rows: IntArray) -> Column:
    return texts(articles.id[row] for row in rows.tolist())
