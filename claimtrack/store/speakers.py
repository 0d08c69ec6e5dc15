"""Who is who across articles: speakers, their other names, merges that can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from claimtrack.errors import ProjectError
from claimtrack.model import Speaker, speaker_id
from claimtrack.store.schema import aliases, articles, claims, reviews, speakers
from claimtrack.store.texts import fold, now, storable


def add(connection: Connection, found: Iterable[Speaker]) -> None:
    """Make sure that speakers are in the file; one that is there stays as it is, and so do its merges."""
    rows = {s.id: s for s in (storable(speaker) for speaker in found)}
    if not rows:
        return
    values = [
        {"id": s.id, "name": s.name, "kind": s.kind, "role": s.role, "affiliation": s.affiliation,
         "part_of": s.part_of, "all_names": s.name, "folded": fold(s.name)}
        for s in rows.values()
    ]  # fmt: skip
    connection.execute(insert(speakers).on_conflict_do_nothing(), values)


def by_name(name: str, kind: str = "person") -> Speaker:
    """Return a speaker made of a name only."""
    name = " ".join(storable(name).split())
    return Speaker(speaker_id(name), name, kind)  # type: ignore[arg-type]


def root_of(connection: Connection, id_: str) -> str:
    """Return the speaker that an id stands for after merges."""
    merged = connection.execute(select(speakers.c.merged_into).where(speakers.c.id == id_)).scalar()
    return merged or id_


def ids_matching(connection: Connection, words: str) -> list[str]:
    """Return the ids of all speakers of whom some name contains the words, and of all merged with these.

    Case, accents and spacing do not count. Where the words begin a word of some name, only such names
    count: "Ida" finds Ida Brandt and not every Friday.
    """
    if words.startswith("s_") and connection.execute(select(speakers.c.id).where(speakers.c.id == words)).first():
        return _group(connection, [words])
    folded = fold(storable(words))
    if not folded:
        return []
    spaced = " " + speakers.c.folded
    for condition in (func.instr(spaced, " " + folded) > 0, func.instr(speakers.c.folded, folded) > 0):
        found = list(connection.execute(select(speakers.c.id).where(condition)).scalars())
        if found:
            return _group(connection, found)
    return []


def _group(connection: Connection, ids: Iterable[str]) -> list[str]:
    roots = {root_of(connection, id_) for id_ in ids}
    query = select(speakers.c.id).where(or_(speakers.c.id.in_(roots), speakers.c.merged_into.in_(roots)))
    return list(connection.execute(query).scalars())


def one(connection: Connection, words: str) -> str:
    """Return the id of the one speaker that is meant: by id, by exact name, or by the only name that fits.

    Raises:
        ProjectError: when nobody or more than one fits.
    """
    exact = connection.execute(
        select(speakers.c.id).where(or_(speakers.c.id == words, speakers.c.folded == fold(storable(words))))
    ).scalars()
    roots = {root_of(connection, id_) for id_ in exact}
    if not roots:
        roots = {root_of(connection, id_) for id_ in ids_matching(connection, words)}
    if not roots:
        raise ProjectError(f"no speaker is called {words!r}; claimtrack speakers lists them")
    if len(roots) > 1:
        query = select(speakers.c.name).where(speakers.c.id.in_(roots)).order_by(speakers.c.name)
        names = list(connection.execute(query).scalars())
        more = ", ..." if len(names) > 5 else ""
        raise ProjectError(f"{words!r} fits {len(names)} speakers ({', '.join(names[:5])}{more}); write one in full")
    return roots.pop()


def name_of(connection: Connection, id_: str | None) -> str | None:
    """Return a speaker's name."""
    return connection.execute(select(speakers.c.name).where(speakers.c.id == id_)).scalar()


def merge(connection: Connection, alias: str, into: str, reason: str) -> int:
    """Record that one speaker is another, and return the number of the record.

    No claim is touched: what each says about its speaker stays, and only the link is followed.

    Raises:
        ProjectError: when the two are one already.
    """
    root = root_of(connection, into)
    merged = root_of(connection, alias)
    if merged == root:
        raise ProjectError(f"{name_of(connection, alias)} and {name_of(connection, into)} are one speaker already")
    number = record(connection, merged, root, reason)
    follow(connection)
    return number


def record(connection: Connection, merged: str, root: str, reason: str) -> int:
    """Write a merge of two speakers that are merged into nobody; it holds once :func:`follow` has been called."""
    name = name_of(connection, merged)
    values = {"name": name, "alias_id": merged, "speaker_id": root, "reason": reason, "made_at": now()}
    number = connection.execute(insert(aliases).values(values)).inserted_primary_key
    assert number is not None
    return int(number[0])


def unmerge(connection: Connection, number: int) -> None:
    """Take a merge back; its record stays, marked as undone."""
    connection.execute(update(aliases).where(aliases.c.number == number).values(undone=1))
    follow(connection)


