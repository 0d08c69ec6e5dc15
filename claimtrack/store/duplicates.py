"""Near-duplicate articles: pairs and signatures are kept here, found elsewhere.

The seam: an index of signatures is filled from :func:`signatures`, asked about a new article, and what it
answers goes to :func:`add`. Nothing here knows how a signature is made.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from claimtrack.store.schema import articles, duplicates


def add(connection: Connection, pairs: Iterable[tuple[str, str, float]]) -> None:
    """Keep pairs of article ids and how similar their texts are (0 to 1); a known pair gets the new figure."""
    rows = [
        {"article_a": min(a, b), "article_b": max(a, b), "similarity": similarity}
        for a, b, similarity in pairs
        if a != b
    ]
    if rows:
        added = insert(duplicates)
        connection.execute(
            added.on_conflict_do_update(
                index_elements=["article_a", "article_b"], set_={"similarity": added.excluded.similarity}
            ),
            rows,
        )


def set_signature(connection: Connection, article: str, signature: bytes) -> None:
    """Keep the signature of an article."""
    connection.execute(update(articles).where(articles.c.id == article).values(signature=signature))


def signatures(connection: Connection) -> list[tuple[str, bytes]]:
    """Return the signatures of the articles that have one, in the order they came."""
    query = select(articles.c.id, articles.c.signature).where(articles.c.signature.is_not(None))
    return [(article, signature) for article, signature in connection.execute(query.order_by(articles.c.number))]


def copies(connection: Connection) -> dict[str, str]:
    """Return for each article that stands in another, or in which another stands, the first of them.

    Those that are linked over others belong together. First is the one published first; where that is not known, the
    one that came first into the project. An article that is the first of its group is not listed.
    """
    order = select(articles.c.id).order_by(articles.c.published.is_(None), articles.c.published, articles.c.number)
    place = {id_: n for n, id_ in enumerate(connection.execute(order).scalars())}
    pairs = connection.execute(select(duplicates.c.article_a, duplicates.c.article_b)).tuples().all()
    first: dict[str, str] = {}

    def root(id_: str) -> str:
        while id_ in first:
            id_ = first[id_]
        return id_

    for pair in pairs:
        early, late = sorted((root(id_) for id_ in pair), key=place.__getitem__)
        if early != late:
            first[late] = early
    return {id_: root(id_) for id_ in first}
