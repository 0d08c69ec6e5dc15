"""What a network learned beyond another one, in little space.

A network that is trained further changes its large matrices by little, and most of what matters of the change has a
low rank (Hu et al., 2022). So a change is kept as two thin matrices for each large one, in eight bits, and whole for
all that is small. Matrices that are in four bits could not take it up: it is less than a step of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from claimtrack.analysis.quantised import packed, unpacked

RANK = 4
"""With so many directions a change of the entailment network does what it does in full (docs/models.md)."""

UP, DOWN = ".up", ".down"
"""What the names of the two matrices end with: the change is ``up.T @ down``."""

_WHOLE = frozenset({"score.weight", "encoder.distances.weight"})
_KEPT = frozenset({"encoder.words.weight", "encoder.places.weight", "encoder.features.0.weight"})
"""Tables that are not trained on, or hardly change."""


def difference(changed: Mapping[str, Tensor], base: Mapping[str, Tensor], rank: int = RANK) -> dict[str, Tensor]:
    """Return what has changed, as tensors to be written.

    Args:
        changed: the weights of the trained network.
        base: those that it began with, under the same names.
        rank: of the change of a large matrix.
    """
    result: dict[str, Tensor] = {}
    for name, weight in changed.items():
        if name in _KEPT:
            continue
        if weight.ndim < 2 or name in _WHOLE:
            result[name] = weight.to(torch.float16)
            continue
        left, sizes, right = torch.linalg.svd((weight - base[name]).float(), full_matrices=False)
        halves = sizes[:rank].sqrt()
        result |= _in_eight_bits({name + UP: (left[:, :rank] * halves).T, name + DOWN: right[:rank] * halves[:, None]})
    return result


def _in_eight_bits(matrices: Mapping[str, Tensor]) -> dict[str, Tensor]:
    # One scale for each of the few long rows.
    return packed({name: matrix.contiguous() for name, matrix in matrices.items()}, least=0)


def changes(state: Mapping[str, Tensor]) -> tuple[dict[str, tuple[Tensor, Tensor]], dict[str, Tensor]]:
    """Return the two matrices of each large one that has changed, and what has changed as a whole; single precision.

    Args:
        state: as :func:`difference` made it.
    """
    weights = unpacked(state)
    names = [name.removesuffix(UP) for name in weights if name.endswith(UP)]
    thin = {name: (weights.pop(name + UP), weights.pop(name + DOWN)) for name in names}
    return thin, weights


class Changed(nn.Module):
    """A linear layer of which the change is not part yet.

    Args:
        layer: the layer as it was.
        up: (rank, out).
        down: (rank, in).
    """

    def __init__(self, layer: nn.Module, up: Tensor, down: Tensor) -> None:
        super().__init__()
        self._layer, self._up, self._down = layer, up, down.T

    def forward(self, vectors: Tensor) -> Tensor:
        """Return the layer's output, (..., out)."""
        result: Tensor = self._layer(vectors)
        return result + (vectors @ self._down) @ self._up
