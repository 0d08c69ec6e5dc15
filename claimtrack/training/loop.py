"""One training loop for every model: a fixed number of steps, checkpoints, resumption.

Stanza's entry points train until the dev score stalls and mostly cannot resume. On two cores the
budget is time, so this loop drives the same trainer objects, and the taggers', for a number of steps
fixed beforehand, with a learning rate that warms up and then falls to zero (which is worth more in few
steps than waiting for plateaus), and writes a checkpoint every few minutes that a later call picks up.
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

logger = logging.getLogger(__name__)


class Task(Protocol):
    """What the loop needs of a model that is to be trained."""

    trainer: Any
    """Stanza's or one like it: ``.model``, ``.update(batch)`` for the loss, ``.save(path)``."""

    def batches(self) -> Iterator[Any]:
        """Yield training batches without end, in a new order each epoch."""

    def optimizer(self) -> torch.optim.Optimizer:
        """Return the one optimizer that ``trainer.update`` steps; a group's ``scale`` multiplies the rate."""

    def score(self) -> float:
        """Return the score on the dev part, in percent; higher is better."""


@dataclass(frozen=True)
class Schedule:
    """How long to train and how fast; ``stop`` ends it before its last step, for another schedule to go on."""

    steps: int
    rate: float
    warmup: int = 100
    evaluate_every: int = 500
    checkpoint_seconds: float = 180.0
    stop: int | None = None

    @property
    def end(self) -> int:
        """The step that is not taken any more."""
        return self.steps if self.stop is None else min(self.stop, self.steps)

    def rate_at(self, step: int) -> float:
        """Return the learning rate of a step: linear warm-up, then half a cosine down to zero."""
        if step < self.warmup:
            return self.rate * (step + 1) / self.warmup
        done = (step - self.warmup) / max(1, self.steps - self.warmup)
        return self.rate * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def fit(task: Task, schedule: Schedule, model: Path, clock: Callable[[], float] = time.monotonic) -> float:
    """Train until the schedule ends and save the model with the best dev score.

    Args:
        task: the processor, with its data.
        schedule: steps and learning rate.
        model: where the best model goes; the checkpoint stands beside it as ``.checkpoint`` and is
            picked up when it exists.
        clock: seconds; for tests.

    Returns:
        The best dev score, in percent.
    """
    checkpoint = model.with_suffix(".checkpoint")
    optimizer = task.optimizer()
    state = _resume(checkpoint, task, optimizer)
    best: float = state["best"]
    step: int = state["step"]
    saved, mean_loss = clock(), 0.0
    batches = task.batches()
    while step < schedule.end:
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate_at(step) * group.get("scale", 1.0)
        mean_loss += (_loss(task.trainer.update(next(batches))) - mean_loss) * 0.02
        step += 1
        if step % 100 == 0:
            logger.info("%s step %d/%d loss %.4f", model.stem, step, schedule.steps, mean_loss)
        if step % schedule.evaluate_every == 0 or step == schedule.end:
            score = task.score()
            logger.info("%s step %d dev %.2f%s", model.stem, step, score, " (best)" if score > best else "")
            if score > best:
                best = score
                task.trainer.save(str(model))
        if clock() - saved > schedule.checkpoint_seconds or step == schedule.end:
            _checkpoint(checkpoint, task, optimizer, step, best)
            saved = clock()
    return best


def _loss(result: Any) -> float:
    """Trainers return the loss alone or with statistics behind it."""
    return float(result[0] if isinstance(result, tuple) else result)


def _checkpoint(path: Path, task: Task, optimizer: torch.optim.Optimizer, step: int, best: float) -> None:
    """Write to a neighbour first, so that a kill leaves the old checkpoint or the new one, never half."""
    state = {"model": task.trainer.model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "best": best}
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def _resume(path: Path, task: Task, optimizer: torch.optim.Optimizer) -> dict[str, Any]:
    if not path.exists():
        return {"step": 0, "best": -1.0}
    state: dict[str, Any] = torch.load(path, weights_only=True)
    task.trainer.model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    # The order of the data differs after a resumption; a new seed keeps it from repeating the start.
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(state["step"] + 1)
    logger.info("resuming %s at step %d (best dev %.2f)", path.stem, state["step"], state["best"])
    return state
