"""Sentiment: VADER, sentence by sentence, on the outlet's own words."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from biaslens.codebook import Corpus
from biaslens.hits import Counted, Hits
from biaslens.spans import Spans
from biaslens.tokens import BoolArray

# VADER rounds its compound score to four places: in these units it is an integer.
COMPOUND_UNITS = 10_000
# VADER's time grows with the square of the length; so many words are a table or a list, and no sentence.
_MAX_WORDS = 200


def mean_compound(corpus: Corpus) -> Counted:
    """VADER's compound score, summed over the sentences that are at least half the outlet's own words.

    Quoted words are left out of the sentence before it is scored. Sentences of up to 200 words, never whole
    articles: the compound score saturates on long text (Hutto & Gilbert 2014 defined it for short posts).
    """
    tokens, own = corpus.tokens, corpus.is_unquoted
    n_words = np.bincount(tokens.sentence[tokens.is_word], minlength=tokens.n_sentences)
    unquoted = np.bincount(tokens.sentence[tokens.is_word & own], minlength=tokens.n_sentences)
    scored = np.flatnonzero((unquoted * 2 >= n_words) & (unquoted > 0) & (n_words <= _MAX_WORDS))
    sentences = [_without_quotations(corpus, own, row) for row in scored.tolist()]
    compound = np.array([_compound(sentence) for sentence in sentences], dtype=np.int64)
    article = tokens.sentence_article[scored]
    first, last = tokens.sentence_first[scored], tokens.sentence_first[scored + 1] - 1
    telling = compound != 0
    hits = Hits(
        spans=Spans(article[telling], tokens.start[first[telling]], tokens.end[last[telling]]),
        category=tuple("positive" if score > 0 else "negative" for score in compound[telling].tolist()),
        weight=compound[telling],
    )
    return Counted.from_hits(hits, np.bincount(article, minlength=tokens.n_articles))


def _without_quotations(corpus: Corpus, unquoted: BoolArray, sentence: int) -> str:
    """A sentence without its quotations, as it was written."""
    tokens = corpus.tokens
    first, last = int(tokens.sentence_first[sentence]), int(tokens.sentence_first[sentence + 1])
    text = corpus.texts[int(tokens.sentence_article[sentence])]
    if unquoted[first:last].all():
        return text[int(tokens.start[first]) : int(tokens.end[last - 1])]
    edges = np.flatnonzero(np.diff(np.r_[False, unquoted[first:last], False])) + first
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return " ".join(text[int(tokens.start[a]) : int(tokens.end[b - 1])] for a, b in runs)


def _compound(sentence: str) -> int:
    compound: float = _analyzer().polarity_scores(sentence)["compound"]
    return round(compound * COMPOUND_UNITS)


@cache
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
