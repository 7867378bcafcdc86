"""Craig's Zeta: the words that an outlet uses in more, or fewer, of its articles than the others do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from biaslens.framing_tables import ZetaTable
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.stylometry import WordUses, Writings, places
from biaslens.tabular import texts

# Articles on either side from which a share of articles says anything.
MIN_ARTICLES = 5
# A word of one event belongs to that event and not to an outlet.
MIN_EVENTS = 2
# Words per outlet and direction: more than a reader looks through.
MAX_WORDS = 20


def preferred_words(uses: WordUses, words: Sequence[str], writings: Writings) -> ZetaTable:
    """Each outlet's preferred and avoided words by Craig's Zeta: more, or fewer, of its articles have them.

    Zeta = share of the outlet's articles with the word + 1 - share of the others' articles with it (Burrows
    2007; Craig & Kinney 2009), over the events that the outlet and another cover. So that topics do not pass
    for words, the others' articles weigh as if they were spread over events like the outlet's own.

    words  the word behind each code of ``uses.word``; the outlets' names and initials are left out

    Rows: by outlet, then falling Zeta; up to 20 words above 1 and 20 below, each used in two events or more
    by the side that prefers it. Of equal ones those that the outlet uses in more articles come first, then
    those first in the alphabet. Outlets with fewer than five articles on either side have no rows. How long
    articles are is not levelled: an outlet with longer ones has more words above 1.

    >>> outlet, event = np.tile([0, 1], 5), np.repeat(np.arange(5), 2)
    >>> names, n_words = ("Alpha", "Beta"), np.full(10, 300)
    >>> writings = Writings(names, tuple("abcde"), outlet, event, n_words, counts=n_words > 0)
    >>> uses = WordUses(article=np.array([0, 2, 4]), word=np.zeros(3, dtype=np.int64), count=np.ones(3))
    >>> preferred_words(uses, ["ministers"], writings).zeta
    array([1.6, 0.4])
    """
    presence = _presence(uses, words, writings)
    names = sorted(writings.outlet_names)
    found = [_preferred(presence, place) for place in range(len(names))]
    return ZetaTable(
        outlet=texts(name for name, rows in zip(names, found, strict=True) for _ in rows.word),
        word=texts(presence.words[code] for rows in found for code in rows.word.tolist()),
        zeta=np.concatenate([np.zeros(0), *(1 + rows.share - rows.share_others for rows in found)]),
        share=np.concatenate([np.zeros(0), *(rows.share for rows in found)]),
        share_others=np.concatenate([np.zeros(0), *(rows.share_others for rows in found)]),
    )


@dataclass(frozen=True, slots=True)
class _Presence:
    """In how many articles of each outlet on each event a word stands, one row per word, event and outlet.

    words         in alphabetical order; ``word`` is a row of it, ascending
    event,outlet  places in the alphabet of the names, ascending within the word
    n_articles    articles with the word
    n_all         all articles, shape (n_events, n_outlets)
    """

    words: list[str]
    word: IntArray
    event: IntArray
    outlet: IntArray
    n_articles: IntArray
    n_all: IntArray


@dataclass(frozen=True, slots=True)
class _Preferred:
    """The words of one outlet."""

    word: IntArray
    share: FloatArray
    share_others: FloatArray


def _presence(uses: WordUses, words: Sequence[str], writings: Writings) -> _Presence:
    n_outlets, n_articles = max(1, len(writings.outlet_names)), max(1, len(writings.outlet))
    event = places(writings.event_names)[writings.event]
    outlet = places(writings.outlet_names)[writings.outlet]
    own = _own_names(writings.outlet_names)
    is_own = np.array([word in own for word in words], dtype=bool)
    kept = writings.counts[uses.article] & ~is_own[uses.word]
    # A word can come twice in an article, as itself and as a possessive.
    both = np.sort(places(words)[uses.word[kept]] * n_articles + uses.article[kept])
    word, article = np.divmod(both[np.append(True, both[1:] != both[:-1])[: len(both)]], n_articles)
    n_cells = max(1, len(writings.event_names)) * n_outlets
    rows, count = np.unique(word * n_cells + event[article] * n_outlets + outlet[article], return_counts=True)
    word, cell = np.divmod(rows, n_cells)
    n_all = np.zeros((len(writings.event_names), n_outlets), dtype=np.int64)
    np.add.at(n_all, (event[writings.counts], outlet[writings.counts]), 1)
    return _Presence(sorted(words), word, *np.divmod(cell, n_outlets), count.astype(np.int64), n_all)


def _own_names(outlet_names: Sequence[str]) -> set[str]:
    """The words of the outlets' names, their initials and the names in one word: "fox", "ap", "usatoday"."""
    parts = [name.casefold().split() for name in outlet_names]
    initials = {"".join(word[0] for word in words) for words in parts if len(words) > 1}
    return {word for words in parts for word in words} | initials | {"".join(words) for words in parts}


def _preferred(presence: _Presence, outlet: int) -> _Preferred:
    own_articles = presence.n_all[:, outlet]
    others = presence.n_all.sum(axis=1) - own_articles
    shared = (own_articles > 0) & (others > 0)
    n_own = int(own_articles[shared].sum())
    if n_own < MIN_ARTICLES or others[shared].sum() < MIN_ARTICLES:
        return _Preferred(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    in_shared, is_own = shared[presence.event], presence.outlet == outlet
    weight = np.where(shared, own_articles / np.maximum(others, 1), 0.0) / n_own
    own, rest = np.flatnonzero(in_shared & is_own), np.flatnonzero(in_shared & ~is_own)
    n_words = len(presence.words)
    share = np.bincount(presence.word[own], presence.n_articles[own], n_words) / n_own
    weighted = presence.n_articles[rest] * weight[presence.event[rest]]
    share_others = np.bincount(presence.word[rest], weighted, n_words)
    # Equal sums of fractions can differ in the last bit.
    lead = np.round(share - share_others, 12)
    order = np.lexsort((np.arange(n_words), -share, -lead))
    more = order[((lead > 0) & (_n_events(presence, own) >= MIN_EVENTS))[order]][:MAX_WORDS]
    fewer = order[((lead < 0) & (_n_events(presence, rest) >= MIN_EVENTS))[order]][-MAX_WORDS:]
    word = np.concatenate([more, fewer])
    return _Preferred(word, share[word], share_others[word])


def _n_events(presence: _Presence, rows: IntArray) -> IntArray:
    """Events of some rows in which each word stands, shape (n_words,)."""
    word, event = presence.word[rows], presence.event[rows]
    is_new = np.append(True, (word[1:] != word[:-1]) | (event[1:] != event[:-1]))[: len(word)]
    return np.bincount(word[is_new], minlength=len(presence.words)).astype(np.int64)
