"""Published formulas in plain loops, written from the papers, for statistics_agreement.py."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

# uses[event][outlet][word]
Uses = Mapping[int, Mapping[int, Mapping[int, int]]]


@dataclass(frozen=True)
class Keyness:
    """One term of one outlet.

    z, log_odds  over all events (Monroe, Colaresi & Quinn 2008)
    tables       per event: uses and other words of the outlet, then of the others
    """

    z: float
    log_odds: float
    tables: list[tuple[int, int, int, int]]


def keyness(uses: Uses, words: Mapping[tuple[int, int], int], outlet: int, term: int) -> Keyness:
    """The log odds of a term, event by event, with the text of the event as the prior (equations 15 to 19).

    uses   of every term in every text; words is the length of each text (event, outlet)
    """
    tables, deltas, weights = [], [], []
    for event, texts in uses.items():
        if outlet not in texts or len(texts) < 2:
            continue
        y_i, n_i = texts[outlet].get(term, 0), words[event, outlet]
        y_j = sum(text.get(term, 0) for other, text in texts.items() if other != outlet)
        n_j = sum(words[event, other] for other in texts if other != outlet)
        tables.append((y_i, n_i - y_i, y_j, n_j - y_j))
        alpha, alpha_0 = y_i + y_j, n_i + n_j
        if alpha == 0:
            continue
        omega_i = (y_i + alpha) / (n_i + alpha_0 - y_i - alpha)
        omega_j = (y_j + alpha) / (n_j + alpha_0 - y_j - alpha)
        deltas.append(log(omega_i) - log(omega_j))
        weights.append(1 / (1 / (y_i + alpha) + 1 / (y_j + alpha)))
    weighted = sum(delta * weight for delta, weight in zip(deltas, weights, strict=True))
    return Keyness(weighted / sqrt(sum(weights)), weighted / sum(weights), tables)


@dataclass(frozen=True)
class Report:
    """What one outlet writes on one event."""

    event: int
    outlet: int
    n_words: int
    counts: Mapping[int, int]


def deltas(reports: Sequence[Report], outlet_a: int, outlet_b: int, n_features: int) -> tuple[float, float]:
    """Burrows's Delta (2002) and Cosine Delta (Smith & Aldridge 2011) with event means taken off.

    reports  only those on events that two outlets or more report
    """
    total: Counter[int] = Counter()
    by_event: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        total.update(report.counts)
        by_event[report.event].append(report)
    features = sorted(total, key=lambda word: (-total[word], word))[:n_features]
    z_a: list[float] = []
    z_b: list[float] = []
    angle_a: list[float] = []
    angle_b: list[float] = []
    for word in features:
        rest: dict[tuple[int, int], float] = {}
        for event, of_event in by_event.items():
            share = {one.outlet: one.counts.get(word, 0) / one.n_words for one in of_event}
            mean = sum(share.values()) / len(share)
            rest |= {(event, outlet): one - mean for outlet, one in share.items()}
        deviation = sqrt(sum(one * one for one in rest.values()) / (len(reports) - len(by_event)))
        if deviation < 1e-12:
            continue
        for outlet, z, angle in ((outlet_a, z_a, angle_a), (outlet_b, z_b, angle_b)):
            z.append(_mean(rest, by_event, (outlet_a, outlet_b), outlet, 2) / deviation)
            angle.append(_mean(rest, by_event, (outlet_a, outlet_b), outlet, 3) / deviation)
    burrows = sum(abs(a - b) for a, b in zip(z_a, z_b, strict=True)) / len(z_a)
    dot = sum(a * b for a, b in zip(angle_a, angle_b, strict=True))
    squares = sum(a * a for a in angle_a) * sum(b * b for b in angle_b)
    return burrows, 1 - dot / sqrt(squares) if squares else float("nan")


def _mean(
    rest: Mapping[tuple[int, int], float],
    by_event: Mapping[int, Sequence[Report]],
    pair: tuple[int, int],
    outlet: int,
    n_outlets: int,
) -> float:
    """An outlet's mean over the pair's events with so many outlets or more (weights: Mantel & Haenszel)."""
    sums = [0.0, 0.0]
    for event, reports in by_event.items():
        words = {one.outlet: one.n_words for one in reports}
        if len(words) >= n_outlets and pair[0] in words and pair[1] in words:
            weight = words[pair[0]] * words[pair[1]] / (words[pair[0]] + words[pair[1]])
            sums[0] += weight * rest[event, outlet]
            sums[1] += weight
    return sums[0] / sums[1] if sums[1] else 0.0


def classical_delta(reports: Sequence[Report], n_features: int) -> dict[tuple[int, int], float]:
    """Burrows's Delta (2002) as he printed it: outlets as wholes, z-scores over outlets, no events."""
    total: Counter[int] = Counter()
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    n_words: Counter[int] = Counter()
    for report in reports:
        total.update(report.counts)
        counts[report.outlet].update(report.counts)
        n_words[report.outlet] += report.n_words
    features = sorted(total, key=lambda word: (-total[word], word))[:n_features]
    outlets = sorted(counts)
    share = np.array([[counts[outlet][word] / n_words[outlet] for word in features] for outlet in outlets])
    z = (share - share.mean(axis=0)) / share.std(axis=0, ddof=1)
    return {
        (a, b): float(np.abs(z[i] - z[j]).mean())
        for i, a in enumerate(outlets)
        for j, b in enumerate(outlets)
        if i < j
    }
