"""Samples of places in articles: equal numbers per outlet, few per article, each with what it stands for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biaslens.spans import FloatArray, IntArray

KeyArray = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Places:
    """What a sample is drawn from, one place per row; each column has shape (n_places,).

    article   row of the article
    stratum   code of its outlet
    key       the place's hash: those with the smallest are drawn, so that their order does not matter
    standing  how many articles of its outlet the article stands for
    """

    article: IntArray
    stratum: IntArray
    key: KeyArray
    standing: FloatArray

    def take(self, rows: IntArray) -> Places:
        """The places in the given rows."""
        return Places(self.article[rows], self.stratum[rows], self.key[rows], self.standing[rows])


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample.

    place   rows of the places drawn
    weight  the inverse of each one's chance to be drawn: how many places it stands for
    total   places that there are, by articles and what these stand for
    """

    place: IntArray
    weight: FloatArray
    total: float


def draw(places: Places, n: int, most_per_article: int) -> Drawn:
    """Up to n places, by turns one of each stratum, and so many of an article at most.

    Inside an article, and then inside a stratum, every place has the same chance; the weights undo the
    unequal chances between them (Horvitz & Thompson 1952). Where there are fewer items to draw than strata,
    strata are not told apart, so that none is left without a chance.

    >>> keys = np.array([3, 1, 2], dtype=np.uint64)
    >>> drawn = draw(Places(np.array([0, 0, 0]), np.zeros(3, dtype=int), keys, np.ones(3)), 1, 2)
    >>> drawn.place.tolist(), drawn.weight.tolist(), drawn.total
    ([1], [3.0], 3.0)
    """
    total = float(places.standing.sum())
    of_article = np.bincount(places.article)[places.article] if len(places.article) else places.article
    kept = np.flatnonzero(rank(places.article, places.key) < most_per_article)
    of_article = of_article[kept]
    left = places.take(kept)
    stratum = left.stratum if len(np.unique(left.stratum)) <= n else np.zeros_like(left.stratum)
    # What is left of a long article has small keys: drawn by these, it would come first again.
    key = _mixed(left.key)
    turn = rank(stratum, key)
    chosen = np.lexsort((key, turn))[:n]
    n_left, n_drawn = np.bincount(stratum, minlength=1), np.bincount(stratum[chosen], minlength=1)
    of_stratum = stratum[chosen]
    chance = np.minimum(1.0, most_per_article / of_article[chosen]) * n_drawn[of_stratum] / n_left[of_stratum]
    return Drawn(kept[chosen], left.standing[chosen] / chance, total)


def _mixed(key: KeyArray) -> KeyArray:
    """Other keys, in no relation to the order of these; equal ones stay equal."""
    # The finaliser of SplitMix64 (Steele, Lea & Flood 2014).
    mixed = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def rank(group: IntArray, key: KeyArray) -> IntArray:
    """The place of each row among those of its group, by key, from 0.

    >>> rank(np.array([1, 0, 1]), np.array([9, 5, 2], dtype=np.uint64)).tolist()
    [1, 0, 0]
    """
    order = np.lexsort((key, group))
    ordered = group[order]
    is_first = np.append(True, ordered[1:] != ordered[:-1])[: len(group)]
    first = np.flatnonzero(is_first)
    ranks = np.empty(len(group), dtype=np.int64)
    ranks[order] = np.arange(len(group)) - first[np.cumsum(is_first) - 1]
    return ranks
