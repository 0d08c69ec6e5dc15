"""Who is being spoken of: the entities of an article with their mentions, as a reader meets them in order."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from claimtrack.model import Span
from claimtrack.speakers.entities import Entity


@dataclass(frozen=True)
class Mention:
    """One mention of an entity and how prominently it stands.

    ``word`` to ``end``, excluded, are its words. ``quoted``: between quotation marks; ``reported``: inside
    what somebody else is said to say; ``owner``: it only owns what follows ("Johnson's").
    """

    entity: int
    word: int
    end: int
    sentence: int
    paragraph: int
    form: str
    subject: bool = False
    quoted: bool = False
    reported: bool = False
    owner: bool = False
    spoke: bool = False


@dataclass(frozen=True)
class Weights:
    """What each fact adds to the score of a candidate; set by reading sources of PolNeAR's training part.

    ``distance`` counts for each sentence between, up to ``far``. ``speaker``: was the source before this
    one; ``spoke``: was a source at some time. ``clause``: is the subject of the same sentence.
    """

    distance: float = -0.7
    far: int = 8
    speaker: float = 1.2
    spoke: float = 0.5
    subject: float = 1.2
    clause: float = 1.0
    named: float = 0.6
    often: float = 0.45
    gender: float = 0.6
    quoted: float = -1.8
    reported: float = -0.6
    owner: float = -0.9
    paragraph: float = 0.9


WEIGHTS = Weights()

NEED = -2.5
"""The score that a candidate needs: below it, the text tells of nobody."""


@dataclass(frozen=True)
class Candidate:
    """A possible antecedent, its score, and the facts that made it."""

    entity: Entity
    score: float
    facts: tuple[tuple[str, float], ...]

    def line(self) -> str:
        """One line for people: who, how much, and why."""
        facts = ", ".join(f"{name} {value:+.1f}" for name, value in self.facts if value)
        return f"{self.entity.name} {self.score:.1f} ({facts})"


class Discourse:
    """The entities met so far, and where."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self._of: dict[int, list[Mention]] = defaultdict(list)
        self._ending: dict[int, Entity] = {}
        self._by_number: dict[int, Entity] = {}
        self.speakers: list[Mention] = []

    def register(self, entity: Entity) -> Entity:
        """Make an entity known; it gets a number of its own."""
        if self._by_number.get(entity.number) is not entity:
            entity.number = len(self.entities)
            self.entities.append(entity)
            self._by_number[entity.number] = entity
        return entity

    def add(self, mention: Mention) -> None:
        """Note a mention."""
        self.mentions.append(mention)
        self._of[mention.entity].append(mention)
        self._ending[mention.end] = self._by_number[mention.entity]
        if mention.spoke:
            self.speakers.append(mention)

    def forget(self, count: int) -> None:
        """Unlearn the mentions after the first ``count``: a teaser's people, or who wrote the article."""
        for mention in self.mentions[count:]:
            self._of[mention.entity].remove(mention)
            if mention.spoke:
                self.speakers.remove(mention)
        del self.mentions[count:]

    def ending_at(self, word: int) -> Entity | None:
        """Return the entity whose mention ended right before a word."""
        return self._ending.get(word)

    def mentions_of(self, entity: Entity) -> list[Mention]:
        return self._of[entity.number]

    def last_speaker(self, before: int) -> Entity | None:
        """Return the source last met before a word."""
        last = next((m for m in reversed(self.speakers) if m.word < before), None)
        return self._by_number[last.entity] if last else None

    def recent(self, reach: int = 500) -> list[Entity]:
        """Return the entities of the last ``reach`` mentions: in a long text nobody looks further back."""
        if len(self.mentions) <= reach:
            return self.entities
        return [self._by_number[n] for n in sorted({m.entity for m in self.mentions[-reach:]})]

    def rated(
        self,
        entity: Entity,
        word: int,
        sentence: int,
        paragraph: int,
        quoted: bool,
        closed: tuple[Span, ...] = (),
        weights: Weights = WEIGHTS,
    ) -> Candidate | None:
        """Return how well an entity answers to a mention at ``word``; None when it has not been met.

        Args:
            entity: the candidate.
            word: the place of the pronoun or description, with its ``sentence`` and ``paragraph``.
            quoted: whether that place lies between quotation marks.
            closed: stretches of words (not characters) whose mentions do not count: what is quoted from the source.
            weights: what each fact adds.
        """
        met = [
            m
            for m in self._of[entity.number]
            if m.word < word and not any(span.start <= m.word < span.end for span in closed)
        ]
        if not met:
            return None
        last = self.last_speaker(word)
        best: tuple[float, list[tuple[str, float]]] | None = None
        for mention in met[-4:]:
            apart = min(sentence - mention.sentence, weights.far)
            facts = [
                (f"{apart} sentence{'' if apart == 1 else 's'} before", weights.distance * apart),
                ("subject", weights.subject if mention.subject and not mention.reported else 0.0),
                (
                    "subject of this sentence",
                    weights.clause if mention.subject and mention.sentence == sentence and not mention.quoted else 0.0,
                ),
                ("in the same paragraph", weights.paragraph if mention.paragraph == paragraph else 0.0),
                ("inside quotation marks", weights.quoted if mention.quoted and not quoted else 0.0),
                ("in what another says", weights.reported if mention.reported and not mention.quoted else 0.0),
                ("only an owner", weights.owner if mention.owner else 0.0),
            ]
            total = sum(value for _, value in facts)
            if best is None or total >= best[0]:
                best = total, facts
        assert best is not None
        heard = [m for m in met if m.spoke]
        facts = [
            *best[1],
            ("spoke last", weights.speaker if last is entity and heard and sentence - heard[-1].sentence <= 4 else 0.0),
            ("has spoken", weights.spoke if heard else 0.0),
            ("named", weights.named if entity.named else 0.0),
            ("mentioned often", weights.often * math.log2(min(len(met), 16))),
        ]
        return Candidate(entity, sum(value for _, value in facts), tuple(facts))
