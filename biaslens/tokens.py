"""TokenTable: the kept text, tokenised once into flat arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class TokenTable:
    """Tokens of some articles, in reading order.

    types            the distinct tokens, lower case, straight apostrophes
    type             shape (n_tokens,): row in ``types``
    start, end       shape (n_tokens,): characters in the article's text, end excluded
    is_word          shape (n_tokens,): has a letter or a digit (the rest is punctuation)
    is_capital       shape (n_tokens,): starts with a capital letter
    sentence_first   shape (n_sentences + 1,): first token of each sentence, then n_tokens
    sentence_line    shape (n_sentences,): number of the kept line (paragraph) it stands in
    article_first    shape (n_articles + 1,): first token of each article, then n_tokens
    """

    types: tuple[str, ...]
    type: npt.NDArray[np.int32]
    start: IntArray
    end: IntArray
    is_word: BoolArray
    is_capital: BoolArray
    sentence_first: IntArray
    sentence_line: IntArray
    article_first: IntArray

    def __len__(self) -> int:
        return len(self.type)

    @property
    def n_articles(self) -> int:
        return len(self.article_first) - 1

    @property
    def n_sentences(self) -> int:
        return len(self.sentence_first) - 1

    @cached_property
    def article(self) -> IntArray:
        """Row of each token's article, shape (n_tokens,)."""
        return np.repeat(np.arange(self.n_articles), np.diff(self.article_first))

    @cached_property
    def sentence(self) -> IntArray:
        """Number of each token's sentence, shape (n_tokens,)."""
        return np.repeat(np.arange(self.n_sentences), np.diff(self.sentence_first))

    @cached_property
    def sentence_article(self) -> IntArray:
        """Row of each sentence's article, shape (n_sentences,)."""
        return np.searchsorted(self.article_first, self.sentence_first[:-1], side="right") - 1

    @cached_property
    def n_words(self) -> IntArray:
        """Words of each article, shape (n_articles,)."""
        return self.count_words(np.ones(len(self), dtype=bool))

    def count_words(self, chosen: BoolArray) -> IntArray:
        """Words among the chosen tokens, per article, shape (n_articles,)."""
        return np.bincount(self.article[self.is_word & chosen], minlength=self.n_articles).astype(np.int64)

    def words(self, first: int, last: int) -> list[str]:
        """The types of tokens first to last - 1."""
        return [self.types[row] for row in self.type[first:last].tolist()]
