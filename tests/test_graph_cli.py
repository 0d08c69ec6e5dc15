"""``claimtrack graph``, ``ask`` and ``plot``, and the graph of a project file."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import Result
from gold_relations import GOLD, gold_relations
from relating import LEAK, TOPICS, FakeRelater
from support import SayingExtractor

from claimtrack.errors import InputError, ProjectError
from claimtrack.graph import disputed, find, graph_of, path
from claimtrack.graph.pictures import draw_matrix, draw_timeline, draw_topic
from claimtrack.graph.pictures.canvas import label, plain
from claimtrack.ingest import read_articles
from claimtrack.model import Article, Relation, Topic, speaker_id
from claimtrack.store import Filters, duplicates, topics
from claimtrack.store.relations import Found, add
from claimtrack.tracker import Tracker

Cli = Callable[..., Result]

ARTICLES = [
    {"text": "Ida Brandt said: the cranes cost $5m and $6m.\nLund denied: the cranes fail.\n",
     "outlet": "Coast Courier", "title": "Cranes", "published": "2022-05-28", "id": "one"},
    {"text": "Ida Brandt said: the cranes may fail.\nMoe Orlo said: the cranes are safe.\n", "outlet": "Meridian Wire",
     "title": "Cranes again", "published": "2022-06-01", "id": "two"},
    {"text": "Somebody said: nothing at all.\n", "outlet": "Evening Ledger", "published": "2022-06-02", "id": "three"},
]  # fmt: skip


@pytest.fixture
def project(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run commands beside ``claims.db``: Lund denies what Brandt says, Orlo agrees, and Brandt changes position."""
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", lambda nlp="", aliases=(): SayingExtractor())
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ARTICLES))
    assert cli("track", "articles.jsonl").exit_code == 0
    with Tracker("claims.db") as tracker:
        works, denial, may, safe, _ = tracker.ids(Filters())
        with tracker.project.writing() as connection:
            add(connection, [Found("contradicts", works, denial, 0.9, "one denies"),
                             Found("revises", works, may, 0.8, "less sure"),
                             Found("agrees", denial, safe, 0.7, "both think so")])  # fmt: skip
        for claim in (works, denial, may, safe):
            tracker.edit(claim, topic="The cranes")
    return cli


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize(
    ("format_", "read"),
    [("gexf", nx.read_gexf), ("graphml", nx.read_graphml),
     ("json", lambda path: nx.node_link_graph(json.loads(Path(path).read_text()), edges="edges"))],
)  # fmt: skip
def test_graph_is_written(project: Cli, format_: str, read: Callable[[str], nx.MultiDiGraph]) -> None:
    result = project("graph", "--format", format_, "-o", "claims.out")
    assert result.exit_code == 0
    graph = read("claims.out")
    assert result.stderr == f"{len(graph)} nodes, {graph.size()} edges\n"
    assert sum(its == "claim" for _, its in graph.nodes(data="type")) == 5


def test_graph_goes_to_standard_output(project: Cli) -> None:
    assert len(json.loads(project("graph", "--format", "json").stdout)["nodes"]) == 16


def test_graph_of_some_claims_has_those_that_relate_to_them(project: Cli) -> None:
    with Tracker("claims.db") as tracker:
        claims = {its["text"] for _, its in tracker.graph(speaker="lund").nodes(data=True) if its["type"] == "claim"}
    assert claims == {"the cranes fail.", "the cranes cost $5m and $6m.", "the cranes are safe."}


def test_graph_of_no_claims_says_why(project: Cli) -> None:
    result = project("graph", "--speaker", "nobody", "-o", "none.gexf")
    assert "No claim fits --speaker nobody" in result.stderr


def test_graph_that_cannot_be_written_is_told(project: Cli) -> None:
    result = project("graph", "-o", "none/claims.gexf")
    assert result.exit_code == 1 and "none/claims.gexf: cannot be written" in result.stderr


