"""Make the entailment model's probabilities mean what they say."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from claimtrack.relations.entailment.model import Calibration


def fitted(scores: Tensor, labels: Sequence[int]) -> Calibration:
    """Return the temperature and the shifts under which the labels are likeliest.

    Args:
        scores: before the softmax, (pairs, labels).
        labels: the number of the right label of each pair.
    """
    gold = torch.tensor(labels)
    log_temperature = torch.zeros(1, requires_grad=True)
    shift = torch.zeros(scores.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([log_temperature, shift], lr=0.5, max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        moved = scores / log_temperature.exp() + shift
        # A little pull to zero, for only the differences of shifts matter.
        value = functional.cross_entropy(moved, gold) + 1e-3 * (shift**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    first, second, third = (round(float(value), 4) for value in shift.detach())
    return Calibration(round(float(log_temperature.exp()), 4), (first, second, third))
