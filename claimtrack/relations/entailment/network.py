"""The entailment network: what a premise says of a hypothesis.

One encoder reads both sentences together (a cross-encoder, as Devlin et al., 2019, do for inference); the
decision looks at its first piece and, as Mou et al. (2016) found useful, at how the means of the two sentences
differ and agree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional

from claimtrack.analysis.encoder import MPNET, Encoder, Shape, WordPieces

LABELS = ("contradiction", "entailment", "neutral")
"""The order of the network's scores."""

SHAPE = replace(MPNET, layers=10)
"""The first ten of MPNet's twelve layers: with all of them four bits would not fit into 50 MB."""

LONGEST = 128
"""The most pieces of one sentence; the rest is cut off. Two of them fit the encoder's 512 positions."""

_PIECE = re.compile(r"[^\W_]+|\S")
"""A word or a single mark, as BERT's own splitting has it."""


def numbers_of(text: str, pieces: WordPieces) -> list[int]:
    """Return the piece numbers of a sentence, at most :data:`LONGEST`."""
    words = _PIECE.findall(unicodedata.normalize("NFC", text))
    return [number for word in words for number in pieces.of(word)][:LONGEST]


@dataclass(frozen=True)
class PairBatch:
    """Pairs as tensors, each (pairs, length); ``second`` is 1 on the pieces of the hypothesis."""

    pieces: Tensor
    second: Tensor
    mask: Tensor

    def to(self, where: torch.device) -> PairBatch:
        """Return the batch on a device."""
        return PairBatch(self.pieces.to(where), self.second.to(where), self.mask.to(where))


def batch_of(pairs: Sequence[tuple[list[int], list[int]]], pieces: WordPieces) -> PairBatch:
    """Return pairs of piece numbers as one padded batch: start, premise, end, hypothesis, end."""
    length = max(len(a) + len(b) for a, b in pairs) + 3
    batch = PairBatch(
        torch.zeros(len(pairs), length, dtype=torch.long),
        torch.zeros(len(pairs), length, dtype=torch.long),
        torch.zeros(len(pairs), length, dtype=torch.bool),
    )
    for row, (a, b) in enumerate(pairs):
        numbers = [pieces.start, *a, pieces.end, *b, pieces.end]
        batch.pieces[row, : len(numbers)] = torch.tensor(numbers)
        batch.second[row, len(a) + 2 : len(numbers)] = 1
        batch.mask[row, : len(numbers)] = True
    return batch


class EntailmentNetwork(nn.Module):
    """Scores a premise and a hypothesis for each of :data:`LABELS`.

    Args:
        shape: the sizes of the encoder.
    """

    def __init__(self, shape: Shape = SHAPE) -> None:
        super().__init__()
        self.encoder = Encoder(shape, (2,))
        self.dropout = nn.Dropout(0.1)
        self.hidden = nn.Linear(3 * shape.width, shape.width)
        self.score = nn.Linear(shape.width, len(LABELS))

    def forward(self, batch: PairBatch) -> Tensor:
        """Return the scores before the softmax, (pairs, labels)."""
        places = torch.arange(batch.pieces.shape[1], device=batch.pieces.device).expand_as(batch.pieces)
        vectors = self.encoder(batch.pieces, places, batch.second[None], batch.mask)
        first = _mean(vectors, batch.mask & (batch.second == 0))
        other = _mean(vectors, batch.mask & (batch.second == 1))
        joined = torch.cat([vectors[:, 0], (first - other).abs(), first * other], 1)
        scores: Tensor = self.score(self.dropout(functional.gelu(self.hidden(joined))))
        return scores


def _mean(vectors: Tensor, mask: Tensor) -> Tensor:
    weights = mask.to(vectors.dtype)[:, :, None]
    return (vectors * weights).sum(1) / weights.sum(1).clamp(min=1)
