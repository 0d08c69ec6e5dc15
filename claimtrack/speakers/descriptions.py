"""Descriptions: "the Austrian leader", "the governor", "the company", by what the article has told of its people."""

from __future__ import annotations

from dataclasses import replace

from claimtrack.speakers.discourse import Candidate, Discourse
from claimtrack.speakers.entities import Entity, Role
from claimtrack.speakers.phrases import Phrase
from claimtrack.speakers.reading import Reading
from claimtrack.speakers.vocabulary import means_person, noun, offices

TOLD = 0.5
"""The score from which a description is taken to mean somebody met before."""

_GENERIC = frozenset(["company", "organization", "agency", "outlet"])
"""What an organisation may be called that the article has not called so."""

_NEUTRAL = frozenset(["new", "old", "own", "same", "former", "then", "current", "big", "young", "longtime", "late"])
_ANOTHER = frozenset(["new", "former", "previous", "incoming", "outgoing", "next", "last"])
"""Words that tell one government from the one that is spoken of."""


def ranked(
    role: Role, phrase: Phrase, reading: Reading, discourse: Discourse, owner: Entity | None = None
) -> list[Candidate]:
    """Return whom a definite description may mean, the best first; empty when nobody fits.

    Args:
        role: what the description says.
        phrase: where it stands.
        reading: the article's words.
        discourse: what has been met before it.
        owner: whose it is, when it says so ("her spokesman").
    """
    head = reading.words[phrase.head]
    place = head.place.start
    found = []
    for entity in discourse.recent():
        fit = matched(role, entity, phrase.plural, owner)
        if fit is None:
            continue
        candidate = discourse.rated(
            entity, phrase.first, head.sentence, reading.paragraph_of(place), reading.is_quoted(place)
        )
        if candidate is None:
            continue
        # Where somebody stands matters less than for a pronoun: a description says itself whom it means.
        score = 0.5 * max(candidate.score, -1.5) + fit[1]
        found.append(replace(candidate, score=score, facts=(*candidate.facts, (fit[0], fit[1]))))
    return sorted((c for c in found if c.score >= TOLD), key=lambda c: -c.score)


def matched(role: Role, entity: Entity, plural: bool, owner: Entity | None) -> tuple[str, float] | None:
    """Return by what a description fits an entity, and how well; None where it does not.

    The description's noun must be one that the article has used of the entity, or a wider one.
    """
    known = noun(role.key)
    person = means_person(role.key.rpartition(" ")[2])
    if person != (entity.kind in ("person", "anonymous")) or plural != entity.plural:
        return None
    if known and known.gender and entity.gender and known.gender != entity.gender:
        return None
    if owner is not None and entity.owner is not None and entity.owner is not owner:
        return None
    told = [r for r in entity.roles if r.key == role.key]
    wider = [r for r in entity.roles if role.key in offices(r.key)]
    narrower = [r for r in entity.roles if r.key in offices(role.key)]
    name_words = set(" ".join(entity.forms).lower().replace("'", " ").replace("’", " ").split())
    if told:
        fit, fact = 3.0, f"{role.key} in the article"
    elif role.key in entity.keys:
        fit, fact = 2.8, f"{role.key} in the article"
    elif not person and role.key in name_words:
        fit, fact = 2.5, f"{role.key} in its name"
    elif not person and any(role.key in offices(word) for word in name_words):
        fit, fact = 1.8, f"{role.key}, by its name"
    elif wider and (person or not (role.country or role.body)):
        fit, fact = 2.2, f"{wider[0].key} in the article"
    elif narrower and person:
        fit, fact = 0.8, f"{narrower[0].key} in the article"
    else:
        return None
    roles = told or wider or narrower or entity.roles
    countries = {r.country for r in roles if r.country}
    if role.country and countries and role.country not in countries:
        return None
    if role.country and role.country in countries:
        fit += 1.5
    bodies = {r.body.casefold() for r in entity.roles if r.body} | {form.casefold() for form in entity.forms}
    if role.body and not role.country:
        fit += 1.0 if any(role.body.casefold() in body or body in role.body.casefold() for body in bodies) else -1.5
    modifiers = {word for word in role.words if word not in _NEUTRAL}
    shared = {word for r in entity.roles for word in r.words} | name_words
    if entity.kind == "government" and (role.words & _ANOTHER) - shared:
        return None
    if modifiers:
        fit += 0.8 if modifiers & shared else -0.8
    return fact, fit


def guessed(role: Role, phrase: Phrase, reading: Reading, discourse: Discourse) -> list[Candidate]:
    """Return the named person whom a description without a match may still mean: the one being spoken of.

    Reporters vary their nouns ("the Vermont senator", "the 45-year-old"), so a definite description of one
    person that the article has not introduced mostly means whoever is in focus. Not where it names an
    office that somebody else has, or belongs to somebody.
    """
    if phrase.determiner != "the" or phrase.plural:
        return []
    # "The Florida senator" may be anybody's new name; "the Halden inspector" belongs to somebody else.
    if any(name.type not in ("GPE", "LOC", "NORP") for name in (*phrase.owners, *phrase.linked)):
        return []
    known = noun(role.key)
    if not means_person(role.key.rpartition(" ")[2]):
        return _guessed_body(role, phrase, reading, discourse) if known and known.kind == "body" else []
    if known and known.speaks_for and "leader" not in offices(role.key):
        return []
    place = reading.words[phrase.head].place.start
    found = []
    for entity in discourse.recent():
        if entity.kind != "person" or not entity.named:
            continue
        if known and known.speaks_for and any((n := noun(r.key)) and n.speaks_for for r in entity.roles):
            continue  # the mayor is not the inspector
        if known and known.gender and entity.gender not in (known.gender, None):
            continue
        countries = {r.country for r in entity.roles if r.country}
        if role.country and countries and role.country not in countries:
            continue
        candidate = discourse.rated(
            entity,
            phrase.first,
            reading.words[phrase.head].sentence,
            reading.paragraph_of(place),
            reading.is_quoted(place),
        )
        if candidate and candidate.score >= 1.0:
            found.append(candidate)
    return sorted(found, key=lambda c: -c.score)


def _guessed_body(role: Role, phrase: Phrase, reading: Reading, discourse: Discourse) -> list[Candidate]:
    """Return the organisations that a noun such as "the company" may mean, though the article never calls them so."""
    place = reading.words[phrase.head].place.start
    found = []
    if role.words - _NEUTRAL or not offices(role.key) & _GENERIC:
        return []
    for entity in discourse.recent():
        if entity.kind != "organisation" or not entity.named or entity.plural:
            continue
        if not may_be_called(role, entity):
            continue
        candidate = discourse.rated(
            entity,
            phrase.first,
            reading.words[phrase.head].sentence,
            reading.paragraph_of(place),
            reading.is_quoted(place),
        )
        if candidate:
            found.append(candidate)
    return sorted(found, key=lambda c: -c.score)


def may_be_called(role: Role, entity: Entity) -> bool:
    """Tell whether a common noun may stand for a named body; a hospital is no company: its name says what it is."""
    if entity.kind != "organisation" or not entity.named or entity.plural or not offices(role.key) & _GENERIC:
        return False
    told = {n.lemma for w in entity.name.lower().split() if (n := noun(w)) and n.kind in ("body", "government")}
    told |= entity.keys
    return not told or any(role.key in offices(t) or t in offices(role.key) for t in told)
