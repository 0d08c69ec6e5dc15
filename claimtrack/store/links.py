"""The same speaker in several articles: speakers that are new to a project are linked with those in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, literal_column, select
from sqlalchemy.dialects.sqlite import insert

from claimtrack.model import Speaker, speaker_id
from claimtrack.speakers.joining import Groups, fullness, joins
from claimtrack.speakers.linking import NEAR, Merge, Sighting, is_local, is_named, link, name_words, proper_names, sound
from claimtrack.speakers.places import Gazetteer
from claimtrack.store.reviews import PROGRAM, Change, merge_all, split
from claimtrack.store.schema import aliases, article_texts, articles, claims, reviews, settings, speakers
from claimtrack.store.speakers import merge_record
from claimtrack.store.texts import day_of

MARK = "speakers_linked"
"""The setting that holds the number of the last row of ``speakers`` that was compared with those before it."""

LATEST = 500
"""How many of the police forces and the like that were compared before are looked at again, at most."""

_NUMBER: ColumnElement[int] = literal_column("speakers.rowid")
"""Rows of ``speakers`` are never deleted, so a speaker's number tells what came before it."""


def waiting(connection: Connection) -> bool:
    """Tell whether there are speakers that have not been compared yet."""
    newest = connection.execute(select(func.max(_NUMBER)).select_from(speakers)).scalar()
    return (newest or 0) > _mark(connection)


def link_new(connection: Connection, places: Gazetteer | None = None) -> list[Change]:
    """Compare speakers that are new with all, record who is one, and return what was changed.

    Each merge has its reason and is in the log, made by :data:`claimtrack.store.reviews.PROGRAM`. What a person
    has split or undone is not merged again. A bare surname that turns out to be borne by two is split off.

    Args:
        connection: to a project, for writing.
        places: tables of places and bodies; those that ship when left out.
    """
    mark = _mark(connection)
    rows = connection.execute(select(_NUMBER.label("number"), speakers).order_by(_NUMBER)).all()
    if not rows or rows[-1].number <= mark:
        return []
    sightings = _sightings(connection, rows, mark)
    new = {row.id for row in rows if row.number > mark}
    fresh = {n for n, sighting in enumerate(sightings) if sighting.speaker.id in new}
    found = link(sightings, places, fresh)
    # Whether a name fits somebody else as well is told only by all whom it fits.
    partners = {n for merge in found for n in (merge.a, merge.b) if is_named(sightings[n].speaker)} - fresh
    if partners:
        found = link(sightings, places, fresh | partners)
    connection.execute(
        insert(settings).values(name=MARK, value=str(rows[-1].number))
        .on_conflict_do_update(index_elements=["name"], set_={"value": str(rows[-1].number)})
    )  # fmt: skip
    made = _merged(connection, rows, sightings, found) if found else []
    return made + _withdrawn(connection, rows, new)


def _merged(
    connection: Connection, rows: Sequence[Row[Any]], sightings: Sequence[Sighting], found: Sequence[Merge]
) -> list[Change]:
    groups = Groups({row.id: row.merged_into or row.id for row in rows}, _apart(connection))
    named = {sightings[n].speaker.id for merge in found for n in (merge.a, merge.b)}
    involved = {member for id_ in named for member in groups.members(groups.root(id_))}
    seen_in, quoted = _seen(connection, involved)
    chosen = _chosen(connection)
    by_id = {row.id: row for row in rows}

    def better(root: str) -> tuple[Any, ...]:
        members = groups.members(root)
        row = by_id[root]
        name = Speaker(row.id, row.name, row.kind)
        return (root in chosen, fullness(name), sum(quoted[m] for m in members), -row.number)

    return merge_all(connection, joins(sightings, found, seen_in, groups, better), PROGRAM)


def _withdrawn(connection: Connection, rows: Sequence[Row[Any]], new: Collection[str]) -> list[Change]:
    """Take back the merges of bare surnames that turn out to be borne by two, unless a person has looked at them."""
    named = (row for row in rows if row.kind == "person" and row.id == speaker_id(row.name))
    people = [(row, words) for row in named if (words := name_words(row.name))]
    arrived = {sound(words[-1]) for row, words in people if row.id in new and len(words) > 1}
    query = select(speakers.c.id, func.coalesce(speakers.c.merged_into, speakers.c.id))
    root_of = dict(connection.execute(query).tuples().all()) if arrived else {}
    bearers: dict[str, dict[str, str]] = defaultdict(dict)
    for row, words in people:
        if sound(words[-1]) in arrived and len(words) > 1 and len(words[0].strip(".")) > 1:
            bearers[sound(words[-1])].setdefault(root_of[row.id], row.name)
    taken = []
    for row, words in people:
        names = bearers.get(sound(words[-1]), {}).values() if len(words) == 1 else ()
        if len(names) > 1 and _is_ours(connection, row.id):
            taken.append(split(connection, row.id, PROGRAM, f"{row.name} may be {' or '.join(sorted(names))}"))
    return taken


