"""Outlet effects: how far each outlet stands from the mean outlet, inside the events that outlets share.

Rates are c_eo ~ Poisson(L_eo * exp(g_e + b_o)). Given an event's total C_e its level g_e cancels, and outlets
divide C_e in the proportions L_eo * e^b_o (Hausman, Hall & Griliches 1984). Other values are y_eo = g_e + b_o
with an error, fitted by least squares. Both have the same form: event e has a weight w_e (C_e; or its number
of outlets) that falls to outlets in shares p_eo (the proportions; or equal ones), scores u_eo whose sum over
events is 0 at the estimate, and the information sum_e w_e (diag(p_e) - p_e p_e').
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.crossing import Crossing
from biaslens.stats.ladder import MIN_EVENTS_FOR_ESTIMATE, events_for_interval
from biaslens.stats.resample import Limits
from biaslens.tokens import BoolArray

# Newton's steps shrink quadratically: a handful is usual, and this many are never taken.
_MAX_STEPS = 100
_CONVERGED = 1e-9
# A standard error below this part of the values' size is what rounding leaves of none at all.
_NO_SPREAD = 1e-10
# Where an error that outlets have in common is taken out, rounding leaves about 1e-8 of it.
_LEFT_OVER = 1e-6

NO_HIT = "no hit in shared events: its ratio to the others would be 0"
ONE_SIDED = "hits only where others that could be compared have none, or the reverse: no finite ratio"
UNLINKED = "no chain of shared events links it to the outlets that are placed"
UNSHARED = "nothing to measure in events that it shares with another outlet"
ALONE = "no other outlet that it could be compared with"


@dataclass(frozen=True, slots=True)
class OutletEffects:
    """One measure's effects, NaN for outlets that cannot be placed; columns have shape (n_outlets,).

    effect      less the unweighted mean of the placed outlets; on the log scale for rates
    covariance  shape (n_outlets, n_outlets), robust to whatever happens inside events
    freedom     degrees of freedom of the outlet's standard error
    n_events    events shared with another placed outlet; for outlets not placed, with any other
    rounding    standard errors up to this are what rounding leaves of none
    note        why an outlet is not placed, "" where it is
    """

    effect: FloatArray
    covariance: FloatArray
    freedom: FloatArray
    n_events: IntArray
    rounding: float
    note: tuple[str, ...]

    @property
    def placed(self) -> BoolArray:
        return ~np.isnan(self.effect)

    @property
    def spreads(self) -> BoolArray:
        """Whether events differ at all: without, nothing shows what chance can do; shape (n_outlets,)."""
        return np.asarray(np.diag(self.covariance) > self.rounding**2)

    def among(self, held: BoolArray) -> OutletEffects:
        """Only some of the placed outlets, from their own mean."""
        n_held = int(held.sum())
        centre = np.eye(n_held) - 1 / max(n_held, 1)
        covariance = self.covariance[np.ix_(held, held)]
        largest = float(np.sqrt(np.diag(covariance).max(initial=0.0)))
        return OutletEffects(
            effect=centre @ self.effect[held],
            covariance=centre @ covariance @ centre,
            freedom=self.freedom[held],
            n_events=self.n_events[held],
            rounding=max(self.rounding, _LEFT_OVER * largest),
            note=tuple(self.note[i] for i in np.flatnonzero(held).tolist()),
        )

    def judged(self, n_events: int) -> BoolArray:
        """Placed outlets with so many events or more, which differ and of which no single one decides."""
        enough = (self.n_events >= n_events) & (self.freedom >= 1)
        return np.asarray(self.placed & self.spreads & enough)

    def limits(self, settings: Settings) -> Limits:
        """Intervals by Student's t, for outlets judged on as many events as an interval needs; else NaN."""
        from scipy.special import stdtrit

        shown = self.judged(events_for_interval(settings))
        freedom = np.where(shown, self.freedom, 1.0)
        reach = stdtrit(freedom, (1 + settings.confidence) / 2) * np.sqrt(np.diag(self.covariance))
        reach = np.where(shown, reach, np.nan)
        return Limits(self.effect - reach, self.effect + reach)


