"""What a person may correct in a claim, and what each value may be: pure, no database."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any

from claimtrack.errors import ReviewError
from claimtrack.model import ATTITUDES, COMMITMENTS, KINDS, PRECISIONS, Precision, Span, Spans, joined
from claimtrack.store.schema import CLAIM_STATUSES
from claimtrack.store.texts import days, iso, spans_of, spans_text, storable

Columns = dict[str, Any]

FIELDS = (
    "status", "speaker", "said_on", "content", "proposition", "addressee", "occasion", "topic", "kind", "attitude",
    "commitment",
)  # fmt: skip
"""What can be corrected, by the names that ``claimtrack edit`` takes."""

COLUMNS_OF: Mapping[str, tuple[str, ...]] = {
    "speaker": (
        "speaker_id", "speaker_name", "speaker_kind", "speaker_role", "speaker_affiliation", "speaker_part_of",
        "speaker_resolved_by", "speaker_confidence", "speaker_alternatives",
    ),
    "said_on": ("said_on", "said_on_precision", "first_day", "last_day"),
    "content": ("content_text", "content_spans"),
}  # fmt: skip
"""The columns of ``claims`` behind a field, where it is not the one of its own name."""

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": CLAIM_STATUSES, "kind": KINDS, "attitude": ATTITUDES, "commitment": COMMITMENTS,
}  # fmt: skip

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?: (\w+))?")


def columns_of(field: str) -> tuple[str, ...]:
    """Return the columns of ``claims`` that a field fills."""
    return COLUMNS_OF.get(field, (field,))


def shown(field: str, row: Mapping[str, Any]) -> str | None:
    """Return a field's value in a row of ``claims`` with ``topic_name``, as a person would write it."""
    value: str | None
    if field == "speaker":
        value = row["speaker_name"]
    elif field == "content":
        value = row["content_spans"]
    elif field == "topic":
        value = row["topic_name"]
    elif field == "said_on":
        value = said_on_text(row["said_on"], row["said_on_precision"])
    else:
        value = row[field]
    return value or None


def said_on_text(day: str | None, precision: str | None) -> str | None:
    """Return a date with its precision where that is not one day: ``2022-05-01 month``."""
    return day and (day if precision in (None, "day") else f"{day} {precision}")


def said_on(value: str) -> tuple[datetime.date, Precision]:
    """Read ``2022-05-28``, ``2022-05``, ``2022`` or a date with a precision behind it, ``2022-05-23 week``.

    Raises:
        ReviewError: when it is none of these.
    """
    match = _DATE.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day, word = match.groups()
        precision = word or ("day" if day else "month" if month else "year")
        date = datetime.date(int(year), int(month or 1), int(day or 1))
        if precision not in PRECISIONS:
            raise ValueError
    except ValueError:
        raise ReviewError(f"{value!r} is no day; write it as 2022-05-28, or 2022-05 for a month") from None
    first = {
        "week": date - datetime.timedelta(min(date.weekday(), date.toordinal() - 1)), "month": date.replace(day=1),
        "year": date.replace(month=1, day=1),
    }.get(precision, date)  # fmt: skip
    return first, precision


def checked(
    field: str, value: str | None, row: Mapping[str, Any], text: Callable[[], str]
) -> tuple[str | None, Columns]:
    """Return a correction's value in its one right form, and what it puts into the claim's row.

    Columns of ``speaker`` and ``topic`` are left to :mod:`claimtrack.store.reviews`, which knows those in the project.

    Args:
        field: one of :data:`FIELDS`.
        value: what a person wrote; nothing, or white space only, empties the field.
        row: the claim's row of ``claims``, with the ``published`` of its article.
        text: gives the article's text, when it is needed.

    Raises:
        ReviewError: when there is no such field or the value does not fit it.
    """
    if field not in FIELDS:
        raise ReviewError(f"{field!r} cannot be corrected; {', '.join(FIELDS)} can")
    value = " ".join(storable(value).split()) if value else None
    if field in _CHOICES:
        if value not in _CHOICES[field]:
            raise ReviewError(f"{field} cannot be {value or 'empty'!r}; it is one of {', '.join(_CHOICES[field])}")
    elif field == "said_on":
        return _said_on(value, row)
    elif field == "content":
        spans = content_spans(value or "", spans_of(row["content_spans"]), text())
        return spans_text(spans), {"content_spans": spans_text(spans), "content_text": joined(spans, text())}
    return value, {} if field == "speaker" else {field: value}


def _said_on(value: str | None, row: Mapping[str, Any]) -> tuple[str | None, Columns]:
    if value is None:
        published = row["published"]
        return None, {"said_on": None, "said_on_precision": None, "first_day": published, "last_day": published}
    day, precision = said_on(value)
    first, last = days(day, precision)
    columns = {"said_on": iso(day), "said_on_precision": precision, "first_day": iso(first), "last_day": iso(last)}
    return said_on_text(iso(day), precision), columns


def content_spans(value: str, before: Spans, text: str) -> Spans:
    """Find the words that a person gives as content in the article.

    Args:
        value: offsets, ``12-20;31-40``, or the words themselves, pieces joined by ``…``.
        before: where the content was; of several places the nearest is taken.
        text: the article.

    Raises:
        ReviewError: when they are not in the article in that order.
    """
    if re.fullmatch(r"\d+-\d+(;\d+-\d+)*", value):
        try:
            spans = spans_of(value)
        except ValueError as error:
            raise ReviewError(f"content {value!r}: {error}") from None
        if spans[-1].end > len(text) or any(b.start < a.end for a, b in itertools.pairwise(spans)):
            raise ReviewError(f"content {value!r} lies outside the article or runs backwards; mend the offsets")
        return spans
    near = before[0].start if before else 0
    if not value.split():
        raise ReviewError("content cannot be empty; reject the claim instead")
    # An ellipsis may stand in the article itself, or join pieces of it.
    for pieces in ([value.split()], [piece.split() for piece in re.split(r"\s…\s", f" {value} ") if piece.split()]):
        words = [r"\s+".join(map(re.escape, piece)) for piece in pieces]
        found = re.finditer(r"[\s\S]*?".join(f"({word})" for word in words), text)
        nearest = min(found, key=lambda match: abs(match.start() - near), default=None)
        if nearest:
            return tuple(Span(*nearest.span(number + 1)) for number in range(len(words)))
    raise ReviewError(f"content: the article does not say {value[:60]!r}; copy the words from it")