def _is_ours(connection: Connection, alias: str) -> bool:
    """Tell whether a merge in force was made by the program, and nobody has split it in the meantime."""
    number = merge_record(connection, alias)
    if number is None:
        return False
    query = select(reviews.c.what, reviews.c.who).where(reviews.c.alias_number == number)
    entries = {(what, who) for what, who in connection.execute(query)}
    return entries == {("merge", PROGRAM)}


def _mark(connection: Connection) -> int:
    value = connection.execute(select(settings.c.value).where(settings.c.name == MARK)).scalar()
    return int(value) if value and value.isdecimal() else 0


def _sightings(connection: Connection, rows: Sequence[Row[Any]], mark: int) -> list[Sighting]:
    """Return every named speaker, and the unnamed bodies that may belong to the events of new ones."""
    roles = _roles(connection)
    found = []
    local: list[tuple[Speaker, bool]] = []
    for row in rows:
        role, affiliation = (row.role, row.affiliation) if row.role else roles.get(row.id, (None, row.affiliation))
        speaker = Speaker(row.id, row.name, row.kind, role, affiliation=affiliation)
        if is_named(speaker):
            # Whether two share an article is seen later, from all articles of both.
            found.append(Sighting(speaker.id, speaker))
        elif is_local(speaker):
            local.append((speaker, row.number > mark))
    return found + _local(connection, local)


def _roles(connection: Connection) -> dict[str, tuple[str, str | None]]:
    """Return the first role that some article tells of each speaker."""
    # SQLite takes the other columns from the row that has the least number.
    query = (
        select(claims.c.speaker_id, claims.c.speaker_role, claims.c.speaker_affiliation, func.min(claims.c.number))
        .where(claims.c.speaker_role.is_not(None), claims.c.speaker_id.is_not(None)).group_by(claims.c.speaker_id)
    )  # fmt: skip
    return {id_: (role, affiliation) for id_, role, affiliation, _ in connection.execute(query)}


def _local(connection: Connection, local: Sequence[tuple[Speaker, bool]]) -> list[Sighting]:
    new = [speaker for speaker, is_new in local if is_new]
    if not new:
        return []
    old = [speaker for speaker, is_new in local if not is_new][-LATEST:]
    where = {
        row.speaker_id: row
        for ids in _portions(speaker.id for speaker in (*new, *old))
        for row in connection.execute(
            select(claims.c.speaker_id, articles.c.id, articles.c.published)
            .join(articles, articles.c.id == claims.c.article_id).where(claims.c.speaker_id.in_(ids)).distinct()
        )
    }  # fmt: skip
    days = [day_of(where[speaker.id].published) for speaker in new if speaker.id in where]
    dated = [day for day in days if day]

    def is_near(speaker: Speaker) -> bool:
        day = day_of(where[speaker.id].published)
        return day is None or len(dated) < len(days) or (min(dated) - NEAR <= day <= max(dated) + NEAR)

    wanted = [s for s in new if s.id in where] + [s for s in old if s.id in where and is_near(s)]
    names = {
        id_: proper_names(text)
        for ids in _portions({where[speaker.id].id for speaker in wanted})
        for id_, text in connection.execute(
            select(article_texts.c.article_id, article_texts.c.text).where(article_texts.c.article_id.in_(ids))
        )
    }
    return [
        Sighting(place.id, speaker, names[place.id], day_of(place.published))
        for speaker in wanted for place in [where[speaker.id]]
    ]  # fmt: skip


def _apart(connection: Connection) -> list[tuple[str, str]]:
    """Return the pairs of speakers whose merge somebody took back."""
    query = select(aliases.c.alias_id, aliases.c.speaker_id).where(aliases.c.undone == 1)
    return [(row.alias_id, row.speaker_id) for row in connection.execute(query)]


def _chosen(connection: Connection) -> set[str]:
    """Return the speakers that people merged others into: theirs is the name to be shown."""
    query = select(aliases.c.speaker_id).join(reviews, reviews.c.alias_number == aliases.c.number)
    return set(connection.execute(query.where(aliases.c.undone == 0, reviews.c.who != PROGRAM)).scalars())


def _seen(connection: Connection, ids: Iterable[str]) -> tuple[dict[str, set[str]], Counter[str]]:
    """Return the articles in which each speaker speaks, and the number of its claims."""
    seen_in: dict[str, set[str]] = defaultdict(set)
    quoted: Counter[str] = Counter()
    for portion in _portions(ids):
        query = select(claims.c.speaker_id, claims.c.article_id, func.count()).where(claims.c.speaker_id.in_(portion))
        for id_, article, count in connection.execute(query.group_by(claims.c.speaker_id, claims.c.article_id)):
            seen_in[id_].add(article)
            quoted[id_] += count
    return seen_in, quoted


def _portions(ids: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """Yield ids in portions that fit into one question."""
    every = list(ids)
    for start in range(0, len(every), size):
        yield every[start : start + size]
