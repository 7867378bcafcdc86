"""Word likeness: how far two words stand in the same slots, so that they can stand for one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from biaslens.spans import FloatArray, IntArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array


# Contexts count by this power of their frequency, so that rare ones weigh less (Levy et al. 2015).
_SMOOTHING = 0.75
# Three shared slots weigh half as much as very many.
_SHRINKAGE = 3
# Pairs worked out at a time, for memory.
_CHUNK = 20_000


@dataclass(frozen=True)
class WordLikeness:
    """Words as vectors over slots: positive pointwise mutual information (Church & Hanks 1990).

    word, slot  their row and column
    weights     shape (n_words, n_slots)
    squares     shape (n_words,): squared length of each vector

    >>> slots = ["a: of", "b: of", "c: of"] * 2 + ["d: in"] * 2
    >>> words = ["war"] * 3 + ["conflict"] * 3 + ["war", "peace"]
    >>> likeness = WordLikeness.of(range(8), slots, words)
    >>> likeness.pairs(["war", "war"], ["conflict", "peace"], ["a: of", "a: of"]).round(2).tolist()
    [0.0, 0.0]
    """

    word: dict[str, int]
    slot: dict[str, int]
    weights: csr_array
    squares: FloatArray

    @classmethod
    def of(cls, article: Sequence[int], slot: Sequence[str], word: Sequence[str]) -> WordLikeness:
        """From one row per use; an article counts once for a word in a slot."""
        from scipy.sparse import csr_array

        words = {name: row for row, name in enumerate(sorted(set(word)))}
        slots = {name: row for row, name in enumerate(sorted(set(slot)))}
        once = sorted({(words[w], slots[s], a) for w, s, a in zip(word, slot, article, strict=True)})
        places = np.array(once, dtype=np.int64).reshape(len(once), 3)
        counts = csr_array((np.ones(len(once)), (places[:, 0], places[:, 1])), shape=(len(words), len(slots)))
        weights = _positive_information(counts)
        return cls(words, slots, weights, np.asarray(weights.multiply(weights).sum(axis=1)))

    def pairs(self, first: Sequence[str], second: Sequence[str], slot: Sequence[str]) -> FloatArray:
        """Likeness of the two words in each row, 0 to 1, without what the row's slot tells, shape (n_rows,).

        The cosine of the two vectors, times n / (n + 3) where they share n slots; 0 where they share none.
        """
        a = np.array([self.word[name] for name in first], dtype=np.int64)
        b = np.array([self.word[name] for name in second], dtype=np.int64)
        at = np.array([self.slot[name] for name in slot], dtype=np.int64)
        if len(a) == 0:
            return np.zeros(0)
        both = self._overlaps(a, b)
        # An array of two axes is what a sparse matrix gives for pairs of rows and columns in some releases.
        in_a = np.asarray(self.weights[a, at]).reshape(-1)
        in_b = np.asarray(self.weights[b, at]).reshape(-1)
        shared = both.shared - ((in_a > 0) & (in_b > 0))
        lengths = np.maximum(self.squares[a] - in_a**2, 0) * np.maximum(self.squares[b] - in_b**2, 0)
        usable = (lengths > 0) & (shared > 0)
        cosine = np.divide(both.dot - in_a * in_b, np.sqrt(lengths), out=np.zeros(len(a)), where=usable)
        return np.asarray(np.round(np.clip(cosine, 0, 1) * shared / (shared + _SHRINKAGE), 9))

    def _overlaps(self, a: IntArray, b: IntArray) -> _Overlaps:
        """What the words in each row share; each pair is worked out once."""
        pair, row = np.unique(a * len(self.word) + b, return_inverse=True)
        one, other = np.divmod(pair, len(self.word))
        dot, shared = np.zeros(len(pair)), np.zeros(len(pair), dtype=np.int64)
        for start in range(0, len(pair), _CHUNK):
            part = slice(start, start + _CHUNK)
            product = self.weights[one[part]].multiply(self.weights[other[part]]).tocsr()
            dot[part] = np.asarray(product.sum(axis=1)).reshape(-1)
            shared[part] = np.diff(product.indptr)
        return _Overlaps(dot[row.reshape(-1)], shared[row.reshape(-1)])


@dataclass(frozen=True, slots=True)
class _Overlaps:
    """Of pairs of words: the product of their vectors, and how many slots they share."""

    dot: FloatArray
    shared: IntArray


def _positive_information(counts: csr_array) -> csr_array:
    """log of observed over expected, 0 where it is below 0."""
    from scipy.sparse import csr_array

    cells = counts.tocoo()
    context = np.asarray(counts.sum(axis=0)) ** _SMOOTHING
    total = np.asarray(counts.sum(axis=1))
    row, column = cells.coords
    information = np.log(cells.data * context.sum() / (total[row] * context[column]))
    kept: IntArray = np.flatnonzero(information > 0)
    return csr_array((information[kept], (row[kept], column[kept])), shape=counts.shape)
