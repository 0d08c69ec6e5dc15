"""``claimtrack track``: articles into a project file."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.filters import project_option
from claimtrack.cli.output import stderr_is_terminal
from claimtrack.cli.progress import Progress
from claimtrack.cli.reading import reading_options
from claimtrack.export.clean import clean

if TYPE_CHECKING:
    from claimtrack.ingest import Problem
    from claimtrack.model import Article
    from claimtrack.speakers.places import Alias
    from claimtrack.tracker import Event, Summary, Tracker

TELL_EVERY = 30.0
"""Seconds between lines about progress where nobody watches a terminal."""


@click.command(no_args_is_help=True)
@click.argument("paths", nargs=-1, metavar="PATHS...")
@project_option
@click.option("--again", is_flag=True, help="Extract known articles again; without PATHS, all of the project.")
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME",
              help="Language models: embedded, stanza (the official ones, once fetched), or a folder.")  # fmt: skip
@click.option("--aliases", type=click.Path(path_type=Path), metavar="FILE",
              help="Your own table of speakers: CSV with alias, name, kind, part_of.")  # fmt: skip
@click.option("--no-relate", is_flag=True, help="Leave topics and relations to a later claimtrack relate.")
@reading_options
def track(
    paths: tuple[str, ...], project: str, again: bool, nlp: str, aliases: Path | None, no_relate: bool,
    any_language: bool, follow: bool,
) -> None:  # fmt: skip
    """Read the articles at PATHS and store who said what in a project file.

    PATHS are what claimtrack extract reads. An article that is known by its text is left alone, a changed one
    at a known address is kept as a new version. Stop it and start it again as you like: nothing is lost or
    doubled. What people corrected stays corrected, also with --again. Speakers who are one under several names
    are merged at the end, each with its reason (claimtrack log); claimtrack split makes them two for good. Then
    new claims are grouped into topics and related with all others, as claimtrack relate does.

    \b
    Examples:
      claimtrack track articles/
      claimtrack track articles/ --project strike.db
      claimtrack track articles/ --aliases speakers.csv
      claimtrack track --again
    """
    from claimtrack.tracker import Tracker

    if not paths and not again:
        raise click.UsageError("name files or folders to read, or use --again for all of the project")
    rows: tuple[Alias, ...] = ()
    if aliases:
        from claimtrack.speakers.places import read_aliases

        rows = read_aliases(aliases)
    with Tracker(project, create=bool(paths), nlp=nlp, aliases=rows) as tracker:
        summary = _tracked(tracker, _found(tracker, paths, any_language, follow), again)
        click.echo(f"{project}: {summary}", err=True)
        if not no_relate:
            _relate(tracker, project)
    if summary.failed:
        sys.exit(1)


def _relate(tracker: Tracker, project: str) -> None:
    from claimtrack.cli.relations import related

    try:
        summary = related(tracker)
    except KeyboardInterrupt:
        click.echo("Stopped; the articles are kept, claimtrack relate goes on with their relations.", err=True)
        raise
    if summary.added or summary.removed or (summary.fresh and summary.topics):
        click.echo(f"{project}: {summary}", err=True)


def _found(
    tracker: Tracker, paths: tuple[str, ...], any_language: bool, follow: bool
) -> Iterator[Article | Problem]:  # fmt: skip
    from claimtrack.ingest import read_articles

    return read_articles(paths, any_language, follow) if paths else tracker.stored_articles()


def _tracked(tracker: Tracker, found: Iterator[Article | Problem], again: bool) -> Summary:
    terminal = stderr_is_terminal()
    done, told = 0, time.monotonic()

    def tell(event: Event) -> None:
        nonlocal done, told
        done += 1
        if event.outcome in ("skipped", "failed"):
            click.echo(f"{'Notice' if event.outcome == 'skipped' else 'Error'}: {clean(event.label)}", err=True)
        bar.step(event.label)
        if not terminal and time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            click.echo(f"{done:,} articles so far, the last {clean(event.label)}", err=True)

    with Progress("reading articles") as bar:
        try:
            return tracker.add(found, again, tell)
        except KeyboardInterrupt:
            click.echo(f"Stopped after {done:,} articles, which are kept; start again to go on.", err=True)
            raise
