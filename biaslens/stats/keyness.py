"""Key terms: the words that one outlet uses more, or less, than the others do in the same events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import shake_128
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from biaslens.cells import TermCells
from biaslens.findings import TermTable
from biaslens.settings import Settings
from biaslens.spans import IntArray
from biaslens.stats.resample import FloatArray
from biaslens.tabular import texts
from biaslens.tokens import BoolArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# A term seen less often, or in one event only, belongs to that event and not to an outlet.
MIN_COUNT, MIN_EVENTS = 5, 2
# Rows per outlet: more than a reader looks through.
MAX_ROWS = 50
# The commonest terms are compared; the rest can hardly reach the line of the largest |z|.
MAX_TERMS = 5_000
# The 190th of 199 largest values is the 95 % line; more would move it little, and cost in proportion.
PERMUTATIONS = 199


def key_terms(
    cells: TermCells,
    terms: Sequence[str],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> TermTable:
    """Each outlet's 50 most telling terms against all other outlets of its shared events.

    Rows are sorted by outlet, then |z|, then term; without z by count. Shown are terms that the outlet uses
    five times or more, in two events or more.

    count, n_events  uses by the outlet in shared events, and how many of these events have one
    log_odds         event-stratified log odds ratio, shrunk towards the event (see stratified_log_odds)
    z                log_odds over its standard error. The prior repeats each event's text, so z runs short of
                     a normal score: read it against ``survives``, not against 1.96
    survives         |z| is above the 95 % point (settings.confidence) of the largest |z| of any term, when
                     the outlets' names change places at random inside each event

    Below settings.min_shared_events shared events z and log_odds are NaN and nothing survives.
    """
    stack = _stack(cells, terms, outlet_names, event_names, settings)
    shown = [_key_terms_of(stack, row, settings) for row in range(len(stack.outlets))]
    outlets = [name for name, rows in zip(stack.outlets, shown, strict=True) for _ in rows.term]
    return TermTable(
        outlet=texts(outlets),
        term=texts(stack.terms[code] for rows in shown for code in rows.term.tolist()),
        z=np.concatenate([np.zeros(0), *(rows.z for rows in shown)]),
        log_odds=np.concatenate([np.zeros(0), *(rows.log_odds for rows in shown)]),
        count=np.concatenate([np.zeros(0, dtype=np.int64), *(rows.count for rows in shown)]),
        n_events=np.concatenate([np.zeros(0, dtype=np.int64), *(rows.n_events for rows in shown)]),
        survives=np.concatenate([np.zeros(0, dtype=bool), *(rows.survives for rows in shown)]),
    )


@dataclass(frozen=True, slots=True)
class LogOdds:
    """Log odds ratios and their precision (1 / variance); arrays of one shape."""

    value: FloatArray
    precision: FloatArray


def stratified_log_odds(
    count: FloatArray, words: FloatArray, pooled: FloatArray, total: FloatArray
) -> LogOdds:
    """Log odds of a term in one outlet's text on an event against the rest of the event's text.

    Count (of words) is the outlet's, pooled (of total) the whole event's. With y, n the outlet's and y', n'
    the rest's figures, and the event's own pooled text as the prior (alpha = pooled, alpha_0 = total):
    delta = log[(y + alpha) / (n + alpha_0 - y - alpha)] - log[(y' + alpha) / (n' + alpha_0 - y' - alpha)],
    variance 1 / (y + alpha) + 1 / (y' + alpha) (Monroe, Colaresi & Quinn 2008). Over events, delta
    is averaged with weights 1 / variance, and z = sum(delta / variance) / sqrt(sum(1 / variance)).

    >>> one = stratified_log_odds(np.array([3.0]), np.array([10.0]), np.array([4.0]), np.array([20.0]))
    >>> one.value.round(6), one.precision.round(6)
    (array([0.419854]), array([2.916667]))
    """
    with_prior, rest = count + pooled, 2 * pooled - count
    value = np.log(with_prior / (words + total - with_prior)) - np.log(rest / (2 * total - words - rest))
    return LogOdds(value, 1 / (1 / with_prior + 1 / rest))


@dataclass(frozen=True, slots=True)
class _Stack:
    """The texts of all events with two outlets or more, one row per event and outlet, in alphabetical order.

    event, outlet  shape (n_texts,): codes that count in alphabetical order
    moved          shape (PERMUTATIONS, n_texts): whose text a row is given when names change places
    count          (n_texts, n_terms), sparse
    weighted       delta / variance of the text against the rest of its event, same shape
    precision      1 / variance, same shape
    """

    outlets: list[str]
    terms: list[str]
    event: IntArray
    outlet: IntArray
    moved: IntArray
    count: csr_array
    weighted: csr_array
    precision: csr_array


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one outlet."""

    term: IntArray
    z: FloatArray
    log_odds: FloatArray
    count: IntArray
    n_events: IntArray
    survives: BoolArray


def _stack(
    cells: TermCells,
    terms: Sequence[str],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> _Stack:
    from scipy.sparse import csr_array

    outlets = sorted(outlet_names)
    key = _ranks(event_names)[cells.event] * len(outlets) + _ranks(outlet_names)[cells.outlet]
    text_key, text = np.unique(key, return_inverse=True)
    event, outlet = np.divmod(text_key, max(len(outlets), 1))
    _, of_event, n_texts = np.unique(event, return_inverse=True, return_counts=True)
    shared = n_texts[of_event] > 1
    rows = (np.cumsum(shared) - 1)[text]
    kept = shared[text]
    count = csr_array(
        (cells.count[kept].astype(np.float64), (rows[kept], cells.term[kept])),
        shape=(int(shared.sum()), len(terms)),
    )
    words = np.asarray(count.sum(axis=1), dtype=np.float64)
    chosen = _candidates(count, terms)
    count = csr_array(count[:, chosen])
    odds = _odds_per_text(count, words, event[shared])
    names = sorted(event_names)
    keys = [
        (names[e], outlets[o]) for e, o in zip(event[shared].tolist(), outlet[shared].tolist(), strict=True)
    ]
    return _Stack(
        outlets=outlets,
        terms=[terms[code] for code in chosen.tolist()],
        event=event[shared],
        outlet=outlet[shared],
        moved=_name_changes(event[shared], keys, settings.seed),
        count=count,
        weighted=odds[0],
        precision=odds[1],
    )


def _ranks(names: Sequence[str]) -> IntArray:
    """The place of each name in alphabetical order."""
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks


def _candidates(count: csr_array, terms: Sequence[str]) -> IntArray:
    """The terms worth comparing, commonest first, in alphabetical order where equally common."""
    total = np.asarray(count.sum(axis=0))
    frequent = np.flatnonzero(total >= MIN_COUNT).tolist()
    ordered = sorted(frequent, key=lambda code: (-total[code], terms[code]))
    return np.array(ordered[:MAX_TERMS], dtype=np.int64)


def _odds_per_text(count: csr_array, words: FloatArray, event: IntArray) -> tuple[csr_array, csr_array]:
    """delta / variance, and 1 / variance, of every text for every term of its event."""
    from scipy.sparse import csr_array

    _, row = np.unique(event, return_inverse=True)
    belongs = csr_array(
        (np.ones(len(row)), (row, np.arange(len(row)))), shape=(row.max(initial=-1) + 1, len(row))
    )
    # One entry per text and term of its event, also where the text itself does not use the term.
    pooled = csr_array(belongs.T @ csr_array(belongs @ count))
    pooled.sort_indices()
    text = np.repeat(np.arange(len(row)), np.diff(pooled.indptr))
    total = np.bincount(row, weights=words)[row][text] if len(row) else words
    own = np.asarray(count[text, pooled.indices]).ravel()
    # An event whose every word is the same term has no odds.
    usable = pooled.data < total
    odds = stratified_log_odds(
        np.where(usable, own, 1.0),
        np.where(usable, words[text], 2.0),
        np.where(usable, pooled.data, 2.0),
        np.where(usable, total, 4.0),
    )
    precision = np.where(usable, odds.precision, 0.0)

    def placed(values: FloatArray) -> csr_array:
        return csr_array((values, pooled.indices, pooled.indptr), shape=pooled.shape)

    return placed(odds.value * precision), placed(precision)


def _name_changes(event: IntArray, keys: Sequence[tuple[str, str]], seed: int) -> IntArray:
    """Texts in random order within each event; an order depends on seed, event and outlet names alone."""
    n_bytes = 8 * PERMUTATIONS
    raw = b"".join(
        shake_128("\x1f".join((str(seed), *key)).encode("utf-8", "surrogatepass")).digest(n_bytes)
        for key in keys
    )
    random = np.frombuffer(raw, dtype="<u8").reshape(len(keys), PERMUTATIONS)
    return np.array([np.lexsort((draw, event)) for draw in random.T], dtype=np.int64).reshape(
        PERMUTATIONS, -1
    )


def _key_terms_of(stack: _Stack, outlet: int, settings: Settings) -> _Rows:
    rows = np.flatnonzero(stack.outlet == outlet)
    in_events = np.isin(stack.event, stack.event[rows])
    own, everyone = stack.count[rows], stack.count[np.flatnonzero(in_events)]
    count = np.asarray(own.sum(axis=0)).astype(np.int64)
    n_events = np.asarray((own > 0).sum(axis=0)).astype(np.int64)
    shown = (count >= MIN_COUNT) & (n_events >= MIN_EVENTS)
    z = log_odds = np.full(len(stack.terms), np.nan)
    survives = np.zeros(len(stack.terms), dtype=bool)
    if len(rows) >= settings.min_shared_events:
        # Which terms enter the largest |z| must not depend on who used them: the outlets' names move, too.
        compared = (np.asarray(everyone.sum(axis=0)) >= MIN_COUNT) & (
            _n_events(stack, in_events) >= MIN_EVENTS
        )
        z = np.where(compared, _z_scores(stack, rows[None, :])[0], np.nan)
        weight = np.asarray(stack.precision[rows].sum(axis=0))
        log_odds = np.asarray(stack.weighted[rows].sum(axis=0)) / np.where(weight > 0, weight, np.nan)
        survives = np.abs(z) > _largest_by_chance(stack, rows, compared, settings.confidence)
    strength = np.abs(z) if len(rows) >= settings.min_shared_events else count
    order = sorted(np.flatnonzero(shown).tolist(), key=lambda code: (-strength[code], stack.terms[code]))
    term = np.array(order[:MAX_ROWS], dtype=np.int64)
    return _Rows(term, z[term], log_odds[term], count[term], n_events[term], survives[term])


def _n_events(stack: _Stack, rows: BoolArray) -> IntArray:
    """Events among the given texts that use each term, shape (n_terms,)."""
    used = stack.precision[np.flatnonzero(rows)] > 0
    first = np.unique(stack.event[rows], return_index=True)[1]
    return np.asarray(used[first].sum(axis=0)).astype(np.int64)


def _z_scores(stack: _Stack, rows: IntArray) -> FloatArray:
    """z of every term for whoever wrote the given texts: (n_cases, n_events) to (n_cases, n_terms)."""
    from scipy.sparse import csr_array

    case = np.repeat(np.arange(len(rows)), rows.shape[1])
    choice = csr_array((np.ones(rows.size), (case, rows.ravel())), shape=(len(rows), len(stack.event)))
    weighted, precision = (choice @ stack.weighted).toarray(), (choice @ stack.precision).toarray()
    z: FloatArray = np.zeros(weighted.shape)
    np.divide(weighted, np.sqrt(precision), out=z, where=precision > 0)
    return z


def _largest_by_chance(stack: _Stack, rows: IntArray, compared: BoolArray, level: float) -> float:
    """The value that the largest |z| of any term exceeds in 1 - ``level`` of the name changes."""
    if not compared.any():
        return np.inf
    largest = np.sort(np.abs(_z_scores(stack, stack.moved[:, rows])[:, compared]).max(axis=1))
    # Equal texts in other places can differ in the last bit of a sum.
    return float(largest[min(ceil(level * (PERMUTATIONS + 1)), PERMUTATIONS) - 1]) * (1 + 1e-9)
