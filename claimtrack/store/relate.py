"""One run over a project: its claims are grouped into topics and related, and the file is brought up to date."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from claimtrack.model import Article, Claim, Relation, Topic
from claimtrack.store import articles as stored_articles
from claimtrack.store import claims as stored_claims
from claimtrack.store import duplicates, query, relations, topics
from claimtrack.store.project import Project
from claimtrack.store.query import Filters
from claimtrack.store.regroup import Grouped, Regrouped, regroup
from claimtrack.store.schema import articles, claims, settings

if TYPE_CHECKING:
    from collections.abc import Container

MADE_WITH = "related_with"
"""The setting that names the entailment model of the latest run: with another one everything is done again."""

Progress = Callable[[int], None]
"""Is told how many pairs of claims have been looked at."""


class Relates(Protocol):
    """Whatever groups and relates claims; see :mod:`claimtrack.relations`."""

    def group(
        self, claims: Sequence[Claim], earlier: Mapping[str, str] | None = None, known: Sequence[Topic] = ()
    ) -> Grouped:  # fmt: skip
        """Return topics, and the topic of each claim; ids and names of a former grouping stay where they can."""

    def relate(
        self, claims: Sequence[Claim], topics: Mapping[str, str], stories: Mapping[str, str] | None = None,
        copies: Mapping[str, str] | None = None, fresh: Container[str] | None = None, nli: str = "embedded",
        progress: Progress | None = None,
    ) -> list[Relation]:  # fmt: skip
        """Return the relations between claims; with ``fresh`` only those with one of these claims.

        ``stories`` are the wider topics of topics, ``copies`` the articles that others copy.
        """


class Relater:
    """Groups and relates with what ships; models are loaded on the first call."""

    def group(
        self, claims: Sequence[Claim], earlier: Mapping[str, str] | None = None, known: Sequence[Topic] = ()
    ) -> Grouped:  # fmt: skip
        """See :func:`claimtrack.relations.topics.group`."""
        from claimtrack.relations.topics import group

        return group(claims, earlier, known)

    def relate(
        self, claims: Sequence[Claim], topics: Mapping[str, str], stories: Mapping[str, str] | None = None,
        copies: Mapping[str, str] | None = None, fresh: Container[str] | None = None, nli: str = "embedded",
        progress: Progress | None = None,
    ) -> list[Relation]:  # fmt: skip
        """See :func:`claimtrack.relations.relate.relate`."""
        from claimtrack.relations.relate import relate

        return relate(claims, topics, stories, copies, fresh, nli, progress)


@dataclass(frozen=True)
class Summary:
    """What a run did: how many claims it looked at anew, and how many topics and relations of each kind there are."""

    claims: int
    fresh: int
    topics: int
    added: int
    removed: int
    kinds: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        number = sum(self.kinds.values())
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.kinds.items()))
        parts = [f"{self.topics:,} topic{'' if self.topics == 1 else 's'}"]
        parts.append(f"{number:,} relation{'' if number == 1 else 's'}{f' ({kinds})' if kinds else ''}")
        parts.append(f"{self.added:,} new, {self.removed:,} no longer found")
        return "; ".join(parts)


def run(
    project: Project, relater: Relates, again: bool = False, nli: str = "embedded", progress: Progress | None = None
) -> Summary:  # fmt: skip
    """Group and relate the claims of a project; see :meth:`claimtrack.tracker.Tracker.relate`."""
    with project.reading() as connection:
        seen = _seen(connection)
        everything = again or _made_with(connection) not in (None, nli)
        waiting = [claim for claim in seen.claims if seen.marks[claim.id] != _mark(claim, seen.topics.get(claim.id))]
    fresh: set[str] | None = set()
    found: list[Relation] = []
    regrouped: Regrouped | None = None
    below: Mapping[str, str] = {}
    if waiting or (everything and seen.claims):
        earlier = {claim: topic for claim, topic in seen.grouped.items() if topic is not None}
        grouped = relater.group(seen.claims, earlier, seen.known)
        below = grouped.of
        regrouped = regroup([claim.id for claim in seen.claims], grouped, seen.known, seen.chosen)
        moved = {claim.id for claim in seen.claims if seen.marks[claim.id] != _mark(claim, regrouped.of[claim.id])}
        fresh = None if everything else moved
        of = {claim: topic for claim, topic in regrouped.of.items() if topic is not None}
        stories = {topic.id: topic.parent for topic in regrouped.topics if topic.parent}
        found = relater.relate(seen.claims, of, stories, seen.copies, fresh, nli, progress)
    with project.writing() as connection:
        # Somebody may have changed the project while the models were at work.
        among = set(query.ids(connection, Filters()))
        if regrouped is not None:
            _keep(connection, regrouped, seen, below, among, nli)
        replaced = relations.replace(connection, found, fresh, among)
        topics.drop_empty(connection, () if regrouped is None else (topic.id for topic in regrouped.topics))
        _unmark(connection)
        kinds = Counter(row[0] for row in connection.exec_driver_sql(_KINDS))
        number = len({topic for claim, topic in topics.of_claims(connection).items() if claim in among})
    looked_at = len(seen.claims) if fresh is None else len(fresh)
    return Summary(len(among), looked_at, number, replaced.added, replaced.removed, kinds)


_KINDS = "SELECT kind FROM relations WHERE status <> 'rejected'"


@dataclass(frozen=True)
class _Seen:
    """A project as a run finds it: current claims, their marks, topics, and the articles that are copies."""

    claims: list[Claim]
    marks: dict[str, str | None]
    topics: dict[str, str]
    grouped: dict[str, str | None]
    chosen: dict[str, str | None]
    known: tuple[Topic, ...]
    copies: dict[str, str]


def _seen(connection: Connection) -> _Seen:
    found, texts = [], _texts(connection)
    for row in query.shown(connection, Filters()):
        found.append(stored_claims.claim_of(row, texts[row["article_id"]]))
    marks = dict(connection.execute(select(claims.c.id, claims.c.related)).tuples().all())
    return _Seen(
        found, marks, topics.of_claims(connection), topics.below(connection), topics.chosen(connection),
        topics.load(connection), duplicates.copies(connection),
    )  # fmt: skip


def _texts(connection: Connection) -> dict[str, Article]:
    return {article.id: article for article in stored_articles.load(connection)}


def _mark(claim: Claim, topic: str | None) -> str:
    """Return a hash of all that the relations of a claim depend on, so that whatever changes it asks for a new look."""
    speaker, attribution = claim.speaker, claim.attribution
    told = (
        topic, speaker and (speaker.id, speaker.kind, speaker.part_of, speaker.affiliation),
        [other.id for other in claim.co_speakers], claim.proposition, claim.content_text, claim.said_on,
        claim.said_on_precision, claim.article.published, claim.article.outlet, attribution.kind,
        attribution.attitude, attribution.commitment, claim.via, claim.addressee, claim.occasion,
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _keep(
    connection: Connection,
    regrouped: Regrouped,
    seen: _Seen,
    below: Mapping[str, str],
    among: Iterable[str],
    nli: str,
) -> None:
    topics.add(connection, regrouped.topics)
    here = set(among)
    # A choice that a person made in the meantime stays, and its claim is looked at by the next run.
    now = topics.chosen(connection)
    of = {c: t for c, t in regrouped.of.items() if c in here and now.get(c, "") == seen.chosen.get(c, "")}
    topics.put(connection, of, below)
    marks = [{"claim": c.id, "mark": _mark(c, regrouped.of[c.id])} for c in seen.claims]
    marks = [mark for mark in marks if mark["mark"] != seen.marks[mark["claim"]]]
    if marks:
        connection.execute(
            update(claims).where(claims.c.id == bindparam("claim")).values(related=bindparam("mark")), marks
        )
    made = insert(settings).values(name=MADE_WITH, value=nli)
    connection.execute(made.on_conflict_do_update(index_elements=["name"], set_={"value": nli}))


def _made_with(connection: Connection) -> Any:
    return connection.execute(select(settings.c.value).where(settings.c.name == MADE_WITH)).scalar()


def _unmark(connection: Connection) -> None:
    """Take the mark off claims that could not be related, so that they are looked at when they come back."""
    old = select(articles.c.id).where(articles.c.superseded_by.is_not(None))
    hidden = (claims.c.status == "rejected") | claims.c.article_id.in_(old)
    connection.execute(update(claims).where(hidden, claims.c.related.is_not(None)).values(related=None))
