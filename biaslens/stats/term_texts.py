"""Texts as counts of terms: what every outlet writes on every event, beside the whole of the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from biaslens.cells import TermCells
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.log_odds import LogOdds, TermUses, stratified_log_odds
from biaslens.tokens import BoolArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True)
class TermTexts:
    """The texts of all events with two outlets or more, one row per event and outlet, in alphabetical order.

    A text is left out of the terms that its outlet is masked for.

    outlets, events  names in alphabetical order
    terms            the terms that are compared
    outlet, event    shape (n_texts,): places in the names
    words            shape (n_texts,): all words of the text, also those that are not compared
    masked           shape (n_outlets, n_terms): terms in which nobody is compared with the outlet
    count            (n_texts, n_terms), sparse
    """

    outlets: tuple[str, ...]
    events: tuple[str, ...]
    terms: tuple[str, ...]
    outlet: IntArray
    event: IntArray
    words: IntArray
    masked: BoolArray
    count: csr_array

    def rows(self, outlet: int) -> IntArray:
        """The texts of one outlet, by event."""
        return np.flatnonzero(self.outlet == outlet)

    def take(self, terms: IntArray) -> TermTexts:
        """Some of the terms, in the given order."""
        return replace(
            self,
            terms=tuple(self.terms[code] for code in terms.tolist()),
            masked=self.masked[:, terms],
            count=self.count[:, terms],
        )

    @property
    def by_event(self) -> csr_array:
        """Adds up texts: 1 where a text is on an event, (n_events, n_texts)."""
        from scipy.sparse import csr_array

        shape = (len(self.events), len(self.event))
        return csr_array((np.ones(len(self.event)), (self.event, np.arange(len(self.event)))), shape=shape)

    @property
    def words_left_out(self) -> csr_array:
        """Words of the texts that are left out of a term, (n_texts, n_terms)."""
        from scipy.sparse import csr_array

        n_masked = self.masked.sum(axis=1)[self.outlet]
        terms = [np.flatnonzero(self.masked[code]) for code in self.outlet.tolist()]
        place = np.repeat(np.arange(len(self.outlet)), n_masked)
        entries = (np.repeat(self.words, n_masked).astype(np.float64), (place, np.concatenate([[], *terms])))
        return csr_array(entries, shape=self.count.shape)


def stack_texts(
    cells: TermCells, terms: Sequence[str], outlet_names: Sequence[str], event_names: Sequence[str]
) -> TermTexts:
    """The texts of all events of two outlets or more, from what they use of every term.

    terms  the words of each term code, a blank between each two; uses of single words sum to a text's length
    """
    from scipy.sparse import csr_array

    outlet, event = _ranks(outlet_names)[cells.outlet], _ranks(event_names)[cells.event]
    key, text = np.unique(event * max(len(outlet_names), 1) + outlet, return_inverse=True)
    of_event, of_outlet = np.divmod(key, max(len(outlet_names), 1))
    code, place, n_texts = np.unique(of_event, return_inverse=True, return_counts=True)
    shared = n_texts[place] > 1
    row, in_shared = (np.cumsum(shared) - 1)[text], shared[text]
    single = in_shared & np.array([" " not in term for term in terms], dtype=bool)[cells.term]
    words = np.bincount(row[single], weights=cells.count[single], minlength=int(shared.sum()))
    masked = np.zeros((len(outlet_names), len(terms)), dtype=bool)
    masked[_ranks(outlet_names)[cells.masked_outlet], cells.masked_term] = True
    counted = in_shared & ~masked[outlet, cells.term]
    entries = (cells.count[counted].astype(np.float64), (row[counted], cells.term[counted]))
    names = sorted(event_names)
    return TermTexts(
        outlets=tuple(sorted(outlet_names)),
        events=tuple(names[place] for place in code[n_texts > 1].tolist()),
        terms=tuple(terms),
        outlet=of_outlet[shared],
        event=np.unique(of_event[shared], return_inverse=True)[1],
        words=words.astype(np.int64),
        masked=masked,
        count=csr_array(entries, shape=(int(shared.sum()), len(terms))),
    )


def _ranks(names: Sequence[str]) -> IntArray:
    """The place of each name in alphabetical order."""
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks


def uses_beside_others(texts: TermTexts, outlet: int, terms: IntArray) -> TermUses:
    """An outlet's uses of some terms, and those of all others, in each of its events: (n_events, n_terms)."""
    rows = texts.rows(outlet)
    event = texts.event[rows]
    everyone = np.flatnonzero(np.isin(texts.event, event))
    place = np.searchsorted(event, texts.event[everyone])
    dense = texts.count[everyone][:, terms].toarray().astype(np.int64)
    words = np.where(texts.masked[texts.outlet[everyone]][:, terms], 0, texts.words[everyone][:, None])
    own = texts.outlet[everyone] == outlet
    others = np.zeros((2, len(event), len(terms)), dtype=np.int64)
    np.add.at(others[0], place[~own], dense[~own])
    np.add.at(others[1], place[~own], words[~own])
    return TermUses(dense[own], words[own], others[0], others[1])


