"""Style: how far apart the outlets' function words are, in shared events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from biaslens.framing_tables import StyleTable
from biaslens.settings import Settings
from biaslens.spans import FloatArray, IntArray
from biaslens.stats.ladder import MIN_EVENTS_FOR_ESTIMATE, events_for_interval
from biaslens.stats.resample import MAX_LISTED_EVENTS, SignTable
from biaslens.tabular import texts
from biaslens.tokens import BoolArray

# As many as Burrows (2002) took; on BASIL 100 tell outlets apart less often, 200 no more often.
MAX_FEATURES = 150
# Below, Delta is unstable (Eder 2015 asks for 2,500 to 5,000 words, depending on the genre).
MIN_WORDS = 2_500
# A word of one in a hundred stands in a report of this length once; shorter ones add noise to the deviation.
MIN_REPORT_WORDS = 100
# The 95 % line of 1,000 arrangements moves little, and every pair of outlets pays for them.
_DRAWS = 999

StyleStatus = Literal[
    "ok", "within chance", "estimate only", "counts only", "too few words", "no shared event"
]


@dataclass(frozen=True, slots=True)
class WordUses:
    """How often articles use words, one row per article and word; each column has shape (n_rows,)."""

    article: IntArray
    word: IntArray
    count: IntArray


@dataclass(frozen=True, slots=True)
class Writings:
    """Who wrote each article about which event; columns of shape (n_articles,).

    outlet, event  rows of outlet_names and event_names
    n_words        words outside quotation marks
    counts         False for articles that take no part: copies of others
    """

    outlet_names: tuple[str, ...]
    event_names: tuple[str, ...]
    outlet: IntArray
    event: IntArray
    n_words: IntArray
    counts: BoolArray


def style_distances(uses: WordUses, writings: Writings, settings: Settings) -> StyleTable:
    """Burrows's Delta and Cosine Delta of every two outlets by function words, outlet_a before outlet_b.

    Features are the 150 function words that shared events use most, the first in order of ``word`` where
    equally often. A report is all that an outlet writes on one event, of 100 words or more. f is a word's
    share of a report, m its mean over the event's reports, s the standard deviation of f - m over all reports
    (degrees of freedom: reports less events). With two outlets there is no deviation over outlets to divide
    by, and with any number this one keeps topics apart: an outlet's z of a word is the mean of (f - m) / s
    over the events that both outlets share, weighted by n_a n_b / (n_a + n_b) for reports of n_a and n_b
    words, as Mantel & Haenszel 1959 weight rates.

    burrows_delta  mean of |z_a - z_b| over the features (Burrows 2002; Argamon 2008)
    burrows_by_chance
                   its mean when the outlets change places at random inside events
    cosine_delta   1 - cosine of z_a and z_b (Evert et al. 2017), over shared events with a third outlet: of
                   two outlets, one's z is the other's turned round, whatever they write. NaN below three such
                   events. Unlike styles of k outlets lie at about 1 + 1 / (k - 1)
    status         "ok"; "within chance" where Delta is no larger than it gets (settings.confidence) when the
                   outlets change places at random inside events; "estimate only" below
                   settings.min_shared_events, where that cannot be told; and without numbers "counts only"
                   below three shared events, "too few words" where either has fewer than 2,500 in them, "no
                   shared event"

    >>> outlet, event, n_words = np.tile([0, 1], 3), np.repeat(np.arange(3), 2), np.full(6, 1_000)
    >>> writings = Writings(("Alpha", "Beta"), tuple("abc"), outlet, event, n_words, counts=n_words > 0)
    >>> uses = WordUses(np.arange(6), np.zeros(6, dtype=np.int64), np.array([30, 10, 30, 10, 30, 10]))
    >>> style_distances(uses, writings, Settings()).burrows_delta.round(3)
    array([1.414])
    """
    reports = _reports(uses, writings)
    rows = [_distance(pair, reports, settings) for pair in _pairs(reports, writings)]
    pairs = list(combinations(sorted(writings.outlet_names), 2))
    return StyleTable(
        outlet_a=texts(a for a, _ in pairs),
        outlet_b=texts(b for _, b in pairs),
        burrows_delta=np.array([row.burrows for row in rows], dtype=np.float64),
        burrows_by_chance=np.array([row.by_chance for row in rows], dtype=np.float64),
        cosine_delta=np.array([row.cosine for row in rows], dtype=np.float64),
        n_words_a=np.array([row.n_words_a for row in rows], dtype=np.int64),
        n_words_b=np.array([row.n_words_b for row in rows], dtype=np.int64),
        n_features=np.array([row.n_features for row in rows], dtype=np.int64),
        status=texts(row.status for row in rows),
    )


@dataclass(frozen=True, slots=True)
class _Reports:
    """What outlets write on shared events, one row per event and outlet, in alphabetical order.

    event, outlet  places in the alphabet of the names
    n_words        shape (n_reports,)
    z              (f - m) / s, shape (n_reports, n_features)
    n_outlets      reports on the same event, shape (n_reports,)
    """

    event: IntArray
    outlet: IntArray
    n_words: IntArray
    z: FloatArray
    n_outlets: IntArray


def _reports(uses: WordUses, writings: Writings) -> _Reports:
    n_outlets = max(1, len(writings.outlet_names))
    key = places(writings.event_names)[writings.event] * n_outlets
    key += places(writings.outlet_names)[writings.outlet]
    cell_key, cell = np.unique(key, return_inverse=True)
    n_words = np.zeros(len(cell_key), dtype=np.int64)
    np.add.at(n_words, cell, np.where(writings.counts, writings.n_words, 0))
    long_enough = n_words >= MIN_REPORT_WORDS
    _, of_event, n_reports = np.unique(
        cell_key[long_enough] // n_outlets, return_inverse=True, return_counts=True
    )
    kept = np.flatnonzero(long_enough)[n_reports[of_event] > 1]
    event, outlet = np.divmod(cell_key[kept], n_outlets)
    row = np.full(len(cell_key), -1)
    row[kept] = np.arange(len(kept))
    count = _feature_counts(uses, np.where(writings.counts, row[cell], -1), len(kept))
    z, n_in_event = _z_scores(count / n_words[kept, None], event)
    return _Reports(event, outlet, n_words[kept], z, n_in_event)


def _feature_counts(uses: WordUses, report: IntArray, n_reports: int) -> IntArray:
    """Uses of the commonest words in each report, shape (n_reports, n_features); the report of articles that
    are in none is -1."""
    used = report[uses.article] >= 0
    word, count = uses.word[used], uses.count[used]
    total = np.zeros(int(word.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(total, word, count)
    commonest = np.argsort(-total, kind="stable")[: min(MAX_FEATURES, np.count_nonzero(total))]
    feature = np.full(len(total), -1)
    feature[commonest] = np.arange(len(commonest))
    chosen = feature[word] >= 0
    table = np.zeros((n_reports, len(commonest)), dtype=np.int64)
    np.add.at(table, (report[uses.article[used]][chosen], feature[word[chosen]]), count[chosen])
    return table


def _z_scores(share: FloatArray, event: IntArray) -> tuple[FloatArray, IntArray]:
    """z of every report, words that do not vary left out; and the number of reports on its event."""
    _, row, n_reports = np.unique(event, return_inverse=True, return_counts=True)
    mean = np.zeros((len(n_reports), share.shape[1]))
    np.add.at(mean, row, share)
    residual = share - (mean / n_reports[:, None])[row]
    freedom = max(1, len(event) - len(n_reports))
    deviation = np.sqrt(np.square(residual).sum(axis=0) / freedom)
    # What is left of rounding must not be divided by.
    varied = deviation > 1e-12
    return residual[:, varied] / deviation[varied], n_reports[row]


@dataclass(frozen=True, slots=True)
class _Pair:
    """The reports of two outlets on the events that both cover, in the same order.

    events   names of the events, in alphabetical order
    weight   shape (n_events,)
    """

    events: tuple[str, ...]
    rows_a: IntArray
    rows_b: IntArray
    weight: FloatArray


def _pairs(reports: _Reports, writings: Writings) -> Iterator[_Pair]:
    names = sorted(writings.event_names)
    rows = [np.flatnonzero(reports.outlet == place) for place in range(len(writings.outlet_names))]
    for rows_a, rows_b in combinations(rows, 2):
        event, in_a, in_b = np.intersect1d(
            reports.event[rows_a], reports.event[rows_b], assume_unique=True, return_indices=True
        )
        n_a, n_b = reports.n_words[rows_a[in_a]], reports.n_words[rows_b[in_b]]
        events = tuple(names[place] for place in event.tolist())
        yield _Pair(events, rows_a[in_a], rows_b[in_b], n_a * n_b / (n_a + n_b))


@dataclass(frozen=True, slots=True)
class _Distance:
    burrows: float
    by_chance: float
    cosine: float
    n_words_a: int
    n_words_b: int
    n_features: int
    status: StyleStatus


def _distance(pair: _Pair, reports: _Reports, settings: Settings) -> _Distance:
    n_words = [int(reports.n_words[rows].sum()) for rows in (pair.rows_a, pair.rows_b)]
    status = _style_status(len(pair.events), min(n_words), settings)
    burrows = cosine = by_chance = np.nan
    if status in ("ok", "estimate only"):
        everywhere = np.ones(len(pair.events), dtype=bool)
        burrows, chance = burrows_delta(*_means(pair, reports, everywhere)), _chance(pair, reports, settings)
        by_chance = burrows * chance.ratio
        with_third = reports.n_outlets[pair.rows_a] > 2
        if with_third.sum() >= MIN_EVENTS_FOR_ESTIMATE:
            cosine = cosine_delta(*_means(pair, reports, with_third))
        if status == "ok" and chance.share_as_large > 1 - settings.confidence + 1e-9:
            status = "within chance"
    return _Distance(burrows, by_chance, cosine, n_words[0], n_words[1], reports.z.shape[1], status)


def _style_status(n_events: int, n_words: int, settings: Settings) -> StyleStatus:
    if n_events == 0:
        return "no shared event"
    if n_words < MIN_WORDS:
        return "too few words"
    if n_events < MIN_EVENTS_FOR_ESTIMATE:
        return "counts only"
    return "ok" if n_events >= events_for_interval(settings) else "estimate only"


def _means(pair: _Pair, reports: _Reports, chosen: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Both outlets' z over the chosen events, each of shape (n_features,)."""
    share = (pair.weight[chosen] / pair.weight[chosen].sum())[:, None]
    z_a, z_b = reports.z[pair.rows_a[chosen]], reports.z[pair.rows_b[chosen]]
    return (z_a * share).sum(axis=0), (z_b * share).sum(axis=0)


