"""Web pages: the article without what surrounds it, and what the page tells about it."""

from __future__ import annotations

import codecs
import datetime
import logging
import re
from collections.abc import Iterator
from typing import Any

from claimtrack.errors import InputError
from claimtrack.ingest.markup import tree_text, web_address
from claimtrack.ingest.registry import Found, reader
from claimtrack.ingest.text import check
from claimtrack.model import Article, article_id

MAX_PAGE_BYTES = 20_000_000
"""No page with an article is larger; one that is would take minutes to parse."""

MINIMUM_WORDS = 15
"""Fewer words are a menu, or a page that asks for a script or a subscription."""

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@reader(".html", ".htm")
def read_page(data: bytes, name: str) -> Iterator[Found]:
    """Read the article of one web page.

    The text is the article's, without menus, advertising and comments; paragraphs, headings, list items and table
    rows are separated by blank lines. Offsets are offsets into that text, not into the file. Title, outlet, author,
    date and address are taken from what the page declares about itself.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise InputError(f"{name}: larger than {MAX_PAGE_BYTES // 1_000_000} MB, too large for one page; split it")
    yield page_article(decode_page(data, name), name)


def page_article(markup: str, name: str) -> Article:
    """Return the article of a page.

    Raises:
        InputError: when there is nothing to read.
    """
    page = _extracted(markup, name)
    text = tree_text(page.body) if page is not None else ""
    if page is None or len(text.split()) < MINIMUM_WORDS:
        raise InputError(f"{name}: no article found on this page; copy its text from the browser into a .txt file")
    check(text, name)
    return Article(
        id=article_id(text),
        text=text,
        outlet=page.sitename or None,
        title=page.title or None,
        url=web_address(page.url),
        published=_day(page.date),
        path=name,
        author=page.author or None,
    )


def _extracted(markup: str, name: str) -> Any:
    """Return what trafilatura makes of a page (its ``Document``), or None where it finds no article."""
    import trafilatura

    for library in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
        logging.getLogger(library).addHandler(logging.NullHandler())
    markup = markup.replace("\0", "")
    if not _WHOLE.search(markup):  # a piece cut from a page
        markup = f"<html><body><div>{markup}</div></body></html>"
    try:
        return trafilatura.bare_extraction(
            markup,
            include_comments=False,
            with_metadata=True,
            # Only dates that the page states: a date guessed from a footer is worse than none.
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": datetime.date.today().isoformat(),
            },
        )
    except Exception as error:  # whatever a strange page does to the parser, it is one page
        raise InputError(
            f"{name}: this page cannot be parsed ({type(error).__name__}); save its text as .txt"
        ) from None


def decode_page(data: bytes, name: str) -> str:
    """Decode a page: by its byte order mark, as UTF-8 if it is that, as it declares, else as Windows-1252.

    Windows-1252 is what the HTML standard prescribes for pages that declare nothing. A few broken characters in
    UTF-8 become the sign for an unknown character, as in a browser, rather than spoil all quotation marks.

    Raises:
        InputError: when none of these fits.
    """
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)] or ["utf-8"]
    if declared := _DECLARED.search(data[:4096]):
        encodings.append(declared[1].decode("ascii", "replace"))
    for encoding in encodings:
        try:
            return str(data.decode(encoding))
        except (LookupError, ValueError):
            continue
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if broken < sum(character > "\x7f" for character in mended) - broken:
        return mended
    try:
        return data.decode("windows-1252")
    except ValueError:
        raise InputError(
            f"{name}: cannot be decoded as UTF-8 or as it declares; save it as UTF-8 and try again"
        ) from None


def _day(value: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        return None
