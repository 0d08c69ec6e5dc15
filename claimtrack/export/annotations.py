"""Claims as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), in JSON-LD.

One AnnotationCollection whose page holds one annotation a claim. Each target anchors one piece of the content by a
TextQuoteSelector, which survives small changes of a page, and a TextPositionSelector, which is exact in the text that
was read. A content in several pieces has several targets: several selectors of one target would be taken for
alternatives that select the same.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, TextIO

from claimtrack.export.linked import StreamedList, name_of, place_of, without_nothing
from claimtrack.model import Article, Claim, Span, Spans, Speaker

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "claimtrack": "urn:claimtrack:vocabulary:",
        "claimtrack:via": {"@type": "@id"},
        "claimtrack:said_on": {"@type": "xsd:date"},
    },
]

AROUND = 32
"""Characters of prefix and suffix: what Hypothesis and Apache Annotator take."""


class AnnotationWriter:
    """Writes the collection; its id, which hangs on the claims, and its size come last."""

    def __init__(self, stream: TextIO) -> None:
        head = f'{{"@context": {json.dumps(CONTEXT)},\n"type": "AnnotationCollection", "label": "Claims",\n'
        self._items = StreamedList(stream, head + '"first": {"type": "AnnotationPage", "startIndex": 0, "items": ')
        self._digest = hashlib.sha256()

    def write(self, claim: Claim) -> None:
        self._digest.update(claim.id.encode("utf-8", "surrogatepass") + b"\n")
        self._items.add(annotation(claim))

    def finish(self) -> None:
        own = name_of("collection", self._digest.hexdigest()[:16])
        self._items.finish(
            f',\n"id": "{own}:page:1", "partOf": "{own}"}},\n"id": "{own}", "total": {self._items.count}}}'
        )


def annotation(claim: Claim) -> dict[str, Any]:
    """Return the annotation of a claim: who says what, anchored where the article tells it."""
    attribution, article = claim.attribution, claim.article
    bodies = [
        *map(_speaker_body, (claim.speaker, *claim.co_speakers) if claim.speaker else ()),
        _text_body("describing", claim.proposition),
        *(_text_body("tagging", tag) for tag in (attribution.kind, attribution.attitude, attribution.commitment)),
    ]
    return without_nothing({
        "id": name_of("claim", claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": [body for body in bodies if body],
        "target": _anchors(attribution.content, article),
        "claimtrack:source": _anchors(attribution.source, article),
        "claimtrack:cue": _anchors(attribution.cue, article),
        "claimtrack:kind": attribution.kind,
        "claimtrack:attitude": attribution.attitude,
        "claimtrack:commitment": attribution.commitment,
        "claimtrack:said_on": claim.said_on.isoformat() if claim.said_on else None,
        "claimtrack:said_on_precision": claim.said_on_precision,
        "claimtrack:addressee": claim.addressee,
        "claimtrack:occasion": claim.occasion,
        "claimtrack:via": name_of("claim", claim.via) if claim.via else None,
        "claimtrack:topic": claim.topic,
        "claimtrack:confidence": attribution.confidence,
    })  # fmt: skip


_SPEAKER_TYPES = {"person": "Person", "organisation": "Organization", "government": "Organization"}


def _speaker_body(speaker: Speaker) -> dict[str, Any]:
    """A purpose may stand on a SpecificResource only; the speaker is its source."""
    node = {
        "id": name_of("speaker", speaker.id), "type": _SPEAKER_TYPES.get(speaker.kind), "name": speaker.name,
        "schema:jobTitle": speaker.role, "claimtrack:speaker_kind": speaker.kind,
    }  # fmt: skip
    return {"type": "SpecificResource", "purpose": "identifying", "source": without_nothing(node)}


def _text_body(purpose: str, text: str | None) -> dict[str, Any] | None:
    return {"type": "TextualBody", "purpose": purpose, "value": text, "format": "text/plain"} if text else None


def _anchors(spans: Spans, article: Article) -> list[dict[str, Any]]:
    return [_anchor(span, article) for span in spans]


def _anchor(span: Span, article: Article) -> dict[str, Any]:
    source = without_nothing({
        "id": place_of(article), "type": "Text", "claimtrack:article": article.id,
        "schema:headline": article.title, "claimtrack:outlet": article.outlet,
        "schema:datePublished": article.published.isoformat() if article.published else None,
    })  # fmt: skip
    selectors: list[dict[str, Any]] = []
    if article.text:
        selectors.append({
            "type": "TextQuoteSelector",
            "exact": span.of(article.text),
            "prefix": article.text[max(0, span.start - AROUND) : span.start],
            "suffix": article.text[span.end : span.end + AROUND],
        })  # fmt: skip
    selectors.append({"type": "TextPositionSelector", "start": span.start, "end": span.end})
    return {"type": "SpecificResource", "source": source, "selector": selectors}
