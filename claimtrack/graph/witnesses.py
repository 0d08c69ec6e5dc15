"""How many independent witnesses a claim has: those who agree, and are not one and the same."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from claimtrack.errors import ProjectError
from claimtrack.graph.reading import article_of, copy_groups, day, edges, fold, is_named, labels, said_by, side, units


@dataclass(frozen=True)
class Witness:
    """Claims that count once: of one speaker, of one body, of joint speakers, or the same words again.

    Attributes:
        speakers: who made them, by name.
        claims: nodes, the earliest first.
        named: whether anybody of them is somebody in particular.
    """

    speakers: tuple[str, ...]
    claims: tuple[str, ...]
    named: bool


@dataclass(frozen=True)
class Witnesses:
    """Who bears a claim out.

    Attributes:
        claim: the node.
        named: independent witnesses, that of the claim itself first.
        unnamed: sources without a name, such as "officials", who may be among the named ones.
        untold: claims that agree, but of whom nobody knows who made them; they count for nothing.
    """

    claim: str
    named: tuple[Witness, ...]
    unnamed: tuple[Witness, ...]
    untold: tuple[str, ...]

    @property
    def count(self) -> int:
        """The number of independent witnesses: of those with a name, as others may be one of them."""
        return len(self.named)

    def in_words(self) -> str:
        """Return the answer as a sentence."""
        parts = [_number(self.count, "independent witness", "es")]
        if self.unnamed:
            parts.append(f"{_number(len(self.unnamed), 'unnamed source')} that may be one of them")
        if self.untold:
            parts.append(f"{_number(len(self.untold), 'agreeing claim')} whose speaker is not known")
        return "; ".join(parts)


def _number(count: int, what: str, plural: str = "s") -> str:
    return f"{count} {what}{plural if count != 1 else ''}"


def witnesses(graph: nx.MultiDiGraph, claim: str) -> Witnesses:
    """Return who bears a claim out: its own source, and those whose claims agree with it.

    Counted once are repeats, wire copies, one speaker, one body and all who speak for it, and joint speakers. Somebody
    who is known from another witness's words alone counts together with that one. Agreement is not passed on: a claim
    that agrees only with one that agrees does not count.

    Args:
        graph: of a project.
        claim: a node.

    Raises:
        ProjectError: when there is no such claim in the graph.
    """
    if graph.nodes.get(claim, {}).get("type") != "claim":
        raise ProjectError(f"no claim {claim} here; claimtrack claims lists them with their ids")
    same = units(graph)
    agreeing = {same[claim]}
    for a, b, _, _ in edges(graph, "agrees"):
        if same[claim] in (same[a], same[b]):
            agreeing |= {same[a], same[b]}
    claims = [one for one in same if same[one] in agreeing]
    together = nx.utils.UnionFind(claims)
    copies = copy_groups(graph)
    seen: dict[tuple[str, str], str] = {}
    for one in claims:
        together.union(one, same[one])
        for key in _keys(graph, one, copies):
            together.union(one, seen.setdefault(key, one))
    _join_hearsay(graph, together)
    groups = [sorted(group, key=lambda one: (day(graph, one), one)) for group in together.to_sets()]
    groups.sort(key=lambda group: (claim not in group, day(graph, group[0]), group[0]))
    told = [_witness(graph, group) for group in groups]
    return Witnesses(
        claim,
        tuple(one for one in told if one.named),
        tuple(one for one in told if one.speakers and not one.named),
        tuple(id_ for one in told if not one.speakers for id_ in one.claims),
    )


def _keys(graph: nx.MultiDiGraph, claim: str, copies: dict[str, str]) -> list[tuple[str, str]]:
    """Return what makes two claims those of one witness."""
    keys = []
    for speaker, said in said_by(graph, claim):
        its = side(graph, speaker, said)
        keys.append(("side", its))
        if not is_named(graph, its):
            # "Officials" of one article are the same in its copies.
            article = article_of(graph, claim) or ""
            keys.append((copies.get(article, article), fold(graph.nodes[its]["label"])))
    return keys


def _join_hearsay(graph: nx.MultiDiGraph, together: nx.utils.UnionFind) -> None:
    """Join a witness who is only known from the words of another with that one."""
    groups = list(together.to_sets())
    sides = [
        frozenset(side(graph, who, said) for one in group for who, said in said_by(graph, one)) for group in groups
    ]
    for group in groups:
        passed_on = [_via(graph, one) for one in group]
        if all(passed_on):
            for other, their in zip(groups, sides, strict=True):
                if any(via & their for via in passed_on):
                    together.union(min(group), min(other))


def _via(graph: nx.MultiDiGraph, claim: str) -> frozenset[str]:
    """Return the sides that passed a claim on."""
    holders = [holder for _, holder, data in graph.out_edges(claim, data=True) if data["kind"] == "via"]
    return frozenset(side(graph, who, said) for holder in holders for who, said in said_by(graph, holder))


def _witness(graph: nx.MultiDiGraph, group: list[str]) -> Witness:
    said = [one for claim in group for one in said_by(graph, claim)]
    names = labels(graph, (who for who, _ in said))
    named = any(is_named(graph, who) or is_named(graph, side(graph, who, data)) for who, data in said)
    return Witness(tuple(dict.fromkeys(names[who] for who, _ in said)), tuple(group), named)
