"""Concordance: every use of a term in the articles asked for, with the words before and after it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biaslens.articles import Articles
from biaslens.cleaning.repetition import Repeats
from biaslens.codebook import Corpus
from biaslens.errors import BadSetting
from biaslens.evidence import annotate_rows
from biaslens.measuring.ngrams import (
    MAX_WORDS,
    content_words,
    ngram_hash,
    ngram_places,
    without_possessive,
)
from biaslens.second_pass import Grouped
from biaslens.spans import Spans
from biaslens.statistics_tables import ConcordanceTable
from biaslens.tabular import texts
from biaslens.vocabulary import is_one_of


def concordance(
    grouped: Grouped, repeats: Repeats, term: str, rows: Sequence[int], width: int = 60
) -> ConcordanceTable:
    """Every use of a key term in some articles, in reading order: the uses that were counted, and no others.

    term   one to three words as in Comparison.terms; case and a possessive ending of the last do not count
    rows   rows of articles; copies among them have no uses, as they were not counted
    width  characters of text before and after it, cut where the article begins and ends

    Quotations, what cleaning set aside and, in runs, punctuation between the words are left out. start and
    end slice the text as read; in left and right a blank stands for any white space. Raises BadSetting for a
    term that cannot be a key term, or a width below 0.
    """
    words = _words(term, grouped.settings.language)
    if width < 0:
        raise BadSetting(f"width is {width}; it is a number of characters, 0 or more.")
    mention = [row for row in rows if grouped.is_voice[row] and _may_hold(grouped.articles.text[row], words)]
    articles = grouped.articles.take(mention)
    spans = articles.original_spans(_uses(annotate_rows(grouped, repeats, mention), words))
    events = grouped.grouping.event[mention]
    names = [grouped.event_names[code] for code in events.tolist()]
    return _table(articles, names, spans, width)


def _words(term: str, language: str) -> list[str]:
    """The words of a term as they are counted."""
    words = term.lower().replace("’", "'").split()
    if not 1 <= len(words) <= MAX_WORDS:
        raise BadSetting(f"{term!r} has {len(words)} words; a term has 1 to {MAX_WORDS}, as in .terms.")
    ends = [words[0], words[-1]]
    unfit = [word for word, fits in zip(ends, content_words(language)(ends), strict=True) if not fits]
    if unfit:
        raise BadSetting(
            f"{term!r} cannot be a key term: {unfit[0]!r} is a function word, a number or a sign. Terms "
            "begin and end in a content word, as in .terms; evidence() has the words behind each measure."
        )
    return [*words[:-1], without_possessive(words[-1])]


def _may_hold(text: str, words: Sequence[str]) -> bool:
    """Whether it is worth looking closely."""
    lower = text.lower().replace("’", "'")
    return all(word in lower for word in words)


def _uses(corpus: Corpus, words: Sequence[str]) -> Spans:
    tokens = corpus.tokens
    if len(words) == 1:
        forms = is_one_of(frozenset({words[0], f"{words[0]}'s"}))
        first = last = np.flatnonzero(corpus.is_narration & tokens.look_up(forms))
    else:
        places = ngram_places(corpus)
        found = places.hash == np.uint64(ngram_hash(words))
        first = places.token[found]
        last = first + len(words) - 1
    return Spans(tokens.article[first], tokens.start[first], tokens.end[last])


def _table(articles: Articles, events: Sequence[str], spans: Spans, width: int) -> ConcordanceTable:
    rows = spans.article.tolist()
    places = list(zip(rows, spans.start.tolist(), spans.end.tolist(), strict=True))
    return ConcordanceTable(
        id=texts(articles.id[row] for row in rows),
        outlet=texts(articles.outlet[row] for row in rows),
        event=texts(events[row] for row in rows),
        start=spans.start,
        end=spans.end,
        left=texts(_plain(articles.original[row][max(start - width, 0) : start]) for row, start, _ in places),
        text=texts(spans.slices(articles.original)),
        right=texts(_plain(articles.original[row][end : end + width]) for row, _, end in places),
    )


def _plain(context: str) -> str:
    """On one line: every white space character as a blank."""
    return "".join(" " if character.isspace() else character for character in context)
