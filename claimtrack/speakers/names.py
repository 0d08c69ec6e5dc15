"""The names in an article: entities as the recogniser found them, made fit to head a noun phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from claimtrack.model import Span, Spans, SpeakerKind
from claimtrack.speakers.places import Gazetteer
from claimtrack.speakers.reading import Reading
from claimtrack.speakers.vocabulary import SUFFIXES, TITLES, gender_of_first_name, means_person, noun

KIND_OF_ENTITY: dict[str, SpeakerKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "government",
    "LOC": "government",
    "FAC": "organisation",
    "NORP": "group",
    "WORK_OF_ART": "document",
    "LAW": "document",
    "PRODUCT": "organisation",
}
"""Speaker kinds by OntoNotes entity type; other types name no speaker. A place speaks for its government."""

_POSSESSIVE = re.compile(r"['’]s?$")
_LEADING = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:al|el)[-‑](?=\w{3})")
"""The article before an Arabic surname, which papers now write and now leave out."""

_EDGES = ' ,;:()–—-\n\t"“”'
_NICKNAMED = re.compile(r"\b([^\W\d_a-z]\w+) (?:[\"“'‘]\w[\w ]{0,20}[\"”'’]|\(\w+\)) ([^\W\d_a-z]\w+)")
"""First name, nickname and surname."""

_PLACING = frozenset({"in", "near", "across", "throughout", "outside", "into"})
"""Words before a place; others, such as "from" and "by", stand before people as well."""

_OF_A_PERSON = frozenset({"administration", "presidency"})
_OF_SOMEBODY = frozenset({"campaign", "team", "camp"})
"""Bodies that are called by a person's surname; the second by a company's name as well."""


@dataclass(frozen=True)
class Name:
    """One named entity of an article, without a possessive ending."""

    text: str
    type: str
    span: Span

    @property
    def words(self) -> tuple[str, ...]:
        """The name's words, lower case, titles and suffixes ("Mr.", "Jr.") left out, and "al-" before the last."""
        found = [word.strip(",").replace("’", "'") for word in self.text.casefold().split()]
        while len(found) > 1 and found[0] in TITLES:
            found.pop(0)
        while len(found) > 1 and found[-1] in SUFFIXES:
            found.pop()
        found[-1] = _ARTICLE.sub("", found[-1])
        return tuple(found)

    @property
    def bare(self) -> str:
        """The name without title before and suffix behind, as it is written."""
        words = self.text.split()
        while len(words) > 1 and words[0].casefold() in TITLES:
            words.pop(0)
        while len(words) > 1 and words[-1].casefold().strip(",") in SUFFIXES:
            words.pop()
        return " ".join(words).strip(",")


def names_of(entities: Iterable[tuple[int, int, str]], text: str) -> list[Name]:
    """Return the entities that can name a speaker, in text order.

    Args:
        entities: start, end and OntoNotes type.
        text: the article.
    """
    names = []
    for start, end, kind in sorted(entities):
        covered = text[start:end]
        name = _LEADING.sub("", _POSSESSIVE.sub("", covered)).strip(_EDGES)
        if kind in KIND_OF_ENTITY and name:
            at = start + covered.index(name)
            names.append(Name(" ".join(name.split()), kind, Span(at, at + len(name))))
    return names


def names_in(
    reading: Reading, entities: Iterable[tuple[int, int, str]], places: Gazetteer, sources: Iterable[Spans] = ()
) -> list[Name]:
    """Return an article's names: what the recogniser found, mended, and what it missed but the article tells.

    Args:
        reading: the article's words.
        entities: start, end and OntoNotes type.
        places: the tables of places and bodies.
        sources: where somebody speaks; capitals there are a name even where the recogniser saw none.
    """
    found = [_retyped(name, places) for name in _without_headline(names_of(entities, reading.text), reading)]
    found = _with_sources(found, reading, sources)
    found = _nicknamed(_whole(_titled(found), reading.text), reading.text)
    surnames = _surnames(found, reading, places)
    found = _owned(_agreed(found, reading, surnames), reading.text, places)
    return _with_missed(found, reading, places, surnames)


