"""Shingles: every five words in a row of an article's narration, as 32-bit hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.events.hashing import HashArray, hash_pairs, hash_text, offsets
from biaslens.spans import IntArray
from biaslens.tokens import BoolArray, TokenTable

ShingleArray = npt.NDArray[np.uint32]

SHINGLE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Shingles:
    """Every five words in a row, in reading order.

    first  int64, shape (n_articles + 1,): first shingle of each article, then n_shingles
    hash   uint32, shape (n_shingles,)
    key    uint64, shape (n_articles,): hash of the words; orders articles whatever order they came in

    32 bits halve the memory. Two articles of 700 shingles that share none seem to share one in one pair of
    9,000, which is a containment of .0014.
    """

    first: IntArray
    hash: ShingleArray
    key: HashArray

    def __len__(self) -> int:
        return len(self.key)

    @property
    def article(self) -> npt.NDArray[np.int32]:
        """Row of each shingle's article, shape (n_shingles,)."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.first))

    @property
    def n_words(self) -> IntArray:
        """Words of each narration, shape (n_articles,); 0 where there is no shingle."""
        n_shingles = np.diff(self.first)
        return np.where(n_shingles > 0, n_shingles + SHINGLE_WORDS - 1, 0)

    @classmethod
    def concatenate(cls, parts: Sequence[Shingles]) -> Shingles:
        """The articles of all parts, one part after the other."""
        sizes = [np.diff(part.first) for part in parts]
        return cls(
            first=offsets(np.concatenate([np.zeros(0, dtype=np.int64), *sizes])),
            hash=np.concatenate([np.zeros(0, dtype=np.uint32), *(part.hash for part in parts)]),
            key=np.concatenate([np.zeros(0, dtype=np.uint64), *(part.key for part in parts)]),
        )


def shingle_corpus(tokens: TokenTable, chosen: BoolArray) -> Shingles:
    """Shingles of each article's chosen words: its narration, where quotations are not chosen.

    chosen  shape (n_tokens,); of the tokens chosen, words count and punctuation does not

    Case does not count. Fewer than five words have no shingle. The hashes depend on the words alone, and are
    the same on every machine.

    >>> from biaslens.spans import Spans
    >>> from biaslens.tokenise import tokenise
    >>> texts = ("The talks in London ended today.", "Too short")
    >>> tokens = tokenise(texts, Spans.of([(0, 0, 32), (1, 0, 9)]))
    >>> shingle_corpus(tokens, tokens.is_word).first.tolist()
    [0, 2, 2]
    """
    words = np.flatnonzero(chosen & tokens.is_word)
    first = np.searchsorted(words, tokens.article_first)
    return shingle_words(tokens.vocabulary.table(_hashes_of)[tokens.type[words]], first)


def shingle_words(words: HashArray, first: IntArray) -> Shingles:
    """Shingles of articles whose words are hashes already.

    words  uint64, shape (n_words,)
    first  shape (n_articles + 1,): first word of each article, then n_words
    """
    sizes = np.diff(first)
    article = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    n_starts = max(len(words) - SHINGLE_WORDS + 1, 0)
    chained = words[:n_starts]
    for ahead in range(1, SHINGLE_WORDS):
        chained = hash_pairs(chained, words[ahead : n_starts + ahead])
    inside = article[:n_starts] == article[len(words) - n_starts :]
    place = np.arange(len(words), dtype=np.uint64) - np.repeat(first[:-1], sizes).astype(np.uint64)
    sums = np.zeros(len(words) + 1, dtype=np.uint64)
    np.cumsum(hash_pairs(words, place), out=sums[1:])
    return Shingles(
        first=offsets(np.maximum(sizes - SHINGLE_WORDS + 1, 0)),
        hash=(chained[inside] >> np.uint64(32)).astype(np.uint32),
        key=sums[first[1:]] - sums[first[:-1]],
    )


def _hashes_of(forms: Sequence[str]) -> HashArray:
    """For Vocabulary.table: the hash of each form."""
    return np.array([hash_text(form) for form in forms], dtype=np.uint64)
