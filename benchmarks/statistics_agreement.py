"""Our statistics beside scipy, statsmodels and plain transcriptions of the published formulas, on real text.

Run: python benchmarks/statistics_agreement.py (about three minutes, most of them for the mixed models of
statistics_mixed.py). One line per comparison: what is compared, with whom, on how many figures, and the
largest difference. The figures are those of ukraine_2022's real outlets, and published ones. On small numbers
test_against_scipy.py, test_against_statsmodels.py and test_published_examples.py hold the same.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import statistics_mixed
from agreement_lines import Agreement, largest
from evaluation_data import print_machine
from mixed_models import Pair
from quality_naming import ukraine
from scipy.stats import bootstrap, false_discovery_control, permutation_test, ttest_1samp
from statistics_mixed import MEASURES, SETTINGS, Corpus, pair_of
from statistics_of_words import style, terms
from statsmodels.api import GLM, OLS, families
from statsmodels.stats.meta_analysis import combine_effects

from biaslens.stats.alpha import Level, krippendorff_alpha
from biaslens.stats.crossing import Crossing, crossings
from biaslens.stats.multiplicity import benjamini_hochberg
from biaslens.stats.outlet_effects import outlet_effects
from biaslens.stats.resample import MAX_LISTED_EVENTS
from biaslens.stats.shrinkage import paule_mandel

Floats = npt.NDArray[np.float64]

# Enough of each kind to meet every measure and many pairs; scipy takes a hundredth of a second for one.
MIN_SHARE = 0.01
N_FLIPPED, N_BOOTSTRAPS = 300, 100
# Regressions with a column for every event take seconds, so not every measure has them.
BY_REGRESSION = ("loaded_rate", "passive_rate", "hedge_rate", "quote_share", "mattr")


@dataclass(frozen=True)
class Tested:
    """A tested contrast of the table, and what it is made of."""

    row: dict[str, Any]
    pair: Pair

    @property
    def is_rate(self) -> bool:
        return self.pair.measure.kind == "rate"

    @property
    def differences(self) -> Floats:
        values = self.pair.values
        return np.asarray(values[:, 0] - values[:, 1])

    @property
    def scores(self) -> Floats:
        """What is flipped: hits beyond A's part of them by length, or differences."""
        if not self.is_rate:
            return self.differences
        pair = self.pair
        part = pair.exposure_a / (pair.exposure_a + pair.exposure_b)
        return np.asarray(pair.total_a - (pair.total_a + pair.total_b) * part)


def tested_contrasts(corpus: Corpus) -> list[Tested]:
    code = {measure.name: i for i, measure in enumerate(MEASURES)}
    return [
        Tested(row, pair_of(corpus, code[row["measure"]], row["outlet_a"], row["outlet_b"]))
        for row in corpus.contrasts().rows()
        if row["status"] in ("ok", "provisional")
    ]


def flipped(scores: Floats, n_resamples: int) -> float:
    """Share of sign flips whose sum is as far from 0: all of them where there are no more than asked for."""
    found = permutation_test(
        (scores,),
        lambda d, axis: np.abs(np.sum(d, axis=axis)),
        permutation_type="samples",
        alternative="greater",
        n_resamples=n_resamples,
        vectorized=True,
        rng=np.random.default_rng(0),
    )
    return float(found.pvalue)