def _titled(names: list[Name]) -> list[Name]:
    """Part a person from the body that the recogniser put before the title: "Oregon State Police Lt. Doe"."""
    result = []
    for name in names:
        words = name.text.split()
        place = next(
            (i for i, word in enumerate(words[:-1]) if i and word.casefold() in TITLES and word.endswith(".")), 0
        )
        if place and name.type in ("ORG", "GPE", "FAC"):
            tail = name.text[name.text.index(words[place]) + len(words[place]) :].strip()
            start = name.span.end - len(tail)
            body = " ".join(words[:place])
            result.append(Name(body, name.type, Span(name.span.start, name.span.start + len(body))))
            result.append(Name(tail, "PERSON", Span(start, name.span.end)))
        else:
            result.append(name)
    return result


def _with_sources(names: list[Name], reading: Reading, sources: Iterable[Spans]) -> list[Name]:
    """Add the capitalised words that a source starts with, where no name was seen."""
    result = list(names)
    for source in sources:
        inside = reading.within(source[:1])
        if not inside:
            continue
        run = []
        for i in inside:
            word = reading.words[i]
            if word.upos == "PROPN" and word.text[:1].isupper() and noun(word.lemma) is None:
                run.append(i)
            elif run or word.upos != "DET":
                break
        after = reading.words[run[-1] + 1] if run and run[-1] < inside[-1] else None
        if run and (after is None or after.upos not in ("NOUN", "PROPN", "ADJ")):
            span = reading.span(run[0], run[-1] + 1)
            if any(name.span.overlaps(span) for name in result):
                continue
            covered = _POSSESSIVE.sub("", span.of(reading.text))
            result.append(Name(" ".join(covered.split()), "PERSON", Span(span.start, span.start + len(covered))))
    return sorted(result, key=lambda name: name.span)


def _whole(names: list[Name], text: str) -> list[Name]:
    """Make one person of first name and surname that the recogniser parted, without a number before them."""
    result: list[Name] = []
    for name in names:
        words = name.text.split()
        number = max((i for i, word in enumerate(words[:-1]) if any(c.isdigit() for c in word)), default=-1)
        if name.type == "PERSON" and number >= 0:
            tail = " ".join(words[number + 1 :])
            name = Name(tail, "PERSON", Span(name.span.end - len(tail), name.span.end))
        before = result[-1] if result else None
        if before and before.type == name.type == "PERSON" and text[before.span.end : name.span.start] == " ":
            result[-1] = Name(f"{before.text} {name.text}", "PERSON", Span(before.span.start, name.span.end))
        else:
            result.append(name)
    return result


def _nicknamed(names: list[Name], text: str) -> list[Name]:
    """Make one person of first name and surname with a nickname between them: Walter "Sparks" Minton."""
    for match in _NICKNAMED.finditer(text):
        span = Span(*match.span())
        parts = [name for name in names if name.span.overlaps(span)]
        if any(name.type == "PERSON" for name in parts) and all(span.contains(name.span) for name in parts):
            whole = Name(f"{match[1]} {match[2]}", "PERSON", span)
            names = [name for name in names if name not in parts] + [whole]
    return sorted(names, key=lambda name: name.span)


def _surnames(names: Sequence[Name], reading: Reading, places: Gazetteer) -> set[str]:
    """Return the single names that a title ("President Roe") or somebody's body ("the Roe campaign") makes a person's.

    Neither a land nor a body of the tables is one; "the Acme team" is one only if the recogniser took it for a person
    somewhere.
    """
    found = set()
    people = {name.words[0] for name in names if name.type == "PERSON"}
    for name in names:
        if len(name.words) > 1 or places.find(name.text) or places.country(name.text):
            continue
        first, after = reading.at(name.span.start), reading.at(name.span.end)
        before = reading.words[first - 1] if first else None
        titled = len(name.text.split()) > 1
        if before is not None and before.text[:1].isupper() and before.place.end == name.span.start - 1:
            titled |= before.lower in TITLES or means_person(before.lemma)
        behind = reading.words[after].lower if after < len(reading.words) else ""
        if titled or behind in _OF_A_PERSON or (behind in _OF_SOMEBODY and name.words[0] in people):
            found.add(name.words[0])
    return found


