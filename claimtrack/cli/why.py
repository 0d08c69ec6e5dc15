"""``claimtrack why``: how claims came by their speakers, and why two claims are related."""

from __future__ import annotations

from pathlib import Path

import click

from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.filters import project_option
from claimtrack.cli.progress import Progress
from claimtrack.errors import InputError
from claimtrack.export.explain import explanation, lines_of, stored_explanation
from claimtrack.export.explain_relation import relation_explanation
from claimtrack.ingest import Problem, read_articles


@click.command(no_args_is_help=True)
@click.argument("place", metavar="FILE:LINE|CLAIM|RELATION")
@project_option
@click.option("--nlp", default="embedded", show_default=True, metavar="NAME", help="Language models.")
@click.option(
    "--aliases",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own table of speakers: CSV with alias, name, kind, part_of.",
)
def why(place: str, project: str, nlp: str, aliases: Path | None) -> None:
    """Tell why claims have the speakers they have, or why two claims are related.

    For each claim on a line of a text file: the mention, the rule that resolved it, the candidates that the rule
    weighed with what counted for each, and the confidence. CLAIM is a claim's id or the beginning of it, as
    claimtrack claims lists them; then also the merges that led to the name that is shown, how sure it is that
    something is claimed at all, what the cue says about it, and what people have decided. Nothing is extracted
    again.

    RELATION is a relation's id or the beginning of it, as claimtrack relations lists them: its reason, the evidence
    rule by rule, what the entailment model says in both directions, and what speaks against it.

    \b
    Examples:
      claimtrack why article.txt:12
      claimtrack why c_9f2b0c1d --project strike.db
      claimtrack why r_77aa01be
    """
    name, _, number = place.rpartition(":")
    if name and number.isdecimal() and int(number) > 0:
        _why_line(place, name, int(number), nlp, aliases)
    elif place.startswith("c_"):
        _why_claim(place, project)
    elif place.startswith("r_"):
        _why_relation(place, project)
    else:
        raise click.UsageError(
            f"{place!r} is no FILE:LINE and no id of a claim or relation; write, for example, article.txt:12 "
            "or c_9f2b0c1d"
        )


def _why_claim(prefix: str, project: str) -> None:
    with opened_project(project) as tracker:
        claim, status = tracker.claim(prefix)
        merges, history = tracker.merges(claim.id), tracker.history(claim.id)
    click.echo(stored_explanation(claim, status, merges, reversed(history)))


def _why_relation(prefix: str, project: str) -> None:
    with opened_project(project) as tracker:
        row = tracker.relation(prefix)
        ((relation, _),) = tracker.relation_objects([row["relation_id"]])
        history = tracker.history(relation.id)
    click.echo(relation_explanation(relation, row["topic"], reversed(history)))


def _why_line(place: str, name: str, number: int, nlp: str, aliases: Path | None) -> None:
    found = list(read_articles([name]))
    problems = [item for item in found if isinstance(item, Problem)]
    if problems:
        raise InputError(problems[0].message)
    articles = [item for item in found if not isinstance(item, Problem)]
    if len(articles) != 1 or Path(name).suffix != ".txt":
        raise InputError(f"{name}: lines are counted in one article; give a text file (.txt)")
    last = articles[0].text.count("\n") + 1
    if number > last:
        raise InputError(f"{name}: has {last} lines, no line {number}")

    from claimtrack.claims.extractor import Extractor
    from claimtrack.speakers.places import read_aliases

    rows = read_aliases(aliases) if aliases else ()
    with Progress("loading models"):
        claims = Extractor(nlp, aliases=rows).extract(articles[0])
    here = [claim for claim in claims if number in lines_of(claim)]
    click.echo("\n\n".join(map(explanation, here)) if here else f"{place}: no claim found on this line")
