"""The ladder of rules for one noun phrase: a name, a pronoun, a description, else an unnamed speaker."""

from __future__ import annotations

from claimtrack.model import Spans
from claimtrack.speakers import descriptions, pronouns
from claimtrack.speakers.entities import Entity, Role
from claimtrack.speakers.phrases import POSSESSIVES, Phrase, surface
from claimtrack.speakers.roles import role_of
from claimtrack.speakers.story import RESOLVED, Found
from claimtrack.speakers.unnamed import Unnamed
from claimtrack.speakers.vocabulary import (
    noun,
    offices,
)

VOICES = frozenset({"statement", "press release", "release", "spokesman"})
"""Documents that are only the voice of whoever issued them."""


class Ladder(Unnamed):
    """Resolves noun phrases."""

    def _phrase(self, phrase: Phrase, source: Spans | None = None) -> Found | None:
        """Resolve one noun phrase by the ladder."""
        head = self.reading.words[phrase.head]
        if phrase.last - phrase.first == 1 and head.lower in RESOLVED:
            return self._pronoun(phrase, source)
        if phrase.first in self._described and phrase.name is None:
            entity = self._described[phrase.first]
            return Found(entity, "name beside the description", 0.97)
        name = phrase.name
        if name is not None and not self._is_noun(phrase):
            if name not in self.people.of:
                return None
            entity = self.people.of[name]
            unsure = self.people.ambiguous.get(name, ())
            rule = "name" if name.bare.casefold() == entity.name.casefold() else "full name in the article"
            if entity.kind != "person" and rule != "name":
                rule = "table of names" if self.places.find(name.text) else "longer name in the article"
            others = tuple(e for e in unsure if e is not entity)
            return Found(entity, rule, 0.6 if unsure else 0.98, alternatives=others)
        return self._description(phrase, source)

    def _is_noun(self, phrase: Phrase) -> bool:
        """Tell whether a name is used as a common noun: "the Democrat", "a Republican"."""
        name = phrase.name
        return (
            name is not None
            and name.type == "NORP"
            and phrase.determiner in ("the", "a", "an", "one", "another")
            and not name.text.endswith(("s", "ese", "ish", "ch"))
            and self._known_class(phrase) is not None
        )

    def _pronoun(self, phrase: Phrase, source: Spans | None) -> Found | None:
        utterance = self.by_source.get(source) if source else None
        closed = self._closed(utterance)
        barred = [*self._hearers(utterance, phrase.head), *self._quoting(phrase.head), *self._acting(phrase.head)]
        ranking = pronouns.ranked(self.reading, self.discourse, phrase.head, closed, barred)
        if not ranking:
            return None
        found = self._preferred(ranking)
        self.pronouns[phrase.head] = found
        return found

    def _description(self, phrase: Phrase, source: Spans | None) -> Found | None:
        role = role_of(phrase, self.phrases, self.places) or self._role_of_name(phrase)
        if role is None:
            return None
        owner = self._owner(phrase)
        known = noun(role.key)
        if source is not None and known and known.lemma in VOICES and known.kind == "document":
            issuer = next((self.people.of[n] for n in (*phrase.owners, *phrase.linked) if n in self.people.of), owner)
            if issuer is not None and issuer.kind != "document":
                return Found(self.discourse.register(issuer), "statement of a named body", 0.9)
        if role.key in ("government", "regime") and (role.country or role.body or owner):
            ruled = next((e for e in self.people.entities if e.name in (role.country, role.body)), owner)
            if ruled is not None and ruled.kind == "government" and not ruled.part_of:
                return Found(self.discourse.register(ruled), "government of a country", 0.95)
        definite = phrase.determiner in ("the", "this", "that", "these", "those") or phrase.determiner in POSSESSIVES
        headline = source is not None and phrase.determiner == "" and not phrase.plural
        if definite or owner is not None or headline:
            ranking = descriptions.ranked(role, phrase, self.reading, self.discourse, owner)
            if ranking:
                return self._chosen(ranking, "description: " + ranking[0].facts[-1][0])
            several = self._several(role, phrase) if phrase.plural and source is not None else None
            if several:
                return Found(several, "description: several of that office in the article", 0.8)
            ahead = self._ahead(role, phrase, owner, headline) if source is not None else None
            if ahead:
                return Found(ahead, "description explained later in the article", 0.75)
            if headline and (body := self._headline_body(role, phrase)):
                return Found(body, "description in a headline: the body the article is about", 0.6)
            if source is not None:
                ranking = descriptions.guessed(role, phrase, self.reading, self.discourse)
                if ranking:
                    return self._chosen(ranking, "description: who is spoken of", 0.6)
        return Found(self._unnamed(phrase, role, owner, source), "description", 0.9)

    def _headline_body(self, role: Role, phrase: Phrase) -> Entity | None:
        """Return the body that a headline calls by a common noun: the one of its sort that the article names most."""
        if "company" not in offices(role.key) or not self.reading.in_headline(
            self.reading.words[phrase.head].place.start
        ):
            return None
        fitting = [e for e in self.people.entities if descriptions.may_be_called(role, e)]
        fitting.sort(key=lambda e: -e.forms.total())
        if fitting and (len(fitting) == 1 or fitting[0].forms.total() > fitting[1].forms.total()):
            return self.discourse.register(fitting[0])
        return None

    def _several(self, role: Role, phrase: Phrase) -> Entity | None:
        """Return the two or three whom a plural names by an office that each of them has: "the senators"."""
        if phrase.determiner != "the" or phrase.end > phrase.last:
            return None
        bearers = tuple(
            e
            for e in self.discourse.recent()
            if e.kind == "person" and e.named and any(role.key in offices(r.key) for r in e.roles)
        )
        if len(bearers) not in (2, 3):
            return None
        group = Entity(-1, " and ".join(e.name for e in bearers), "group", plural=True, rule="pair", members=bearers)
        return self.discourse.register(group)

    def _role_of_name(self, phrase: Phrase) -> Role | None:
        word = self.reading.words[phrase.head]
        return Role(surface(self.reading, phrase.first, phrase.end), word.lemma) if phrase.name else None

    def _ahead(self, role: Role, phrase: Phrase, owner: Entity | None, headline: bool) -> Entity | None:
        """Return the one named entity that the article calls so further on, as headlines and openings do."""
        fitting = [
            (fit[1], entity)
            for entity in self.people.entities
            if (fit := descriptions.matched(role, entity, phrase.plural, owner))
        ]
        fitting.sort(key=lambda pair: -pair[0])
        best = [entity for score, entity in fitting if score >= (1.0 if headline else 2.5)]
        if len(best) == 1 or (len(best) > 1 and fitting[0][0] > fitting[1][0]):
            return self.discourse.register(best[0])
        return None
