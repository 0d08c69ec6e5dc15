"""The commands of the README and the docs run as they are written, on a small folder of articles or on the examples."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support import SayingExtractor

from claimtrack.cli import main

ROOT = Path(__file__).resolve().parent.parent

TEXTS = {
    "leak.txt": "Moira Teale said: we counted 40 people.\nIda Brandt denied: the cranes at Halden fail.\n",
    "strike.txt": "Ida Brandt said: the strike at Marrowby is over, says the safety chief.\n",
}
FACTS = "file,outlet,published\nleak.txt,Coast Courier,2022-05-28\nstrike.txt,Meridian Wire,2022-06-01\n"

EXAMPLES = "claimtrack track examples"
"""From this command to the end of its section a page is about the example articles, which only the models can read."""

READER_FILLS_IN = re.compile(r"\b[cr]_[0-9a-f]+|models download|https://")
"""Commands that name a claim of the reader's own or fetch something."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the README supposes it: ``article.txt`` and ``articles/``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", lambda nlp="", aliases=(): SayingExtractor())
    (tmp_path / "articles").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "articles" / name).write_text(text)
    (tmp_path / "articles" / "articles.csv").write_text(FACTS)
    (tmp_path / "article.txt").write_text(TEXTS["leak.txt"])
    return tmp_path


def commands(text: str) -> list[str]:
    """Return the command lines in a text in their order."""
    return re.findall(r"^    ((?:cat \S+ \| )?claimtrack .+)$", text, flags=re.MULTILINE)


def parts(page: str) -> tuple[str, str]:
    """Return what a page says about any articles, and what about the examples."""
    before, examples, after = (ROOT / page).read_text(encoding="utf-8").partition(f"    {EXAMPLES}\n")
    section, heading, rest = after.partition("\n## ")
    return before + heading + rest, examples + section


def run(line: str) -> Any:
    """Run a command line with what is piped into it; a question is answered with the end of input."""
    source, _, command = line.rpartition(" | ")
    given = Path(source.split()[1]).read_bytes() if source else b""
    return CliRunner().invoke(main, shlex.split(command)[1:], prog_name="claimtrack", input=given)


@pytest.mark.parametrize("page", ["README.md", "docs/export.md", "docs/project.md", "docs/disputes.md"])
def test_commands_run_as_written_one_after_the_other(folder: Path, page: str) -> None:
    lines = [line for line in commands(parts(page)[0]) if not READER_FILLS_IN.search(line)]
    assert len(lines) > 3
    if page in ("docs/export.md", "docs/disputes.md"):
        assert run("claimtrack track articles/").exit_code == 0
    for line in lines:
        result = run(line)
        assert result.exit_code == 0, f"{line}: {result.output}{result.exception}"
        assert "No claim fits" not in result.stderr and "No claims" not in result.stderr, line


def python_with_the_tracker(page: str) -> Any:
    """Return the one block of Python on a page that opens a project, compiled."""
    text = (ROOT / page).read_text(encoding="utf-8")
    (block,) = [b for b in re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL) if "with Tracker(" in b]
    return compile(block, page, "exec")


def test_python_with_the_tracker_runs_as_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(python_with_the_tracker("docs/project.md"), {})
    assert "2 added, 0 known" in capsys.readouterr().out


@pytest.mark.models
@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_the_dispute_in_the_examples_is_found_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    text = parts(page)[1]
    printed, last = "", ""
    for line in commands(text):
        # The reader takes the id from the list before; it changes when what is extracted does.
        last = next(iter(re.findall(r"\br_[0-9a-f]+", printed)), last)
        result = run(re.sub(r"\br_[0-9a-f]+", last, line))
        assert result.exit_code == 0, f"{line}: {result.output}{result.exception}"
        assert "fits" not in result.stderr, line
        printed += "".join(f"{shown.rstrip()}\n" for shown in result.stdout.splitlines())
    (sample,) = re.findall(r"```\n(.*?contradicts: .*?)```", text, flags=re.DOTALL)
    assert sample in printed
    if page == "README.md":
        exec(python_with_the_tracker(page), {})
        assert "0 added, 9 known" in (said := capsys.readouterr().out)
        assert "against Halden Chemicals: 14 people" in said and "fire service')" in said
        written = {path.suffix for path in tmp_path.glob("disput*")}
        assert written == {".png", ".gexf", ".csv"}
        assert "fire service" in (tmp_path / "disputes.csv").read_text(encoding="utf-8-sig")
