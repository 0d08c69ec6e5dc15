"""Which day a time expression means.

dateparser reads the words; this module says from which day they are reckoned, as news writes them: "on
Friday" is the latest Friday up to the day of publication, "May 28" the nearest one not after the day that
follows it, and nothing is said in the future. The date of an article by itself never becomes the date of
what was said in it.
"""

from __future__ import annotations

import datetime
import re
import warnings
from functools import lru_cache
from typing import Any

from claimtrack.claims.expressions import Expression, expressions
from claimtrack.model import PRECISIONS, Precision

When = tuple[datetime.date, Precision]
"""A date and how narrowly the text tells it; the date is the first day of the period."""

_ONE_DAY = datetime.timedelta(days=1)
_ONE_WEEK = datetime.timedelta(days=7)

_INNER = 60
"""How near, in characters, the day must stand that "a day after" counts from."""

_VAGUE = re.compile(r"\b(few|several|some|couple|many|dozen|decades?)\b")
_AHEAD = re.compile(
    r"^(?:(?:early|late|on) )*(next|coming|this coming|the following|that|this) (?=(?!to)\w*day\b|\w+\.)"
)
_ROUGHLY = re.compile(r"^(?:(?:early|earlier|late|later|mid|in|on|during|of|over|at)\b[ -]*)+")
_PART = re.compile(r" (?:morning|afternoon|evening|night|noon)$")
_PAST = re.compile(r"^(?:this past|past) ")
_UNITS = ("week", "month", "year")
_DAY_OF_MONTH = re.compile(r"the \d{1,2}[a-z]{2}$")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ?")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_OFFSET = re.compile(r"^(?!the |that )(\w+) (day|night|week|month|year)s? (earlier|before|previously|later|after)$")
_STEP = re.compile(
    r"^(?:the|that) (?:very )?(?:(previous|preceding|same|next|following) )?(\w+?)(?: (before|after|earlier|later))?$"
)
_BACKWARD = frozenset({"previous", "preceding", "before", "earlier", "previously"})
_FORWARD = frozenset({"next", "following", "after", "later"})


def when(
    expression: Expression, published: datetime.date | None, last: datetime.date | None = None, text: str = ""
) -> When | None:
    """Return the day, week, month or year that an expression means, or None where it cannot be told.

    Args:
        expression: what to read.
        published: the day of publication, if known.
        last: the last day that the text named before it, for "the same day" and its like.
        text: the article; needed for an expression that holds another ("a day after Friday's vote").
    """
    try:
        found = _reckoned(expression, published, last, text)
    except (ValueError, OverflowError):  # a year or a number that no calendar has
        return None
    return None if found and published and found[0] - published > _ONE_DAY else found


def _reckoned(
    expression: Expression, published: datetime.date | None, last: datetime.date | None, text: str
) -> When | None:
    words = expression.words.lower()
    if _VAGUE.search(words):
        return None
    if expression.reference == "none":
        return _absolute(words, published)
    if expression.reference == "text":
        return _from_the_text(words, last)
    if expression.reference == "inner":
        # "a day after Friday's vote", "two days before the vote on May 3".
        inner = expressions(text, expression.span.end, expression.span.end + _INNER)
        start = when(inner[0], published, last, text) if inner and inner[0].reference != "inner" else None
        return _from_the_text(words, start[0] if start and start[1] == "day" else None)
    return None if published is None else _from_publication(words, published)


def _absolute(words: str, published: datetime.date | None) -> When | None:
    # A year is enough: any base does, but dateparser wants one.
    plain = _ROUGHLY.sub("", _WEEKDAY.sub("", words) if _MONTH.search(words) else words)
    return _parsed(plain, published or datetime.date(2000, 1, 1))


