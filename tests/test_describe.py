"""Each outlet's own figures."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from biaslens.cells import Cells
from biaslens.codebook import Corpus, Measure
from biaslens.hits import Counted, Hits
from biaslens.settings import Settings
from biaslens.stats.describe import describe_outlets


def _count(corpus: Corpus) -> Counted:
    return Counted.from_hits(Hits.none(), np.ones(len(corpus.texts), dtype=np.int64))


RATE = Measure(
    "rate", "lexical", "per 1,000 words", 0, None, "rate", 1000.0, "own", "", "", "", "", "", "", _count
)
GONE = Measure(
    "gone", "lexical", "share", 0, 1, "share", 1.0, "own", "", "", "", "", "", "", None, "no word list yet"
)


def _only(
    totals: Sequence[int], exposures: Sequence[int], settings: Settings | None = None
) -> dict[str, Any]:
    n = len(totals)
    cells = Cells(
        np.arange(n),
        np.zeros(n, dtype=np.int64),
        np.full((n, 1), 2),
        np.array(totals, dtype=np.int64)[:, None],
        np.array(exposures, dtype=np.int64)[:, None],
    )
    names = [f"event {row}" for row in range(n)]
    (row,) = describe_outlets(cells, [RATE], ["A"], names, settings or Settings()).rows()
    return row


def test_the_value_pools_all_events() -> None:
    row = _only([1, 5], [100, 900])
    assert (row["value"], row["n_events"], row["n_articles"]) == (6.0, 2, 4)


def test_few_events_have_no_interval_and_a_note() -> None:
    row = _only([3], [100])
    assert (row["ci_low"], row["note"]) == (None, "1 event: too few for an interval (6 needed)")
    assert _only([3] * 5, [100] * 5)["note"] == "5 events: too few for an interval (6 needed)"


def test_the_interval_of_six_events_spans_their_values() -> None:
    row = _only([1, 2, 3, 4, 5, 6], [100] * 6)
    assert (row["value"], row["note"]) == (35.0, "")
    assert (row["ci_low"], row["ci_high"]) == (pytest.approx(10), pytest.approx(60))


def test_the_interval_weighs_events_by_their_length() -> None:
    # The longest event has the highest rate: dropping it moves the pooled value most.
    row = _only([1, 1, 1, 1, 1, 1, 1, 90], [100] * 7 + [3000])
    assert row["ci_low"] < row["value"] < row["ci_high"]
    assert row["ci_low"] == pytest.approx(10)


def test_a_stricter_level_needs_more_events() -> None:
    note = _only([1, 2, 3, 4, 5, 6], [100] * 6, Settings(confidence=0.99))["note"]
    assert note == "6 events: too few for an interval (8 needed)"


def test_what_never_occurs_has_no_interval() -> None:
    row = _only([0] * 9, [100] * 9)
    assert (row["value"], row["ci_low"]) == (0.0, None)
    assert row["note"] == "the same value in every event: no interval"


def test_events_without_exposure_do_not_count() -> None:
    row = _only([3, 0, 0], [100, 0, 0])
    assert (row["n_events"], row["n_articles"], row["value"]) == (1, 2, 30.0)


def test_no_exposure_is_a_missing_value_and_never_zero() -> None:
    row = _only([0, 0], [0, 0])
    assert (row["value"], row["note"]) == (None, "nothing to measure it on in this outlet's articles")


def test_an_unavailable_measure_says_why() -> None:
    one = np.ones((1, 2), dtype=np.int64)
    cells = Cells(one[0, :1] * 0, one[0, :1] * 0, one, one, 100 * one)
    rows = list(describe_outlets(cells, [RATE, GONE], ["A", "B"], ["e"], Settings()).rows())
    assert [(row["outlet"], row["measure"]) for row in rows] == [
        ("A", "rate"),
        ("A", "gone"),
        ("B", "rate"),
        ("B", "gone"),
    ]
    assert (rows[1]["value"], rows[1]["note"], rows[1]["n_events"]) == (None, "no word list yet", 0)


def test_the_order_of_events_changes_no_byte() -> None:
    rng = np.random.default_rng(2)
    totals, exposures = rng.poisson(5, 40), rng.integers(100, 900, 40)
    order = rng.permutation(40)
    names = [f"event {row}" for row in range(40)]

    def interval(rows: Any) -> list[float]:
        cells = Cells(
            np.arange(40),
            np.zeros(40, dtype=np.int64),
            np.ones((40, 1), dtype=np.int64),
            totals[rows][:, None],
            exposures[rows][:, None],
        )
        table = describe_outlets(cells, [RATE], ["A"], [names[row] for row in rows], Settings())
        return [float(table.ci_low[0]), float(table.ci_high[0])]

    assert interval(np.arange(40)) == interval(order)
