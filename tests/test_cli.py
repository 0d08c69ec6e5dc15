"""The commands as people meet them: help, errors, exit codes, output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from claimtrack.cli import COMMANDS
from claimtrack.cli.output import opened
from claimtrack.errors import InputError
from claimtrack.export.rows import COLUMNS

Cli = Callable[..., Result]


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from claimtrack.cli import main; "
        "result = CliRunner().invoke(main, ['--help']); assert result.exit_code == 0; "
        "print([m for m in ('torch', 'stanza', 'pandas', 'networkx', 'rich', 'numpy') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(cli: Cli, command: str) -> None:
    result = cli(command, "--help")
    assert result.exit_code == 0 and f"claimtrack {command}" in result.output.partition("Example")[2]
    assert max(map(len, result.output.splitlines())) <= 80


def test_unknown_command_and_option_are_usage_errors(cli: Cli) -> None:
    assert cli("no-such").exit_code == 2 and cli("extract", "--no-such").exit_code == 2


def test_extract_without_paths_shows_its_help(cli: Cli) -> None:
    assert "Usage: claimtrack extract" in cli("extract").output


@pytest.mark.parametrize("content", [b"caf\xe9", b"", b"nul\0l"])
def test_bad_file_ends_in_one_line_and_exit_code_1(cli: Cli, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    result = cli("extract", "a.txt")
    assert result.exit_code == 1 and "Traceback" not in result.output
    assert result.stderr.startswith("Error: a.txt: ") and result.stderr.endswith("0 claims in 0 articles, 1 failed\n")


def test_other_language_is_a_notice_and_no_failure(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Der Hafenrat teilte am Montag mit, dass die Kräne nicht repariert werden können.")
    result = cli("extract", "a.txt", "--format", "json")
    assert result.exit_code == 0 and json.loads(result.stdout) == []
    assert result.stderr.startswith("Notice: a.txt: looks like de")


def test_missing_models_are_told_in_one_line(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("She said that the cranes would not be repaired before the end of the year.")
    result = cli("extract", "a.txt", "--nlp", "nowhere")
    assert result.exit_code == 1
    assert "Error: nowhere: no English models there; give --nlp a folder with a resources.json" in result.output


def test_models_list_says_what_is_here_and_how_to_get_the_rest(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", "none-here")
    result = cli("models", "list")
    assert result.exit_code == 0 and "claimtrack models download" in result.output


def test_models_download_without_network_fails_in_one_line(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    stanza = pytest.importorskip("stanza")

    def no_network(*args: object, **kwargs: object) -> None:
        raise ConnectionError("Max retries exceeded\nwith url: ...")

    monkeypatch.setattr(stanza, "download", no_network)
    result = cli("models", "download", "--dir", "models")
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("Error")]
    assert "cannot be fetched (ConnectionError); check the network" in line


@pytest.mark.parametrize(
    "content", ["my,own\ntable,1\n", "claim_id,article_path\nc_1,mine.txt\n", "\0", "claim_id\n1\n"]
)
def test_demo_does_not_write_over_a_file_of_others(cli: Cli, tmp_path: Path, content: str) -> None:
    (tmp_path / "claims.csv").write_text(content)
    result = cli("demo")
    assert result.exit_code == 1 and "is not from the demo; name another file with -o" in result.output
    assert (tmp_path / "claims.csv").read_text() == content


def test_output_file_appears_only_when_complete(tmp_path: Path) -> None:
    target = tmp_path / "claims.csv"
    target.write_text("old")
    with pytest.raises(RuntimeError), opened("csv", str(target)):
        raise RuntimeError
    assert target.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["claims.csv"]


def test_export_without_articles_writes_an_empty_workbook(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Der Hafenrat teilte am Montag mit, dass die Kräne nicht repariert werden können.")
    result = cli("export", "xlsx", "a.txt", "-o", "claims.xlsx")
    assert result.exit_code == 0 and (tmp_path / "claims.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(("format_", "message"), [("vault", "name the folder with -o"), ("docx", "is not one of")])
def test_export_that_cannot_go_there_is_told_before_anything_is_read(cli: Cli, format_: str, message: str) -> None:
    result = cli("export", format_, "no-such-file.txt")
    assert result.exit_code in (1, 2) and message in result.stderr and "no-such-file" not in result.stderr


def test_export_into_a_pipe_is_clean_json(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Der Hafenrat teilte am Montag mit, dass die Kräne nicht repariert werden können.")
    assert json.loads(cli("export", "schemaorg", "a.txt").stdout)["@graph"] == []


MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(("encoding", "mark"), [(None, b""), ("utf-8", b""), ("utf-8-sig", MARK)])
def test_csv_in_a_pipe_has_no_byte_order_mark_unless_asked_for(encoding: str | None, mark: bytes) -> None:
    code = f"from claimtrack.cli.output import opened\nwith opened('csv', '-', {encoding!r}): pass"
    assert subprocess.check_output([sys.executable, "-c", code]).startswith(mark + b"speaker_name,")


def test_csv_redirected_into_a_file_has_a_byte_order_mark(tmp_path: Path) -> None:
    code = "from claimtrack.cli.output import opened\nwith opened('csv', '-'): pass"
    with (tmp_path / "a.csv").open("wb") as file:
        subprocess.run([sys.executable, "-c", code], stdout=file, check=True)
    assert (tmp_path / "a.csv").read_bytes().startswith(MARK)


@pytest.mark.parametrize(("encoding", "mark"), [(None, MARK), ("utf-8-sig", MARK), ("utf-8", b"")])
def test_csv_file_has_a_byte_order_mark_unless_told_otherwise(
    tmp_path: Path, encoding: str | None, mark: bytes
) -> None:
    with opened("csv", str(tmp_path / "a.csv"), encoding):
        pass
    assert (tmp_path / "a.csv").read_bytes() == mark + ",".join(COLUMNS).encode() + b"\r\n"


def test_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"), opened("csv", str(tmp_path / "no" / "a.csv")):
        pass


def test_output_may_be_a_device_and_is_never_a_folder(tmp_path: Path) -> None:
    with opened("jsonl", "/dev/null"):
        pass
    assert Path("/dev/null").is_char_device()
    with pytest.raises(InputError, match="cannot be written"), opened("csv", str(tmp_path)):
        pass


def test_closed_pipe_inside_is_not_blamed_on_the_output_file(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), opened("csv", str(tmp_path / "a.csv")):
        raise BrokenPipeError


def test_messages_cannot_steer_the_terminal(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\x1b[31m\n1\n")
    assert "\x1b" not in cli("extract", "a.csv").output


def test_read_prints_what_extract_reads_again(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><head><title>Cranes</title><meta name='author' content='Eva Berg'></head><body>"
        "<p>She said that the cranes would not be repaired before the end of the year, or the next.</p></body></html>"
    )
    first = cli("read", "a.html", "-o", "articles.jsonl")
    assert first.exit_code == 0 and first.stderr.endswith("1 article\n")
    row = json.loads((tmp_path / "articles.jsonl").read_text())
    assert (row["title"], row["author"], row["path"]) == ("Cranes", "Eva Berg", "a.html")
    again = json.loads(cli("read", "articles.jsonl").stdout)
    assert again == {**row, "path": "articles.jsonl:1"}


def test_read_tells_what_it_cannot_read_and_goes_on(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    (tmp_path / "b.md").write_text("She said *no*.")
    result = cli("read", "a.pdf", "b.md")
    assert result.exit_code == 1 and json.loads(result.stdout)["text"] == "She said no."
    assert result.stderr.startswith("Error: a.pdf: this PDF is broken") and result.stderr.endswith(
        "1 article, 1 failed\n"
    )


@pytest.mark.parametrize("target", ["no/such.jsonl", "."])
def test_read_tells_where_it_cannot_write(cli: Cli, tmp_path: Path, target: str) -> None:
    (tmp_path / "a.md").write_text("She said no.")
    result = cli("read", "a.md", "-o", target)
    assert result.exit_code == 1 and f"Error: {target}: cannot be written" in result.stderr
