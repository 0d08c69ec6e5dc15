"""``claimtrack read``: what claimtrack makes of files and pages, before anything is extracted."""

from __future__ import annotations

import json
import sys

import click

from claimtrack.cli.extract import Counts
from claimtrack.cli.reading import reading_options
from claimtrack.errors import InputError
from claimtrack.ingest import Problem, read_articles
from claimtrack.ingest.tables import article_row


@click.command(no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("-o", "--output", default="-", metavar="FILE", help="Write to FILE, - for the terminal.")
@reading_options
def read(paths: tuple[str, ...], output: str, any_language: bool, follow: bool) -> None:
    """Print the articles at PATHS as JSON Lines: their text, outlet, title, date, author.

    PATHS are what claimtrack extract reads, and what is printed here can be given to it in turn: look
    at the text of a page or a PDF, correct it, or keep what was fetched. The offsets of claims are
    offsets into this text.

    \b
    Examples:
      claimtrack read page.html report.pdf
      claimtrack read https://example.org/feed.xml --follow -o articles.jsonl
      claimtrack extract articles.jsonl
    """
    counts = Counts()
    try:
        with click.open_file(output, "w", encoding="utf-8", errors="backslashreplace", atomic=output != "-") as file:
            for found in read_articles(paths, any_language, follow):
                if isinstance(found, Problem):
                    counts.problem(found)
                    continue
                counts.articles += 1
                file.write(json.dumps(article_row(found), ensure_ascii=False) + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); name another file with -o") from None
    click.echo(counts.summary(claims=False), err=True)
    if counts.failed:
        sys.exit(1)
