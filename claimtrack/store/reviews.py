"""What people decide: corrections laid over extracted claims, merges, and the log from which each is undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from claimtrack.errors import ProjectError, ReviewError
from claimtrack.store import fields, speakers, topics
from claimtrack.store.schema import RELATION_STATUSES, article_texts, articles, claims, corrections, relations, reviews
from claimtrack.store.schema import speakers as speaker_table
from claimtrack.store.schema import topics as topic_table
from claimtrack.store.texts import fold, now, storable_text

PROGRAM = "claimtrack"
"""Who made a change, in the log, where no person did."""


@dataclass(frozen=True)
class Edit:
    """A correction: which claim, which of :data:`claimtrack.store.fields.FIELDS`, and what it should say."""

    claim: str
    field: str
    value: str | None


@dataclass(frozen=True)
class Change:
    """An entry of the log, as told to people."""

    what: str
    target: str
    field: str | None
    before: str | None
    after: str | None


def next_batch(connection: Connection) -> int:
    """Return the number for the next group of changes, which will be undone together."""
    return int(connection.execute(select(func.coalesce(func.max(reviews.c.batch), 0))).scalar_one()) + 1


def change(
    connection: Connection, edits: Iterable[Edit], who: str, reason: str | None = None, batch: int | None = None
) -> list[Change]:
    """Make corrections, all or none, as one batch (a new one unless given); what is so already is left out.

    A claim that somebody corrects, they have looked at: it becomes accepted unless its status is given too.

    Raises:
        ProjectError: when there is no such claim.
        ReviewError: when a value does not fit.
    """
    wanted = list(edits)
    judged = {edit.claim for edit in wanted if edit.field == "status"}
    batch = batch or next_batch(connection)
    made: list[Change] = []
    for edit in wanted:
        done = _correct(connection, edit, batch, who, reason)
        made += done
        if done and edit.claim not in judged:
            judged.add(edit.claim)
            if _row(connection, edit.claim)["status"] == "suggested":
                made += _correct(connection, Edit(edit.claim, "status", "accepted"), batch, who, reason)
    return made


def _correct(connection: Connection, edit: Edit, batch: int, who: str, reason: str | None) -> list[Change]:
    row = _row(connection, edit.claim)
    value, columns = _checked(connection, edit, row)
    before = fields.shown(edit.field, row)
    if value == before:
        return []
    extracted = {name: row[name] for name in fields.columns_of(edit.field)}
    _put(connection, edit, value, columns, extracted)
    made = Change("edit", edit.claim, edit.field, before, value)
    log(connection, made, batch, who, reason)
    return [made]


def _checked(connection: Connection, edit: Edit, row: Mapping[str, Any]) -> tuple[str | None, fields.Columns]:
    def text() -> str:
        query = select(article_texts.c.text).where(article_texts.c.article_id == row["article_id"])
        return str(connection.execute(query).scalar_one())

    value, columns = fields.checked(edit.field, edit.value, row, text)
    if edit.field == "speaker":
        columns = _speaker_columns(connection, value, row)
        value = columns["speaker_name"]
    elif edit.field == "topic" and value is not None:
        columns = {"topic": topics.named(connection, value)}
    return value, columns


def _speaker_columns(connection: Connection, name: str | None, row: Mapping[str, Any]) -> fields.Columns:
    """Return what a claim's row says when a person names its speaker; an existing speaker of that name is taken."""
    columns: fields.Columns = dict.fromkeys(fields.columns_of("speaker"))
    if name is None:
        return columns
    same = speaker_table.c.folded == fold(name)
    known = {
        speakers.root_of(connection, id_)
        for id_ in connection.execute(select(speaker_table.c.id).where(same)).scalars()
    }
    if len(known) == 1:
        found = connection.execute(select(speaker_table).where(speaker_table.c.id == known.pop())).one()
        columns.update(
            speaker_id=found.id, speaker_name=found.name, speaker_kind=found.kind, speaker_part_of=found.part_of
        )
    else:
        kind = row["speaker_kind"] if row["speaker_kind"] not in (None, "anonymous") else "person"
        made = speakers.by_name(name, kind)
        speakers.add(connection, [made])
        columns.update(speaker_id=made.id, speaker_name=made.name, speaker_kind=made.kind)
    passed = [row["speaker_name"]] if row["speaker_name"] and row["speaker_name"] != columns["speaker_name"] else []
    columns.update(
        speaker_resolved_by="review", speaker_confidence=1.0,
        speaker_alternatives=json.dumps(passed, ensure_ascii=False) if passed else None,
    )  # fmt: skip
    return columns


