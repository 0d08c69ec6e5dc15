"""A long run keeps no more than one batch of articles in memory."""

from __future__ import annotations

import ctypes
import gc
import weakref
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from claimtrack.analysis import memory
from claimtrack.claims.extractor import BATCH_CHARACTERS, Extractor
from claimtrack.model import Article


class Parsed:
    """An empty document that is in a circle with itself, as Stanza's are with their sentences."""

    def __init__(self) -> None:
        self.itself = self
        self.sentences: list[Any] = []


class Analyzer:
    """Counts the documents that it made and that somebody still keeps when it makes the next ones."""

    def __init__(self) -> None:
        self.made: list[weakref.ref[Parsed]] = []
        self.kept: list[int] = []

    def analyze(self, texts: Sequence[str]) -> list[Parsed]:
        """Return an empty document for each text."""
        self.kept.append(sum(made() is not None for made in self.made))
        documents = [Parsed() for _ in texts]
        self.made += map(weakref.ref, documents)
        return documents


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Leave cycles to whoever collects them on purpose."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
def test_documents_of_one_batch_are_gone_before_the_next() -> None:
    extractor, analyzer = Extractor.__new__(Extractor), Analyzer()
    extractor.analyzer = analyzer  # type: ignore[assignment]
    articles = [Article(str(n), "a" * (BATCH_CHARACTERS // 2)) for n in range(6)]
    assert [article.id for article, _ in extractor.extract_all(articles)] == list("012345")
    assert analyzer.kept == [0, 0, 0] and len(analyzer.made) == 6


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("error", [AttributeError, OSError, None])
def test_pages_go_back_where_the_system_takes_them(monkeypatch: pytest.MonkeyPatch, error: Any) -> None:
    def library(name: str | None) -> Any:
        if error:
            raise error
        return type("Library", (), {"malloc_trim": asked.append})()

    asked: list[int] = []
    monkeypatch.setattr(ctypes, "CDLL", library)
    memory._trim.cache_clear()
    circle = weakref.ref(Parsed())
    memory.hand_back()
    monkeypatch.undo()
    memory._trim.cache_clear()
    assert circle() is None and asked == ([] if error else [0])
