"""The named people and bodies of one article: which names belong together, and what is told of each.

Conservative: names join when one is the other's end, start or abbreviation and nobody else in the article
could be meant; two people of one surname stay two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from claimtrack.model import SpeakerKind
from claimtrack.speakers.names import KIND_OF_ENTITY, Name
from claimtrack.speakers.places import Gazetteer, initials, letters
from claimtrack.speakers.vocabulary import Gender, gender_of_first_name

_LEGAL = frozenset(
    [
        "inc",
        "inc.",
        "corp",
        "corp.",
        "co",
        "co.",
        "ltd",
        "ltd.",
        "llc",
        "plc",
        "group",
        "holdings",
        "company",
        "corporation",
        "&",
        "ag",
        "sa",
        "gmbh",
    ]
)


@dataclass(frozen=True)
class Role:
    """What somebody is said to be: "governor of Luhansk".

    ``key`` is the office's noun, ``words`` its other words in lower case, ``country`` what a demonym or place
    in it tells, ``body`` the name it belongs to.
    """

    text: str
    key: str
    words: frozenset[str] = frozenset()
    country: str | None = None
    body: str | None = None


@dataclass
class Entity:
    """Somebody the article speaks of. Names and mentions are added while the article is read."""

    number: int
    name: str
    kind: SpeakerKind
    named: bool = True
    gender: Gender | None = None
    plural: bool = False
    forms: Counter[str] = field(default_factory=Counter)
    roles: list[Role] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    part_of: str | None = None
    owner: Entity | None = None
    rule: str = "name"
    members: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class People:
    """The named entities of an article, and which of them each name is.

    ``ambiguous`` are names that could be several people; they stand for themselves.
    """

    entities: tuple[Entity, ...]
    of: dict[Name, Entity]
    ambiguous: dict[Name, tuple[Entity, ...]]


def cluster(names: Sequence[Name], places: Gazetteer, genders: dict[Name, Gender | None]) -> People:
    """Group the names of an article into entities.

    Args:
        names: in text order.
        places: the tables of places and bodies.
        genders: what a title before a name tells ("Mrs. Clinton").
    """
    maker = _Maker(places)
    for name in names:
        if name.type == "PERSON" and len(name.words) > 1:
            maker.full(name)
    for name in names:
        if name.type != "PERSON" and name not in maker.of:
            maker.body(name)
    maker.join_abbreviations()
    for name in names:
        if name.type == "PERSON" and len(name.words) == 1:
            maker.short(name, genders.get(name))
    return People(tuple(maker.entities), maker.of, maker.ambiguous)


class _Maker:
    def __init__(self, places: Gazetteer) -> None:
        self.places = places
        self.entities: list[Entity] = []
        self.of: dict[Name, Entity] = {}
        self.ambiguous: dict[Name, tuple[Entity, ...]] = {}
        self._words: dict[int, set[tuple[str, ...]]] = defaultdict(set)
        self._bearing: dict[str, list[Entity]] = defaultdict(list)
        self._bodies: dict[str, Entity] = {}
        self._ministries: dict[str, list[tuple[tuple[str, str], Entity]]] = defaultdict(list)

    def _new(self, name: str, kind: SpeakerKind) -> Entity:
        entity = Entity(len(self.entities), name, kind)
        self.entities.append(entity)
        return entity

    def _add(self, entity: Entity, name: Name) -> None:
        self.of[name] = entity
        entity.forms[name.bare] += 1
        self._words[entity.number].add(name.words)
        for word in {name.words[0], name.words[-1]} if entity.kind == "person" else ():
            if entity not in self._bearing[word]:
                self._bearing[word].append(entity)

    def full(self, name: Name) -> None:
        """A person's full name joins the same name with fewer or more middle names, or an initial."""
        for entity in self._bearing[name.words[-1]]:
            if any(_same_person(name.words, w) for w in self._words[entity.number]):
                self._add(entity, name)
                # The fullest form without initials is the one people know.
                entity.name = max(entity.forms, key=lambda form: (_completeness(form), entity.forms[form]))
                return
        entity = self._new(name.bare, "person")
        entity.gender = gender_of_first_name(name.bare.split()[0].strip("."))
        self._add(entity, name)

    def short(self, name: Name, gender: Gender | None) -> None:
        """A single name joins the one person who bears it as surname, else as first name."""
        (word,) = name.words
        bearers = self._bearing[word]
        holders = [e for e in bearers if any(w[-1] == word and len(w) > 1 for w in self._words[e.number])]
        holders = holders or [e for e in bearers if any(w[0] == word for w in self._words[e.number])]
        if gender and len(holders) > 1:
            holders = [e for e in holders if e.gender in (gender, None)] or holders
        if len(holders) > 1:
            counts = sorted((sum(e.forms.values()) for e in holders), reverse=True)
            if counts[0] > counts[1]:
                self.ambiguous[name] = tuple(holders)
                holders = [max(holders, key=lambda e: sum(e.forms.values()))]
        if len(holders) == 1:
            self._add(holders[0], name)
            if gender and holders[0].gender is None:
                holders[0].gender = gender
            return
        if holders:
            self.ambiguous[name] = tuple(holders)
        same = next((e for e in bearers if self._words[e.number] == {(word,)}), None)
        entity = same or self._new(name.bare, "person")
        entity.gender = entity.gender or gender or (None if holders else gender_of_first_name(name.bare))
        self._add(entity, name)

    def body(self, name: Name) -> None:
        """A body or place joins what the tables say it is, or the same name, or one longer name that it starts."""
        known = self.places.find(name.text)
        kind = known.kind if known else KIND_OF_ENTITY[name.type]
        if known is None and self.places.ministry(name.text):
            kind = "government"
        shown = known.name if known else name.text
        ministry = None if known else self.places.ministry(shown)
        same = self._bodies.get(shown.casefold())
        for told, entity in self._ministries[ministry[1]] if ministry and same is None else ():
            if ministry and (told[0] == ministry[0] or not told[0] or not ministry[0]):
                same = entity
                break
        if same is not None:
            self._add(same, name)
            if len(shown) > len(same.name) and not known:
                same.name = shown
                self._bodies[shown.casefold()] = same
            return
        entity = self._bodies[shown.casefold()] = self._new(shown, kind)
        if ministry:
            self._ministries[ministry[1]].append((ministry, entity))
        entity.part_of = known.part_of if known else self.places.parent(shown)
        if entity.part_of == shown:
            entity.part_of = None
        entity.plural = name.type == "NORP"
        self._add(entity, name)

    def join_abbreviations(self) -> None:
        """Join what an article abbreviates: "Chemical Safety Office" with CSO, "Halden" with "Halden Chemicals"."""
        bodies = [e for e in self.entities if e.kind not in ("person", "document") and not e.plural]
        hints: dict[str, list[Entity]] = defaultdict(list)
        for body in bodies:
            words = body.name.casefold().split()
            for hint in {words[0], words[-1], *initials(body.name)}:
                hints[hint].append(body)
        joined: set[int] = set()
        for short in bodies:
            if self.places.find(short.name) or short.kind == "government":
                continue
            hint = letters(short.name) or short.name.casefold().split()[0]
            longer = [
                e
                for e in hints[hint]
                if e is not short and id(e) not in joined and e.name != short.name and _abbreviates(short.name, e.name)
            ]
            if len(longer) == 1:
                joined.add(id(short))
                self._join(short, longer[0])

    def _join(self, short: Entity, into: Entity) -> None:
        for name in [name for name, entity in self.of.items() if entity is short]:
            self._add(into, name)
        self.entities.remove(short)


