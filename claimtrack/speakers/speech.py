"""Who speaks, where quotation marks and relative pronouns tell: I, we, who, and who *he* is not."""

from __future__ import annotations

from claimtrack.model import Span, Spans
from claimtrack.speakers import descriptions
from claimtrack.speakers.discourse import Candidate, Mention
from claimtrack.speakers.entities import Entity
from claimtrack.speakers.roles import role_of
from claimtrack.speakers.story import Found, Story, Utterance


class Speech(Story):
    """What quotations, cues and clauses tell of speakers."""

    def _closed(self, utterance: Utterance | None) -> tuple[Span, ...]:
        """Return the stretches of words that are quoted from a source: whoever is named there is spoken of."""
        if utterance is None:
            return ()
        found = []
        for span in utterance.content:
            inside = [
                i for i in self.reading.within((span,)) if self.reading.is_quoted(self.reading.words[i].place.start)
            ]
            if inside:
                found.append(Span(inside[0], inside[-1] + 1))
        return tuple(found)

    def _hearers(self, utterance: Utterance | None, word: int) -> list[Entity]:
        """Return who is named between cue and content, or beside the cue: the hearer is not the speaker."""
        found = []
        for cue in utterance.cue if utterance else ():
            name = self.phrases.name_at(self.reading.at(cue.end))
            if name in self.people.of and name.span.start - cue.end <= 2:
                found.append(self.people.of[name])
        return found

    def _quoting(self, word: int) -> list[Entity]:
        """Return whose words a pronoun stands in: in a quotation its speaker is *I*, not *he*."""
        place = self.reading.words[word].place
        if not self.reading.is_quoted(place.start):
            return []
        found = []
        for utterance in self.utterances:
            if utterance.source and any(span.contains(place) for span in utterance.content):
                known = self.sources.get(utterance.source)
                if known:
                    found += [one.entity for one in known]
                else:
                    names = (self.phrases.name_at(i) for i in self.reading.within(utterance.source[:1]))
                    found += [self.people.of[n] for n in names if n in self.people.of][:1]
        return found

    def _acting(self, word: int) -> list[Entity]:
        """Return the subject of the verb whose object a pronoun is: "him" is not who acts."""
        words = self.reading.words
        if words[word].relation not in ("obj", "iobj", "obl") or words[word].head < 0:
            return []
        verb = words[word].head
        acting = [
            i
            for i, w in enumerate(words[max(0, verb - 25) : verb + 8], max(0, verb - 25))
            if w.head == verb and w.relation.startswith("nsubj")
        ]
        return [
            self.discourse.entities[m.entity]
            for m in self.discourse.mentions[-20:]
            if any(m.word <= i < m.end for i in acting)
        ]

    def _chosen(self, ranking: list[Candidate], rule: str, ceiling: float = 0.95) -> Found:
        margin = ranking[0].score - ranking[1].score if len(ranking) > 1 else 3.0
        confidence = ceiling - 0.4 / (1 + max(margin, 0.0))
        return Found(ranking[0].entity, rule, round(confidence, 2), tuple(ranking[:4]))

    def _relative(self, word: int) -> Found | None:
        """The noun before "who": by the parse, else the mention that ends right before it."""
        words = self.reading.words
        verb = words[word].head
        if verb >= 0 and words[verb].relation.startswith("acl") and words[verb].head >= 0:
            noun_word = words[verb].head
            for mention in reversed(self.discourse.mentions):
                if mention.word <= noun_word < mention.end:
                    return self._named(mention) or Found(
                        self.discourse.entities[mention.entity], "relative pronoun", 0.93
                    )
        before = word
        while before > 0 and words[before - 1].upos == "PUNCT":
            before -= 1
        entity = self.discourse.ending_at(before)
        if entity is None:
            near = [m for m in self.discourse.mentions if m.end <= before and m.sentence == words[word].sentence]
            entity = self.discourse.entities[near[-1].entity] if near else None
        return Found(entity, "relative pronoun", 0.85) if entity else None

    def _named(self, mention: Mention) -> Found | None:
        """Return whom a description means that a relative pronoun takes up: "the nominee, who said"."""
        phrase = self.phrases.phrase(mention.word, mention.end)
        entity = self.discourse.entities[mention.entity]
        role = role_of(phrase, self.phrases, self.places) if phrase and not entity.named else None
        if phrase is None or role is None:
            return None
        ranking = descriptions.guessed(role, phrase, self.reading, self.discourse)
        return self._chosen(ranking, "relative pronoun of a description", 0.6) if ranking else None

    def _first_person(self, source: Spans) -> None:
        """I and we: whoever is quoted there; the author where nobody is."""
        place = source[0]
        holders = [
            u
            for u in self.by_source.values()
            if u.source != source and any(span.contains(place) for span in u.content) and self.sources.get(u.source)
        ]
        if holders:
            holder = min(holders, key=lambda u: sum(map(len, u.content)))
            self.sources[source] = [
                Found(found.entity, "first person inside a quotation", 0.93, alternatives=found.alternatives)
                for found in self.sources[holder.source][:1]
            ]
            return
        word = self.reading.at(place.start)
        if self.reading.is_quoted(place.start):
            entity = self._quoted_speaker(place) or self.discourse.last_speaker(word)
            self.sources[source] = [Found(entity, "first person inside a quotation", 0.7)] if entity else []
            return
        author = next((e for e in self.discourse.entities if e.rule == "author"), None)
        if author is None:
            author = self.discourse.register(Entity(-1, "the author", "anonymous", named=False, rule="author"))
        self.sources[source] = [Found(author, "first person outside quotation marks", 0.8)]

    def _quoted_speaker(self, place: Span) -> Entity | None:
        """Return who is the source of other words in the same quotation marks."""
        quote = next((q for q in self.reading.quoted if q.contains(place)), None)
        for utterance in self.by_source.values():
            if quote and any(span.overlaps(quote) for span in utterance.content):
                found = self.sources.get(utterance.source)
                outside = utterance.source and not any(quote.contains(span) for span in utterance.source)
                if found and outside:
                    return found[0].entity
        return None
