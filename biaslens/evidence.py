"""Evidence: the hits behind the numbers, found again in the articles asked for by the code that counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from biaslens.articles import Articles
from biaslens.cleaning.repetition import Repeats
from biaslens.codebook import Corpus
from biaslens.events.passages import passage_spans
from biaslens.findings import EvidenceTable
from biaslens.first_pass import annotate, clean_part
from biaslens.hits import Hits
from biaslens.measuring.registry import measures_for
from biaslens.measuring.reuse import WIRE_SHARE
from biaslens.second_pass import Grouped
from biaslens.tables import evidence_table

# The category of a passage that no other article had earlier.
FIRST = "(had it first)"


def find_evidence(
    grouped: Grouped, repeats: Repeats, rows: Sequence[int], measure: str | None = None
) -> EvidenceTable:
    """Every hit of one measure, or of all, in the articles of these rows."""
    settings, articles = grouped.settings, grouped.articles.take(rows)
    # Cleaning went by the outlets as they were read, so inferred ones are taken back for it.
    given = zip(articles.outlet, articles.outlet_inferred.tolist(), strict=True)
    as_read = articles.completed(
        ["" if inferred else outlet for outlet, inferred in given], articles.outlet_inferred, articles.date
    )
    corpus = annotate(as_read, clean_part(as_read, repeats, settings).kept, settings)
    events = [grouped.event_names[code] for code in grouped.grouping.event[list(rows)].tolist()]
    wanted = [m for m in measures_for(settings) if measure in (None, m.name)]
    found = {m.name: m.count(corpus).hits for m in wanted if m.count}
    if measure in (None, WIRE_SHARE.name):
        found[WIRE_SHARE.name] = _shared_passages(grouped, rows, corpus)
    return evidence_table(articles, events, corpus, found)


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
