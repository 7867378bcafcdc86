"""What a number of shared events allows to be said."""

import pytest

from biaslens.settings import Settings
from biaslens.stats.ladder import (
    events_for_discovery,
    events_for_interval,
    pair_sentence,
    smallest_p,
    status_of,
)


@pytest.mark.parametrize(
    ("n_events", "status"),
    [
        (0, "no shared event"),
        (1, "counts only"),
        (2, "counts only"),
        (3, "estimate only"),
        (5, "estimate only"),
        (6, "provisional"),
        (9, "provisional"),
        (10, "ok"),
        (5000, "ok"),
    ],
)
def test_the_ladder_has_these_steps(n_events: int, status: str) -> None:
    assert status_of(n_events, Settings()) == status


def test_the_steps_follow_the_settings() -> None:
    settings = Settings(min_shared_events=2, min_adjusted_events=4)
    assert [status_of(n, settings) for n in (1, 2, 4)] == ["counts only", "provisional", "ok"]


def test_adjusting_never_starts_before_p_values_do() -> None:
    assert status_of(4, Settings(min_adjusted_events=3)) == "estimate only"


def test_lopsided_hits_allow_no_test_however_few_events_one_takes() -> None:
    settings = Settings(min_shared_events=1, min_adjusted_events=1)
    assert [status_of(n, settings, lopsided=True) for n in (2, 3)] == ["counts only", "estimate only"]


@pytest.mark.parametrize(("n_events", "p"), [(1, 1.0), (3, 0.25), (6, 0.03125)])
def test_the_smallest_p_halves_with_each_event(n_events: int, p: float) -> None:
    assert smallest_p(n_events) == p


def test_no_event_has_the_p_value_of_no_evidence() -> None:
    assert smallest_p(0) == 1


@pytest.mark.parametrize(("n_tests", "n_events"), [(1, 6), (20, 10), (640, 15)])
def test_more_tests_need_more_events(n_tests: int, n_events: int) -> None:
    assert events_for_discovery(n_tests, 0.05) == n_events
    assert smallest_p(n_events) <= 0.05 / n_tests < smallest_p(n_events - 1)


def test_an_interval_needs_enough_events_for_its_level() -> None:
    assert events_for_interval(Settings()) == 6
    assert events_for_interval(Settings(confidence=0.5, min_shared_events=1)) == 2


@pytest.mark.parametrize(
    ("n_events", "words"),
    [
        (0, "share no event"),
        (1, "share 1 event: too few for an estimate"),
        (3, "the smallest possible p-value is 0.25, so none is printed"),
        (7, "provisional"),
        (1200, "share 1,200 events: differences are taken inside these events"),
    ],
)
def test_each_step_says_what_it_allows(n_events: int, words: str) -> None:
    assert words in pair_sentence("Reuters", "Xinhua", n_events, Settings())
