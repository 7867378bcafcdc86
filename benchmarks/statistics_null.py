"""What the tests find where there is nothing to find: articles dealt at random to outlets that do not exist.

``report_tests``: every test that prints a p-value, at several numbers of events, with articles of equal
length and of 1 to 4.5: the share of runs in which p is .05 or less, pooled over measures, and the measure
that does worst. ``report_whole``: tables with q-values, with no difference and with true ones in some
measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from statistics_corpus import MEASURES, N_OUTLETS, OUTLETS, Corpus, Dealt, Lengths, deal

from biaslens.contested import load_label_sets
from biaslens.framing import with_naming_contrasts
from biaslens.settings import Settings
from biaslens.spans import FloatArray
from biaslens.stats.contrast import contrast_outlets, counted, p_values
from biaslens.stats.corrections import Contrasts, corrected
from biaslens.stats.keyness import key_terms
from biaslens.stats.multiplicity import in_families
from biaslens.stats.naming import contrast_naming, contrast_naming_with_rest
from biaslens.stats.omnibus import omnibus
from biaslens.stats.rest import THE_OTHERS, contrast_with_rest
from biaslens.stats.sides import Layout, outlets_and_others, pairs_of_outlets

Ints = npt.NDArray[np.int64]
Rng = np.random.Generator
Bools = npt.NDArray[np.bool_]
Test = Literal["pair", "A and rest", "B and rest", "omnibus", "naming", "naming, rest"]

N_EVENTS = (3, 6, 12, 20, 50, 100)
LENGTHS: tuple[Lengths, ...] = ("equal", "pieces")
# The beginning of an article differs from the whole by more than length: shown, and no test of the tests.
LEAD_EVENTS = (50,)
LEVEL = 0.05
# Of 2,000 tests of a measure that holds its level, fewer than one in a million has such a share.
TOO_OFTEN = 0.075
# A p-value of .05 takes no more, and thousands of tests are made; q-values take all.
DRAWS = 999
# Key terms change names 199 times in every run.
KEY_TERM_RUNS, KEY_TERM_EVENTS = 500, (6, 20, 50)
# A measure that is too rare in most runs is not named.
MIN_TESTED = 0.25
# With as many events for a p-value as for a q-value, every test that is made is corrected.
MIN_ADJUSTED = Settings().min_adjusted_events
REPORT_EVENTS = (20, 50)
# Where outlets truly differ: A against each of the others, and of how many measures.
TRUE_RATIO, TRUE_SHARE = 2.0, 0.2
COLUMNS = counted(MEASURES)
COUNTED = [MEASURES[column] for column in COLUMNS.tolist()]
NAMES = [measure.name for measure in COUNTED]
FAMILY = {measure.name: measure.family for measure in MEASURES}
IS_RATE = np.array([measure.kind == "rate" for measure in COUNTED])
# These measure an article's length, or grow with it: where lengths differ they do, and are right.
LENGTH_BOUND = (
    "difficult_words",
    "lexicon_count",
    "sentence_count",
    "source_diversity",
    "syllable_count",
    "third_party_share",
)
IS_BOUND = np.array([name in LENGTH_BOUND for name in NAMES])


@dataclass(frozen=True)
class Rejections:
    """Runs in which each measure was tested, and in which p was LEVEL or less; shape (n_measures,)."""

    names: list[str]
    tested: Ints
    rejected: Ints

    @classmethod
    def of(cls, names: list[str], p_value: FloatArray) -> Rejections:
        """Of p-values of shape (n_runs, n_measures); NaN where nothing was tested."""
        return cls(names, (~np.isnan(p_value)).sum(axis=0), (p_value <= LEVEL).sum(axis=0))

    def only(self, chosen: Bools) -> Rejections:
        names = [name for name, kept in zip(self.names, chosen.tolist(), strict=True) if kept]
        return Rejections(names, self.tested[chosen], self.rejected[chosen])

    @property
    def shares(self) -> FloatArray:
        """Of each measure, 0 where it was hardly ever tested."""
        often = self.tested >= max(1.0, MIN_TESTED * self.tested.max(initial=0))
        return np.where(often, self.rejected / np.maximum(self.tested, 1), 0.0)

    def line(self) -> str:
        """Pooled share, and the measure that rejects most, with its 95 % interval."""
        if not self.tested.sum():
            return "nothing is tested"
        worst = int(np.argmax(self.shares))
        low, high = interval(int(self.rejected[worst]), int(self.tested[worst]))
        pooled = f"{self.rejected.sum() / self.tested.sum():.3f} of {self.tested.sum():7,}"
        return f"{pooled}  {self.names[worst]:28} {self.shares[worst]:.3f} ({low:.3f} to {high:.3f})"


def interval(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    z, p = 1.96, hits / n
    middle, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return float(max(0.0, middle - half) / (1 + z * z / n)), float((middle + half) / (1 + z * z / n))


def runs(corpus: Corpus, lengths: Lengths, n_events: int, n_runs: int) -> Iterator[tuple[Dealt, Settings]]:
    """Dealt corpora, each with another key for its sign flips."""
    for number in range(n_runs):
        rng = np.random.default_rng([number, n_events])
        yield deal(corpus, lengths, n_events, rng), Settings(draws=DRAWS, seed=number)


def tests_of(dealt: Dealt, settings: Settings) -> dict[Test, FloatArray]:
    """P-values of every test of one run, each of shape (n_measures,); one value for naming.

    The intervals, which take most of the time of the tables, are left out.
    """
    names = (OUTLETS, dealt.event_names, settings)
    layout = Layout.of(dealt.cells, OUTLETS, dealt.event_names)
    pair = next(pairs_of_outlets(dealt.cells, COLUMNS, layout))
    rest = outlets_and_others(dealt.cells, COLUMNS, IS_RATE, layout)
    sets = load_label_sets()
    return {
        "pair": p_values(pair, COUNTED, settings),
        "A and rest": p_values(next(rest), COUNTED, settings),
        "B and rest": p_values(next(rest), COUNTED, settings),
        "omnibus": omnibus(dealt.cells, MEASURES, *names).p_value.astype(np.float64),
        "naming": contrast_naming(dealt.labels, sets, *names).p_value[:1],
        "naming, rest": contrast_naming_with_rest(dealt.labels, sets, *names).p_value[:1],
    }


def check(dealt: Dealt, tests: dict[Test, FloatArray], settings: Settings) -> None:
    """That the tables hold the p-values that are counted here."""
    given = (dealt.cells, MEASURES, OUTLETS, dealt.event_names, settings)
    pairs, rest = contrast_outlets(*given), contrast_with_rest(*given)
    np.testing.assert_array_equal(pairs.p_value[::N_OUTLETS], tests["pair"])
    np.testing.assert_array_equal(rest.p_value[::N_OUTLETS], tests["A and rest"])
    np.testing.assert_array_equal(rest.p_value[1::N_OUTLETS], tests["B and rest"])


def reject(corpus: Corpus, lengths: Lengths, n_events: int, n_runs: int) -> dict[Test, Rejections]:
    """What all runs of one kind reject."""
    found: dict[Test, list[FloatArray]] = {test: [] for test in get_args(Test)}
    for number, (dealt, settings) in enumerate(runs(corpus, lengths, n_events, n_runs)):
        tests = tests_of(dealt, settings)
        if number == 0:
            check(dealt, tests, settings)
        for test, p_value in tests.items():
            found[test].append(p_value)
    return {
        test: Rejections.of(NAMES if rows[0].shape == IS_RATE.shape else [""], np.stack(rows))
        for test, rows in found.items()
    }


def share_with_key_terms(corpus: Corpus, lengths: Lengths, n_events: int, n_runs: int) -> str:
    """In how many runs any outlet has a term above the line of the largest |z|."""
    n_found = 0
    for dealt, settings in runs(corpus, lengths, n_events, n_runs):
        terms = key_terms(dealt.terms, corpus.words, OUTLETS, dealt.event_names, settings)
        n_found += bool(terms.survives.any())
    low, high = interval(n_found, n_runs)
    return f"{n_found / n_runs:.3f} of {n_runs:7,}  {'':28} {'':5} ({low:.3f} to {high:.3f})"


def print_cell(found: dict[Test, Rejections], n_events: int, lengths: Lengths) -> None:
    """The lines of one number of events and lengths; below them measures that reject much too often."""
    for test, rejections in found.items():
        if len(rejections.names) == 1:
            print(f"{test:19} {n_events:4} {lengths:7} {rejections.line()}")
            continue
        free = ~IS_BOUND if lengths != "equal" else np.ones_like(IS_BOUND)
        parts = {"rates": IS_RATE & free, "others": ~IS_RATE & free}
        for part, chosen in parts.items():
            print(f"{test + ', ' + part:19} {n_events:4} {lengths:7} {rejections.only(chosen).line()}")
        shares = rejections.shares
        named = [f"{NAMES[row]} {shares[row]:.2f}" for row in np.argsort(-shares) if shares[row] > TOO_OFTEN]
        if named:
            print(f"    above {TOO_OFTEN}: {', '.join(named)}")


def report_tests(corpus: Corpus, n_runs: int) -> None:
    """Rejections of every test."""
    print(
        f"\nNo difference: {n_runs:,} runs, p <= {LEVEL}. Where lengths differ, measures bound to length "
        f"({', '.join(LENGTH_BOUND)}) are not in the lines, but named below them"
    )
    print(f"{'test':19} {'events':>4} lengths pooled, of tests   worst measure (95 %)")
    cells = [(lengths, n_events) for lengths in LENGTHS for n_events in N_EVENTS]
    for lengths, n_events in [*cells, *(("leads", n_events) for n_events in LEAD_EVENTS)]:
        print_cell(reject(corpus, lengths, n_events, n_runs), n_events, lengths)
    for lengths in LENGTHS:
        for n_events in KEY_TERM_EVENTS:
            line = share_with_key_terms(corpus, lengths, n_events, min(KEY_TERM_RUNS, n_runs))
            print(f"{'key terms, any':19} {n_events:4} {lengths:7} {line}")


@dataclass(frozen=True)
class Report:
    """Every test of a report, one per row: its measure, who is compared, and q; NaN where there is none."""

    measure: npt.NDArray[np.object_]
    outlet_a: npt.NDArray[np.object_]
    outlet_b: npt.NDArray[np.object_]
    q_value: FloatArray


@dataclass(frozen=True)
class Discoveries:
    """What q <= LEVEL says in one report; of A's own rows, what of the true differences is found."""

    false: int
    true: int
    true_of_a: int
    possible: int


