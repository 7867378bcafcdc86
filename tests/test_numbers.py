"""Numbers in one notation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.stats.numbers import number_at


def _key(text: str) -> str | None:
    """The key of the first number of a text."""
    start = next((place for place, sign in enumerate(text) if sign.isdecimal()), 0)
    number = number_at(text, start, len(text), "en")
    return None if number is None else number.key


@pytest.mark.parametrize(
    "same",
    [
        ("2,000 people", "2000 people", "2 000 people", "two thousand people", "2 thousand men"),
        ("$1.5 billion", "$1.5bn", "1.5 billion dollars", "US$1.5 billion", "$1,500 million"),
        ("50%", "50 percent", "50 per cent", "50 pct"),
        ("20 km", "20km"),
        ("£3m", "3 million pounds", "£3 million", "£3,000,000"),
        ("3.4m children", "3.4 million children"),
        ("20 people", "20 people"),
        ("12 ships", "12 ship"),
    ],
)
def test_one_number_in_several_notations_has_one_key(same: tuple[str, ...]) -> None:
    assert len({_key(text) for text in same}) == 1
    assert _key(same[0]) is not None


@pytest.mark.parametrize(
    "text",
    [
        "March 16, 2014",
        "16 March",
        "in 2014 the talks",
        "at 10:30",
        "3-0",
        "2014-15",
        "18-year-old",
        "5 men",
        "14 and 15",
        "11 a.m.",
        "11 local time",
        "5th Avenue",
        "1.2.3",
        "A320 jets",
        "25 Grammys",
    ],
)
def test_dates_times_scores_and_bare_small_numbers_count_nothing(text: str) -> None:
    assert _key(text) is None


def test_a_small_number_differs_by_its_unit_and_a_large_one_does_not() -> None:
    assert _key("15 people") != _key("15 miles")
    assert _key("150 people") == _key("150 miles")


def test_two_currencies_are_two_numbers() -> None:
    assert len({_key("$30"), _key("€30"), _key("30%"), _key("30 days")}) == 4


@given(st.integers(100, 10**9))
def test_commas_change_no_number(n: int) -> None:
    assert _key(f"{n:,} things") == _key(f"{n} things") or 1500 <= n < 2100


@given(st.text(max_size=30), st.integers(0, 30))
def test_any_text_is_read_without_an_error(text: str, start: int) -> None:
    number = number_at(text, min(start, len(text)), len(text), "en")
    assert number is None or 0 < number.end <= len(text)