def test_graph_follows_merges_also_where_a_speaker_is_not_the_main_one(project: Cli) -> None:
    with Tracker("claims.db") as tracker:
        tracker.merge("Lund", "Moe Orlo")
        graph = tracker.graph()
    said = [its["label"] for who, its in graph.nodes(data=True) if its["type"] == "speaker"]
    assert sorted(said) == ["Ida Brandt", "Moe Orlo", "Somebody"]


def test_a_dispute_across_narrower_topics_counts_for_the_wider_one(project: Cli, tmp_path: Path) -> None:
    with Tracker("claims.db") as tracker:
        works, denial, *_ = tracker.ids(Filters())
        tracker.edit(works, topic="Their price")
        tracker.edit(denial, topic="Their end")
        with tracker.project.writing() as connection:
            narrower = [topic for topic in topics.load(connection) if topic.name.startswith("Their")]
            topics.add(connection, [Topic("t_port", "The port"), *(replace(t, parent="t_port") for t in narrower)])
        graph = tracker.graph()
    assert [(dispute.name, dispute.part_of) for dispute in disputed(graph)] == [("The port", None)]
    draw_topic(graph, find(graph, "topic", "port"), tmp_path / "port.svg")
    assert "Lund" in (tmp_path / "port.svg").read_text()


def test_copies_lead_to_the_first_that_was_published(project: Cli) -> None:
    with Tracker("claims.db") as tracker:
        with tracker.project.writing() as connection:
            duplicates.add(connection, [("three", "two", 0.9), ("two", "one", 0.8)])
        with tracker.project.reading() as connection:
            assert duplicates.copies(connection) == {"two": "one", "three": "one"}
        copies = [(a, b) for a, b, kind in tracker.graph().edges(data="kind") if kind == "copy_of"]
    assert copies == [("article:two", "article:one"), ("article:three", "article:one")]


def test_ask_disputed(project: Cli) -> None:
    (row,) = rows(project("ask", "disputed", "--format", "csv"))
    assert (row["topic"], row["contradictions"], row["who"]) == ("The cranes", "1", "Ida Brandt; Lund")


def test_disputes_and_the_graph_name_the_topics_of_the_project(cli: Cli, tmp_path: Path) -> None:
    text = "Ida Brandt said: the leak sent 14 to hospital.\nLund said: the leak sent 40 to hospital.\n"
    with Tracker("claims.db", extractor=SayingExtractor(), relater=FakeRelater(TOPICS)) as tracker:
        tracker.add([Article("one", text)])
        tracker.relate()
        graph = tracker.graph()
    topic = find(graph, "topic", LEAK.name)
    assert topic == f"topic:{LEAK.id}" and graph.nodes[topic]["words"] == "leak, treated"
    # The claims hang on the matter, the matter on its story.
    assert [graph.nodes[node]["label"] for node in graph.successors(topic)] == ["Halden"]
    (row,) = rows(cli("ask", "disputed", "--format", "csv"))
    assert (row["topic"], row["who"]) == ("Chlorine leak at Halden", "Ida Brandt; Lund")


def test_ask_disputed_takes_filters(project: Cli) -> None:
    result = project("ask", "disputed", "--since", "2022-06-01")
    assert result.stdout == "" and "No topic here on which two sides contradict each other." in result.stderr


def test_ask_matrix(project: Cli) -> None:
    assert rows(project("ask", "matrix", "--format", "csv")) == [
        {"speaker": "Ida Brandt", "Ida Brandt": "0", "Lund": "1"}, {"speaker": "Lund", "Ida Brandt": "1", "Lund": "0"},
    ]  # fmt: skip
    agreeing = json.loads(project("ask", "matrix", "--relation", "agrees", "--format", "json").stdout)
    assert [row["speaker"] for row in agreeing] == ["Lund", "Moe Orlo"]
    table = project("ask", "matrix").stdout.splitlines()
    assert [line.split() for line in table if "Lund" in line] == [["2", "Lund", "1"]]