def report_of(dealt: Dealt, settings: Settings) -> Report:
    """The q-values of the tables without their intervals, which take most of the time.

    Settings that print no p-value without a q-value: MIN_ADJUSTED.
    """
    names = (OUTLETS, dealt.event_names, settings)
    layout = Layout.of(dealt.cells, OUTLETS, dealt.event_names)
    sides = [
        *zip(combinations(OUTLETS, 2), pairs_of_outlets(dealt.cells, COLUMNS, layout), strict=True),
        *zip(
            [(name, THE_OTHERS) for name in OUTLETS],
            outlets_and_others(dealt.cells, COLUMNS, IS_RATE, layout),
            strict=True,
        ),
    ]
    rows: list[tuple[str, str, str, float]] = []
    for (a, b), each in sides:
        p_value = p_values(each, COUNTED, settings).tolist()
        rows += zip(NAMES, [a] * len(NAMES), [b] * len(NAMES), p_value, strict=True)
    sets = load_label_sets()
    for compare in (contrast_naming, contrast_naming_with_rest):
        found = compare(dealt.labels, sets, *names)
        p_value = found.p_value.tolist()
        rows += zip(["naming"] * N_OUTLETS, found.outlet_a, found.outlet_b, p_value, strict=True)
    table = omnibus(dealt.cells, MEASURES, *names)
    everybody = ["all"] * len(table)
    rows += zip(table.measure.tolist(), everybody, everybody, table.p_value.tolist(), strict=True)
    measure, outlet_a, outlet_b, p = (np.array(column, dtype=object) for column in zip(*rows, strict=True))
    family = [FAMILY[name] for name in measure.tolist()]
    return Report(measure, outlet_a, outlet_b, in_families(p.astype(np.float64), family))