@dataclass(frozen=True, slots=True)
class TextOdds:
    """Log odds of every text against the rest of its event, for every term of the event; sparse.

    weighted     delta / variance, (n_texts, n_terms); see stratified_log_odds
    precision    1 / variance, same shape
    centred      ``weighted`` less its mean over the texts of the event, same shape
    spread       mean square of ``centred`` over the texts of each event, (n_events, n_terms)
    most         largest ``centred`` of each event without its sign, same shape
    event_count  uses of each term by all outlets, same shape
    """

    weighted: csr_array
    precision: csr_array
    centred: csr_array
    spread: csr_array
    most: csr_array
    event_count: csr_array


def odds_of_texts(texts: TermTexts) -> TextOdds:
    """The log odds of every text; none where nobody else is left to compare it with."""
    from scipy.sparse import csr_array

    by_event = texts.by_event
    event_count = csr_array(by_event @ texts.count)
    event_count.sort_indices()
    # One entry per text and term of its event, also where the text itself does not use the term.
    pooled = csr_array(by_event.T @ event_count)
    pooled.sort_indices()
    odds = _odds(texts, pooled)
    n_texts, n_terms = np.bincount(texts.event), np.diff(event_count.indptr)
    centred, spread, most = (np.zeros(size) for size in (pooled.nnz, event_count.nnz, event_count.nnz))
    entry, term = np.append(0, np.cumsum(n_texts * n_terms)).tolist(), event_count.indptr.tolist()
    # All texts of an event have entries for the same terms, one text after the other.
    for event, k in enumerate(n_texts.tolist()):
        block = odds.value[entry[event] : entry[event + 1]].reshape(k, -1)
        block = block - block.mean(axis=0)
        centred[entry[event] : entry[event + 1]] = block.ravel()
        spread[term[event] : term[event + 1]] = (block**2).mean(axis=0)
        most[term[event] : term[event + 1]] = np.abs(block).max(axis=0)

    def placed(values: FloatArray, pattern: csr_array) -> csr_array:
        return csr_array((values, pattern.indices, pattern.indptr), shape=pattern.shape)

    return TextOdds(
        weighted=placed(odds.value, pooled),
        precision=placed(odds.precision, pooled),
        centred=placed(centred, pooled),
        spread=placed(spread, event_count),
        most=placed(most, event_count),
        event_count=event_count,
    )


def _odds(texts: TermTexts, pooled: csr_array) -> LogOdds:
    """delta / variance, and 1 / variance, for every entry of a matrix of event counts per text."""
    text, term = np.repeat(np.arange(len(texts.event)), np.diff(pooled.indptr)), pooled.indices
    own = np.zeros(len(term))
    own[_places(pooled, texts.count)] = texts.count.data
    words = texts.words.astype(np.float64)[text]
    total = np.bincount(texts.event, weights=texts.words)[texts.event][text]
    some = np.flatnonzero(np.asarray(texts.masked.any(axis=0))[term])
    if len(some):
        left_out = texts.by_event.T @ (texts.by_event @ texts.words_left_out)
        total[some] -= left_out.tocsr()[text[some], term[some]]
    # An event whose every word is the same term has no odds, nor has one with nobody else.
    usable = (pooled.data < total) & (words < total) & ~texts.masked[texts.outlet[text], term]
    parts = ((own, 1.0), (words, 2.0), (pooled.data, 2.0), (total, 4.0))
    odds = stratified_log_odds(*(np.where(usable, part, filling) for part, filling in parts))
    precision = np.where(usable, odds.precision, 0.0)
    return LogOdds(odds.value * precision, precision)


def _places(outer: csr_array, inner: csr_array) -> IntArray:
    """Where the entries of a matrix stand among those of one that has all of them; both sorted."""
    inner.sort_indices()

    def keys(matrix: csr_array) -> IntArray:
        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        return np.asarray(row * matrix.shape[1] + matrix.indices)

    return np.searchsorted(keys(outer), keys(inner))
