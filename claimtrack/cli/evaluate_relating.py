"""``claimtrack evaluate relating``: how long it takes to relate many claims."""

from __future__ import annotations

from pathlib import Path

import click

from claimtrack.cli.evaluate import evaluate


@evaluate.command()
@click.option("--project", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="A project file whose claims are repeated.")  # fmt: skip
@click.option("--claims", "number", type=click.IntRange(min=100), default=100_000, show_default=True,
              help="Relate so many claims.")  # fmt: skip
def relating(project: Path, number: int) -> None:
    """Time how long relating takes: the claims of a project, repeated as if other articles had made them.

    Repeated claims are of other stories, so they are compared among themselves.
    The project is only read. Grouping is not counted.

    \b
    Example:
      claimtrack evaluate relating --project claims.db --claims 20000
    """
    from claimtrack.errors import InputError
    from claimtrack.evaluation.relating_speed import measure
    from claimtrack.relations.relate import models
    from claimtrack.relations.topics import group
    from claimtrack.store import Filters
    from claimtrack.tracker import Tracker

    with Tracker(project, create=False) as tracker:
        claims = list(tracker.each(Filters()))
    if not claims:
        raise InputError(f"{project}: no claims there to repeat; claimtrack track adds articles")
    using = models()
    grouping = group(claims, vectors=using.encoder.vectors)
    found = measure(claims, grouping.topics, grouping.of, number, using)
    click.echo(
        f"{found.claims:,} claims, {found.pairs:,} pairs compared, {found.asked:,} questions to the entailment model, "
        f"{found.relations:,} relations: {found.seconds:.0f} s, at most {found.megabytes:,.0f} MB"
    )
