"""Lexical measures: words of a list, in the outlet's own voice."""

from __future__ import annotations

from collections.abc import Callable

from biaslens.codebook import Corpus
from biaslens.hits import Counted, Hits
from biaslens.lexicons import load_lexicon
from biaslens.matching import find_terms
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray


def in_unquoted_text(lexicon: str) -> Callable[[Corpus], Counted]:
    """A count of a lexicon's terms, by weight, outside quotation marks; the base is the words there."""
    return lambda corpus: _count(corpus, lexicon, corpus.is_unquoted, corpus.unquoted_words)


def in_own_text(lexicon: str) -> Callable[[Corpus], Counted]:
    """The same, outside reported speech too: "he said it might rain" is not the outlet's hedge."""
    return lambda corpus: _count(corpus, lexicon, corpus.is_own, corpus.own_words)


def _count(corpus: Corpus, name: str, counted: BoolArray, n_words: IntArray) -> Counted:
    lexicon = load_lexicon(name, corpus.language)
    tokens = corpus.tokens
    matches = find_terms(tokens, lexicon)
    chosen = counted[matches.first] & counted[matches.last - 1]
    first, last, row = matches.first[chosen], matches.last[chosen], matches.row[chosen]
    hits = Hits(
        spans=Spans(tokens.article[first], tokens.start[first], tokens.end[last - 1]),
        category=tuple(lexicon.category[i] for i in row.tolist()),
        weight=lexicon.weight[row],
    )
    return Counted.from_hits(hits, n_words)
