"""The part of the tracker about topics and relations: found, listed, and handed out as objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from claimtrack.model import Relation, RelationKind, Topic
from claimtrack.store import relate, relations, topics, wanted
from claimtrack.store.frames import filters_of, frame
from claimtrack.store.project import Project
from claimtrack.store.query import Filters
from claimtrack.store.wanted import Placed, Wanted

if TYPE_CHECKING:
    import pandas as pd

TOPIC_COLUMNS = (
    "name", "wider_topic", "claims", "speakers", "outlets", "first", "last", "agreements", "contradictions", "words",
    "topic_id",
)  # fmt: skip

EVERYTHING = Filters(status="all", superseded=True)


class Relating:
    """Topics and relations of a project."""

    project: Project
    _relater: relate.Relates | None

    def relate(
        self, again: bool = False, nli: str = "embedded", progress: relate.Progress | None = None
    ) -> relate.Summary:  # fmt: skip
        """Group claims into topics and relate them; what people decided stays, and all is written in one transaction.

        Only pairs with a claim that is new, or that has changed since, are looked at. A relation that is found no
        more goes, unless a person accepted or rejected it; a topic that a person gave to a claim stays.

        Args:
            again: look at every pair.
            nli: the entailment model, ``embedded`` or another; with another one than before, every pair is looked at.
            progress: is told how many pairs have been looked at.

        Raises:
            ModelError: when there is something to relate and the models cannot be loaded.
            ProjectError: when the project cannot be written.
        """
        return relate.run(self.project, self._relater or relate.Relater(), again, nli, progress)

    def relations(
        self, kind: RelationKind | None = None, status: str | None = None, limit: int | None = None, **filters: Any
    ) -> pd.DataFrame:  # fmt: skip
        """Return one row for each relation between two claims, the surest first.

        Args:
            kind: only this one.
            status: of the relation: ``suggested``, ``accepted``, ``rejected`` or ``all``; by default all but rejected.
            limit: at most so many.
            filters: of claims, as for :meth:`claims`; one of the two has to fit.

        Raises:
            ProjectError: when a filter cannot be understood.
        """
        asked = Wanted(filters_of(filters), kind, status)
        rows = self.relation_rows(self.relation_ids(asked, limit))
        return frame([tuple(row.values()) for row in rows], relations.VIEW_COLUMNS, ("day_a", "day_b"))

    def relation_ids(self, asked: Wanted, limit: int | None = None) -> list[str]:
        """Return the ids of relations, the surest first."""
        with self.project.reading() as connection:
            return wanted.ids(connection, asked, limit)

    def relations_by_topic(self, asked: Wanted, limit: int | None = None) -> list[Placed]:
        """Return relations topic by topic; see :func:`claimtrack.store.wanted.by_topic`."""
        with self.project.reading() as connection:
            return wanted.by_topic(connection, asked, limit)

    def count_relations(self, asked: Wanted = Wanted(EVERYTHING)) -> int:  # noqa: B008
        """Return how many relations there are."""
        with self.project.reading() as connection:
            return wanted.count(connection, asked)

    def relation_rows(self, ids: list[str]) -> list[dict[str, Any]]:
        """Return relations as ``relations_view`` shows them, in the order of their ids."""
        with self.project.reading() as connection:
            return list(relations.listed(connection, ids))

    def relation(self, prefix: str) -> dict[str, Any]:
        """Return the one relation whose id begins so as ``relations_view`` shows it.

        Raises:
            ProjectError: when there is none or more than one.
        """
        with self.project.reading() as connection:
            return relations.one(connection, relations.one_id(connection, prefix))

    def relations_of(self, claim: str) -> list[dict[str, Any]]:
        """Return the relations that a claim is in, by its id, the surest first; none that was rejected."""
        with self.project.reading() as connection:
            return list(relations.listed(connection, relations.of_claim(connection, claim)))

    def suggested_relations(self, filters: Filters | None = None) -> list[str]:
        """Return the ids of the relations that nobody has decided on, the surest first."""
        return self.relation_ids(Wanted(filters or Filters(), status="suggested"))

    def each_relation(self, filters: Filters | None = None) -> Iterator[Relation]:
        """Yield relations as objects, the surest first, each with both its claims.

        Args:
            filters: only those of claims that fit; see :class:`claimtrack.store.wanted.Wanted`.
        """
        asked = Wanted(EVERYTHING if filters is None else filters)
        return (relation for relation, _ in self.relation_objects(self.relation_ids(asked)))

    def relation_objects(self, ids: list[str]) -> Iterator[tuple[Relation, tuple[str, str]]]:
        """Yield relations as objects with the review status of both claims, in the order of their ids."""
        for block in relations.in_blocks(ids):
            with self.project.reading() as connection:
                found = list(relations.load(connection, block))
            yield from found

    def topics(self) -> pd.DataFrame:
        """Return one row for each topic, the largest first; claims of narrower topics count for the wider too."""
        rows = self.topic_rows()
        return frame([tuple(row.values()) for row in rows], TOPIC_COLUMNS, ("first", "last"))

    def topic_rows(self, name: str | None = None) -> list[dict[str, Any]]:
        """Return the rows of :meth:`topics`, or of those with some part of a name and the topics within them."""
        with self.project.reading() as connection:
            rows = topics.listed(connection)
            some = None if name is None else set(topics.matching(connection, name))
        return [row for row in rows if some is None or row["topic_id"] in some]

    def topic_objects(self) -> tuple[Topic, ...]:
        """Return all topics as objects, with the id of the wider topic of each."""
        with self.project.reading() as connection:
            return topics.load(connection)

    def topic_of(self) -> dict[str, str]:
        """Return the id of the topic of each claim that has one, as people corrected it, by the claim's id."""
        with self.project.reading() as connection:
            return topics.of_claims(connection)
