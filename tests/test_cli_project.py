"""The commands about a project as people meet them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from support import SayingExtractor

from claimtrack.export.rows import COLUMNS
from claimtrack.tracker import Tracker

Cli = Callable[..., Result]

ONE = "Cranes\n\nIda Brandt said: the cranes at Halden work.\nLund denied: the cranes fail.\n"
TWO = "Brandt-Lie said: the strike is over.\n"


@pytest.fixture
def project(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run commands in a folder with a small project, ``claims.db``; extraction needs no models."""
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", lambda nlp, aliases: SayingExtractor())
    monkeypatch.setenv("CLAIMTRACK_REVIEWER", "ann")
    rows = [
        {
            "text": ONE,
            "outlet": "Coast Courier",
            "title": "Cranes",
            "published": "2022-05-28",
            "url": "https://c.example/1",
        },
        {"text": TWO, "outlet": "Meridian Wire", "title": "Strike", "published": "2022-06-01"},
    ]
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert cli("track", "articles.jsonl").exit_code == 0
    return cli


def ids(cli: Cli) -> list[str]:
    return [json.loads(line)["claim_id"] for line in cli("claims", "--format", "jsonl").stdout.splitlines()]


def test_commands_about_projects_load_no_models() -> None:
    code = (
        "import sys; from claimtrack import Tracker; "
        "print([m for m in ('torch', 'stanza', 'pandas', 'networkx', 'dateparser') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_track_counts_and_a_second_run_finds_nothing_new(project: Cli, tmp_path: Path) -> None:
    result = project("track", "articles.jsonl")
    assert result.exit_code == 0
    assert result.stderr == "claims.db: 0 added, 2 known, 0 skipped, 0 failed; 0 claims\n"


def test_track_tells_why_something_is_skipped_or_failed(project: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" ")
    (tmp_path / "german.txt").write_text("Der Hafenrat teilte mit, dass die Kräne am Montag nicht repariert werden.")
    (tmp_path / "strange.txt").write_text("Ann said: this text is unreadable to the models, who knows why.\n")
    (tmp_path / "good.txt").write_text("Ann said: good.\n")
    result = project("track", "empty.txt", "german.txt", "strange.txt", "good.txt")
    assert result.exit_code == 1 and result.stdout == ""
    assert "Error: empty.txt: no text in it" in result.stderr
    assert "Notice: german.txt: looks like de" in result.stderr
    assert "Error: strange.txt: cannot be analysed" in result.stderr
    assert result.stderr.endswith("claims.db: 1 added, 0 known, 1 skipped, 2 failed; 1 claim\n")


def test_track_again_keeps_corrections(project: Cli) -> None:
    project("edit", ids(project)[0], "--speaker", "Moira Teale")
    result = project("track", "--again")
    assert "2 extracted again" in result.stderr
    assert "Moira Teale" in project("claims").stdout


def test_track_without_anything_to_read_is_a_usage_error(project: Cli) -> None:
    assert "Usage: claimtrack track" in project("track").output
    assert project("track", "--again", "-p", "none.db").exit_code == 1


def test_project_may_be_named_by_option_or_environment(project: Cli, tmp_path: Path) -> None:
    (tmp_path / "claims.db").rename(tmp_path / "other.db")
    assert project("stats", "--project", "other.db").exit_code == 0
    assert project("stats", env={"CLAIMTRACK_PROJECT": "other.db"}).exit_code == 0
    missing = project("stats")
    assert missing.exit_code == 1
    assert missing.stderr == (
        "Error: claims.db: no project there; make one with claimtrack track, or name yours with --project\n"
    )
    assert not (tmp_path / "claims.db").exists()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--speaker", "brandt"], 2),
        (["--speaker", "LÜND"], 1),
        (["--since", "June 1"], 1),
        (["--until", "2022-05"], 2),
        (["--outlet", "courier", "--commitment", "denied"], 1),
        (["--text", "crane"], 2),
        (["--limit", "1"], 1),
    ],
)
def test_claims_are_filtered(project: Cli, options: list[str], expected: int) -> None:
    assert len(project("claims", *options, "--format", "jsonl").stdout.splitlines()) == expected


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (["--speaker", "brandt", "--since", "2023"], "without --since 2023-01-01 there are 2"),
        (["--speaker", "nobody"], "No claim fits --speaker nobody: without --speaker nobody there are 3."),
        (["--status", "accepted"], "without --status accepted there are 3"),
        (["--speaker", "nobody", "--text", "zebra"], "leave out more than one of them"),
    ],
)
def test_empty_list_says_what_would_widen_it(project: Cli, options: list[str], hint: str) -> None:
    result = project("claims", *options)
    assert result.exit_code == 0 and result.stdout == "" and hint in result.stderr


