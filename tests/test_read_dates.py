"""Dates are read as they are written, and never guessed."""

from __future__ import annotations

import calendar
import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaslens.reading.dates import parse_dates


@pytest.mark.parametrize(
    "value",
    [
        "2014-03-10",
        "2014-3-10",
        "2014/03/10",
        "2014-03-10T12:00:00Z",
        "2014-03-10 23:59:59.999-05:00",
        "20140310",
        "20140310T120000Z",
        "20140310120000",
        20140310,
        20140310.0,
        "Mar 10, 2014",
        "Mar. 10, 2014",
        "March 10 2014",
        "March 10th, 2014",
        "MARCH 10, 2014",
        "10 March 2014",
        "10th of March, 2014",
        "10-Mar-2014",
        "Monday, March 10, 2014",
        "Mon, 10 Mar 2014 12:00:00 GMT",
        "Mon Mar 10 12:00:00 +0000 2014",
        "Published Mar 10, 2014 at 3:45 p.m. EDT",
        "2014-03-10 (March 10, 2014)",
        datetime.date(2014, 3, 10),
        datetime.datetime(2014, 3, 10, 23, 0),
        pd.Timestamp("2014-03-10 23:30", tz="America/New_York"),
        np.datetime64("2014-03-10T23:00"),
    ],
)
def test_the_tenth_of_march_is_read_in_every_usual_form(value: object) -> None:
    dates = parse_dates([value])
    assert dates.date.tolist() == [datetime.date(2014, 3, 10)]
    assert dates.note == ("",)


def test_september_may_have_four_letters() -> None:
    assert parse_dates(["Sept. 3, 2014"]).date[0] == np.datetime64("2014-09-03")


@pytest.mark.parametrize("value", ["25/03/2014", "03/25/2014", "25.3.2014", "3/25/2014 14:00", "on 3/25/14."])
def test_numbers_that_allow_one_order_only_are_read(value: str) -> None:
    assert parse_dates([value]).date[0] == np.datetime64("2014-03-25")


def test_two_digits_of_a_year_are_read_where_one_order_only_is_possible() -> None:
    assert parse_dates(["10/28/18", "12/19/99"]).date.tolist() == [
        datetime.date(2018, 10, 28),
        datetime.date(1999, 12, 19),
    ]


def test_two_digits_of_a_year_may_allow_three_orders() -> None:
    assert parse_dates(["7/6/18", "10/11/12"]).note == (
        "date '7/6/18' not guessed: 2018-06-07 or 2018-07-06",
        "date '10/11/12' not guessed: 2012-11-10 or 2012-10-11 or 2010-11-12",
    )


def test_numbers_inside_longer_numbers_are_no_date() -> None:
    assert np.isnat(parse_dates(["1.25.3.2014.9", "192.168.25.12"]).date).all()


def test_the_same_day_and_month_need_no_order() -> None:
    assert parse_dates(["03/03/2014"]).date[0] == np.datetime64("2014-03-03")


def test_numbers_that_allow_two_orders_are_not_guessed() -> None:
    dates = parse_dates(["03/04/2014"])
    assert np.isnat(dates.date[0])
    assert dates.note == ("date '03/04/2014' not guessed: 2014-04-03 or 2014-03-04",)


def test_a_certain_neighbour_settles_nothing() -> None:
    assert np.isnat(parse_dates(["25/03/2014", "03/04/2014"]).date[1])


@pytest.mark.parametrize(
    "value", ["yesterday", "2014", "March 2014", "2014-02-30", "10-Mar-14", 1394323200, True]
)
def test_what_names_no_day_is_noted(value: object) -> None:
    dates = parse_dates([value])
    assert np.isnat(dates.date[0])
    assert dates.note == (f"date {str(value)!r} not understood",)


def test_two_dates_in_one_value_are_none() -> None:
    dates = parse_dates(["March 10, 2014, updated March 11, 2014"])
    assert np.isnat(dates.date[0])
    assert "holds several dates" in dates.note[0]


def test_a_long_value_is_cut_in_the_note() -> None:
    assert len(parse_dates(["x" * 1_000]).note[0]) < 80


@pytest.mark.parametrize("value", [None, "", "  ", float("nan"), pd.NaT, pd.NA, np.datetime64("NaT", "D")])
def test_a_missing_date_is_nothing_to_note(value: object) -> None:
    dates = parse_dates([value])
    assert np.isnat(dates.date[0])
    assert dates.note == ("",)


def test_no_values_give_no_dates() -> None:
    assert parse_dates([]).date.dtype == np.dtype("datetime64[D]")


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_iso_date_is_read(day: datetime.date) -> None:
    assert parse_dates([day.isoformat()]).date.tolist() == [day]


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_date_in_words_is_read(day: datetime.date) -> None:
    written = f"{calendar.month_name[day.month]} {day.day}, {day.year}"
    assert parse_dates([written]).date.tolist() == [day]


@given(st.text())
def test_any_text_gives_a_date_or_a_note_or_was_blank(text: str) -> None:
    dates = parse_dates([text])
    assert not np.isnat(dates.date[0]) or dates.note[0] or not text.strip()
