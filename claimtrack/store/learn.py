"""What corrections of speakers teach: that one name means another."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, select

from claimtrack.store import speakers
from claimtrack.store.schema import claims, corrections
from claimtrack.store.schema import speakers as table


@dataclass(frozen=True)
class Lesson:
    """An alias that reviews imply: ``alias`` was corrected to ``speaker`` in so many claims."""

    alias: str
    alias_id: str
    speaker: str
    speaker_id: str
    corrections: int

    @property
    def reason(self) -> str:
        """Why, in words, for the record of the merge."""
        return f"reviews corrected {self.alias} to {self.speaker} in {self.corrections} claim" + "s" * (
            self.corrections != 1
        )


def lessons(connection: Connection) -> list[Lesson]:
    """Return the aliases that reviews imply and that are not known yet, the surest first.

    A name is an alias when everybody who corrected it meant the same speaker, and nobody accepted a claim
    with it as it was. Descriptions ("the governor") mean somebody else in every article and teach nothing.
    """
    meant: dict[str, Counter[str]] = {}
    query = select(corrections.c.extracted, claims.c.speaker_id).join(claims, claims.c.id == corrections.c.claim_id)
    for extracted, now in connection.execute(
        query.where(corrections.c.field == "speaker", claims.c.status != "rejected")
    ):
        before = json.loads(extracted)
        if before["speaker_id"] and now and before["speaker_kind"] != "anonymous":
            meant.setdefault(before["speaker_id"], Counter())[speakers.root_of(connection, now)] += 1
    accepted = set(
        connection.execute(select(claims.c.speaker_id).where(claims.c.status == "accepted").distinct()).scalars()
    )
    names = dict(connection.execute(select(table.c.id, table.c.name)).tuples().all())
    found = []
    for alias, targets in meant.items():
        (target, times), *others = targets.most_common()
        if not others and alias not in accepted and speakers.root_of(connection, alias) != target:
            found.append(Lesson(names[alias], alias, names[target], target, times))
    return sorted(found, key=lambda lesson: (-lesson.corrections, lesson.alias))
