"""``claimtrack export``: claims in any format, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from claimtrack.cli.extract import Counts, extracted
from claimtrack.cli.filters import filter_options, project_option, tell_empty, understood
from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.output import STANDARD_OUTPUT, is_file
from claimtrack.cli.reading import aliases_in, aliases_option, nlp_option, reading_options
from claimtrack.export import FORMATS, Export, write_export
from claimtrack.export.clean import clean
from claimtrack.ingest import read_articles
from claimtrack.model import Claim

NAMES = [name for name in FORMATS if name != "table"]

READING = ("nlp", "aliases", "any_language", "follow")
"""Options that say how PATHS are read, and nothing about a project."""


class FormatCommand(click.Command):
    """Lists the formats in its help, from where they are registered."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Formats"):
            formatter.write_dl([(name, FORMATS[name].description) for name in NAMES])


@click.command(cls=FormatCommand, no_args_is_help=True)
@click.argument("format_", metavar="FORMAT", type=click.Choice(NAMES))
@click.argument("paths", nargs=-1, metavar="[PATHS...]")
@click.option("-o", "--output", default=STANDARD_OUTPUT, metavar="FILE",
              help="Write to FILE, for a vault a new folder; - for standard output.")  # fmt: skip
@click.option("--no-text", is_flag=True,
              help="Leave out every word of the articles; ids, names, dates and offsets stay.")  # fmt: skip
@click.option("--encoding", type=click.Choice(["utf-8-sig", "utf-8"]),
              help="Of CSV: with a byte order mark for Excel, or without for programs. By default files have "
                   "one and pipes have none.")  # fmt: skip
@project_option
@filter_options()
@nlp_option
@aliases_option
@reading_options
@click.pass_context
def export(
    context: click.Context, format_: str, paths: tuple[str, ...], output: str, no_text: bool, encoding: str | None,
    project: str, wanted: dict[str, Any], nlp: str, aliases: Path | None, any_language: bool, follow: bool,
) -> None:  # fmt: skip
    """Write claims in FORMAT: those of a project, or those of the articles at PATHS.

    Without PATHS, the claims of the project that fit the filters are written as people corrected them, with the
    relations that they are in. With PATHS, which are what "claimtrack extract" reads, claims are extracted anew and
    no project is needed. The file appears when it is complete.

    \b
    Examples:
      claimtrack export xlsx -o claims.xlsx
      claimtrack export vault --topic cranes --since "May 28" -o notes
      claimtrack export xlsx articles/ -o claims.xlsx
      claimtrack export webannotation article.txt > claims.jsonld
      claimtrack export csv articles/ --no-text -o claims.csv
    """
    _check(context, bool(paths), wanted)
    target: Any = output
    if output == STANDARD_OUTPUT:
        target = sys.stdout.buffer
        encoding = encoding or ("utf-8-sig" if format_ == "csv" and is_file(sys.stdout) else "utf-8")
    counts = Counts()
    if paths:
        claims = extracted(read_articles(paths, any_language, follow), nlp, counts, aliases_in(aliases))
        _write(format_, Export(claims), target, no_text, encoding, counts)
        if counts.failed:
            sys.exit(1)
        return
    with opened_project(project) as tracker:
        filters = understood(tracker, wanted)
        content = tracker.content(filters)
        content = replace(content, claims=_counted(content.claims, counts))
        _write(format_, content, target, no_text, encoding, counts)
        if not counts.claims:
            tell_empty(tracker, filters)


def _check(context: click.Context, reads_paths: bool, wanted: dict[str, Any]) -> None:
    """Refuse options that would have no effect, rather than export something else than was asked for.

    Raises:
        UsageError: when there is one.
    """
    if reads_paths:
        names = [name for name, value in wanted.items() if value not in (None, False)]
        # The variable of the environment may be set for other commands.
        if context.get_parameter_source("project") is ParameterSource.COMMANDLINE:
            names.append("project")
        reason = "is for the claims of a project; leave it out, or leave out the PATHS and claimtrack track them first"
    else:
        names = [name for name in READING if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
        reason = "is for reading articles; name PATHS, or leave it out"
    if names:
        raise click.UsageError(f"--{names[0].replace('_', '-')} {reason}")


def _write(format_: str, content: Export, target: Any, no_text: bool, encoding: str | None, counts: Counts) -> None:
    for notice in write_export(format_, content, target, no_text, encoding):
        click.echo(f"Notice: {clean(notice)}", err=True)
    click.echo(counts.summary(), err=True)


def _counted(claims: Iterable[Claim], counts: Counts) -> Iterator[Claim]:
    articles: set[str] = set()
    for claim in claims:
        articles.add(claim.article.id)
        counts.claims += 1
        counts.articles = len(articles)
        yield claim
