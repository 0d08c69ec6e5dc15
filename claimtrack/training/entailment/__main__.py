"""Make the entailment model: ``python -m claimtrack.training.entailment``."""

from __future__ import annotations

import logging
from pathlib import Path

import click
import torch

from claimtrack.training.encoder import Places
from claimtrack.training.entailment import recipes


@click.command()
@click.argument("steps", nargs=-1, type=click.Choice(list(recipes.STEPS)))
@click.option("--corpus", type=click.Path(path_type=Path, file_okay=False, exists=True), required=True,
              help="Folder with train.jsonl.gz and dev.jsonl.gz (premise, hypothesis, label, source) and "
              "news.jsonl.gz (text).")  # fmt: skip
@click.option("--encoder", type=click.Path(path_type=Path, file_okay=False, exists=True), required=True,
              help="Folder with the pretrained encoder all-mpnet-base-v2: model.safetensors.")  # fmt: skip
@click.option("--work", type=click.Path(path_type=Path, file_okay=False), default=Path(".work/entailment"),
              show_default=True, help="Folder for checkpoints and models.")  # fmt: skip
def main(steps: tuple[str, ...], corpus: Path, encoder: Path, work: Path) -> None:
    """Run STEPS (all of them when none is named), each picking up where it was interrupted.

    \b
    Example:
      python -m claimtrack.training.entailment --corpus nli --encoder all-mpnet-base-v2 network
    """
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("claimtrack").setLevel(logging.INFO)
    places = Places(corpus, encoder, work)
    for name in steps or recipes.STEPS:
        logging.getLogger("claimtrack").info("step %s", name)
        recipes.STEPS[name](places)


main()
