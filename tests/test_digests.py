import pytest

from biaslens.events.digests import are_digests


@pytest.mark.parametrize(
    "title",
    [
        "Flood round-up: A dam breaks and a minister resigns",
        "A dam breaks and a minister resigns - roundup",
        "Sports roundup for Sunday",
        "Here are the latest developments in Ohio.",
        "What we know on day 7 of the flood",
        "The Week in Business: Prices Rise",
        "Your Thursday Briefing: Prices Rise",
        "Evening briefing: Prices rise",
        "The top 10 political stories of the year",
        "Friday's Sports In Brief",
        "Campaign Digest: A vote nears",
    ],
)
def test_a_title_that_announces_several_events_marks_a_digest(title: str) -> None:
    assert are_digests([title]).tolist() == [True]


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Storm hits Ohio",
        "Jury awards millions in Roundup cancer case",
        "Police round up protesters",
        "Spokesman walks out of White House briefing",
        "President skips Monday's press briefing",
        "Minister calls it a bad week in parliament",
        "5 takeaways from the debate",
    ],
)
def test_reports_of_one_event_are_no_digests(title: str) -> None:
    assert are_digests([title]).tolist() == [False]


def test_each_title_has_its_mark() -> None:
    assert are_digests(["Storm hits", "Storm round-up", ""]).tolist() == [False, True, False]
    assert are_digests([]).tolist() == []
