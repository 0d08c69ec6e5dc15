"""Speakers without a name: what they are called, and whose they are."""

from __future__ import annotations

from claimtrack.model import Spans, SpeakerKind
from claimtrack.speakers import pronouns
from claimtrack.speakers.entities import Entity, Role
from claimtrack.speakers.phrases import POSSESSIVES, Phrase, surface
from claimtrack.speakers.speech import Speech
from claimtrack.speakers.story import RESOLVED, Found
from claimtrack.speakers.vocabulary import (
    HE,
    IT,
    QUANTIFIERS,
    RELATIVE,
    SHE,
    THEY,
    VAGUE,
    noun,
)

_KIND: dict[str, SpeakerKind] = {
    "person": "anonymous",
    "body": "organisation",
    "government": "government",
    "document": "document",
    "group": "anonymous",
}


def possessive(name: str) -> str:
    """Return a name as owner: "Doe's", "officials'"."""
    return f"{name}'" if name.endswith("s") and name[:1].islower() else f"{name}'s"


class Unnamed(Speech):
    """Makes entities of descriptions that mean nobody met before."""

    def _is_vague(self, phrase: Phrase) -> bool:
        """Tell whether a source only counts people ("some of the mayors", "those", "one of his rivals")."""
        word = self.reading.words[phrase.head]
        first = self.reading.words[phrase.first].lower
        if phrase.name is not None and first in QUANTIFIERS and first != "both":
            return True
        return (
            phrase.name is None
            and word.lower not in RESOLVED
            and (
                (word.upos in ("DET", "PRON", "NUM", "ADJ", "ADV", "SYM") and first != "the")
                or (phrase.head == phrase.first and word.lower in VAGUE | QUANTIFIERS)
            )
        )

    def _vague(self, source: Spans, inside: list[int]) -> Found:
        text = surface(self.reading, inside[0], inside[-1] + 1)
        text = self._uncapitalised(text, inside[0])
        entity = Entity(-1, text, "anonymous", named=False, plural=self.reading.words[inside[0]].lower != "one")
        self.discourse.register(entity)
        self._add(entity, inside[0], inside[-1] + 1, text, subject=True, spoke=True)
        return Found(entity, "description", 0.9)

    def _owner(self, phrase: Phrase) -> Entity | None:
        words = self.reading.words
        if phrase.determiner in POSSESSIVES and phrase.first != phrase.head:
            if words[phrase.first].lower in HE | SHE | IT | THEY:
                if phrase.first in self.pronouns:
                    return self.pronouns[phrase.first].entity
                ranking = pronouns.ranked(self.reading, self.discourse, phrase.first)
                return ranking[0].entity if ranking else None
            return None
        for name in phrase.owners:
            end = self.reading.within((name.span,))[-1] + 1
            if words[end].text in ("'s", "’s", "'", "’") and name in self.people.of:
                return self.people.of[name]
        return None

    def _unnamed(self, phrase: Phrase, role: Role, owner: Entity | None, source: Spans | None) -> Entity:
        text = surface(self.reading, phrase.first, self._described_to(phrase, source))
        if owner is not None:
            rest = phrase.first + 1
            if phrase.determiner not in POSSESSIVES:
                ends = [
                    i for i in range(phrase.first, phrase.head) if self.reading.words[i].text in ("'s", "’s", "'", "’")
                ]
                rest = ends[0] + 1
            text = f"{possessive(owner.name)} {surface(self.reading, rest, self._described_to(phrase, source))}"
        text = self._uncapitalised(text, phrase.first)
        known = noun(role.key) or noun(self.reading.words[phrase.head].lemma)
        kind: SpeakerKind = _KIND[known.kind] if known else "anonymous"
        entity = Entity(-1, text, kind, named=False, plural=phrase.plural, owner=owner, rule="description")
        # "The Norland navy" and "the Doe campaign" are names in all but capitals; "a Norland navy" is not.
        proper = bool(role.country or role.body) and phrase.determiner not in ("a", "an", *QUANTIFIERS)
        entity.named = proper and not phrase.plural and kind in ("organisation", "government") and owner is None
        entity.gender = known.gender if known and kind == "anonymous" else None
        entity.roles.append(role)
        entity.keys.add(role.key)
        return self.discourse.register(entity)

    def _uncapitalised(self, text: str, first: int) -> str:
        """Take back the capital that a word has for opening its sentence only."""
        word = self.reading.words[first]
        opens = first == 0 or self.reading.words[first - 1].sentence != word.sentence
        own = word.upos == "PROPN" or self.phrases.name_at(first) or self.places.country(word.text)
        known = text[:1].isupper() and text.split()[0][1:].islower()
        return text[0].lower() + text[1:] if opens and known and not own and text.startswith(word.text) else text

    def _described_to(self, phrase: Phrase, source: Spans | None) -> int:
        """Return where a description ends: with the source, up to a comma or relative clause ("close to the talks")."""
        if source is None or len(source) > 1 or len(self.phrases.of_spans(source)) > 1:
            return phrase.end
        words, end = self.reading.words, phrase.end
        stop = self.reading.within(source)[-1] + 1
        if end < stop and words[end].upos not in ("ADJ", "VERB", "ADP", "PART", "SCONJ", "CCONJ"):
            return end
        while (
            end < stop and end - phrase.first < 14 and words[end].upos != "PUNCT" and words[end].lower not in RELATIVE
        ):
            end += 1
        return end
