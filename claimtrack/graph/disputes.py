"""Who stands against whom, or beside whom, and over what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import networkx as nx

from claimtrack.graph.reading import edges, labels, narrowest, nodes, sides, speakers, topics, units

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Meeting:
    """Two claims of different sides that relate, wire copies and repeats counted once.

    Attributes:
        a: the claim that stands for the first and all that repeat it.
        b: likewise the second.
        sides_a: who made the first, as nodes.
        sides_b: who made the second.
        topic: the narrowest topic that both are about, as a node; None where there is none.
        relations: the keys of the edges that tell of it.
    """

    a: str
    b: str
    sides_a: frozenset[str]
    sides_b: frozenset[str]
    topic: str | None
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Dispute:
    """A topic on which sides contradict each other.

    Attributes:
        topic: the node.
        name: for people.
        part_of: the name of the wider topic, None at the top.
        contradictions: how many pairs of claims contradict each other.
        sides: the names of those who made them, the most involved first.
    """

    topic: str
    name: str
    part_of: str | None
    contradictions: int
    sides: tuple[str, ...]


def meetings(graph: nx.MultiDiGraph, kind: str = "contradicts", folded: bool = True) -> list[Meeting]:
    """Return the pairs of claims of different sides between which there is a relation of some kind.

    A claim whose speaker is not known is left out: nobody can tell whose side it is on.

    Args:
        graph: of a project.
        kind: of relation.
        folded: those who speak for one body are one side; otherwise every speaker is.
    """
    same = units(graph)
    who: dict[str, frozenset[str]] = defaultdict(frozenset)
    about: dict[str, list[str]] = defaultdict(list)
    for claim, standing in same.items():
        who[standing] |= sides(graph, claim) if folded else speakers(graph, claim)
        about[standing] += [topic for topic in topics(graph, claim) if topic not in about[standing]]
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for a, b, key, _ in edges(graph, kind):
        one, other = sorted((same[a], same[b]))
        if who[one] and who[other] and not who[one] & who[other]:
            found[one, other].append(key)
    return [
        Meeting(a, b, who[a], who[b], narrowest(graph, (t for t in about[a] if t in about[b])), tuple(keys))
        for (a, b), keys in found.items()
    ]


def disputed(graph: nx.MultiDiGraph) -> list[Dispute]:
    """Return the topics on which different sides contradict each other, the most disputed first.

    Each contradiction counts once, for the narrowest topic that both claims are about; wire copies and repeats add
    none, and what one side says against itself is no dispute.
    """
    by_topic: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings(graph):
        if meeting.topic is not None:
            by_topic[meeting.topic].append(meeting)
    found = []
    for topic, its in by_topic.items():
        involved = Counter(who for meeting in its for who in meeting.sides_a | meeting.sides_b)
        names = labels(graph, involved)
        ranked = sorted(involved, key=lambda who: (-involved[who], names[who]))
        wider = next((above for _, above, data in graph.out_edges(topic, data=True) if data["kind"] == "part_of"), None)
        found.append(
            Dispute(
                topic, graph.nodes[topic]["label"], graph.nodes[wider]["label"] if wider else None, len(its),
                tuple(names[who] for who in ranked),
            )
        )  # fmt: skip
    return sorted(found, key=lambda dispute: (-dispute.contradictions, -len(dispute.sides), dispute.name))


def counts(
    graph: nx.MultiDiGraph, kind: str = "contradicts", folded: bool = True, topic: str | None = None
) -> Counter[tuple[str, str]]:
    """Return how often two speakers (or sides) meet in a relation, as {(node, node): number}, both ways round.

    Args:
        graph: of a project.
        kind: of relation.
        folded: as for :func:`meetings`.
        topic: a node; only meetings over it, and over what is part of it.
    """
    within = None if topic is None else {topic, *_below(graph, topic)}
    found: Counter[tuple[str, str]] = Counter()
    for meeting in meetings(graph, kind, folded):
        if within is None or meeting.topic in within:
            for a, b in product(meeting.sides_a, meeting.sides_b):
                found[a, b] += 1
                found[b, a] += 1
    return found


def _below(graph: nx.MultiDiGraph, topic: str) -> set[str]:
    parts = nx.DiGraph((a, b) for a, b, _, _ in edges(graph, "part_of"))
    return set(nx.ancestors(parts, topic)) & set(nodes(graph, "topic")) if topic in parts else set()


def matrix(
    graph: nx.MultiDiGraph, kind: str = "contradicts", folded: bool = True, most: int | None = None,
    topic: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return how often speakers contradict each other, or agree, as a square table.

    Args:
        graph: of a project.
        kind: of relation, such as ``contradicts`` or ``agrees``.
        folded: count those who speak for one body as that body.
        most: only so many speakers, those with the most of them.
        topic: a node; only over this topic.

    Returns:
        Rows and columns are speakers by name, the most involved first; cells are numbers of pairs of claims, 0 on the
        diagonal. The table is symmetric: a contradiction has no direction.
    """
    import pandas as pd

    number = counts(graph, kind, folded, topic)
    ranked = rank(graph, number)[:most]
    names = labels(graph, ranked)
    rows = [[number[a, b] for b in ranked] for a in ranked]
    heads = [names[who] for who in ranked]
    table: pd.DataFrame = pd.DataFrame(rows, index=pd.Index(heads, name="speaker"), columns=pd.Index(heads))
    whole: pd.DataFrame = table.astype("int64")
    return whole


def rank(graph: nx.MultiDiGraph, number: Mapping[tuple[str, str], int]) -> list[str]:
    """Return those who meet, the most involved first."""
    total: Counter[str] = Counter()
    for (a, _), n in number.items():
        total[a] += n
    return sorted(total, key=lambda who: (-total[who], graph.nodes[who]["label"], who))
