"""``claims``, ``search`` and ``timeline``: who said what, filtered, found and in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

import click

from claimtrack.cli.filters import filter_options, project, project_option, tell_empty, understood
from claimtrack.cli.output import opened, output_options
from claimtrack.export.listing import RowCsv, RowWriter, row_writer
from claimtrack.export.rows import claim_object

if TYPE_CHECKING:
    from claimtrack.model import Claim
    from claimtrack.store.query import Order
    from claimtrack.tracker import Filters, Tracker

FIRST = 100
"""How many claims a table shows unless told otherwise; files get all."""

SHORT_ID = 10

TABLE = {"day": ("Day", 0), "speaker_name": ("Speaker", 3), "cue_text": ("Cue", 2), "claim": ("What is claimed", 8),
         "article_outlet": ("Outlet", 2), "id": ("Id", 0)}  # fmt: skip

_limit = click.option("--limit", type=click.IntRange(min=0), metavar="N",
                      help=f"At most N claims, 0 for all. A table shows {FIRST} unless told.")  # fmt: skip


@click.command()
@project_option
@filter_options()
@_limit
@output_options
def claims(
    project: str, wanted: dict[str, Any], limit: int | None, format_: str, output: str, encoding: str | None
) -> None:
    """List claims by publication and place in the article.

    The CSV can be corrected in a spreadsheet and taken back with import-review.

    \b
    Examples:
      claimtrack claims --speaker zelensk --since "May 28"
      claimtrack claims --commitment denied --format csv -o denied.csv
    """
    _list(project, wanted, limit, "article", (format_, output, encoding))


@click.command()
@click.argument("who_or_what", metavar="SPEAKER|TOPIC")
@project_option
@filter_options("speaker", "topic")
@_limit
@output_options
def timeline(
    who_or_what: str, project: str, wanted: dict[str, Any], limit: int | None, format_: str, output: str,
    encoding: str | None,
) -> None:  # fmt: skip
    """List what a speaker said, or what was said on a topic, in the order in which it was said.

    A name that fits both is taken for the speaker. Where the text does not tell the day, that of publication counts.

    \b
    Example:
      claimtrack timeline "Moira Teale" --until 2025-03
    """
    _list(project, wanted, limit, "day", (format_, output, encoding), who_or_what)


@click.command()
@click.argument("text", nargs=-1, required=True)
@project_option
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show so many.")
@output_options
def search(text: tuple[str, ...], project: str, limit: int, format_: str, output: str, encoding: str | None) -> None:
    """Find claims by the words of proposition, content and speaker, the best match first.

    Every word must occur, in any form (crane finds cranes). Words in quotation marks are a phrase; begin* is a
    beginning. To see all matches in order, use claimtrack claims --text.

    \b
    Example:
      claimtrack search crane "safety chief"
    """
    from claimtrack.store.shown import COLUMNS

    words = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in text)
    with _project(project) as tracker:
        rows = tracker.found(words, limit)
        if format_ in _OBJECTS:
            ids = (row[COLUMNS.index("claim_id")] for row in rows)
            _write_objects(map(tracker.claim, ids), (format_, output, encoding))
        else:
            _write(rows, (format_, output, encoding))
        if not rows:
            told = "fewer or shorter words, or begin*, find more"
            click.echo(f"No claim holds all of these words: {told}.", err=True)


_project = project


def _list(
    path: str, wanted: dict[str, Any], limit: int | None, order: Order, target: tuple[str, str, str | None],
    who_or_what: str | None = None,
) -> None:  # fmt: skip
    with _project(path) as tracker:
        filters = understood(tracker, wanted)
        if who_or_what is not None:
            filters = _of(tracker, filters, who_or_what)
        table = target[0] == "table"
        most = (FIRST if limit is None else limit) if table else limit
        if target[0] in _OBJECTS:
            written = _write_objects(tracker.each_with_status(filters, most or None, order), target)
        else:
            written = _write(tracker.rows(filters, most or None, order), target)
        if not written:
            tell_empty(tracker, filters)
        elif most and written == most and (count := tracker.count(filters)) > written:
            click.echo(f"{written:,} of {count:,} claims; --limit 0 shows all, filters show fewer", err=True)


def _of(tracker: Tracker, filters: Filters, words: str) -> Filters:
    from dataclasses import replace

    speaker = replace(filters, speaker=words)
    topic = replace(filters, topic=words)
    return topic if not tracker.count(speaker) and tracker.count(topic) else speaker


_OBJECTS = ("json", "jsonl")
"""The formats that show claims as objects rather than as rows."""


def _write(rows: Iterable[tuple[Any, ...]], target: tuple[str, str, str | None]) -> int:
    """Write claims as rows of a table or of CSV and return how many there were."""
    from claimtrack.store.shown import COLUMNS

    def make(format_: str, stream: TextIO) -> RowWriter:
        return row_writer(format_, stream, COLUMNS, TABLE)

    written = 0
    with opened(*target, make) as writer:
        for written, values in enumerate(rows, start=1):  # noqa: B007
            if isinstance(writer, RowCsv):
                writer.write_values(values)
            else:
                writer.write(_for_table(dict(zip(COLUMNS, values, strict=True))))
    return written


def _write_objects(found: Iterable[tuple[Claim, str]], target: tuple[str, str, str | None]) -> int:
    """Write claims as the JSON objects of the contract, with their status, and return how many there were."""
    written = 0
    with opened(*target, lambda format_, stream: row_writer(format_, stream, (), {})) as writer:
        for written, (claim, status) in enumerate(found, start=1):  # noqa: B007
            writer.write({**claim_object(claim), "status": status})
    return written


def _for_table(row: dict[str, Any]) -> dict[str, Any]:
    note = "" if row["commitment"] == "neutral" else f"  [{row['commitment']}]"
    return {
        **row,
        "day": row["said_on"] or row["article_published"],
        "speaker_name": row["speaker_name"] or row["source_text"] or "(no source)",
        "claim": (row["proposition"] or row["content_text"] or "(nothing said)") + note,
        "id": row["claim_id"][:SHORT_ID],
    }
