"""The part of a corpus that coding items are drawn from, and what can be drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np
import numpy.typing as npt

from biaslens.articles import Articles
from biaslens.cleaning.repetition import Repeats
from biaslens.codebook import Corpus
from biaslens.events.hashing import HashArray, hash_pairs, hash_text
from biaslens.evidence import annotate_rows
from biaslens.hits import Hits
from biaslens.measuring.in_comparison import NAMING
from biaslens.measuring.naming import contested_labels
from biaslens.measuring.registry import measures_for
from biaslens.second_pass import Grouped
from biaslens.settings import Settings
from biaslens.spans import IntArray, Spans
from biaslens.stats.sampling import Drawn, Places, draw, rank
from biaslens.tokens import BoolArray

# Of one article, for one measure and kind of item: more would say the same again. In a small corpus it can be
# twice the number that would fall to each article.
_MOST_PER_ARTICLE = 2
# Shorter sentences are headings and fragments, longer ones tables and lists.
_MIN_WORDS, _MAX_WORDS = 3, 200


@dataclass(frozen=True)
class Pool:
    """The articles that are looked through.

    outlet      shape (n_articles,): code of each one's outlet
    n_standing  shape (n_articles,): how many articles of its outlet each stands for
    """

    articles: Articles
    corpus: Corpus
    outlet: IntArray
    n_standing: npt.NDArray[np.float64]
    settings: Settings

    @classmethod
    def of(cls, grouped: Grouped, repeats: Repeats, n: int) -> Pool:
        """Up to n articles that are no copies: by turns one of each outlet, in the order of their hashes."""
        rows = _rows_by_hash(grouped, n)
        outlet, n_outlets = grouped.outlet[rows], len(grouped.outlets)
        n_all = np.bincount(grouped.outlet[grouped.is_voice], minlength=n_outlets)
        n_read = np.bincount(outlet, minlength=n_outlets)
        return cls(
            articles=grouped.articles.take(rows),
            corpus=annotate_rows(grouped, repeats, rows.tolist()),
            outlet=outlet,
            n_standing=n_all[outlet] / n_read[outlet],
            settings=grouped.settings,
        )

    def hits(self, measure: str) -> Hits:
        """What a measure finds in these articles."""
        if measure == NAMING.name:
            return contested_labels(self.corpus).hits
        count = next(m.count for m in measures_for(self.settings) if m.name == measure)
        assert count is not None, f"{measure} has a question, but cannot be counted"
        return count(self.corpus).hits

    @cached_property
    def is_sentence(self) -> BoolArray:
        """Sentences that can be asked about as a whole, shape (n_sentences,)."""
        tokens = self.corpus.tokens
        n_words = np.bincount(tokens.sentence[tokens.is_word], minlength=tokens.n_sentences)
        return np.asarray((n_words >= _MIN_WORDS) & (n_words <= _MAX_WORDS))

    def sentences_of(self, spans: Spans) -> tuple[IntArray, IntArray]:
        """The first and the last sentence that each span stands in."""
        tokens = self.corpus.tokens
        width = int(tokens.end.max(initial=0)) + 1
        starts = tokens.article * width + tokens.start
        first = np.searchsorted(starts, spans.article * width + spans.start)
        last = np.searchsorted(starts, spans.article * width + spans.end) - 1
        return tokens.sentence[first], tokens.sentence[last]

    def sentence_spans(self, sentences: IntArray) -> Spans:
        """Where some sentences stand."""
        tokens = self.corpus.tokens
        first, last = tokens.sentence_first[sentences], tokens.sentence_first[sentences + 1] - 1
        return Spans(tokens.sentence_article[sentences], tokens.start[first], tokens.end[last])

    def draw(self, spans: Spans, purpose: str, n: int) -> Drawn:
        """Up to n of some spans; ``purpose`` makes draws for different ones independent."""
        key = hash_pairs(self._hashes[spans.article], spans.start.astype(np.uint64))
        salt = np.full(len(spans), hash_text(purpose), dtype=np.uint64)
        key = hash_pairs(key, hash_pairs(spans.end.astype(np.uint64), salt))
        places = Places(spans.article, self.outlet[spans.article], key, self.n_standing[spans.article])
        return draw(places, n, max(_MOST_PER_ARTICLE, ceil(2 * n / max(1, len(self.articles)))))

    @cached_property
    def _hashes(self) -> HashArray:
        """One per article, by seed and id."""
        return _hashes(self.articles.id, f"{self.settings.seed}")


def _rows_by_hash(grouped: Grouped, n: int) -> IntArray:
    """Rows of the articles to look through, in order of id."""
    rows = np.flatnonzero(grouped.is_voice)
    ids = [grouped.articles.id[row] for row in rows.tolist()]
    turn = rank(grouped.outlet[rows], _hashes(ids, f"{grouped.settings.seed} pool"))
    # Whole turns only: which outlets have one more must not follow from their order.
    n_turns = int(np.searchsorted(np.cumsum(np.bincount(turn)), n, side="right"))
    chosen = rows[turn < max(1, n_turns)].tolist()
    return np.array(sorted(chosen, key=grouped.articles.id.__getitem__), dtype=np.int64)


def _hashes(ids: list[str] | tuple[str, ...], salt: str) -> HashArray:
    return np.array([hash_text(f"{salt}\x1f{id}") for id in ids], dtype=np.uint64)