def test_empty_project_says_how_to_fill_it(cli: Cli, tmp_path: Path) -> None:
    Tracker(tmp_path / "claims.db").close()
    for command in ("claims", "speakers", "articles", "review"):
        assert "claimtrack track FOLDER" in cli(command).stderr


@pytest.mark.parametrize("option", [["--since", "someday"], ["--since", "5/6/2022"], ["--article", "nowhere"]])
def test_filter_that_means_nothing_is_one_line_and_exit_code_1(project: Cli, option: list[str]) -> None:
    result = project("claims", *option)
    assert result.exit_code == 1 and result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1


def test_csv_has_the_documented_columns_and_the_status(project: Cli) -> None:
    table = list(csv.reader(io.StringIO(project("claims", "--format", "csv", "--encoding", "utf-8").stdout)))
    assert tuple(table[0]) == (*COLUMNS, "status") and len(table) == 4


def test_json_is_that_of_the_contract_with_the_status(project: Cli) -> None:
    claims = json.loads(project("claims", "--format", "json").stdout)
    assert claims[0]["content"]["text"] == "the cranes at Halden work." and claims[0]["status"] == "suggested"


def test_table_says_when_it_shows_only_some(project: Cli) -> None:
    result = project("claims", "--limit", "1")
    assert "Ida Brandt" in result.stdout and "Lund" not in result.stdout
    assert result.stderr == "1 of 3 claims; --limit 0 shows all, filters show fewer\n"


def test_search_shows_the_best_first_and_takes_any_text(project: Cli) -> None:
    assert "Ida Brandt" in project("search", "halden", "CRANE").stdout
    assert "the strike is over" in project("search", "strike is").stdout
    for odd in ('"', "AND", "*", "(a OR", "content:x", "\0"):
        result = project("search", odd)
        assert result.exit_code == 0 and "No claim holds all of these words" in result.stderr
    (found,) = json.loads(project("search", "strike", "--format", "json").stdout)
    assert found["status"] == "suggested"


def test_timeline_is_of_a_speaker_or_else_a_topic(project: Cli) -> None:
    first = ids(project)[0]
    assert project("timeline", "brandt").stdout.index("Halden") < project("timeline", "brandt").stdout.index("strike")
    project("edit", first, "--topic", "Harbour")
    assert "Halden" in project("timeline", "harbour").stdout
    assert "No claim fits --speaker nothing" in project("timeline", "nothing").stderr


def test_speakers_articles_and_stats(project: Cli) -> None:
    assert "Ida Brandt" in project("speakers").stdout and "Lund" not in project("speakers", "--name", "ida").stdout
    assert "Courier" in project("articles").stdout and "Strike" in project("articles", "--outlet", "wire").stdout
    assert "No speaker has such a name" in project("speakers", "--name", "zebra").stderr
    assert "No article is from such an outlet" in project("articles", "--outlet", "zebra").stderr
    rows = list(csv.DictReader(io.StringIO(project("speakers", "--format", "csv", "--encoding", "utf-8").stdout)))
    assert {row["name"] for row in rows} == {"Ida Brandt", "Brandt-Lie", "Lund"}
    assert json.loads(project("stats", "--format", "json").stdout)["claims"] == 3
    assert "claims to review" in project("stats").stdout


