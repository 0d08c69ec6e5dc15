"""``speakers``, ``articles``, ``topics`` and ``stats``: what a project holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO

import click

from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.filters import project_option
from claimtrack.cli.output import opened, output_options
from claimtrack.export.listing import RowWriter, row_writer

SPEAKERS = {"name": ("Speaker", 4), "kind": ("Kind", 0), "role": ("Role", 3), "claims": ("Claims", 0),
            "articles": ("Articles", 0), "first": ("First", 0), "last": ("Last", 0),
            "also_known_as": ("Also known as", 3)}  # fmt: skip
ARTICLES = {"published": ("Published", 0), "outlet": ("Outlet", 2), "title": ("Title", 5), "claims": ("Claims", 0),
            "note": ("", 2), "id": ("Id", 0)}  # fmt: skip
TOPICS = {"name": ("Topic", 5), "wider_topic": ("Within", 3), "claims": ("Claims", 0), "agreements": ("Agree", 0),
          "contradictions": ("Against", 0), "last": ("Last", 0)}  # fmt: skip


@click.command()
@project_option
@click.option("--name", metavar="NAME", help="Part of any of the speaker's names.")
@output_options
def speakers(project: str, name: str | None, format_: str, output: str, encoding: str | None) -> None:
    """List who made claims, the most quoted first, with all their names.

    \b
    Examples:
      claimtrack speakers
      claimtrack speakers --name brandt --format csv
    """
    with opened_project(project) as tracker:
        rows = tracker.speaker_rows(name)
    _write(rows, SPEAKERS, (format_, output, encoding))
    if not rows:
        click.echo("No speaker has such a name; claimtrack speakers lists all." if name else _NOTHING, err=True)


@click.command()
@project_option
@click.option("--outlet", metavar="NAME", help="Part of the outlet's name.")
@output_options
def articles(project: str, outlet: str | None, format_: str, output: str, encoding: str | None) -> None:
    """List the articles of a project by publication, older versions included.

    \b
    Examples:
      claimtrack articles
      claimtrack articles --outlet courier --format csv -o articles.csv
    """
    with opened_project(project) as tracker:
        rows = tracker.article_rows(outlet)
    if format_ == "table":
        rows = [{**row, "note": _note(row), "id": row["article_id"][:10]} for row in rows]
    _write(rows, ARTICLES, (format_, output, encoding))
    if not rows:
        click.echo(
            "No article is from such an outlet; claimtrack articles lists all." if outlet else _NOTHING, err=True
        )


@click.command()
@project_option
@click.option("--name", metavar="NAME", help="Part of the topic's name; the topics within it are listed too.")
@output_options
def topics(project: str, name: str | None, format_: str, output: str, encoding: str | None) -> None:
    """List what claims are about, the topic with most claims first.

    A wider topic (an event) counts the claims of the topics within it. Agreements and contradictions are
    counted without those that somebody rejected.

    \b
    Examples:
      claimtrack topics
      claimtrack topics --format csv -o topics.csv
    """
    from claimtrack.store.relating import TOPIC_COLUMNS

    with opened_project(project) as tracker:
        rows = tracker.topic_rows(name)
        any_claims = bool(rows) or any(tracker.stats()[counted] for counted in ("claims", "topics"))
    _write(rows, TOPICS, (format_, output, encoding), TOPIC_COLUMNS)
    if not rows and name:
        click.echo("No topic has such a name; claimtrack topics lists all.", err=True)
    elif not rows:
        click.echo("No topics yet; claimtrack relate groups claims into topics." if any_claims else _NOTHING, err=True)


@click.command()
@project_option
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
def stats(project: str, format_: str) -> None:
    """Count what is in a project.

    \b
    Example:
      claimtrack stats --project strike.db
    """
    import json

    with opened_project(project) as tracker:
        counted = tracker.stats()
    if format_ == "json":
        click.echo(json.dumps({name.replace(" ", "_").replace("-", "_"): n for name, n in counted.items()}, indent=1))
        return
    for name, number in counted.items():
        click.echo(f"{name:<24}{number:>12,}")


_NOTHING = "Nothing in this project yet; claimtrack track FOLDER reads articles into it."


def _note(row: Mapping[str, Any]) -> str:
    notes = []
    if row["superseded_by"]:
        notes.append("older version")
    elif row["version"] > 1:
        notes.append(f"version {row['version']}")
    if row["also_published"]:
        notes.append(f"also in {row['also_published']} other place{'s' * (row['also_published'] > 1)}")
    return ", ".join(notes)


def _write(
    rows: list[dict[str, Any]], shown: Mapping[str, tuple[str, int]], target: tuple[str, str, str | None],
    columns: tuple[str, ...] = (),
) -> None:  # fmt: skip
    def make(format_: str, stream: TextIO) -> RowWriter:
        return row_writer(format_, stream, tuple(rows[0]) if rows else columns or tuple(shown), shown)

    with opened(*target, make) as writer:
        for row in rows:
            writer.write(row)
