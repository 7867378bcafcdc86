from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from biaslens.events.group import Grouping, group_articles
from biaslens.events.sketch import sketch_articles
from biaslens.settings import Settings

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
SEED_DATES = np.array(["2014-03-09", "2014-03-11", "2014-03-14", "2014-03-10", "2014-09-03"], "M8[D]")

DEFAULT = Settings()

MEETING = "talks between John Kerry and Sergei Lavrov on the referendum in Crimea"
STORM = "a storm flooded streets in Ohio and Kentucky, leaving thousands without power"
BODIES = [
    MEETING,
    STORM,
    MEETING + " ended in London",
    STORM + " overnight",
    "the striker scored twice in Madrid",
    MEETING + " went on",
    MEETING,
]
DATES = np.array(
    ["2014-03-14", "2014-03-14", "2014-03-15", "2014-03-16", "NaT", "2014-03-10", "2014-03-14"], "M8[D]"
)


def group(
    bodies: list[str], dates: np.ndarray, given: list[str] | None = None, settings: Settings = DEFAULT
) -> Grouping:
    sketch = sketch_articles([""] * len(bodies), bodies)
    return group_articles(sketch, dates, given or [""] * len(bodies), settings)


def seeds() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in SEEDS]


def test_seeds_of_march_are_one_story_and_september_another() -> None:
    assert group(seeds(), SEED_DATES).story.tolist() == [0, 0, 0, 0, 1]


def test_seeds_without_dates_are_the_same_two_stories() -> None:
    assert group(seeds(), np.full(5, np.datetime64("NaT", "D"))).story.tolist() == [0, 0, 0, 0, 1]


def test_seeds_on_the_calls_of_kerry_and_lavrov_are_one_event_and_london_another() -> None:
    event = group(seeds(), SEED_DATES).event
    assert event[1] == event[3]
    assert event[2] not in event[[0, 1, 3, 4]]


def test_stories_reach_further_back_than_events() -> None:
    grouping = group([MEETING, MEETING], np.array(["2014-03-01", "2014-03-21"], "M8[D]"))
    assert grouping.event.tolist() == [0, 1]
    assert grouping.story.tolist() == [0, 0]


def test_given_events_are_parts_of_stories() -> None:
    grouping = group([MEETING, MEETING, STORM], DATES[:3], ["mine", "", ""])
    assert grouping.event[0] != grouping.event[1]
    assert grouping.story[0] == grouping.story[1] != grouping.story[2]


def test_two_reports_of_one_meeting_are_one_event() -> None:
    event = group(BODIES[:3], DATES[:3]).event
    assert event[0] == event[2] != event[1]


def test_the_same_words_a_year_apart_are_two_events() -> None:
    assert group([MEETING, MEETING], np.array(["2013-03-14", "2014-03-14"], "M8[D]")).event.tolist() == [0, 1]


def test_articles_without_dates_are_grouped_by_their_words() -> None:
    undated = np.full(4, np.datetime64("NaT", "D"))
    event = group(BODIES[:4], undated).event
    assert event[0] == event[2]
    assert event[1] == event[3]
    assert event[0] != event[1]


def test_undated_articles_are_marked() -> None:
    assert np.flatnonzero(group(BODIES, DATES).undated).tolist() == [4]


def test_events_are_numbered_by_date() -> None:
    grouping = group([STORM, MEETING], np.array(["2014-03-15", "2014-01-14"], "M8[D]"))
    assert grouping.event.tolist() == [1, 0]


def test_a_given_event_holds_unlike_articles_together() -> None:
    event = group([MEETING, STORM], DATES[:2], ["mine", "mine"]).event
    assert event.tolist() == [0, 0]


def test_a_given_event_takes_no_other_article() -> None:
    event = group([MEETING] * 3, np.array(["2014-03-14"] * 3, "M8[D]"), ["mine", "", ""]).event
    assert event[0] not in event[1:]
    assert event[1] == event[2]


