"""RSS and Atom feeds: entries with their full text are articles, the others are links with a teaser."""

from __future__ import annotations

import datetime
import io
import logging
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from claimtrack.errors import InputError, NotArticles
from claimtrack.ingest.markup import html_text, web_address
from claimtrack.ingest.registry import Found, Link, reader
from claimtrack.ingest.tables import published
from claimtrack.ingest.text import check
from claimtrack.model import Article, article_id

MAX_FEED_BYTES = 50_000_000


@reader(".xml", ".rss", ".atom")
def read_feed(data: bytes, name: str) -> Iterator[Found]:
    """Read the entries of a feed.

    An entry that carries its content is an article; its markup is removed, and offsets are offsets into the text
    that is left. One that carries no more than a summary is a :class:`Link` with the summary as its text.
    The outlet is the feed's title.
    """
    if len(data) > MAX_FEED_BYTES:
        raise InputError(f"{name}: larger than {MAX_FEED_BYTES // 1_000_000} MB, too large for a feed; split it")
    feed = _parsed(data, name)
    if not feed.get("version"):
        if feed.get("bozo"):
            raise InputError(f"{name}: no RSS or Atom feed that can be read; check that the file is whole")
        raise NotArticles(f"{name}: XML, but no RSS or Atom feed, skipped")
    if not feed["entries"]:
        raise InputError(f"{name}: a feed without entries; try it again later")
    outlet = _plain(feed["feed"].get("title"))
    for number, entry in enumerate(feed["entries"], start=1):
        try:
            yield _entry(entry, outlet, f"{name}:{number}")
        except InputError as error:
            yield error


def _parsed(data: bytes, name: str) -> Any:
    import feedparser

    logging.getLogger("feedparser").addHandler(logging.NullHandler())
    try:
        # A stream, since feedparser takes a string for an address to fetch or a file to open.
        return feedparser.parse(io.BytesIO(data))
    except Exception as error:  # whatever a strange feed does to the parser, it is one feed
        raise InputError(
            f"{name}: this feed cannot be parsed ({type(error).__name__}); check that the file is whole"
        ) from None


def _entry(entry: Any, outlet: str | None, where: str) -> Article | Link:
    url = web_address(entry.get("link"))
    full = _text([part.get("value") for part in entry.get("content", [])])
    text = full or _text([entry.get("summary")])
    article = Article(
        id=article_id(text),
        text=text,
        outlet=_plain(entry.get("source", {}).get("title")) or outlet,
        title=_plain(entry.get("title")),
        url=url,
        published=_day(entry, where),
        path=where,
        author=_plain(entry.get("author")),
    )
    if url and not full:
        return Link(url, article)
    check(text, where)
    return article


def _text(values: list[str | None]) -> str:
    """Return the longest of an entry's contents as plain text; a feed may give the same one in several types."""
    texts = []
    for value in values:
        try:
            texts.append(html_text(value or ""))
        except ValueError:
            continue
    return max(texts, key=len, default="")


def _plain(value: str | None) -> str | None:
    """Titles may hold markup and line breaks."""
    text = _text([value])
    return " ".join(text.split()) or None


def _day(entry: Any, where: str) -> datetime.date | None:
    """Return the day as the feed writes it, in the time zone of whoever wrote it."""
    for field in ("published", "updated", "created"):
        if not (value := entry.get(field)):
            continue
        try:
            return published(value, where)
        except InputError:
            pass
        try:
            return parsedate_to_datetime(value).date()
        except (TypeError, ValueError, OverflowError, IndexError, AttributeError):
            pass
        if parsed := entry.get(f"{field}_parsed"):
            return datetime.date(*parsed[:3])
    return None
