"""Near-duplicates of what is stored, linked as it is stored.

How copies are found is the business of :mod:`claimtrack.ingest`; this fills its index from the project and
keeps what it answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from sqlalchemy import Connection

from claimtrack.model import Article
from claimtrack.store import duplicates
from claimtrack.store.project import Project


class Index(Protocol):
    """Knows the signatures of many articles."""

    def add(self, identifier: str, stored: bytes, /) -> Iterable[tuple[str, str, float]]:
        """Take an article's signature; return its near-duplicates as ``(id, id, similarity)``."""


class Copies:
    """Links each article that is stored to its near-duplicates.

    Args:
        signature: makes the signature of a text.
        index: an empty index.
    """

    def __init__(self, signature: Callable[[str], bytes], index: Index) -> None:
        self._signature = signature
        self._index = index
        self._filled = False

    def fill(self, project: Project) -> None:
        """Tell the index of the articles that are stored already; once is enough."""
        if not self._filled:
            for article, signature in project.signatures():
                self._index.add(article, signature)
            self._filled = True

    def link(self, connection: Connection, article: Article, replaces: str | None) -> None:
        """Keep an article's signature and its near-duplicates, the version that it replaces left out."""
        signature = self._signature(article.text)
        duplicates.set_signature(connection, article.id, signature)
        found = self._index.add(article.id, signature)
        duplicates.add(connection, [(a, b, similarity) for a, b, similarity in found if replaces not in (a, b)])