def test_given_events_with_different_labels_stay_apart() -> None:
    event = group([MEETING, MEETING], DATES[[0, 0]], ["mine", "yours"]).event
    assert len(set(event.tolist())) == 2


def test_given_events_have_no_confidence() -> None:
    grouping = group(BODIES, DATES, ["mine", *[""] * 6])
    assert np.isnan(grouping.confidence).tolist() == grouping.given.tolist() == [True] + [False] * 6


def test_confidence_of_a_lone_article_far_from_others_is_the_root_of_the_threshold() -> None:
    confidence = group([MEETING, STORM], DATES[:2], settings=Settings(event_similarity=0.16)).confidence
    np.testing.assert_allclose(confidence, 0.4)


def test_confidence_of_two_equal_articles_far_from_others_is_one() -> None:
    dates = np.array(["2014-03-14"] * 3, "M8[D]")
    np.testing.assert_allclose(group([MEETING, MEETING, STORM], dates).confidence[:2], 1)


def test_a_digest_is_an_event_and_a_story_of_its_own() -> None:
    found = titled(["Round-up: Kerry meets Lavrov", "", "", "Round-up: Kerry meets Lavrov"])
    assert found.digest.tolist() == [True, False, False, True]
    for codes in (found.event, found.story):
        assert codes[1] == codes[2]
        assert len(set(codes[[0, 1, 3]].tolist())) == 3


def test_digests_have_no_confidence() -> None:
    assert np.isnan(titled(["Round-up: Kerry meets Lavrov", "", ""]).confidence).tolist() == [
        True,
        False,
        False,
    ]


def test_a_given_event_holds_its_digests() -> None:
    found = titled(["Round-up: Kerry meets Lavrov", ""], ["mine", "mine"])
    assert found.event.tolist() == [0, 0]
    assert not found.digest.any()


def titled(titles: list[str], given: list[str] | None = None) -> Grouping:
    sketch = sketch_articles(titles, [MEETING] * len(titles))
    dates = np.array(["2014-03-14"] * len(titles), "M8[D]")
    return group_articles(sketch, dates, given or [""] * len(titles), Settings())


def test_no_articles_give_no_events() -> None:
    assert len(group([], np.zeros(0, "M8[D]"))) == 0


def test_articles_without_text_stay_alone() -> None:
    assert group(["", ""], DATES[:2]).event.tolist() in ([0, 1], [1, 0])


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(7)), st.lists(st.sampled_from(["", "", "mine"]), min_size=7, max_size=7))
def test_the_order_of_articles_changes_nothing(rows: list[int], labels: list[str]) -> None:
    plain = group(BODIES, DATES, labels)
    shuffled = group([BODIES[row] for row in rows], DATES[rows], [labels[row] for row in rows])
    assert shuffled.event.tolist() == plain.event[rows].tolist()
    assert shuffled.story.tolist() == plain.story[rows].tolist()
    np.testing.assert_array_equal(shuffled.confidence, plain.confidence[rows])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_articles_of_many_weeks_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    bodies = [" ".join(rng.choice(MEETING.split() + STORM.split(), 8).tolist()) for _ in range(60)]
    dates = np.datetime64("2014-03-01", "D") + rng.integers(0, 90, 60)
    dates[rng.random(60) < 0.2] = np.datetime64("NaT", "D")
    rows = rng.permutation(60)
    plain, shuffled = group(bodies, dates), group([bodies[row] for row in rows], dates[rows])
    assert shuffled.event.tolist() == plain.event[rows].tolist()
    assert shuffled.story.tolist() == plain.story[rows].tolist()
    np.testing.assert_array_equal(shuffled.confidence, plain.confidence[rows])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(BODIES), min_size=1, max_size=7), st.integers(0, 40))
def test_stories_are_made_of_whole_events(bodies: list[str], days: int) -> None:
    dates = np.datetime64("2014-03-01", "D") + np.arange(len(bodies)) * days
    grouping = group(bodies, dates)
    for code in set(grouping.event.tolist()):
        assert len(set(grouping.story[grouping.event == code].tolist())) == 1
