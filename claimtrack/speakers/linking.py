"""The same speaker in several articles: which speakers to take for one, with the reason for each pair.

Pure and conservative: speakers go in, suggestions to merge come out, and whoever keeps them can undo each.
Two people of one surname are not merged for their surname; an unnamed speaker is never merged.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from claimtrack.model import Speaker, speaker_id
from claimtrack.speakers.places import Gazetteer, gazetteer, initials, key, letters
from claimtrack.speakers.vocabulary import SUFFIXES, TITLES, gender_of_first_name, noun, offices

MERGED_FROM = 0.75
"""The confidence from which two speakers are put in one group."""

_SOUNDS = (
    ("sch", "sh"),
    ("tch", "ch"),
    ("cz", "ch"),
    ("kh", "h"),
    ("zh", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("w", "v"),
    ("iy", "i"),
    ("ij", "i"),
    ("yy", "i"),
    ("ii", "i"),
    ("ey", "ei"),
    ("ay", "ai"),
    ("oy", "oi"),
    ("y", "i"),
    ("gh", "g"),
    ("dj", "j"),
    ("q", "k"),
    ("x", "ks"),
    ("ou", "u"),
    ("oe", "o"),
    ("ae", "e"),
)
"""Spellings that transliterations give to one sound, reduced in this order."""

_SHORT = {
    "bill": "william",
    "bob": "robert",
    "jim": "james",
    "joe": "joseph",
    "mike": "michael",
    "tom": "thomas",
    "dave": "david",
    "dan": "daniel",
    "ben": "benjamin",
    "ted": "edward",
    "jeff": "jeffrey",
    "steve": "steven",
    "chris": "christopher",
    "tony": "anthony",
    "andy": "andrew",
    "greg": "gregory",
    "rob": "robert",
    "bernie": "bernard",
    "rick": "richard",
    "dick": "richard",
    "ron": "ronald",
    "ken": "kenneth",
    "don": "donald",
    "sam": "samuel",
    "alex": "alexander",
    "nick": "nicholas",
    "liz": "elizabeth",
    "kate": "katherine",
    "sue": "susan",
    "pat": "patricia",
    "debbie": "deborah",
    "matt": "matthew",
    "tim": "timothy",
    "will": "william",
}
"""First names that people go by, and what they are short for."""


LOCAL = frozenset(["police", "military", "army", "navy", "coastguard"])
"""Bodies that articles name by a bare noun: the same only where two articles tell of one event."""

ALIKE = (0.28, 5)
"""The share of the shorter article's proper names, and their number, that two articles of one event have in common.

In ECB+ most pairs of stories of one event share more than 40 % of them, and no other pair more than 25 %.
"""

NEAR = datetime.timedelta(days=7)
"""How far apart articles of one event may have been published, where both tell."""

_LOCAL = "local "
_PROPER = re.compile(r"(?<=[\w,;'’)–-] )[A-Z][^\W\d_]{2,}\b")
_CALENDAR = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
)


@dataclass(frozen=True)
class Sighting:
    """A speaker in one article; ``names`` are the article's proper names (:func:`proper_names`), if known."""

    article: str
    speaker: Speaker
    names: frozenset[str] = frozenset()
    published: datetime.date | None = None


@dataclass(frozen=True)
class Merge:
    """Two sightings (their places in the list that was given) that are one speaker, and why."""

    a: int
    b: int
    reason: str
    confidence: float


def link(
    sightings: Sequence[Sighting], places: Gazetteer | None = None, fresh: Collection[int] | None = None
) -> list[Merge]:
    """Return which speakers of different articles are the same, the surest pairs first.

    Args:
        sightings: each speaker of each article once.
        places: the tables of places and bodies; those that ship when left out.
        fresh: the places in the list of those that were never compared; pairs of others are left out. All when None.
    """
    tables = places or gazetteer()
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, sighting in enumerate(sightings):
        for block in _blocks(sighting.speaker, tables):
            blocks[block].append(number)
    new = None if fresh is None else frozenset(fresh)
    pairs = {pair for block, members in blocks.items() for pair in _pairs(block, members, sightings, new)}
    people = [s.speaker.name for s in sightings if s.speaker.kind == "person"]
    bearers = _bearers(people)
    found = []
    for a, b in sorted(pairs):
        if sightings[a].article == sightings[b].article:
            continue
        if not (is_named(sightings[a].speaker) and is_named(sightings[b].speaker)):
            if is_one_event(sightings[a], sightings[b]):
                found.append(
                    Merge(a, b, f"{sightings[a].speaker.name} of one event: the articles share their names", 0.75)
                )
            continue
        merge = _compared(sightings[a].speaker, sightings[b].speaker, tables, bearers)
        if merge:
            found.append(Merge(a, b, *merge))
    return sorted(found, key=lambda m: (-m.confidence, m.a, m.b))


