"""Values on their way into the file and out of it: spans, dates, and characters that no file can hold."""

from __future__ import annotations

import calendar
import datetime
import unicodedata
from dataclasses import fields, replace
from typing import Any, TypeVar

from claimtrack.model import Precision, Span, Spans

T = TypeVar("T")


def storable(value: T) -> T:
    """Put U+FFFD for each half of a surrogate pair, which UTF-8 cannot say, in a text; lengths stay.

    Other values stay as they are; a dataclass is returned with all its texts so.
    """
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)  # type: ignore[return-value]
        return value
    if hasattr(value, "__dataclass_fields__"):
        texts = {f.name: getattr(value, f.name) for f in fields(value)}  # type: ignore[arg-type]
        changed = {name: clean for name, text in texts.items() if (clean := storable_text(text)) is not text}
        return replace(value, **changed) if changed else value  # type: ignore[type-var]
    return value


def storable_text(value: Any) -> Any:
    """:func:`storable` for texts only."""
    return storable(value) if isinstance(value, str) else value


def spans_text(spans: Spans) -> str:
    """Return spans as they stand in the file and in CSV: ``12-20;31-40``."""
    return ";".join(f"{span.start}-{span.end}" for span in spans)


def spans_of(text: str | None) -> Spans:
    """Read what :func:`spans_text` wrote."""
    if not text:
        return ()
    pairs = (piece.split("-") for piece in text.split(";"))
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def iso(day: datetime.date | None) -> str | None:
    """Return a date as it stands in the file."""
    return day.isoformat() if day else None


def day_of(text: str | None) -> datetime.date | None:
    """Read what :func:`iso` wrote."""
    return datetime.date.fromisoformat(text) if text else None


def days(first: datetime.date | None, precision: Precision | None) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and last day that a date of some precision may mean."""
    if first is None:
        return None, None
    if precision == "week":
        rest = 6 - first.weekday()
        return first, first + datetime.timedelta(min(rest, (datetime.date.max - first).days))
    if precision == "month":
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    if precision == "year":
        return first, first.replace(month=12, day=31)
    return first, first


def fold(text: str) -> str:
    """Return a text without case, accents and extra white space, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).translate(_STROKES).split())


_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})
"""Letters that decompose into nothing simpler, yet are typed without their stroke."""


def now() -> str:
    """Return this moment in universal time, to the second."""
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
