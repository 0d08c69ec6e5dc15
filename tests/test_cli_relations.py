"""The commands about topics and relations as people meet them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from relating import TOPICS, FakeRelater
from support import SayingExtractor

from claimtrack.export.rows import relation_object
from claimtrack.store import Filters
from claimtrack.store.relations import VIEW_COLUMNS
from claimtrack.tracker import Tracker

Cli = Callable[..., Result]

ROWS = [
    {"text": "Ida Brandt said: the leak sent 14 people to hospital.\nMoira Teale said: the leak sent 40 people to "
             "hospital.\nBerg said: wages will rise.\n",
     "outlet": "Coast Courier", "title": "Leak", "published": "2022-05-28"},
    {"text": "Halden Hospital said: 40 people were treated.\nLund denied: 3 cranes failed.\nRoe said: 2 cranes "
             "failed.\n",
     "outlet": "Meridian Wire", "title": "Treated", "published": "2022-06-01"},
]  # fmt: skip


@pytest.fixture
def related(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run commands in a folder with a project of which claims were related; no models are needed."""
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", lambda nlp, aliases: SayingExtractor())
    monkeypatch.setattr("claimtrack.store.relate.Relater", lambda: FakeRelater(TOPICS))
    monkeypatch.setenv("CLAIMTRACK_REVIEWER", "ann")
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    result = cli("track", "articles.jsonl")
    assert result.exit_code == 0
    summary = "2 topics; 4 relations (1 agrees, 3 contradicts); 4 new, 0 no longer found"
    assert result.stderr.splitlines() == [
        "claims.db: 2 added, 0 known, 0 skipped, 0 failed; 6 claims", f"claims.db: {summary}"
    ]  # fmt: skip
    return cli


def rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


def pairs(result: Result) -> list[str]:
    return [f"{row['kind']} {row['speaker_a']}/{row['speaker_b']}" for row in rows(result)]


def id_of(cli: Cli, *options: str) -> str:
    return rows(cli("relations", "--format", "csv", *options))[0]["relation_id"]


def test_track_without_relating_leaves_it_for_later(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", lambda nlp, aliases: SayingExtractor())
    monkeypatch.setattr("claimtrack.store.relate.Relater", lambda: FakeRelater(TOPICS))
    (tmp_path / "a.txt").write_text("Ann said: 2 cranes work.\nBea said: 3 cranes work.\n")
    assert cli("track", "a.txt", "--no-relate").stderr.count("claims.db: ") == 1
    assert "No relations in this project yet; claimtrack relate looks for them." in cli("relations").stderr
    assert "No topics yet; claimtrack relate groups claims" in cli("topics").stderr
    assert cli("relate").stderr == "claims.db: 1 topic; 1 relation (1 contradicts); 1 new, 0 no longer found\n"
    assert cli("track", "a.txt").stderr.count("claims.db: ") == 1


def test_interrupted_relating_says_that_articles_are_kept(related: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> Any:
        raise KeyboardInterrupt

    Path("more.txt").write_text("Ann said: 2 cranes work.\n")
    monkeypatch.setattr(FakeRelater, "relate", stop)
    result = related("track", "more.txt")
    assert result.exit_code != 0 and "claimtrack relate goes on with their relations" in result.stderr
    assert json.loads(related("stats", "--format", "json").stdout)["claims"] == 7


def test_relations_as_table(related: Cli) -> None:
    table = related("relations", "--topic", "cranes").stdout
    assert "Kind" in table and "Lund" in table and "3 against 2" in table and "Brandt" not in table


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--kind", "agrees"], ["agrees Moira Teale/Halden Hospital"]),
        (["--speaker", "lund"], ["contradicts Lund/Roe"]),
        (["--topic", "crane"], ["contradicts Lund/Roe"]),
        (["--topic", "t_halden", "--kind", "agrees"], ["agrees Moira Teale/Halden Hospital"]),
        (["--outlet", "wire", "--commitment", "denied"], ["contradicts Lund/Roe"]),
        (["--since", "June 1", "--kind", "agrees"], ["agrees Moira Teale/Halden Hospital"]),
        (["--status", "accepted"], []),
        (["--limit", "1", "--topic", "crane"], ["contradicts Lund/Roe"]),
    ],
)
def test_filters_choose_relations(related: Cli, options: list[str], expected: list[str]) -> None:
    assert pairs(related("relations", "--format", "csv", *options)) == expected


def test_relations_as_csv_have_the_columns_of_the_view(related: Cli) -> None:
    result = related("relations", "--format", "csv", "--topic", "crane")
    assert result.stdout.splitlines()[0] == ",".join(VIEW_COLUMNS)
    (row,) = rows(result)
    assert (row["cue_a"], row["topic"], row["day_a"], row["claim_b"]) == (
        "denied", "Cranes at Halden", "2022-06-01", "2 cranes failed."
    )  # fmt: skip