def check_report(dealt: Dealt, report: Report, settings: Settings) -> None:
    """That the tables hold the q-values that are counted here."""
    names = (OUTLETS, dealt.event_names, settings)
    sets = load_label_sets()
    pairs = contrast_outlets(dealt.cells, MEASURES, *names)
    rest = contrast_with_rest(dealt.cells, MEASURES, *names)
    found = corrected(
        Contrasts(
            with_naming_contrasts(pairs, contrast_naming(dealt.labels, sets, *names)),
            with_naming_contrasts(rest, contrast_naming_with_rest(dealt.labels, sets, *names)),
            omnibus(dealt.cells, MEASURES, *names),
        ),
        MEASURES,
        settings,
    )
    q_values = [table.q_value.astype(np.float64) for table in (found.pairs, found.rest, found.omnibus)]
    np.testing.assert_array_equal(
        np.sort(np.concatenate(q_values)), np.sort(report.q_value)[: sum(map(len, q_values))]
    )


def with_differences(dealt: Dealt, rng: Rng) -> tuple[Dealt, frozenset[str]]:
    """A truly has more of some rates and shares, which are told: the others' hits are thinned by chance."""
    possible = [row for row, measure in enumerate(MEASURES) if measure.available and measure.kind != "mean"]
    chosen = rng.choice(possible, round(TRUE_SHARE * len(COUNTED)), replace=False)
    total = dealt.cells.total.copy()
    thinned = np.ix_(dealt.cells.outlet != 0, chosen)
    total[thinned] = rng.binomial(total[thinned], 1 / TRUE_RATIO)
    cells = replace(dealt.cells, total=total)
    return replace(dealt, cells=cells), frozenset(MEASURES[row].name for row in chosen.tolist())


