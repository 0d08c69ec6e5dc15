"""Relations between claims in the project file: kept with their reason, suggested until a person decides."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, delete, select, text
from sqlalchemy.dialects.sqlite import insert

from claimtrack.errors import ProjectError
from claimtrack.model import Claim, Relation, RelationKind, relation_id
from claimtrack.store import articles, claims, query
from claimtrack.store.query import one_of
from claimtrack.store.schema import relations
from claimtrack.store.texts import storable

VIEW_COLUMNS = (
    "kind", "speaker_a", "cue_a", "claim_a", "outlet_a", "day_a", "claim_id_a", "speaker_b", "cue_b", "claim_b",
    "outlet_b", "day_b", "claim_id_b", "score", "reason", "status", "topic", "evidence", "relation_id",
)  # fmt: skip
"""Of ``relations_view``."""

SYMMETRIC: frozenset[RelationKind] = frozenset({"agrees", "contradicts", "repeats"})
"""The kinds that say the same from both sides."""

BLOCK = 500
"""So many relations are read at once."""

T = TypeVar("T")


@dataclass(frozen=True)
class Found:
    """A relation as it is found: two claim ids, why, and the evidence behind the reason as JSON values."""

    kind: RelationKind
    a: str
    b: str
    score: float
    reason: str
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the id; see :func:`claimtrack.model.relation_id`."""
        return relation_id(self.kind, self.a, self.b)


def add(connection: Connection, found: Iterable[Found | Relation]) -> None:
    """Store relations; one that is there gets the new score and reason and keeps its status."""
    rows = [
        {"id": r.id, "kind": r.kind, "claim_a": _claim(r.a), "claim_b": _claim(r.b), "score": r.score,
         "reason": storable(r.reason), "evidence": json.dumps(dict(r.evidence))}
        for r in found
    ]  # fmt: skip
    if rows:
        added = insert(relations)
        fresh = {name: added.excluded[name] for name in ("score", "reason", "evidence")}
        connection.execute(added.on_conflict_do_update(index_elements=["id"], set_=fresh), rows)


def _claim(side: Claim | str) -> str:
    return side if isinstance(side, str) else side.id


@dataclass(frozen=True)
class Replaced:
    """What became of the relations: how many are new, how many were found no more."""

    added: int
    removed: int


def replace(
    connection: Connection, found: Iterable[Found | Relation], looked_at: Collection[str] | None, among: Collection[str]
) -> Replaced:  # fmt: skip
    """Make ``found`` the relations of the claims that were looked at, below what people have decided.

    A relation that is found no more goes, unless a person accepted or rejected it. Where a person accepted one
    between two claims, no other is suggested between them; one that a person decided on is not suggested again
    from its other side.

    Args:
        connection: to write with.
        found: what relates the claims now; what names a claim that is not in ``among`` is left out.
        looked_at: the claims of which every pair was looked at; None for all.
        among: all claims that could be related; suggestions for others go.
    """
    query_ = select(relations.c.id, relations.c.kind, relations.c.claim_a, relations.c.claim_b, relations.c.status)
    before = {row.id: row for row in connection.execute(query_)}
    decided = {id_ for id_, row in before.items() if row.status != "suggested"}
    accepted = {frozenset((row.claim_a, row.claim_b)) for row in before.values() if row.status == "accepted"}
    kept: dict[str, Found | Relation] = {}
    for relation in found:
        a, b = _claim(relation.a), _claim(relation.b)
        mirrored = relation.kind in SYMMETRIC and relation_id(relation.kind, b, a) in {*decided, *kept}
        settled = frozenset((a, b)) in accepted and relation.id not in decided
        if a in among and b in among and not mirrored and not settled:
            kept[relation.id] = relation

    def is_gone(row: Any) -> bool:
        seen = looked_at is None or row.claim_a in looked_at or row.claim_b in looked_at
        return row.id not in kept and (seen or row.claim_a not in among or row.claim_b not in among)

    gone = [{"gone": id_} for id_, row in before.items() if id_ not in decided and is_gone(row)]
    if gone:
        connection.execute(delete(relations).where(relations.c.id == bindparam("gone")), gone)
    add(connection, kept.values())
    return Replaced(len(kept.keys() - before.keys()), len(gone))


def listed(connection: Connection, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield relations as ``relations_view`` shows them, in the order of their ids."""
    view = text("SELECT * FROM relations_view WHERE relation_id IN (SELECT value FROM json_each(:ids))")
    for block in in_blocks(ids):
        rows = {row.relation_id: row for row in connection.execute(view, {"ids": json.dumps(block)})}
        yield from (dict(rows[id_]._mapping) for id_ in block if id_ in rows)


def load(connection: Connection, ids: Collection[str]) -> Iterator[tuple[Relation, tuple[str, str]]]:
    """Yield relations as objects with the review status of both claims, in the order of their ids.

    All are held in memory at once: give :data:`BLOCK` ids or so.
    """
    stored = {row.id: row for row in connection.execute(select(relations).where(one_of(relations.c.id, list(ids))))}
    shown = query.shown_by_id(connection, (end for row in stored.values() for end in (row.claim_a, row.claim_b)))
    texts = {
        article.id: article for article in articles.load(connection, sorted({r["article_id"] for r in shown.values()}))
    }
    made = {id_: claims.claim_of(row, texts[row["article_id"]]) for id_, row in shown.items()}
    for row in (stored[id_] for id_ in ids if id_ in stored):
        a, b = row.claim_a, row.claim_b
        relation = Relation(
            row.id, row.kind, made[a], made[b], row.score, row.reason, json.loads(row.evidence), row.status
        )  # fmt: skip
        yield relation, (shown[a]["status"], shown[b]["status"])


def in_blocks(values: Iterable[T], size: int = BLOCK) -> Iterator[list[T]]:
    """Yield values in lists of at most so many."""
    rest = iter(values)
    while block := list(islice(rest, size)):
        yield block


def one_id(connection: Connection, prefix: str) -> str:
    """Return the one id of a relation that begins so; ``r_`` may be left out.

    Raises:
        ProjectError: when there is none or more than one.
    """
    wanted = prefix if prefix.startswith("r_") else f"r_{prefix}"
    begins = relations.c.id.between(wanted, wanted + "\U0010ffff")
    ids: Sequence[str] = connection.execute(select(relations.c.id).where(begins).limit(6)).scalars().all()
    if wanted in ids:
        return wanted
    if not ids:
        raise ProjectError(f"no relation {prefix}; claimtrack relations lists them with their ids")
    if len(ids) > 1:
        raise ProjectError(f"{prefix!r} begins several relations ({', '.join(ids[:5])}); write more of the id")
    return ids[0]


def one(connection: Connection, id_: str) -> dict[str, Any]:
    """Return a relation as ``relations_view`` shows it.

    Raises:
        ProjectError: when there is none.
    """
    for row in listed(connection, [id_]):
        return row
    raise ProjectError(f"no relation {id_}; claimtrack relations lists them with their ids")


def of_claim(connection: Connection, claim: str) -> list[str]:
    """Return the ids of the relations that a claim is in, the surest first; none that was rejected."""
    ids = select(relations.c.id).where(
        (relations.c.claim_a == claim) | (relations.c.claim_b == claim), relations.c.status != "rejected"
    )
    return list(connection.execute(ids.order_by(relations.c.score.desc(), relations.c.id)).scalars())
