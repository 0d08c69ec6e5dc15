"""A project in other programs' formats: what fits the filters, as people corrected it, and back from a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result
from support import SayingExtractor, saying, sayings

from claimtrack.errors import ExportError, ProjectError
from claimtrack.export import FORMATS
from claimtrack.export.rows import COLUMNS
from claimtrack.model import Article, Attribution, Claim, Span, Speaker, claim_id, speaker_id
from claimtrack.store import Filters
from claimtrack.store.relations import Found, add
from claimtrack.tracker import Tracker

Cli = Callable[..., Result]

ARTICLES = [
    {"text": "Ida Brandt said: the cranes at Halden work.\nLund denied: the cranes fail.\n", "outlet": "Coast Courier",
     "title": "Cranes", "published": "2022-05-28", "author": "Ann Roe"},
    {"text": "Ida Brandt said: the strike is over.\n", "outlet": "Meridian Wire", "title": "Strike",
     "published": "2022-06-01"},
    {"text": "Nobody talks here at all.\n", "outlet": "Evening Ledger", "title": "Silence"},
]  # fmt: skip


@pytest.fixture
def folder(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run commands beside ``articles.jsonl``; extraction needs no models."""
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", lambda nlp="", aliases=(): SayingExtractor())
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ARTICLES))
    return tmp_path


@pytest.fixture
def project(cli: Cli, folder: Path) -> Path:
    """A folder with a project, ``claims.db``: three claims, of which the first two contradict each other."""
    assert cli("track", "articles.jsonl").exit_code == 0
    with Tracker("claims.db") as tracker, tracker.project.writing() as connection:
        first, second, third = tracker.ids(Filters())
        add(connection, [Found("contradicts", first, second, 0.9, "one denies"),
                         Found("updates", second, third, 0.5, "later")])  # fmt: skip
    return folder


def sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The sheets of a workbook by name, each as rows by column."""
    tables = {sheet.title: list(sheet.values) for sheet in openpyxl.load_workbook(path)}
    return {name: [dict(zip(head, row, strict=True)) for row in rows] for name, (head, *rows) in tables.items()}


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "table"])
def test_every_format_takes_a_project(cli: Cli, project: Path, format_: str) -> None:
    result = cli("export", format_, "-o", "out")
    assert result.exit_code == 0 and (project / "out").exists()
    assert result.stderr == "3 claims in 2 articles\n"


def test_workbook_of_a_project_has_its_relations_and_all_its_articles(cli: Cli, project: Path) -> None:
    cli("export", "xlsx", "-o", "all.xlsx")
    book = sheets(project / "all.xlsx")
    assert [row["speaker_name"] for row in book["claims"]] == ["Ida Brandt", "Lund", "Ida Brandt"]
    assert [(row["speaker_name"], row["claims"]) for row in book["speakers"]] == [("Ida Brandt", 2), ("Lund", 1)]
    assert [row["kind"] for row in book["relations"]] == ["contradicts", "updates"]
    told = {row["article_title"]: (row["claims"], row["article_author"]) for row in book["articles"]}
    assert told == {"Cranes": (2, "Ann Roe"), "Strike": (1, None), "Silence": (0, None)}


@pytest.mark.parametrize(
    ("options", "claims", "relations", "articles"),
    [
        (["--speaker", "brandt"], 2, 2, 2),
        (["--since", "June 1"], 1, 1, 1),
        (["--outlet", "courier", "--commitment", "denied"], 1, 2, 1),
        (["--text", "strike"], 1, 1, 1),
        (["--status", "accepted"], 0, 0, 3),
        (["--speaker", "nobody"], 0, 0, 0),
    ],
)
def test_filters_choose_claims_with_the_relations_they_are_in(
    cli: Cli, project: Path, options: list[str], claims: int, relations: int, articles: int
) -> None:
    result = cli("export", "xlsx", "-o", "some.xlsx", *options)
    book = sheets(project / "some.xlsx")
    assert result.exit_code == 0
    assert (len(book["claims"]), len(book["relations"]), len(book["articles"])) == (claims, relations, articles)
    assert ("No claim fits" in result.stderr) is (claims == 0)


def test_what_people_decided_is_what_goes_out(cli: Cli, project: Path) -> None:
    with Tracker("claims.db") as tracker:
        first, _, third = tracker.ids(Filters())
        tracker.edit(first, speaker="Moira Teale")
        tracker.edit(third, status="rejected")
        (relation,) = [r.id for r in tracker.each_relation() if r.kind == "contradicts"]
    cli("export", "xlsx", "-o", "a.xlsx")
    book = sheets(project / "a.xlsx")
    assert [row["speaker_name"] for row in book["claims"]] == ["Moira Teale", "Lund"]
    # The other one leads to a claim that was rejected.
    assert [row["relation_id"] for row in book["relations"]] == [relation]
    with Tracker("claims.db") as tracker:
        tracker.judge_relation(relation, "rejected")
    cli("export", "xlsx", "-o", "b.xlsx")
    assert sheets(project / "b.xlsx")["relations"] == []
    cli("export", "xlsx", "--status", "all", "-o", "c.xlsx")
    book = sheets(project / "c.xlsx")
    assert (len(book["claims"]), len(book["relations"])) == (3, 2)


def test_project_may_be_named_and_a_missing_one_says_what_to_do(cli: Cli, project: Path) -> None:
    (project / "claims.db").rename(project / "other.db")
    for arguments, options in ((["-p", "other.db"], {}), ([], {"env": {"CLAIMTRACK_PROJECT": "other.db"}})):
        assert len(cli("export", "jsonl", *arguments, **options).stdout.splitlines()) == 3
    missing = cli("export", "xlsx", "-o", "claims.xlsx")
    assert missing.exit_code == 1 and not (project / "claims.xlsx").exists() and not (project / "claims.db").exists()
    assert missing.stderr == (
        "Error: claims.db: no project there; make one with claimtrack track, or name yours with --project\n"
    )


def test_empty_project_gives_an_empty_file_and_says_how_to_fill_it(cli: Cli, tmp_path: Path) -> None:
    Tracker(tmp_path / "claims.db").close()
    result = cli("export", "json")
    assert result.exit_code == 0 and json.loads(result.stdout) == [] and "claimtrack track FOLDER" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["articles.jsonl", "--speaker", "brandt"], "--speaker is for the claims of a project"),
        (["articles.jsonl", "--project", "claims.db"], "--project is for the claims of a project"),
        (["articles.jsonl", "--superseded"], "--superseded is for the claims of a project"),
        (["--follow"], "--follow is for reading articles"),
        (["--any-language"], "--any-language is for reading articles"),
        (["--nlp", "stanza"], "--nlp is for reading articles"),
        (["--aliases", "a.csv"], "--aliases is for reading articles"),
        (["--kind", "loud"], "is not one of"),
    ],
)
def test_options_that_would_do_nothing_are_usage_errors(
    cli: Cli, project: Path, arguments: list[str], message: str
) -> None:
    result = cli("export", "jsonl", *arguments)
    assert result.exit_code == 2 and message in result.stderr and result.stdout == ""


def test_paths_are_read_without_the_project_that_the_environment_names(cli: Cli, folder: Path) -> None:
    result = cli("export", "jsonl", "articles.jsonl", "--any-language", env={"CLAIMTRACK_PROJECT": "none.db"})
    assert result.exit_code == 0 and len(result.stdout.splitlines()) == 3
    assert result.stderr == "3 claims in 3 articles\n" and not (folder / "none.db").exists()


def test_own_speakers_and_linked_pages_are_understood_as_in_extract(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def reading(paths: Iterable[str], any_language: bool, follow: bool) -> Iterator[Article]:
        seen.append((any_language, follow))
        yield saying("Ann said: good.\n")

    def extractor(nlp: str, aliases: tuple[Any, ...] = ()) -> SayingExtractor:
        seen.append([alias.name for alias in aliases])
        return SayingExtractor()

    monkeypatch.setattr("claimtrack.cli.export.read_articles", reading)
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", extractor)
    (folder / "own.csv").write_text("alias,name,kind,part_of\nthe Harbour,Halden Port Authority,organisation,\n")
    assert cli("export", "csv", "x", "--follow", "--aliases", "own.csv").exit_code == 0
    assert seen == [(False, True), ["Halden Port Authority"]]
    bad = cli("export", "csv", "x", "--aliases", "none.csv")
    assert bad.exit_code == 1 and bad.stderr.startswith("Error: none.csv") and bad.stderr.count("\n") == 1


def test_tracker_exports_in_one_call(project: Path) -> None:
    with Tracker("claims.db") as tracker:
        assert tracker.export("xlsx", project / "claims.xlsx", speaker="Ida Brandt", since="2022-06-01") == ()
        stream = io.StringIO()
        tracker.export("jsonl", stream, no_text=True)
        with pytest.raises(ProjectError, match="since: 'soon' is no day"):
            tracker.export("csv", project / "a.csv", since="soon")
        with pytest.raises(ExportError, match="docx: no such format"):
            tracker.export("docx", project / "a.docx")
    assert len(sheets(project / "claims.xlsx")["claims"]) == 1
    assert stream.getvalue().count("\n") == 3
    assert not [word for word in ("cranes", "Ann Roe", "Strike") if word in stream.getvalue()]
    assert not list(project.glob("a.*"))


def test_articles_are_listed_with_their_authors(cli: Cli, project: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("articles", "--format", "csv", "--encoding", "utf-8").stdout)))
    assert {row["title"]: row["author"] for row in rows} == {"Cranes": "Ann Roe", "Strike": "", "Silence": ""}
    assert json.loads(cli("claims", "--format", "json").stdout)[0]["article"]["author"] == "Ann Roe"


HARD = '- "No," she said;\n\t=never, ever\r\n\'tis so'
"""A content with what a spreadsheet and a CSV reader stumble over."""


class HardExtractor:
    """Finds one claim with :data:`HARD`, joint and with names passed over, before what the lines say."""

    def extract_all(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim]]]:
        for article in articles:
            cue, content = Span(0, 4), Span(article.text.index(HARD), article.text.index(HARD) + len(HARD))
            speaker = Speaker(speaker_id("Ida Brandt"), "Ida Brandt", "person", resolved_by="name",
                              confidence=0.6, alternatives=("Ann Roe", "-B"))  # fmt: skip
            other = Speaker(speaker_id("Lund"), "Lund", "person", resolved_by="name")
            hard = Claim(claim_id(article.id, (cue,), (content,)), article, Attribution((cue,), (content,)), speaker,
                         HARD, co_speakers=(other, speaker))  # fmt: skip
            yield article, [hard, *sayings(article)]


@pytest.mark.parametrize("command", [["export", "csv"], ["claims", "--format", "csv"]])
def test_csv_goes_out_two_cells_change_and_claims_show_them(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    with Tracker("claims.db", extractor=HardExtractor()) as tracker:
        tracker.add([saying(f"said {HARD}\nLund denied: the cranes fail.\n", id="1", outlet="=Courier")])
    assert cli(*command, "-o", "claims.csv").exit_code == 0
    untouched = cli("import-review", "claims.csv")
    assert (untouched.exit_code, untouched.stderr) == (0, "claims.csv: 2 rows, 0 values changed, 0 problems\n")

    text = (tmp_path / "claims.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0])[: len(COLUMNS)] == COLUMNS and rows[0]["content_text"] == "'" + HARD
    rows[0]["speaker_name"], rows[1]["commitment"] = "Moira Teale", "hedged"
    with (tmp_path / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    changed = cli("import-review", "claims.csv")
    assert changed.exit_code == 0 and "Notice" not in changed.stderr
    # Each correction accepts its claim.
    assert changed.stderr.endswith("claims.csv: 2 rows, 4 values changed, 0 problems\n")

    claims = json.loads(cli("claims", "--format", "json").stdout)
    assert [(c["speaker"]["name"], c["commitment"], c["status"]) for c in claims] == [
        ("Moira Teale", "neutral", "accepted"), ("Lund", "hedged", "accepted")
    ]  # fmt: skip
    assert claims[0]["content"]["text"] == HARD and claims[0]["proposition"] == HARD
    assert "Moira Teale" in cli("export", "jsonl", "--speaker", "teale").stdout


@pytest.fixture
def grouped(cli: Cli, folder: Path) -> Path:
    """A folder with a project whose topics and relations were found: two cranes claims contradict each other."""
    from relating import CRANES, FakeRelater

    relater = FakeRelater([CRANES], lambda a, b: ("contradicts", "one denies what the other says"))
    with Tracker("claims.db", extractor=SayingExtractor(), relater=relater) as tracker:
        tracker.add([folder / "articles.jsonl"])
        tracker.relate()
    return folder


def test_topics_and_relations_found_go_out_by_their_names(cli: Cli, grouped: Path) -> None:
    assert cli("export", "xlsx", "-o", "all.xlsx").exit_code == 0
    book = sheets(grouped / "all.xlsx")
    assert [row["topic"] for row in book["claims"]] == ["Cranes at Halden", "Cranes at Halden", None]
    ((a, b),) = [(row["a_speaker_name"], row["b_speaker_name"]) for row in book["relations"]]
    assert (a, b) == ("Ida Brandt", "Lund") and book["relations"][0]["evidence"].startswith('{"rules"')
    assert cli("export", "vault", "-o", "notes").exit_code == 0
    note = (grouped / "notes" / "topics" / "Cranes at Halden.md").read_text(encoding="utf-8")
    assert "one denies what the other says (suggested, 0.90)" in note
    lines = cli("export", "jsonl").stdout.splitlines()
    assert [json.loads(line)["topic"] for line in lines] == ["Cranes at Halden", "Cranes at Halden", None]
    assert "Cranes at Halden" in cli("export", "csv", "--topic", "crane").stdout


def test_export_of_a_topic_holds_its_relations_only(cli: Cli, grouped: Path) -> None:
    cli("export", "xlsx", "-o", "some.xlsx", "--text", "strike")
    assert sheets(grouped / "some.xlsx")["relations"] == []


def test_topic_in_a_corrected_table_is_taken_over_by_its_name(cli: Cli, grouped: Path) -> None:
    cli("claims", "--format", "csv", "-o", "c.csv")
    table = (grouped / "c.csv").read_text(encoding="utf-8-sig")
    assert cli("import-review", "c.csv").stderr.count("topic") == 0
    (grouped / "c.csv").write_text(table.replace("Cranes at Halden", "Port cranes", 1), encoding="utf-8")
    assert cli("import-review", "c.csv").exit_code == 0
    with Tracker("claims.db") as tracker:
        assert tracker.claims().topic.fillna("").tolist() == ["Port cranes", "Cranes at Halden", ""]