def outlet_effects(crossing: Crossing, settings: Settings) -> OutletEffects:
    """Effects of all outlets that can be placed on one scale.

    Placed is the largest group of outlets that chains of shared events link, each with 3 such events (with a
    hit of any of them, for rates) and min_expected_count hits; of two groups as large the one with the outlet
    that comes first. For rates a chain must lead both ways: to an outlet from one that has a hit in an event
    of both. Else the likelihood has no maximum (Ford 1957, for paired comparisons).

    Standard errors are clustered by event. Each score is divided by sqrt(1 - h), h being the event's part in
    the outlet's information: in E events shared by all that is the factor E / (E - 1), and with an unequal
    presence each outlet's own (after Bell & McCaffrey 2002). Degrees of freedom are 1 / sum(h^2) - 1: the
    outlet's events less one, or fewer where few events hold most of the hits.

    >>> shares = np.array([[0.5, 0.3], [0.6, 0.4], [0.4, 0.1]])
    >>> found = outlet_effects(Crossing(shares, np.ones((3, 2)), False, 1.0), Settings())
    >>> found.effect.round(6)
    array([ 0.116667, -0.116667])
    """
    whole = crossing.among(np.ones(crossing.total.shape[1], dtype=bool))
    note = ["" if n else UNSHARED for n in whole.present.sum(axis=0).tolist()]
    while left_out := _left_out(crossing, np.array([text == "" for text in note]), settings):
        for outlet, reason in left_out.items():
            note[outlet] = reason
    kept = np.array([text == "" for text in note], dtype=bool)
    placed = crossing.among(kept)
    n_outlets, n_events = len(kept), whole.present.sum(axis=0)
    effect, freedom = np.full((2, n_outlets), np.nan)
    covariance = np.full((n_outlets, n_outlets), np.nan)
    rounding = 0.0
    if kept.any():
        fit = _log_rates(placed) if crossing.is_rate else _means(placed)
        n_events[kept] = placed.present.sum(axis=0)
        effect[kept], covariance[np.ix_(kept, kept)] = fit.effect, fit.covariance()
        freedom[kept] = 1 / np.sum(fit.leverage() ** 2, axis=0) - 1
        rounding = _NO_SPREAD * fit.size
    return OutletEffects(effect, covariance, freedom, n_events.astype(np.int64), rounding, tuple(note))


def _left_out(crossing: Crossing, kept: BoolArray, settings: Settings) -> dict[int, str]:
    """Outlets that must go from those kept, with why; none once the rest can be placed together."""
    columns = np.flatnonzero(kept).tolist()
    if len(columns) < 2:
        return dict.fromkeys(columns, ALONE)
    among = crossing.among(kept)
    found = _too_little(among, settings) or _hitless(among) or _unlinked(among)
    return {columns[i]: reason for i, reason in found.items()}


def _too_little(crossing: Crossing, settings: Settings) -> dict[int, str]:
    """Columns with fewer events than an estimate takes, or too few hits in them, with why."""
    needed, reasons = MIN_EVENTS_FOR_ESTIMATE, {}
    n_events = crossing.present.sum(axis=0)
    for column in np.flatnonzero(n_events < needed).tolist():
        events = "1 shared event" if n_events[column] == 1 else f"{n_events[column]} shared events"
        reasons[column] = f"{events}: too few for an estimate ({needed} needed)"
    if reasons or not crossing.is_rate:
        return reasons
    of_event = crossing.total.sum(axis=1)
    hits = of_event @ crossing.present
    for column in np.flatnonzero(hits < max(settings.min_expected_count, 1)).tolist():
        reasons[column] = f"too rare: {hits[column]:.0f} in the events that it shares, all outlets together"
    telling = crossing.present[of_event > 0].sum(axis=0)
    for column in np.flatnonzero(telling < needed).tolist():
        reasons.setdefault(
            column, f"hits in {telling[column]} of its shared events only: too few to estimate"
        )
    return reasons


def _hitless(crossing: Crossing) -> dict[int, str]:
    if not crossing.is_rate:
        return {}
    return dict.fromkeys(np.flatnonzero(crossing.total.sum(axis=0) == 0).tolist(), NO_HIT)


