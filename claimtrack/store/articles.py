"""Articles in the project: recognised by their text, kept in versions, never doubled."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import Connection, Row, Select, func, select, update
from sqlalchemy.dialects.sqlite import insert

from claimtrack.errors import ProjectError
from claimtrack.model import Article, article_id
from claimtrack.store.schema import article_texts, articles, claims, publications
from claimtrack.store.texts import day_of, iso, now, storable

Verdict = Literal["new", "known", "version"]


@dataclass(frozen=True)
class Place:
    """What an article is to the project.

    ``article`` is what to extract from and store: the stored one where it is known, otherwise the given
    one under an id that no other text has. ``replaces`` is the article that it is a new version of.
    """

    article: Article
    verdict: Verdict
    replaces: str | None = None


def place(connection: Connection, given: Article) -> Place:
    """Tell whether the project has an article, an older version of it, or neither.

    The same text is the same article, whatever its id and address. Another text at a known address is a
    new version; so is another text with a known id and title where neither has an address. Claims hang on
    the article's id, so a version whose id is taken gets an id from its text.
    """
    given = storable(given)
    digest = article_id(given.text)
    known = connection.execute(_stored().where(articles.c.text_hash == digest)).first()
    if known is not None:
        return Place(_article(known), "known")
    same_id = connection.execute(select(articles).where(articles.c.id == given.id)).first()
    article = replace(given, id=digest) if same_id is not None else given
    previous = _previous(connection, given, same_id)
    return Place(article, "version" if previous else "new", previous)


def _previous(connection: Connection, given: Article, same_id: Row[Any] | None) -> str | None:
    current = articles.c.superseded_by.is_(None)
    if given.url:
        address = comparable_url(given.url)
        near = select(articles.c.id, articles.c.url).where(current, articles.c.url.like(f"%{_core(address)}%"))
        return next((id_ for id_, url in connection.execute(near) if comparable_url(url) == address), None)
    if same_id is not None and not same_id.url and given.title and same_id.title == given.title:
        # The latest of its versions.
        latest, newer = str(same_id.id), same_id.superseded_by
        while newer:
            latest = str(newer)
            newer = connection.execute(select(articles.c.superseded_by).where(articles.c.id == latest)).scalar()
        return latest
    return None


def comparable_url(url: str) -> str:
    """Return an address without what does not change the page: scheme, fragment, last slash, case of the host."""
    parts = urlsplit(url.strip()) if _parsable(url) else None
    if parts is None or not parts.netloc:
        return url.strip()
    return urlunsplit(("", parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query, ""))


def _core(address: str) -> str:
    """Return a piece of an address that every spelling of it shares, for LIKE."""
    piece = max(address.split("?")[0].lstrip("/").split("/"), key=len)
    return piece.replace("%", "_")


def _parsable(url: str) -> bool:
    try:
        urlsplit(url.strip())
    except ValueError:
        return False
    return True


def add(connection: Connection, placed: Place, extracted_with: str | None = None) -> bool:
    """Store an article that :func:`place` called new or a version.

    Return False, and store nothing, when its id is taken by another text: another program was quicker.
    """
    article = placed.article
    values = {
        "id": article.id, "outlet": article.outlet, "title": article.title, "url": article.url,
        "author": article.author, "published": iso(article.published), "path": article.path,
        "text_hash": article_id(article.text),
        "characters": len(article.text), "added_at": now(), "extracted_with": extracted_with,
    }  # fmt: skip
    added = connection.execute(insert(articles).values(values).on_conflict_do_nothing())
    if not added.rowcount:
        return False
    connection.execute(insert(article_texts).values(article_id=article.id, text=article.text))
    if placed.replaces:
        version = select(articles.c.version).where(articles.c.id == placed.replaces).scalar_subquery()
        connection.execute(update(articles).where(articles.c.id == article.id).values(version=version + 1))
        connection.execute(
            update(articles).where(articles.c.id == placed.replaces).values(superseded_by=article.id)
        )  # fmt: skip
    return True


def extracted_again(connection: Connection, id_: str, extracted_with: str | None) -> None:
    """Keep which models an article was last extracted with."""
    connection.execute(update(articles).where(articles.c.id == id_).values(extracted_with=extracted_with))


def newest_day(connection: Connection) -> datetime.date | None:
    """Return the day on which the newest article was published."""
    return day_of(connection.execute(select(func.max(articles.c.published))).scalar())


def is_elsewhere(stored: Article, given: Article) -> bool:
    """Tell whether a known text comes from another outlet or address; what is not told is taken to be the same."""
    return (given.outlet or stored.outlet, given.url or stored.url) != (stored.outlet, stored.url)


def also_published(connection: Connection, stored: Article, given: Article) -> None:
    """Keep that a known text appeared elsewhere too."""
    given = storable(given)
    values = {
        "article_id": stored.id, "outlet": given.outlet or "", "url": given.url or "", "title": given.title,
        "published": iso(given.published), "path": given.path,
    }  # fmt: skip
    connection.execute(insert(publications).values(values).on_conflict_do_nothing())


def _stored() -> Select[Any]:
    return select(articles, article_texts.c.text).join(article_texts, article_texts.c.article_id == articles.c.id)


def _article(row: Row[Any]) -> Article:
    published = day_of(row.published)
    return Article(row.id, row.text, row.outlet, row.title, row.url, published, row.path, row.author)


PORTION = 200
"""So many texts are read at once, which neither takes much memory nor many questions."""


def load(connection: Connection, ids: Sequence[str] | None = None) -> Iterator[Article]:
    """Yield stored articles with their texts: those with some ids, or all that are not superseded."""
    if ids is None:
        ids = list(connection.execute(select(articles.c.id).where(articles.c.superseded_by.is_(None))).scalars())
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        found = {row.id: row for row in connection.execute(_stored().where(articles.c.id.in_(portion)))}
        yield from (_article(found[id_]) for id_ in portion if id_ in found)


def matching(connection: Connection, words: str) -> list[str]:
    """Return the ids of the articles that somebody may mean: by id or its beginning, path, or words of the title.

    Raises:
        ProjectError: when there is none.
    """
    words = storable(words)
    exact = select(articles.c.id).where((articles.c.id == words) | (articles.c.path == words))
    loose = select(articles.c.id).where(
        articles.c.id.startswith(words, autoescape=True)
        | articles.c.title.contains(words, autoescape=True)
        | articles.c.path.contains(words, autoescape=True)
    )
    for query in (exact, loose):
        found = list(connection.execute(query).scalars())
        if found:
            return found
    raise ProjectError(f"no article is called {words!r}; claimtrack articles lists them")


def listed(connection: Connection) -> list[dict[str, Any]]:
    """Return one row for each article, in the order of publication, with the number of its claims."""
    count = select(func.count()).where(claims.c.article_id == articles.c.id, claims.c.status != "rejected")
    others = select(func.count()).where(publications.c.article_id == articles.c.id)
    query = select(
        articles.c.published, articles.c.outlet, articles.c.title, articles.c.author,
        count.scalar_subquery().label("claims"),
        articles.c.version, articles.c.superseded_by, others.scalar_subquery().label("also_published"),
        articles.c.url, articles.c.path, articles.c.id.label("article_id"), articles.c.characters,
        articles.c.added_at, articles.c.extracted_with,
    ).order_by(articles.c.published, articles.c.number)  # fmt: skip
    return [dict(row._mapping) for row in connection.execute(query)]
