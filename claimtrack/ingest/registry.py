"""Which reader reads which file: one small protocol, one registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from claimtrack.model import Article


@dataclass(frozen=True)
class Link:
    """An article that a feed only points to.

    Attributes:
        url: where it is.
        article: what the feed tells about it, with the teaser as its text; the text is empty where it has none.
    """

    url: str
    article: Article


Found = Article | Link | Exception
"""What a reader yields: an article, a link to one, or an :class:`~claimtrack.errors.InputError`."""


class Reader(Protocol):
    """Turns the bytes of one file into articles."""

    def __call__(self, data: bytes, name: str) -> Iterator[Found]:
        """Yield each article, each link to one, or an :class:`~claimtrack.errors.InputError` for a row that is none.

        Args:
            data: the whole file.
            name: what to call it in messages and in ``Article.path``.

        Raises:
            InputError: when nothing of the file can be read.
        """


_READERS: dict[str, Reader] = {}


def reader(*suffixes: str) -> Callable[[Reader], Reader]:
    """Register a reader for file names that end in one of ``suffixes`` (lower case, with the dot)."""

    def register(function: Reader) -> Reader:
        for suffix in suffixes:
            _READERS[suffix] = function
        return function

    return register


def reader_for(suffix: str) -> Reader | None:
    """Return the reader for a suffix, whatever its case, or None."""
    return _READERS.get(suffix.lower())


def suffixes() -> list[str]:
    """Return every suffix that some reader reads, sorted."""
    return sorted(_READERS)


_STARTS = (
    (b"%pdf-", ".pdf"), (b"<!doctype html", ".html"), (b"<html", ".html"),
    (b"<?xml", ".xml"), (b"<rss", ".xml"), (b"<feed", ".xml"), (b"{", ".jsonl"),
)  # fmt: skip


def guessed_suffix(data: bytes) -> str:
    """Guess the kind of data that has no name, such as standard input, by how it starts; plain text if nothing fits."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    suffix = next((suffix for mark, suffix in _STARTS if start.startswith(mark)), ".txt")
    return ".html" if suffix == ".xml" and b"<html" in data[:1024].lower() else suffix
