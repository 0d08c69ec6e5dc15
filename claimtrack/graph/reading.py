"""How a graph is read: who said a claim, for which side, and which claims are one and the same."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from claimtrack.errors import ProjectError

Edge = tuple[str, str, str, dict[str, Any]]


def fold(text: str) -> str:
    """Return a text without case, accents and double spaces, to compare by."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def nodes(graph: nx.MultiDiGraph, type_: str) -> list[str]:
    """Return the nodes of a type."""
    return [node for node, its in graph.nodes(data="type") if its == type_]


def edges(graph: nx.MultiDiGraph, *kinds: str) -> Iterator[Edge]:
    """Yield the edges of some kinds as (source, target, key, attributes)."""
    return (edge for edge in graph.edges(keys=True, data=True) if edge[3]["kind"] in kinds)


def said_by(graph: nx.MultiDiGraph, claim: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the speakers of a claim, each with the attributes of the edge; none where nobody is known."""
    return [(who, data) for who, _, data in graph.in_edges(claim, data=True) if data["kind"] == "said"]


def side(graph: nx.MultiDiGraph, speaker: str, said: Mapping[str, Any] | None = None) -> str:
    """Return the outermost body that somebody speaks for, or the speaker where there is none.

    Args:
        graph: of a project.
        speaker: a node.
        said: the edge to a claim, which tells for whom it was said; otherwise the body that most claims tell of.
    """
    body = (said or {}).get("speaks_for")
    if body in graph:
        speaker = str(body)
    seen = {speaker}
    while (above := _above(graph, speaker)) is not None and above not in seen:
        seen.add(above)
        speaker = above
    return speaker


def _above(graph: nx.MultiDiGraph, node: str) -> str | None:
    found = [(-data["weight"], body) for _, body, data in graph.out_edges(node, data=True) if data["kind"] == "part_of"]
    return min(found)[1] if found else None


def sides(graph: nx.MultiDiGraph, claim: str) -> frozenset[str]:
    """Return the sides for which a claim was made; none where its speaker is not known."""
    return frozenset(side(graph, speaker, said) for speaker, said in said_by(graph, claim))


def speakers(graph: nx.MultiDiGraph, claim: str) -> frozenset[str]:
    """Return the speakers of a claim."""
    return frozenset(speaker for speaker, _ in said_by(graph, claim))


def topics(graph: nx.MultiDiGraph, claim: str) -> list[str]:
    """Return the topics of a claim, the narrowest first, each followed by those that it is part of."""
    found = [topic for _, topic, data in graph.out_edges(claim, data=True) if data["kind"] == "about"]
    for topic in found:
        above = _above(graph, topic)
        if above is not None and above not in found:
            found.append(above)
    return found


def narrowest(graph: nx.MultiDiGraph, among: Iterable[str]) -> str | None:
    """Return the topic with the most topics above it; the first of several, None of none."""

    def above(topic: str) -> int:
        wider = {topic}
        while (up := _above(graph, topic)) is not None and up not in wider:
            wider.add(topic := up)
        return len(wider)

    return max(among, key=above, default=None)


def is_named(graph: nx.MultiDiGraph, speaker: str) -> bool:
    """Tell whether a speaker is somebody in particular, and not "officials"."""
    return bool(graph.nodes[speaker].get("kind") != "anonymous")


def day(graph: nx.MultiDiGraph, claim: str) -> str:
    """Return the day of a claim in ISO form; one that is not known comes after all others."""
    return str(graph.nodes[claim].get("day", "9999"))


def copy_groups(graph: nx.MultiDiGraph) -> dict[str, str]:
    """Return for each article that copies another, or is copied, one article that stands for all of them."""
    copies = nx.Graph((a, b) for a, b, _, _ in edges(graph, "copy_of"))
    return {article: min(group) for group in nx.connected_components(copies) for article in group}


def article_of(graph: nx.MultiDiGraph, claim: str) -> str | None:
    """Return the article that reported a claim."""
    return next((a for a, _, data in graph.in_edges(claim, data=True) if data["kind"] == "reported"), None)


def units(graph: nx.MultiDiGraph) -> dict[str, str]:
    """Return for each claim the one that stands for it: the first of those that are the same words of one source.

    Claims are the same when one repeats the other, or when they stand in copies of one article, for the same side in
    the same words.
    """
    claims = nodes(graph, "claim")
    same = nx.utils.UnionFind(claims)
    for a, b, _, _ in edges(graph, "repeats"):
        same.union(a, b)
    copies = copy_groups(graph)
    first: dict[tuple[Any, ...], str] = {}
    for claim in claims:
        group = copies.get(article_of(graph, claim) or "")
        text = fold(graph.nodes[claim].get("text", ""))
        if group and text:
            who = frozenset(_name(graph, one) for one in sides(graph, claim))
            same.union(claim, first.setdefault((group, text, who), claim))
    found: dict[str, str] = {}
    for group in same.to_sets():
        standing = min(group, key=lambda claim: (day(graph, claim), claim))
        found.update(dict.fromkeys(group, standing))
    return found


def _name(graph: nx.MultiDiGraph, speaker: str) -> str:
    """The same "officials" have another id in each copy of an article."""
    return speaker if is_named(graph, speaker) else fold(graph.nodes[speaker]["label"])


def labels(graph: nx.MultiDiGraph, ids: Iterable[str]) -> dict[str, str]:
    """Return a name for each speaker; where two have the same, with the outlets that they are known from.

    >>> labels(graph, ["s_1", "s_2"])  # doctest: +SKIP
    {"s_1": "fire service (Coast Courier)", "s_2": "fire service (Evening Ledger)"}
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    for node in dict.fromkeys(ids):
        by_name[graph.nodes[node]["label"]].append(node)
    found: dict[str, str] = {}
    for name, same in by_name.items():
        if len(same) == 1:
            found[same[0]] = name
            continue
        known = {node: ", ".join(outlets(graph, node)) for node in same}
        for node, where in known.items():
            told = where if where and list(known.values()).count(where) == 1 else node
            found[node] = f"{name} ({told})"
    return found


def outlets(graph: nx.MultiDiGraph, speaker: str) -> list[str]:
    """Return the outlets that report a speaker, by name."""
    claims = (claim for _, claim, data in graph.out_edges(speaker, data=True) if data["kind"] == "said")
    return sorted({its for claim in claims if (its := graph.nodes[claim].get("outlet"))})


def find(graph: nx.MultiDiGraph, type_: str, words: str) -> str:
    """Return the one node of a type that is meant: by its id, by its name, or by the only name that fits.

    A name fits when one of its words begins like the words that are asked for; case and accents do not count.

    Raises:
        ProjectError: when none or more than one fits.
    """
    names = {node: fold(graph.nodes[node]["label"]) for node in nodes(graph, type_)}
    wanted = fold(words)
    if words in names or f"{type_}:{words}" in names:
        return words if words in names else f"{type_}:{words}"
    fitting = [node for node, name in names.items() if name == wanted]
    fitting = fitting or [node for node, name in names.items() if wanted and f" {wanted}" in f" {name}"]
    heads = {side(graph, node) for node in fitting} if type_ == "speaker" else set()
    if len(heads) == 1 and heads <= set(fitting):
        # A minister rather than the minister's spokesman and office, who speak for the one.
        fitting = list(heads)
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise ProjectError(f"no {type_} here is called {words!r}{_HELP.get(type_, '')}")
    told = sorted(f"{graph.nodes[node]['label']} [{node.removeprefix(f'{type_}:')}]" for node in fitting)
    shown = ", ".join(told[:5]) + (", ..." if len(told) > 5 else "")
    raise ProjectError(f"{words!r} fits {len(told)} {type_}s ({shown}); write one in full, or its id")


_HELP = {"speaker": "; claimtrack speakers lists them", "topic": "; claimtrack claims shows the topics there are"}
