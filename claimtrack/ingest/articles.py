"""Paths become articles: files, folders, addresses, ``-`` for standard input; what fails is told, not raised."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import claimtrack.ingest.feeds  # these register their readers
import claimtrack.ingest.markdown
import claimtrack.ingest.pdf
import claimtrack.ingest.tables
import claimtrack.ingest.text
import claimtrack.ingest.webpage  # noqa: F401
from claimtrack.errors import InputError, NotArticles
from claimtrack.ingest.fetch import fetch, host, is_address, shown
from claimtrack.ingest.language import not_english
from claimtrack.ingest.registry import Link, guessed_suffix, reader_for, suffixes
from claimtrack.ingest.sidecar import SIDECAR, completed, read_sidecar
from claimtrack.model import Article, article_id

MAX_BYTES = 512 * 1024 * 1024
"""A table may hold many articles, but it is read whole."""


@dataclass(frozen=True)
class Problem:
    """Why something gave no article; ``skipped`` when that is nobody's fault."""

    message: str
    skipped: bool = False


def read_articles(
    paths: Iterable[str], any_language: bool = False, follow: bool = False
) -> Iterator[Article | Problem]:
    """Yield every article found at ``paths`` and, in its place, a problem for each that is none.

    A folder is read through with all folders in it, its readable files in the order of their names;
    where it has an ``articles.csv``, just the files that this lists, with the facts it gives about them.
    The same text twice is given once.

    Args:
        paths: files, folders, addresses (``https://...``, fetched since they are named here), or ``-`` for
            standard input (its kind is guessed from how it starts; plain text if nothing fits).
        any_language: give articles in other languages too.
        follow: fetch the pages that feeds link to where the feed has no full text.
    """
    ids: set[str] = set()
    texts: set[str] = set()
    for path in paths:
        for found in _at(path, follow):
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


def _at(path: str, follow: bool) -> Iterator[Article | Problem]:
    try:
        if path == "-":
            data = sys.stdin.buffer.read()
            yield from _parsed(data, "<stdin>", guessed_suffix(data), follow)
        elif is_address(path):
            yield from _fetched(path, follow, host(path).removeprefix("www."))
        elif Path(path).is_dir():
            yield from _folder(Path(path), follow)
        else:
            yield from _file(Path(path), follow)
    except InputError as error:
        yield _problem(error)
    except (OSError, ValueError) as error:  # a ValueError when the name holds a null byte
        reason = getattr(error, "strerror", None) or error
        yield Problem(f"{path[:80]}: cannot be read ({reason}); check the name and its permissions")


def _fetched(url: str, follow: bool, outlet: str | None, trusted: bool = True) -> Iterator[Article | Problem]:
    """Yield what is at an address; ``outlet`` is the one of a page that names none."""
    file = fetch(url, trusted=trusted)
    for found in _parsed(file.data, shown(url), file.suffix, follow):
        if isinstance(found, Article):
            is_page = file.suffix == ".html"
            found = replace(found, url=found.url or file.url, outlet=found.outlet or (outlet if is_page else None))
        yield found


def _folder(folder: Path, follow: bool) -> Iterator[Article | Problem]:
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
            yield from _file(file, follow, (facts or {}).get(file.relative_to(folder).as_posix()))
        except InputError as error:
            yield _problem(error)


def _problem(error: Exception) -> Problem:
    return Problem(str(error), skipped=isinstance(error, NotArticles))


def _is_article_file(path: Path, folder: Path) -> bool:
    """Tell whether a reader would take the file; hidden files and a folder's own README are nobody's articles."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    about = path.name == SIDECAR or path.stem.casefold() == "readme"
    return not hidden and not about and reader_for(path.suffix) is not None and path.is_file()


def _file(path: Path, follow: bool, facts: Mapping[str, str] | None = None) -> Iterator[Article | Problem]:
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
    yield from _parsed(data, str(path), path.suffix, follow, facts)


def _parsed(
    data: bytes, name: str, suffix: str, follow: bool, facts: Mapping[str, str] | None = None
) -> Iterator[Article | Problem]:
    reader = reader_for(suffix)
    assert reader is not None
    for found in reader(data, name):
        if isinstance(found, Exception):
            yield _problem(found)
        elif isinstance(found, Link):
            yield from _linked(found, follow, trusted=host(name))
        else:
            yield completed(found, facts, name) if facts else found


def _linked(link: Link, follow: bool, trusted: str) -> Iterator[Article | Problem]:
    """Yield the article that a feed links to, or its teaser where it is not fetched or cannot be.

    Args:
        link: the entry of the feed.
        follow: whether to fetch it.
        trusted: the machine that the feed itself came from, empty for a file.
    """
    if follow:
        try:
            for found in _fetched(link.url, False, link.article.outlet, host(link.url) == trusted):
                yield _with_facts_of_feed(found, link.article) if isinstance(found, Article) else found
            return
        except InputError as error:
            yield _problem(error)
    if link.article.text.strip():
        yield link.article
    elif not follow:
        yield Problem(f"{link.article.path}: only a link to {link.url}; --follow fetches it, skipped", skipped=True)


def _with_facts_of_feed(article: Article, entry: Article) -> Article:
    """Fill in what the page does not tell about itself."""
    return replace(
        article,
        outlet=article.outlet or entry.outlet,
        title=article.title or entry.title,
        published=article.published or entry.published,
        author=article.author or entry.author,
    )
