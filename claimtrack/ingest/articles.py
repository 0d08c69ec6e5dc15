"""Paths become articles: files, folders, ``-`` for standard input; what fails is told, not raised."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import claimtrack.ingest.tables  # registers its readers
import claimtrack.ingest.text
from claimtrack.errors import InputError, NotArticles
from claimtrack.ingest.language import not_english
from claimtrack.ingest.registry import reader_for, suffixes
from claimtrack.ingest.sidecar import SIDECAR, read_sidecar
from claimtrack.model import Article, article_id

MAX_BYTES = 512 * 1024 * 1024
"""A table may hold many articles, but it is read whole."""


@dataclass(frozen=True)
class Problem:
    """Why something gave no article; ``skipped`` when that is nobody's fault."""

    message: str
    skipped: bool = False


def read_articles(paths: Iterable[str], any_language: bool = False) -> Iterator[Article | Problem]:
    """Yield every article found at ``paths`` and, in its place, a problem for each that is none.

    A folder is read through with all folders in it, its readable files in the order of their names;
    where it has an ``articles.csv``, just the files that this lists, with the facts it gives about them.
    The same text twice is given once.

    Args:
        paths: files, folders, or ``-`` for standard input (plain text, or JSON Lines when it starts
            with ``{``).
        any_language: give articles in other languages too.
    """
    ids: set[str] = set()
    texts: set[str] = set()
    for path in paths:
        for found in _at(path):
            if isinstance(found, Problem):
                yield found
                continue
            text = article_id(found.text)
            if text in texts:
                yield Problem(f"{found.path}: the same article again, skipped", skipped=True)
            elif found.id in ids:
                yield Problem(f"{found.path}: another article has the id {found.id} already; give each its own")
            elif not any_language and (language := not_english(found.text)):
                yield Problem(f"{found.path}: looks like {language}, not English, skipped", skipped=True)
            else:
                ids.add(found.id)
                texts.add(text)
                yield found


def _at(path: str) -> Iterator[Article | Problem]:
    try:
        if path == "-":
            data = sys.stdin.buffer.read()
            yield from _parsed(data, "<stdin>", ".jsonl" if data.lstrip()[:1] == b"{" else ".txt")
        elif Path(path).is_dir():
            yield from _folder(Path(path))
        else:
            yield from _file(Path(path))
    except InputError as error:
        yield _problem(error)
    except OSError as error:
        yield Problem(f"{path[:80]}: cannot be read ({error.strerror}); check the name and its permissions")


def _folder(folder: Path) -> Iterator[Article | Problem]:
    facts = read_sidecar(folder / SIDECAR)
    readable = [path for path in sorted(folder.rglob("*")) if _is_article_file(path, folder)]
    if facts is None:
        files = readable
    else:
        files = [folder / name for name in facts]
        for extra in sorted(set(readable) - set(files)):
            if extra.parent == folder:
                yield Problem(f"{extra}: not listed in {SIDECAR}, skipped", skipped=True)
    if not files:
        raise InputError(f"{folder}: no article in this folder; claimtrack reads {', '.join(suffixes())}")
    for file in files:
        try:
            yield from _file(file, (facts or {}).get(file.relative_to(folder).as_posix()))
        except InputError as error:
            yield _problem(error)


def _problem(error: InputError) -> Problem:
    return Problem(str(error), skipped=isinstance(error, NotArticles))


def _is_article_file(path: Path, folder: Path) -> bool:
    """Tell whether a reader would take the file; hidden files and folders are nobody's articles."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.name != SIDECAR and reader_for(path.suffix) is not None and path.is_file()


def _file(path: Path, facts: Mapping[str, str] | None = None) -> Iterator[Article | Problem]:
    if reader_for(path.suffix) is None:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder; check the spelling")
        raise InputError(f"{path}: cannot read this kind of file; claimtrack reads {', '.join(suffixes())}")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES // 1024**2} MB; split it")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file or folder; check the spelling") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    yield from _parsed(data, str(path), path.suffix, facts)


def _parsed(data: bytes, name: str, suffix: str, facts: Mapping[str, str] | None = None) -> Iterator[Article | Problem]:
    reader = reader_for(suffix)
    assert reader is not None
    for found in reader(data, name):
        if isinstance(found, Exception):
            yield Problem(str(found))
        elif facts:
            told = claimtrack.ingest.tables.article_from_row(facts, name, text=found.text)
            yield replace(told, path=name)
        else:
            yield found
