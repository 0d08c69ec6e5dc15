"""Days as people write them: "2022-05-28", "May 28", "last week", "2022-05"."""

from __future__ import annotations

import datetime
import re

from claimtrack.errors import ProjectError
from claimtrack.model import PRECISIONS, Precision
from claimtrack.store.texts import days

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_EITHER_WAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})")
_FROM_TODAY = re.compile(r"\b(today|yesterday|tomorrow|now|ago|last|past|this|next)\b", re.IGNORECASE)


def period(words: str, newest: datetime.date | None = None) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of what somebody calls a day, a week, a month or a year.

    "Yesterday" and "last week" are counted from today. A day without a year ("May 28") is the latest one
    that is not after the newest article, since whoever reads May's coverage in June means that May.

    Args:
        words: what was written.
        newest: the day of the newest article.

    Raises:
        ProjectError: when it cannot be understood, or in two ways.
    """
    iso = _ISO.fullmatch(words.strip())
    try:
        if iso:
            year, month, day = iso.groups()
            precision: Precision = "day" if day else "month" if month else "year"
            return _both(datetime.date(int(year), int(month or 1), int(day or 1)), precision)
    except ValueError:
        raise ProjectError(f"{words!r}: there is no such day; write it as 2022-05-28") from None
    ambiguous = _EITHER_WAY.fullmatch(words.strip())
    if ambiguous and int(ambiguous[1]) <= 12 and int(ambiguous[2]) <= 12 and ambiguous[1] != ambiguous[2]:
        raise ProjectError(f"{words!r} may be two days; write it as 2022-05-28")
    return _spoken(words, newest)


def _spoken(words: str, newest: datetime.date | None) -> tuple[datetime.date, datetime.date]:
    from dateparser.date import DateDataParser

    today = datetime.datetime.now()
    base = (
        today if newest is None or _FROM_TODAY.search(words) else datetime.datetime.combine(newest, datetime.time.max)
    )
    order = "DMY" if "." in words else "MDY"
    settings = {"PREFER_DATES_FROM": "past", "RELATIVE_BASE": base, "DATE_ORDER": order}
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(words)
    if found.date_obj is None:
        raise ProjectError(f'{words!r} is no day; write it as 2022-05-28, 2022-05, "May 28" or "last week"')
    spoken = found.date_obj.date()
    if found.period == "week":
        return _both(spoken - datetime.timedelta(spoken.weekday()), "week")
    if found.period == "month":
        return _both(spoken.replace(day=1), "month")
    return _both(spoken.replace(month=1, day=1), "year") if found.period == "year" else (spoken, spoken)


def _both(day: datetime.date, precision: Precision) -> tuple[datetime.date, datetime.date]:
    first, last = days(day, precision)
    assert first is not None and last is not None
    return first, last


def said_on(words: str, newest: datetime.date | None = None) -> str:
    """Return a day as people write it in the form that a claim's ``said_on`` takes.

    Raises:
        ProjectError: when it cannot be understood.
    """
    first, last = period(words, newest)
    for precision in PRECISIONS:
        if days(first, precision) == (first, last):
            return f"{first} {precision}"
    return first.isoformat()
