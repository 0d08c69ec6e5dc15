"""The values that travel through the house: articles, spans, attributions, speakers, claims, relations.

All are frozen, picklable and free of effects. Spans are character offsets into ``Article.text``, and
``article.text[span.start:span.end]`` is always what is shown.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Kind = Literal["direct", "mixed", "indirect"]
"""How much of the content is inside quotation marks: all, some, none."""

Attitude = Literal["statement", "belief", "intention", "decree", "perception", "question"]
"""What the source does with the content (PolNeAR guidelines)."""

Commitment = Literal[
    "neutral", "factive", "distancing", "hedged", "denied", "conceded", "accused", "predicted", "demanded",
    "promised", "declined",
]  # fmt: skip
"""What the cue says about the content: *said* is neutral, *claimed* keeps a distance, and so on."""

Precision = Literal["day", "week", "month", "year"]
"""How narrowly the text tells when something was said; the date is the first day of it."""

SpeakerKind = Literal["person", "organisation", "government", "group", "document", "anonymous"]

RelationKind = Literal["agrees", "contradicts", "updates", "revises", "repeats"]

KINDS: tuple[Kind, ...] = get_args(Kind)
ATTITUDES: tuple[Attitude, ...] = get_args(Attitude)
COMMITMENTS: tuple[Commitment, ...] = get_args(Commitment)
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
SPEAKER_KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
RELATION_KINDS: tuple[RelationKind, ...] = get_args(RelationKind)


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of text: character offsets, the end excluded.

    Raises:
        ValueError: when the span is empty or starts before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}-{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return what the span covers in ``text``."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]
"""A possibly discontinuous stretch: spans in text order that do not overlap."""


def joined(spans: Spans, text: str) -> str:
    """Return the text of several spans as one readable string, pieces joined by ``" … "``.

    Where the text is withheld (empty), so is the string.
    """
    return " … ".join(piece for span in spans if (piece := span.of(text)))


def merged(spans: Iterable[Span]) -> Spans:
    """Return the spans in text order, those that touch or overlap made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


@dataclass(frozen=True)
class Article:
    """One document as published."""

    id: str
    text: str
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: datetime.date | None = None
    path: str | None = None
    author: str | None = None


@dataclass(frozen=True)
class Attribution:
    """What the extractor finds: content that a text ascribes to a source, and the cue that does so.

    ``parent`` is the place, in the list that the attribution belongs to, of the attribution that
    contains this one.
    """

    cue: Spans
    content: Spans
    source: Spans = ()
    kind: Kind = "indirect"
    attitude: Attitude = "statement"
    commitment: Commitment = "neutral"
    confidence: float = 1.0
    parent: int | None = None


@dataclass(frozen=True)
class Speaker:
    """Who made a claim, as far as the text tells.

    ``part_of`` is the id of the larger body that this speaker belongs to or speaks for (a ministry's
    government), so that the two are never counted as independent. ``alternatives`` are the names that
    the rule in ``resolved_by`` passed over; ``reasons`` are the candidates with what counted for each, the
    chosen one first, for people who ask why.
    """

    id: str
    name: str
    kind: SpeakerKind
    role: str | None = None
    mention: str | None = None
    resolved_by: str | None = None
    affiliation: str | None = None
    part_of: str | None = None
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """An attribution after resolution; one attribution gives one claim.

    ``proposition`` is the content as a sentence that can be read by itself. ``co_speakers`` are those who made
    it together with ``speaker`` ("A and B said").
    """

    id: str
    article: Article = field(repr=False)
    attribution: Attribution
    speaker: Speaker | None = None
    proposition: str | None = None
    said_on: datetime.date | None = None
    said_on_precision: Precision | None = None
    addressee: str | None = None
    occasion: str | None = None
    via: str | None = None
    topic: str | None = None
    co_speakers: tuple[Speaker, ...] = ()

    @property
    def source_text(self) -> str | None:
        """The source as it stands in the text, or None where there is none."""
        return joined(self.attribution.source, self.article.text) or None

    @property
    def cue_text(self) -> str:
        """The cue as it stands in the text."""
        return joined(self.attribution.cue, self.article.text)

    @property
    def content_text(self) -> str:
        """The content as it stands in the text."""
        return joined(self.attribution.content, self.article.text)


@dataclass(frozen=True)
class Topic:
    """A group of claims about the same matter.

    ``name`` is for people; ``words`` are its key terms, the weightiest first. ``parent`` is the id of the wider
    topic that this one belongs to (the event; "grain exports" and "Lyman" in one war), None at the top.
    """

    id: str
    name: str
    words: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True)
class Relation:
    """An edge between two claims, with the reason why it was drawn.

    ``score`` is between 0 and 1; ``evidence`` holds the numbers behind the reason. ``status`` stays
    ``suggested`` until a person decides.
    """

    id: str
    kind: RelationKind
    a: Claim
    b: Claim
    score: float
    reason: str
    evidence: Mapping[str, Any] = field(hash=False)
    status: str = "suggested"


def article_id(text: str) -> str:
    """Return the id of an article that brings none: a hash of its text."""
    return "a_" + _digest(text)


def claim_id(article: str, cue: Spans, content: Spans) -> str:
    """Return a claim's id: a hash of article id, cue and content offsets.

    It hangs on the text alone, so a person's review survives a second extraction.
    """
    places = [f"{span.start}-{span.end}" for span in (*cue, *content)]
    return "c_" + _digest("\x1f".join([article, str(len(cue)), *places]))


def speaker_id(name: str) -> str:
    """Return a speaker's id: a hash of the name, whatever its case and spacing."""
    return "s_" + _digest(" ".join(name.casefold().split()))


def topic_id(name: str) -> str:
    """Return the id of a topic that has nothing but a name: a hash of the name."""
    return "t_" + _digest(name)


def relation_id(kind: RelationKind, a: str, b: str) -> str:
    """Return a relation's id: a hash of its kind and the ids of its claims, in their order.

    So a person's review survives when the relation is found again.
    """
    return "r_" + _digest("\x1f".join([kind, a, b]))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
