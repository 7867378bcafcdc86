"""Find shared copy: articles whose narration stands, word for word, in another article too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from biaslens.events.origins import UNKNOWN_AGENCY, Origins
from biaslens.events.pairs import Pairs, count_pairs, count_shared_words
from biaslens.events.passages import Copied, Passages, find_passages
from biaslens.events.postings import VERSION_DAYS, find_postings
from biaslens.events.shingles import Shingles
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.tokens import BoolArray

Relation = Literal["copy", "update", "partial"]

# The lowest containment that is reported; below it lies what articles on one event share by chance.
MIN_CONTAINMENT = 0.15
# Two articles credited to one agency are its story from here on.
AGENCY_SHARE = 0.25
# An outlet that prints so much of an article again, later or as if on another event, prints it again.
REPRINT_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Copies:
    """Pairs of articles that share copy, and for each article the one that stands for it.

    a, b            int64, shape (n_pairs,): rows, a before b in the order of originals
    containment_a   float64, 0 to 1: share of a's shingles that b has too
    containment_b   share of b's shingles that a has too
    shared_words    int64: words of b inside shingles that a has too
    relation        "copy": b copies a; "update": versions of one outlet's article; "partial": less than that
    copy_of         int64, shape (n_articles,): row of the article that stands for this one, -1 where it
                    stands for itself
    origins         outlet, date and credit of the articles, and the order of originals
    passages        what each article shares with other outlets' articles
    """

    a: IntArray
    b: IntArray
    containment_a: FloatArray
    containment_b: FloatArray
    shared_words: IntArray
    relation: tuple[Relation, ...]
    copy_of: IntArray
    origins: Origins
    passages: Passages

    def __len__(self) -> int:
        return len(self.a)


def find_copies(shingles: Shingles, origins: Origins, settings: Settings) -> Copies:
    """Pairs with a containment of 0.15 or more either way, and what copies what.

    origins  of the same articles; see ``rank_origins``

    Containment of a in b: share of a's distinct shingles that b has too (Broder, 1997). Phrases in more than
    60 articles, or in four and more of one outlet but few of others, do not count. Articles with fewer than
    30 words that count are never part of a pair, nor are two that share fewer than 12 shingles.

    Taken over: the share of an article's words that stand in shingles of another, at most twice and at least
    once its containment.
    Versions: of one outlet on one event, at most three days apart or both undated,
    ``settings.copy_containment`` or more of one taken over. The fullest stands for all; of equal ones the
    first.
    Copies: an article copies the earlier one that most of it is from, from ``settings.copy_containment`` on,
    or from 0.25 where both are credited to one agency, or from 0.8 where both are one outlet's, which tells
    the background of a story again in each article. What is a version or a copy itself leads on to what
    stands for it. For the order see ``rank_origins``; versions come where the first of them stands.

    >>> from biaslens.events.origins import rank_origins
    >>> from biaslens.events.shingles import shingle_words
    >>> words = np.tile(np.arange(40, dtype=np.uint64), 2)
    >>> outlet, dates = np.array([0, 1]), np.array(["2014-03-11", "2014-03-10"], "M8[D]")
    >>> shingles = shingle_words(words, np.array([0, 40, 80]))
    >>> find_copies(shingles, rank_origins(shingles, outlet, dates, outlet), Settings()).copy_of.tolist()
    [1, -1]
    """
    postings = find_postings(shingles, origins.outlet, origins.date)
    pairs = _in_order(count_pairs(postings, MIN_CONTAINMENT), origins.rank)
    a, b = pairs.a, pairs.b
    of_a, of_b = pairs.n_shared / postings.n_counted[a], pairs.n_shared / postings.n_counted[b]
    words_a, words_b = (count_shared_words(shingles, postings, *rows) for rows in ((b, a), (a, b)))
    taken_a, taken_b = (
        _taken(of_a, words_a / shingles.n_words[a]),
        _taken(of_b, words_b / shingles.n_words[b]),
    )
    least = _least_taken(origins, a, b, settings)
    is_version = (origins.outlet[a] == origins.outlet[b]) & (origins.event[a] == origins.event[b])
    is_version &= origins.days_apart(a, b) <= VERSION_DAYS
    is_version &= np.maximum(taken_a, taken_b) >= settings.copy_containment
    relation = np.where(is_version, "update", np.where(taken_b >= least, "copy", "partial"))
    # Every pair from both sides: who is contained, in whom, by how much.
    links = _Links(
        np.concatenate([a, b]),
        np.concatenate([b, a]),
        np.concatenate([taken_a, taken_b]),
        np.tile(is_version, 2),
        np.concatenate([taken_a >= least, taken_b >= least]),
    )
    copied = Copied(a[relation == "copy"], b[relation == "copy"])
    return Copies(
        a=a,
        b=b,
        containment_a=of_a,
        containment_b=of_b,
        shared_words=words_b,
        relation=tuple(relation.tolist()),
        copy_of=_stand_ins(links, shingles, origins),
        origins=origins,
        passages=find_passages(shingles, postings, origins, copied),
    )


@dataclass(frozen=True, slots=True)
class _Links:
    """One article's share in another, in columns.

    article, other  rows
    taken           share of the article that is the other's
    is_version      both are versions of one article
    is_enough       so much of it that the article is a copy, if the other one was first
    """

    article: IntArray
    other: IntArray
    taken: FloatArray
    is_version: BoolArray
    is_enough: BoolArray


def _in_order(pairs: Pairs, rank: IntArray) -> Pairs:
    """The pairs with a before b, sorted by the place of a, then of b."""
    swap = rank[pairs.a] > rank[pairs.b]
    a, b = np.where(swap, pairs.b, pairs.a), np.where(swap, pairs.a, pairs.b)
    order = np.lexsort((rank[b], rank[a]))
    return Pairs(a[order], b[order], pairs.n_shared[order])


def _taken(containment: FloatArray, words: FloatArray) -> FloatArray:
    """The share of an article that another one has: of its words, where they stand in runs.

    Containment falls short of it, by four shingles for every seam and every edited word. Scattered shingles
    cover up to five times as many words; so it is at most twice the containment.
    """
    return np.maximum(containment, np.minimum(words, 2 * containment))


def _least_taken(origins: Origins, a: IntArray, b: IntArray, settings: Settings) -> FloatArray:
    """From which share on each pair is a copy."""
    one_agency = (origins.agency[a] == origins.agency[b]) & (origins.agency[a] != UNKNOWN_AGENCY)
    least = np.where(one_agency, min(AGENCY_SHARE, settings.copy_containment), settings.copy_containment)
    one_outlet = origins.outlet[a] == origins.outlet[b]
    return np.where(one_outlet, max(REPRINT_SHARE, settings.copy_containment), least)


def _stand_ins(links: _Links, shingles: Shingles, origins: Origins) -> IntArray:
    """Row of the article that stands for each one, -1 where it stands for itself."""
    rows, rank = np.arange(len(shingles), dtype=np.int64), origins.rank
    fullness = np.argsort(np.lexsort((rank, -shingles.n_words)))
    to_fuller = links.is_version & (fullness[links.article] > fullness[links.other])
    version_of = _roots(_best(links, to_fuller, fullness))
    # A group of versions stands where its first one does; ranks differ, so no two groups tie.
    first = rank.copy()
    np.minimum.at(first, version_of, rank)
    other = version_of[links.other]
    # Only the fullest version tells whether its outlet has words of its own.
    to_earlier = links.is_enough & (version_of[links.article] == links.article)
    to_earlier &= first[other] < first[links.article]
    original = _roots(version_of[_best(links, to_earlier, rank)])[version_of]
    return np.where(original == rows, -1, original)


def _best(links: _Links, chosen: BoolArray, order: IntArray) -> IntArray:
    """For each article the one that contains most of it, the first in order of equal ones; else itself."""
    found = np.flatnonzero(chosen)
    article, other = links.article[found], links.other[found]
    by_article = np.lexsort((order[other], -links.taken[found], article))
    _, first = np.unique(article[by_article], return_index=True)
    best = np.arange(len(order), dtype=np.int64)
    best[article[by_article[first]]] = other[by_article[first]]
    return best


def _roots(parent: IntArray) -> IntArray:
    """Where each chain of parents ends."""
    while True:
        further = parent[parent]
        if np.array_equal(further, parent):
            return parent
        parent = further