def _put(
    connection: Connection, edit: Edit, value: str | None, columns: fields.Columns, extracted: Mapping[str, Any]
) -> None:
    """Write a correction; what was extracted is kept from the first one on."""
    key = {"claim_id": edit.claim, "field": edit.field}
    first = {**key, "value": value, "extracted": json.dumps(dict(extracted), ensure_ascii=False)}
    connection.execute(
        insert(corrections).values(first).on_conflict_do_update(index_elements=list(key), set_={"value": value})
    )
    connection.execute(update(claims).where(claims.c.id == edit.claim).values(columns))


def lay_over(connection: Connection, claim: str) -> None:
    """Put a claim's corrections over what was extracted for it just now."""
    stored = connection.execute(select(corrections).where(corrections.c.claim_id == claim)).all()
    for row in stored:
        current = _row(connection, claim)
        fresh = {name: current[name] for name in fields.columns_of(row.field)}
        key = (corrections.c.claim_id == claim) & (corrections.c.field == row.field)
        connection.execute(
            update(corrections).where(key).values(extracted=json.dumps(fresh, ensure_ascii=False))
        )  # fmt: skip
        _, columns = _checked(connection, Edit(claim, row.field, row.value), current)
        connection.execute(update(claims).where(claims.c.id == claim).values(columns))


def judge_relation(connection: Connection, relation: str, status: str, who: str, reason: str | None = None) -> Change:
    """Accept or reject a relation, or make it a suggestion again.

    Raises:
        ReviewError: when there is no such relation or status.
    """
    if status not in RELATION_STATUSES:
        raise ReviewError(f"status cannot be {status!r}; it is one of {', '.join(RELATION_STATUSES)}")
    before = connection.execute(select(relations.c.status).where(relations.c.id == relation)).scalar()
    if before is None:
        raise ReviewError(f"no relation {relation}; claimtrack review shows those that wait")
    connection.execute(update(relations).where(relations.c.id == relation).values(status=status))
    made = Change("relation", relation, "status", before, status)
    log(connection, made, next_batch(connection), who, reason)
    return made


def merge(connection: Connection, alias: str, into: str, reason: str, who: str) -> Change:
    """Make one speaker another, with a reason; see :func:`claimtrack.store.speakers.merge`."""
    alias, into = speakers.root_of(connection, alias), speakers.root_of(connection, into)
    number = speakers.merge(connection, alias, into, reason)
    made = Change("merge", alias, None, speakers.name_of(connection, alias), speakers.name_of(connection, into))
    log(connection, made, next_batch(connection), who, reason, number)
    return made


def merge_all(connection: Connection, pairs: Iterable[tuple[str, str, str]], who: str) -> list[Change]:
    """Make many merges, each an entry of its own in the log, so that each can be undone by itself.

    Args:
        connection: to a project.
        pairs: the id of a speaker, the id of whom it is found to be, and the reason; both are merged into nobody.
        who: for the log.
    """
    made = []
    for alias, into, reason in pairs:
        number = speakers.record(connection, alias, into, reason)
        made.append(
            Change("merge", alias, None, speakers.name_of(connection, alias), speakers.name_of(connection, into))
        )
        log(connection, made[-1], next_batch(connection), who, reason, number)
    if made:
        speakers.follow(connection)
    return made


