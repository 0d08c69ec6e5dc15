"""``claimtrack extract``: articles in, claims out, no project file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimtrack.cli.output import opened, output_options
from claimtrack.cli.progress import Progress
from claimtrack.cli.reading import aliases_in, aliases_option, nlp_option, reading_options
from claimtrack.export import writer
from claimtrack.export.clean import clean
from claimtrack.export.explain import ExplainWriter
from claimtrack.ingest import Problem, read_articles
from claimtrack.model import Article, Claim

if TYPE_CHECKING:
    from claimtrack.speakers.places import Alias


@click.command(no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@output_options
@nlp_option
@aliases_option
@click.option("--explain", is_flag=True, help="Instead of a table, tell why each claim has the speaker it has.")
@reading_options
def extract(
    paths: tuple[str, ...], format_: str, output: str, encoding: str | None, nlp: str, aliases: Path | None,
    explain: bool, any_language: bool, follow: bool,
) -> None:  # fmt: skip
    """Print every attributed statement of the articles at PATHS.

    PATHS are text (.txt), Markdown (.md), web pages (.html), PDF files, feeds (RSS or Atom: .xml,
    .rss, .atom), tables (.jsonl or .csv with a column "text"), folders of these, addresses
    (https://..., fetched only when you name them), or - for standard input. A folder's articles.csv
    tells outlet, title and date of the files beside it.

    \b
    Examples:
      claimtrack extract article.txt
      claimtrack extract articles/ --format csv -o claims.csv
      claimtrack extract page.html report.pdf
      claimtrack extract https://example.org/news/strike.html
      claimtrack extract https://example.org/feed.xml --follow
      cat article.txt | claimtrack extract - --format jsonl
      claimtrack extract articles/ --aliases speakers.csv
    """
    if explain and format_ != "table":
        raise click.UsageError("--explain is for people to read; leave out --format")
    rows = aliases_in(aliases)
    made = (lambda _, stream: ExplainWriter(stream)) if explain else writer
    with opened(format_, output, encoding, made) as target:
        counts = run(read_articles(paths, any_language, follow), [target.write], nlp, rows)
    click.echo(counts.summary(), err=True)
    if counts.failed:
        sys.exit(1)


class Counts:
    """What became of a batch."""

    def __init__(self) -> None:
        self.articles = self.claims = self.skipped = self.failed = 0

    def problem(self, problem: Problem) -> None:
        """Count a problem and tell it on standard error."""
        if problem.skipped:
            self.skipped += 1
        else:
            self.failed += 1
        click.echo(f"{'Notice' if problem.skipped else 'Error'}: {clean(problem.message)}", err=True)

    def summary(self, claims: bool = True) -> str:
        """One line for the end of a batch; without ``claims``, one in which none were looked for."""
        parts = [(_counted(self.claims, "claim") + " in " if claims else "") + _counted(self.articles, "article")]
        if self.skipped:
            parts.append(f"{self.skipped} skipped")
        if self.failed:
            parts.append(f"{self.failed} failed")
        return ", ".join(parts)


def run(
    found: Iterable[Article | Problem], sinks: Sequence[Callable[[Claim], None]], nlp: str,
    aliases: tuple[Alias, ...] = (),
) -> Counts:  # fmt: skip
    """Extract the claims of every article and hand each claim to every sink."""
    counts = Counts()
    for claim in extracted(found, nlp, counts, aliases):
        for sink in sinks:
            sink(claim)
    return counts


def extracted(
    found: Iterable[Article | Problem], nlp: str, counts: Counts, aliases: tuple[Alias, ...] = ()
) -> Iterator[Claim]:
    """Yield the claims of every article and count what became of the batch.

    The models are loaded when the first readable article turns up.
    """
    articles = _articles(found, counts)
    for first in articles:
        yield from _extracted(chain([first], articles), nlp, counts, aliases)


def _extracted(articles: Iterable[Article], nlp: str, counts: Counts, aliases: tuple[Alias, ...]) -> Iterator[Claim]:
    from claimtrack.claims.extractor import Extractor

    with Progress("loading models") as progress:
        extractor = Extractor(nlp, aliases=aliases)
        progress.tell("reading articles")
        for article, result in extractor.extract_all(articles):
            progress.step(article.title or article.path or article.id)
            if isinstance(result, Exception):
                counts.problem(Problem(str(result)))
                continue
            counts.articles += 1
            counts.claims += len(result)
            yield from result


def _articles(found: Iterable[Article | Problem], counts: Counts) -> Iterator[Article]:
    for item in found:
        if isinstance(item, Problem):
            counts.problem(item)
        else:
            yield item


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
