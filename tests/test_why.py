"""Why a claim has its speaker: ``extract --explain``, ``why FILE:LINE``, and their unhappy paths."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from claimtrack.export.explain import explanation, lines_of
from claimtrack.model import Article, Attribution, Claim, Span, Speaker

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
