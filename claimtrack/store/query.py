"""Which claims: filters become one SQL query."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, false, func, or_, select

from claimtrack.errors import ProjectError
from claimtrack.store import articles as stored_articles
from claimtrack.store import search, speakers, topics
from claimtrack.store.reviews import PROGRAM
from claimtrack.store.schema import articles, claims, duplicates, relations, reviews
from claimtrack.store.schema import speakers as people
from claimtrack.store.shown import COLUMNS, shown_claims
from claimtrack.store.texts import fold

Order = Literal["article", "day"]


@dataclass(frozen=True)
class Filters:
    """What to look for; None asks for nothing.

    Args:
        speaker: part of any name of a speaker, whatever its case and accents, or a speaker's id.
        topic: part of a topic's name, or its id; the topics within it are meant too.
        text: words that proposition, content or speaker hold; ``"a phrase"`` and ``begin*`` are understood.
        outlet: part of an outlet's name.
        since: first day on which it may have been said (or published, where the text does not tell).
        until: last day likewise.
        kind: ``direct``, ``mixed`` or ``indirect``.
        attitude: one of :data:`claimtrack.model.ATTITUDES`.
        commitment: one of :data:`claimtrack.model.COMMITMENTS`.
        via: part of the name of the speaker who passed it on.
        status: ``suggested``, ``accepted``, ``rejected``, or ``all``; by default all but rejected ones.
        article: an article's id or its beginning, path, or words of its title.
        superseded: also claims of older versions of articles.
    """

    speaker: str | None = None
    topic: str | None = None
    text: str | None = None
    outlet: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    kind: str | None = None
    attitude: str | None = None
    commitment: str | None = None
    via: str | None = None
    status: str | None = None
    article: str | None = None
    superseded: bool = False

    def given(self) -> dict[str, Any]:
        """Return the filters that ask for something."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in values.items() if value not in (None, False)}


