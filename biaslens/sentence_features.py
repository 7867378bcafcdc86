"""Sentences as numbers for a linear model, and the way back: which characters each number comes from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from biaslens.articles import Articles
from biaslens.cleaning.clean import keep_all
from biaslens.codebook import Corpus
from biaslens.errors import BadSetting
from biaslens.first_pass import annotate, join
from biaslens.hits import Hits
from biaslens.lexicons import load_lexicon
from biaslens.matching import find_terms
from biaslens.measuring.registry import measures_for
from biaslens.reading.source import read
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray, Spans

if TYPE_CHECKING:
    from scipy import sparse


# Chosen on BABE with folds of whole topics; others near them stay within the intervals that
# benchmarks/quality_scorer.py prints.
_LETTERS = (2, 5)
_MIN_SENTENCES_WITH_LETTERS = 2
_MIN_SENTENCES_WITH_HIT = 5
# Root mean square of what each hit's feature adds to a sentence, whose letters have length 1.
_HIT_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class Described:
    """Sentences, and what is found in each by itself; nothing is learned here.

    articles  the sentences, one article each
    hits      loaded words, in any voice, and what the measures count, each in the category of its feature
    """

    articles: Articles
    hits: Hits

    def __len__(self) -> int:
        return len(self.articles)

    def texts(self, rows: IntArray) -> list[str]:
        """The sentences of these rows."""
        return [self.articles.text[row] for row in rows.tolist()]

    def counts(self, names: Sequence[str]) -> sparse.csr_array[Any]:
        """The weights of these features' hits, int64, shape (n_sentences, n_names)."""
        from scipy import sparse

        column = {name: i for i, name in enumerate(names)}
        code = np.array([column.get(name, -1) for name in self.hits.category], dtype=np.int64)
        named = np.flatnonzero(code >= 0)
        places = (self.hits.spans.article[named], code[named])
        return sparse.coo_array((self.hits.weight[named], places), shape=(len(self), len(names))).tocsr()


@dataclass(frozen=True, slots=True)
class Part:
    """What some characters of a sentence add to the decision on it.

    kind  "letters" (groups of letters of a word), "hit" (a loaded word, or what a measure counts) or
          "intercept" (of no character)
    """

    kind: Literal["intercept", "letters", "hit"]
    feature: str
    start: int
    end: int
    contribution: float


def describe(sentences: Sequence[str], settings: Settings) -> Described:
    """What the list of loaded words and the measures find in each sentence."""
    articles = read([{"text": sentence} for sentence in sentences], settings=settings)
    corpus = annotate(articles, keep_all(articles).kept, settings)
    found = [_loaded(corpus), *_counted(corpus, settings)]
    # All of them are of the same articles, so no row is renumbered.
    return Described(articles, join(found, [0] * len(found)))


def _loaded(corpus: Corpus) -> Hits:
    """Loaded words by category and weight, whoever says them.

    Terms of the other word lists did worse on new topics and other outlets; measures make use of them.
    """
    tokens, lexicon = corpus.tokens, load_lexicon("loaded", corpus.language)
    found = find_terms(tokens, lexicon)
    rows = found.row.tolist()
    return Hits(
        Spans(tokens.article[found.first], tokens.start[found.first], tokens.end[found.last - 1]),
        tuple(f"loaded: {lexicon.category[row]}, weight {lexicon.weight[row]}" for row in rows),
        np.ones(len(found), dtype=np.int64),
    )


def _counted(corpus: Corpus, settings: Settings) -> Iterator[Hits]:
    """What the measures count, by category: mostly in the outlet's own voice alone."""
    for measure in measures_for(settings):
        if measure.count is not None:
            hits = measure.count(corpus).hits
            names = (
                f"{measure.name}: {category}" if category else measure.name for category in hits.category
            )
            yield replace(hits, category=tuple(names))


class SentenceFeatures:
    """Described sentences in, one row of numbers per sentence out: letters, then hits.

    letters_    tf-idf of groups of letters
    hit_scale_  what the hits of each feature are multiplied with
    """

    letters_: TfidfVectorizer
    hit_scale_: dict[str, float]

    def fit(self, described: Described, rows: IntArray) -> Self:
        """Learn which letters and hits occur, and how much they vary, in the sentences of these rows.

        Raises BadSetting where the sentences have no letters in common.
        """
        self.letters_ = TfidfVectorizer(
            analyzer="char_wb", ngram_range=_LETTERS, sublinear_tf=True, min_df=_MIN_SENTENCES_WITH_LETTERS
        )
        try:
            self.letters_.fit(described.texts(rows))
        except ValueError as error:
            raise BadSetting(
                f"The {len(rows)} sentences to learn from have no letters in common; give more of them."
            ) from error
        self.hit_scale_ = _hit_scale(described, rows)
        return self

    def transform(self, described: Described, rows: IntArray) -> sparse.csr_array[Any]:
        """The numbers of the sentences of these rows, shape (n_rows, n_features)."""
        from scipy import sparse

        letters = self.letters_.transform(described.texts(rows))
        scale = sparse.diags_array(list(self.hit_scale_.values()))
        hits = described.counts(list(self.hit_scale_))[rows] @ scale
        return sparse.csr_array(sparse.hstack([letters, hits]))

    def parts(self, described: Described, coef: FloatArray) -> list[Part]:
        """What the characters of one sentence add up to, with these coefficients; in reading order."""
        n_letters = len(self.letters_.vocabulary_)
        parts = self._letter_parts(described.articles.text[0], coef[:n_letters])
        parts += self._hit_parts(described.hits, coef[n_letters:])
        return sorted(parts, key=lambda part: (part.start, part.end, part.kind, part.feature))

    def _letter_parts(self, text: str, coef: FloatArray) -> list[Part]:
        """One part per piece between blanks: letters are never counted across a blank."""
        row = self.letters_.transform([text]).tocsr()
        added = dict(zip(row.indices.tolist(), (row.data * coef[row.indices]).tolist(), strict=True))
        groups_of, column = self.letters_.build_analyzer(), self.letters_.vocabulary_
        pieces = list(re.finditer(r"\S+", text))
        found = [[column[group] for group in groups_of(piece[0]) if group in column] for piece in pieces]
        n_found = Counter(group for groups in found for group in groups)
        return [
            Part("letters", piece[0], *piece.span(), sum(added[group] / n_found[group] for group in groups))
            for piece, groups in zip(pieces, found, strict=True)
        ]

    def _hit_parts(self, hits: Hits, coef: FloatArray) -> list[Part]:
        worth = dict(zip(self.hit_scale_, coef * list(self.hit_scale_.values()), strict=True))
        bounds = zip(hits.spans.start.tolist(), hits.spans.end.tolist(), strict=True)
        return [
            Part("hit", name, start, end, weight * float(worth[name]))
            for name, (start, end), weight in zip(hits.category, bounds, hits.weight.tolist(), strict=True)
            if name in worth
        ]


def _hit_scale(described: Described, rows: IntArray) -> dict[str, float]:
    """Every feature that is not rare gets the same root mean square, so that rare ones can count as well."""
    names = sorted(set(described.hits.category))
    counts = described.counts(names)[rows]
    n_sentences = np.bincount(counts.nonzero()[1], minlength=len(names))
    root_mean_square = np.sqrt(counts.multiply(counts).sum(axis=0) / len(rows))
    kept = np.flatnonzero(n_sentences >= _MIN_SENTENCES_WITH_HIT).tolist()
    return {names[i]: _HIT_WEIGHT / float(root_mean_square[i]) for i in kept}
