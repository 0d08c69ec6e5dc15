"""Why a claim has its speaker: ``extract --explain``, ``why FILE:LINE``, and their unhappy paths."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from support import SayingExtractor, saying

from claimtrack.export.explain import explanation, lines_of, stored_explanation
from claimtrack.model import Article, Attribution, Claim, Span, Speaker
from claimtrack.speakers.places import Alias
from claimtrack.tracker import Tracker

TEXT = "Anna Lund met Eva Holm.\n\nShe said it was late.\n"

ARTICLE = (
    "The mayor, Lena Castell, met Anton Krell on Tuesday.\n\n"
    "“We were never warned,” she told reporters.\n\n"
    "Castell and Krell said that the gate was shut.\n"
)


def claim(speaker: Speaker | None) -> Claim:
    attribution = Attribution((Span(29, 33),), (Span(34, 45),), (Span(25, 28),))
    return Claim("c", Article("a", TEXT, path="a.txt"), attribution, speaker)


def test_explanation_tells_mention_rule_and_what_was_weighed() -> None:
    speaker = Speaker(
        "s", "Anna Lund", "person", role="mayor", mention="She", resolved_by="pronoun: who spoke last", confidence=0.8,
        alternatives=("Eva Holm",), reasons=("Anna Lund 3.0 (subject +1.2)", "Eva Holm 1.0 ()"),
    )  # fmt: skip
    assert explanation(claim(speaker)).splitlines() == [
        "a.txt:3 She said: it was late",
        "  speaker      Anna Lund (person, mayor)",
        "  mention      She",
        "  rule         pronoun: who spoke last, confidence 0.80",
        "  weighed      Anna Lund 3.0 (subject +1.2)",
        "               Eva Holm 1.0 ()",
    ]


def test_explanation_tells_that_nobody_is_meant() -> None:
    assert explanation(claim(None)).endswith("nobody: the text supports nobody")


def test_lines_of_a_claim() -> None:
    assert lines_of(claim(None)) == {3}


@pytest.mark.parametrize(
    ("args", "complaint", "code"),
    [
        (["why", "a.txt"], "is no FILE:LINE", 2),
        (["why", "a.txt:0"], "is no FILE:LINE", 2),
        (["why", "a.txt:99"], "has 4 lines, no line 99", 1),
        (["why", "none.txt:1"], "none.txt", 1),
        (["why", "t.csv:1"], "give a text file", 1),
        (["why", "c_"], "claims.db: no project there", 1),
        (["why", "zz"], "is no FILE:LINE and no id of a claim", 2),
        (["why", "c_12", "--project", "a.txt"], "no claimtrack project", 1),
        (["track", "a.txt", "--aliases", "none.csv"], "none.csv: cannot be read", 1),
        (["extract", "a.txt", "--explain", "--format", "csv"], "--explain is for people", 2),
        (["extract", "a.txt", "--aliases", "none.csv"], "none.csv: cannot be read", 1),
    ],
)
def test_what_cannot_be_explained_is_told(
    cli: Callable[..., Result], tmp_path: Path, args: list[str], complaint: str, code: int
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "t.csv").write_text("text\nAnna Lund met Eva Holm in the old town and said it was late.\n")
    result = cli(*args)
    assert result.exit_code == code and complaint in result.output
    assert "Traceback" not in result.output


@pytest.fixture
def stored(cli: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """Run commands in a folder with a project: Lund of the second article is Anna Lund of the first."""
    with Tracker(tmp_path / "claims.db", extractor=SayingExtractor(), who="ann") as tracker:
        tracker.add([saying("Anna Lund said: the gate was shut.\n", path="a.txt")])
        tracker.add([saying("Late news.\nLund denied: the gate was open.\n", path="b.txt")])
    return cli


def id_of(stored: Callable[..., Result], text: str) -> str:
    (row,) = (json.loads(line) for line in stored("claims", "--text", text, "--format", "jsonl").stdout.splitlines())
    return str(row["claim_id"])


@pytest.mark.parametrize(("prefix", "complaint"), [("c_zz", "no claim begins with 'c_zz'"), ("c_", "begins several")])
def test_claim_that_is_not_clear_is_told(stored: Callable[..., Result], prefix: str, complaint: str) -> None:
    result = stored("why", prefix)
    assert result.exit_code == 1 and complaint in result.stderr and result.stderr.count("\n") == 1


def test_why_of_a_claim_tells_mention_rule_merge_attribution_and_reviews(stored: Callable[..., Result]) -> None:
    id_ = id_of(stored, "open")
    stored("edit", id_, "--topic", "gates", "--why", "see the map")
    today = f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m}"
    lines = stored("why", id_[:10]).stdout.replace(today, "2025-03").splitlines()
    assert lines[:4] == [
        "b.txt:2 Lund denied: the gate was open.",
        "  speaker      Anna Lund (person)",
        "  mention      Lund",
        "  rule         name, confidence 1.00",
    ]
    assert lines[4].startswith("  merged       Lund is Anna Lund: ") and "borne by nobody else (2025-03-" in lines[4]
    assert lines[4].endswith(", claimtrack)")
    assert lines[5:7] == [
        "  attribution  confidence 1.00, indirect, cue is denied, statement", "  status       accepted"
    ]  # fmt: skip
    assert lines[7].endswith(" topic: (empty) → gates (see the map)") and "status: suggested → accepted" in lines[8]
    assert lines[9:] == [f"  claim        {id_}"]


def test_why_follows_what_people_decide(stored: Callable[..., Result]) -> None:
    id_ = id_of(stored, "open")
    assert "  merged " not in stored("why", id_of(stored, "shut")).stdout
    stored("split", "Lund")
    assert "Lund (person)" in stored("why", id_).stdout and "  merged " not in stored("why", id_).stdout
    stored("edit", id_, "--speaker", "Moira Teale")
    told = stored("why", id_).stdout
    assert "rule         review" in told and "passed over  Lund" in told
    stored("undo")
    assert ", taken back" in stored("why", id_).stdout


def test_why_of_a_claim_tells_what_the_rule_weighed() -> None:
    speaker = Speaker(
        "s", "Anna Lund", "person", mention="She", resolved_by="pronoun", confidence=0.8,
        alternatives=("Eva Holm", "Ida Ro"), reasons=("Anna Lund 3.0 (subject)", "Eva Holm 1.0 ()"),
    )  # fmt: skip
    told = stored_explanation(claim(speaker), "suggested", [], [])
    assert told.splitlines()[3:7] == [
        "  rule         pronoun, confidence 0.80",
        "  weighed      Anna Lund 3.0 (subject)",
        "               Eva Holm 1.0 ()",
        "  passed over  Ida Ro",
    ]


def test_aliases_of_a_file_reach_the_extractor_of_a_project(
    cli: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    def extractor(nlp: str, aliases: tuple[Alias, ...]) -> SayingExtractor:
        given.extend(aliases)
        return SayingExtractor()

    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", extractor)
    (tmp_path / "a.txt").write_text("Anna Lund said: the gate was shut.\n")
    (tmp_path / "mine.csv").write_text("alias,name,kind,part_of\nHill House,Norland,government,\n")
    assert cli("track", "a.txt", "--aliases", "mine.csv").exit_code == 0
    assert given == [Alias("Hill House", "Norland", "government")]
    assert cli("track", "a.txt", "--aliases", "none.csv", "-p", "new.db").exit_code == 1
    assert not (tmp_path / "new.db").exists()


@pytest.mark.models
def test_why_explains_the_claims_of_a_line(cli: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    result = cli("why", "a.txt:3")
    assert result.exit_code == 0, result.output
    assert "Lena Castell (person, mayor)" in result.output and "pronoun" in result.output
    assert "no claim found" in cli("why", "a.txt:2").output


@pytest.mark.models
def test_explain_and_two_speakers(cli: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    assert "rule" in cli("extract", "a.txt", "--explain").output
    rows = [json.loads(line) for line in cli("extract", "a.txt", "--format", "jsonl").stdout.splitlines()]
    both = next(row for row in rows if row["co_speakers"])
    assert (both["speaker"]["name"], both["co_speakers"][0]["name"]) == ("Lena Castell", "Anton Krell")


@pytest.mark.models
def test_aliases_of_a_file_reach_the_claims(cli: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Moscow said on Tuesday that the gate was shut, and nobody in the town agreed.\n")
    (tmp_path / "mine.csv").write_text("alias,name,kind,part_of\nMoscow,Moscow city,government,Russia\n")
    output = cli("extract", "a.txt", "--aliases", "mine.csv", "--format", "jsonl").stdout
    assert json.loads(output.splitlines()[0])["speaker"]["name"] == "Moscow city"
