"""Fields of the model that have no column of their own, so that a claim of any version comes back whole.

What people filter and sort by has columns; the rest (evidence such as reasons and joint speakers) travels
as one JSON object.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from claimtrack.model import Attribution, Claim, Speaker

OWN_COLUMNS = {
    Speaker: {
        "id", "name", "kind", "role", "mention", "resolved_by", "affiliation", "part_of", "confidence", "alternatives",
    },
    Attribution: {"cue", "content", "source", "kind", "attitude", "commitment", "confidence", "parent"},
    Claim: {
        "id", "article", "attribution", "speaker", "proposition", "said_on", "said_on_precision", "addressee",
        "occasion", "via", "topic",
    },
}  # fmt: skip
"""What the table ``claims`` has columns for."""


def more_of(claim: Claim) -> str | None:
    """Return the other fields of a claim, its speaker and attribution as JSON, None where all are empty."""
    parts = {"claim": claim, "speaker": claim.speaker, "attribution": claim.attribution}
    found = {}
    for name, part in parts.items():
        if part is not None:
            others = [f.name for f in fields(part) if f.name not in OWN_COLUMNS[type(part)]]
            values = {other: _plain(value) for other in others if (value := getattr(part, other))}
            if values:
                found[name] = values
    return json.dumps(found, ensure_ascii=False) if found else None


def with_more(stored: str | None, part: str) -> dict[str, Any]:
    """Return the other fields of one part as arguments for its class."""
    if stored is None:
        return {}
    known = {f.name for f in fields({"claim": Claim, "speaker": Speaker, "attribution": Attribution}[part])}
    return {name: _rich(value) for name, value in json.loads(stored).get(part, {}).items() if name in known}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"speaker": {f.name: _plain(getattr(value, f.name)) for f in fields(value)}}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _rich(value: Any) -> Any:
    """Lists were tuples, and speakers are the only values inside values."""
    if isinstance(value, dict) and set(value) == {"speaker"}:
        return Speaker(**{name: _rich(inner) for name, inner in value["speaker"].items()})
    return tuple(_rich(item) for item in value) if isinstance(value, list) else value
