"""Graphs for other programs: one small writer a format, found by name."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import IO, Any

import networkx as nx

from claimtrack.errors import ExportError
from claimtrack.graph.colours import NODES, OTHER, RELATIONS, rgb

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as an escape."""

_SIZES = {"speaker": 12.0, "topic": 12.0, "outlet": 9.0, "article": 7.0, "claim": 5.0}


def write_graph(name: str, graph: nx.MultiDiGraph, stream: IO[bytes]) -> None:
    """Write a graph in a format.

    Args:
        name: one of :data:`GRAPH_FORMATS`.
        graph: of a project, see :func:`claimtrack.graph.graph_of`.
        stream: for bytes.

    Raises:
        ExportError: when there is no such format.
    """
    if name not in GRAPH_FORMATS:
        raise ExportError(f"{name}: no such format; there are {', '.join(GRAPH_FORMATS)}")
    GRAPH_FORMATS[name](graph, stream)


def gexf(graph: nx.MultiDiGraph, stream: IO[bytes]) -> None:
    """Write GEXF 1.2 for Gephi: colours by type and kind, sizes, weights, and days as the time at which things begin.

    Every edge also has the attribute ``kind`` of GEXF 1.3, without which Gephi merges edges between the same nodes.
    """
    shown = _clean(graph)
    for _, its in shown.nodes(data=True):
        its["viz"] = {"color": {**rgb(NODES[its["type"]]), "a": 1.0}, "size": _SIZES[its["type"]]}
        if "day" in its:
            its["start"] = its["day"]
    for _, _, key, its in shown.edges(keys=True, data=True):
        kind = its["kind"]
        its["id"] = key
        its["viz"] = {
            "color": {**rgb(RELATIONS.get(kind, OTHER)), "a": 1.0}, "thickness": 2.0 if kind in RELATIONS else 1.0,
        }  # fmt: skip
        its["label"] = kind
        if "day" in its:
            its["start"] = its["day"]
    written = io.BytesIO()
    nx.write_gexf(shown, written)
    # networkx knows neither the kind of an edge, nor that a graph has no name in GEXF.
    from lxml import etree

    tree = etree.fromstring(written.getvalue(), etree.XMLParser(huge_tree=True))
    for edge in tree.iter("{*}edge"):
        edge.set("kind", edge.get("label"))
    for top in tree.iter("{*}graph"):
        top.attrib.pop("name", None)
    stream.write(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))


def graphml(graph: nx.MultiDiGraph, stream: IO[bytes]) -> None:
    """Write GraphML, for yEd, igraph, Cytoscape and networkx."""
    nx.write_graphml(_clean(graph), stream)


def node_link(graph: nx.MultiDiGraph, stream: IO[bytes]) -> None:
    """Write node-link JSON, for d3 and networkx: ``networkx.node_link_graph(data, edges="edges")``."""
    text = json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1)
    # Half of a surrogate pair has no place in UTF-8; as an escape it is understood.
    escaped = re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)
    stream.write(f"{escaped}\n".encode())


GRAPH_FORMATS: dict[str, Callable[[nx.MultiDiGraph, IO[bytes]], None]] = {
    "gexf": gexf, "graphml": graphml, "json": node_link,
}  # fmt: skip
"""Every format by its name."""


def _clean(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return a copy whose texts XML can hold, U+FFFD for what it cannot.

    Nodes that were two stay two, and no two edges have the same key: XML formats take it for an id.
    """
    name, key_of = _Unique(), _Unique()
    names = {node: name(_text(node)) for node in graph}
    copy = nx.MultiDiGraph()
    for node, its in graph.nodes(data=True):
        copy.add_node(names[node], **_values(its))
    for a, b, key, its in graph.edges(keys=True, data=True):
        copy.add_edge(names[a], names[b], key_of(_text(key)), **_values(its))
    return copy


class _Unique:
    """Gives each name as it is the first time, and with a number behind it from then on."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def __call__(self, name: str) -> str:
        while name in self._seen:
            self._seen[name] += 1
            name = f"{name}-{self._seen[name]}"
        self._seen[name] = 1
        return name


def _values(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) if isinstance(value, str) else value for name, value in attributes.items()}


def _text(value: str) -> str:
    return _NOT_XML.sub("\ufffd", value)