def _from_publication(words: str, published: datetime.date) -> When | None:
    """Read what is reckoned from the day of publication: weekdays, dates without a year, "last week"."""
    if _AHEAD.match(words):
        return None
    plain = _PAST.sub("last ", _PART.sub("", _ROUGHLY.sub("", words)))
    weekday, month = _WEEKDAY.match(plain), _MONTH.search(plain)
    if "weekend" in plain:
        return _weekend(published, before_this="last" in plain)
    if plain in ("today", "tonight", "this"):  # "this morning", its part of the day cut off
        return published, "day"
    if plain in ("yesterday", "last"):  # "last night"
        return published - _ONE_DAY, "day"
    if _DAY_OF_MONTH.match(plain):
        return _day_of_month(int(re.sub(r"\D", "", plain)), published)
    if weekday and plain.endswith("last week"):
        # dateparser's past begins the day before its base: here, the Sunday before this week.
        return _parsed(weekday[0].strip(" ,."), published - datetime.timedelta(days=published.weekday()))
    if month and not re.search(r"\d", plain):
        # "last May" is not this month; "May" may be.
        this_month = published.replace(day=1)
        base = this_month - _ONE_DAY if plain.startswith("last ") else published
        return _parsed(plain.split()[-1], base)
    if plain.startswith("last ") and not plain.endswith(_UNITS):
        return _parsed(plain.removeprefix("last "), published)
    if weekday and month:
        plain = plain[weekday.end() :]
    # A day's name may be the day of publication; a date may be the day after it, where the clocks differ.
    return _parsed(plain, published + _ONE_DAY if weekday or month else published)


def _weekend(published: datetime.date, before_this: bool) -> When:
    """Return the week of the latest Saturday up to publication; on a weekend, "last" means the one before."""
    back = (published.weekday() - 5) % 7
    saturday = published - datetime.timedelta(days=back)
    return _first_day(saturday - _ONE_WEEK if before_this and back < 2 else saturday, "week")


def _day_of_month(day: int, published: datetime.date) -> When | None:
    """Return the latest such day up to publication; a month that has none is passed over."""
    for back in range(62):
        date = published - datetime.timedelta(days=back)
        if date.day == day:
            return date, "day"
    return None


def _from_the_text(words: str, last: datetime.date | None) -> When | None:
    if last is None:
        return None
    offset = _OFFSET.match(words)
    if offset:
        number, unit, way = offset.groups()
        unit = "day" if unit == "night" else unit
        back = way in _BACKWARD
        return _parsed(f"{number} {unit} ago" if back else f"in {number} {unit}", last, unit)
    step = _STEP.match(re.sub(r"^(?:earlier|later) (?:on )?(?:in )?", "", words))
    if step is None:
        return None
    way, unit = step[1] or step[3] or "same", step[2]
    unit = unit if unit in PRECISIONS else "day"
    if way in _BACKWARD:
        return _parsed(f"1 {unit} ago", last, unit)
    if way in _FORWARD:
        return _parsed(f"in 1 {unit}", last, unit)
    return _first_day(last, unit)


def _first_day(date: datetime.date, precision: Precision) -> When:
    if precision == "week":
        return date - datetime.timedelta(days=date.weekday()), precision
    if precision == "month":
        return date.replace(day=1), precision
    if precision == "year":
        return date.replace(month=1, day=1), precision
    return date, precision


def _parsed(words: str, base: datetime.date, unit: str | None = None) -> When | None:
    """Let dateparser read plain words ("friday", "may 28", "2 weeks ago"), reckoned from ``base``.

    Args:
        words: what to read, lower case.
        base: the day that it is reckoned from; a bare weekday or date is the last one before it.
        unit: the precision, where the words do not tell it.
    """
    read = _read(words, base)
    if read is None:
        return None
    date, period = read
    precision = unit or period
    return _first_day(date, precision) if precision in PRECISIONS else None


@lru_cache(maxsize=4096)
def _read(words: str, base: datetime.date) -> tuple[datetime.date, str] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = _parser(base).get_date_data(words)
    return (data.date_obj.date(), data.period) if data.date_obj else None


@lru_cache(maxsize=64)
def _parser(base: datetime.date) -> Any:
    from dateparser.date import DateDataParser

    noon = datetime.datetime.combine(base, datetime.time(12))
    return DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": noon, "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first",
            "PREFER_MONTH_OF_YEAR": "first", "PARSERS": ["relative-time", "absolute-time"],
        },
    )  # fmt: skip
