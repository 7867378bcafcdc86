"""How much more one text uses a term than another: log odds, odds ratio, log likelihood, log ratio."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.spans import FloatArray, IntArray

# Parts of a use that fixed-point sums keep: with up to two thousand million uses they stay below 2^63.
_FRACTION_BITS = 32


@dataclass(frozen=True, slots=True)
class LogOdds:
    """Log odds ratios and their precision (1 / variance); arrays of one shape."""

    value: FloatArray
    precision: FloatArray


@dataclass(frozen=True, slots=True)
class TermUses:
    """How often terms are used on two sides, in the events that both report; arrays of one shape.

    count, words                the outlet's uses of a term, and its words
    count_others, words_others  those of the others
    """

    count: IntArray
    words: IntArray
    count_others: IntArray
    words_others: IntArray

    def summed(self) -> TermUses:
        """All events together: (n_events, n_terms) to (n_terms,)."""
        parts = (self.count, self.words, self.count_others, self.words_others)
        return TermUses(*(part.sum(axis=0) for part in parts))


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


def common_odds_ratio(uses: TermUses) -> FloatArray:
    """Odds ratio of each term over all events, (n_events, n_terms) to (n_terms,): 0 or more, 1 for alike.

    With a, b the outlet's uses and other words, c, d those of the others, and N all words of an event:
    sum(a d / N) / sum(b c / N) (Mantel & Haenszel 1959). inf where only the outlet uses a term, NaN where
    nobody does. Sums are whole numbers of 2^-32 uses, so that the order of events changes no digit.

    >>> two_events = TermUses(*(np.array([[n], [m]]) for n, m in ((3, 2), (10, 5), (1, 2), (10, 20))))
    >>> common_odds_ratio(two_events).round(6)
    array([4.728814])
    """
    more = _fixed(uses.count, uses.words_others - uses.count_others, uses.words + uses.words_others)
    less = _fixed(uses.count_others, uses.words - uses.count, uses.words + uses.words_others)
    ratio = np.full(more.shape, np.nan)
    np.divide(more, less, out=ratio, where=less > 0)
    return np.where((less == 0) & (more > 0), np.inf, ratio)


def _fixed(uses: IntArray, others: IntArray, all_words: IntArray) -> IntArray:
    share = others / np.maximum(all_words, 1)
    return np.asarray(np.rint(np.ldexp(uses * share, _FRACTION_BITS)).astype(np.int64).sum(axis=0))


def improbability(uses: TermUses) -> FloatArray:
    """How improbable the outlet's uses are, were they dealt out by length; (n_events, n_terms) to (n_terms,).

    Of the M uses of all events an outlet has y, and would have E = sum of each event's uses times its part of
    the words. y ln(y / E) + (M - y) ln((M - y) / (M - E)): the probability of y or more, or of y or fewer
    where y < E, is e to the minus this or less (Hoeffding 1963, theorem 1), however unequal the lengths are.

    >>> float(improbability(TermUses(*(np.array([[n]]) for n in (10, 1000, 0, 1000))))[0]).__round__(4)
    6.9315
    """
    together = (uses.count + uses.count_others).astype(np.float64)
    part = uses.words / np.maximum(uses.words + uses.words_others, 1)
    observed, expected = uses.count.sum(axis=0), (together * part).sum(axis=0)
    others = together.sum(axis=0) - observed
    sides = np.stack([observed, others]).astype(np.float64)
    ratio = np.ones_like(sides)
    np.divide(sides, np.stack([expected, together.sum(axis=0) - expected]), out=ratio, where=sides > 0)
    return np.asarray((sides * np.log(ratio)).sum(axis=0))


def log_likelihood(uses: TermUses) -> FloatArray:
    """G2 of each term, 0 or more: how unlikely one rate of use for both sides is; not signed.

    2 sum O log(O / E) over the four cells of outlet and others, term and other words (Dunning 1993). Rayson &
    Garside (2000) leave out the cells of other words, which add next to nothing for all but the commonest
    terms. All events are taken together: a word of one event can have a high G2.

    >>> float(log_likelihood(TermUses(*map(np.array, (30, 1000, 10, 1000))))).__round__(4)
    10.669
    """
    n, m, words, others = uses.count, uses.count_others, uses.words, uses.words_others
    observed = np.stack([n, words - n, m, others - m]).astype(np.float64)
    of_term = np.stack([n + m, words + others - n - m] * 2).astype(np.float64)
    of_side = np.stack([words, words, others, others]).astype(np.float64)
    expected = of_term * of_side / np.maximum(words + others, 1)
    parts = np.zeros_like(observed)
    np.divide(observed, expected, out=parts, where=observed > 0)
    np.log(parts, out=parts, where=observed > 0)
    # Equal rates can leave a hair below 0.
    return np.asarray(np.maximum(2 * (observed * parts).sum(axis=0), 0.0))


def log_ratio(uses: TermUses) -> FloatArray:
    """Binary logarithm of the outlet's rate of use over the others': 1 is twice as often, -1 half as often.

    A side without a use counts as half a use (Hardie 2014). NaN where a side has no words.

    >>> log_ratio(TermUses(*map(np.array, ([40, 8], [1000, 1000], [10, 0], [1000, 2000])))).tolist()
    [2.0, 5.0]
    """
    rates = []
    for count, words in ((uses.count, uses.words), (uses.count_others, uses.words_others)):
        rate = np.full(np.shape(count), np.nan)
        rates.append(np.divide(np.maximum(count, 0.5), words, out=rate, where=words > 0))
    return np.asarray(np.log2(rates[0] / rates[1]))
