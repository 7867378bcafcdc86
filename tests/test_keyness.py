"""Key terms."""

from collections.abc import Sequence
from dataclasses import replace
from math import log, sqrt

import numpy as np
import numpy.typing as npt
import pytest

from biaslens.cells import TermCells
from biaslens.findings import TermTable
from biaslens.settings import Settings
from biaslens.stats.keyness import key_terms

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
    survivals = sum(bool(_table(rng.poisson(3, (8, 3, 30))).survives.any()) for _ in range(60))
    # At most 5 % of corpora, whatever the number of outlets: 99.9 % of binomial(60, 0.05) is 9 or less.
    assert survivals <= 9


def test_a_long_text_beside_a_short_one_has_no_surviving_word_for_its_length() -> None:
    rng = np.random.default_rng(7)
    rate = np.where(np.arange(2)[:, None] == 0, 0.9, 0.1) * np.ones((20, 2, 200))
    survivals = sum(
        bool(_table(rng.poisson(rate), [f"word{row:03}" for row in range(200)]).survives.any())
        for _ in range(20)
    )
    # 99.9 % of binomial(20, 0.05) is 5 or less; by changes of names alone it would be most of them.
    assert survivals <= 5


def _like_a_language() -> npt.NDArray[np.int64]:
    """400 words in 30 events, as unequally common as those of a language; the first one is never used."""
    rate = 20 / np.arange(1, 401)
    counts = np.random.default_rng(8).poisson(rate, (30, 3, 400))
    counts[:, :, 0] = 0
    return counts


WORDS = [f"word{row:03}" for row in range(400)]


def test_a_word_planted_in_ten_events_of_thirty_survives() -> None:
    counts = _like_a_language()
    counts[:10, 0, 0] = 3
    table = _table(counts, WORDS)
    assert table.term[table.survives & (table.outlet == "A")].tolist() == ["word000"]


def test_a_word_that_two_events_are_full_of_does_not_survive() -> None:
    counts = _like_a_language()
    counts[:2, 0, 0] = 60
    frame = _table(counts, WORDS).to_frame().query("outlet == 'A'")
    assert frame.term.iloc[0] == "word000"
    assert not frame.survives.any()


def test_a_word_that_an_outlet_avoids_is_shown_where_it_survives() -> None:
    counts = np.random.default_rng(8).poisson(2.0, (30, 3, 40))
    counts[:, :, 0] = [4, 4, 0]
    row = _table(counts, [f"word{row:02}" for row in range(40)]).to_frame().query("outlet == 'C'").iloc[0]
    assert (row.term, row["count"], bool(row.survives), row.z < 0) == ("word00", 0, True, True)


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
    counts[:, :, 7] = 1
    counts[:, 0, 7] = [2, 2, *[0] * 10]
    table = _table(counts)
    assert "word07" not in table.term[table.outlet == "A"]
    assert table.count[~table.survives].min() >= 5


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


def test_a_masked_term_is_no_term_of_its_outlet_nor_compared_with_it() -> None:
    counts = _planted()
    counts[:, 2, 0] = 90
    cells = replace(_cells(counts), masked_outlet=np.array([2]), masked_term=np.array([0]))
    names = [f"event {row}" for row in range(len(counts))]
    masked = key_terms(cells, TERMS, list("ABC"), names, Settings()).to_frame().set_index(["outlet", "term"])
    assert ("C", "word00") not in masked.index
    counts[:, 2, 0] = 0
    two = counts.copy()
    two[:, 2, :] = 0
    row, alone = masked.loc[("B", "word00")], _table(two).to_frame().set_index(["outlet", "term"])
    assert row["odds_ratio"] == pytest.approx(alone.loc[("B", "word00"), "odds_ratio"], rel=0.1)


def test_words_alone_make_up_the_length_of_a_text() -> None:
    counts = _planted()
    runs = np.concatenate([counts, counts[:, :, :5]], axis=2)
    plain = _table(counts).to_frame().set_index(["outlet", "term"])
    more = _table(runs, [*TERMS, *(f"{term} run" for term in TERMS[:5])]).to_frame()
    assert set(more.n) == {1, 2}
    both = more.set_index(["outlet", "term"]).loc[plain.index]
    np.testing.assert_allclose(both.z, plain.z)
    np.testing.assert_allclose(both.log_likelihood, plain.log_likelihood)


def _runs(uses: dict[str, int]) -> list[str]:
    """The runs shown of outlet A, which uses each so often in each of 8 events, where B never does."""
    counts = np.full((8, 2, len(uses) + 1), 50)
    counts[:, 0, 1:], counts[:, 1, 1:] = list(uses.values()), 0
    frame = _table(counts, ["filler", *uses]).to_frame().query("outlet == 'A' and n > 1")
    return sorted(frame.term)


def test_two_words_that_stand_in_three_are_not_listed_twice() -> None:
    assert _runs({"mass destruction": 10, "weapons of mass": 10, "of mass destruction": 9}) == [
        "weapons of mass"
    ]


def test_two_words_used_more_often_than_the_three_around_them_are_listed() -> None:
    uses = {"white house": 10, "white house officials": 7}
    assert _runs(uses) == sorted(uses)


def test_of_three_words_that_go_on_in_three_others_the_first_are_listed() -> None:
    assert _runs({"big old house": 10, "old house fell": 10, "house fell down": 10}) == ["big old house"]


def test_single_words_stay_beside_the_runs_that_hold_them() -> None:
    counts = np.full((8, 2, 3), 50)
    counts[:, 0, 1:], counts[:, 1, 1:] = 10, 0
    assert {"boris", "boris johnson"} <= set(_table(counts, ["filler", "boris", "boris johnson"]).term)


def test_association_measures_are_worked_by_hand() -> None:
    counts = np.zeros((6, 2, 2), dtype=np.int64)
    counts[:, 0], counts[:, 1] = [4, 96], [1, 99]
    row = _table(counts).to_frame().set_index(["outlet", "term"]).loc[("A", "word00")]
    assert row["odds_ratio"] == pytest.approx(4 * 99 / 96)
    assert row["log_ratio"] == pytest.approx(2)
    by_cell = [(24, 15), (576, 585), (6, 15), (594, 585)]
    assert row["log_likelihood"] == pytest.approx(2 * sum(o * log(o / e) for o, e in by_cell))
