"""Key terms: words and runs of words that one outlet uses more, or less, than others in the same events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import shake_128
from math import ceil, log

import numpy as np

from biaslens.cells import TermCells
from biaslens.findings import TermTable
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.log_odds import common_odds_ratio, improbability, log_likelihood, log_ratio
from biaslens.stats.term_texts import TermTexts, TextOdds, odds_of_texts, stack_texts, uses_beside_others
from biaslens.tabular import texts
from biaslens.tokens import BoolArray

# A term seen less often, or in one event only, belongs to that event and not to an outlet.
MIN_COUNT, MIN_EVENTS = 5, 2
# Rows per outlet: more than a reader looks through.
MAX_ROWS = 50
# The commonest words are compared, and as many runs of words; the rest can hardly reach the line of the
# largest |z|.
MAX_TERMS = 5_000
# The 190th of 199 largest values is the 95 % line; more would move it little, and cost in proportion.
PERMUTATIONS = 199
# Without a spread added, terms that hardly vary set the line: in simulations with a word planted three times
# in each of 10 events of 30, it is found in two runs of three; with this one in all.
_LEAST_SPREAD = 0.1
# Terms looked at together.
_BLOCK = 500
# Words of the longest run.
MAX_WORDS = 3
# Two runs of which one is part of the other, or goes on where it ends, are one term from this share on that
# the one's uses are of the other's.
_SAME_TERM = 0.8


def key_terms(
    cells: TermCells,
    terms: Sequence[str],
    outlet_names: Sequence[str],
    event_names: Sequence[str],
    settings: Settings,
) -> TermTable:
    """Each outlet's 50 most telling terms against all other outlets of its shared events.

    terms  the words of each term code, one to three, with a blank between each two

    Rows are sorted by outlet; first what survives, then the rest, each by |z|, then term; without z by count.
    Shown are terms that the outlet uses five times or more, in two events or more, and all that survive, also
    those that it avoids. Of runs that are used about equally often (four fifths) one is shown: three words
    instead of two of them, and of three words that begin with the last two of three others only those others,
    but for runs that survive where the other does not. Single words always stay.

    n                number of words
    count, n_events  uses by the outlet in shared events, and how many of these events have one
    log_odds         event-stratified log odds ratio, shrunk towards the event (see stratified_log_odds)
    z                log_odds over its standard error. The prior repeats each event's text, so z runs short of
                     a normal score: read it against ``survives``, not against 1.96
    odds_ratio       the odds ratio common to all events, not shrunk (see common_odds_ratio)
    log_likelihood, log_ratio
                     G2 and binary log ratio of the outlet against the others, its events taken together
    survives         further from the others than chance explains, in two ways at once:
                     - its departure is beyond what any term of any outlet reaches in 5 % (1 -
                       settings.confidence) of comparisons in which the outlets' names change places at random
                       inside each event;
                     - were its uses dealt out by length, so many would be too improbable for any term of any
                       outlet (see improbability): of a long text and a short one the long one has most
                       terms, in event after event, and changing names does not show that

    The departure is the sum over events of delta / variance, less its mean over all name changes, in units of
    its spread over them (Westfall & Young 1993, max T) plus the spread that a tenth of the terms stay below
    (Tusher, Tibshirani & Chu 2001). A term that one event is full of has a high z but a wide spread, too:
    what survives is found in event after event, and may be a term that the outlet avoids altogether.

    Terms are ranked by z: where nobody else uses a term, its odds ratio is infinite, however rare it is, and
    has no standard error (Robins, Breslow & Greenland 1986); the prior of the event's own text keeps rare
    terms near 0 and gives every term a z.

    Below settings.min_shared_events shared events z and log_odds are NaN and nothing survives.
    """
    stack = _chosen(stack_texts(cells, terms, outlet_names, event_names))
    scores = _scores(stack, odds_of_texts(stack), settings)
    return TermTable.joined([_rows_of(stack, scores, outlet) for outlet in range(len(stack.outlets))])


@dataclass(frozen=True, slots=True)
class _Scores:
    """How far each outlet is from the others of its events, (n_outlets, n_terms); NaN where not compared.

    survives  bool, same shape
    """

    z: FloatArray
    log_odds: FloatArray
    survives: BoolArray


@dataclass(frozen=True, slots=True)
class _OutletScores:
    """The same of one outlet, shape (n_compared,).

    terms      the terms that it is compared in
    departure  see key_terms
    by_chance  the largest departure in each change of names, shape (PERMUTATIONS,)
    """

    terms: IntArray
    z: FloatArray
    log_odds: FloatArray
    departure: FloatArray
    by_chance: FloatArray


def _chosen(stack: TermTexts) -> TermTexts:
    """The terms worth comparing, commonest first, in alphabetical order where equally common."""
    total = np.asarray(stack.count.sum(axis=0)).astype(np.int64)
    frequent = np.flatnonzero(total >= MIN_COUNT).tolist()
    ordered = sorted(frequent, key=lambda code: (-total[code], stack.terms[code]))
    words = [code for code in ordered if " " not in stack.terms[code]]
    runs = [code for code in ordered if " " in stack.terms[code]]
    return stack.take(np.array(words[:MAX_TERMS] + runs[:MAX_TERMS], dtype=np.int64))


def _scores(stack: TermTexts, odds: TextOdds, settings: Settings) -> _Scores:
    moved = _name_changes(stack, settings.seed)
    shape = len(stack.outlets), len(stack.terms)
    z, log_odds, departure = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape)
    by_chance = np.zeros(PERMUTATIONS)
    for outlet in range(len(stack.outlets)):
        rows = stack.rows(outlet)
        if len(rows) >= settings.min_shared_events:
            found = _compare(stack, odds, rows, moved[:, rows])
            z[outlet, found.terms] = found.z
            log_odds[outlet, found.terms] = found.log_odds
            departure[outlet, found.terms] = found.departure
            by_chance = np.maximum(by_chance, found.by_chance)
    nth = min(ceil(settings.confidence * (PERMUTATIONS + 1)), PERMUTATIONS) - 1
    # Equal texts in other places can differ in the last bit of a sum.
    survives = departure > np.sort(by_chance)[nth] * (1 + 1e-9)
    needed = log(2 * max(int(np.isfinite(z).sum()), 1) / (1 - settings.confidence))
    for outlet in np.flatnonzero(survives.any(axis=1)).tolist():
        terms = np.flatnonzero(survives[outlet])
        survives[outlet, terms] = improbability(uses_beside_others(stack, outlet, terms)) > needed
    return _Scores(z, log_odds, survives)


def _compare(stack: TermTexts, odds: TextOdds, rows: IntArray, moved: IntArray) -> _OutletScores:
    """One outlet, whose texts are ``rows``, and what changes of names would make of it."""
    events = stack.event[rows]
    terms = _compared(odds, rows, events)
    weighted, weight, centred = (
        np.asarray(part[rows].sum(axis=0))[terms] for part in (odds.weighted, odds.precision, odds.centred)
    )
    spread = _spread(odds, events, terms)
    return _OutletScores(
        terms=terms,
        z=weighted / np.sqrt(weight),
        log_odds=weighted / weight,
        departure=np.abs(centred) / spread,
        by_chance=_largest(odds, moved, events, terms, spread),
    )


def _compared(odds: TextOdds, rows: IntArray, events: IntArray) -> IntArray:
    """The terms that an outlet is compared in.

    Which terms enter the largest departure must not depend on who used them, as names change places.
    """
    in_events = odds.event_count[events]
    often = np.asarray(in_events.sum(axis=0)) >= MIN_COUNT
    often &= np.asarray((in_events > 0).sum(axis=0)) >= MIN_EVENTS
    return np.flatnonzero(often & (np.asarray(odds.precision[rows].sum(axis=0)) > 0))


def _spread(odds: TextOdds, events: IntArray, terms: IntArray) -> FloatArray:
    """What departures are measured in, above 0."""
    spread = np.sqrt(np.asarray(odds.spread[events].sum(axis=0))[terms])
    least = np.quantile(spread, _LEAST_SPREAD, method="lower") if len(spread) else 0.0
    # Where texts are so alike that nothing varies, nothing departs.
    return np.asarray(np.where(spread + least > 0, spread + least, np.inf))


def _largest(
    odds: TextOdds, cases: IntArray, events: IntArray, terms: IntArray, spread: FloatArray
) -> FloatArray:
    """The largest departure in any of some terms for whoever wrote the texts of each case, shape (n_cases,).

    cases  the texts of each case, (n_cases, n_events)

    A departure is at most the sum over events of the largest of any text: terms that cannot come to the
    largest one by that, most of them rare, are not looked at.
    """
    reach = np.asarray(odds.most[events].sum(axis=0))[terms] / spread
    order = np.argsort(-reach, kind="stable")
    texts = np.unique(cases)
    chosen = np.zeros((len(texts), len(cases)))
    chosen[np.searchsorted(texts, cases), np.arange(len(cases))[:, None]] = 1.0
    centred = odds.centred[texts]
    largest = np.zeros(len(cases))
    for first in range(0, len(order), _BLOCK):
        block = order[first : first + _BLOCK]
        # The bound is worked out in other steps than what it bounds.
        block = block[reach[block] * (1 + 1e-6) > largest.min()]
        if not len(block):
            break
        sums = np.abs(centred[:, terms[block]].T.tocsr() @ chosen) / spread[block][:, None]
        largest = np.maximum(largest, sums.max(axis=0))
    return largest


def _name_changes(stack: TermTexts, seed: int) -> IntArray:
    """Whose text each row is given when the names change places, shape (PERMUTATIONS, n_texts).

    Texts are in random order within each event, which depends on seed, event and outlet names alone.
    """
    n_bytes = 8 * PERMUTATIONS
    keys = [
        "\x1f".join((str(seed), stack.events[event], stack.outlets[outlet]))
        for event, outlet in zip(stack.event.tolist(), stack.outlet.tolist(), strict=True)
    ]
    raw = b"".join(shake_128(key.encode("utf-8", "surrogatepass")).digest(n_bytes) for key in keys)
    random = np.frombuffer(raw, dtype="<u8").reshape(len(keys), PERMUTATIONS)
    orders = [np.lexsort((draw, stack.event)) for draw in random.T]
    return np.array(orders, dtype=np.int64).reshape(PERMUTATIONS, -1)


def _rows_of(stack: TermTexts, scores: _Scores, outlet: int) -> TermTable:
    own = stack.count[stack.rows(outlet)]
    count = np.asarray(own.sum(axis=0)).astype(np.int64)
    n_events = np.asarray((own > 0).sum(axis=0)).astype(np.int64)
    z, survives = scores.z[outlet], scores.survives[outlet]
    is_ranked = bool(np.isfinite(z).any())
    shown = (count >= MIN_COUNT) & (n_events >= MIN_EVENTS) & (np.isfinite(z) | (not is_ranked)) | survives
    shown[_repeated(stack.terms, np.flatnonzero(shown), count, survives)] = False
    strength = np.abs(z) if is_ranked else count
    order = sorted(
        np.flatnonzero(shown).tolist(),
        key=lambda code: (not survives[code], -strength[code], stack.terms[code]),
    )
    code = np.array(order[:MAX_ROWS], dtype=np.int64)
    beside = uses_beside_others(stack, outlet, code)
    return TermTable(
        outlet=texts(stack.outlets[outlet] for _ in code),
        term=texts(stack.terms[row] for row in code.tolist()),
        z=z[code],
        log_odds=scores.log_odds[outlet][code],
        count=count[code],
        n_events=n_events[code],
        survives=survives[code],
        n=np.array([stack.terms[row].count(" ") + 1 for row in code.tolist()], dtype=np.int64),
        odds_ratio=common_odds_ratio(beside),
        log_likelihood=log_likelihood(beside.summed()),
        log_ratio=log_ratio(beside.summed()),
    )


def _repeated(terms: Sequence[str], shown: IntArray, count: IntArray, survives: BoolArray) -> list[int]:
    """The runs that say no more than another one that is shown: a part of it, or the passage further on."""
    runs = {tuple(terms[code].split()): code for code in shown.tolist() if " " in terms[code]}
    following: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for words, code in runs.items():
        if len(words) == MAX_WORDS:
            following[words[:-1]].append(code)
    repeated = []
    for words, code in runs.items():
        parts = [runs[part] for part in (words[:-1], words[1:]) if part in runs]
        further = [other for other in following[words[1:]] if count[other] >= _SAME_TERM * count[code]]
        for other in [*parts, *further] if len(words) == MAX_WORDS else ():
            if count[code] >= _SAME_TERM * count[other] and survives[code] >= survives[other]:
                repeated.append(other)
    return repeated
