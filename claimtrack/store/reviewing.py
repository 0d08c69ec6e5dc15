"""The part of the tracker with which people correct a project: each call is one transaction and can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from claimtrack.store import learn, query, reviews, sheet, speakers
from claimtrack.store.frames import filters_of
from claimtrack.store.project import Project


class Reviewing:
    """Corrections, merges and the log of a project."""

    project: Project
    who: str

    def claim_id(self, prefix: str) -> str:
        """Return the one id of a claim that begins so.

        Raises:
            ProjectError: when there is none or more than one.
        """
        with self.project.reading() as connection:
            return query.one_id(connection, prefix)

    def review_queue(self, **filters: Any) -> list[str]:
        """Return the ids of the claims that nobody has decided on, in the order of lists."""
        with self.project.reading() as connection:
            return query.ids(connection, filters_of({**filters, "status": "suggested"}))

    def edit(self, claim: str, reason: str | None = None, **values: str | None) -> list[reviews.Change]:
        """Correct a claim: ``edit("c_9f2b", speaker="Ida Brandt", said_on="2022-05-28")``.

        Args:
            claim: its id or the beginning of it.
            reason: why, for the log.
            values: by :data:`claimtrack.store.fields.FIELDS`; None empties a field.

        Raises:
            ReviewError: when a value does not fit; then nothing is changed.
        """
        id_ = self.claim_id(claim)
        return self.change([reviews.Edit(id_, field, value) for field, value in values.items()], reason)

    def change(self, edits: Iterable[reviews.Edit], reason: str | None = None) -> list[reviews.Change]:
        """Make corrections, all or none."""
        with self.project.writing() as connection:
            return reviews.change(connection, edits, self.who, reason)

    def judge_relation(self, relation: str, status: str, reason: str | None = None) -> reviews.Change:
        """Accept or reject a relation, by its id."""
        with self.project.writing() as connection:
            return reviews.judge_relation(connection, relation, status, self.who, reason)

    def merge(self, alias: str, into: str, reason: str = "said so by a reviewer") -> reviews.Change:
        """Make one speaker another; both by id or name."""
        with self.project.writing() as connection:
            one, other = speakers.one(connection, alias), speakers.one(connection, into)
            return reviews.merge(connection, one, other, reason, self.who)

    def split(self, alias: str, reason: str | None = None) -> reviews.Change:
        """Make a speaker that was merged one of its own again; by its own name or id."""
        with self.project.writing() as connection:
            return reviews.split(connection, speakers.merged(connection, alias), self.who, reason)

    def undo(self) -> list[reviews.Change]:
        """Take the latest change back, with all that was changed together with it."""
        with self.project.writing() as connection:
            return reviews.undo(connection, self.who)

    def history(self, target: str | None = None) -> list[dict[str, Any]]:
        """Return the log of changes, the latest first."""
        with self.project.reading() as connection:
            return reviews.history(connection, target)

    def merges(self, claim: str) -> list[dict[str, Any]]:
        """Return the merges that led from a claim's own speaker to the name that is shown, each with its reason."""
        id_ = self.claim_id(claim)
        with self.project.reading() as connection:
            own = query.own_speaker(connection, id_)
            return speakers.way(connection, own) if own else []

    def import_sheet(
        self, rows: sheet.Sheet, reason: str | None = None, dry_run: bool = False, skip_bad: bool = False
    ) -> sheet.Outcome:
        """Take over what somebody corrected in a table of claims.

        Args:
            rows: the table.
            reason: why, for the log; by default the table's name.
            dry_run: change nothing.
            skip_bad: take over the good rows although others have a problem; otherwise none is.
        """
        with self.project.writing() as connection:
            return sheet.take_over(connection, rows, self.who, reason, dry_run, skip_bad)

    def lessons(self) -> list[learn.Lesson]:
        """Return the aliases that reviews imply."""
        with self.project.reading() as connection:
            return learn.lessons(connection)
