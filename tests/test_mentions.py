import pytest

from biaslens.events.mentions import named_days


@pytest.mark.parametrize(
    "text", ["March 14", "14 March", "Mar. 14", "MARCH 14", "March 14th is not; on 14 March, 2014"]
)
def test_a_day_of_a_month_is_found_in_each_way_of_writing_it(text: str) -> None:
    assert named_days(text) == {"mar 14"}


@pytest.mark.parametrize(
    "text", ["He may go.", "in March 2014", "a march of 14 miles", "44 March", "0 May", "the sun"]
)
def test_what_names_no_day_is_left_alone(text: str) -> None:
    assert named_days(text) == frozenset()


def test_weekdays_are_found() -> None:
    assert named_days("On Tuesday; by SUNDAY's vote, the birthday") == {"tuesday"}
