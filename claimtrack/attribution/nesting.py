"""Which attribution stands in the content of which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimtrack.model import Attribution, Spans


def nested(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Give each attribution the place of the narrowest other one whose content holds its cue and content."""
    result = []
    for attribution in attributions:
        inner = (*attribution.cue, *attribution.content)
        holders = [
            (sum(map(len, other.content)), place)
            for place, other in enumerate(attributions)
            if other is not attribution and other.content and _holds(other.content, inner)
        ]
        result.append(replace(attribution, parent=min(holders)[1] if holders else None))
    return result


def _holds(content: Spans, inner: Spans) -> bool:
    return all(any(span.contains(piece) for span in content) for piece in inner)
