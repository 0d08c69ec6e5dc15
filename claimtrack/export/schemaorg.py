"""Claims as schema.org Claim (https://schema.org/Claim) and ClaimReview, in JSON-LD.

claimtrack judges no claim. A ClaimReview is therefore a frame only, for a fact-checker to complete: it has no rating,
no reviewer, no address and no date, and is no review until a person adds them.
"""

from __future__ import annotations

from typing import Any, TextIO

from claimtrack.export.linked import StreamedList, name_of, place_of, web_address, without_nothing
from claimtrack.model import Article, Claim, Speaker

HEAD = '{"@context": "https://schema.org",\n"@graph": '

_TYPES = {
    "person": "Person", "organisation": "Organization", "government": "GovernmentOrganization",
    "group": "Organization", "document": "CreativeWork",
}  # fmt: skip


class ClaimGraphWriter:
    """Writes one Claim a claim."""

    def __init__(self, stream: TextIO) -> None:
        self._graph = StreamedList(stream, HEAD)

    def write(self, claim: Claim) -> None:
        self._graph.add(self.node(claim))

    def finish(self) -> None:
        self._graph.finish("}")

    def node(self, claim: Claim) -> dict[str, Any]:
        """Return what is written for a claim."""
        return claim_node(claim)


class ClaimReviewWriter(ClaimGraphWriter):
    """Writes one frame of a ClaimReview a claim."""

    def node(self, claim: Claim) -> dict[str, Any]:
        return without_nothing({
            "@type": "ClaimReview",
            "@id": name_of("review", claim.id),
            "claimReviewed": _wording(claim),
            "itemReviewed": claim_node(claim),
        })  # fmt: skip


def claim_node(claim: Claim) -> dict[str, Any]:
    """Return a claim as a schema.org Claim: who made it, when, in which words, and the article where it appears."""
    return without_nothing({
        "@type": "Claim",
        "@id": name_of("claim", claim.id),
        "text": _wording(claim),
        "author": _authors(claim),
        "datePublished": _day(claim),
        "appearance": _article(claim.article),
    })  # fmt: skip


def _day(claim: Claim) -> str | None:
    """The day it was said, a year or month where the text tells no more; else the day the article was published."""
    digits = {"year": 4, "month": 7, "day": 10, None: 10}.get(claim.said_on_precision)
    if claim.said_on and digits:
        return claim.said_on.isoformat()[:digits]
    return claim.article.published.isoformat() if claim.article.published else None


def _wording(claim: Claim) -> str | None:
    return claim.proposition or claim.content_text or None


def _authors(claim: Claim) -> dict[str, Any] | list[dict[str, Any]] | None:
    if claim.speaker is None:
        return None
    authors = [_author(speaker) for speaker in (claim.speaker, *claim.co_speakers)]
    return authors if len(authors) > 1 else authors[0]


def _author(speaker: Speaker) -> dict[str, Any]:
    if speaker.kind == "anonymous":
        # A description is no name; whoever reads this must not take "officials" for one.
        return {"@type": "Person", "description": speaker.name}
    return without_nothing({
        "@type": _TYPES[speaker.kind],
        "@id": name_of("speaker", speaker.id),
        "name": speaker.name,
        "jobTitle" if speaker.kind == "person" else "description": speaker.role,
    })  # fmt: skip


def _article(article: Article) -> dict[str, Any]:
    return without_nothing({
        "@type": "NewsArticle",
        "@id": place_of(article),
        "identifier": article.id,
        "url": web_address(article.url),
        "headline": article.title,
        "datePublished": article.published.isoformat() if article.published else None,
        "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
    })  # fmt: skip