def test_show_marks_source_cue_and_content_in_the_paragraph(project: Cli) -> None:
    first = ids(project)[0]
    shown = project("show", first[:9]).stdout
    assert "{Ida Brandt} <said>: [the cranes at Halden work.]" in shown and "Lund" not in shown
    project("edit", first, "--speaker", "Moira Teale", "--why", "heard it")
    assert "ann  edit speaker: Ida Brandt → Moira Teale" in project("show", first).stdout
    assert "no claim begins with 'zz'" in project("show", "zz").stderr
    assert "'r_1' is a relation, between two claims; claimtrack why r_1 shows both" in project("show", "r_1").stderr


def test_show_uses_three_colours_on_a_terminal() -> None:
    from support import saying, sayings

    from claimtrack.cli.show import COLOURS, in_paragraph

    text = in_paragraph(sayings(saying(ONE))[0], coloured=True)
    painted = {
        role: "".join(text.plain[span.start : span.end] for span in text.spans if span.style == colour)
        for role, colour in COLOURS.items()
    }
    assert text.plain == "Ida Brandt said: the cranes at Halden work." and len(set(COLOURS.values())) == 3
    assert painted == {"source": "Ida Brandt", "cue": "said", "content": "the cranes at Halden work."}


def test_show_cannot_steer_the_terminal() -> None:
    from support import saying, sayings

    from claimtrack.cli.show import in_paragraph

    assert "\x1b" not in in_paragraph(sayings(saying("Ann said: \x1b[31mred [b]x[/b].\n"))[0], coloured=False).plain


def test_review_walks_decides_corrects_undoes_and_goes_on_later(project: Cli) -> None:
    lines = "s Moira Teale\nd May 27\nx\nzz\n?\na\nr\nu\nq\n"
    result = project("review", input=lines)
    assert result.exit_code == 0 and "Traceback" not in result.output
    assert "x wants words behind it" in result.stderr and "'zz' is no command" in result.stderr
    assert "taken back: " in result.stderr and result.stderr.endswith("2 decisions; 2 claims left to review\n")
    claims = [json.loads(line) for line in project("claims", "--format", "jsonl").stdout.splitlines()]
    assert (claims[0]["speaker"]["name"], claims[0]["said_on"], claims[0]["status"]) == (
        "Moira Teale", "2022-05-27", "accepted"
    )  # fmt: skip
    rest = project("review", input="a\na\n")
    assert "1 of 2" in rest.stdout and rest.stderr.endswith("0 claims left to review\n")
    assert "No claim fits --status suggested" in project("review").stderr


def test_review_merges_and_splits(project: Cli) -> None:
    result = project("review", "--speaker", "Brandt-Lie", input="m Ida Brandt\nx Brandt-Lie\nm Nobody\nq\n")
    assert "Brandt-Lie is Ida Brandt" in result.stderr and "Brandt-Lie is not Ida Brandt" in result.stderr
    assert "no speaker is called 'Nobody'" in result.stderr


def test_review_ends_quietly_where_input_ends(project: Cli) -> None:
    result = project("review", input="")
    assert result.exit_code == 0 and result.stderr == "0 decisions; 3 claims left to review\n"


