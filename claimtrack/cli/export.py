"""``claimtrack export``: claims in any format, for other programs."""

from __future__ import annotations

import sys
from typing import Any

import click

from claimtrack.cli.extract import Counts, extracted
from claimtrack.cli.output import STANDARD_OUTPUT, is_file
from claimtrack.export import FORMATS, Export, write_export
from claimtrack.export.clean import clean
from claimtrack.ingest import read_articles

NAMES = [name for name in FORMATS if name != "table"]


class FormatCommand(click.Command):
    """Lists the formats in its help, from where they are registered."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Formats"):
            formatter.write_dl([(name, FORMATS[name].description) for name in NAMES])


@click.command(cls=FormatCommand, no_args_is_help=True)
@click.argument("format_", metavar="FORMAT", type=click.Choice(NAMES))
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("-o", "--output", default=STANDARD_OUTPUT, metavar="FILE",
              help="Write to FILE, for a vault a new folder; - for standard output.")  # fmt: skip
@click.option("--no-text", is_flag=True,
              help="Leave out every word of the articles; ids, names, dates and offsets stay.")  # fmt: skip
@click.option("--encoding", type=click.Choice(["utf-8-sig", "utf-8"]),
              help="Of CSV: with a byte order mark for Excel, or without for programs. By default files have "
                   "one and pipes have none.")  # fmt: skip
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME",
              help="Language models: embedded, stanza (the official ones, once fetched), or a folder.")  # fmt: skip
@click.option("--any-language", is_flag=True, help="Do not skip articles that are not in English.")
def export(
    format_: str, paths: tuple[str, ...], output: str, no_text: bool, encoding: str | None, nlp: str, any_language: bool
) -> None:
    """Write the claims of the articles at PATHS in FORMAT.

    PATHS are what "claimtrack extract" reads. The file appears when it is complete.

    \b
    Examples:
      claimtrack export xlsx articles/ -o claims.xlsx
      claimtrack export vault articles/ -o notes
      claimtrack export webannotation article.txt > claims.jsonld
      claimtrack export csv articles/ --no-text -o claims.csv
    """
    target: Any = output
    if output == STANDARD_OUTPUT:
        target = sys.stdout.buffer
        encoding = encoding or ("utf-8-sig" if format_ == "csv" and is_file(sys.stdout) else "utf-8")
    counts = Counts()
    claims = extracted(read_articles(paths, any_language), nlp, counts)
    for notice in write_export(format_, Export(claims), target, no_text, encoding):
        click.echo(f"Notice: {clean(notice)}", err=True)
    click.echo(counts.summary(), err=True)
    if counts.failed:
        sys.exit(1)
