"""Plain text files: the decoded file unchanged is the article's text."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.errors import InputError
from claimtrack.ingest.registry import Found, reader
from claimtrack.model import Article, article_id

MAX_CHARACTERS = 2_000_000
"""No news article is longer; what is, is a dump of many and should be split first."""


@reader(".txt")
def read_text(data: bytes, name: str) -> Iterator[Found]:
    """Read one article from a text file; offsets into it are offsets into the file's characters."""
    text = decode(data, name)
    check(text, name)
    yield Article(id=article_id(text), text=text, path=name)


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8 (a byte order mark counts as a character no one wants, so it goes).

    Line ends stay as they are.

    Raises:
        InputError: when the bytes are no UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: not UTF-8 (byte {error.start} is {data[error.start]:#04x}); save it as UTF-8 and try again"
        ) from None


def check(text: str, name: str) -> None:
    """Refuse what cannot be an article.

    Raises:
        InputError: when the text is empty, holds null bytes, or is far longer than an article.
    """
    if not text.strip():
        raise InputError(f"{name}: no text in it; leave it out or fill it")
    if "\0" in text:
        raise InputError(f"{name}: holds null bytes, so it is no text file; export it as plain UTF-8 text")
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"{name}: {len(text):,} characters are too many for one article (limit {MAX_CHARACTERS:,}); split it"
        )
