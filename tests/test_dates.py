"""Which day a time expression means: the words, the day of publication, the answer."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.claims.dates import when
from claimtrack.claims.expressions import MAX_EXPRESSION, expressions
from claimtrack.model import PRECISIONS

SATURDAY = "2022-05-28"

# sentence | day of publication | what it means: date and precision, or nothing
TABLE = """
Lund said on Friday that it would rain. | 2022-05-28 | 2022-05-27 day
Lund said on Saturday that it would rain. | 2022-05-28 | 2022-05-28 day
Lund said Sunday that it would rain. | 2022-05-28 | 2022-05-22 day
Lund said late Friday night that it would rain. | 2022-05-28 | 2022-05-27 day
Lund said on Thursday morning that it would rain. | 2022-05-28 | 2022-05-26 day
Lund said last Friday that it would rain. | 2022-05-27 | 2022-05-20 day
Lund said this past Tuesday that it would rain. | 2022-05-28 | 2022-05-24 day
Lund said on Tuesday last week that it would rain. | 2022-05-28 | 2022-05-17 day
Lund said on Wed. that it would rain. | 2022-05-28 | 2022-05-25 day
Lund said on May 28 that it would rain. | 2022-05-28 | 2022-05-28 day
Lund said on May 29 that it would rain. | 2022-05-28 | 2022-05-29 day
Lund said on May 31 that it would rain. | 2022-05-28 | 2021-05-31 day
Lund said on 3 May that it would rain. | 2022-05-28 | 2022-05-03 day
Lund said on the 3rd of May that it would rain. | 2022-05-28 | 2022-05-03 day
Lund said on Dec. 30 that it would rain. | 2022-01-02 | 2021-12-30 day
Lund said on Saturday, May 28, that it would rain. | 2022-05-28 | 2022-05-28 day
Lund said on Monday, March 7, 2016, that it would rain. | 2022-05-28 | 2016-03-07 day
Lund said on 29 February 2016 that it would rain. | 2022-05-28 | 2016-02-29 day
Lund said on Feb. 29 that it would rain. | 2022-05-28 | 2020-02-29 day
Lund said on 2021-11-30 that it would rain. | 2022-05-28 | 2021-11-30 day
Lund said on the 28th that it would rain. | 2022-05-28 | 2022-05-28 day
Lund said on the 31st that it would rain. | 2022-05-28 | 2022-03-31 day
Lund said today that it would rain. | 2022-05-28 | 2022-05-28 day
Lund said this morning that it would rain. | 2022-05-28 | 2022-05-28 day
Lund said earlier today that it would rain. | 2022-05-28 | 2022-05-28 day
Lund said yesterday that it would rain. | 2022-05-28 | 2022-05-27 day
Lund said last night that it would rain. | 2022-03-01 | 2022-02-28 day
Lund said two days ago that it would rain. | 2022-05-28 | 2022-05-26 day
Lund said a week ago that it would rain. | 2022-05-28 | 2022-05-16 week
Lund said last week that it would rain. | 2022-05-28 | 2022-05-16 week
Lund said earlier this week that it would rain. | 2022-05-28 | 2022-05-23 week
Lund said over the weekend that it would rain. | 2022-05-24 | 2022-05-16 week
Lund said last weekend that it would rain. | 2022-05-28 | 2022-05-16 week
Lund said last month that it would rain. | 2022-05-28 | 2022-04-01 month
Lund said earlier this month that it would rain. | 2022-05-28 | 2022-05-01 month
Lund said three months ago that it would rain. | 2022-05-28 | 2022-02-01 month
Lund said in May that it would rain. | 2022-05-28 | 2022-05-01 month
Lund said in early June that it would rain. | 2022-05-28 | 2021-06-01 month
Lund said last May that it would rain. | 2022-05-28 | 2021-05-01 month
Lund said in March 2015 that it would rain. | 2022-05-28 | 2015-03-01 month
Lund said in 2015 that it would rain. | 2022-05-28 | 2015-01-01 year
Lund said last year that it would rain. | 2022-05-28 | 2021-01-01 year
Lund said ten years ago that it would rain. | 2022-05-28 | 2012-01-01 year
Lund said next Friday that it would rain. | 2022-05-28 |
Lund said this coming Monday that it would rain. | 2022-05-28 |
Lund said on 3 June 2022 that it would rain. | 2022-05-28 |
Lund said in 2031 that it would rain. | 2022-05-28 |
Lund said a few days ago that it would rain. | 2022-05-28 |
Lund said several weeks ago that it would rain. | 2022-05-28 |
Lund said on February 31 that it would rain. | 2022-05-28 |
Lund said on 2021-02-29 that it would rain. | 2022-05-28 |
Lund said 9999 years ago that it would rain. | 2022-05-28 |
Lund said on Friday that it would rain. | |
Lund said on May 28 that it would rain. | |
Lund said two weeks ago that it would rain. | |
Lund said on May 28, 2015, that it would rain. | | 2015-05-28 day
Lund said in 2015 that it would rain. | | 2015-01-01 year
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


