"""A claim as other programs see it: nested for JSON, flat for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claimtrack.model import Claim, Spans, joined

COLUMNS = (
    "speaker_name", "cue_text", "proposition", "content_text", "kind", "said_on", "said_on_precision", "addressee",
    "article_outlet", "article_published", "article_title", "speaker_role", "speaker_affiliation", "speaker_kind",
    "source_text", "attitude", "commitment", "occasion", "via", "topic", "confidence", "claim_id", "article_id",
    "article_url", "article_path", "speaker_id", "speaker_part_of", "speaker_mention", "speaker_resolved_by",
    "speaker_confidence", "speaker_alternatives", "source_spans", "cue_spans", "content_spans",
)  # fmt: skip
"""The columns of a table of claims: what people read first, what programs need last."""


def claim_object(claim: Claim) -> dict[str, Any]:
    """Return a claim as the JSON object of the contract."""
    article, attribution, speaker = claim.article, claim.attribution, claim.speaker
    return {
        "claim_id": claim.id,
        "article": {
            "id": article.id, "path": article.path, "outlet": article.outlet, "title": article.title,
            "url": article.url, "published": article.published.isoformat() if article.published else None,
        },
        "speaker": speaker and {
            "id": speaker.id, "name": speaker.name, "kind": speaker.kind, "role": speaker.role,
            "affiliation": speaker.affiliation, "part_of": speaker.part_of, "mention": speaker.mention,
            "resolved_by": speaker.resolved_by, "confidence": speaker.confidence,
            "alternatives": list(speaker.alternatives),
        },
        "source": _part(attribution.source, article.text) if attribution.source else None,
        "cue": _part(attribution.cue, article.text),
        "content": _part(attribution.content, article.text),
        "kind": attribution.kind,
        "attitude": attribution.attitude,
        "commitment": attribution.commitment,
        "proposition": claim.proposition,
        "said_on": claim.said_on.isoformat() if claim.said_on else None,
        "said_on_precision": claim.said_on_precision,
        "addressee": claim.addressee,
        "occasion": claim.occasion,
        "via": claim.via,
        "topic": claim.topic,
        "confidence": attribution.confidence,
    }  # fmt: skip


def claim_row(claim: Claim) -> dict[str, Any]:
    """Return a claim as one flat row with :data:`COLUMNS`; spans read ``12-20;31-40``."""
    flat: dict[str, Any] = {}
    for key, value in claim_object(claim).items():
        if isinstance(value, Mapping):
            for inner, content in value.items():
                flat[f"{key}_{inner}"] = _cell(content)
        else:
            flat[key] = value
    return {column: flat.get(column) for column in COLUMNS}


def _part(spans: Spans, text: str) -> dict[str, Any]:
    return {"text": joined(spans, text), "spans": [[span.start, span.end] for span in spans]}


def _cell(value: Any) -> Any:
    """Spans read ``12-20;31-40``, names ``A; B``; nothing at all is an empty cell."""
    if not isinstance(value, list):
        return value
    if value and isinstance(value[0], list):
        return ";".join(f"{start}-{end}" for start, end in value)
    return "; ".join(value) or None