def test_edit_merge_split_undo_and_log(project: Cli) -> None:
    first, second, third = ids(project)
    assert "speaker: Ida Brandt → Ann" in project("edit", first, "--speaker", "Ann").stderr
    assert "proposition: the cranes fail. → (empty)" in project("edit", second, "--empty", "proposition").stderr
    assert "Nothing to change" in project("edit", first, "--speaker", "Ann").stderr
    assert project("edit", first).exit_code == 2
    assert project("edit", first, "--content", "never said").exit_code == 1
    assert "Brandt-Lie is Ida Brandt" in project("merge", "Brandt-Lie", "Ida Brandt", "--why", "one").stderr
    assert "Brandt-Lie is not Ida Brandt" in project("split", "Brandt-Lie").stderr
    assert project("split").exit_code == project("split", "--claim", first).exit_code == 2
    assert "→ Bob" in project("split", "--claim", first, "--claim", third, "--as", "Bob").stderr
    assert "taken back: " in project("undo").stderr
    log = [json.loads(line) for line in project("log", "--format", "jsonl").stdout.splitlines()]
    assert log[0]["what"] == "undo" and {entry["who"] for entry in log} == {"ann"}
    assert "Ida Brandt" in project("log").stdout


def test_nothing_to_undo_or_log_is_told(project: Cli) -> None:
    assert project("undo").exit_code == 1 and "nothing to take back" in project("undo").stderr
    assert "Nobody has changed anything yet" in project("log").stderr


def test_csv_goes_out_and_comes_back(project: Cli, tmp_path: Path) -> None:
    project("claims", "--format", "csv", "-o", "claims.csv")
    sheet = tmp_path / "claims.csv"
    sheet.write_bytes(sheet.read_bytes().replace(b"Lund,", b"Moira Teale,", 1))
    dry = project("import-review", "claims.csv", "--dry-run")
    assert dry.stderr.endswith("claims.csv: 3 rows, 2 values would change, 0 problems\n")
    assert project("import-review", "claims.csv").stderr.endswith("2 values changed, 0 problems\n")
    assert "Moira Teale" in project("claims").stdout
    sheet.write_bytes(sheet.read_bytes().replace(b"denied,the", b"denied,The", 1).replace(b",c_", b",c_0", 1))
    bad = project("import-review", "claims.csv")
    assert bad.exit_code == 1 and "Error: claims.csv:2: no claim c_0" in bad.stderr
    assert bad.stderr.endswith("1 problems; nothing was taken over\n")
    assert project("import-review", "none.csv").exit_code == 1


def test_learn_asks_and_adds(project: Cli) -> None:
    assert "no new alias" in project("learn").stderr
    project("edit", ids(project)[2], "--speaker", "Ida Brandt")
    assert "Brandt-Lie is Ida Brandt: reviews corrected" in project("learn", input="n\n").stdout
    assert project("learn", "--yes").stderr == "1 alias added\n"
    assert "Brandt-Lie" in project("speakers", "--name", "ida").stdout


def test_interrupted_run_keeps_what_it_has_and_goes_on(
    project: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(SayingExtractor):
        def extract_all(self, articles):  # type: ignore[no-untyped-def]
            for number, result in enumerate(super().extract_all(articles)):
                if number == 2:
                    raise KeyboardInterrupt
                yield result

    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", lambda nlp, aliases: Interrupted())
    (tmp_path / "more").mkdir()
    for number in range(4):
        (tmp_path / "more" / f"{number}.txt").write_text(f"Ann said: {number} cranes work.\n")
    result = project("track", "more")
    assert result.exit_code != 0 and "Stopped after 2 articles, which are kept; start again to go on." in result.stderr
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", lambda nlp, aliases: SayingExtractor())
    assert "2 added, 2 known" in project("track", "more").stderr


def test_review_of_relations(project: Cli, tmp_path: Path) -> None:
    from claimtrack.store import relations

    one, other, _ = ids(project)
    with Tracker(tmp_path / "claims.db") as tracker, tracker.project.writing() as connection:
        relations.add(connection, [relations.Found("contradicts", one, other, 0.9, "one denies the other")])
    result = project("review", input="a\na\na\nzz\na\n")
    assert "contradicts" in result.stdout and "because: one denies the other (0.90)" in result.stdout
    assert "'zz' is nothing to do to a relation" in result.stderr and "suggested → accepted" in result.stderr
