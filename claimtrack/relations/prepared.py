"""Claims made ready for comparing: which of them state something, about what, on which day."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy

from claimtrack.analysis.sentences import sentence_starts
from claimtrack.model import Claim
from claimtrack.relations.opposites import Side, sides_taken
from claimtrack.relations.quantities import Quantity, quantities_of
from claimtrack.relations.reading import reading
from claimtrack.relations.statements import Statement, lead_of, plain, statements, stems_of
from claimtrack.relations.stating import is_stating, start_of

Vectors = numpy.ndarray[Any, numpy.dtype[numpy.float32]]
"""(n, width), each of length 1."""

_LEANING = re.compile(r"(?:it|they|that|this|these|those|such|any|he|she|both|neither|none|all)\b", re.IGNORECASE)

_EXPECTED = re.compile(r"\b(?:expect|forecast|predict)", re.IGNORECASE)
_WORD = re.compile(r"\w+")

_ENDS = (".", "!", "?")


class Embeds(Protocol):
    """Whatever turns texts into vectors of length 1, such as the sentence encoder."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text."""


@dataclass(frozen=True)
class Words:
    """The words of a content in small letters, in order, and how often each stands there."""

    all: tuple[str, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Prepared:
    """A claim that states something, with what comparing needs.

    Attributes:
        claim: the claim.
        statements: its sentences.
        sides: which side of which matter each takes.
        quantities: of all of them together, for one may finish what another begins ("14 ... Nobody else ...").
        stems: of all its content words.
        day: when it was said, or else published; None where neither is known.
        paragraph: where the paragraph of its content starts in the article.
        place: its position among the claims of its article, in text order.
        reports: it holds another claim ("A said that B said ..."), whose words are B's.
        inside: the ids of the claims that contain it.
        before: the sentence that stands before its content, if the claim leans on it ("It had been switched off").
        topic: the id of its topic.
        reading: the claim as the entailment model reads it.
        denied: its speaker denies what it says.
        expects: it tells an expectation.
        names: of people and places, as stems.
        words: of its content.
        own: its speaker, a person, speaks of themselves alone ("I have no funding").
    """

    claim: Claim
    statements: tuple[Statement, ...]
    sides: tuple[Mapping[str, Side], ...]
    quantities: tuple[Quantity, ...]
    stems: frozenset[str]
    day: datetime.date | None
    paragraph: int
    place: int
    reports: bool
    inside: frozenset[str]
    before: str
    topic: str | None
    reading: str
    denied: bool
    expects: bool
    names: frozenset[str]
    words: Words
    own: bool


def prepare(claims: Sequence[Claim], topics: Mapping[str, str]) -> list[Prepared]:
    """Return the claims that state something; questions, orders, hopes, refusals to speak and headlines do not.

    Args:
        claims: of any articles.
        topics: the topic of each claim.
    """
    via = {claim.id: claim.via for claim in claims}
    containing = {claim.via for claim in claims if claim.via}
    starts = sorted((claim.article.id, start_of(claim), claim.id) for claim in claims)
    places = {id_: place for place, (_, _, id_) in enumerate(starts)}
    result = []
    for claim in claims:
        said = tuple(s for s in statements(claim) if s.asserts) if is_stating(claim) else ()
        if not said:
            continue
        day = claim.said_on or claim.article.published
        before = sentence_before(claim) if any(leans(statement) for statement in said) else ""
        result.append(
            Prepared(
                claim=claim,
                statements=said,
                sides=tuple(sides_taken(s, before if leans(s) else "") for s in said),
                quantities=quantities_of(counted(claim, said), day),
                stems=frozenset().union(stems_of(before.split()), *(statement.stems for statement in said)),
                day=day,
                paragraph=paragraph_of(claim),
                place=places[claim.id],
                reports=claim.id in containing,
                inside=_around(claim, via),
                before=before,
                topic=topics.get(claim.id),
                reading=reading(claim, said),
                denied=any(statement.denied for statement in said),
                expects=any(_EXPECTED.search(statement.text) for statement in said),
                names=frozenset().union(*(statement.names for statement in said)),
                words=words_of(claim.content_text),
                own=_of_oneself(claim, said),
            )
        )
    return result


def _of_oneself(claim: Claim, said: Sequence[Statement]) -> bool:
    """Tell whether a person is the subject of all sentences of their claim."""
    speaker = claim.speaker
    if speaker is None or speaker.kind not in ("person", "anonymous"):
        return False
    name = re.escape(speaker.name.split()[-1])
    subject = re.compile(rf"\W*(?:\w+ )?(?:(?:I|[Mm]y|he|she|his|her)\b|(?:\w+\W+){{0,3}}?{name}\b)")
    return all(subject.match(statement.bare or statement.text) for statement in said)


def _around(claim: Claim, via: Mapping[str, str | None]) -> frozenset[str]:
    found: set[str] = set()
    outer = claim.via
    while outer and outer not in found:
        found.add(outer)
        outer = via.get(outer)
    return frozenset(found)


def leans(statement: Statement) -> bool:
    """Tell whether a sentence cannot be understood by itself: it begins with a pronoun, or has few words."""
    return len(statement.stems) < 3 or bool(_LEANING.match(statement.text))


def sentence_before(claim: Claim) -> str:
    """Return the sentence before a claim's content, of the paragraph before where it begins its own.

    "Brandt denied it had been switched off": what stands before within the sentence only says who says it, so the
    sentence before that goes with it.
    """
    text, end = claim.article.text, start_of(claim)
    start = _last_sentence(text, end)
    introduced = any(start <= span.start and span.end <= end for span in claim.attribution.cue)
    if introduced and not text[:end].rstrip().endswith(_ENDS):
        start = _last_sentence(text, start)
    return " ".join(text[start:end].split())


def _last_sentence(text: str, end: int) -> int:
    """Return where the last sentence before a place starts, in its paragraph."""
    text = text[:end].rstrip()
    paragraph = text.rfind("\n") + 1
    return paragraph + max([0, *sentence_starts(text[paragraph:])])


def words_of(text: str) -> Words:
    """Return the words of a text."""
    found = tuple(_WORD.findall(text.lower()))
    return Words(found, Counter(found))


def counted(claim: Claim, said: Sequence[Statement]) -> str:
    """Return sentences as one text, without a lead: "[three courts have found]" counts who speaks."""
    text = text_of(said)
    lead = lead_of(claim.proposition or "")
    return text.removeprefix(plain(lead[0])) if lead else text


def text_of(said: Sequence[Statement]) -> str:
    """Return sentences as one text."""
    return " ".join(statement.text for statement in said)


def paragraph_of(claim: Claim) -> int:
    """Return where the paragraph of a claim's content starts."""
    return claim.article.text.rfind("\n", 0, start_of(claim)) + 1


def embedded(prepared: Sequence[Prepared], encoder: Embeds) -> tuple[list[Vectors], Vectors, Vectors]:
    """Return vectors of each claim's sentences, of each claim, and of each claim among those of its paragraph.

    Args:
        prepared: the claims.
        encoder: what makes the vectors.

    Returns:
        One array (sentences, width) a claim; (claims, width); (claims, width).
    """
    texts = [
        f"{one.before} {statement.text}".strip() if leans(statement) else statement.text
        for one in prepared
        for statement in one.statements
    ]
    rows = encoder.vectors(texts)
    sentences: list[Vectors] = []
    start = 0
    for one in prepared:
        sentences.append(rows[start : start + len(one.statements)])
        start += len(one.statements)
    own = normalised(
        numpy.array([array.sum(0) for array in sentences], dtype=numpy.float32).reshape(len(sentences), -1)
    )
    groups: dict[tuple[str, int], list[int]] = {}
    for number, one in enumerate(prepared):
        groups.setdefault((one.claim.article.id, one.paragraph), []).append(number)
    around = own.copy()
    for numbers in groups.values():
        around[numbers] = own[numbers].sum(0)
    return sentences, own, normalised(around)


def normalised(vectors: Vectors) -> Vectors:
    """Return vectors with length 1."""
    lengths = numpy.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = vectors / numpy.maximum(lengths, 1e-9)
    return result


def rareness(prepared: Sequence[Prepared]) -> dict[str, float]:
    """Return how rare each stem is among some claims: the logarithm of their number over those that have it."""
    counts = Counter(stem for one in prepared for stem in one.stems)
    return {stem: math.log(len(prepared) / count) for stem, count in counts.items()}