def _agreed(names: list[Name], reading: Reading, surnames: Set[str]) -> list[Name]:
    """Give a single name one type in the whole article.

    The recogniser takes single names for people when in doubt, so another type that it saw once counts more,
    unless the name is part of a person's full name; and a single name that starts a body's full name is the
    body ("Halden" of "Halden Chemicals").
    """
    of_people = {word for name in names if name.type == "PERSON" and len(name.words) > 1 for word in name.words}
    of_people |= surnames
    bodies = {name.words[0]: "ORG" for name in names if name.type == "ORG" and len(name.words) > 1}
    others = {
        name.words[0]: name.type for name in names if name.type in ("GPE", "ORG", "NORP") and len(name.words) == 1
    }
    for name in names:
        # "The Norland government": a land, whatever the recogniser took it for.
        after = reading.at(name.span.end)
        if len(name.words) == 1 and after < len(reading.words) and reading.words[after].lower == "government":
            others[name.words[0]] = "GPE" if name.type != "NORP" else "NORP"
    result = []
    for name in names:
        word = name.words[0] if len(name.words) == 1 else None
        if word and name.type == "PERSON" and word not in of_people and gender_of_first_name(name.text) is None:
            name = replace(name, type=others.get(word) or bodies.get(word) or "PERSON")
        elif word and name.type == "ORG" and others.get(word) == "GPE":
            name = replace(name, type="GPE")
        result.append(name)
    return result


def _without_headline(names: list[Name], reading: Reading) -> list[Name]:
    """Leave out what the capitals of a headline alone made a name, and read there the names of the text instead."""
    end = reading.headline
    body = [name for name in names if name.span.start >= end]
    known = {name.text.casefold() for name in body}
    kept = [
        name
        for name in names
        if name.span.start < end and (name.type in ("PERSON", "GPE", "NORP") or name.text.casefold() in known)
    ]
    taken = [name.span for name in kept]
    for name in sorted({n.text: n for n in body if n.type != "NORP"}.values(), key=lambda n: -len(n.text)):
        for match in re.finditer(rf"\b{re.escape(name.text)}\b", reading.text[:end]):
            span = Span(match.start(), match.end())
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                kept.append(replace(name, span=span))
    return sorted([*kept, *body], key=lambda name: name.span)


def _retyped(name: Name, places: Gazetteer) -> Name:
    """Correct what the tables know better: a country is no person, an agency no place."""
    known = places.find(name.text)
    if known and name.type in ("PERSON", "NORP", "GPE", "LOC", "FAC", "ORG", "PRODUCT", "WORK_OF_ART"):
        return replace(name, type="GPE" if known.kind == "government" and not known.part_of else "ORG")
    if places.demonyms.get(name.text) and name.type != "PERSON":
        return replace(name, type="NORP")
    return name


def _owned(names: Sequence[Name], text: str, places: Gazetteer) -> list[Name]:
    """Make one name of a country and the body it owns: "Russia's Defense Ministry", "British Defense Ministry"."""
    result: list[Name] = []
    for name in names:
        before = result[-1] if result else None
        if before and name.type == "ORG" and before.type in ("GPE", "NORP") and places.country(before.text):
            gap = text[before.span.end : name.span.start]
            if gap.strip() in ("'s", "’s", "'", "’") or (gap == " " and places.ministry(name.text)):
                span = Span(before.span.start, name.span.end)
                result[-1] = Name(" ".join(span.of(text).split()), "ORG", span)
                continue
        if before is None or not before.span.overlaps(name.span):
            result.append(name)
    return result


def _with_missed(names: list[Name], reading: Reading, places: Gazetteer, surnames: Set[str]) -> list[Name]:
    """Add surnames of the article's people, and known bodies, that the recogniser passed over or took for others."""
    people = {name.words[-1] for name in names if name.type == "PERSON" and len(name.words) > 1} | surnames
    people = {word for word in people if len(word) > 1 and noun(word) is None}
    placed = {name.words[0] for name in names if len(name.words) == 1 and _is_placed(name, reading)}
    result = [
        replace(name, type="PERSON")
        if name.type in ("ORG", "GPE", "PRODUCT", "LOC", "FAC", "WORK_OF_ART", "NORP")
        and len(name.words) == 1
        and name.words[0] in people
        and not (name.words[0] in placed and (places.find(name.text) or places.country(name.text)))
        else name
        for name in names
    ]
    taken = {i for name in names for i in reading.within((name.span,))}
    for i, word in enumerate(reading.words):
        if i in taken or not word.text[:1].isupper():
            continue
        if word.text.casefold() in people:
            result.append(Name(word.text, "PERSON", word.place))
        elif word.upos == "PROPN" and (known := places.find(word.text)):
            result.append(
                Name(word.text, "GPE" if known.kind == "government" and not known.part_of else "ORG", word.place)
            )
    return sorted(result, key=lambda name: name.span)


def _is_placed(name: Name, reading: Reading) -> bool:
    """Tell whether a name stands where a place does: "in Jordan", which is then not Ann Jordan."""
    first = reading.at(name.span.start)
    return first > 0 and reading.words[first - 1].lower in _PLACING
