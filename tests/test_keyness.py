"""Key terms."""

from collections.abc import Sequence
from math import log, sqrt

import numpy as np
import numpy.typing as npt
import pytest

from biaslens.cells import TermCells
from biaslens.findings import TermTable
from biaslens.settings import Settings
from biaslens.stats.keyness import key_terms, stratified_log_odds

TERMS = [f"word{row:02}" for row in range(30)]


def _cells(counts: npt.NDArray[np.int64]) -> TermCells:
    """From counts of shape (n_events, n_outlets, n_terms)."""
    event, outlet, term = np.nonzero(counts)
    return TermCells(event, outlet, term, counts[event, outlet, term])


def _table(counts: npt.NDArray[np.int64], terms: Sequence[str] = TERMS, outlets: str = "ABC") -> TermTable:
    names = [f"event {row}" for row in range(len(counts))]
    return key_terms(
        _cells(counts), terms[: counts.shape[2]], list(outlets[: counts.shape[1]]), names, Settings()
    )


def _planted(n_events: int = 12) -> npt.NDArray[np.int64]:
    """Thirty words used alike by three outlets, and word00 six times as often by the second."""
    rng = np.random.default_rng(4)
    rate = np.full((n_events, 3, 30), 3.0)
    rate[:, 1, 0] = 18
    return rng.poisson(rate * rng.uniform(0.5, 2, (n_events, 1, 30)))


def test_one_event_is_worked_by_hand() -> None:
    # y = 3 of 10, y' = 1 of 10, prior 4 of 20: log[7 / 23] - log[5 / 25], variance 1 / 7 + 1 / 5.
    one = stratified_log_odds(*(np.array([figure]) for figure in (3.0, 10.0, 4.0, 20.0)))
    assert one.value[0] == pytest.approx(log(7 / 23) - log(5 / 25))
    assert one.precision[0] == pytest.approx(1 / (1 / 7 + 1 / 5))


def test_z_sums_events_by_their_precision() -> None:
    counts = np.array([[[3, 7], [1, 9]], [[2, 3], [2, 18]]] * 3)
    table = _table(counts)
    row = table.to_frame().set_index(["outlet", "term"]).loc[("A", "word00")]
    deltas = [log(7 / 23) - log(5 / 25), log(6 / (5 + 25 - 6)) - log(6 / (20 + 25 - 6))]
    weights = [1 / (1 / 7 + 1 / 5), 1 / (1 / 6 + 1 / 6)]
    weighted = 3 * sum(delta * weight for delta, weight in zip(deltas, weights, strict=True))
    assert row["z"] == pytest.approx(weighted / sqrt(3 * sum(weights)))
    assert row["log_odds"] == pytest.approx(weighted / (3 * sum(weights)))
    assert (row["count"], row["n_events"]) == (15, 6)


def test_two_outlets_mirror_each_other() -> None:
    frame = _table(_planted()[:, :2]).to_frame().pivot(index="term", columns="outlet", values="z").dropna()
    assert len(frame) > 10
    np.testing.assert_allclose(frame["A"], -frame["B"], atol=1e-12)


def test_a_planted_word_comes_first_and_survives() -> None:
    frame = _table(_planted()).to_frame()
    first = frame[frame.outlet == "B"].iloc[0]
    assert (first.term, bool(first.survives)) == ("word00", True)
    assert first.z > 0


def test_texts_that_differ_by_chance_alone_seldom_have_a_surviving_word() -> None:
    rng = np.random.default_rng(6)
    survivals = sum(
        bool(_table(rng.poisson(3, (8, 3, 30)) * np.array([1, 1, 1])[:, None]).survives.any())
        for _ in range(30)
    )
    # Three outlets at 5 % each: at most 15 % of corpora; 99.9 % of binomial(30, 0.15) is 11 or less.
    assert survivals <= 11


def test_below_six_shared_events_there_are_counts_only() -> None:
    table = _table(_planted(5))
    assert len(table) > 0
    assert np.isnan(table.z).all()
    assert np.isnan(table.log_odds).all()
    assert not table.survives.any()
    counts = table.count[table.outlet == "B"]
    assert (np.diff(counts) <= 0).all()


def test_events_of_one_outlet_do_not_count() -> None:
    counts = np.concatenate([_planted(), _planted() * np.array([1, 0, 0])[:, None]])
    alone, more = _table(_planted()), _table(counts)
    assert alone.count.tolist() == more.count.tolist()
    np.testing.assert_allclose(alone.z, more.z)


def test_a_term_of_one_event_is_left_out() -> None:
    counts = _planted()
    counts[1:, :, 7] = 0
    counts[0, :, 7] = 50
    assert "word07" not in _table(counts).term


def test_a_term_used_four_times_is_left_out() -> None:
    counts = _planted()
    counts[:, 0, 7] = [2, 2, *[0] * 10]
    table = _table(counts)
    assert "word07" not in table.term[table.outlet == "A"]
    assert table.count.min() >= 5


def test_at_most_fifty_terms_are_kept_per_outlet() -> None:
    terms = [f"word{row:02}" for row in range(70)]
    table = _table(np.random.default_rng(1).poisson(5, (8, 2, 70)), terms)
    assert (table.outlet == "A").sum() == 50


def test_codes_and_row_order_change_no_byte() -> None:
    counts = _planted()
    rng = np.random.default_rng(9)
    events, outlets, words = rng.permutation(12), rng.permutation(3), rng.permutation(30)
    cells = _cells(counts[events][:, outlets][:, :, words])
    order = rng.permutation(len(cells.count))
    moved = key_terms(
        TermCells(cells.event[order], cells.outlet[order], cells.term[order], cells.count[order]),
        [TERMS[row] for row in words],
        ["ABC"[row] for row in outlets],
        [f"event {row}" for row in events],
        Settings(),
    )
    for name, column in _table(counts).columns().items():
        assert np.array_equal(column, moved.columns()[name], equal_nan=column.dtype.kind == "f"), name


def test_no_text_gives_an_empty_table() -> None:
    assert len(_table(np.zeros((3, 2, 30), dtype=np.int64))) == 0
    assert len(key_terms(_cells(np.zeros((0, 2, 0), dtype=np.int64)), [], ["A", "B"], [], Settings())) == 0


def test_an_event_with_a_single_term_has_no_odds_and_raises_no_warning() -> None:
    counts = np.concatenate([_planted(), np.zeros((1, 3, 30), dtype=np.int64)])
    counts[-1, :, 3] = 4
    table = _table(counts)
    assert np.isfinite(table.z).all()
