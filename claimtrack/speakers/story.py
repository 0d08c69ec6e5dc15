"""What is known while one article is read: its words, names, people, and who has been met so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claimtrack.model import Spans, merged
from claimtrack.speakers import pronouns
from claimtrack.speakers.discourse import Candidate, Discourse, Mention
from claimtrack.speakers.entities import Entity, People, cluster
from claimtrack.speakers.names import names_in
from claimtrack.speakers.phrases import POSSESSIVES, Phrase, Phrases
from claimtrack.speakers.places import Gazetteer
from claimtrack.speakers.reading import Reading
from claimtrack.speakers.roles import descriptions as described_by
from claimtrack.speakers.roles import learn, titles
from claimtrack.speakers.vocabulary import (
    HE,
    IT,
    SHE,
    THEY,
    gender_of_pronoun,
    means_person,
    noun,
)

RESOLVED = HE | SHE | IT | THEY


@dataclass(frozen=True)
class Found:
    """Whom one phrase means: the entity, the rule that told so, how surely, and the candidates it was chosen from."""

    entity: Entity
    rule: str
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    alternatives: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class Utterance:
    """One attribution as far as speakers go: source, cue and content, as spans of characters."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass
class Story:
    """Holds one article while it is read.

    Args:
        reading: its words.
        entities: start, end and OntoNotes type of what the recogniser found.
        places: the tables of places and bodies.
        utterances: its attributions.
    """

    reading: Reading
    entities: Iterable[tuple[int, int, str]]
    places: Gazetteer
    utterances: Sequence[Utterance]
    discourse: Discourse = field(default_factory=Discourse)
    sources: dict[Spans, list[Found]] = field(default_factory=dict)
    pronouns: dict[int, Found] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_source = {u.source: u for u in reversed(self.utterances) if u.source}
        self._reported = merged(span for u in self.utterances for span in u.content)
        self._reported_starts = [span.start for span in self._reported]
        self._cue_words = {i for u in self.utterances for i in self.reading.within(u.cue)}
        names = names_in(self.reading, self.entities, self.places, [u.source for u in self.utterances if u.source])
        self.phrases = Phrases(self.reading, names)
        self.people: People = cluster(names, self.places, titles(names, self.phrases))
        learn(self.people.of, self.phrases, self.places)
        self._described: dict[int, Entity] = {}
        for name, entity in self.people.of.items():
            for phrase in described_by(name, self.phrases):
                known = noun(self.reading.words[phrase.head].lemma)
                person = means_person(self.reading.words[phrase.head].lemma)
                if person == (entity.kind == "person") and (known or person):
                    self._described[phrase.first] = entity
        self._learn_genders()

    def _learn_genders(self) -> None:
        """Let the he and she that follow a person's name, before another's, tell the gender that nothing else told."""
        words = self.reading.words
        people = (
            sorted((self.reading.at(n.span.start), e) for n, e in self.people.of.items() if n.type == "PERSON")
            if any(e.kind == "person" and e.gender is None for e in self.people.entities)
            else []
        )
        votes: dict[int, list[int]] = {}
        for place, (start, entity) in enumerate(people):
            if entity.gender is not None:
                continue
            stop = next((s for s, e in people[place + 1 :] if e is not entity), len(words))
            for word in words[start : min(stop, start + 40)]:
                gender = gender_of_pronoun(word.lower)
                if gender:
                    votes.setdefault(id(entity), [0, 0])[gender == "f"] += 1
        for _, entity in people:
            he, she = votes.get(id(entity), (0, 0))
            if entity.gender is None and he != she and min(he, she) * 3 <= max(he, she):
                entity.gender = "m" if he > she else "f"

    def _pair(self, second: Entity, phrase: Phrase) -> None:
        """Make two that are joined by "and" a group, so that "they" can mean both."""
        words = self.reading.words
        before = phrase.first - 1
        if before < 1 or words[before].lower not in ("and", "&"):
            return
        first = self.discourse.ending_at(before)
        alike = {"person", "anonymous"} if second.kind in ("person", "anonymous") else {second.kind}
        if (
            first is None
            or first is second
            or first.kind not in alike
            or first.plural
            or second.plural
            or first.members
        ):
            return
        known = next((e for e in self.discourse.recent() if e.members == (first, second)), None)
        group = known or Entity(
            -1,
            f"{first.name} and {second.name}",
            "group",
            named=first.named,
            plural=True,
            rule="pair",
            members=(first, second),
        )
        self.discourse.register(group)
        start = self.discourse.mentions_of(first)[-1].word
        subject = self.reading.is_subject(phrase.head) or self.discourse.mentions_of(first)[-1].subject
        # It ends nowhere: the mention of the second does.
        self._add(group, start, -1, group.name, subject=subject)

    def _known_class(self, phrase: Phrase) -> str | None:
        lemma = self.reading.words[phrase.head].lemma
        known = noun(lemma)
        return known.kind if known else "person" if means_person(lemma) else None

    def _owners(self, phrase: Phrase) -> None:
        first = self.reading.words[phrase.first].lower
        if first in POSSESSIVES and first in HE | SHE and phrase.first != phrase.head:
            ranking = pronouns.ranked(self.reading, self.discourse, phrase.first)
            if ranking:
                self.pronouns[phrase.first] = self._preferred(ranking)
                self._add(ranking[0].entity, phrase.first, phrase.first + 1, first, owner=True)
        for name in phrase.owners:
            entity = self.people.of.get(name)
            if entity and name.type != "NORP":
                at = self.reading.at(name.span.start)
                self.discourse.register(entity)
                end = self.reading.within((name.span,))[-1] + 1
                self._add(entity, at, end, name.text, owner=True)

    def _mention(self, entity: Entity, phrase: Phrase, spoke: bool = False) -> None:
        self.discourse.register(entity)
        end = phrase.last
        if phrase.first in self._described or phrase.name is None:
            end = phrase.last
        self._add(
            entity,
            phrase.first,
            end,
            self.reading.between(phrase.first, phrase.last),
            subject=spoke or self._is_subject(phrase),
            spoke=spoke,
        )

    def _is_subject(self, phrase: Phrase) -> bool:
        # The parser may hang a name on its title: "US President" is then the subject.
        return any(
            self.reading.is_subject(i)
            for i in range(phrase.first, phrase.last)
            if (i == phrase.head or self.reading.words[i].relation.startswith("nsubj"))
        )

    def _add(
        self,
        entity: Entity,
        word: int,
        end: int,
        form: str,
        subject: bool = False,
        owner: bool = False,
        spoke: bool = False,
    ) -> None:
        place = self.reading.words[word].place.start
        before = bisect_right(self._reported_starts, place) - 1
        reported = before >= 0 and place < self._reported[before].end and not self._undergoes(word, end)
        self.discourse.add(
            Mention(
                entity.number,
                word,
                end,
                self.reading.words[word].sentence,
                self.reading.paragraph_of(place),
                form,
                subject=subject,
                quoted=self.reading.is_quoted(place),
                reported=reported,
                owner=owner,
                spoke=spoke,
            )
        )

    def _undergoes(self, word: int, end: int) -> bool:
        """Tell whether words are the subject of a cue: "Johnson was accused of lying" is the article's own sentence."""
        words = self.reading.words[word:end]
        return any(w.relation.startswith("nsubj") and w.head in self._cue_words for w in words)

    def _preferred(self, ranking: list[Candidate]) -> Found:
        best = ranking[0]
        margin = best.score - ranking[1].score if len(ranking) > 1 else 3.0
        facts = dict(best.facts)
        rule = "pronoun: who spoke last" if facts.get("spoke last") else "pronoun: who is spoken of"
        confidence = 0.95 - 0.45 / (1 + max(margin, 0.0))
        return Found(best.entity, rule, round(confidence, 2), tuple(ranking[:4]))