def test_ask_changed(project: Cli) -> None:
    steps = rows(project("ask", "changed", "brandt", "--format", "csv"))
    assert [(row["day"], row["claim"], row["reason"]) for row in steps] == [
        ("2022-05-28", "the cranes cost $5m and $6m.", ""), ("2022-06-01", "the cranes may fail.", "less sure"),
    ]  # fmt: skip
    assert "Lund has revised nothing" in project("ask", "changed", "Lund").stderr


def test_ask_about_nobody_is_an_error(project: Cli) -> None:
    result = project("ask", "changed", "Nobody")
    assert result.exit_code == 1 and result.stderr == (
        "Error: no speaker here is called 'Nobody'; claimtrack speakers lists them\n"
    )


def test_ask_finds_a_speaker_by_a_merged_name(project: Cli) -> None:
    with Tracker("claims.db") as tracker:
        tracker.merge("Lund", "Moe Orlo")
    assert "Moe Orlo has revised nothing" in project("ask", "changed", "lund").stderr


def test_ask_witnesses(project: Cli) -> None:
    with Tracker("claims.db") as tracker:
        denial = tracker.ids(Filters(speaker="lund"))[0]
    result = project("ask", "witnesses", denial[:12], "--format", "csv")
    assert [(row["witness"], row["speaker"]) for row in rows(result)] == [("1", "Lund"), ("2", "Moe Orlo")]
    assert result.stderr == "2 independent witnesses.\n"


def test_ask_witnesses_of_a_claim_that_was_rejected(project: Cli) -> None:
    with Tracker("claims.db") as tracker:
        denial = tracker.ids(Filters(speaker="lund"))[0]
        tracker.edit(denial, status="rejected")
    assert "Lund" in project("ask", "witnesses", denial).stdout


def test_ask_path_in_words(project: Cli) -> None:
    assert project("ask", "path", "brandt", "orlo").stdout == (
        "Ida Brandt said “the cranes cost $5m and $6m”, which contradicts “the cranes fail”, which Lund said.\n"
        "Lund said “the cranes fail”, which agrees with “the cranes are safe”, which Moe Orlo said.\n"
    )
    assert project("ask", "path", "brandt", "somebody").stderr == "Nothing connects Ida Brandt and Somebody.\n"
    assert project("ask", "path", "brandt", "brandt").stderr.endswith("are one speaker.\n")


START = {"png": b"\x89PNG", "svg": b"<?xml"}


@pytest.mark.parametrize("picture", [("matrix",), ("timeline", "cranes"), ("graph", "cranes")])
@pytest.mark.parametrize("end", START)
def test_plot_is_drawn(project: Cli, picture: tuple[str, ...], end: str) -> None:
    result = project("plot", *picture, "-o", f"p.{end}")
    assert result.exit_code == 0, result.stderr
    assert Path(f"p.{end}").read_bytes().startswith(START[end])


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("matrix", "--speaker", "somebody"), "no two speakers here contradict each other or agree"),
        (("timeline", "nothing"), "no topic here is called 'nothing'"),
        (("graph", "nothing"), "no topic here is called 'nothing'"),
    ],
)
def test_plot_of_nothing_says_so(project: Cli, command: tuple[str, ...], message: str) -> None:
    result = project("plot", *command, "-o", "p.png")
    assert result.exit_code == 1 and message in result.stderr and not Path("p.png").exists()