def _pairs(
    block: str, members: Sequence[int], sightings: Sequence[Sighting], fresh: frozenset[int] | None
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a block that have somebody fresh, the lower number first."""
    if block.startswith(_LOCAL):
        near = _near(members, sightings)
        yield from near if fresh is None else ((a, b) for a, b in near if a in fresh or b in fresh)
    elif fresh is None:
        yield from combinations(members, 2)
    else:
        for one in (member for member in members if member in fresh):
            yield from ((min(one, other), max(one, other)) for other in members if other != one)


def _near(members: Sequence[int], sightings: Sequence[Sighting]) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose articles may tell of one event by their dates; an article without one fits all."""
    undated = [member for member in members if sightings[member].published is None]
    dated = sorted((day, member) for member in members if (day := sightings[member].published))
    yield from combinations(undated, 2)
    yield from ((min(a, b), max(a, b)) for a in undated for _, b in dated)
    for place, (day, one) in enumerate(dated):
        for later, other in islice(dated, place + 1, None):
            if later - day > NEAR:
                break
            yield min(one, other), max(one, other)


def groups(count: int, merges: Iterable[Merge], least: float = MERGED_FROM) -> list[list[int]]:
    """Return the sightings 0 to ``count`` in groups of one speaker each, from merges that are sure enough."""
    leader = list(range(count))

    def find(member: int) -> int:
        while leader[member] != member:
            member = leader[member]
        return member

    for merge in merges:
        if merge.confidence >= least:
            leader[find(merge.b)] = find(merge.a)
    together: dict[int, list[int]] = defaultdict(list)
    for member in range(count):
        together[find(member)].append(member)
    return sorted(together.values())


def _blocks(speaker: Speaker, places: Gazetteer) -> set[str]:
    """Return the keys under which a speaker is compared with others; none for one without a name."""
    if not is_named(speaker):
        return {_LOCAL + speaker.name.lower()} if is_local(speaker) else set()
    if speaker.kind == "person":
        words = name_words(speaker.name)
        return {"person " + sound(words[-1])} if words else set()
    found = {"body " + _body_key(speaker.name, places)}
    found |= {"letters " + short for short in initials(speaker.name)}
    abbreviation = letters(speaker.name)
    return found | ({"letters " + abbreviation.upper()} if abbreviation else set())


def is_named(speaker: Speaker) -> bool:
    """Tell whether a speaker has a name; the id of one that has none holds for one article only."""
    return speaker.kind != "anonymous" and speaker.id == speaker_id(speaker.name)


def is_local(speaker: Speaker) -> bool:
    """Tell whether a speaker is a body under a bare noun, the same only within one event (:data:`LOCAL`)."""
    return not is_named(speaker) and speaker.name.lower() in LOCAL


def proper_names(text: str) -> frozenset[str]:
    """Return the words of a text that are capitalised inside a sentence, save days and months."""
    return frozenset(_PROPER.findall(text)) - _CALENDAR


def is_one_event(a: Sighting, b: Sighting) -> bool:
    """Tell whether two articles tell of one event, by the names that they share and when they were published."""
    if a.published and b.published and abs(a.published - b.published) > NEAR:
        return False
    shared = len(a.names & b.names)
    return shared >= ALIKE[1] and shared >= ALIKE[0] * min(len(a.names), len(b.names))


def _body_key(name: str, places: Gazetteer) -> str:
    known = places.find(name)
    ministry = places.ministry(name)
    return key(known.name) if known else "ministry " + " ".join(ministry) if ministry else key(name)


def _bearers(people: Iterable[str]) -> Mapping[str, set[str]]:
    """Return the first names with which each surname occurs, both as they sound."""
    found: dict[str, set[str]] = defaultdict(set)
    for person in people:
        words = name_words(person)
        if len(words) > 1:
            found[sound(words[-1])].add(sound(_SHORT.get(words[0], words[0])))
    return found


def _compared(a: Speaker, b: Speaker, places: Gazetteer, bearers: Mapping[str, set[str]]) -> tuple[str, float] | None:
    if (a.kind == "person") != (b.kind == "person"):
        return None
    return _people(a, b, bearers) if a.kind == "person" else _bodies(a, b, places)


def _people(a: Speaker, b: Speaker, bearers: Mapping[str, set[str]]) -> tuple[str, float] | None:
    one, other = name_words(a.name), name_words(b.name)
    if sound(one[-1]) != sound(other[-1]):
        return None
    spelled = "" if one[-1] == other[-1] else f", {one[-1].capitalize()} being spelled {other[-1].capitalize()} as well"
    if len(one) > 1 and len(other) > 1:
        first, second = (_SHORT.get(w[0], w[0]) for w in (one, other))
        if first == second or sound(first) == sound(second):
            return f"the same name{spelled}", 0.97 if not spelled else 0.9
        if 1 in (len(first.strip(".")), len(second.strip("."))) and first[0] == second[0]:
            return f"the same surname and first letter{spelled}", 0.85
        if set(one) <= set(other) or set(other) <= set(one):
            return "one name has all words of the other", 0.85
        return None
    # A surname alone: only where no article knows two people of that name, and what they are agrees.
    if len(bearers.get(sound(one[-1]), ())) > 1:
        return None
    agreed = _roles_agree(a, b)
    if agreed is False:
        return None
    if len(one) == 1 and len(other) == 1 and gender_of_first_name(one[0]):
        # Two people who go by the same first name.
        return (f"the same first name and {agreed}", 0.8) if agreed else None
    return (
        f"the same surname{f' and {agreed}' if agreed else ''}, borne by nobody else{spelled}",
        0.9 if agreed else 0.8,
    )


def _roles_agree(a: Speaker, b: Speaker) -> str | bool | None:
    """Return what two roles share, False where they cannot be one person's, None where nothing is told."""
    if not a.role or not b.role:
        return None
    one, other = (_offices_in(role) for role in (a.role, b.role))
    shared = one & other
    if shared:
        return f"office ({sorted(shared)[0]})"
    if a.affiliation and b.affiliation:
        return f"affiliation ({a.affiliation})" if key(a.affiliation) == key(b.affiliation) else None
    return None


def _offices_in(role: str) -> set[str]:
    return {office for word in re.findall(r"[\w.-]+", role.lower()) if noun(word) for office in offices(word)}


def _bodies(a: Speaker, b: Speaker, places: Gazetteer) -> tuple[str, float] | None:
    if key(a.name) == key(b.name):
        return ("the same document's name", 0.6) if a.kind == "document" else ("the same name", 0.97)
    if "document" in (a.kind, b.kind):
        return None
    known, other = places.find(a.name), places.find(b.name)
    if known and other:
        return ("the same in the table of names", 0.95) if known.name == other.name else None
    ministries = places.ministry(a.name), places.ministry(b.name)
    if ministries[0] and ministries[0] == ministries[1]:
        return "the same ministry", 0.93
    for short, long in ((a.name, b.name), (b.name, a.name)):
        abbreviation = letters(short)
        if abbreviation and abbreviation.upper() in initials(long):
            return f"{short} is short for {long}", 0.8
    return None


def name_words(name: str) -> list[str]:
    """Return the words of a person's name, lower case, without accents, titles and suffixes."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = [word.strip(",") for word in plain.casefold().replace("’", "'").split()]
    return [w for w in words if w not in TITLES and w not in SUFFIXES] or words


def sound(word: str) -> str:
    """Return a word as its transliterations have in common: Zelenskiy, Zelensky and Zelenskyy are ``zelenski``.

    Haidai and Hayday are ``haidai``. Letters said twice count once; different vowels stay different.
    """
    plain = re.sub(r"[^a-z]", "", word.casefold())
    for spelling, reduced in _SOUNDS:
        plain = plain.replace(spelling, reduced)
    return re.sub(r"(.)\1+", r"\1", plain)