def test_relations_as_json_lines_are_the_objects_of_the_contract(related: Cli) -> None:
    found = [json.loads(line) for line in related("relations", "--format", "jsonl").stdout.splitlines()]
    claims = {
        claim["claim_id"]: claim
        for claim in map(json.loads, related("claims", "--format", "jsonl").stdout.splitlines())
    }
    assert len(found) == 4
    for relation in found:
        assert list(relation) == ["relation_id", "kind", "a", "b", "score", "reason", "evidence", "status"]
        assert all(relation[side] == claims[relation[side]["claim_id"]] for side in "ab")
    with Tracker("claims.db") as tracker:
        known = {relation.id: relation_object(relation) for relation in tracker.each_relation()}
    assert {r["relation_id"]: (r["reason"], r["evidence"]) for r in found} == {
        id_: (r["reason"], r["evidence"]) for id_, r in known.items()
    }
    assert json.loads(related("relations", "--format", "json").stdout) == found


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["relations", "--kind", "updates", "--speaker", "lund"],
         "No relation fits --kind updates, --speaker lund: without --kind updates there is 1."),
        (["relations", "--status", "rejected"],
         "No relation fits --status rejected: without --status rejected there are 4."),
        (["relations", "--speaker", "zorro", "--topic", "crane"], "without --speaker zorro there is 1."),
        (["disputes", "--speaker", "berg"],
         "No contradiction fits --speaker berg: without --speaker berg there are 3."),
        (["relations", "--speaker", "zorro", "--topic", "no such thing"], "leave out more than one"),
        (["relations", "--limit", "1"], "1 of 4 relations; --limit 0 shows all, filters show fewer"),
        (["disputes", "--limit", "2"], "2 of 3 contradictions; --limit 0 shows all"),
        (["topics", "--name", "zorro"], "No topic has such a name; claimtrack topics lists all."),
    ],
)  # fmt: skip
def test_short_lists_say_what_would_widen_them(related: Cli, command: list[str], told: str) -> None:
    result = related(*command)
    assert result.exit_code == 0 and told in result.stderr


def test_nothing_but_rejected_relations_is_told(related: Cli) -> None:
    with Tracker("claims.db") as tracker:
        for id_ in tracker.suggested_relations():
            tracker.judge_relation(id_, "rejected")
    assert "with --status all there are 4" in related("relations").stderr
    assert "with --status all there are 3" in related("disputes").stderr
    assert len(rows(related("relations", "--status", "all", "--format", "csv"))) == 4


def test_disputes_stand_side_by_side_under_their_topic(related: Cli) -> None:
    lines = [line.rstrip() for line in related("disputes").stdout.splitlines()]
    assert max(map(len, lines)) <= 80
    assert lines[0] == "Chlorine leak at Halden (Halden): 2 contradictions"
    cranes = lines.index("Cranes at Halden (Halden): 1 contradiction")
    assert lines[cranes + 2 :][:5] == [
        "Lund, “denied”                          │ Roe, “said”",
        "Meridian Wire, 2022-06-01               │ Meridian Wire, 2022-06-01",
        "*3* cranes failed.                      │ *2* cranes failed.",
        "contradicts: 3 against 2",
        f"0.90, suggested, {id_of(related, '--topic', 'crane')[:10]}",
    ]