def conditions(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what must hold of ``claims`` joined with ``articles``.

    Raises:
        ProjectError: when no article is the one asked for.
    """
    found: list[ColumnElement[bool]] = []
    for name in ("kind", "attitude", "commitment"):
        if getattr(filters, name) is not None:
            found.append(claims.c[name] == getattr(filters, name))
    if filters.status is None:
        found.append(claims.c.status != "rejected")
    elif filters.status != "all":
        found.append(claims.c.status == filters.status)
    if not filters.superseded:
        found.append(articles.c.superseded_by.is_(None))
    if filters.since is not None:
        found.append(claims.c.last_day >= filters.since.isoformat())
    if filters.until is not None:
        found.append(claims.c.first_day <= filters.until.isoformat())
    if filters.speaker is not None:
        found.append(one_of(claims.c.speaker_id, speakers.ids_matching(connection, filters.speaker)))
    if filters.via is not None:
        holders = speakers.ids_matching(connection, filters.via)
        outer = claims.alias("holders")
        found.append(claims.c.via.in_(select(outer.c.id).where(one_of(outer.c.speaker_id, holders))))
    if filters.outlet is not None:
        found.append(one_of(articles.c.outlet, _values_like(connection, articles.c.outlet, filters.outlet)))
    if filters.topic is not None:
        found.append(one_of(claims.c.topic, topics.matching(connection, filters.topic)))
    if filters.article is not None:
        found.append(one_of(claims.c.article_id, stored_articles.matching(connection, filters.article)))
    if filters.text is not None:
        match = search.match_expression(filters.text)
        found.append(claims.c.number.in_(search.numbers(match)) if match else false())
    return found


def one_of(column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition that a column has one of some values.

    SQLite takes 32,766 parameters; beyond that (and for speed) the values travel as one JSON text.
    """
    if len(values) <= 100:
        return column.in_(values)
    each = func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(select(each.c.value))


def _values_like(connection: Connection, column: ColumnElement[Any], words: str) -> list[str]:
    folded = fold(words)
    values = connection.execute(select(column).distinct().where(column.is_not(None))).scalars()
    return [value for value in values if folded in fold(value)]


def _ordered(query: Select[Any], order: Order) -> Select[Any]:
    if order == "day":
        return query.order_by(claims.c.first_day, articles.c.published, articles.c.number, claims.c.position)
    return query.order_by(articles.c.published, articles.c.number, claims.c.position)


def rows(
    connection: Connection, filters: Filters, limit: int | None = None, order: Order = "article"
) -> Iterator[tuple[Any, ...]]:
    """Yield shown claims as tuples in the order of :data:`claimtrack.store.shown.COLUMNS`.

    Args:
        connection: to read from.
        filters: which claims.
        limit: at most so many.
        order: by publication and place in the article, or by the day they were said.
    """
    query = _ordered(shown_claims().where(and_(True, *conditions(connection, filters))), order)
    yield from _tuples(connection.execute(query.limit(limit)))


def numbered(connection: Connection, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the shown claims with these numbers, in their order; none that is rejected or superseded."""
    query = shown_claims().add_columns(claims.c.number).where(
        one_of(claims.c.number, numbers), *conditions(connection, Filters())
    )  # fmt: skip
    place = {number: n for n, number in enumerate(numbers)}
    rows = sorted(_tuples(connection.execute(query)), key=lambda row: place[row[-1]])
    return [row[:-1] for row in rows]


def _tuples(rows: Iterable[Row[Any]]) -> Iterator[tuple[Any, ...]]:
    alternatives = COLUMNS.index("speaker_alternatives")
    for row in rows:
        if row[alternatives] is None:
            yield tuple(row)
        else:
            values = list(row)
            values[alternatives] = "; ".join(json.loads(row[alternatives]))
            yield tuple(values)


def shown(
    connection: Connection, filters: Filters, limit: int | None = None, order: Order = "article"
) -> Iterator[Any]:
    """Yield shown claims as mappings, with ``parent``, from which claims can be rebuilt."""
    query = (
        shown_claims().add_columns(claims.c.parent, claims.c.more).where(and_(True, *conditions(connection, filters)))
    )
    for row in connection.execute(_ordered(query, order).limit(limit)):
        yield row._mapping


def count(connection: Connection, filters: Filters) -> int:
    """Return how many claims there are."""
    query = select(func.count()).select_from(claims.join(articles, articles.c.id == claims.c.article_id))
    return int(connection.execute(query.where(and_(True, *conditions(connection, filters)))).scalar_one())


def ids(connection: Connection, filters: Filters) -> list[str]:
    """Return the ids of claims in the order of lists."""
    query = select(claims.c.id).select_from(claims.join(articles, articles.c.id == claims.c.article_id))
    query = _ordered(query.where(and_(True, *conditions(connection, filters))), "article")
    return list(connection.execute(query).scalars())


def with_prefix(connection: Connection, prefix: str, limit: int = 6) -> list[str]:
    """Return the ids of claims that begin so; ``c_`` may be left out."""
    wanted = prefix if prefix.startswith("c_") else f"c_{prefix}"
    # A range rather than LIKE, so that the index answers.
    query = select(claims.c.id).where(or_(claims.c.id == prefix, claims.c.id.between(wanted, wanted + "\U0010ffff")))
    return list(connection.execute(query.order_by(claims.c.id).limit(limit)).scalars())


def one_id(connection: Connection, prefix: str) -> str:
    """Return the one id of a claim that begins so.

    Raises:
        ProjectError: when there is none or more than one.
    """
    ids = with_prefix(connection, prefix)
    if prefix in ids:
        return prefix
    if not ids:
        raise ProjectError(f"no claim begins with {prefix!r}; claimtrack claims lists them with their ids")
    if len(ids) > 1:
        raise ProjectError(f"{prefix!r} begins several claims ({', '.join(ids[:5])}); write more of the id")
    return ids[0]


def shown_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    """Return shown claims as mappings with ``parent``, by their ids; of any status and version."""
    query = (
        shown_claims().add_columns(claims.c.parent, claims.c.more).where(one_of(claims.c.id, list(dict.fromkeys(ids))))
    )
    return {row.claim_id: row._mapping for row in connection.execute(query)}


def one_shown(connection: Connection, id_: str) -> Any:
    """Return one shown claim as a mapping with ``parent``, or None."""
    query = shown_claims().add_columns(claims.c.parent, claims.c.more).where(claims.c.id == id_)
    row = connection.execute(query).first()
    return None if row is None else row._mapping


def own_speaker(connection: Connection, claim: str) -> str | None:
    """Return the id of a claim's speaker before merges."""
    found: str | None = connection.execute(select(claims.c.speaker_id).where(claims.c.id == claim)).scalar()
    return found


def stats(connection: Connection) -> dict[str, int]:
    """Return how much of everything there is, by names for people."""
    current = articles.c.superseded_by.is_(None)

    def number(of: Select[Any]) -> int:
        return int(connection.execute(of).scalar_one())

    shown = select(func.count()).select_from(claims.join(articles, articles.c.id == claims.c.article_id)).where(current)
    known = func.coalesce(people.c.merged_into, people.c.id)
    told = select(func.count(known.distinct())).select_from(
        claims.join(articles, articles.c.id == claims.c.article_id).join(people, people.c.id == claims.c.speaker_id)
    )  # fmt: skip
    related = select(func.count()).select_from(relations)
    return {
        "articles": number(select(func.count()).select_from(articles).where(current)),
        "older versions": number(select(func.count()).select_from(articles).where(~current)),
        "outlets": number(select(func.count(articles.c.outlet.distinct()))),
        "near-duplicate pairs": number(select(func.count()).select_from(duplicates)),
        "claims": number(shown.where(claims.c.status != "rejected")),
        "claims without speaker": number(shown.where(claims.c.status != "rejected", claims.c.speaker_id.is_(None))),
        "claims accepted": number(shown.where(claims.c.status == "accepted")),
        "claims rejected": number(shown.where(claims.c.status == "rejected")),
        "claims to review": number(shown.where(claims.c.status == "suggested")),
        "speakers": number(told.where(current, claims.c.status != "rejected")),
        "topics": number(
            select(func.count(claims.c.topic.distinct()))
            .select_from(claims.join(articles, articles.c.id == claims.c.article_id))
            .where(current, claims.c.status != "rejected")
        ),
        "relations": number(related.where(relations.c.status != "rejected")),
        "contradictions": number(related.where(relations.c.status != "rejected", relations.c.kind == "contradicts")),
        "relations to review": number(related.where(relations.c.status == "suggested")),
        "changes by people": number(
            select(func.count())
            .select_from(reviews)
            .where(reviews.c.undone == 0, reviews.c.what != "undo", reviews.c.who != PROGRAM)
        ),
    }