def split(connection: Connection, alias: str, who: str, reason: str | None = None) -> Change:
    """Make a merged speaker one of its own again.

    Raises:
        ProjectError: when it was not merged.
    """
    number = speakers.merge_record(connection, alias)
    name = speakers.name_of(connection, alias)
    if number is None:
        raise ProjectError(f"{name} was not merged into anybody; to move single claims, name them with --claim")
    before = speakers.name_of(connection, speakers.root_of(connection, alias))
    speakers.unmerge(connection, number)
    made = Change("split", alias, None, before, name)
    log(connection, made, next_batch(connection), who, reason, number)
    return made


def log(
    connection: Connection,
    made: Change,
    batch: int,
    who: str,
    reason: str | None = None,
    alias_number: int | None = None,
) -> None:
    """Write a change into the log."""
    values = {
        "batch": batch, "at": now(), "who": who, "what": made.what, "target": made.target, "field": made.field,
        "before": made.before, "after": made.after, "reason": reason, "alias_number": alias_number,
    }  # fmt: skip
    connection.execute(insert(reviews).values({name: storable_text(value) for name, value in values.items()}))


def undo(connection: Connection, who: str) -> list[Change]:
    """Take the latest batch of changes back and return what was taken back, nothing when there is none."""
    last = (reviews.c.undone == 0) & (reviews.c.what != "undo")
    batch = connection.execute(select(func.max(reviews.c.batch)).where(last)).scalar()
    if batch is None:
        return []
    entries = connection.execute(
        select(reviews).where(reviews.c.batch == batch).order_by(reviews.c.number.desc())
    ).all()
    connection.execute(update(reviews).where(reviews.c.batch == batch).values(undone=1))
    this = next_batch(connection)
    taken = []
    for entry in entries:
        if entry.what == "edit":
            _uncorrect(connection, entry.target, entry.field)
        elif entry.what == "relation":
            connection.execute(update(relations).where(relations.c.id == entry.target).values(status=entry.before))
        elif entry.what == "merge":
            speakers.unmerge(connection, entry.alias_number)
        elif entry.what == "split":
            speakers.remerge(connection, entry.alias_number)
        taken.append(Change(entry.what, entry.target, entry.field, entry.before, entry.after))
        log(
            connection,
            Change("undo", entry.target, entry.field, entry.after, entry.before),
            this,
            who,
            f"of {entry.what}",
        )
    return taken


def _uncorrect(connection: Connection, claim: str, field: str) -> None:
    """Put back the decision before the one taken back, or what was extracted where there was none."""
    key = (corrections.c.claim_id == claim) & (corrections.c.field == field)
    earlier = connection.execute(
        select(reviews.c.after)
        .where(reviews.c.target == claim, reviews.c.field == field, reviews.c.what == "edit", reviews.c.undone == 0)
        .order_by(reviews.c.number.desc())
    ).first()
    if earlier is not None:
        edit = Edit(claim, field, earlier.after)
        value, columns = _checked(connection, edit, _row(connection, claim))
        _put(connection, edit, value, columns, {})
        return
    extracted = connection.execute(select(corrections.c.extracted).where(key)).scalar()
    if extracted is not None:
        connection.execute(update(claims).where(claims.c.id == claim).values(json.loads(extracted)))
        connection.execute(delete(corrections).where(key))


def _row(connection: Connection, claim: str) -> Mapping[str, Any]:
    query = (
        select(claims, articles.c.published, topic_table.c.name.label("topic_name"))
        .join(articles, articles.c.id == claims.c.article_id)
        .outerjoin(topic_table, topic_table.c.id == claims.c.topic)
    )
    row = connection.execute(query.where(claims.c.id == claim)).first()
    if row is None:
        raise ProjectError(f"no claim {claim}; claimtrack claims lists them")
    return row._mapping  # type: ignore[return-value]


def history(connection: Connection, target: str | None = None) -> list[dict[str, Any]]:
    """Return the log, the latest first, of everything or of one claim, speaker or relation."""
    query = select(reviews).order_by(reviews.c.number.desc())
    if target is not None:
        query = query.where(reviews.c.target == target)
    return [dict(row._mapping) for row in connection.execute(query)]
