"""Weights in four bits: an eighth of the size, for large models that come with the package.

Each row of a matrix has one scale, and each 32 of its columns a whole multiple of it, 1 to 15, so that every weight
is a whole number of its row's scale and fits eight bits when it is read: a model in four bits is multiplied as one in
eight (``analysis/quantised.py``). Scales for groups are what Dettmers and Zettlemoyer (2023) found best for four
bits; that scales are scaled themselves is from Dettmers et al. (2023). A model that is trained a little with
:func:`rounded` weights (Jacob et al., 2018) loses next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from claimtrack.analysis.quantised import SCALE

GROUP = 32
"""So many columns share a multiplier."""

MULTIPLIERS = ".multipliers"
"""What the name of a matrix's multipliers ends with."""

_LEAST, _MOST = -8, 7


def in_four_bits(weight: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return a matrix as whole numbers from -8 to 7, the multiplier of each group, and the scale of each row.

    Args:
        weight: (rows, columns); :data:`GROUP` divides the columns.

    Returns:
        (rows, groups, :data:`GROUP`), (rows, groups, 1) and (rows, 1, 1), floating.
    """
    groups = weight.detach().view(len(weight), -1, GROUP)
    largest = groups.abs().amax(2, keepdim=True) / _MOST
    scale = (largest.amax(1, keepdim=True) / 15).clamp(min=1e-12)
    # Rather a step too wide than the largest weights cut off.
    multipliers = (largest / scale - 0.25).ceil_().clamp_(1, 15)
    numbers = (groups / (multipliers * scale)).round_().clamp_(_LEAST, _MOST)
    return numbers, multipliers, scale


def rounded(weight: Tensor) -> Tensor:
    """Return a matrix as it will be read back, for training; its gradient is that of the matrix itself."""
    numbers, multipliers, scale = in_four_bits(weight)
    return weight + (numbers.mul_(multipliers).mul_(scale).view_as(weight) - weight.detach())


def packed(name: str, weight: Tensor) -> dict[str, Tensor]:
    """Return a matrix as tensors to be written, two numbers a byte.

    Args:
        name: of the matrix; scales and multipliers take it with an ending.
        weight: (rows, columns); twice :data:`GROUP` divides the columns.
    """
    numbers, multipliers, scale = in_four_bits(weight.float())
    return {
        name: _paired(numbers.view_as(weight) - _LEAST),
        name + MULTIPLIERS: _paired(multipliers[:, :, 0]),
        name + SCALE: scale.view(-1).float(),
    }


def unpacked(name: str, state: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Return a matrix in eight bits, int8 (rows, columns), and the scale of each row, (rows,)."""
    numbers = _single(state[name]) + _LEAST
    multipliers = _single(state[name + MULTIPLIERS])
    whole = numbers.view(len(numbers), -1, GROUP) * multipliers[:, :, None]
    return whole.view_as(numbers), state[name + SCALE].float()


def in_eight_bits(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return weights as ``quantised.packed`` has them, every matrix that is in four bits in eight."""
    result = {name: value for name, value in state.items() if not name.endswith(MULTIPLIERS)}
    for name in result.keys() & {name.removesuffix(MULTIPLIERS) for name in state.keys() - result.keys()}:
        result[name], result[name + SCALE] = unpacked(name, state)
    return result


def _paired(numbers: Tensor) -> Tensor:
    whole = numbers.to(torch.uint8)
    return whole[:, ::2] | whole[:, 1::2] << 4


def _single(pairs: Tensor) -> Tensor:
    return torch.stack([pairs & 15, pairs >> 4], 2).view(len(pairs), -1).to(torch.int8)
