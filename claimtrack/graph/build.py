"""Claims, relations and topics as one networkx graph: values in, a graph out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from textwrap import shorten
from typing import Any, Literal, get_args

import networkx as nx

from claimtrack.model import RELATION_KINDS, Article, Claim, Relation, Speaker, Topic, speaker_id

NodeType = Literal["speaker", "claim", "topic", "article", "outlet"]
EdgeKind = Literal[
    "said", "published", "reported", "about", "via", "agrees", "contradicts", "updates", "revises", "repeats",
    "copy_of", "part_of",
]  # fmt: skip

NODE_TYPES: tuple[NodeType, ...] = get_args(NodeType)
EDGE_KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)

LABEL = 80
"""Characters of a claim or a title in a label, at most; ``text`` has all of it."""


def node_id(type_: NodeType, id_: str) -> str:
    """Return the node of something: the project's id, with its type before it where anybody may choose ids."""
    return id_ if type_ in ("speaker", "claim") else f"{type_}:{id_}"


def graph_of(
    claims: Iterable[Claim], relations: Iterable[Relation], topics: Iterable[Topic] = (),
    topic_of: Mapping[str, str] | None = None, copies: Mapping[str, str] | None = None, rejected: bool = False,
) -> nx.MultiDiGraph:  # fmt: skip
    """Return the graph of some claims, of who said them where, and of how they relate.

    Nodes have ``type`` (:data:`NODE_TYPES`) and ``label``; edges have ``kind`` (:data:`EDGE_KINDS`) and ``weight``.
    Every attribute is a text, a number or a truth value, and one that is not known is left out. Days are ISO texts.

    Args:
        claims: each with its article and speaker.
        relations: the claims at their ends come into the graph with them.
        topics: what ``topic_of`` names, and their parents; without any, topics are made from ``Claim.topic``.
        topic_of: claim id to the id of its topic.
        copies: article id to the id of the article that it copies.
        rejected: also take relations that a person rejected.

    Returns:
        The graph. Its edges have keys, so that two relations between the same claims stay apart.
    """
    building = _Building({topic.id: topic for topic in topics}, topic_of or {})
    for claim in claims:
        building.claim(claim)
    for relation in relations:
        if rejected or relation.status != "rejected":
            building.relation(relation)
    return building.finished(copies or {})