def burrows_delta(z_a: FloatArray, z_b: FloatArray) -> float:
    """Mean absolute difference of two rows of z-scores (Burrows 2002), 0 or more; NaN without features.

    >>> burrows_delta(np.array([1.0, -1.0]), np.array([0.0, 1.0]))
    1.5
    """
    return float(np.abs(z_a - z_b).mean()) if len(z_a) else np.nan


def cosine_delta(z_a: FloatArray, z_b: FloatArray) -> float:
    """1 - cosine of two rows of z-scores (Evert et al. 2017), 0 to 2; NaN where either is 0 throughout.

    >>> cosine_delta(np.array([1.0, 0.0]), np.array([0.0, 2.0]))
    1.0
    """
    length = np.linalg.norm(z_a) * np.linalg.norm(z_b)
    return float(1 - z_a @ z_b / length) if length > 0 else np.nan


@dataclass(frozen=True, slots=True)
class _Chance:
    """What the outlets' changing places at random inside events makes of Delta.

    ratio           its mean, by the observed one
    share_as_large  arrangements, the observed one among them, with as large a Delta
    """

    ratio: float
    share_as_large: float


def _chance(pair: _Pair, reports: _Reports, settings: Settings) -> _Chance:
    differences = (reports.z[pair.rows_a] - reports.z[pair.rows_b]) * pair.weight[:, None]
    if len(pair.events) <= MAX_LISTED_EVENTS:
        table = SignTable.listed()
        filling = np.zeros((MAX_LISTED_EVENTS - len(differences), differences.shape[1]))
        differences = np.concatenate([differences, filling])
    else:
        table = SignTable.drawn(pair.events, replace(settings, draws=min(settings.draws, _DRAWS)))
    delta = np.abs(table.sums(differences)).sum(axis=0)
    if delta[0] == 0:
        return _Chance(np.nan, 1.0)
    # Equal sums in another order can differ in the last bit.
    return _Chance(float(delta.mean() / delta[0]), float(np.mean(delta >= delta[0] * (1 - 1e-9))))


def places(names: Sequence[str]) -> IntArray:
    """The place of each name in alphabetical order.

    >>> places(["Xinhua", "RIA Novosti"])
    array([1, 0])
    """
    place = np.empty(len(names), dtype=np.int64)
    place[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return place
