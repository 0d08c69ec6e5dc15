"""Claims, relations, speakers and articles as other programs see them: nested for JSON, flat for spreadsheets."""

from __future__ import annotations

import datetime
import json
from typing import Any

from claimtrack.model import Article, Claim, Relation, Spans, Speaker, joined

COLUMNS = (
    "speaker_name", "cue_text", "proposition", "content_text", "kind", "said_on", "said_on_precision", "addressee",
    "article_outlet", "article_published", "article_title", "speaker_role", "speaker_affiliation", "speaker_kind",
    "co_speakers", "source_text", "attitude", "commitment", "occasion", "via", "topic", "confidence", "claim_id",
    "article_id", "article_url", "article_path", "speaker_id", "speaker_part_of", "speaker_mention",
    "speaker_resolved_by", "speaker_confidence", "speaker_alternatives", "source_spans", "cue_spans", "content_spans",
)  # fmt: skip
"""The columns of a table of claims: what people read first, what programs need last."""

SPEAKER_COLUMNS = (
    "speaker_name", "speaker_kind", "speaker_role", "speaker_affiliation", "claims", "speaker_id", "speaker_part_of",
)  # fmt: skip

ARTICLE_COLUMNS = (
    "article_outlet", "article_published", "article_title", "article_author", "claims", "article_id", "article_url",
    "article_path",
)  # fmt: skip

_SIDE = (
    "speaker_name", "cue_text", "proposition", "content_text", "said_on", "article_outlet", "article_published",
)  # fmt: skip
"""What a row of relations tells of each claim; the rest is found by its id."""

RELATION_COLUMNS = (
    "kind", "reason", *(f"a_{column}" for column in _SIDE), *(f"b_{column}" for column in _SIDE), "score", "status",
    "relation_id", "a_claim_id", "b_claim_id", "evidence",
)  # fmt: skip

DATE_COLUMNS = frozenset(
    column for column in (*COLUMNS, *RELATION_COLUMNS) if column.endswith(("said_on", "published"))
)
"""Columns that hold days."""

NUMBER_COLUMNS = frozenset({"confidence", "speaker_confidence", "score"})
"""Columns that hold numbers between 0 and 1."""


def claim_object(claim: Claim) -> dict[str, Any]:
    """Return a claim as the JSON object of the contract."""
    article, attribution, speaker = claim.article, claim.attribution, claim.speaker
    return {
        "claim_id": claim.id,
        "article": article_object(article),
        "speaker": speaker and {
            "id": speaker.id, "name": speaker.name, "kind": speaker.kind, "role": speaker.role,
            "affiliation": speaker.affiliation, "part_of": speaker.part_of, "mention": speaker.mention,
            "resolved_by": speaker.resolved_by, "confidence": speaker.confidence,
            "alternatives": list(speaker.alternatives),
        },
        "co_speakers": [
            {"id": other.id, "name": other.name, "kind": other.kind, "role": other.role} for other in claim.co_speakers
        ],
        "source": _part(attribution.source, article.text) if attribution.source else None,
        "cue": _part(attribution.cue, article.text),
        "content": _part(attribution.content, article.text),
        "kind": attribution.kind,
        "attitude": attribution.attitude,
        "commitment": attribution.commitment,
        "proposition": claim.proposition,
        "said_on": _day(claim.said_on),
        "said_on_precision": claim.said_on_precision,
        "addressee": claim.addressee,
        "occasion": claim.occasion,
        "via": claim.via,
        "topic": claim.topic,
        "confidence": attribution.confidence,
    }  # fmt: skip


def article_object(article: Article) -> dict[str, Any]:
    """Return an article as part of a claim's JSON object: everything but its text."""
    return {
        "id": article.id, "path": article.path, "outlet": article.outlet, "title": article.title,
        "url": article.url, "published": _day(article.published), "author": article.author,
    }  # fmt: skip


def relation_object(relation: Relation) -> dict[str, Any]:
    """Return a relation as the JSON object of the contract."""
    return {
        "relation_id": relation.id, "kind": relation.kind, "a": claim_object(relation.a),
        "b": claim_object(relation.b), "score": relation.score, "reason": relation.reason,
        "evidence": dict(relation.evidence), "status": relation.status,
    }  # fmt: skip


def claim_row(claim: Claim) -> dict[str, Any]:
    """Return a claim as one flat row with :data:`COLUMNS`; spans read ``12-20;31-40``."""
    flat: dict[str, Any] = {}
    for key, value in claim_object(claim).items():
        if isinstance(value, dict):
            for inner, content in value.items():
                flat[f"{key}_{inner}"] = _cell(content) if isinstance(content, list) else content
        else:
            flat[key] = "; ".join(item["name"] for item in value) or None if isinstance(value, list) else value
    return dict(zip(COLUMNS, map(flat.get, COLUMNS), strict=True))


def relation_row(relation: Relation) -> dict[str, Any]:
    """Return a relation as one flat row with :data:`RELATION_COLUMNS`; the evidence is JSON."""
    row: dict[str, Any] = {
        "kind": relation.kind, "reason": relation.reason or None, "score": relation.score,
        "status": relation.status, "relation_id": relation.id,
        "evidence": json.dumps(dict(relation.evidence), ensure_ascii=False, default=str),
    }  # fmt: skip
    for side, claim in (("a", relation.a), ("b", relation.b)):
        told = claim_row(claim)
        row |= {f"{side}_{column}": told[column] for column in (*_SIDE, "claim_id")}
    return {column: row[column] for column in RELATION_COLUMNS}


def speaker_row(speaker: Speaker, claims: int = 0) -> dict[str, Any]:
    """Return a speaker as one flat row with :data:`SPEAKER_COLUMNS`; ``claims`` is how many are exported."""
    return {
        "speaker_name": speaker.name, "speaker_kind": speaker.kind, "speaker_role": speaker.role,
        "speaker_affiliation": speaker.affiliation, "claims": claims, "speaker_id": speaker.id,
        "speaker_part_of": speaker.part_of,
    }  # fmt: skip


def article_row(article: Article, claims: int = 0) -> dict[str, Any]:
    """Return an article as one flat row with :data:`ARTICLE_COLUMNS`; ``claims`` is how many are exported."""
    flat = {f"article_{key}": value for key, value in article_object(article).items()} | {"claims": claims}
    return {column: flat[column] for column in ARTICLE_COLUMNS}


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _part(spans: Spans, text: str) -> dict[str, Any]:
    return {"text": joined(spans, text), "spans": [[span.start, span.end] for span in spans]}


def _cell(value: list[Any]) -> str | None:
    """Spans read ``12-20;31-40``, names ``A; B``; nothing at all is an empty cell."""
    if value and isinstance(value[0], list):
        return ";".join(f"{start}-{end}" for start, end in value)
    return "; ".join(value) or None
