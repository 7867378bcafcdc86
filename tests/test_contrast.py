"""Contrasts inside shared events."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaslens.cells import Cells
from biaslens.codebook import Corpus, Measure, MeasureKind
from biaslens.findings import ContrastTable
from biaslens.hits import Counted, Hits
from biaslens.settings import Settings
from biaslens.stats.contrast import contrast_outlets


def _count(corpus: Corpus) -> Counted:
    return Counted.from_hits(Hits.none(), np.ones(len(corpus.texts), dtype=np.int64))


def _measure(kind: MeasureKind = "rate", name: str = "measured", available: bool = True) -> Measure:
    scale = 1000.0 if kind == "rate" else 1.0
    count = _count if available else None
    return Measure(name, "lexical", "unit", 0, None, kind, scale, "own", "", "", "", "", "", "", count)


def _cells(rows: Sequence[tuple[int, int, int, int]], n_measures: int = 1) -> Cells:
    """From (event, outlet, total, exposure) rows; every measure gets the same numbers."""
    event, outlet, total, exposure = np.array(sorted(rows), dtype=np.int64).reshape(-1, 4).T
    repeated = (1, n_measures)
    return Cells(
        event,
        outlet,
        np.ones((len(event), n_measures), dtype=np.int64),
        np.tile(total[:, None], repeated),
        np.tile(exposure[:, None], repeated),
    )


def _pair(
    totals: Sequence[tuple[int, int]],
    lengths: Sequence[tuple[int, int]] | None = None,
    kind: MeasureKind = "rate",
    settings: Settings | None = None,
    outlets: Sequence[str] = ("A", "B"),
) -> dict[str, Any]:
    """The one row of a contrast of two outlets, event by event."""
    lengths = lengths or [(100, 100)] * len(totals)
    rows = [
        (event, outlet, totals[event][outlet], lengths[event][outlet])
        for event in range(len(totals))
        for outlet in (0, 1)
    ]
    names = [f"event {event:03}" for event in range(len(totals))]
    table = contrast_outlets(_cells(rows), [_measure(kind)], outlets, names, settings or Settings())
    (row,) = table.rows()
    return row


def test_three_events_are_worked_by_hand() -> None:
    row = _pair([(4, 2), (6, 3), (8, 4)])
    # Rates per 1,000: 40 - 20, 60 - 30, 80 - 40; mean 30, sd 10, J = 1 - 3 / 7.
    assert row["difference"] == pytest.approx(30)
    assert row["effect_size"] == pytest.approx(3 * 4 / 7)
    assert row["ratio"] == pytest.approx(2)
    assert (row["higher_in"], row["status"], row["n_events"]) == ("A", "estimate only", 3)
    assert row["dominance"] == 1
    assert row["p_value"] is row["q_value"] is row["ci_low"] is row["ci_high"] is None


def test_shares_have_a_difference_and_no_ratio() -> None:
    row = _pair([(10, 20), (20, 40), (30, 60), (10, 30), (50, 60), (0, 10)], kind="share")
    # d = -.1, -.2, -.3, -.2, -.1, -.1: all of one sign, so p is 2 / 64 and the limits are the extremes.
    assert row["difference"] == pytest.approx(-1 / 6)
    assert (row["ci_low"], row["ci_high"]) == (pytest.approx(-0.3), pytest.approx(-0.1))
    assert (row["p_value"], row["ratio"], row["interval_of"]) == (0.03125, None, "difference")
    assert (row["higher_in"], row["status"]) == ("B", "provisional")


def test_rates_of_six_events_are_provisional_with_the_exact_p() -> None:
    row = _pair([(4, 2), (6, 3), (8, 4), (5, 2), (9, 5), (3, 1)])
    assert (row["p_value"], row["q_value"], row["status"]) == (0.03125, None, "provisional")
    # The limits are the least and the greatest ratio of one event: 9 / 5 and 3 / 1.
    assert (row["ci_low"], row["ci_high"]) == (pytest.approx(1.8), pytest.approx(3))


def test_ten_events_are_ok() -> None:
    row = _pair([(4 + event % 3, 2) for event in range(10)])
    assert (row["status"], row["p_value"]) == ("ok", 2 / 1024)


def test_two_events_show_counts_only() -> None:
    row = _pair([(40, 2), (60, 3)])
    numbers = ("difference", "ratio", "ci_low", "ci_high", "effect_size", "p_value", "q_value")
    assert (row["status"], row["higher_in"]) == ("counts only", "")
    assert all(row[name] is None for name in numbers)


def test_fewer_hits_than_expected_are_too_rare_however_many_events() -> None:
    row = _pair([(1, 0), (0, 1), (1, 1), *[(0, 0)] * 20])
    assert (row["status"], row["difference"], row["p_value"], row["n_events"]) == ("too rare", None, None, 23)


def test_a_rate_without_a_hit_is_too_rare_whatever_the_setting() -> None:
    assert _pair([(0, 0)] * 12, settings=Settings(min_expected_count=0))["status"] == "too rare"


def test_a_rare_share_is_not_too_rare() -> None:
    assert _pair([*[(1, 0)] * 3, *[(0, 1)] * 7, (0, 0)], kind="share")["status"] == "ok"


@pytest.mark.parametrize(("with_hits", "status"), [(5, "estimate only"), (6, "provisional"), (10, "ok")])
def test_events_without_a_hit_make_no_p_value_smaller(with_hits: int, status: str) -> None:
    totals = [(2, 1)] * with_hits + [(0, 0)] * (12 - with_hits)
    for kind in ("rate", "share"):
        row = _pair(totals, kind=kind)  # type: ignore[arg-type]
        assert (row["status"], row["n_events"]) == (status, 12)
    assert _pair(totals, kind="mean")["status"] == "ok"


def test_where_nothing_is_ever_counted_nothing_is_tested() -> None:
    row = _pair([(0, 0)] * 12, kind="share")
    assert (row["status"], row["difference"], row["p_value"]) == ("estimate only", 0, None)


@pytest.mark.parametrize(("short", "status"), [(100, "ok"), (20, "estimate only")])
def test_few_hits_in_outlets_of_unequal_length_are_not_tested(short: int, status: str) -> None:
    # One hit per event and, in one of three, one in the shorter articles, too.
    totals = [(int(event % 3 == 0), 1) for event in range(12)]
    row = _pair(totals, [(short, 100)] * 12)
    assert (row["status"], row["ratio"] is None) == (status, False)
    assert (row["p_value"] is None) == (status != "ok")


def test_events_that_agree_exactly_have_a_p_value_and_no_interval() -> None:
    row = _pair([(5, 5)] * 12, kind="share")
    assert (row["p_value"], row["ci_low"], row["higher_in"], row["effect_size"]) == (1.0, None, "", None)


def test_an_outlet_without_a_hit_has_no_interval() -> None:
    row = _pair([(0, 2)] * 12)
    assert (row["ratio"], row["p_value"], row["ci_low"], row["ci_high"]) == (0.0, 2 / 4096, None, None)


def test_difference_and_ratio_that_disagree_name_no_outlet() -> None:
    # One short text with two hits lifts the mean of A's rates; by all other hits, B's rate is higher.
    row = _pair([(2, 0), (10, 20), (10, 20)], [(10, 1000), (1000, 1000), (1000, 1000)])
    assert row["difference"] > 0
    assert row["ratio"] < 1
    assert row["higher_in"] == ""


def test_what_rounding_leaves_of_no_difference_names_no_outlet() -> None:
    # 0.1 + 0.2 - 0.3 is 5.6e-17 in floating point.
    row = _pair([(1, 0), (2, 0), (0, 3)], [(10, 10)] * 3, kind="share")
    assert (row["difference"], row["higher_in"]) == (0, "")


def test_large_numbers_do_not_leave_the_range_of_integers() -> None:
    # Fixed-point sums of large weights, over 20 and 40 words: the products are beyond 2^63.
    row = _pair([(3 * 10**17, 2 * 10**17)] * 3, [(20, 40)] * 3, kind="mean")
    assert row["difference"] == pytest.approx(3 * 10**17 / 20 - 2 * 10**17 / 40)


def test_outlets_without_a_shared_event_have_a_row_that_says_so() -> None:
    cells = _cells([(0, 0, 5, 100), (1, 1, 5, 100)])
    (row,) = contrast_outlets(cells, [_measure()], ["A", "B"], ["e", "f"], Settings()).rows()
    assert (row["status"], row["n_events"], row["difference"]) == ("no shared event", 0, None)


def test_an_event_without_words_for_the_measure_is_not_shared() -> None:
    assert _pair([(4, 2)] * 4, [(100, 100), (100, 0), (0, 100), (0, 0)])["n_events"] == 1


def test_every_measure_and_pair_has_a_row() -> None:
    cells = _cells([(0, outlet, 5, 100) for outlet in range(4)], n_measures=3)
    measures = [_measure(name=name, available=name != "gone") for name in ("one", "gone", "two")]
    table = contrast_outlets(cells, measures, ["D", "C", "B", "A"], ["e"], Settings())
    assert len(table) == 2 * 6
    assert table.measure.tolist() == ["one"] * 6 + ["two"] * 6
    pairs = ["AB", "AC", "AD", "BC", "BD", "CD"]
    assert [a + b for a, b in zip(table.outlet_a[:6], table.outlet_b[:6], strict=True)] == pairs


def test_one_outlet_has_no_contrast() -> None:
    table = contrast_outlets(_cells([(0, 0, 5, 100)]), [_measure()], ["A"], ["e"], Settings())
    assert len(table) == 0
    assert table.status.shape == (0,)


def test_no_measure_at_all_has_no_contrast() -> None:
    cells = _cells([(0, 0, 5, 100), (0, 1, 5, 100)])
    assert len(contrast_outlets(cells, [_measure(available=False)], ["A", "B"], ["e"], Settings())) == 0


def _random_table(seed: int = 0, order: Any = None, parts: slice = slice(None)) -> ContrastTable:
    """Three outlets in 20 events, two in 8, coded in the given order."""
    rng = np.random.default_rng(seed)
    total, exposure = rng.poisson(4, (28, 3, 3)), rng.integers(100, 900, (28, 3, 3))
    events, outlets = np.divmod(np.arange(28 * 3), 3)
    keep = (events < 20) | (outlets > 0)
    new_event, new_outlet = order if order else (np.arange(28), np.arange(3))
    event, outlet = new_event[events[keep]], new_outlet[outlets[keep]]
    by_code = np.lexsort((outlet, event))
    cells = Cells(
        event[by_code],
        outlet[by_code],
        np.ones((keep.sum(), 3), dtype=np.int64),
        total.reshape(-1, 3)[keep][by_code],
        exposure.reshape(-1, 3)[keep][by_code],
    )
    names = [f"event {row}" for row in np.argsort(new_event)]
    outlet_names = ["XYZ"[row] for row in np.argsort(new_outlet)]
    kinds: tuple[MeasureKind, ...] = ("rate", "share", "mean")
    return contrast_outlets(cells, [_measure(kind, kind) for kind in kinds], outlet_names, names, Settings())


@pytest.mark.parametrize("seed", range(3))
def test_the_codes_of_events_and_outlets_change_no_byte(seed: int) -> None:
    rng = np.random.default_rng(seed)
    plain = _random_table()
    coded = _random_table(order=(rng.permutation(28), rng.permutation(3)))
    for name, column in plain.columns().items():
        assert np.array_equal(column, coded.columns()[name], equal_nan=column.dtype.kind == "f"), name


counts = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=6, max_size=14)


@settings(max_examples=40, deadline=None)
@given(counts, st.sampled_from(["rate", "share"]))
def test_swapped_outlets_flip_the_sign_and_keep_p(totals: list[tuple[int, int]], kind: MeasureKind) -> None:
    lengths = [(40 + 7 * event, 400 - 9 * event) for event in range(len(totals))]
    one = _pair(totals, lengths, kind)
    other = _pair(totals, lengths, kind, outlets=("B", "A"))
    assert one["p_value"] == other["p_value"]
    assert one["status"] == other["status"]
    assert one["higher_in"] == other["higher_in"].translate(str.maketrans("AB", "BA")) or (
        one["higher_in"] == other["higher_in"]
    )
    if one["difference"] is not None:
        assert one["difference"] == pytest.approx(-other["difference"])
    if one["ratio"] not in (None, 0.0, np.inf):
        assert one["ratio"] * other["ratio"] == pytest.approx(1, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(counts)
def test_rejection_and_interval_agree(totals: list[tuple[int, int]]) -> None:
    row = _pair([(a + 1, b + 1) for a, b in totals], kind="rate")
    if row["ci_low"] is not None and min(abs(row["ci_low"] - 1), abs(row["ci_high"] - 1)) > 1e-6:
        assert (row["p_value"] <= 0.05) == (not row["ci_low"] < 1 < row["ci_high"])


@pytest.mark.parametrize("n_events", [12, 30])
def test_without_an_outlet_effect_five_in_a_hundred_tests_reject(n_events: int) -> None:
    rng = np.random.default_rng(11)
    n_runs = 200
    lengths = np.tile(
        rng.lognormal(np.log([200, 900]), 0.4, (n_events, 2)).astype(np.int64)[:, :, None], n_runs
    )
    event = rng.normal(0, 0.5, (n_events, 1, n_runs))
    article = rng.normal(0, 0.35, (n_events, 2, n_runs))
    total = rng.poisson(lengths * 0.02 * np.exp(event + article))
    codes = np.divmod(np.arange(2 * n_events), 2)
    cells = Cells(
        *codes,
        np.ones((2 * n_events, n_runs), dtype=np.int64),
        total.reshape(-1, n_runs),
        lengths.reshape(-1, n_runs),
    )
    names = [f"event {row}" for row in range(n_events)]
    settings = Settings(draws=999)
    table = contrast_outlets(cells, [_measure()] * n_runs, ["A", "B"], names, settings)
    # 99.9 % of binomial(200, 0.05) lies from 2 to 21.
    assert 2 <= (table.p_value <= 0.05).sum() <= 21
    assert (table.status == "ok").all()