def test_disputes_in_colour_have_no_asterisks(related: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = related("disputes", "--topic", "crane").stdout
    assert "\x1b[1;33m3\x1b[0m cranes failed." in coloured and "*" not in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = related("disputes", "--topic", "crane").stdout
    assert "*3* cranes failed." in plain and "\x1b" not in plain


def test_disputes_as_data_are_contradictions(related: Cli) -> None:
    assert set(pairs(related("disputes", "--format", "csv", "--speaker", "brandt"))) == {
        "contradicts Ida Brandt/Halden Hospital", "contradicts Ida Brandt/Moira Teale"
    }  # fmt: skip


def test_topics_are_listed_with_their_numbers(related: Cli) -> None:
    table = related("topics").stdout
    assert "Chlorine leak at Halden" in table and "Within" in table
    told = {row["name"]: row for row in rows(related("topics", "--format", "csv"))}
    leak = told["Chlorine leak at Halden"]
    assert (leak["wider_topic"], leak["claims"], leak["speakers"], leak["outlets"]) == ("Halden", "3", "3", "2")
    assert (leak["first"], leak["last"], leak["agreements"], leak["contradictions"]) == (
        "2022-05-28", "2022-06-01", "1", "2"
    )  # fmt: skip
    assert [row["name"] for row in rows(related("topics", "--name", "crane", "--format", "csv"))] == [
        "Cranes at Halden"
    ]


def test_topics_of_an_empty_project(cli: Cli, tmp_path: Path) -> None:
    Tracker(tmp_path / "claims.db").close()
    assert "Nothing in this project yet" in cli("topics").stderr
    assert cli("topics", "--format", "csv").stdout.startswith("name,wider_topic,claims,")


def test_timeline_and_claims_take_topics(related: Cli) -> None:
    told = rows(related("timeline", "crane", "--format", "csv"))
    assert [row["speaker_name"] for row in told] == ["Lund", "Roe"]
    assert {row["topic"] for row in told} == {"Cranes at Halden"}
    assert len(rows(related("claims", "--topic", "t_halden", "--format", "csv"))) == 5


def test_show_lists_the_relations_of_a_claim(related: Cli) -> None:
    with Tracker("claims.db") as tracker:
        (lund,) = tracker.ids(Filters(speaker="lund"))
    id_ = id_of(related, "--topic", "crane")
    assert f"contradicts Roe (Meridian Wire, 2022-06-01): 3 against 2  {id_}" in related("show", lund).stdout
    with Tracker("claims.db") as tracker:
        tracker.judge_relation(id_, "accepted")
    assert f"3 against 2 [accepted]  {id_}" in related("show", lund).stdout


def test_why_tells_the_evidence_of_a_relation(related: Cli) -> None:
    id_ = id_of(related, "--kind", "agrees")
    with Tracker("claims.db") as tracker:
        tracker.judge_relation(id_, "accepted", "both lists are at hand")
    result = related("why", id_[:9])
    assert result.exit_code == 0
    told = [line.strip() for line in result.stdout.splitlines()]
    assert told[0] == f"{id_}  agrees, 0.90"
    assert told[1].startswith("first        Moira Teale (Coast Courier, 2022-05-28): the leak sent 40 people")
    for line in (
        "reason       both say 40", "rule         both say 40",
        "entailment   first to second: contradiction 0.90, neutral 0.06, entailment 0.04",
        "second to first: contradiction 0.70, neutral 0.20, entailment 0.10", "topic        Chlorine leak at Halden",
        "against it   first to second, the entailment model says contradiction (0.90), not entailment (0.04)",
        "status       accepted",
    ):  # fmt: skip
        assert line in told
    assert told[-1].endswith("ann status: suggested → accepted (both lists are at hand)")


@pytest.mark.parametrize(
    ("id_", "told"), [("r_zzz", "no relation r_zzz; claimtrack relations lists"), ("r_", "begins several relations")]
)
def test_why_of_no_single_relation_is_told_in_a_line(related: Cli, id_: str, told: str) -> None:
    result = related("why", id_)
    assert result.exit_code == 1 and told in result.stderr and result.stderr.count("\n") == 1


def test_review_walks_through_relations_of_the_claims_asked_for(related: Cli) -> None:
    result = related("review", "--speaker", "lund", input="a\na\nq\n")
    assert "because: 3 against 2 (0.90)" in result.stdout and "14 against 40" not in result.stdout
    assert pairs(related("relations", "--status", "accepted", "--format", "csv")) == ["contradicts Lund/Roe"]


def test_review_leaves_out_relations_of_claims_just_rejected(related: Cli) -> None:
    result = related("review", "--speaker", "lund", input="r\n")
    assert "1 decision; " in result.stderr and "because" not in result.stdout
    assert pairs(related("relations", "--topic", "crane", "--format", "csv")) == []


def test_stats_count_topics_and_relations(related: Cli) -> None:
    counted = json.loads(related("stats", "--format", "json").stdout)
    names = ("topics", "relations", "contradictions", "relations_to_review")
    assert tuple(counted[name] for name in names) == (2, 4, 3, 4)


def test_edited_topic_is_shown_by_its_name(related: Cli) -> None:
    with Tracker("claims.db") as tracker:
        (berg,) = tracker.ids(Filters(speaker="berg"))
    assert f"{berg[:10]} topic: (empty) → Wages" in related("edit", berg, "--topic", "Wages").stderr
    related("relate", "--again")
    assert [row["topic"] for row in rows(related("claims", "--speaker", "berg", "--format", "csv"))] == ["Wages"]
    assert "Wages" in related("topics").stdout


@pytest.mark.parametrize(
    ("reason", "listed", "disputed"),
    [
        ("Lund: 3 failed; Roe: 2 failed; 3 against 2; same day", "3 against 2; same day", "3 against 2; same day"),
        ("Lund: 3 failed; Roe: 2 failed; same day", "Lund: 3 failed; Roe: 2", "contradicts: same day"),
        ("Lund: 3 failed; Roe: 2 failed", "Lund: 3 failed; Roe: 2", "contradicts"),
    ],
)
def test_reasons_do_not_repeat_what_is_shown(related: Cli, reason: str, listed: str, disputed: str) -> None:
    with Tracker("claims.db") as tracker, tracker.project.writing() as connection:
        id_ = id_of(related, "--topic", "crane")
        connection.exec_driver_sql("UPDATE relations SET reason = ? WHERE id = ?", (reason, id_))
    table = " ".join(related("relations", "--topic", "crane").stdout.split())
    assert listed in table and reason in related("why", id_).stdout
    side_by_side = related("disputes", "--topic", "crane").stdout
    assert disputed in side_by_side and "Lund: 3" not in side_by_side
