"""A model of ours with its optimizer, in the shape that the training loop drives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn

from claimtrack.training.encoder import device

Model = TypeVar("Model", bound=nn.Module)


class Trainer(Generic[Model]):
    """What taggers and the entailment model have in common: a step, and a file.

    Args:
        model: with the pretrained encoder's weights.
        groups: its parameters, as optimizers take them.
        rate: the learning rate of the encoder.
    """

    def __init__(self, model: Model, groups: Iterable[dict[str, Any]], rate: float) -> None:
        self.model = model.to(device())
        self.optimizer = torch.optim.AdamW(list(groups), lr=rate, weight_decay=0.01)

    def step(self, loss: Tensor) -> float:
        """Go one step down a loss, gradients no longer than 1, and return it."""
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([p for p in self.model.parameters() if p.requires_grad], 1.0)
        self.optimizer.step()
        return float(loss.detach())

    def save(self, path: str) -> None:
        """Write the weights."""
        torch.save(self.model.state_dict(), path)
