"""The commands of the README and the docs run as they are written, on a folder of articles; no models needed."""

from __future__ import annotations

import re
import shlex
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


def commands(page: str) -> list[str]:
    """Return the command lines of a page in their order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [line for line in re.findall(r"^    ((?:cat \S+ \| )?claimtrack .+)$", text, flags=re.MULTILINE)
            if not READER_FILLS_IN.search(line)]  # fmt: skip


def run(line: str) -> Any:
    """Run a command line with what is piped into it; a question is answered with the end of input."""
    source, _, command = line.rpartition(" | ")
    given = Path(source.split()[1]).read_bytes() if source else b""
    return CliRunner().invoke(main, shlex.split(command)[1:], prog_name="claimtrack", input=given)


@pytest.mark.parametrize("page", ["README.md", "docs/export.md", "docs/project.md", "docs/disputes.md"])
def test_commands_run_as_written_one_after_the_other(folder: Path, page: str) -> None:
    lines = commands(page)
    assert len(lines) > 3
    if page in ("docs/export.md", "docs/disputes.md"):
        assert run("claimtrack track articles/").exit_code == 0
    for line in lines:
        result = run(line)
        assert result.exit_code == 0, f"{line}: {result.output}{result.exception}"
        assert "No claim fits" not in result.stderr and "No claims" not in result.stderr, line


@pytest.mark.parametrize("page", ["README.md", "docs/project.md"])
def test_python_with_the_tracker_runs_as_written(folder: Path, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    (block,) = [b for b in re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL) if "with Tracker(" in b]
    exec(compile(block, page, "exec"), {})
    assert "2 added, 0 known" in capsys.readouterr().out
