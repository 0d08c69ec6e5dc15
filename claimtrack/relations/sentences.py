"""Texts as vectors: what is said in like words, or of like things, lies close together.

all-MiniLM-L6-v2 (Reimers and Gurevych, 2019), an encoder whose mean over the pieces of a text was trained to tell
which sentences belong together. Closeness is nearness of subject, no more: "raised rates" and "cut rates" are close.

Its table of word vectors is that of the attribution models, so only the layers have a file of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import torch
from torch import Tensor
from torch.nn import functional

from claimtrack.analysis.encoder import Encoder, WordPieces, by_length
from claimtrack.analysis.quantised import quicken, steady, unpacked
from claimtrack.attribution.tagger import storage
from claimtrack.errors import ModelError
from claimtrack.relations.entailment.network import numbers_of

EMBEDDED = Path(__file__).resolve().parents[1] / "models" / "sentences"
"""The layers that come with the package."""

WEIGHTS = "weights.safetensors"
TABLE = "words.weight"

BATCH = 512
"""Pieces read at once, padding counted: so many stay in a processor's cache, and larger batches are slower."""


class SentenceEncoder:
    """Turns texts into vectors.

    Args:
        encoder: with its weights.
        pieces: its word pieces.
    """

    def __init__(self, encoder: Encoder, pieces: WordPieces) -> None:
        self._encoder = encoder.eval()
        self._pieces = pieces

    def vectors(self, texts: Sequence[str]) -> numpy.ndarray[Any, numpy.dtype[numpy.float32]]:
        """Return a vector of length 1 for each text, float32, (texts, 384).

        A text is read up to its 128th piece (about 100 words). Its vector does not hang on the other texts.
        The same text twice is read once.
        """
        unique = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        found = numpy.zeros((len(unique), self._encoder.shape.width), dtype=numpy.float32)
        numbers = [[self._pieces.start, *numbers_of(text, self._pieces), self._pieces.end] for text in unique]
        with torch.inference_mode():
            for places in by_length([len(row) for row in numbers], BATCH):
                found[places] = self._read([numbers[place] for place in places]).numpy()
        return found[[unique[text] for text in texts]]

    def _read(self, numbers: Sequence[Sequence[int]]) -> Tensor:
        length = max(map(len, numbers))
        pieces = torch.tensor([[*row, *[0] * (length - len(row))] for row in numbers])
        mask = torch.arange(length) < torch.tensor([len(row) for row in numbers])[:, None]
        places = torch.arange(length).expand_as(pieces)
        vectors = self._encoder(pieces, places, pieces.new_zeros(0, *pieces.shape), mask)
        weights = mask[:, :, None].float()
        return functional.normalize((vectors * weights).sum(1) / weights.sum(1))


@cache
def load(folder: Path = EMBEDDED, shared: Path = storage.EMBEDDED) -> SentenceEncoder:
    """Read the encoder; on a processor that can, it runs in eight bits.

    Args:
        folder: with the layers.
        shared: the folder of the attribution models, for word vectors and vocabulary.

    Raises:
        ModelError: when a folder does not hold them.
    """
    from safetensors.torch import load_file

    try:
        layers = load_file(folder / WEIGHTS)
        pieces = storage.vocabulary(shared)
        with torch.device("meta"):
            encoder = Encoder()
        encoder.to_empty(device="cpu")
        encoder.load_state_dict({TABLE: storage.word_vectors(shared), **unpacked(layers)}, assign=True)
        quicken(encoder, layers, steady)
        return SentenceEncoder(encoder, pieces)
    except Exception as error:  # a damaged file raises nearly anything
        first = (str(error).splitlines() or [""])[0]
        raise ModelError(
            f"{folder}: no sentence encoder there ({type(error).__name__}: {first}); install claimtrack again"
        ) from error
