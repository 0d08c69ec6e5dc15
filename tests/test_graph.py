"""The graph of a project: its nodes and edges, and how other programs read it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from graphs import person, relation, said
from hypothesis import given
from hypothesis import strategies as st
from support import CLAIM, DENIAL, RELATION

from claimtrack.errors import ExportError
from claimtrack.graph import EDGE_KINDS, GRAPH_FORMATS, NODE_TYPES, graph_of, write_graph
from claimtrack.model import RELATION_KINDS, Topic

ALL = [
    replace(CLAIM, via="c_2", co_speakers=(person("Ann Roe", part_of="Halden Council"),)),
    DENIAL,
]
GRAPH = graph_of(
    ALL, [RELATION, replace(RELATION, id="r_2", kind="agrees", score=0.4)],
    topics=[Topic("t_1", "the siren", ("siren", "alarm"), "t_2"), Topic("t_2", "the leak")], topic_of={"c_1": "t_1"},
    copies={"a_2": "a_1"},
)  # fmt: skip


def edges(graph: nx.MultiDiGraph, kind: str) -> list[tuple[str, str]]:
    return [(a, b) for a, b, its in graph.edges(data="kind") if its == kind]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("said", [("s_1", "c_1"), (person("Ann Roe").id, "c_1"), ("s_2", "c_2")]),
        ("published", [("outlet:Coast Courier", "article:a_1"), ("outlet:Meridian Wire", "article:a_2")]),
        ("reported", [("article:a_1", "c_1"), ("article:a_2", "c_2")]),
        ("about", [("c_1", "topic:t_1"), ("c_2", "topic:the cranes")]),
        ("via", [("c_1", "c_2")]),
        ("contradicts", [("c_1", "c_2")]),
        ("agrees", [("c_1", "c_2")]),
        ("copy_of", [("article:a_2", "article:a_1")]),
        ("part_of", [(person("Ann Roe").id, person("Halden Council").id), ("topic:t_1", "topic:t_2")]),
    ],
)
def test_graph_connects(kind: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(edges(GRAPH, kind)) == sorted(expected)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ("s_1", {"type": "speaker", "label": "Ida Brandt", "kind": "person", "role": "safety chief"}),
        (person("Halden Council").id, {"type": "speaker", "label": "Halden Council"}),
        ("article:a_1", {"type": "article", "label": "Cranes", "article": "a_1", "day": "2022-05-28",
                         "outlet": "Coast Courier", "url": "https://courier.example/1"}),
        ("outlet:Coast Courier", {"type": "outlet", "label": "Coast Courier"}),
        ("topic:t_1", {"type": "topic", "label": "the siren", "words": "siren, alarm"}),
        ("topic:the cranes", {"type": "topic", "label": "the cranes"}),
        ("c_1", {"type": "claim", "label": '"No, never."', "text": '"No, never."', "speaker": "Ida Brandt and Ann Roe",
                 "day": "2022-05-27", "day_is": "said", "day_precision": "day", "kind": "direct",
                 "attitude": "statement", "commitment": "neutral", "confidence": 0.9, "outlet": "Coast Courier",
                 "article": "a_1"}),
    ],
)  # fmt: skip
def test_nodes_tell_what_is_known_and_nothing_else(node: str, expected: dict[str, Any]) -> None:
    assert GRAPH.nodes[node] == expected


def test_relation_keeps_its_id_reason_score_and_status() -> None:
    assert GRAPH.edges["c_1", "c_2", "r_1"] == {
        "kind": "contradicts", "weight": 0.91, "score": 0.91, "reason": "One says never, the other denies it.",
        "status": "suggested",
    }  # fmt: skip


def test_said_tells_the_day_whether_jointly_and_for_whom() -> None:
    assert GRAPH.edges[person("Ann Roe").id, "c_1", "said"] == {
        "kind": "said", "weight": 1.0, "day": "2022-05-27", "joint": True, "speaks_for": person("Halden Council").id,
    }  # fmt: skip


def test_relation_brings_claims_that_were_not_given() -> None:
    graph = graph_of([], [RELATION])
    assert {"c_1", "c_2", "s_1", "article:a_1"} <= set(graph)


@pytest.mark.parametrize(("rejected", "count"), [(False, 0), (True, 1)])
def test_rejected_relations_are_left_out_unless_asked_for(rejected: bool, count: int) -> None:
    graph = graph_of([], [replace(RELATION, status="rejected")], rejected=rejected)
    assert len(edges(graph, "contradicts")) == count


def test_via_a_claim_that_is_not_there_adds_nothing() -> None:
    assert not edges(graph_of([replace(CLAIM, via="c_9")], []), "via")


def test_topics_by_id_take_the_place_of_names() -> None:
    graph = graph_of([DENIAL], [], [Topic("t_1", "cranes at Halden")], {"c_2": "t_1"})
    assert edges(graph, "about") == [("c_2", "topic:t_1")]


def test_day_of_publication_stands_for_a_day_that_is_not_told() -> None:
    node = graph_of([said("c", "Ann", day=None)], []).nodes["c"]
    assert (node["day"], node["day_is"]) == ("2024-04-01", "published")


def test_types_and_kinds_are_those_that_are_listed() -> None:
    assert {its for _, its in GRAPH.nodes(data="type")} == set(NODE_TYPES)
    assert {its for *_, its in GRAPH.edges(data="kind")} | set(RELATION_KINDS) == set(EDGE_KINDS)


def test_nothing_in_the_graph_tells_what_is_true() -> None:
    names = {name for _, its in GRAPH.nodes(data=True) for name in its} | {
        n for *_, its in GRAPH.edges(data=True) for n in its
    }
    assert not [name for name in names if re.search("true|truth|verac|credib|rating", name)]


READERS: dict[str, Callable[[io.BytesIO], nx.MultiDiGraph]] = {
    "gexf": nx.read_gexf,
    "graphml": lambda stream: nx.read_graphml(stream, force_multigraph=True),
    "json": lambda stream: nx.node_link_graph(json.load(stream), edges="edges"),
}


def written(format_: str, graph: nx.MultiDiGraph) -> io.BytesIO:
    stream = io.BytesIO()
    write_graph(format_, graph, stream)
    stream.seek(0)
    return stream


def plain(attributes: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a format adds for itself."""
    return {name: value for name, value in attributes.items() if name not in ("viz", "start", "id")}


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_a_written_graph_is_read_as_it_was(format_: str) -> None:
    graph = READERS[format_](written(format_, GRAPH))
    assert {node: plain(its) for node, its in graph.nodes(data=True)} == dict(GRAPH.nodes(data=True))

    def listed(of: nx.MultiDiGraph) -> list[Any]:
        return sorted(
            (a, b, its["kind"], its["weight"], sorted(set(plain(its)) - {"label"})) for a, b, its in of.edges(data=True)
        )

    assert listed(graph) == listed(GRAPH)


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_two_relations_between_the_same_claims_stay_apart(format_: str) -> None:
    graph = READERS[format_](written(format_, GRAPH))
    assert set(graph["c_1"]["c_2"]) >= {"r_1", "r_2"}