class _Building:
    def __init__(self, topics: Mapping[str, Topic], topic_of: Mapping[str, str]) -> None:
        self.graph = nx.MultiDiGraph()
        self._topics = topics
        self._topic_of = topic_of
        self._via: dict[str, str] = {}

    def claim(self, claim: Claim) -> None:
        """Add a claim with its speakers, article, outlet and topic; one that is there stays as it is."""
        if claim.id in self.graph:
            return
        article = self._article(claim.article)
        day = claim.said_on or claim.article.published
        text = claim.proposition or claim.content_text
        names = [speaker.name for speaker in (claim.speaker, *claim.co_speakers) if speaker]
        self._node(
            claim.id, "claim", shorten(text, LABEL, placeholder=" …") or claim.id, text=text,
            speaker=" and ".join(names), day=_iso(day), day_precision=claim.said_on_precision,
            day_is="said" if claim.said_on else "published" if day else None, kind=claim.attribution.kind,
            attitude=claim.attribution.attitude, commitment=claim.attribution.commitment,
            confidence=float(claim.attribution.confidence),
            outlet=claim.article.outlet, article=claim.article.id,
        )  # fmt: skip
        self._edge(article, claim.id, "reported", day=_iso(claim.article.published))
        if claim.speaker:
            self._said(claim.speaker, claim.id, _iso(day), joint=False)
            for speaker in claim.co_speakers:
                self._said(speaker, claim.id, _iso(day), joint=True)
        topic = self._topic_of.get(claim.id) or claim.topic
        if topic:
            self._edge(claim.id, self._topic(topic), "about")
        if claim.via:
            self._via[claim.id] = claim.via

    def relation(self, relation: Relation) -> None:
        """Add a relation and the claims at its ends."""
        self.claim(relation.a)
        self.claim(relation.b)
        days = [self.graph.nodes[claim.id].get("day") for claim in (relation.a, relation.b)]
        self._edge(
            relation.a.id, relation.b.id, relation.kind, relation.id, float(relation.score), reason=relation.reason,
            score=float(relation.score), status=relation.status, day=max(days) if all(days) else None,
        )  # fmt: skip

    def finished(self, copies: Mapping[str, str]) -> nx.MultiDiGraph:
        """Add what ties nodes of one type together, and return the graph."""
        for claim, holder in self._via.items():
            if holder in self.graph:
                self._edge(claim, holder, "via")
        for copy, original in copies.items():
            if (source := node_id("article", copy)) in self.graph and copy != original:
                target = node_id("article", original)
                if target not in self.graph:
                    self._node(target, "article", original, article=original)
                self._edge(source, target, "copy_of")
        return self.graph

    def _said(self, speaker: Speaker, claim: str, day: str | None, joint: bool) -> None:
        self._speaker(speaker)
        self._edge(speaker.id, claim, "said", day=day, joint=joint, speaks_for=speaker.part_of)

    def _speaker(self, speaker: Speaker) -> None:
        known = self.graph.nodes.get(speaker.id)
        # A body that others speak for may be known by its name only.
        if known is None or "kind" not in known:
            self._node(speaker.id, "speaker", speaker.name, kind=speaker.kind)
        node = self.graph.nodes[speaker.id]
        for name in ("role", "affiliation"):
            if (value := getattr(speaker, name)) and name not in node:
                node[name] = value
        if speaker.part_of and speaker.part_of != speaker.id:
            if speaker.part_of not in self.graph:
                # The id is made of the name, where the name is known.
                body = speaker.affiliation
                named = body and speaker_id(body) == speaker.part_of
                self._node(speaker.part_of, "speaker", body if named and body else f"body of {speaker.name}")
            self._edge(speaker.id, speaker.part_of, "part_of")

    def _article(self, article: Article) -> str:
        node = node_id("article", article.id)
        if node not in self.graph:
            title = shorten(article.title or article.path or article.id, LABEL, placeholder=" …")
            self._node(
                node, "article", title, article=article.id, day=_iso(article.published), outlet=article.outlet,
                url=article.url,
            )  # fmt: skip
            if article.outlet:
                outlet = node_id("outlet", article.outlet)
                if outlet not in self.graph:
                    self._node(outlet, "outlet", article.outlet)
                self._edge(outlet, node, "published", day=_iso(article.published))
        return node

    def _topic(self, id_: str) -> str:
        node = node_id("topic", id_)
        if node not in self.graph:
            topic = self._topics.get(id_) or Topic(id_, id_)
            self._node(node, "topic", topic.name, words=", ".join(topic.words) or None)
            if topic.parent and topic.parent != id_:
                self._edge(node, self._topic(topic.parent), "part_of")
        return node

    def _node(self, node: str, type_: NodeType, label: str, **attributes: Any) -> None:
        self.graph.add_node(node, type=type_, label=label, **_known(attributes))

    def _edge(
        self, source: str, target: str, kind: EdgeKind, key: str | None = None, weight: float = 1.0, **attributes: Any
    ) -> None:  # fmt: skip
        if not self.graph.has_edge(source, target, key or kind):
            self.graph.add_edge(source, target, key or kind, kind=kind, weight=weight, **_known(attributes))
        elif kind == "part_of":
            # How many claims tell of it: who speaks for two bodies is counted to the usual one.
            self.graph.edges[source, target, kind]["weight"] += 1.0


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _known(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value not in (None, "")}


assert set(RELATION_KINDS) < set(EDGE_KINDS)
