"""Relations between claims: kept with their reason, suggested until a person decides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.sqlite import insert

from claimtrack.errors import ProjectError
from claimtrack.model import Claim, Relation, RelationKind
from claimtrack.store import query
from claimtrack.store.query import Filters
from claimtrack.store.schema import relations
from claimtrack.store.texts import storable

VIEW_COLUMNS = (
    "kind", "speaker_a", "claim_a", "outlet_a", "day_a", "claim_id_a", "speaker_b", "claim_b", "outlet_b", "day_b",
    "claim_id_b", "score", "reason", "status", "evidence", "relation_id",
)  # fmt: skip
"""Of ``relations_view``."""


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
        """Return the id: a hash of kind and claims, so that a review survives finding it again."""
        digest = hashlib.sha256("\x1f".join([self.kind, self.a, self.b]).encode("utf-8", "surrogatepass"))
        return "r_" + digest.hexdigest()[:16]


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


def listed(connection: Connection, status: str | None = None) -> list[dict[str, Any]]:
    """Return the relations as ``relations_view`` shows them, best first."""
    chosen = "SELECT * FROM relations_view" + (" WHERE status = :status" if status else "") + " ORDER BY score DESC"
    return [dict(row._mapping) for row in connection.execute(text(chosen), {"status": status} if status else {})]


def touching(connection: Connection, filters: Filters) -> list[dict[str, Any]]:
    """Return the relations of claims that fit, best first.

    The other claim need not fit, so that one sees who contradicts a speaker; but what was rejected, and older
    versions of articles, are left out unless the filters ask for them.
    """
    everything = filters.status == "all"
    fit = set(query.ids(connection, filters))
    shown = Filters(status="all" if everything else None, superseded=filters.superseded)
    known = fit.union(query.ids(connection, shown))
    rows = ((row, {row["claim_id_a"], row["claim_id_b"]}) for row in listed(connection))
    return [
        row for row, ends in rows if ends & fit and ends <= known and (everything or row["status"] != "rejected")
    ]  # fmt: skip


def one(connection: Connection, id_: str) -> dict[str, Any]:
    """Return a relation as ``relations_view`` shows it.

    Raises:
        ProjectError: when there is none.
    """
    row = connection.execute(text("SELECT * FROM relations_view WHERE relation_id = :id"), {"id": id_}).first()
    if row is None:
        raise ProjectError(f"no relation {id_}; claimtrack review shows those that wait")
    return dict(row._mapping)


def of_claim(connection: Connection, claim: str) -> list[str]:
    """Return the ids of the relations that a claim is in."""
    ids = select(relations.c.id).where((relations.c.claim_a == claim) | (relations.c.claim_b == claim))
    return list(connection.execute(ids).scalars())