def test_plot_needs_matplotlib_and_says_how_to_get_it(project: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    result = project("plot", "matrix", "-o", "p.png")
    assert result.exit_code == 1
    assert result.stderr == "Error: plots need matplotlib; install it with: pip install 'claimtrack[plot]'\n"


def test_plot_of_another_kind_is_refused(project: Cli) -> None:
    result = project("plot", "matrix", "-o", "p.gif")
    assert result.exit_code == 1 and "p.gif: a plot is written as PNG or SVG" in result.stderr


def test_plot_that_cannot_be_written_is_told(project: Cli, tmp_path: Path) -> None:
    with Tracker("claims.db") as tracker:
        graph = tracker.graph()
    with pytest.raises(InputError, match="cannot be written"):
        draw_matrix(graph, tmp_path / "none" / "p.png")


def test_plot_of_a_topic_without_contradictions_says_so(project: Cli, tmp_path: Path) -> None:
    with Tracker("claims.db") as tracker:
        tracker.edit(tracker.ids(Filters(speaker="somebody"))[0], topic="Silence")
        graph = tracker.graph()
    topic = find(graph, "topic", "Silence")
    with pytest.raises(ProjectError, match="Silence: nobody contradicts or agrees"):
        draw_topic(graph, topic, tmp_path / "p.png")
    draw_timeline(graph, topic, tmp_path / "p.png")
    assert (tmp_path / "p.png").exists()


def test_timeline_tells_the_outlet_once_also_of_two_speakers_with_one_name(project: Cli, tmp_path: Path) -> None:
    with Tracker("claims.db") as tracker:
        graph = tracker.graph()
    for node in (speaker_id("Lund"), speaker_id("Moe Orlo")):
        graph.nodes[node]["label"] = "fire service"
    draw_timeline(graph, find(graph, "topic", "cranes"), tmp_path / "t.svg")
    drawn = (tmp_path / "t.svg").read_text()
    assert "fire service (Coast Courier)" in drawn and "(Coast Courier) (Coast Courier)" not in drawn


def test_pictures_hold_any_name(project: Cli, tmp_path: Path) -> None:
    with Tracker("claims.db") as tracker:
        graph = tracker.graph()
    names = {"Lund": "$x^2$ \x00\ud800 " + "n" * 90, "Ida Brandt": "中文 " * 30}
    for its in graph.nodes.values():
        its["label"] = names.get(its["label"], its["label"])
    topic = find(graph, "topic", "cranes")
    draw_matrix(graph, tmp_path / "m.svg")
    draw_timeline(graph, topic, tmp_path / "t.svg")
    draw_topic(graph, topic, tmp_path / "g.svg")
    assert {path.name for path in tmp_path.glob("*.svg")} == {"m.svg", "t.svg", "g.svg"}


def test_the_same_graph_is_the_same_picture(project: Cli, tmp_path: Path) -> None:
    with Tracker("claims.db") as tracker:
        graph = tracker.graph()
    for name in ("a.svg", "b.svg"):
        draw_matrix(graph, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


@pytest.mark.parametrize(
    ("text", "expected"),
    [("short", "short"), ("a\x1b[1m\nb", "a [1m b"), ("one two three four", "one two …"), ("n" * 20, "n" * 12 + "…")],
)
def test_texts_in_pictures_are_plain_and_short(text: str, expected: str) -> None:
    assert plain(text, 12) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ""), ("Ida Brandt", "Ida Brandt"), ("the report by the office", "the report by\nthe office")],
)
def test_labels_have_two_lines_at_most(text: str, expected: str) -> None:
    assert label(text, 13) == expected


def test_speaker_ids_in_the_graph_are_those_of_the_project(project: Cli) -> None:
    with Tracker("claims.db") as tracker:
        assert speaker_id("Lund") in tracker.graph()


@pytest.mark.models
def test_the_annotated_relations_of_an_example_give_answers(extractor: Any) -> None:
    articles = [item for item in read_articles([str(GOLD.parent)]) if isinstance(item, Article)]
    leak = [article for article in articles if "halden-leak" in (article.path or "")]
    claims = {claim.id: claim for _, found in extractor.extract_all(leak) for claim in found}
    found = gold_relations(claims.values())
    relations = [Relation(r.id, r.kind, claims[r.a], claims[r.b], r.score, r.reason, r.evidence) for r in found]
    graph = graph_of(claims.values(), relations, topic_of=dict.fromkeys(claims, "leak"))
    (dispute,) = disputed(graph)
    assert dispute.contradictions >= 10 and "Ida Brandt" in dispute.sides
    assert path(graph, find(graph, "speaker", "Ida Brandt"), find(graph, "speaker", "Samuel Oduya"))
