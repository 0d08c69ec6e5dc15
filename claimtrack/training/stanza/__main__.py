"""Make the embedded English Stanza models: ``python -m claimtrack.training.stanza``."""

from __future__ import annotations

import logging
from pathlib import Path

import click
import torch

from claimtrack.training.stanza import recipes


@click.command()
@click.argument("steps", nargs=-1, type=click.Choice(list(recipes.STEPS)))
@click.option("--ud", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Folder with the treebanks EWT/ and GUM/.")  # fmt: skip
@click.option("--news", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="Gzipped JSON Lines of news articles (content_original).")  # fmt: skip
@click.option("--work", type=click.Path(path_type=Path, file_okay=False), default=Path(".work/stanza"),
              show_default=True, help="Folder for data, checkpoints and models.")  # fmt: skip
@click.option("--uner", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="Folder with UNER's EWT annotation, to test the entity recogniser.")  # fmt: skip
def main(steps: tuple[str, ...], ud: Path, news: Path, work: Path, uner: Path | None) -> None:
    """Run STEPS (all of them when none is named), each picking up where it was interrupted.

    \b
    Example:
      python -m claimtrack.training.stanza --ud ud --news articles.jsonl.gz tokenize pos
    """
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("claimtrack").setLevel(logging.INFO)
    logging.getLogger("stanza").setLevel(logging.WARNING)
    places = recipes.Places(ud, news, work, uner)
    for name in steps or recipes.STEPS:
        logging.getLogger("claimtrack").info("step %s", name)
        recipes.STEPS[name](places)


main()
