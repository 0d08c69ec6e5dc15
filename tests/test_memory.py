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


class Library:
    """A C library that writes down what it is asked for."""

    def __init__(self) -> None:
        self.trimmed: list[int] = []
        self.set: dict[int, int] = {}
        self.malloc_trim = self.trimmed.append
        self.mallopt = self.set.__setitem__


def other_library(name: str | None) -> Any:
    """Load a C library that is not glibc."""
    return object()


def no_library(name: str | None) -> Any:
    """Fail as on a system without such a thing."""
    raise OSError


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """Put a library that writes down in the place of the real one."""
    found = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda name: found)
    monkeypatch.delenv("MALLOC_MMAP_THRESHOLD_", raising=False)
    return found


@pytest.mark.usefixtures("no_collector")
def test_cycles_are_freed_and_pages_given_back(library: Library) -> None:
    circle = weakref.ref(Parsed())
    memory.hand_back()
    assert circle() is None and library.trimmed == [0]


def test_large_blocks_go_back_at_once(library: Library) -> None:
    memory.settle()
    assert library.set == {-3: memory.LARGE, -1: memory.KEPT}


def test_who_sets_the_threshold_by_hand_keeps_it(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_MMAP_THRESHOLD_", "131072")
    memory.settle()
    assert library.set == {}


@pytest.mark.parametrize("load", [other_library, no_library])
def test_systems_without_glibc_do_without(monkeypatch: pytest.MonkeyPatch, load: Any) -> None:
    monkeypatch.setattr(ctypes, "CDLL", load)
    memory.settle()
    memory.hand_back()