def remerge(connection: Connection, number: int) -> None:
    """Make a merge that was taken back hold again."""
    connection.execute(update(aliases).where(aliases.c.number == number).values(undone=0))
    follow(connection)


def merge_record(connection: Connection, alias: str) -> int | None:
    """Return the number of the merge in force that made a speaker another, or None."""
    query = select(aliases.c.number).where(aliases.c.alias_id == alias, aliases.c.undone == 0)
    number: int | None = connection.execute(query.order_by(aliases.c.number.desc())).scalar()
    return number


def way(connection: Connection, id_: str) -> list[dict[str, Any]]:
    """Return the merges in force that lead from a speaker to the one it is shown as, in their order.

    Each is a dictionary with ``name``, ``into``, ``reason``, ``at`` and ``who``.
    """
    found: list[dict[str, Any]] = []
    seen = {id_}
    while (number := merge_record(connection, id_)) is not None:
        row = connection.execute(select(aliases).where(aliases.c.number == number)).one()
        query = select(reviews.c.who).where(reviews.c.alias_number == number, reviews.c.what == "merge")
        found.append({
            "name": row.name, "into": name_of(connection, row.speaker_id), "reason": row.reason, "at": row.made_at,
            "who": connection.execute(query).scalar(),
        })  # fmt: skip
        id_ = row.speaker_id
        if id_ in seen:
            break
        seen.add(id_)
    return found


def merged(connection: Connection, words: str) -> str:
    """Return the id of the one merged speaker with an id or a name of its own.

    Raises:
        ProjectError: when there is none or more than one.
    """
    query = select(speakers.c.id, speakers.c.name).where(
        speakers.c.merged_into.is_not(None), or_(speakers.c.id == words, speakers.c.folded == fold(storable(words)))
    )
    found = connection.execute(query).all()
    if len(found) != 1:
        listed_ = ", ".join(f"{name} ({id_})" for id_, name in found)
        problem = f"fits {len(found)} speakers ({listed_}); give the id" if found else "was not merged into anybody"
        raise ProjectError(f"{words!r} {problem}; claimtrack speakers shows merged names under also_known_as")
    return str(found[0].id)


def follow(connection: Connection) -> None:
    """Bring ``merged_into`` and ``all_names`` of all speakers up to the merges in force."""
    records = connection.execute(
        select(aliases.c.alias_id, aliases.c.speaker_id).where(aliases.c.undone == 0).order_by(aliases.c.number)
    ).tuples()
    target = dict(records.all())
    names = dict(connection.execute(select(speakers.c.id, speakers.c.name)).tuples().all())
    before = {
        row.id: row for row in connection.execute(select(speakers.c.id, speakers.c.merged_into, speakers.c.all_names))
    }
    roots = {id_: _end(id_, target) for id_ in names}
    members: dict[str, list[str]] = {}
    for id_, root in roots.items():
        members.setdefault(root, []).append(id_)
    for id_, root in roots.items():
        merged = None if root == id_ else root
        every = "\n".join([names[root], *(names[m] for m in members[root] if m != root)])
        if (before[id_].merged_into, before[id_].all_names) != (merged, every):
            connection.execute(
                update(speakers).where(speakers.c.id == id_).values(merged_into=merged, all_names=every)
            )  # fmt: skip


def _end(id_: str, target: dict[str, str]) -> str:
    seen = {id_}
    while id_ in target and target[id_] not in seen:
        id_ = target[id_]
        seen.add(id_)
    return id_


def listed(connection: Connection) -> list[dict[str, Any]]:
    """Return one row for each speaker after merges, the most quoted first."""
    root = func.coalesce(speakers.c.merged_into, speakers.c.id)
    counts = (
        select(
            root.label("id"), func.count(claims.c.id).label("claims"),
            func.count(claims.c.article_id.distinct()).label("articles"),
            func.min(claims.c.first_day).label("first"), func.max(claims.c.last_day).label("last"),
        )
        .select_from(
            claims.join(speakers, speakers.c.id == claims.c.speaker_id)
            .join(articles, articles.c.id == claims.c.article_id)
        )
        .where(claims.c.status != "rejected", articles.c.superseded_by.is_(None)).group_by(root).subquery()
    )  # fmt: skip
    known = speakers.alias("known")
    query = (
        select(known.c.name, known.c.kind, known.c.role, counts.c.claims, counts.c.articles, counts.c.first,
               counts.c.last, known.c.all_names, known.c.id.label("speaker_id"), known.c.part_of)
        .join(counts, counts.c.id == known.c.id)
        .order_by(counts.c.claims.desc(), known.c.name)
    )  # fmt: skip
    rows = [dict(row._mapping) for row in connection.execute(query)]
    for row in rows:
        row["also_known_as"] = "; ".join(n for n in row.pop("all_names").split("\n")[1:]) or None
    return rows