HOSTILE = 'a\x00b\x1b[31m \ud800 \ufffe <tag> & "q" \u202e\n\r\t]]>'


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_no_text_breaks_a_format(format_: str) -> None:
    article = replace(CLAIM.article, outlet=HOSTILE, title=HOSTILE, id=HOSTILE)
    other = replace(DENIAL, article=replace(DENIAL.article, outlet=HOSTILE.replace("\x00", "\x01"), id="a"))
    claim = replace(CLAIM, proposition=HOSTILE, topic=HOSTILE, article=article, speaker=person(HOSTILE))
    graph = READERS[format_](written(format_, graph_of([claim, other], [replace(RELATION, reason=HOSTILE)])))
    types = [its for _, its in graph.nodes(data="type")]
    assert types.count("outlet") == 2 and types.count("claim") == 2
    assert "<tag> & " in graph.nodes["c_1"]["text"]


@given(st.text())
def test_any_proposition_can_be_written(text: str) -> None:
    graph = graph_of([replace(CLAIM, proposition=text)], [])
    for format_, read in READERS.items():
        assert "c_1" in read(written(format_, graph))


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_an_empty_graph_is_written(format_: str) -> None:
    assert len(READERS[format_](written(format_, graph_of([], [])))) == 0


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ExportError, match="dot: no such format; there are gexf, graphml, json"):
        write_graph("dot", GRAPH, io.BytesIO())


