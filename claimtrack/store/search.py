"""Full-text search: what a person types becomes a query that cannot be malformed."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Select, column, func, select, table, text

from claimtrack.store.texts import storable

index = table("claims_search", column("rowid"), column("rank"))

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


def match_expression(words: str) -> str | None:
    """Return an FTS5 expression that asks for every word, or None when there is no word at all.

    ``"words in quotation marks"`` are one phrase, ``begin*`` asks for a beginning. Everything else is taken
    as text: operators, brackets and hyphens mean nothing. Typographic quotation marks do as well.
    """
    terms = []
    for phrase, word in _TERM.findall(re.sub("[“”„«»]", '"', storable(words).replace("\0", " "))):
        term = phrase or word
        if any(character.isalnum() for character in term):
            star = "*" if word.endswith("*") else ""
            terms.append(f'"{term}"{star}')
    return " ".join(terms) or None


def numbers(match: str) -> Select[Any]:
    """Return the selection of the numbers of claims that match an expression."""
    return select(index.c.rowid).where(text("claims_search MATCH :match").bindparams(match=match))


def ranked(connection: Connection, match: str, limit: int) -> list[int]:
    """Return the numbers of the best matches, best first.

    The best are those where rare words occur, propositions and contents counting more than names.
    """
    best = func.bm25(text("claims_search"), 2.0, 1.0, 1.0)
    return list(connection.execute(numbers(match).order_by(best).limit(limit)).scalars())
