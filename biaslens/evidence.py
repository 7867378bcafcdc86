"""Evidence: the hits behind the numbers, found again in the articles asked for by the code that counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from biaslens.articles import Articles
from biaslens.cleaning.repetition import Repeats
from biaslens.codebook import Corpus
from biaslens.events.passages import passage_spans
from biaslens.findings import EvidenceTable
from biaslens.first_pass import annotate, clean_part
from biaslens.hits import Hits
from biaslens.measuring.in_comparison import NAMING, OMISSION, WIRE_SHARE
from biaslens.measuring.naming import contested_labels
from biaslens.measuring.registry import measures_for
from biaslens.second_pass import Grouped
from biaslens.spans import Spans
from biaslens.stats.omission import MissingItems
from biaslens.tables import evidence_table
from biaslens.tabular import texts

# The category of a passage that no other article had earlier.
FIRST = "(had it first)"


def find_evidence(
    grouped: Grouped,
    repeats: Repeats,
    missing: MissingItems,
    rows: Sequence[int],
    measure: str | None = None,
) -> EvidenceTable:
    """Every hit of one measure, or of all, in the articles of these rows.

    What their outlets leave out stands in articles of others: see missing_evidence.
    """
    if measure == OMISSION.name:
        return missing_evidence(grouped, missing, rows)
    found = _found(grouped, repeats, rows, measure)
    return found if measure else EvidenceTable.joined([found, missing_evidence(grouped, missing, rows)])


def annotate_rows(grouped: Grouped, repeats: Repeats, rows: Sequence[int]) -> Corpus:
    """The articles of these rows once more as they were counted: cleaned, tokenised, with voices."""
    articles, settings = grouped.articles.take(rows).as_read(), grouped.settings
    return annotate(articles, clean_part(articles, repeats, settings).kept, settings)


def _found(grouped: Grouped, repeats: Repeats, rows: Sequence[int], measure: str | None) -> EvidenceTable:
    settings, articles = grouped.settings, grouped.articles.take(rows)
    corpus = annotate_rows(grouped, repeats, rows)
    events = [grouped.event_names[code] for code in grouped.grouping.event[list(rows)].tolist()]
    wanted = [m for m in measures_for(settings) if measure in (None, m.name)]
    found = {m.name: m.count(corpus).hits for m in wanted if m.count}
    if measure in (None, NAMING.name):
        found[NAMING.name] = contested_labels(corpus).hits
    if measure in (None, WIRE_SHARE.name):
        found[WIRE_SHARE.name] = _shared_passages(grouped, rows, corpus)
    return evidence_table(articles, events, corpus, found)


def missing_evidence(grouped: Grouped, missing: MissingItems, rows: Sequence[int]) -> EvidenceTable:
    """What the outlets of these articles leave out of the events that they are about, one row per item.

    outlet is the one that lacks the item; id, start, end and sentence are where another outlet has it.
    """
    n_outlets, articles = len(grouped.outlets), grouped.articles
    wanted = grouped.unit[list(rows)] * n_outlets + grouped.outlet[list(rows)]
    kept = np.flatnonzero(np.isin(missing.event * n_outlets + missing.outlet, wanted)).tolist()
    place = Spans(missing.place.article[kept], missing.place.start[kept], missing.place.end[kept])
    spans = articles.original_spans(place)
    sentences = spans.slices(articles.original)
    event = grouped.grouping.event[place.article].tolist()
    return EvidenceTable(
        id=texts(articles.id[row] for row in place.article.tolist()),
        outlet=texts(grouped.outlets[code] for code in missing.outlet[kept].tolist()),
        event=texts(grouped.event_names[code] for code in event),
        measure=texts(OMISSION.name for _ in kept),
        start=spans.start,
        end=spans.end,
        text=texts(sentences),
        category=texts(f"{missing.kind[row]}: {missing.text[row]}" for row in kept),
        weight=np.ones(len(kept), dtype=np.int64),
        voice=texts("" for _ in kept),
        sentence=texts(sentences),
    )


def _shared_passages(grouped: Grouped, rows: Sequence[int], corpus: Corpus) -> Hits:
    """The passages that other outlets have too, each with where it likely comes from."""
    passages = grouped.copies.passages.take(rows)
    pairs = zip(passages.article.tolist(), passages.source.tolist(), strict=True)
    sources = [grouped.source_name(rows[place], source) if source >= 0 else FIRST for place, source in pairs]
    return Hits(
        spans=passage_spans(passages, corpus.tokens, corpus.is_narration),
        category=tuple(sources),
        weight=passages.n_words,
    )


def rows_by_turns(articles: Articles, n_rows: int) -> list[int]:
    """Up to n rows of articles: by turns one of each outlet, in order of id, whatever order they came in."""
    n_of: Counter[str] = Counter()
    turns = []
    for row in sorted(range(len(articles)), key=articles.id.__getitem__):
        n_of[articles.outlet[row]] += 1
        turns.append((n_of[articles.outlet[row]], articles.id[row], row))
    return sorted(row for _, _, row in sorted(turns)[:n_rows])