G = "{http://www.gexf.net/1.2draft}"
V = "{http://www.gexf.net/1.2draft/viz}"
NUMBER = r"\d+(\.\d+)?"
RULES: dict[str, dict[str, str]] = {
    f"{G}graph": {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"},
    f"{G}attributes": {"class": "node|edge", "mode": "static"},
    f"{G}attribute": {"id": ".+", "title": ".+", "type": "string|double|boolean|long"},
    f"{G}node": {"id": ".+", "label": ".*", "start": r"\d{4}-\d\d-\d\d"},
    f"{G}edge": {"id": ".+", "label": ".*", "source": ".+", "target": ".+", "weight": NUMBER, "kind": r"\w+",
                 "start": r"\d{4}-\d\d-\d\d"},
    f"{G}attvalue": {"for": ".+", "value": "(?s:.*)"},
    f"{V}color": {"r": r"\d{1,3}", "g": r"\d{1,3}", "b": r"\d{1,3}", "a": r"1\.0"},
    f"{V}size": {"value": NUMBER},
    f"{V}thickness": {"value": NUMBER},
}  # fmt: skip
"""Attributes that GEXF 1.2 knows of each element, and ``kind`` of 1.3 (https://gexf.net), with their values."""


def test_gexf_is_what_gephi_reads() -> None:
    root = ElementTree.parse(written("gexf", GRAPH)).getroot()
    assert root.get("version") == "1.2"
    for element in root.iter():
        for name, value in element.attrib.items():
            if element.tag in RULES:
                assert re.fullmatch(RULES[element.tag][name], value), (element.tag, name, value)
    nodes = [node.get("id") for node in root.iter(f"{G}node")]
    ids = [edge.get("id") for edge in root.iter(f"{G}edge")]
    assert len(nodes) == len(set(nodes)) and len(ids) == len(set(ids))
    assert {edge.get(end) for edge in root.iter(f"{G}edge") for end in ("source", "target")} <= set(nodes)
    declared = {attribute.get("id") for attribute in root.iter(f"{G}attribute")}
    assert {value.get("for") for value in root.iter(f"{G}attvalue")} <= declared
    assert all(part.find(f"{V}color") is not None for tag in ("node", "edge") for part in root.iter(G + tag))


def test_gexf_claims_begin_on_their_day_and_kinds_have_colours() -> None:
    root = ElementTree.parse(written("gexf", GRAPH)).getroot()
    (claim,) = (node for node in root.iter(f"{G}node") if node.get("id") == "c_1")
    assert claim.get("start") == "2022-05-27"
    colours = {edge.get("kind"): tuple(edge.find(f"{V}color").attrib.values())[:3] for edge in root.iter(f"{G}edge")}  # type: ignore[union-attr]
    assert colours["contradicts"] != colours["agrees"] != colours["said"]


def test_graphml_has_each_edge_id_once() -> None:
    ids = re.findall(rb'<edge [^>]*id="([^"]+)"', written("graphml", GRAPH).getvalue())
    assert len(ids) == len(set(ids)) == GRAPH.size()


def test_relation_day_is_that_of_the_later_claim() -> None:
    a, b = said("a", "Ann", day=3), said("b", "Bob", day=9)
    assert graph_of([], [relation("updates", a, b)]).edges["a", "b", "r_updates_a_b"]["day"] == "2024-03-09"


def test_packages_of_the_graph_are_installed() -> None:
    listed = (Path(__file__).parent.parent / "setup.cfg").read_text(encoding="utf-8")
    assert "    claimtrack.graph\n" in listed and "    claimtrack.graph.pictures\n" in listed
