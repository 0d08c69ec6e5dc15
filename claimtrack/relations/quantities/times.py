"""Dates and times of the day in a claim.

Dates become days (``datetime.date.toordinal``), from the first of the period to the last; times of the day
become minutes after midnight. A time without "am" or "pm" is one of twelve hours, and is compared as such.
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Literal, NamedTuple

from claimtrack.claims.dates import when
from claimtrack.claims.expressions import Expression, expressions
from claimtrack.model import Precision
from claimtrack.relations.quantities.tables import group_of_stem, stem, stopwords, units

DAY = 1440.0
"""Minutes of a day."""

_ROUGHLY = 10.0
"""How far, in minutes, "about" goes for a time of the day."""


class Moment(NamedTuple):
    """A date or a time found: its offsets, its limits, and how it is told; no limits where it cannot be reckoned."""

    start: int
    end: int
    low: float
    high: float
    measure: str
    unit: str


_NAMES = "one two three four five six seven eight nine ten eleven twelve"
_HOURS = {name: n for n, name in enumerate(_NAMES.split(), 1)}
_HOUR = rf"(?:1[0-2]|0?[1-9]|{_NAMES.replace(' ', '|')})"
_HALF = r"(?P<half>[ap])(?:m\b|\.\s?m\.)|in the (?P<part>morning|afternoon|evening)|at (?P<night>night)"
_CLOCK = re.compile(
    rf"\b(?:(?P<past>half past|quarter past|a quarter past|quarter to|a quarter to|half) )(?P<h1>{_HOUR})\b"
    rf"(?: ?(?:{_HALF}))?"
    rf"|\b(?P<h2>[01]?\d|2[0-3])[.:](?P<min>[0-5]\d)(?![\d%]|[.,]\d)(?P<oclock2>"
    rf" ?(?:{_HALF.replace('<', '<x')})"
    rf"| (?:GMT|UTC|ET|EST|EDT|CET|PT|BST|hours)\b)?"
    rf"(?!\s?(?:per|%|million|billion|m\b|bn|points?|[a-z]*met(?:re|er)s?))"
    rf"|\b(?P<h3>{_HOUR})(?: ?(?:{_HALF.replace('<', '<y')})| o[’']clock\b(?: (?:{_HALF.replace('<', '<z')}))?)"
    r"|\b(?P<name>midnight|noon|midday)\b",
    re.IGNORECASE,
)
_BARE_HOUR = re.compile(rf"\bat (?P<hour>{_HOUR})(?=\s*(?:[,;:!?]|\.(?!\d)|$|\s(?:and|but|when|on)\b))", re.IGNORECASE)
_BEFORE_CLOCK = re.compile(
    r"\b(?:at|by|until|till|from|since|before|after|about|around|past|between|and|to|just)\s*$", re.IGNORECASE
)
_CLOCK_HINT = re.compile(
    r"\d[.:]\d\d|\d ?[ap]\.?m\b|o[’']clock|midnight|noon|midday|half past|quarter (?:past|to)"
    r"|in the (?:morning|afternoon|evening)|at night",
    re.IGNORECASE,
)
_DATE_HINT = re.compile(
    r"\b(?:1[6-9]|20)\d\d\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\b(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\."
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\bago\b|\b(?:[Tt]oday|[Tt]onight|[Yy]esterday)"
    r"|\bweekend"
    r"|\b(?:[Ll]ast|[Tt]his|[Tt]hat|[Pp]revious|[Ss]ame|[Nn]ext|[Ff]ollowing)"
    r" (?:morning|afternoon|evening|night|day|week|month|year)"
    r"|\b(?:day|night|week|month|year|decade)s? (?:earlier|later|before|after|previously)\b"
    r"|\bthe \d\d?(?:st|nd|rd|th)\b"
)
_WINDOW = 45
"""How far around such a word, in characters, a time expression reaches."""

_BARE_YEAR = re.compile(r"(?:early |late |mid-?)?\d{4}$")
_YEAR_AHEAD = re.compile(
    r"(?:\b(?:in|since|by|before|after|until|till|from|of|during|for|than|to|through|between|and|into|throughout|spring|summer|autumn|fall|winter|year)|[,(]|^)\s*$",
    re.IGNORECASE,
)
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_WEEKDAY = re.compile(
    r"(?:on )?((?:mon|tues|wednes|thurs|fri|satur|sun))day(?: (?:morning|afternoon|evening|night))?", re.IGNORECASE
)
_OF_YEAR = re.compile(r"\s+of\s+((?:1[6-9]|20)\d\d)\b")
_EVENT = re.compile(r"Sept(?:ember|\.)? 11")
_FUTURE = re.compile(
    r"\b(?:will|won[’']t|shall|would|next|coming|expect\w*|plans?|planned|planning|hopes?|hoped|hoping|due|aims?|until"
    r"|going to|wants?|likely|scheduled|set to|promised|must)\b|[’']ll\b", re.IGNORECASE
)  # fmt: skip
_DEADLINE = re.compile(r"\b(?:by|before|until)\s+(?:the end of |early |late |mid-)?$", re.IGNORECASE)


def moments(text: str, said_on: datetime.date | None) -> list[Moment]:
    """Return the dates and times of a text, in order of offsets.

    Args:
        text: the claim.
        said_on: the day that weekdays and dates without a year are reckoned from; without it they have no limits.
    """
    found = _clocks(text) if _CLOCK_HINT.search(text) else []
    windows: list[list[int]] = []
    for match in _DATE_HINT.finditer(text):
        start, end = max(0, match.start() - _WINDOW), match.end() + _WINDOW
        if windows and start <= windows[-1][1]:
            windows[-1][1] = end
        else:
            windows.append([start, end])
    for start, end in windows:
        start = text.rfind(" ", 0, start) + 1
        stop = text.find(" ", end)
        found += _dates(text, said_on, start, len(text) if stop < 0 else stop)
    return sorted(found)


def may_hold_date(text: str) -> bool:
    """Tell whether a text has a word that a date needs."""
    return _DATE_HINT.search(text) is not None


def _clocks(text: str) -> list[Moment]:
    found = []
    for match in _CLOCK.finditer(text):
        group = match.groupdict()
        half = next((group[k] for k in ("half", "xhalf", "yhalf", "zhalf") if group[k]), "").lower()
        part = next((group[k] for k in ("part", "xpart", "ypart", "zpart") if group[k]), "").lower()
        night = any(group[k] for k in ("night", "xnight", "ynight", "znight"))
        if group["name"]:
            minutes, unit = (DAY if group["name"].lower() == "midnight" else DAY / 2), "24h"
        else:
            hour_text = (group["h1"] or group["h2"] or group["h3"]).lower()
            hour = _HOURS.get(hour_text) or int(hour_text)
            if group["past"] and group["past"].lower() == "half" and hour_text.isdigit():
                continue  # "half 10" is a share as likely
            minute = int(group["min"] or 0)
            if group["past"]:
                minute = 30 if "half" in group["past"].lower() else 15 if "past" in group["past"].lower() else -15
            told = half or part or night
            # 15.10 may be a decimal; 15:10 is a time.
            dotted = group["h2"] and "." in match[0] and not told and not group["oclock2"]
            if dotted and not (_BEFORE_CLOCK.search(text, 0, match.start()) and _hours_fit(text, match)):
                continue
            if told:
                late = half == "p" or part in ("afternoon", "evening") or (night and hour > 5)
                hour = hour % 12 + 12 * late if hour <= 12 else hour
                unit = "24h"
            else:
                unit = "24h" if hour > 12 or hour_text.startswith("0") or hour == 0 else "12h"
            minutes = float(hour * 60 + minute)
        found.append(Moment(match.start(), match.end(), minutes, minutes, "clock", unit))
    # "at four in the afternoon and the second at eight".
    for match in _BARE_HOUR.finditer(text) if found else ():
        if not any(m.start < match.end("hour") and match.start("hour") < m.end for m in found):
            minutes = 60.0 * (_HOURS.get(match["hour"].lower()) or int(match["hour"]))
            found.append(Moment(match.start("hour"), match.end(), minutes, minutes, "clock", "12h"))
    return found


def _hours_fit(text: str, match: re.Match[str]) -> bool:
    """Tell whether "at 15.10" is a time and not a price or a rate: nothing that is counted follows."""
    before = text[: match.start()].rstrip().lower()
    return not re.match(r"\s*[a-z]*(?:cent|s\b)", text[match.end() : match.end() + 12]) and before.endswith(
        ("at", "by", "until", "from", "before", "after", "since", "till")
    )


def _dates(text: str, said_on: datetime.date | None, begin: int, stop: int) -> list[Moment]:
    found: list[Moment] = []
    last: datetime.date | None = None
    for expression in expressions(text, begin, stop):
        start, end = expression.span.start, expression.span.end
        if found and start < found[-1].end:
            continue
        if _BARE_YEAR.match(expression.words) and (role := _role_of_year(text, start, end)) != "year":
            if role == "name":
                found.append(Moment(start, end, 0.0, -1.0, "date", ""))
            continue
        # A date with its year may lie ahead; dates.when reads what was said, which does not.
        told = _at_once(expression.words, said_on) or when(
            expression, None if expression.reference == "none" else said_on, last, text
        )
        if told is None or _EVENT.fullmatch(expression.words):
            if re.search(r"\d|day\b", expression.words):
                found.append(Moment(start, end, 0.0, -1.0, "date", ""))
            continue
        date, precision = told
        if precision == "month" and (year := _OF_YEAR.match(text, end)):  # "December of 2016"
            date, end = date.replace(year=int(year[1])), year.end()
        elif said_on:
            date = _ahead(text, expression, date, said_on)
        last = date
        found.append(Moment(start, end, float(date.toordinal()), _last(date, precision), "date", precision))
    return found


def _at_once(words: str, said_on: datetime.date | None) -> tuple[datetime.date, Precision] | None:
    """Reckon a bare year or weekday, as dates.when does; they are most of what there is, and this is much faster."""
    if len(words) == 4 and words.isdecimal():
        return datetime.date(int(words), 1, 1), "year"
    weekday = _WEEKDAY.fullmatch(words)
    if weekday and said_on:
        back = (said_on.weekday() - _WEEKDAYS.index(weekday[1].lower())) % 7
        return said_on - datetime.timedelta(days=back), "day"
    return None


def _role_of_year(text: str, start: int, end: int) -> Literal["year", "name", "number"]:
    """Tell what four digits are: "in 2020", "the 2020 election" or "2000 people"."""
    following = re.match(r"\s+([a-z]+)", text[end : end + 20])
    ahead = _YEAR_AHEAD.search(text, max(0, start - 10), start)
    word = following[1] if following else ""
    if not word or stopwords().get(word) == "function" or re.search(r"\D", text[start:end]):
        return "year" if ahead else "name"
    if units().get((word,)) or any(g.role == "thing" for g in group_of_stem().get(stem(word), ())):
        return "number"
    return "year" if ahead and stopwords().get(word) else "name"


def _ahead(text: str, expression: Expression, date: datetime.date, said_on: datetime.date) -> datetime.date:
    """Move a date that the text puts in the future to the next one of its kind: dates.when reads news, so the past."""
    words, start = expression.words.lower(), expression.span.start
    if expression.reference != "published" or date > said_on:
        return date
    ahead = text[max(0, start - 40) : start]
    deadline = _DEADLINE.search(ahead)
    future = _FUTURE.search(ahead) or _FUTURE.search(words)
    if "last" in words or "yesterday" in words or ahead.lower().rstrip().endswith("last"):
        return date
    soon = bool(re.search(r"\d", words)) and 330 < (said_on - date).days < 366  # "June 19", said on June 11
    if not (future or deadline or soon):
        return date
    weekday = re.search(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", words)
    if weekday and not re.search(r"\d", words):
        return date + datetime.timedelta(days=7) if future else date
    if re.search(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", words) and date.year < 9999:
        later = date.replace(year=date.year + 1, day=min(date.day, 28))
        near = later - said_on < said_on - date
        return later.replace(day=date.day) if (near or future) and not (date.month == 2 and date.day == 29) else date
    return date


def _last(date: datetime.date, precision: Precision) -> float:
    """Return the last day of the period that begins with a date."""
    if precision == "year":
        return float(date.replace(month=12, day=31).toordinal())
    days = {"day": 1, "week": 7, "month": calendar.monthrange(date.year, date.month)[1]}.get(precision, 1)
    return float(date.toordinal() + days - 1)


def around(low: float, high: float, about: bool) -> tuple[float, float]:
    """Return the limits of a time of the day, a little wider where it was told roughly."""
    return (low - _ROUGHLY, high + _ROUGHLY) if about else (low, high)
