"""What a project adds to the graph of its claims: their topics, who was merged with whom, which articles are copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from claimtrack.model import Claim, Relation, Speaker
from claimtrack.store import duplicates, topics
from claimtrack.store.schema import speakers

if TYPE_CHECKING:
    import networkx as nx


def network(connection: Connection, claims: Iterable[Claim], relations: Iterable[Relation]) -> nx.MultiDiGraph:
    """Return the graph of some claims of a project; see :func:`claimtrack.graph.graph_of`.

    Args:
        connection: to the project.
        claims: of it.
        relations: of it.
    """
    from claimtrack.graph import graph_of

    known = _known(connection)
    return graph_of(
        (_merged(claim, known) for claim in claims),
        (replace(r, a=_merged(r.a, known), b=_merged(r.b, known)) for r in relations),
        topics.load(connection),
        topics.of_claims(connection),
        duplicates.copies(connection),
    )


def _known(connection: Connection) -> dict[str, tuple[str, str]]:
    """Return id and name of the speaker that each speaker is shown as."""
    root = speakers.alias("root")
    query = select(speakers.c.id, root.c.id, root.c.name).join(
        root, root.c.id == func.coalesce(speakers.c.merged_into, speakers.c.id)
    )
    return {id_: (shown, name) for id_, shown, name in connection.execute(query)}


def _merged(claim: Claim, known: dict[str, tuple[str, str]]) -> Claim:
    """Follow merges also where a claim names somebody else than its speaker."""
    speaker = claim.speaker and _shown(claim.speaker, known)
    return replace(claim, speaker=speaker, co_speakers=tuple(_shown(one, known) for one in claim.co_speakers))


def _shown(speaker: Speaker, known: dict[str, tuple[str, str]]) -> Speaker:
    id_, name = known.get(speaker.id, (speaker.id, speaker.name))
    body = speaker.part_of and known.get(speaker.part_of, (speaker.part_of, ""))[0]
    return replace(speaker, id=id_, name=name, part_of=body)
