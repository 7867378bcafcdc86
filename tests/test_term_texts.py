"""Texts as counts of terms."""

from dataclasses import replace

import numpy as np
import pytest

from biaslens.cells import TermCells
from biaslens.stats.log_odds import stratified_log_odds
from biaslens.stats.term_texts import TermTexts, odds_of_texts, stack_texts, uses_beside_others

# Uses by event, outlet and term; the third event has one outlet alone.
COUNTS = np.array(
    [
        [[3, 7, 2], [1, 9, 0], [0, 5, 0]],
        [[2, 3, 0], [0, 0, 0], [2, 18, 1]],
        [[0, 0, 0], [4, 4, 4], [0, 0, 0]],
    ]
)
TERMS = ["talks", "war", "war talks"]


def _cells() -> TermCells:
    event, outlet, term = np.nonzero(COUNTS)
    return TermCells(event, outlet, term, COUNTS[event, outlet, term])


def _texts(cells: TermCells | None = None) -> TermTexts:
    return stack_texts(cells or _cells(), TERMS, ["A", "B", "C"], ["one", "two", "three"])


def _masked() -> TermTexts:
    """Outlet B is masked for the first term."""
    return _texts(replace(_cells(), masked_outlet=np.array([1]), masked_term=np.array([0])))


def test_texts_are_in_alphabetical_order_without_events_of_one_outlet() -> None:
    texts = _texts()
    assert texts.events == ("one", "two")
    assert (texts.event.tolist(), texts.outlet.tolist()) == ([0, 0, 0, 1, 1], [0, 1, 2, 0, 2])


def test_a_text_is_as_long_as_its_single_words() -> None:
    assert _texts().words.tolist() == [10, 10, 5, 5, 20]


def test_uses_stand_beside_those_of_all_others() -> None:
    uses = uses_beside_others(_texts(), 0, np.array([0, 2]))
    assert uses.count.tolist() == [[3, 2], [2, 0]]
    assert uses.words.tolist() == [[10, 10], [5, 5]]
    assert uses.count_others.tolist() == [[1, 0], [2, 1]]
    assert uses.words_others.tolist() == [[15, 15], [20, 20]]


def test_a_masked_outlet_is_nobodys_other_for_its_terms() -> None:
    uses = uses_beside_others(_masked(), 0, np.array([0, 1]))
    assert uses.count_others.tolist() == [[0, 14], [2, 18]]
    assert uses.words_others.tolist() == [[5, 15], [20, 20]]


def test_the_odds_of_a_text_are_against_the_rest_of_its_event() -> None:
    found = odds_of_texts(_texts())
    expected = stratified_log_odds(*(np.array([figure]) for figure in (3.0, 10.0, 4.0, 25.0)))
    assert found.precision[0, 0] == pytest.approx(expected.precision[0])
    assert found.weighted[0, 0] == pytest.approx(expected.value[0] * expected.precision[0])


def test_the_odds_leave_out_masked_texts_and_their_words() -> None:
    found = odds_of_texts(_masked())
    expected = stratified_log_odds(*(np.array([figure]) for figure in (3.0, 10.0, 3.0, 15.0)))
    assert found.precision[0, 0] == pytest.approx(expected.precision[0])
    assert found.precision[1, 0] == 0


def test_centred_odds_sum_to_nothing_over_an_event() -> None:
    texts = _texts()
    found = odds_of_texts(texts)
    np.testing.assert_allclose((texts.by_event @ found.centred).toarray(), 0, atol=1e-12)
    squares = (texts.by_event @ found.centred.multiply(found.centred)).toarray() / [[3], [2]]
    np.testing.assert_allclose(found.spread.toarray(), squares)
    assert found.most.toarray()[1, 0] == pytest.approx(abs(found.centred[3, 0]))


def test_some_terms_are_taken_in_the_given_order() -> None:
    taken = _masked().take(np.array([2, 0]))
    assert taken.terms == ("war talks", "talks")
    assert taken.count.toarray()[0].tolist() == [2, 3]
    assert taken.masked.tolist() == [[False, False], [False, True], [False, False]]
    assert taken.words.tolist() == _texts().words.tolist()
