"""Precision and recall from a weighted sample that people coded, with intervals that hold for few items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np

from biaslens.spans import FloatArray

# Halvings in the search for an end of an interval: to 2^-40 of its range.
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class CodedItems:
    """Items of a sample, one per row; each column has shape (n_items,).

    yes      share of its coders who say yes, 0 to 1
    weight   how many items of the corpus each stands for, above 0
    cluster  the article that it is from
    """

    yes: FloatArray
    weight: FloatArray
    cluster: Sequence[str]

    def __len__(self) -> int:
        return len(self.yes)


@dataclass(frozen=True, slots=True)
class ShareEstimate:
    """A share, 0 to 1, with its interval; NaN for what cannot be told."""

    value: float
    low: float
    high: float


_UNKNOWN = ShareEstimate(np.nan, np.nan, np.nan)


def share_of_yes(items: CodedItems, confidence: float = 0.95) -> ShareEstimate:
    """The share of the corpus's items that coders say yes to, with Wilson's interval; NaN without an item.

    The weighted mean (Hajek 1971). Wilson's interval (1927) is taken at the effective number of items: by
    weights (Kish 1965) and by how alike items of one article are, whichever leaves fewer (Korn & Graubard
    1998; Franco et al. 2019).

    >>> found = share_of_yes(CodedItems(np.array([1.0, 1, 1, 0]), np.ones(4), ["a", "b", "c", "d"]))
    >>> found.value, round(found.low, 2), round(found.high, 2)
    (0.75, 0.26, 0.96)
    """
    if not len(items):
        return _UNKNOWN
    # Rounding must not make it more than all.
    mean = min(1.0, float(items.weight @ items.yes / items.weight.sum()))
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    n = _effective_number(items, mean)
    middle = (mean + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(mean * (1 - mean) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # Rounding must not leave the share itself outside.
    return ShareEstimate(mean, min(mean, max(0.0, middle - reach)), max(mean, min(1.0, middle + reach)))


def share_found(found: CodedItems, unfound: CodedItems, confidence: float = 0.95) -> ShareEstimate:
    """Recall: of all items that coders say yes to, the share among those that the measure had found.

    found, unfound  samples of the items with and without a hit; their weights add up to the corpus's numbers

    Found / (found + missed), each a number of the corpus (Horvitz & Thompson 1952). The interval joins those
    of the two shares (MOVER: Zou & Donner 2008; Newcombe 2016): it stays wide where nothing was missed in a
    small sample of a large rest. NaN where coders say yes to nothing, or one of the samples is empty.

    >>> hits = CodedItems(np.array([1.0, 1, 0]), np.full(3, 10.0), ["a", "b", "c"])
    >>> rest = CodedItems(np.array([1.0, 0, 0, 0]), np.full(4, 20.0), ["d", "e", "f", "g"])
    >>> share_found(hits, rest).value
    0.5
    """
    if not len(found) or not len(unfound) or found.yes.sum() + unfound.yes.sum() == 0:
        return _UNKNOWN
    hits, missed = _number_of_yes(found, confidence), _number_of_yes(unfound, confidence)
    value = hits.value / (hits.value + missed.value)

    def is_too_low(share: float) -> bool:
        reach = (1 - share) * (hits.value - hits.low), share * (missed.high - missed.value)
        return (1 - share) * hits.value - share * missed.value > sqrt(reach[0] ** 2 + reach[1] ** 2)

    def is_too_high(share: float) -> bool:
        reach = (1 - share) * (hits.high - hits.value), share * (missed.value - missed.low)
        return share * missed.value - (1 - share) * hits.value > sqrt(reach[0] ** 2 + reach[1] ** 2)

    return ShareEstimate(value, _end(is_too_low, value, 0.0), _end(is_too_high, value, 1.0))


def _number_of_yes(items: CodedItems, confidence: float) -> ShareEstimate:
    """How many items of the corpus coders would say yes to."""
    share, total = share_of_yes(items, confidence), float(items.weight.sum())
    return ShareEstimate(total * share.value, total * share.low, total * share.high)


def _effective_number(items: CodedItems, mean: float) -> float:
    """Of how many unweighted items from as many articles the mean would be as uncertain."""
    weight = items.weight / items.weight.sum()
    _, cluster = np.unique(np.array(items.cluster, dtype=object), return_inverse=True)
    by_weight = 1 / float(weight @ weight)
    if not 0 < mean < 1:
        # Nothing varies: as if items of one article always went together.
        return 1 / float(np.sum(np.bincount(cluster, weight) ** 2))
    n_clusters = int(cluster.max()) + 1
    residual = np.bincount(cluster, weight * (items.yes - mean))
    variance = float(residual @ residual) * n_clusters / max(1, n_clusters - 1)
    return min(by_weight, mean * (1 - mean) / variance) if variance > 0 else by_weight


def _end(is_outside: Callable[[float], bool], inside: float, limit: float) -> float:
    """Where an interval ends between a value inside of it and the limit of its range."""
    if not is_outside(limit):
        return limit
    near, far = inside, limit
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        near, far = (near, middle) if is_outside(middle) else (middle, far)
    return near