def _same_person(a: Sequence[str], b: Sequence[str]) -> bool:
    """Tell whether two full names may be one person's: same surname, and first names that agree."""
    if a == b:
        return True
    if len(a) < 2 or len(b) < 2 or a[-1] != b[-1]:
        return False
    first, other = a[0].strip("."), b[0].strip(".")
    if first == other:
        return True
    initial = len(first) == 1 or len(other) == 1
    return (initial and first[0] == other[0]) or set(a) <= set(b) or set(b) <= set(a)


def _completeness(form: str) -> tuple[int, int]:
    words = form.split()
    return (sum(1 for w in words if len(w.strip(".")) > 1), -len(words))


def _abbreviates(short: str, long: str) -> bool:
    abbreviation = letters(short)
    if abbreviation:
        return abbreviation in initials(long)
    few, many = short.casefold().split(), long.casefold().split()
    if len(few) >= len(many):
        return False
    # "Halden" of "Halden Chemicals"; "Federation" of "Dockers' Federation"; "Acme" of "Acme Corp.".
    if set(many[len(few) :]) <= _LEGAL and many[: len(few)] == few:
        return True
    # "France Telecom" is no short form of its daughter "France Telecom Marine".
    return len(few) == 1 and (many[0] == few[0] or many[-1] == few[0])
