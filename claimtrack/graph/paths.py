"""How two speakers are connected: through claims that relate to each other."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from claimtrack.graph.reading import edges
from claimtrack.model import RELATION_KINDS

_QUOTES = tuple("\"“”'‘’")

TOGETHER = "together"
"""How two speakers of one claim are connected."""

_VERBS = {
    "contradicts": ("contradicts", "contradicts"),
    "agrees": ("agrees with", "agrees with"),
    "updates": ("was updated by", "updates"),
    "revises": ("was revised by", "revises"),
    "repeats": ("is repeated by", "repeats"),
    TOGETHER: ("was said together with", "was said together with"),
}
"""How a relation reads from its first claim and from its second; a later figure stands second."""


@dataclass(frozen=True)
class Link:
    """Two claims on a way between two speakers; or one that both made together.

    Attributes:
        speaker_a: who said the first, by name.
        claim_a: its node.
        text_a: what it says.
        relation: in words, such as "contradicts" or "is repeated by".
        speaker_b: who said the second.
        claim_b: its node.
        text_b: what it says.
        reason: why the relation was drawn.
        status: of the relation: ``suggested`` or ``accepted``.
    """

    speaker_a: str
    claim_a: str
    text_a: str
    relation: str
    speaker_b: str
    claim_b: str
    text_b: str
    reason: str
    status: str

    def in_words(self) -> str:
        """Return the link as a sentence: A said "x", which contradicts "y", which B said."""
        if self.claim_a == self.claim_b:
            return f"{self.speaker_a} and {self.speaker_b} said together: {_quoted(self.text_a)}."
        return (
            f"{self.speaker_a} said {_quoted(self.text_a)}, which {self.relation} {_quoted(self.text_b)}, "
            f"which {self.speaker_b} said."
        )


def _quoted(text: str) -> str:
    """Put a text into quotation marks; one that begins and ends with some has them already."""
    bare = text.rstrip(".")
    return bare if bare[:1] in _QUOTES and bare[-1:] in _QUOTES else f"“{bare}”"


def path(graph: nx.MultiDiGraph, a: str, b: str) -> tuple[Link, ...] | None:
    """Return the shortest way from one speaker to another, or None where there is none.

    Every step leads over a relation between two claims whose speakers are known, and from there on over another claim
    of the same speaker. Of ways of the same length, the one with the surest relations is taken.

    Args:
        graph: of a project.
        a: a speaker's node, see :func:`claimtrack.graph.find`.
        b: another one's.
    """
    ways = nx.Graph()
    ways.add_nodes_from((a, b))
    said = list(edges(graph, "said"))
    told = {claim for _, claim, _, _ in said}
    for speaker, claim, _, _ in said:
        ways.add_edge(speaker, claim, length=1.0)
    for first, second, _, data in edges(graph, *RELATION_KINDS):
        length = 2.0 - data["score"] / 100
        known = ways.get_edge_data(first, second)
        # From claim to claim only where somebody is known to have made both.
        if {first, second} <= told and (known is None or length < known["length"]):
            ways.add_edge(first, second, length=length, relation=(first, second, data))
    try:
        nodes = nx.shortest_path(ways, a, b, weight="length")
    except nx.NetworkXNoPath:
        return None
    links = []
    speaker = a
    for place in range(1, len(nodes)):
        one, other = nodes[place - 1 : place + 1]
        if graph.nodes[other]["type"] == "speaker":
            if place > 1 and nodes[place - 2] == speaker:
                links.append(_link(graph, speaker, one, other, one, (one, one, {"kind": TOGETHER})))
            speaker = other
        elif graph.nodes[one]["type"] == "claim":
            after = nodes[place + 1]
            listener = after if graph.nodes[after]["type"] == "speaker" else _speaker(graph, other)
            links.append(_link(graph, speaker, one, listener, other, ways.edges[one, other]["relation"]))
            speaker = listener
    return tuple(links)


def _speaker(graph: nx.MultiDiGraph, claim: str) -> str:
    said = [
        (data.get("joint", False), who) for who, _, data in graph.in_edges(claim, data=True) if data["kind"] == "said"
    ]
    return str(min(said)[1])


def _link(
    graph: nx.MultiDiGraph, a: str, claim_a: str, b: str, claim_b: str, relation: tuple[str, str, dict[str, str]]
) -> Link:
    first, _, data = relation
    node = graph.nodes
    words = _VERBS[data["kind"]][0 if first == claim_a else 1]
    return Link(
        node[a]["label"], claim_a, node[claim_a].get("text", claim_a), words, node[b]["label"], claim_b,
        node[claim_b].get("text", claim_b), data.get("reason", ""), data.get("status", "suggested"),
    )  # fmt: skip


def in_words(links: tuple[Link, ...]) -> str:
    """Return a way as sentences, one a line."""
    return "\n".join(link.in_words() for link in links)
