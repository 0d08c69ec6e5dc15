"""``claimtrack evaluate topics``: stories and matters against what people marked."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from claimtrack.cli.evaluate import evaluate


@evaluate.command()
@click.option("--corpus", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None,
              help="The folder of ECB+. Without it, the examples that come with claimtrack.")  # fmt: skip
def topics(corpus: Path | None) -> None:
    """Score how articles are put into stories, and claims into matters.

    With ECB+: B-cubed precision, recall and F1 of stories, in percent. With the
    examples: how many of the related pairs of claims share a story and a
    matter, and how many pairs there are in all.

    \b
    Examples:
      claimtrack evaluate topics
      claimtrack evaluate topics --corpus ecbplus
    """
    from claimtrack.evaluation.topics import score_stories, score_together

    if corpus is not None:
        click.echo(f"{'':<24}{'precision':>10}{'recall':>8}{'F1':>8}{'groups':>8}{'in gold':>8}")
        for part in score_stories(corpus):
            score = part.score
            click.echo(f"{part.part:<24}{score.precision:>10.1f}{score.recall:>8.1f}{score.f1:>8.1f}"
                       f"{part.found:>8}{part.gold:>8}")  # fmt: skip
        return
    with resources.as_file(resources.files("claimtrack.examples")) as examples:
        for level in score_together(examples):
            click.echo(f"same {level.level:<8}{level.related:>5} of {level.of_related} related pairs, "
                       f"{level.pairs:,} of all {level.of_pairs:,} pairs")  # fmt: skip