def sample(tested: list[Tested], *, listed: bool) -> list[Tested]:
    chosen = [one for one in tested if (one.row["n_events"] <= MAX_LISTED_EVENTS) == listed]
    return chosen[:: max(1, len(chosen) // N_FLIPPED)]


def p_values(tested: list[Tested]) -> Iterator[Agreement]:
    # Smaller ones may be those of the tail, or what length alone explains, and not the share of flips.
    shares = [one for one in tested if one.row["p_value"] > MIN_SHARE]
    asked, few, many = "scipy permutation_test", sample(shares, listed=True), sample(shares, listed=False)
    exact = [flipped(one.scores, 2**MAX_LISTED_EVENTS) for one in few]
    apart = largest([one.row["p_value"] for one in few], exact)
    yield Agreement("p_value above .01, 6 to 12 events", f"{asked}, every flip", len(few), apart)
    ours = np.array([one.row["p_value"] for one in many])
    theirs = np.array([flipped(one.scores, SETTINGS.draws) for one in many])
    # Two samples of the same flips.
    both = (ours + theirs) / 2
    errors = (ours - theirs) / np.sqrt(2 * both * (1 - both) / SETTINGS.draws + 1e-12)
    asked += f", {SETTINGS.draws:,} flips"
    what, unit = "p_value above .01, 13 events and more", "largest difference in its standard errors"
    yield Agreement(what, asked, len(many), float(np.abs(errors).max()), unit)
    yield Agreement(what, asked, len(many), float(np.sqrt(np.mean(errors**2))), "root mean square of these")
    p = np.array([one.row["p_value"] for one in tested])
    apart = largest(benjamini_hochberg(p), false_discovery_control(p))
    yield Agreement("benjamini_hochberg", "scipy false_discovery_control", len(p), apart)


def effect_sizes(tested: list[Tested]) -> Iterator[Agreement]:
    means = [one for one in tested if not one.is_rate]
    ours, theirs = [one.row["difference"] for one in means], [one.differences.mean() for one in means]
    yield Agreement("difference", "numpy mean", len(means), largest(ours, theirs))
    varied = [one for one in tested if one.row["effect_size"] is not None]
    theirs = [
        (1 - 3 / (4 * len(d) - 5)) * ttest_1samp(d, 0).statistic / sqrt(len(d))
        for d in (one.differences for one in varied)
    ]
    apart = largest([one.row["effect_size"] for one in varied], theirs)
    yield Agreement("effect_size", "J t / sqrt(E), t of scipy ttest_1samp", len(varied), apart)
    theirs = [
        (sum(x > 0 for x in d) - sum(x < 0 for x in d)) / len(d)
        for d in (one.differences.tolist() for one in tested)
    ]
    apart = largest([one.row["dominance"] for one in tested], theirs)
    yield Agreement("dominance", "counted one by one", len(tested), apart)


def bootstraps(tested: list[Tested]) -> Iterator[Agreement]:
    """Intervals of means: no other tool has a studentised bootstrap, so widths are compared, not figures."""
    some = [one for one in tested if not one.is_rate and one.row["boot_low"] is not None]
    some = some[:: max(1, len(some) // N_BOOTSTRAPS)]
    beside: dict[str, list[float]] = defaultdict(list)
    for one in some:
        d, ours = one.differences, one.row["boot_high"] - one.row["boot_low"]
        bca = bootstrap((d,), np.mean, method="BCa", n_resamples=1_999, rng=np.random.default_rng(0))
        beside["scipy bootstrap, BCa"].append(
            ours / (bca.confidence_interval.high - bca.confidence_interval.low)
        )
        by_t = ttest_1samp(d, 0).confidence_interval(0.95)
        beside["scipy ttest_1samp"].append(ours / (by_t.high - by_t.low))
        beside["our inverted sign flips"].append(ours / (one.row["ci_high"] - one.row["ci_low"]))
    for asked, ratios in beside.items():
        yield Agreement(
            "boot_high - boot_low", asked, len(some), float(np.median(ratios)), "median ratio of widths"
        )


def rate_ratios(tested: list[Tested]) -> Iterator[Agreement]:
    rates = [one for one in tested if one.is_rate and 0 < one.row["ratio"] < inf]
    given_totals, with_events = [], []
    for pair in (one.pair.with_hits() for one in rates):
        a, b, words_a, words_b = pair.total_a, pair.total_b, pair.exposure_a, pair.exposure_b
        n = len(a)
        design = np.hstack([np.repeat([1.0, 0.0], n)[:, None], np.tile(np.eye(n), (2, 1))])
        poisson = GLM(np.r_[a, b], design, families.Poisson(), exposure=np.r_[words_a, words_b])
        with_events.append(poisson.fit(tol=1e-12, maxiter=200).params[0])
        offset = np.log(words_a / words_b)
        binomial = GLM(np.column_stack([a, b]), np.ones(n), families.Binomial(), offset=offset)
        given_totals.append(binomial.fit(tol=1e-12).params[0])
    ours = np.log([one.row["ratio"] for one in rates])
    for asked, theirs in (
        ("Poisson, effect of every event", with_events),
        ("binomial given totals", given_totals),
    ):
        yield Agreement("log ratio", f"statsmodels GLM, {asked}", len(rates), largest(ours, theirs))


def standings(corpus: Corpus) -> Iterator[Agreement]:
    """Outlet effects, and the variance between them."""
    apart, between, theirs = [], [], []
    available = [measure for measure in MEASURES if measure.available]
    every = zip(available, crossings(corpus.cells, MEASURES, corpus.outlets, corpus.events), strict=True)
    for measure, crossing in every:
        found = outlet_effects(crossing, SETTINGS)
        placed = found.placed
        if placed.sum() < 3:
            continue
        effect, variance = found.effect[placed], np.diag(found.covariance)[placed]
        between.append(float(paule_mandel(effect, variance)) / variance.max())
        # With a finer tolerance it overshoots by a rounding and returns 0.
        other = combine_effects(effect, variance, method_re="iterated", atol=1e-5, maxiter=1_000)
        theirs.append(max(other.tau2, 0.0) / variance.max())
        if measure.name in BY_REGRESSION:
            apart.append(largest(effect, _by_regression(crossing.among(placed))) / np.ptp(effect))
    asked = "statsmodels GLM or OLS on outlets and events"
    yield Agreement("outlet effects, as parts of their range", asked, len(apart), max(apart))
    asked, what = "statsmodels combine_effects (iterated)", "Paule-Mandel, as part of the largest variance"
    yield Agreement(what, asked, len(between), largest(between, theirs))


def _by_regression(crossing: Crossing) -> Floats:
    event, outlet = np.nonzero(crossing.present)
    told = np.isin(event, np.flatnonzero(crossing.total.sum(axis=1) > 0)) | (not crossing.is_rate)
    event, outlet = np.unique(event[told], return_inverse=True)[1], outlet[told]
    total, exposure = (part[crossing.present][told] for part in (crossing.total, crossing.exposure))
    n_outlets, n_events = outlet.max() + 1, event.max() + 1
    design = np.hstack([np.eye(n_outlets)[outlet][:, 1:], np.eye(n_events)[event]])
    if crossing.is_rate:
        fitted = GLM(total, design, families.Poisson(), exposure=exposure).fit(tol=1e-12, maxiter=200)
    else:
        fitted = OLS(crossing.scale * total / exposure, design).fit()
    effect = np.append(0.0, fitted.params[: n_outlets - 1])
    return np.asarray(effect - effect.mean())


# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability".
FOUR_OBSERVERS: dict[Level, float] = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}
PUBLISHED_ALPHA: list[tuple[Level, float, list[str]]] = [
    ("nominal", 0.095, ["0100000010", "1110010000"]),
    ("nominal", 0.692, ["112243335441", "212223335444"]),
    *[
        (level, alpha, ["123321412...", "1233224125.3", ".3332342251.", "12332441251."])
        for level, alpha in FOUR_OBSERVERS.items()
    ],
]


def alphas() -> Iterator[Agreement]:
    for level, published, coders in PUBLISHED_ALPHA:
        ratings = np.array([[np.nan if one == "." else float(one) for one in coder] for coder in coders])
        apart = abs(krippendorff_alpha(ratings, level) - published)
        yield Agreement(
            f"alpha, {len(coders)} observers, {level}", f"Krippendorff 2011: {published}", 1, apart
        )


def report() -> None:
    """One line per comparison, then the mixed models."""
    grouped, scanned = ukraine()
    corpus = statistics_mixed.real(grouped, scanned)
    tested = tested_contrasts(corpus)
    print(f"\nukraine_2022, real outlets: {len(tested):,} contrasts with a p-value")
    with warnings.catch_warnings():
        # Regressions with a column for every event warn of what they leave undetermined.
        warnings.simplefilter("ignore")
        for part in (
            p_values(tested),
            effect_sizes(tested),
            bootstraps(tested),
            rate_ratios(tested),
            standings(corpus),
        ):
            print(*part, sep="\n")
        print(*terms(grouped, scanned), *style(grouped, scanned), *alphas(), sep="\n")
    print("\nmixed models")
    statistics_mixed.report(corpus)


if __name__ == "__main__":
    print_machine()
    report()