def shown(moment: tuple[datetime.date, str] | None) -> str:
    return f"{moment[0]} {moment[1]}" if moment else ""


def day(iso: str) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None


@pytest.mark.parametrize(("sentence", "published", "expected"), ROWS, ids=[f"{r[0][10:40]}, {r[1]}" for r in ROWS])
def test_expression_means_its_day(sentence: str, published: str, expected: str) -> None:
    (expression,) = expressions(sentence)
    assert shown(when(expression, day(published))) == expected


@pytest.mark.parametrize(
    ("words", "last", "expected"),
    [
        ("the previous night", "2022-05-28", "2022-05-27 day"),
        ("the same day", "2022-05-20", "2022-05-20 day"),
        ("later that day", "2022-05-20", "2022-05-20 day"),
        ("earlier in the day", "2022-05-20", "2022-05-20 day"),
        ("the day before", "2022-03-01", "2022-02-28 day"),
        ("the next day", "2022-05-20", "2022-05-21 day"),
        ("a day later", "2022-05-20", "2022-05-21 day"),
        ("two weeks earlier", "2022-05-20", "2022-05-02 week"),
        ("the previous month", "2022-05-20", "2022-04-01 month"),
        ("a year earlier", "2022-05-20", "2021-01-01 year"),
        ("the next day", "2022-06-10", ""),  # after publication
        ("the same day", "", ""),  # the text named none
    ],
)
def test_expression_that_points_back_is_reckoned_from_the_last_day(words: str, last: str, expected: str) -> None:
    (expression,) = expressions(f"Lund said {words} that it would rain.")
    assert shown(when(expression, day(SATURDAY), day(last))) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Berg said a day after Wednesday's vote that she would go.", "2022-05-26 day"),
        ("Berg said two days before the vote on May 20 that she would go.", "2022-05-18 day"),
        ("Berg said a day after the vote that she would go.", ""),
    ],
)
def test_expression_that_holds_a_day_is_reckoned_from_it(sentence: str, expected: str) -> None:
    assert shown(when(expressions(sentence)[0], day(SATURDAY), None, sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Theresa May said that she may march in august company.",
        "The cat sat on the sun deck on Sundays and Fridays.",
        "The Sunday Times reported losses on Black Friday, 45 percent of them in store 2015a.",
        "About 2,015 people and 1999% of nothing.",
        "Talks ran from May 3-5.",
        "ABC's This Week is a programme.",
        "",
        "x" * 100_000,
        "Mon" * 30_000,
        "on the " * 20_000,
    ],
    ids=lambda sentence: sentence[:30],
)
def test_other_words_are_no_expression(sentence: str) -> None:
    assert expressions(sentence) == []


def test_expression_is_never_long() -> None:
    assert expressions("on Friday," + " " * 1000 + "May" + " " * 1000 + "3") == []
    assert all(len(e.span) <= MAX_EXPRESSION for e in expressions("earlier " * 5000 + "on Friday"))


def test_number_that_no_calendar_has_means_nothing() -> None:
    (expression,) = expressions("Lund said 2022 years ago that it would rain.")
    assert when(expression, datetime.date(1, 1, 1)) is None


@given(
    st.sampled_from([row[0] for row in ROWS]),
    st.none() | st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)),
    st.none() | st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)),
)
def test_nothing_is_said_after_the_day_behind_publication(
    sentence: str, published: datetime.date | None, last: datetime.date | None
) -> None:
    for expression in expressions(sentence):
        moment = when(expression, published, last, sentence)
        if moment and published:
            assert moment[1] in PRECISIONS and (moment[0] - published).days <= 1
