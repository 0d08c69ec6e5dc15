"""Which relations: filters of claims, kind and status become one SQL query over relations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, union_all

from claimtrack.model import RelationKind
from claimtrack.store.query import Filters, conditions
from claimtrack.store.schema import articles, claims, relations

MANY = 5000
"""From up to so many claims we go to their relations; from more it is quicker to look at the relations in order."""


@dataclass(frozen=True)
class Wanted:
    """What to look for; None asks for nothing.

    Args:
        claims: one of the two claims has to fit; the other need not, so that one sees who contradicts a speaker.
            What was rejected, and older versions of articles, are left out on both sides unless these ask for them.
        kind: of the relation.
        status: of the relation: ``suggested``, ``accepted``, ``rejected``, or ``all``; by default all but rejected
            ones.
    """

    claims: Filters = field(default_factory=Filters)
    kind: RelationKind | None = None
    status: str | None = None


def _chosen(connection: Connection, wanted: Wanted) -> Select[tuple[str]]:
    query = select(relations.c.id)
    filters = wanted.claims
    if wanted.kind is not None:
        query = query.where(relations.c.kind == wanted.kind)
    everything = filters.status == "all"
    if wanted.status not in (None, "all"):
        query = query.where(relations.c.status == wanted.status)
    elif wanted.status is None and not everything:
        query = query.where(relations.c.status != "rejected")
    for hidden in _hidden(everything, filters.superseded):
        query = query.where(*(relations.c[f"claim_{side}"].not_in(hidden) for side in "ab"))
    if set(filters.given()) - {"superseded", "status" if everything else ""}:
        joined = claims.join(articles, articles.c.id == claims.c.article_id)
        fit = select(claims.c.id).select_from(joined).where(*conditions(connection, filters)).cte("fit")
        ends = [relations.c[f"claim_{side}"].in_(select(fit.c.id)) for side in "ab"]
        if connection.execute(select(func.count()).select_from(fit)).scalar_one() > MANY:
            query = query.where(or_(*ends))
        else:
            query = query.where(relations.c.id.in_(union_all(*(select(relations.c.id).where(end) for end in ends))))
    return query


def _hidden(everything: bool, superseded: bool) -> Iterator[Select[tuple[str]]]:
    """Yield the claims that are not shown: they are few, which is much quicker than to look at all that are."""
    if not everything:
        yield select(claims.c.id).where(claims.c.status == "rejected")
    if not superseded:
        older = select(articles.c.id).where(articles.c.superseded_by.is_not(None))
        yield select(claims.c.id).where(claims.c.article_id.in_(older))


def ids(connection: Connection, wanted: Wanted, limit: int | None = None) -> list[str]:
    """Return the ids of relations, the surest first."""
    query = _chosen(connection, wanted).order_by(relations.c.score.desc(), relations.c.id)
    return [row.id for row in connection.execute(query.limit(limit))]


def count(connection: Connection, wanted: Wanted) -> int:
    """Return how many relations there are."""
    return int(
        connection.execute(select(func.count()).select_from(_chosen(connection, wanted).subquery())).scalar_one()
    )


@dataclass(frozen=True)
class Placed:
    """A relation, the id of its topic (None without), and how many of those asked for that topic holds."""

    id: str
    topic: str | None
    in_topic: int


def by_topic(connection: Connection, wanted: Wanted, limit: int | None = None) -> list[Placed]:
    """Return relations topic by topic, the surest first within each.

    The topic with the surest one comes first, of equals the one with most; those without a topic come last.
    """
    # The second is looked up only where the first has no topic.
    either = func.coalesce(_topic_of("a"), _topic_of("b")).label("topic")
    chosen = _chosen(connection, wanted).add_columns(relations.c.score, either).subquery()
    topic = chosen.c.topic
    placed = select(
        chosen.c.id, chosen.c.score, topic,
        func.max(chosen.c.score).over(partition_by=topic).label("best"),
        func.count().over(partition_by=topic).label("in_topic"),
    ).subquery()  # fmt: skip
    query = select(placed.c.id, placed.c.topic, placed.c.in_topic).order_by(
        placed.c.topic.is_(None),
        placed.c.best.desc(),
        placed.c.in_topic.desc(),
        placed.c.topic,
        placed.c.score.desc(),
        placed.c.id,
    )
    return [Placed(*row) for row in connection.execute(query.limit(limit))]


def _topic_of(side: str) -> ColumnElement[Any]:
    end = claims.alias(f"topic_{side}")
    chosen = select(end.c.topic).where(end.c.id == relations.c[f"claim_{side}"])
    return chosen.correlate(relations).scalar_subquery()
