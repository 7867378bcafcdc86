"""Clues to one event besides the terms that two articles share: their titles, and the weekdays they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from biaslens.events.hashing import stem_hashes
from biaslens.events.mentions import weekday_names
from biaslens.events.near import Float32Array, NearPairs, row_products
from biaslens.events.sketch import Sketch, TermArray, shorten

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Weights of a logistic regression on pairs from AllSides train (as it is, undated, untitled, in samples of 5
# to 500 articles and among 9,297 others), over that of the logarithm of the cosine. .5 or 1.3 for the one, .3
# or .7 for the other move mean BCubed F1 there by less than .001. Days of a month that both name, numbers,
# names, pairs of words, the first sentence, and the title's words in the other text were tried, too: none
# adds .002.
TITLE_PULL = 0.9
WEEKDAY_DOUBT = 0.5

_N_SET_BITS = np.array([bits.bit_count() for bits in range(2**7)], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Clues:
    """What the titles of some articles say, and which weekdays the articles name.

    title     TF-IDF vectors of length 1, one row per article, empty where it has no title
    weekdays  uint8, shape (n_articles,): one bit per weekday
    """

    title: csr_array
    weekdays: npt.NDArray[np.uint8]

    def factor(self, pairs: NearPairs) -> Float32Array:
        """What to multiply the cosine of each pair by, shape (n_pairs,), above 0.

        ``exp(.9 (sqrt(cosine of titles) - sqrt(cosine)) - .5 (1 - cosine of weekdays))``: titles more alike
        than the articles raise a similarity, others lower it, as do different weekdays. Where one of the two
        has no title, or names no weekday, that part is 0.
        """
        exponent = TITLE_PULL * self._title_lead(pairs) - WEEKDAY_DOUBT * self._weekday_difference(pairs)
        return np.exp(exponent)

    def _title_lead(self, pairs: NearPairs) -> Float32Array:
        """By how much the titles are more alike than the articles."""
        has_title = np.diff(self.title.indptr) > 0
        cosine = np.minimum(row_products(self.title, pairs), np.float32(1))
        lead = np.sqrt(cosine) - np.sqrt(pairs.cosine)
        return np.where(has_title[pairs.a] & has_title[pairs.b], lead, np.float32(0))

    def _weekday_difference(self, pairs: NearPairs) -> Float32Array:
        """1 less the cosine of the weekdays named."""
        a, b = self.weekdays[pairs.a], self.weekdays[pairs.b]
        length = np.sqrt(_N_SET_BITS[a] * _N_SET_BITS[b])
        cosine = _N_SET_BITS[a & b] / np.maximum(length, np.float32(1))
        return np.where(length > 0, 1 - cosine, np.float32(0))


def article_clues(sketch: Sketch, column: npt.NDArray[np.int32], inverse: Float32Array) -> Clues:
    """The clues in some articles.

    column   shape (n_terms,): the number of each term
    inverse  inverse document frequency, by that number
    """
    from scipy.sparse import csr_array

    titled = np.flatnonzero(sketch.is_titled)
    titled = titled[inverse[column[titled]] > 0]
    starts = np.searchsorted(titled, sketch.first)
    weight = inverse[column[titled]]
    sizes = np.diff(starts)
    squares = np.bincount(np.repeat(np.arange(len(sketch)), sizes), weight**2, minlength=len(sketch))
    weight /= np.repeat(np.sqrt(squares).astype(np.float32), sizes)
    title = csr_array((weight, column[titled], starts), shape=(len(sketch), max(len(inverse), 1)))
    return Clues(title, _named_weekdays(sketch))


def _named_weekdays(sketch: Sketch) -> npt.NDArray[np.uint8]:
    weekdays = np.zeros(len(sketch), dtype=np.uint8)
    for number, term in enumerate(_weekday_terms()):
        named = np.searchsorted(sketch.first, np.flatnonzero(sketch.term == term), side="right") - 1
        weekdays[named] |= np.uint8(1 << number)
    return weekdays


@cache
def _weekday_terms() -> TermArray:
    return shorten(stem_hashes(sorted(weekday_names())))
