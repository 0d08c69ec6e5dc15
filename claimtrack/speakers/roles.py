"""What an article says people are: titles before a name, appositions on either side, "X is the governor"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimtrack.speakers.entities import Entity, Role
from claimtrack.speakers.names import Name
from claimtrack.speakers.phrases import LINKS, Phrase, Phrases, lemma_key, surface
from claimtrack.speakers.places import Gazetteer
from claimtrack.speakers.vocabulary import TITLES, Gender, means_person, noun, nouns

_BACK = 12
"""How many words before a name are searched for its title or apposition."""

_BEFORE_NAME = frozenset(["NOUN", "PROPN", "ADJ", "NUM"])


def titles(names: Sequence[Name], phrases: Phrases) -> dict[Name, Gender | None]:
    """Return the gender that a title inside or before a person's name tells, for the names that have one."""
    found: dict[Name, Gender | None] = {}
    for name in names:
        first = name.text.split()[0].casefold()
        before = phrases.reading.at(name.span.start) - 1
        word = phrases.reading.words[before].lower if before >= 0 else ""
        if word == "." and before:
            # A title's own stop, taken for a sentence's.
            word = phrases.reading.words[before - 1].lower + "."
        told = TITLES.get(first) or TITLES.get(word)
        known = noun(phrases.reading.words[before].lemma) if before >= 0 and not told else None
        if told or (known and known.gender):
            found[name] = told or (known.gender if known else None)
    return found


def role_of(phrase: Phrase, phrases: Phrases, places: Gazetteer) -> Role | None:
    """Return the role that a noun phrase describes, or None when its head is no noun for a person or body."""
    reading = phrases.reading
    head = reading.words[phrase.head]
    if phrase.name is not None or head.upos not in ("NOUN", "PROPN", "ADJ"):
        return None
    key = lemma_key(reading, phrase, nouns())
    words = frozenset(reading.words[i].lower for i in range(phrase.first, phrase.end) if i != phrase.head) - {
        "the",
        "a",
        "an",
        ",",
        "of",
        "for",
        "'s",
        "at",
        "in",
        "from",
    }
    country = next(
        (
            c
            for i in range(phrase.first, phrase.end)
            if reading.words[i].text[:1].isupper() and (c := places.country(reading.words[i].text))
        ),
        None,
    )
    country = country or next((c for n in (*phrase.owners, *phrase.linked) if (c := places.country(n.text))), None)
    body = next((n.text for n in (*phrase.owners, *phrase.linked) if n.type != "NORP"), None)
    return Role(surface(reading, phrase.first, phrase.end), key, words, country, body)


def learn(people: Mapping[Name, Entity], phrases: Phrases, places: Gazetteer) -> None:
    """Give the article's entities the roles that it tells of them."""
    for name, entity in people.items():
        for phrase in descriptions(name, phrases):
            role = role_of(phrase, phrases, places)
            if role is None or (entity.kind == "person") != means_person(role.key.rpartition(" ")[2]):
                continue
            if entity.kind != "person" and noun(role.key) is None:
                continue
            if all(role.text.casefold() != other.text.casefold() for other in entity.roles):
                entity.roles.append(role)
            entity.keys.add(role.key)
            known = noun(role.key)
            if known and known.gender and entity.kind == "person" and known.lemma in role.key:
                entity.gender = entity.gender or known.gender


def descriptions(name: Name, phrases: Phrases) -> list[Phrase]:
    """Return the noun phrases that describe a name where it stands."""
    reading = phrases.reading
    words = reading.words
    inside = reading.within((name.span,))
    if not inside:
        return []
    first, last = inside[0], inside[-1] + 1
    sentence = words[first].sentence
    stop = next((end for start, end in reading.sentences if start <= first < end), last)
    found = []
    title = _title(first, sentence, phrases)
    if title:
        found.append(title)
    behind = _behind(last, stop, phrases)
    if behind:
        found.append(behind)
    ahead = _ahead(first, sentence, phrases)
    if ahead:
        found.append(ahead)
    return found


def _title(first: int, sentence: int, phrases: Phrases) -> Phrase | None:
    """The words right before a name: "British Prime Minister"."""
    words = phrases.reading.words
    start = first
    while start > 0 and words[start - 1].sentence == sentence and first - start < _BACK:
        before = words[start - 1]
        owned = before.text in ("'s", "’s") and phrases.name_at(start - 2) is not None
        other = phrases.name_at(start - 1)
        if other is not None and other.type == "PERSON":
            break
        if not (before.upos in _BEFORE_NAME or owned or other or before.text in "-–"):
            break
        start -= 1
    if start == first or not means_person(words[first - 1].lemma) or words[first - 1].lower in ("dr.", "dr"):
        return None
    return phrases.phrase(start, first)


def _behind(last: int, stop: int, phrases: Phrases) -> Phrase | None:
    """An apposition behind a name (", the governor of Luhansk,"), or what it "is"."""
    words = phrases.reading.words
    if last >= stop:
        return None
    at = last
    if words[at].lower in ("of", "from") and (named := phrases.phrase(at + 1, stop)) and named.name:
        at = named.last  # "Sen. Doe of Iowa, the majority leader,"
        if at >= stop:
            return None
    if words[at].text in (",", "—", "–", "--", "-"):
        at += 1
        if at + 1 < stop and words[at].upos == "NUM":
            at += 1
            if words[at].text == ",":
                at += 1
        phrase = phrases.phrase(at, stop) if at < stop else None
        if phrase is None or phrase.name is not None or phrase.plural:
            return None
        # "To Trump, the nominee said" tells nothing; "Trump, the nominee, said" does.
        ends = phrase.end >= stop or words[phrase.end].upos in ("PUNCT", "CCONJ", "SCONJ", "PRON")
        return phrase if ends else None
    if words[at].lemma in ("be", "become") and at == last and at + 1 < stop:
        phrase = phrases.phrase(at + 1, stop)
        if phrase and phrase.name is None and phrase.determiner in ("the", "a", "an") and not phrase.plural:
            return phrase
    return None


def _ahead(first: int, sentence: int, phrases: Phrases) -> Phrase | None:
    """A description that a comma parts from the name behind it: "the foreign minister, Jonas Reddick"."""
    words = phrases.reading.words
    if first > 2 and words[first - 1].lower == "the":
        first -= 1
    named = first > 1 and words[first - 1].lower in ("named", "called")
    if first < 2 or not (named or words[first - 1].text == ",") or words[first - 1].sentence != sentence:
        return None
    for start in range(first - 2, max(-1, first - _BACK), -1):
        if words[start].sentence != sentence or words[start].upos in ("PUNCT", "VERB", "AUX"):
            return None
        if words[start].upos in ("DET", "PRON") or start == 0 or words[start - 1].sentence != sentence:
            phrase = phrases.phrase(start, first - 1)
            if phrase and phrase.name is None and not phrase.plural and _reaches(phrase, first - 1, phrases):
                return phrase
            # "an inspector from the Safety Office, Samuel Oduya": go on to the article before the preposition.
            if words[start].upos == "DET" and not (start and words[start - 1].lower in LINKS):
                return None
    return None


def _reaches(phrase: Phrase, comma: int, phrases: Phrases) -> bool:
    """Tell whether a phrase ends at a comma, by itself or with a second office: "president and chief executive"."""
    if phrase.end == comma:
        return True
    if phrase.end < comma and phrases.reading.words[phrase.end].upos == "CCONJ":
        second = phrases.phrase(phrase.end + 1, comma)
        return second is not None and second.name is None and not second.determiner and second.end == comma
    return False
