"""What is shown of claims and relations: one selection, used by queries and as views in the file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, case, func, select
from sqlalchemy.dialects import sqlite

from claimtrack.store.schema import articles, claims, relations, speakers, topics

own = speakers.alias("own")
known = speakers.alias("known")

SOURCE: FromClause = (
    claims.join(articles, articles.c.id == claims.c.article_id)
    .outerjoin(own, own.c.id == claims.c.speaker_id)
    .outerjoin(known, known.c.id == func.coalesce(own.c.merged_into, own.c.id))
    .outerjoin(topics, topics.c.id == claims.c.topic)
)
"""Claims with their article, speaker and topic; ``known`` is the speaker after merges."""

_ELSEWHERE: dict[str, ColumnElement[Any]] = {
    "claim_id": claims.c.id, "article_id": articles.c.id, "article_outlet": articles.c.outlet,
    "article_published": articles.c.published, "article_title": articles.c.title, "article_url": articles.c.url,
    "article_path": articles.c.path, "speaker_id": known.c.id, "speaker_name": known.c.name,
    "speaker_kind": known.c.kind, "topic": topics.c.name,
}  # fmt: skip

COLUMNS = (
    "speaker_name", "cue_text", "proposition", "content_text", "kind", "said_on", "said_on_precision", "addressee",
    "article_outlet", "article_published", "article_title", "speaker_role", "speaker_affiliation", "speaker_kind",
    "co_speakers", "source_text", "attitude", "commitment", "occasion", "via", "topic", "confidence", "claim_id",
    "article_id", "article_url", "article_path", "speaker_id", "speaker_part_of", "speaker_mention",
    "speaker_resolved_by", "speaker_confidence", "speaker_alternatives", "source_spans", "cue_spans", "content_spans",
    "status",
)  # fmt: skip
"""Of a shown claim, as in CSV, and its review status last."""

SHOWN: dict[str, ColumnElement[Any]] = {
    name: _ELSEWHERE[name] if name in _ELSEWHERE else claims.c[name] for name in COLUMNS
}
"""Each column of a shown claim and where it comes from."""


def shown_claims() -> Select[Any]:
    """Return the selection of all claims as shown."""
    return select(*(column.label(name) for name, column in SHOWN.items())).select_from(SOURCE)


def _view(name: str, selection: Select[Any]) -> str:
    # A view cannot hold bound parameters, so they are written out.
    body = selection.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return f"CREATE VIEW IF NOT EXISTS {name} AS\n{body}"


def _claims_view() -> Select[Any]:
    superseded = case((articles.c.superseded_by.is_(None), 0), else_=1).label("article_superseded")
    return shown_claims().add_columns(superseded)


def _relations_view() -> Select[Any]:
    sides, matters = [], []
    joined: FromClause = relations
    for side in "ab":
        claim, article = claims.alias(f"claim_{side}"), articles.alias(f"article_{side}")
        its, root = speakers.alias(f"own_{side}"), speakers.alias(f"known_{side}")
        joined = joined.join(claim, claim.c.id == relations.c[f"claim_{side}"])
        joined = joined.join(article, article.c.id == claim.c.article_id)
        joined = joined.outerjoin(its, its.c.id == claim.c.speaker_id)
        joined = joined.outerjoin(root, root.c.id == func.coalesce(its.c.merged_into, its.c.id))
        matters.append(claim.c.topic)
        sides += [
            root.c.name.label(f"speaker_{side}"),
            claim.c.cue_text.label(f"cue_{side}"),
            func.coalesce(claim.c.proposition, claim.c.content_text).label(f"claim_{side}"),
            article.c.outlet.label(f"outlet_{side}"),
            claim.c.first_day.label(f"day_{side}"),
            claim.c.id.label(f"claim_id_{side}"),
        ]
    matter = topics.alias("matter")
    joined = joined.outerjoin(matter, matter.c.id == func.coalesce(*matters))
    r = relations.c
    return select(
        r.kind, *sides, r.score, r.reason, r.status, matter.c.name.label("topic"), r.evidence,
        r.id.label("relation_id"),
    ).select_from(joined)  # fmt: skip


VIEWS = (_view("claims_view", _claims_view()), _view("relations_view", _relations_view()))
