"""Topics in the project file: found by a grouping, or named by a person, whose choice wins."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from claimtrack.model import Topic, topic_id
from claimtrack.store.schema import claims, corrections, topics
from claimtrack.store.texts import fold, storable


def load(connection: Connection) -> tuple[Topic, ...]:
    """Return all topics."""
    rows = connection.execute(select(topics).order_by(topics.c.id))
    return tuple(Topic(row.id, row.name, tuple(row.words.split("; ")) if row.words else (), row.parent) for row in rows)


def of_claims(connection: Connection) -> dict[str, str]:
    """Return the topic's id of each claim that has one, as people corrected it."""
    rows = connection.execute(select(claims.c.id, claims.c.topic).where(claims.c.topic.is_not(None)))
    return dict(rows.tuples().all())


def chosen(connection: Connection) -> dict[str, str | None]:
    """Return the topic's name that a person gave to a claim, by the claim's id; None for a claim without topic."""
    rows = connection.execute(select(corrections.c.claim_id, corrections.c.value).where(corrections.c.field == "topic"))
    return dict(rows.tuples().all())


def below(connection: Connection, article: str | None = None) -> dict[str, str | None]:
    """Return what lies below people's choices: the topic's id that a grouping gave to each claim, where it did.

    Args:
        connection: to read from.
        article: only of the claims of this article.
    """
    query = select(claims.c.id, claims.c.topic, corrections.c.extracted).outerjoin(
        corrections, (corrections.c.claim_id == claims.c.id) & (corrections.c.field == "topic")
    )
    if article is not None:
        query = query.where(claims.c.article_id == article)
    return {
        row.id: row.topic if row.extracted is None else json.loads(row.extracted).get("topic")
        for row in connection.execute(query)
    }


