"""Pieces and TokenTable: the kept text, cut once into flat arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from biaslens.spans import IntArray
from biaslens.vocabulary import Derive, HashedVocabulary, Vocabulary, is_one_of

BoolArray = npt.NDArray[np.bool_]

_QUOTES = frozenset("\"'“”„«»‘’‚‹›")


@dataclass(frozen=True)
class Pieces:
    """What stands between blanks in the kept text of some articles, cut at the ends of sentences too.

    vocabulary       the distinct pieces, and possibly others
    row              shape (n_pieces,): row in ``vocabulary``
    start, end       shape (n_pieces,): characters in the article's text, end excluded
    sentence_first   shape (n_sentences + 1,): first piece of each sentence, then n_pieces
    sentence_line    shape (n_sentences,): number of the kept line (paragraph) it stands in
    article_first    shape (n_articles + 1,): first piece of each article, then n_pieces
    """

    vocabulary: HashedVocabulary
    row: IntArray
    start: IntArray
    end: IntArray
    sentence_first: IntArray
    sentence_line: IntArray
    article_first: IntArray

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def sentence(self) -> IntArray:
        """Number of each piece's sentence, shape (n_pieces,)."""
        return np.repeat(np.arange(len(self.sentence_line)), np.diff(self.sentence_first))

    def uncut(self) -> Pieces:
        """The pieces as they stand between blanks; one that a sentence begins inside of is whole again."""
        line = self.sentence_line[self.sentence]
        continues = np.append(False, (self.start[1:] == self.end[:-1]) & (line[1:] == line[:-1]))[: len(self)]
        if not continues.any():
            return self
        first = np.flatnonzero(~continues)
        end = np.append(first[1:], len(self))
        row = self.row[first]
        several = np.flatnonzero(end - first > 1)
        forms = self.vocabulary.forms
        bounds = zip(first[several].tolist(), end[several].tolist(), strict=True)
        row[several] = self.vocabulary.rows(
            ["".join(forms[part] for part in self.row[a:b].tolist()) for a, b in bounds]
        )
        return replace(
            self,
            row=row,
            start=self.start[first],
            end=self.end[end - 1],
            sentence_first=np.searchsorted(first, self.sentence_first),
            article_first=np.searchsorted(first, self.article_first),
        )


@dataclass(frozen=True)
class TokenTable:
    """Tokens of some articles, in reading order: words, and each mark by itself.

    pieces           the pieces that the tokens are parts of
    piece_first      shape (n_pieces + 1,): first token of each piece, then n_tokens
    vocabulary       the distinct tokens, lower case, straight apostrophes, and possibly others
    type             shape (n_tokens,): row in ``vocabulary``
    start, end       shape (n_tokens,): characters in the article's text, end excluded
    is_word          shape (n_tokens,): has a letter or a digit (the rest is punctuation)
    is_capital       shape (n_tokens,): starts with a capital letter
    sentence_first   shape (n_sentences + 1,): first token of each sentence, then n_tokens
    article_first    shape (n_articles + 1,): first token of each article, then n_tokens
    """

    pieces: Pieces
    piece_first: IntArray
    vocabulary: Vocabulary
    type: IntArray
    start: IntArray
    end: IntArray
    is_word: BoolArray
    is_capital: BoolArray
    sentence_first: IntArray
    article_first: IntArray

    def __len__(self) -> int:
        return len(self.type)

    @property
    def n_articles(self) -> int:
        return len(self.article_first) - 1

    @property
    def n_sentences(self) -> int:
        return len(self.sentence_first) - 1

    @property
    def sentence_line(self) -> IntArray:
        """Number of the kept line (paragraph) that each sentence stands in, shape (n_sentences,)."""
        return self.pieces.sentence_line

    @cached_property
    def article(self) -> IntArray:
        """Row of each token's article, shape (n_tokens,)."""
        return np.repeat(np.arange(self.n_articles), np.diff(self.article_first))

    @cached_property
    def sentence(self) -> IntArray:
        """Number of each token's sentence, shape (n_tokens,)."""
        return np.repeat(np.arange(self.n_sentences), np.diff(self.sentence_first))

    @cached_property
    def opens(self) -> BoolArray:
        """Tokens without a word before them in their sentence, or right behind a quotation mark, shape
        (n_tokens,): a capital there may be due to the place."""
        words_before = np.append(0, np.cumsum(self.is_word))
        sentence_start = self.sentence_first[self.sentence]
        opens = words_before[:-1] == words_before[sentence_start]
        is_quote = self.look_up(is_one_of(_QUOTES))
        opens[1:] |= is_quote[:-1] & (np.arange(1, len(self)) > sentence_start[1:])
        return np.asarray(opens)

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

    def look_up(self, derive: Derive) -> npt.NDArray[Any]:
        """What a function tells of the form of each token, first axis n_tokens; see Vocabulary.table."""
        return self.vocabulary.table(derive)[self.type]

    def form(self, token: int) -> str:
        """The form of one token."""
        return self.vocabulary.forms[int(self.type[token])]

    def words(self, first: int, last: int) -> list[str]:
        """The forms of tokens first to last - 1."""
        forms = self.vocabulary.forms
        return [forms[row] for row in self.type[first:last].tolist()]