def _unlinked(crossing: Crossing) -> dict[int, str]:
    """Columns outside the largest linked group, with why."""
    present = crossing.present.astype(np.float64)
    telling = (crossing.total > 0).astype(np.float64) if crossing.is_rate else present
    one_way = _reached(telling.T @ present > 0)
    linked = one_way & one_way.T
    # argmax takes the first of equals, so that the alphabet decides.
    first = int(np.argmax(linked.sum(axis=0)))
    any_way = _reached(present.T @ present > 0)[first]
    outside = np.flatnonzero(~linked[first]).tolist()
    return {column: ONE_SIDED if any_way[column] else UNLINKED for column in outside}


def _reached(links: BoolArray) -> BoolArray:
    """Which columns a chain of links leads to from each, shape (n, n); every column is linked to itself."""
    reached = links
    for _ in range(len(links).bit_length()):
        steps = reached.astype(np.float64)
        reached = steps @ steps > 0
    return reached


@dataclass(frozen=True, slots=True)
class _Fit:
    """Estimates with what their errors are made of; see the top of the file.

    effect         shape (n_outlets,), sum 0
    weight         shape (n_events,)
    share, score   shape (n_events, n_outlets)
    size           of the values, to tell rounding from spread
    """

    effect: FloatArray
    weight: FloatArray
    share: FloatArray
    score: FloatArray
    size: float

    def leverage(self) -> FloatArray:
        """Each event's part in an outlet's information, shape (n_events, n_outlets); columns sum to 1."""
        own = self.weight[:, None] * self.share * (1 - self.share)
        return np.asarray(own / own.sum(axis=0))

    def covariance(self) -> FloatArray:
        spread = np.maximum(1 - self.leverage(), np.finfo(np.float64).eps)
        influence = (self.score / np.sqrt(spread)) @ _inverse(_information(self.weight, self.share))
        return np.asarray(influence.T @ influence)


def _information(weight: FloatArray, share: FloatArray) -> FloatArray:
    weighted = weight[:, None] * share
    return np.asarray(np.diag(weighted.sum(axis=0)) - weighted.T @ share)


def _inverse(information: FloatArray) -> FloatArray:
    """The pseudo-inverse of a matrix whose rows sum to 0: what it gives sums to 0 as well."""
    n, size = len(information), float(np.trace(information)) / len(information)
    return np.asarray(np.linalg.inv(information + size / n) - 1 / (size * n))


def _means(crossing: Crossing) -> _Fit:
    present = crossing.present
    n_outlets = present.sum(axis=1).astype(np.float64)
    share = present / n_outlets[:, None]
    values = np.zeros(present.shape)
    np.divide(crossing.scale * crossing.total, crossing.exposure, out=values, where=present)

    def within(matrix: FloatArray) -> FloatArray:
        return np.asarray(np.where(present, matrix - (matrix * share).sum(axis=1)[:, None], 0.0))

    deviation = within(values)
    effect = _inverse(_information(n_outlets, share)) @ deviation.sum(axis=0)
    return _Fit(effect, n_outlets, share, within(values - effect), float(np.abs(values).max()))


def _log_rates(crossing: Crossing) -> _Fit:
    """The maximum of the conditional likelihood by Newton's method.

    Steps are shortened by log(1 + d) / d, d their range: no step then overshoots, whatever the start, and
    near the end they are whole (Sun & Tran-Dinh 2019).
    """
    hits = crossing.total.sum(axis=1)
    count, exposure, hits = crossing.total[hits > 0], crossing.exposure[hits > 0], hits[hits > 0]
    by_length = exposure / exposure.sum(axis=1)[:, None]
    effect = np.log(count.sum(axis=0) / (hits @ by_length))
    effect -= effect.mean()
    for _ in range(_MAX_STEPS):
        part = by_length * np.exp(effect)
        share = part / part.sum(axis=1)[:, None]
        score = count - hits[:, None] * share
        step = _inverse(_information(hits, share)) @ score.sum(axis=0)
        reach = float(np.ptp(step))
        if reach < _CONVERGED:
            break
        effect = effect + step * (np.log1p(reach) / reach)
    return _Fit(effect, hits, share, score, 1.0)
