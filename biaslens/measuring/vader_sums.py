"""VADER's sums: from the valences of words to the four scores of a sentence, rounded as VADER does it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import heappush, heappushpop
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from biaslens.spans import FloatArray, IntArray

_NORMALISATION = 15


@dataclass(frozen=True, slots=True)
class Polarity:
    """VADER's scores, each of shape (n_sentences,); 0 in all four for a sentence without words.

    neg, neu, pos  shares of the sentence, 0 to 1, rounded to three places
    compound       normalised sum of valences, -1 to 1, rounded to four places
    """

    neg: FloatArray
    neu: FloatArray
    pos: FloatArray
    compound: FloatArray


def weigh_by_value(valence: FloatArray, weight: FloatArray, sentence: IntArray) -> FloatArray:
    """Valences times weights, but where VADER takes one word of a sentence for another.

    It looks for the place of a value by the value: if an earlier word has it by now, that is weighed again.
    """
    weighed = valence * weight
    values, weights, products = valence.tolist(), weight.tolist(), weighed.tolist()
    edges = [0, *(np.flatnonzero(np.diff(sentence)) + 1).tolist(), len(values)]
    for a, b in pairwise(edges):
        if b - a > 1 and not set(values[a:b]).isdisjoint(products[a:b]):
            weighed[a:b] = _weigh_first_of_value(values[a:b], weights[a:b])
    return weighed


def _weigh_first_of_value(values: list[float], weights: list[float]) -> list[float]:
    """Each value in turn looked for and weighed where it first stands, in time n log n.

    >>> _weigh_first_of_value([2.0, 3.0, 1.0], [0.5, 1.5, 1.5])  # the 2.0 is weighed twice, the 1.0 never
    [0.5, 4.5, 1.0]
    """
    holders: defaultdict[float, list[int]] = defaultdict(list)
    for place, value in enumerate(values):
        earliest = heappushpop(holders[value], place)
        values[earliest] = value * weights[earliest]
        heappush(holders[values[earliest]], earliest)
    return values


def sum_up(valence: FloatArray, sentence: IntArray, n_words: IntArray, emphasis: FloatArray) -> Polarity:
    """Sums over sentences, as shares and as a compound; a word of no valence is one neutral word."""
    total = _total(valence, sentence, len(n_words))
    total = total + emphasis * np.sign(total)
    compound = total / np.sqrt(total * total + _NORMALISATION)
    pos, n_pos = _side(valence, sentence, len(n_words))
    neg, n_neg = _side(-valence, sentence, len(n_words))
    neu = n_words - n_pos - n_neg
    pos, neg = np.where(pos > neg, pos + emphasis, pos), np.where(pos < neg, neg + emphasis, neg)
    everything = np.where(n_words > 0, pos + neg + neu, 1.0)
    return Polarity(
        neg=_round(neg / everything, 3),
        neu=_round(neu / everything, 3),
        pos=_round(pos / everything, 3),
        compound=_round(np.clip(compound, -1.0, 1.0), 4),
    )


def _total(valence: FloatArray, sentence: IntArray, n_sentences: int) -> FloatArray:
    """The sum of the valences of each sentence, as this Python's own `sum` gives it.

    Since Python 3.12 `sum` makes good what rounding loses on the way, which takes three numbers or more.
    """
    total = sum_of(valence, sentence, n_sentences)
    # Before, it adds one by one, too.
    if sum([0.1] * 10) != 1.0:
        return total
    n_scored = np.bincount(sentence, minlength=n_sentences)
    several = np.flatnonzero(n_scored > 2)
    end = np.cumsum(n_scored)[several]
    begin = end - n_scored[several]
    listed = valence.tolist()
    total[several] = [sum(listed[a:b]) for a, b in zip(begin.tolist(), end.tolist(), strict=True)]
    return total


def sum_of(numbers: npt.NDArray[Any], sentence: IntArray, n_sentences: int) -> FloatArray:
    """The sum of the numbers of each sentence, added one by one in reading order."""
    return np.bincount(sentence, weights=numbers, minlength=n_sentences).astype(np.float64, copy=False)


def _side(valence: FloatArray, sentence: IntArray, n_sentences: int) -> tuple[FloatArray, IntArray]:
    """The positive valences of each sentence, each raised by 1 to weigh as a word: their sum and number."""
    chosen = valence > 0
    of_chosen = sentence[chosen]
    strength = sum_of(valence[chosen] + 1, of_chosen, n_sentences)
    return strength, np.bincount(of_chosen, minlength=n_sentences)


def _round(numbers: FloatArray, places: int) -> FloatArray:
    """Numbers rounded as Python's own `round` does it; np.round scales them first, and that may tip a tie.

    >>> _round(np.array([0.625, 2.675]), 2).tolist(), float(np.round(2.675, 2))
    ([0.62, 2.67], 2.68)
    """
    scaled = numbers * 10.0**places
    whole = np.rint(scaled)
    rounded = whole / 10.0**places
    # Scaling is off by far less than this.
    ties = np.flatnonzero(np.abs(scaled - whole) > 0.5 - 1e-6)
    rounded[ties] = [round(number, places) for number in numbers[ties].tolist()]
    return rounded