def without_length(dealt: Dealt) -> Dealt:
    """The same without exposure for measures that are bound to length."""
    exposure = dealt.cells.exposure.copy()
    exposure[:, COLUMNS[IS_BOUND]] = 0
    return replace(dealt, cells=replace(dealt.cells, exposure=exposure))


def discoveries(report: Report, differing: frozenset[str]) -> Discoveries:
    """False are those of other measures, and of B against C, who do not differ in any.

    That B and C are each unlike the rest, of which A is one, is true; but power is counted for A alone.
    """
    is_true = np.isin(report.measure.astype(str), list(differing))
    is_true &= ~((report.outlet_a == "B") & (report.outlet_b == "C"))
    of_a = is_true & (report.outlet_a == "A")
    found = report.q_value <= LEVEL
    return Discoveries(
        false=int((found & ~is_true).sum()),
        true=int((found & is_true).sum()),
        true_of_a=int((found & of_a).sum()),
        possible=int((of_a & ~np.isnan(report.q_value)).sum()),
    )


@dataclass(frozen=True)
class Pair:
    """The reports of one dealing: as it is, and with true differences."""

    as_dealt: Discoveries
    differing: Discoveries


def dealt_reports(corpus: Corpus, lengths: Lengths, n_events: int, number: int) -> Pair:
    """Two reports; where lengths differ, without the measures that are bound to them."""
    rng = np.random.default_rng([number, n_events, 1])
    settings = Settings(seed=number, min_shared_events=MIN_ADJUSTED)
    dealt = deal(corpus, lengths, n_events, rng)
    dealt = dealt if lengths == "equal" else without_length(dealt)
    report = report_of(dealt, settings)
    if number == 0:
        check_report(dealt, report, settings)
    changed, differing = with_differences(dealt, rng)
    return Pair(discoveries(report, frozenset()), discoveries(report_of(changed, settings), differing))


def report_whole(corpus: Corpus, n_runs: int) -> None:
    """False discoveries of complete tables."""
    print(
        f"\nWhole reports of three outlets (pairs, each against the rest, omnibus), {n_runs} runs, "
        f"q <= {LEVEL};\nwhere some differ, A has {TRUE_RATIO:g} times as much in {TRUE_SHARE:.0%} of all"
    )
    print("events lengths none differ: any found  some differ: false of all found  power for A")
    for n_events in REPORT_EVENTS:
        for lengths in LENGTHS:
            pairs = [dealt_reports(corpus, lengths, n_events, number) for number in range(n_runs)]
            print_whole(n_events, lengths, pairs)


def print_whole(n_events: int, lengths: Lengths, pairs: list[Pair]) -> None:
    nothing, some = [pair.as_dealt for pair in pairs], [pair.differing for pair in pairs]
    n_false = sum(run.false > 0 for run in nothing)
    low, high = interval(n_false, len(pairs))
    shares = [run.false / max(1, run.false + run.true) for run in some]
    error = np.std(shares) / np.sqrt(len(pairs))
    power = sum(run.true_of_a for run in some) / max(1, sum(run.possible for run in some))
    print(
        f"{n_events:6} {lengths:7} {n_false / len(pairs):.3f} ({low:.3f} to {high:.3f})  "
        f"{np.mean(shares):.3f} (standard error {error:.3f})    {power:.2f}"
    )
