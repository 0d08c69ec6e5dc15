"""Which reader reads which file: one small protocol, one registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from claimtrack.model import Article


class Reader(Protocol):
    """Turns the bytes of one file into articles."""

    def __call__(self, data: bytes, name: str) -> Iterator[Article | Exception]:
        """Yield each article, or an :class:`~claimtrack.errors.InputError` for a row that is none.

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
