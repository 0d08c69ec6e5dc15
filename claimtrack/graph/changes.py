"""What a speaker has changed: claims that one revised after the other."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from claimtrack.graph.reading import day, edges, side, speakers, topics, units


@dataclass(frozen=True)
class Step:
    """A position that a speaker took.

    Attributes:
        claim: the node; of several reports of the same words, the first.
        day: ISO form; None where it is not known.
        text: what was said.
        speakers: by name.
        outlet: where it was reported.
        reasons: why it revises earlier ones; none for the first.
    """

    claim: str
    day: str | None
    text: str
    speakers: tuple[str, ...]
    outlet: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """Positions on one matter, in the order in which they were taken; ``topic`` by name, where it is known."""

    topic: str | None
    steps: tuple[Step, ...]


def changed(graph: nx.MultiDiGraph, speaker: str) -> list[Change]:
    """Return where a speaker revised what was said before, in the order of the first claims.

    Days tell the order; where they do not, the relation does. Claims whose speaker is not known belong to nobody.

    Args:
        graph: of a project.
        speaker: a node, see :func:`claimtrack.graph.find`. To a body belongs what those say who speak for it.
    """
    same = units(graph)
    order = nx.DiGraph()
    for a, b, _, data in edges(graph, "revises"):
        if _is_of(graph, speaker, a) and _is_of(graph, speaker, b) and same[a] != same[b]:
            first, second = (same[a], same[b]) if day(graph, a) <= day(graph, b) else (same[b], same[a])
            if order.has_edge(first, second):
                continue
            order.add_edge(first, second, reason=data.get("reason", ""))
    found = []
    for group in nx.weakly_connected_components(order):
        steps = _in_order(graph, order.subgraph(group))
        topic = next((t for claim in steps for t in topics(graph, claim)), None)
        found.append(
            Change(graph.nodes[topic]["label"] if topic else None, tuple(_step(graph, order, claim) for claim in steps))
        )
    return sorted(found, key=lambda change: (change.steps[0].day or "9999", change.steps[0].claim))


def _is_of(graph: nx.MultiDiGraph, speaker: str, claim: str) -> bool:
    said = ((who, data) for who, _, data in graph.in_edges(claim, data=True) if data["kind"] == "said")
    return speaker in speakers(graph, claim) or any(side(graph, who, data) == speaker for who, data in said)


def _in_order(graph: nx.MultiDiGraph, order: nx.DiGraph) -> list[str]:
    def by_day(claim: str) -> tuple[str, str]:
        return day(graph, claim), claim

    try:
        return list(nx.lexicographical_topological_sort(order, key=by_day))
    except nx.NetworkXUnfeasible:
        # Two relations that contradict each other in their order, on one day.
        return sorted(order, key=by_day)


def _step(graph: nx.MultiDiGraph, order: nx.DiGraph, claim: str) -> Step:
    its = graph.nodes[claim]
    names = tuple(sorted(graph.nodes[who]["label"] for who in speakers(graph, claim)))
    reasons = tuple(reason for _, _, reason in order.in_edges(claim, data="reason") if reason)
    return Step(claim, its.get("day"), its.get("text", ""), names, its.get("outlet"), reasons)