def add_named(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Make sure that there are topics of exactly these names, and return the id of each."""
    wanted = {storable(name) for name in names}
    if not wanted:
        return {}
    query = select(topics.c.name, func.min(topics.c.id)).where(topics.c.name.in_(wanted)).group_by(topics.c.name)
    found = dict(connection.execute(query).tuples().all())
    new = {name: topic_id(name) for name in wanted - found.keys()}
    add(connection, (Topic(id_, name) for name, id_ in new.items()))
    return {**found, **new}


def named(connection: Connection, name: str) -> str:
    """Return the id of the topic that a person means by a name, whatever its case and accents; made if need be.

    Of several topics with one name it is the one with most claims.
    """
    folded = fold(name)
    same: list[str] = [row.id for row in connection.execute(select(topics)) if fold(row.name) == folded]
    if not same:
        return add_named(connection, [name])[name]
    many = select(claims.c.topic, func.count()).where(claims.c.topic.in_(same)).group_by(claims.c.topic)
    counted: dict[str | None, int] = dict(connection.execute(many).tuples().all())
    return max(same, key=lambda id_: (counted.get(id_, 0), id_))


def add(connection: Connection, found: Iterable[Topic]) -> None:
    """Store topics; one that is there gets the new name, words and wider topic."""
    rows = [
        {"id": t.id, "name": storable(t.name), "words": "; ".join(map(storable, t.words)) or None, "parent": t.parent}
        for t in found
    ]
    if rows:
        added = insert(topics)
        fresh = {name: added.excluded[name] for name in ("name", "words", "parent")}
        connection.execute(added.on_conflict_do_update(index_elements=["id"], set_=fresh), rows)


def put(connection: Connection, of: Mapping[str, str | None], grouped: Mapping[str, str]) -> None:
    """Give claims their topics.

    Args:
        connection: to write with.
        of: the topic's id to be shown of each claim; claims that are not named keep theirs.
        grouped: what a grouping says, which lies below people's choices.
    """
    now = of_claims(connection)
    moved = [{"claim": claim, "now": topic} for claim, topic in of.items() if now.get(claim) != topic]
    if moved:
        connection.execute(
            update(claims).where(claims.c.id == bindparam("claim")).values(topic=bindparam("now")), moved
        )
    covered = [
        {"claim": claim, "below": json.dumps({"topic": grouped.get(claim)})}
        for claim in chosen(connection)
        if claim in of
    ]
    if covered:
        key = (corrections.c.claim_id == bindparam("claim")) & (corrections.c.field == "topic")
        connection.execute(update(corrections).where(key).values(extracted=bindparam("below")), covered)


def drop_empty(connection: Connection, keep: Iterable[str]) -> None:
    """Take out topics that neither a claim nor what lies below a person's choice belongs to, nor a narrower topic.

    Args:
        connection: to write with.
        keep: ids of topics that stay anyway.
    """
    every = {topic.id: topic for topic in load(connection)}
    used = {*keep, *of_claims(connection).values(), *filter(None, below(connection).values())}
    while wider := {t.parent for id_ in used if (t := every.get(id_)) and t.parent} - used:
        used |= wider
    gone = [{"gone": id_} for id_ in every.keys() - used]
    if gone:
        connection.execute(delete(topics).where(topics.c.id == bindparam("gone")), gone)


def matching(connection: Connection, words: str) -> list[str]:
    """Return the ids of the topics whose name holds some words, or that has this id, and of all within them."""
    every = load(connection)
    folded = fold(storable(words))
    found = {topic.id for topic in every if folded in fold(topic.name) or topic.id == words}
    while within := {topic.id for topic in every if topic.parent in found} - found:
        found |= within
    return sorted(found)


def listed(connection: Connection) -> list[dict[str, Any]]:
    """Return one row for each topic that has claims, its narrower topics counted in, the largest first.

    Claims that were rejected and older versions of articles are left out. Agreements and contradictions are those
    that no one rejected.
    """
    rows = connection.exec_driver_sql(_LISTED)
    return [dict(row._mapping) for row in rows]


_LISTED = """
WITH RECURSIVE within (topic, wider) AS (
    SELECT id, id FROM topics UNION SELECT within.topic, topics.parent FROM within
    JOIN topics ON topics.id = within.wider WHERE topics.parent IS NOT NULL),
told AS (
    SELECT claims.id, claims.topic, coalesce(speakers.merged_into, speakers.id) AS speaker, articles.outlet,
        claims.first_day, claims.last_day
    FROM claims JOIN articles ON articles.id = claims.article_id LEFT JOIN speakers ON speakers.id = claims.speaker_id
    WHERE claims.status <> 'rejected' AND articles.superseded_by IS NULL),
counted AS (
    SELECT within.wider AS id, count(*) AS claims, count(DISTINCT told.speaker) AS speakers,
        count(DISTINCT told.outlet) AS outlets, min(told.first_day) AS first, max(told.last_day) AS last
    FROM told JOIN within ON within.topic = told.topic GROUP BY within.wider),
tied AS (
    SELECT coalesce(a.topic, b.topic) AS topic, sum(relations.kind = 'agrees') AS agreements,
        sum(relations.kind = 'contradicts') AS contradictions
    FROM relations JOIN told AS a ON a.id = relations.claim_a JOIN told AS b ON b.id = relations.claim_b
    WHERE relations.status <> 'rejected' GROUP BY 1),
summed AS (
    SELECT within.wider AS id, sum(agreements) AS agreements, sum(contradictions) AS contradictions
    FROM tied JOIN within ON within.topic = tied.topic GROUP BY within.wider)
SELECT topics.name, wider.name AS wider_topic, counted.claims, counted.speakers, counted.outlets, counted.first,
    counted.last, coalesce(summed.agreements, 0) AS agreements, coalesce(summed.contradictions, 0) AS contradictions,
    topics.words, topics.id AS topic_id
FROM counted JOIN topics ON topics.id = counted.id LEFT JOIN topics AS wider ON wider.id = topics.parent
LEFT JOIN summed ON summed.id = topics.id
ORDER BY counted.claims DESC, topics.name, topics.id"""
