"""``claimtrack demo``: the example articles, from text to spreadsheet, in any empty folder."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from importlib import resources
from pathlib import Path

import click

from claimtrack.cli.extract import Counts, run
from claimtrack.cli.output import STANDARD_OUTPUT, opened
from claimtrack.errors import InputError
from claimtrack.ingest import Problem, read_articles
from claimtrack.model import Article


@click.command()
@click.option("-o", "--output", default="claims.csv", show_default=True, metavar="FILE", help="Write the CSV to FILE.")
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME",
              help="Language models: embedded, stanza (the official ones, once fetched), or a folder.")  # fmt: skip
def demo(output: str, nlp: str) -> None:
    """Track the example articles that come with claimtrack.

    Prints who said what in nine invented articles about three events and writes the claims to
    claims.csv in this folder.

    \b
    Example:
      claimtrack demo
    """
    if output == STANDARD_OUTPUT:
        raise click.UsageError("the demo prints a table there already; name a file with -o")
    _must_be_ours(Path(output))
    click.echo("Reading the nine example articles; most of the time goes into loading the models.", err=True)
    with resources.as_file(resources.files("claimtrack.examples")) as folder, ExitStack() as stack:
        table = stack.enter_context(opened("table", "-"))
        spreadsheet = stack.enter_context(opened("csv", output))
        counts = run(_examples(folder), [table.write, spreadsheet.write], nlp)
    _say_what_next(counts, output)
    if counts.failed:
        sys.exit(1)


def _examples(folder: Path) -> Iterator[Article | Problem]:
    for found in read_articles([str(folder)]):
        # Where the package is installed is nobody's business in a spreadsheet.
        yield found if isinstance(found, Problem) else replace(found, path=Path(str(found.path)).name)


def _must_be_ours(path: Path) -> None:
    """Refuse to write over anything but an earlier demo's table.

    Raises:
        InputError: when the file is something else.
    """
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        examples = resources.files("claimtrack.examples")
        ours = bool(rows) and all(row["claim_id"] and examples.joinpath(row["article_path"]).is_file() for row in rows)
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        ours = False
    if not ours:
        raise InputError(f"{path}: is there already and is not from the demo; name another file with -o")


def _say_what_next(counts: Counts, output: str) -> None:
    click.echo(f"\n{counts.summary()}; written to {output}\n")
    click.echo("Try next:")
    click.echo(f"  open {output} in a spreadsheet")
    click.echo("  claimtrack extract YOUR-ARTICLE.txt")
    click.echo("  claimtrack extract FOLDER/ --format csv -o claims.csv")
    click.echo("  claimtrack track FOLDER/, and then claimtrack disputes: who contradicts whom")
    click.echo("  claimtrack extract --help")
