"""Salient terms of events."""

import numpy as np
import pytest

from biaslens.cells import TermCells
from biaslens.stats.salient import MIN_ELSEWHERE, salient_terms, term_places

ELSEWHERE = MIN_ELSEWHERE // 2


def _cells(uses: dict[str, list[int]], elsewhere: int = ELSEWHERE) -> tuple[TermCells, list[str]]:
    """Event 0 has three outlets with so many uses of each word; all cells have "said", two in each event."""
    words = ["said", *uses]
    rows = [
        (0, outlet, words.index(word), n)
        for word, counts in uses.items()
        for outlet, n in enumerate(counts)
        if n
    ]
    rows += [
        (event, outlet, 0, 5) for event in range(elsewhere + 1) for outlet in range(3 if event == 0 else 2)
    ]
    table = np.array(rows, dtype=np.int64)
    return TermCells(table[:, 0], table[:, 1], table[:, 2], table[:, 3]), words


def _terms(uses: dict[str, list[int]], elsewhere: int = ELSEWHERE) -> list[tuple[str, ...]]:
    return list(salient_terms(*_cells(uses, elsewhere)).forms)


def test_a_word_of_two_outlets_that_is_rare_elsewhere_is_salient() -> None:
    assert _terms({"tariff": [2, 2, 0]}) == [("tariff",)]


@pytest.mark.parametrize(
    "uses",
    [
        pytest.param({"tariff": [9, 0, 0]}, id="one outlet has it"),
        pytest.param({"tariff": [1, 1, 1]}, id="it is used once"),
        pytest.param({"saturday": [5, 5, 5]}, id="it is a day"),
        pytest.param({"5g": [5, 5, 5]}, id="it has a figure"),
    ],
)
def test_other_words_are_not(uses: dict[str, list[int]]) -> None:
    assert _terms(uses) == []


def test_a_word_of_all_events_is_not_salient_in_one() -> None:
    assert ("said",) not in _terms({"tariff": [2, 2, 2]})


def test_too_few_other_reports_tell_nothing() -> None:
    assert _terms({"tariff": [2, 2, 2]}, elsewhere=ELSEWHERE - 1) == []


def test_the_most_telling_word_comes_first_and_forms_are_one_term() -> None:
    uses = {"steel": [2, 2, 0], "tariffs": [4, 4, 4], "tariff": [1, 1, 0], "unknown": [1, 0, 0]}
    assert _terms(uses) == [("tariff", "tariffs"), ("steel",)]


def test_the_order_of_words_and_rows_changes_nothing() -> None:
    uses = {"steel": [2, 2, 2], "tariff": [2, 2, 2], "trade": [2, 2, 2]}
    cells, words = _cells(uses)
    back = np.arange(len(cells.event))[::-1]
    turned = TermCells(
        cells.event[back], cells.outlet[back], len(words) - 1 - cells.term[back], cells.count[back]
    )
    assert salient_terms(turned, words[::-1]).forms == salient_terms(cells, words).forms


def test_no_words_have_no_terms() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert salient_terms(TermCells(none, none, none, none), []).forms == ()


def test_a_term_stands_only_as_a_whole_word() -> None:
    assert term_places("strikers strike. strike", ("strike",)) == [9, 17]
