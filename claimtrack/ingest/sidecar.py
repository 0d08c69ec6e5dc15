"""``articles.csv`` beside the files: what a folder knows about its articles."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from claimtrack.errors import InputError
from claimtrack.ingest.tables import article_from_row
from claimtrack.ingest.text import decode
from claimtrack.model import Article, article_id

SIDECAR = "articles.csv"


def read_sidecar(path: Path) -> dict[str, dict[str, str]] | None:
    """Return the rows of a folder's table by their ``file`` column, or None when there is no table.

    The other columns are those of any table of articles: ``id, outlet, title, url,
    published, author``.

    Raises:
        InputError: when the table cannot be decoded, has no ``file`` column, or leads out of its folder.
    """
    if not path.exists():
        return None
    csv.field_size_limit(2**31 - 1)
    try:
        table = csv.DictReader(io.StringIO(decode(path.read_bytes(), str(path)), newline=""))
        table.fieldnames = [column.strip().lower() for column in table.fieldnames or []]
        if "file" not in table.fieldnames:
            raise InputError(f"{path}: no column called file, so its rows cannot be matched to the texts beside it")
        rows = {PurePosixPath(row["file"].strip()).as_posix(): row for row in table if (row["file"] or "").strip()}
    except (OSError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error}); mend it or take it away") from None
    for name in rows:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise InputError(f"{path}: {name} lies outside the folder; list files of the folder only")
    return rows


def completed(article: Article, facts: Mapping[str, str], name: str) -> Article:
    """Return the article of a file with what the folder's table tells about it, which goes before what it tells itself.

    Raises:
        InputError: when the table's date is none.
    """
    told = article_from_row(facts, name, text=article.text)
    given = {
        fact: value
        for fact in ("outlet", "title", "url", "published", "author")
        if (value := getattr(told, fact)) is not None
    }
    told_id = told.id if told.id != article_id(article.text) else article.id
    return replace(article, id=told_id, path=name, **given)
