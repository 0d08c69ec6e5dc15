"""Weights in eight bits: a fourth of the size, and on a processor about three times as fast.

Each row of a matrix has its own scale (symmetric, -127 to 127), so one large weight costs only its row.
Everything else is kept in half precision. The method is that of Jacob et al. (2018), weights only; inputs are
quantised on the fly: by PyTorch's ``linear_dynamic`` with one scale for the whole batch, or, where an answer must
not hang on what else is in the batch, with a scale for each piece (:func:`steady`).
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn

SCALE = ".scale"
"""What the name of a matrix's scales ends with."""


def packed(state: Mapping[str, Tensor], least: int = 10_000) -> dict[str, Tensor]:
    """Return weights with every matrix of more than ``least`` numbers in eight bits and all else in half precision."""
    result = {}
    for name, weight in state.items():
        if weight.ndim == 2 and weight.numel() > least:
            scale = weight.abs().amax(1).clamp(min=1e-8) / 127
            result[name] = (weight / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
            result[name + SCALE] = scale.to(torch.float32)
        else:
            result[name] = weight.to(torch.float16)
    return result


def unpacked(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return packed weights in single precision."""
    return {
        name: weight.float() * state[name + SCALE][:, None] if name + SCALE in state else weight.float()
        for name, weight in state.items()
        if not name.endswith(SCALE)
    }


class EightBitLinear(nn.Module):
    """A linear layer over eight-bit weights.

    Args:
        weight: int8, (out, in).
        scale: of each row, (out,).
        bias: (out,).
    """

    def __init__(self, weight: Tensor, scale: Tensor, bias: Tensor) -> None:
        super().__init__()
        self._packed = _prepacked(weight, scale, bias)

    def forward(self, vectors: Tensor) -> Tensor:
        """Return the layer's output, (..., out)."""
        # Inputs take seven bits: with eight, processors without VNNI instructions overflow.
        result: Tensor = torch.ops.quantized.linear_dynamic(vectors, self._packed, reduce_range=True)
        return result


def _prepacked(weight: Tensor, scale: Tensor, bias: Tensor) -> Any:
    zeros = torch.zeros(len(scale), dtype=torch.int64)
    with warnings.catch_warnings():
        # PyTorch means to drop this kind of tensor one day; quicken() then leaves single precision in place.
        warnings.simplefilter("ignore")
        matrix = torch._make_per_channel_quantized_tensor(weight, scale.double(), zeros, 0)
        return torch.ops.quantized.linear_prepack(matrix, bias)


def steady(weight: Tensor, scale: Tensor, bias: Tensor) -> nn.Module:
    """Return a linear layer over eight-bit weights whose output for a piece hangs on that piece alone.

    Args:
        weight: int8, (out, in).
        scale: of each row, (out,).
        bias: (out,).

    Raises:
        RuntimeError: when this processor has no such layer.
    """
    return (SteadyLinear if multiplies_eight_bits() else SevenBitLinear)(weight, scale, bias)


class SteadyLinear(nn.Module):
    """A linear layer over eight-bit weights whose output for a piece hangs on that piece alone.

    Each input vector is quantised with its own scale, as Dettmers et al. (2022) do, so there are neither
    neighbours nor outliers elsewhere in the batch to disturb it.

    Args:
        weight: int8, (out, in).
        scale: of each row, (out,).
        bias: (out,).

    Raises:
        RuntimeError: when this processor cannot multiply eight-bit matrices exactly.
    """

    def __init__(self, weight: Tensor, scale: Tensor, bias: Tensor) -> None:
        super().__init__()
        if not multiplies_eight_bits():
            raise RuntimeError("no quick and exact multiplication of eight-bit matrices here")
        self._weight, self._scale, self._bias = weight.t(), scale, bias

    def forward(self, vectors: Tensor) -> Tensor:
        """Return the layer's output, (..., out)."""
        rows = vectors.reshape(-1, vectors.shape[-1])
        scale = rows.abs().amax(1, keepdim=True).clamp(min=1e-8).div_(127)
        product = torch._int_mm((rows / scale).round_().to(torch.int8), self._weight)
        return product.float().mul_(scale).mul_(self._scale).add_(self._bias).view(*vectors.shape[:-1], -1)


class SevenBitLinear(nn.Module):
    """What :class:`SteadyLinear` is, for processors without VNNI instructions: inputs take seven bits.

    There sums of products of eight bits overflow, and PyTorch's exact way is thirty times as slow as single precision;
    this is half as fast again (``docs/models.md``).

    Args:
        weight: int8, (out, in).
        scale: of each row, (out,).
        bias: (out,).
    """

    def __init__(self, weight: Tensor, scale: Tensor, bias: Tensor) -> None:
        super().__init__()
        self._packed = _prepacked(weight, scale, torch.zeros_like(bias))
        self._multiply = torch.ops.quantized.linear_with_input_q_dq_qweight_dq_output_fp32
        self._bias = bias

    def forward(self, vectors: Tensor) -> Tensor:
        """Return the layer's output, (..., out)."""
        rows = vectors.reshape(-1, vectors.shape[-1])
        scale = rows.abs().amax(1, keepdim=True).clamp(min=1e-8)
        # Every row reaches from -1 to 1 then, so one fixed step does for all.
        product: Tensor = self._multiply(rows / scale, 1 / 63, 64, self._packed)
        return product.mul_(scale).add_(self._bias).view(*vectors.shape[:-1], -1)


SLOW = 3.0
"""An eight-bit product that takes so many times what one in single precision takes is not worth having.

Where it is quick, it takes a third; where PyTorch does it number by number, thirty times as long."""


@cache
def multiplies_eight_bits() -> bool:
    """Tell whether PyTorch multiplies eight-bit matrices exactly here, and quickly.

    Processors without VNNI instructions add products in sixteen bits, which the largest ones overflow, or PyTorch
    takes the long way.
    """
    largest = torch.full((256, 256), 127, dtype=torch.int8)
    single = largest.float()
    try:
        exact = bool((torch._int_mm(largest, largest.t()) == 256 * 127 * 127).all())
    except (AttributeError, RuntimeError):
        return False
    return exact and _time(lambda: torch._int_mm(largest, largest.t())) < SLOW * _time(lambda: single @ single.t())


def _time(work: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of a few runs, in seconds; the first is for warming up."""
    work()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


@cache
def has_matrix_tiles() -> bool:
    """Tell whether this processor multiplies matrices of bfloat16 as fast as of eight bits (Intel's AMX).

    There a large layer is faster in bfloat16: nothing needs to be scaled and rounded on the way.
    """
    told: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    return bool(told.get("amx_bf16"))


def quicken(
    module: nn.Module,
    state: Mapping[str, Tensor],
    kind: Callable[[Tensor, Tensor, Tensor], nn.Module] = EightBitLinear,
) -> None:
    """Put eight-bit layers in the place of a module's linear ones, where PyTorch and the processor have them.

    Args:
        module: with its weights loaded.
        state: the packed weights.
        kind: which eight-bit layer: :class:`EightBitLinear` or :func:`steady`.
    """
    linear = [name for name, layer in module.named_modules() if isinstance(layer, nn.Linear)]
    for name in linear:
        if f"{name}.weight{SCALE}" not in state:
            continue
        parts = (state[f"{name}.weight"], state[f"{name}.weight{SCALE}"], state[f"{name}.bias"].float())
        try:
            layer = kind(*parts)
        except (AttributeError, RuntimeError):  # the same weights in single precision are there already
            return
        parent, _, own = name.rpartition(".")
        setattr(module.get_submodule(parent), own, layer)
