"""Tables of articles: JSON Lines and CSV, a ``text`` column and optional facts about the article."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from dateutil.parser import isoparse

from claimtrack.errors import InputError, NotArticles
from claimtrack.ingest.registry import Found, reader
from claimtrack.ingest.text import check, decode
from claimtrack.model import Article, article_id

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body"),
    "id": ("id",),
    "outlet": ("outlet", "source"),
    "title": ("title", "headline"),
    "url": ("url",),
    "published": ("published", "date"),
    "author": ("author", "byline"),
}
"""Each fact and the column names it goes by, the first that is filled wins."""


@reader(".jsonl")
def read_jsonl(data: bytes, name: str) -> Iterator[Found]:
    """Read one article from each line that holds a JSON object."""
    # Only "\n" ends a line: JSON strings may hold other line separators.
    for number, line in enumerate(decode(data, name).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield InputError(f"{name}:{number}: no JSON ({getattr(error, 'msg', 'nested too deep')}); mend the line")
            continue
        if isinstance(row, dict) and number == 1:
            _refuse_claims(row, name)
        if not isinstance(row, dict):
            yield InputError(f'{name}:{number}: a JSON object with a "text" was expected; mend the line')
            continue
        yield from _row(row, f"{name}:{number}")


@reader(".csv")
def read_csv(data: bytes, name: str) -> Iterator[Found]:
    """Read one article from each row of a CSV table with a header."""
    csv.field_size_limit(2**31 - 1)
    rows = csv.DictReader(io.StringIO(decode(data, name).replace("\0", ""), newline=""))
    header = [column.strip().lower() for column in rows.fieldnames or []]
    _refuse_claims(header, name)
    if not set(header) & set(COLUMNS["text"]):
        advice = "; separate columns by commas" if any(";" in column for column in header) else ""
        raise InputError(f"{name}: no column called text; its header is {', '.join(header) or 'empty'}{advice}")
    rows.fieldnames = header
    try:
        for row in rows:
            yield from _row(row, f"{name}:{rows.line_num}")
    except csv.Error as error:
        yield InputError(f"{name}:{rows.line_num}: no CSV ({error}); mend the file from there on")


def _refuse_claims(columns: Collection[str], name: str) -> None:
    """Tell what claimtrack wrote from what it reads, so that an output in the folder does no harm."""
    if "claim_id" in columns and not set(COLUMNS["text"]) & set(columns):
        raise NotArticles(f"{name}: a table of claims, not of articles, skipped")


def _row(row: Mapping[Any, Any], where: str) -> Iterator[Found]:
    try:
        yield article_from_row(row, where)
    except InputError as error:
        yield error


def article_from_row(row: Mapping[Any, Any], where: str, text: str | None = None) -> Article:
    """Make an article from a table's row.

    Args:
        row: columns by name, lower case.
        where: the row's place, for messages and ``Article.path``.
        text: the article's text, when the row only tells about it.

    Raises:
        InputError: when text or date cannot be used.
    """
    facts = {fact: _first(row, names, where) for fact, names in COLUMNS.items()}
    body = text if text is not None else facts["text"] or ""
    check(body, where)
    return Article(
        id=facts["id"] or article_id(body),
        text=body,
        outlet=facts["outlet"],
        title=facts["title"],
        url=facts["url"],
        published=published(facts["published"], where),
        path=where,
        author=facts["author"],
    )


def article_row(article: Article) -> dict[str, Any]:
    """Return an article as a row that :func:`article_from_row` reads."""
    return {
        "id": article.id, "outlet": article.outlet, "title": article.title, "url": article.url,
        "published": article.published.isoformat() if article.published else None, "author": article.author,
        "path": article.path, "text": article.text,
    }  # fmt: skip


def published(value: str | None, where: str) -> datetime.date | None:
    """Read an ISO 8601 date or date-time.

    Raises:
        InputError: when it is neither.
    """
    if value is None:
        return None
    try:
        if len(value) < len("20220528"):
            raise ValueError("a year or a month is no day")
        day: datetime.date = isoparse(value).date()
        return day
    except (ValueError, OverflowError):
        raise InputError(f"{where}: {value!r} is no date like 2022-05-28; mend it") from None


def _first(row: Mapping[Any, Any], names: tuple[str, ...], where: str) -> str | None:
    for name in names:
        value = row.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            raise InputError(f"{where}: {name} is no text; make it a string")
        text = str(value)
        if text.strip():
            return text if name in COLUMNS["text"] else text.strip()
    return None
