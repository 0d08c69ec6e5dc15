"""What tests share: a loaded extractor and a command runner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from relating import FakeRelater

from claimtrack.cli import main


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run ``claimtrack`` with arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str, **kwargs: Any) -> Result:
        return CliRunner().invoke(main, list(args), prog_name="claimtrack", **kwargs)

    return run


@pytest.fixture(scope="session")
def extractor() -> Any:
    """The extractor with the embedded models."""
    from claimtrack.claims.extractor import Extractor

    return Extractor()


@pytest.fixture(scope="session")
def trees_of() -> Callable[[str], Any]:
    """Parse a text with the embedded models, every sentence of it."""
    from claimtrack.analysis.folders import model_folder
    from claimtrack.analysis.pipeline import Analyzer
    from claimtrack.attribution.trees import Tree

    analyzer = Analyzer(model_folder("embedded"), ("tokenize", "mwt", "pos", "lemma", "depparse"))

    def parse(text: str) -> list[Tree]:
        (found,) = analyzer.analyze([text])
        return [Tree(sentence) for sentence in found.sentences]

    return parse


@pytest.fixture(autouse=True)
def relates_nothing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let projects find neither topics nor relations unless a test says how, so that no models are loaded."""
    if request.node.get_closest_marker("models") is None:
        monkeypatch.setattr("claimtrack.store.relate.Relater", FakeRelater)
