"""``claimtrack why``: how the claims on one line came by their speakers."""

from __future__ import annotations

from pathlib import Path

import click

from claimtrack.cli.progress import Progress
from claimtrack.errors import InputError
from claimtrack.export.explain import explanation, lines_of
from claimtrack.ingest import Problem, read_articles


@click.command(no_args_is_help=True)
@click.argument("place", metavar="FILE:LINE")
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME", help="Language models.")
@click.option(
    "--aliases",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own table of speakers: CSV with alias, name, kind, part_of.",
)
def why(place: str, nlp: str, aliases: Path | None) -> None:
    """Tell why the claims on a line of a text file have the speakers they have.

    For each claim: the mention, the rule that resolved it, the candidates that the rule weighed with what
    counted for each, and the confidence.

    \b
    Example:
      claimtrack why article.txt:12
    """
    name, _, number = place.rpartition(":")
    if not name or not number.isdecimal() or int(number) < 1:
        raise click.UsageError(f"{place!r} is no FILE:LINE; write, for example, article.txt:12")
    found = list(read_articles([name]))
    problems = [item for item in found if isinstance(item, Problem)]
    if problems:
        raise InputError(problems[0].message)
    articles = [item for item in found if not isinstance(item, Problem)]
    if len(articles) != 1 or Path(name).suffix != ".txt":
        raise InputError(f"{name}: lines are counted in one article; give a text file (.txt)")
    last = articles[0].text.count("\n") + 1
    if int(number) > last:
        raise InputError(f"{name}: has {last} lines, no line {number}")

    from claimtrack.claims.extractor import Extractor
    from claimtrack.speakers.places import read_aliases

    rows = read_aliases(aliases) if aliases else ()
    with Progress("loading models"):
        claims = Extractor(nlp, aliases=rows).extract(articles[0])
    here = [claim for claim in claims if int(number) in lines_of(claim)]
    click.echo("\n\n".join(map(explanation, here)) if here else f"{place}: no claim found on this line")
