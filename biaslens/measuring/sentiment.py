"""Sentiment: VADER, sentence by sentence, on the outlet's own words."""

from __future__ import annotations

import numpy as np

from biaslens.codebook import Corpus
from biaslens.hits import Counted, Hits
from biaslens.measuring.vader import polarity
from biaslens.measuring.vader_words import Words, describe, replaced, spelled_out
from biaslens.spans import IntArray, Spans
from biaslens.tokens import BoolArray, TokenTable

# VADER rounds its compound score to four places: in these units it is an integer.
COMPOUND_UNITS = 10_000
# So many words are a table or a list, and no sentence: the compound score saturates on them.
_MAX_WORDS = 200


def mean_compound(corpus: Corpus) -> Counted:
    """VADER's compound score, summed over the sentences that are at least half the outlet's own words.

    Quoted words are left out of the sentence before it is scored. Sentences of up to 200 words, never whole
    articles: the compound score saturates on long text (Hutto & Gilbert 2014 defined it for short posts).
    """
    tokens = corpus.tokens
    scored = _scored_sentences(tokens, corpus.is_unquoted)
    compound = _compounds(tokens, corpus.is_unquoted, scored)
    rows = np.flatnonzero(scored)
    article = tokens.sentence_article[rows]
    first, last = tokens.sentence_first[rows], tokens.sentence_first[rows + 1] - 1
    telling = compound != 0
    hits = Hits(
        spans=Spans(article[telling], tokens.start[first[telling]], tokens.end[last[telling]]),
        category=tuple("positive" if score > 0 else "negative" for score in compound[telling].tolist()),
        weight=compound[telling],
    )
    return Counted.from_hits(hits, np.bincount(article, minlength=tokens.n_articles))


def _scored_sentences(tokens: TokenTable, unquoted: BoolArray) -> BoolArray:
    """Sentences of a bearable length that are mostly the outlet's own, shape (n_sentences,)."""
    n_words = np.bincount(tokens.sentence[tokens.is_word], minlength=tokens.n_sentences)
    n_own = np.bincount(tokens.sentence[tokens.is_word & unquoted], minlength=tokens.n_sentences)
    scored: BoolArray = (n_own * 2 >= n_words) & (n_own > 0) & (n_words <= _MAX_WORDS)
    return scored


def _compounds(tokens: TokenTable, unquoted: BoolArray, scored: BoolArray) -> IntArray:
    """The compound score of each scored sentence without its quotations, in COMPOUND_UNITS."""
    pieces = tokens.pieces
    words = spelled_out(_own_pieces(tokens, unquoted & scored[tokens.sentence]), pieces.vocabulary)
    first = np.searchsorted(words.piece, pieces.sentence_first[:-1][scored])
    found = polarity(words.row, pieces.vocabulary.table(describe), np.append(first, len(words.row)))
    return np.rint(found.compound * COMPOUND_UNITS).astype(np.int64)


def _own_pieces(tokens: TokenTable, chosen: BoolArray) -> Words:
    """The pieces of the chosen tokens; of a piece that is chosen in part, its chosen stretches."""
    pieces = tokens.pieces
    n_before = np.append(0, np.cumsum(chosen))[tokens.piece_first]
    n_chosen = np.diff(n_before)
    piece = np.flatnonzero(n_chosen)
    words = Words(piece, pieces.row[piece])
    in_part = np.flatnonzero((n_chosen < np.diff(tokens.piece_first))[piece])
    stretches = [_stretches(tokens, chosen, row) for row in piece[in_part].tolist()]
    return replaced(words, in_part, stretches, pieces.vocabulary)


def _stretches(tokens: TokenTable, chosen: BoolArray, piece: int) -> list[str]:
    """The stretches of chosen tokens of one piece."""
    first, last = tokens.piece_first[piece], tokens.piece_first[piece + 1]
    form = tokens.pieces.vocabulary.forms[tokens.pieces.row[piece]]
    edges = np.flatnonzero(np.diff(np.r_[False, chosen[first:last], False])) + first
    begin = tokens.pieces.start[piece]
    return [
        form[tokens.start[a] - begin : tokens.end[b - 1] - begin]
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
