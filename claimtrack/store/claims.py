"""Claims into the file and out of it again, equal to what they were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, bindparam, delete, exists, insert, or_, select, update

from claimtrack.model import Article, Attribution, Claim, Speaker
from claimtrack.store import reviews, speakers, topics
from claimtrack.store.more import more_of, with_more
from claimtrack.store.schema import claims, corrections, relations
from claimtrack.store.texts import day_of, days, iso, spans_of, spans_text, storable_text


def row_of(claim: Claim, position: int) -> dict[str, Any]:
    """Return a claim as a row of the table ``claims``."""
    a, s = claim.attribution, claim.speaker
    first, last = days(claim.said_on, claim.said_on_precision)
    published = claim.article.published
    row = {
        "id": claim.id, "article_id": claim.article.id, "position": position, "status": "suggested",
        "speaker_id": s and s.id, "speaker_name": s and s.name, "speaker_kind": s and s.kind,
        "speaker_role": s and s.role, "speaker_affiliation": s and s.affiliation, "speaker_part_of": s and s.part_of,
        "speaker_mention": s and s.mention, "speaker_resolved_by": s and s.resolved_by,
        "speaker_confidence": s and s.confidence,
        "speaker_alternatives": json.dumps(s.alternatives, ensure_ascii=False) if s and s.alternatives else None,
        "co_speakers": "; ".join(other.name for other in claim.co_speakers) or None,
        "more": more_of(claim),
        "cue_text": claim.cue_text, "content_text": claim.content_text, "source_text": claim.source_text,
        "cue_spans": spans_text(a.cue) or None, "content_spans": spans_text(a.content) or None,
        "source_spans": spans_text(a.source) or None,
        "proposition": claim.proposition, "kind": a.kind, "attitude": a.attitude, "commitment": a.commitment,
        "confidence": a.confidence, "parent": a.parent, "said_on": iso(claim.said_on),
        "said_on_precision": claim.said_on_precision, "addressee": claim.addressee, "occasion": claim.occasion,
        "via": claim.via, "topic": claim.topic,
        "first_day": iso(first or published), "last_day": iso(last or published),
    }  # fmt: skip
    return {name: storable_text(value) for name, value in row.items()}


def save(connection: Connection, article: Article, found: Sequence[Claim]) -> None:
    """Make ``found`` the claims of an article, below what people have decided about earlier ones.

    A claim that was there already keeps its number, its relations and its corrections. One that is no longer
    found goes, unless somebody has reviewed it or a relation of it; then it stays, and a new claim with the
    same cue and overlapping content is left out, because a person has decided on these words.
    """
    before = _before(connection, article.id)
    unique = {claim.id: claim for claim in found}
    kept = {id_: row for id_, row in before.items() if id_ not in unique and row["reviewed"]}
    stands_for = {id_: rival for id_, claim in unique.items() if id_ not in before and (rival := _rival(claim, kept))}
    rows = [
        row_of(claim, n) for n, claim in enumerate(found) if unique[claim.id] is claim and claim.id not in stands_for
    ]
    for row in rows:
        row["via"] = stands_for.get(row["via"], row["via"])
    speakers.add(connection, (claim.speaker for claim in unique.values() if claim.speaker))
    named = topics.add_named(connection, (claim.topic for claim in unique.values() if claim.topic is not None))
    grouped = topics.below(connection, article.id)
    for row in rows:
        # Extraction knows of no topics: what a grouping said stays until the next one.
        row["topic"] = grouped.get(row["id"]) if row["topic"] is None else named[row["topic"]]
    gone = [id_ for id_ in before if id_ not in unique and id_ not in kept]
    for id_ in gone:
        connection.execute(delete(claims).where(claims.c.id == id_))
    if kept:
        connection.execute(update(claims).where(claims.c.id.in_(list(kept))).values(found=0))
    new = [row for row in rows if row["id"] not in before]
    if new:
        connection.execute(insert(claims), new)
    again = [{**row, "known": row["id"], "found": 1} for row in rows if row["id"] in before]
    for row in again:
        del row["id"], row["article_id"]
        statement = update(claims).where(claims.c.id == bindparam("known"))
        connection.execute(statement, row)
        reviews.lay_over(connection, row["known"])


def _before(connection: Connection, article: str) -> dict[str, Mapping[str, Any]]:
    corrected = exists().where(corrections.c.claim_id == claims.c.id)
    related = exists().where(
        or_(relations.c.claim_a == claims.c.id, relations.c.claim_b == claims.c.id), relations.c.status != "suggested"
    )
    query = select(
        claims.c.id, claims.c.cue_spans, claims.c.content_spans, or_(corrected, related).label("reviewed")
    ).where(claims.c.article_id == article)
    return {row.id: cast("Mapping[str, Any]", row._mapping) for row in connection.execute(query)}


def _rival(claim: Claim, kept: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Return the reviewed claim that already stands for these words."""
    for id_, row in kept.items():
        if spans_of(row["cue_spans"]) == claim.attribution.cue and any(
            old.overlaps(new) for old in spans_of(row["content_spans"]) for new in claim.attribution.content
        ):
            return id_
    return None


def claim_of(row: Mapping[str, Any], article: Article) -> Claim:
    """Return the claim that a row of ``claims``, or of a shown claim, stands for."""
    speaker = None
    if row["speaker_id"] is not None:
        alternatives = row["speaker_alternatives"]
        speaker = Speaker(
            row["speaker_id"], row["speaker_name"], row["speaker_kind"], row["speaker_role"], row["speaker_mention"],
            row["speaker_resolved_by"], row["speaker_affiliation"], row["speaker_part_of"], row["speaker_confidence"],
            tuple(json.loads(alternatives)) if alternatives else (),
            **with_more(row["more"], "speaker"),
        )  # fmt: skip
    attribution = Attribution(
        spans_of(row["cue_spans"]), spans_of(row["content_spans"]), spans_of(row["source_spans"]), row["kind"],
        row["attitude"], row["commitment"], row["confidence"], row["parent"], **with_more(row["more"], "attribution"),
    )  # fmt: skip
    return Claim(
        row["claim_id"], article, attribution, speaker, row["proposition"], day_of(row["said_on"]),
        row["said_on_precision"], row["addressee"], row["occasion"], row["via"], row["topic"],
        **with_more(row["more"], "claim"),
    )  # fmt: skip


def of_article(connection: Connection, article: Article) -> list[Claim]:
    """Return the claims of an article with its corrections, speakers named as the article's text has them."""
    names = {topic.id: topic.name for topic in topics.load(connection)}
    query = select(claims, claims.c.id.label("claim_id")).where(claims.c.article_id == article.id)
    rows: Iterable[Any] = connection.execute(query.order_by(claims.c.position))
    return [claim_of({**row._mapping, "topic": names.get(row.topic)}, article) for row in rows]
