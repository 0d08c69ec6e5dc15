"""What an export is made of, and what is left of it where the text may not be passed on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claimtrack.model import Article, Attribution, Claim, Relation, Speaker, topic_id

UNNAMED = "(unnamed)"
"""The name of an anonymous speaker where text is withheld: the description is the text's own."""

_POSSESSED = re.compile(r"(?:'s|’s|s'|s’) [a-z]")
"""Somebody's something: the owner has a name, the thing is only described."""

_TOPIC_ID = re.compile(r"t_\w+")


@dataclass(frozen=True)
class Export:
    """All that a project gives away. Any part may be a generator, which is read once, claims first.

    Speakers and articles of the claims need not be listed: what only ``speakers`` and ``articles`` can add are
    those without a claim.
    """

    claims: Iterable[Claim] = ()
    speakers: Iterable[Speaker] = ()
    relations: Iterable[Relation] = ()
    articles: Iterable[Article] = ()


def withheld(export: Export) -> Export:
    """Return the export without a word that an article wrote.

    Left out are texts, titles, bylines, mentions, roles, affiliations, hearers, occasions, propositions, reasons, the
    names of topics (a hash of each stays) and the descriptions of unnamed speakers. Ids, names, dates, outlets,
    addresses, paths, categories, numbers and offsets stay, so that whoever has the articles finds every claim again.

    No writer can pass on what it never sees: this is the one place where text is withheld, for every format.
    """
    return Export(
        map(withheld_claim, export.claims),
        map(_speaker, export.speakers),
        map(withheld_relation, export.relations),
        map(_article, export.articles),
    )


# Each value is made anew from what may stay, so that a field which is added to it later is not passed on unless it is
# added here too.


def withheld_claim(claim: Claim) -> Claim:
    """Return a claim without the words of its article."""
    return Claim(
        id=claim.id,
        article=_article(claim.article),
        attribution=_attribution(claim.attribution),
        speaker=_speaker(claim.speaker) if claim.speaker else None,
        said_on=claim.said_on,
        said_on_precision=claim.said_on_precision,
        via=claim.via,
        topic=_topic(claim.topic),
        co_speakers=tuple(map(_speaker, claim.co_speakers)),
    )


def withheld_relation(relation: Relation) -> Relation:
    """Return a relation without the words of its articles: of the evidence, the numbers stay."""
    return Relation(
        id=relation.id,
        kind=relation.kind,
        a=withheld_claim(relation.a),
        b=withheld_claim(relation.b),
        score=relation.score,
        reason="",
        evidence=_numbers(relation.evidence),
        status=relation.status,
    )


def _topic(name: str | None) -> str | None:
    """Return a topic's id for its name, which is made of the words of articles; claims of one topic still show it."""
    return name if name is None or _TOPIC_ID.fullmatch(name) else topic_id(name)


def _article(article: Article) -> Article:
    return Article(
        id=article.id,
        text="",
        outlet=article.outlet,
        url=article.url,
        published=article.published,
        path=article.path,
    )


def _attribution(attribution: Attribution) -> Attribution:
    return Attribution(
        cue=attribution.cue,
        content=attribution.content,
        source=attribution.source,
        kind=attribution.kind,
        attitude=attribution.attitude,
        commitment=attribution.commitment,
        confidence=attribution.confidence,
        parent=attribution.parent,
    )


def _speaker(speaker: Speaker) -> Speaker:
    # Those whom a rule passed over may be unnamed too, and nothing but their words tells which: all go.
    return Speaker(
        id=speaker.id,
        name=UNNAMED if _is_description(speaker) else speaker.name,
        kind=speaker.kind,
        resolved_by=speaker.resolved_by,
        part_of=speaker.part_of,
        confidence=speaker.confidence,
    )


def _is_description(speaker: Speaker) -> bool:
    """Tell whether a speaker is called in the words of an article: "the firm that ran them", "Halden's port watch".

    A person without a name is anonymous; a body, a government or a document may be described as well. A name that
    begins with a small letter ("eBay") still has a capital in its first word.
    """
    if speaker.kind == "anonymous":
        return True
    described = speaker.name.split(" ")[0].islower() or _POSSESSED.search(speaker.name) is not None
    return speaker.kind != "person" and described


def _numbers(value: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what is a number or a list of numbers, at any depth of mappings."""
    kept: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            kept[key] = _numbers(inner)
        elif isinstance(inner, (int, float)):
            kept[key] = inner
        elif isinstance(inner, (list, tuple)) and all(isinstance(item, (int, float)) for item in inner):
            kept[key] = list(inner)
    return kept
