"""From an analysed article and its attributions to the speakers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from claimtrack.model import Article, Spans, Speaker, joined, speaker_id
from claimtrack.speakers.entities import Entity
from claimtrack.speakers.places import Alias, Gazetteer, gazetteer
from claimtrack.speakers.reader import Reader
from claimtrack.speakers.reading import Reading, reading_of
from claimtrack.speakers.story import Found, Utterance
from claimtrack.speakers.vocabulary import noun


class Marked(Protocol):
    """Anything with the three roles of an attribution."""

    @property
    def source(self) -> Spans: ...
    @property
    def cue(self) -> Spans: ...
    @property
    def content(self) -> Spans: ...


@dataclass(frozen=True)
class Resolution:
    """The speakers of one source, and where in the article each of them is mentioned."""

    speakers: tuple[Speaker, ...] = ()
    mentions: tuple[Spans, ...] = ()


def resolve_all(
    article: Article, document: Any, attributions: Sequence[Marked], aliases: tuple[Alias, ...] = ()
) -> list[Resolution]:
    """Return who made each attribution, in their order; one without a source, or that means nobody, has no speakers.

    Args:
        article: what was read.
        document: its ``stanza`` Document, tagged, with entities; dependencies where there are some.
        attributions: found or given; only their spans count.
        aliases: a user's own table (:func:`claimtrack.speakers.places.read_aliases`).
    """
    entities = [(e.start_char, e.end_char, e.type) for e in document.entities or []]
    return resolve(article, reading_of(article.text, document.sentences), entities, attributions, aliases)


def resolve(
    article: Article,
    reading: Reading,
    entities: Iterable[tuple[int, int, str]],
    attributions: Sequence[Marked],
    aliases: tuple[Alias, ...] = (),
) -> list[Resolution]:
    """Do what :func:`resolve_all` does, from a reading and entities (start, end, OntoNotes type)."""
    if not reading.words:
        return [Resolution() for _ in attributions]
    places = gazetteer(aliases)
    reader = Reader(reading, entities, places, [Utterance(a.source, a.cue, a.content) for a in attributions])
    reader.read()
    maker = _Speakers(article, reader, places)
    return [maker.resolution(a.source) for a in attributions]


class _Speakers:
    """Makes speakers of entities."""

    def __init__(self, article: Article, reader: Reader, places: Gazetteer) -> None:
        self.article, self.reader, self.places = article, reader, places

    def resolution(self, source: Spans) -> Resolution:
        found = self.reader.sources.get(source, []) if source else []
        return Resolution(
            tuple(self.speaker(one, joined(source, self.article.text)) for one in found),
            tuple(self.places_of(one.entity) for one in found),
        )

    def places_of(self, entity: Entity) -> Spans:
        """Return where an entity is mentioned, by whatever words."""
        reading = self.reader.reading
        return tuple(
            sorted({reading.span(m.word, m.end) for m in self.reader.discourse.mentions_of(entity) if m.end > m.word})
        )

    def speaker(self, found: Found, mention: str) -> Speaker:
        entity = found.entity
        affiliation, part_of = self._belongs(entity)
        others = [c.entity for c in found.candidates if c.entity is not entity] or list(found.alternatives)
        return Speaker(
            self._id(entity),
            entity.name,
            entity.kind,
            role=self._role(entity),
            mention=mention,
            resolved_by=found.rule,
            affiliation=affiliation,
            part_of=part_of,
            confidence=found.confidence,
            alternatives=tuple(dict.fromkeys(other.name for other in others)),
            reasons=tuple(candidate.line() for candidate in found.candidates),
        )

    def _id(self, entity: Entity) -> str:
        # "Officials" of one article are not those of the next.
        return speaker_id(entity.name if entity.named else f"{self.article.id}\x1f{entity.name}")

    def _role(self, entity: Entity) -> str | None:
        return entity.roles[0].text if entity.named and entity.roles and entity.kind == "person" else None

    def _belongs(self, entity: Entity) -> tuple[str | None, str | None]:
        """Return the name of the body that somebody belongs to, and its id where the speaker is its voice."""
        if entity.kind not in ("person", "anonymous"):
            if entity.part_of:
                return entity.part_of, speaker_id(entity.part_of)
            if entity.owner is not None:
                return entity.owner.name, self._id(entity.owner)
            body = next((r.body or r.country for r in entity.roles if r.body or r.country), None)
            body = None if entity.named else body
            return (self._full(body), speaker_id(self._full(body))) if body else (None, None)
        for role in entity.roles:
            name = self._full(role.body) if role.body else role.country
            name = name or (entity.owner.name if entity.owner else None)
            if name is None:
                continue
            known = noun(role.key) or noun(role.key.rpartition(" ")[2])
            voice = known is not None and known.speaks_for and not ({"former", "ex", "then"} & role.words)
            return name, speaker_id(name) if voice else None
        if entity.owner is not None:
            return entity.owner.name, None
        return None, None

    def _full(self, body: str) -> str:
        """Return the article's full name for a body that a role names."""
        for name, entity in self.reader.people.of.items():
            if name.text == body:
                return entity.name
        return body
