"""Days as people write them."""

from __future__ import annotations

import datetime

import pytest

from claimtrack.cli.days import period, said_on
from claimtrack.errors import ProjectError

NEWEST = datetime.date(2022, 6, 10)
TODAY = datetime.date.today()


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2022-05-28", "2022-05-28", "2022-05-28"),
        ("2022-5-8", "2022-05-08", "2022-05-08"),
        ("2022-05", "2022-05-01", "2022-05-31"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("May 28", "2022-05-28", "2022-05-28"),
        ("28 May", "2022-05-28", "2022-05-28"),
        ("28 May 2021", "2021-05-28", "2021-05-28"),
        ("June 10", "2022-06-10", "2022-06-10"),
        ("June 11", "2021-06-11", "2021-06-11"),
        ("May 2021", "2021-05-01", "2021-05-31"),
        ("28.5.2022", "2022-05-28", "2022-05-28"),
        ("5.6.2022", "2022-06-05", "2022-06-05"),
        ("28/5/2022", "2022-05-28", "2022-05-28"),
        ("5/28/2022", "2022-05-28", "2022-05-28"),
        ("6/6/2022", "2022-06-06", "2022-06-06"),
    ],
)
def test_days_months_and_years(words: str, first: str, last: str) -> None:
    assert tuple(map(str, period(words, NEWEST))) == (first, last)


def test_relative_days_are_counted_from_today() -> None:
    assert period("today", NEWEST) == (TODAY, TODAY)
    assert period("yesterday", NEWEST)[0] == TODAY - datetime.timedelta(1)
    monday = TODAY - datetime.timedelta(TODAY.weekday() + 7)
    assert period("last week", NEWEST) == (monday, monday + datetime.timedelta(6))
    assert period("3 days ago", NEWEST)[0] == TODAY - datetime.timedelta(3)


@pytest.mark.parametrize("words", ["", "someday", "2022-02-30", "2022-13", "5/6/2022", "5-6-22", "banana 7", "0000"])
def test_what_is_no_day_or_two_is_told(words: str) -> None:
    with pytest.raises(ProjectError, match="2022-05-28"):
        period(words, NEWEST)


@pytest.mark.parametrize(
    ("words", "value"),
    [("May 28", "2022-05-28 day"), ("2022-05", "2022-05-01 month"), ("2022", "2022-01-01 year")],
)
def test_day_for_a_claim_keeps_how_narrow_it_is(words: str, value: str) -> None:
    assert said_on(words, NEWEST) == value
