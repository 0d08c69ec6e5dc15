"""Pronouns: he, she, they, it by a ranking of who has been met; I and we by the quotation; who by its noun.

The person spoken of inside a quotation is never taken for its speaker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claimtrack.model import Span
from claimtrack.speakers.discourse import NEED, WEIGHTS, Candidate, Discourse
from claimtrack.speakers.entities import Entity
from claimtrack.speakers.reading import Reading
from claimtrack.speakers.vocabulary import IT, THEY, gender_of_pronoun, means_person

_BODIES = frozenset({"organisation", "government", "document"})


def ranked(
    reading: Reading, discourse: Discourse, word: int, closed: Iterable[Span] = (), barred: Iterable[Entity] = ()
) -> list[Candidate]:
    """Return whom a third-person pronoun may mean, the best first; empty when the text supports nobody.

    Args:
        reading: the article's words.
        discourse: what has been met before the pronoun.
        word: the pronoun.
        closed: stretches of words quoted from the pronoun's bearer.
        barred: entities that it cannot be, such as the hearer.
    """
    pronoun = reading.words[word].lower
    place = reading.words[word].place.start
    sentence, paragraph = reading.words[word].sentence, reading.paragraph_of(place)
    refused = {entity.number for entity in barred}
    found = []
    for entity in discourse.recent():
        fit = _fits(pronoun, entity)
        if fit is None or entity.number in refused:
            continue
        candidate = discourse.rated(entity, word, sentence, paragraph, reading.is_quoted(place), tuple(closed))
        if candidate is None:
            continue
        candidate = replace(candidate, score=candidate.score + fit, facts=(*candidate.facts, ("agrees", fit)))
        if candidate.score >= NEED:
            found.append(candidate)
    return sorted(found, key=lambda c: -c.score)


def _fits(pronoun: str, entity: Entity) -> float | None:
    """Return what agreement in gender and number adds, or None where the pronoun cannot mean the entity."""
    gender = gender_of_pronoun(pronoun)
    if gender:
        if entity.plural or entity.kind in _BODIES or (entity.kind == "group" and entity.named):
            return None
        if entity.gender and entity.gender != gender:
            return None
        if not entity.named and not any(means_person(key.rpartition(" ")[2]) for key in entity.keys):
            return None
        return WEIGHTS.gender if entity.gender else 0.0
    if pronoun in IT:
        return 0.0 if entity.kind in _BODIES and not entity.plural else None
    if pronoun in THEY:
        if entity.kind == "document":
            return -0.5 if entity.plural else None
        if entity.plural or entity.kind == "group":
            return 1.5
        if entity.kind in ("organisation", "government"):
            return -0.5
        # Somebody unnamed may be "they"; a named person rarely is.
        return -0.5 if entity.kind == "anonymous" else None
    return None
