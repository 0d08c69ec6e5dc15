"""The two taggers as tasks of the training loop."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from claimtrack.attribution.tagger.guesses import WIDE, Place, around
from claimtrack.attribution.tagger.network import Tagger, trainable
from claimtrack.attribution.tagger.words import Batch, Window, batch_of
from claimtrack.training.attribution.data import CueData, RoleData, Text
from claimtrack.training.encoder import device
from claimtrack.training.trainer import Trainer


class TaggerTrainer(Trainer[Tagger]):
    """Trains a tagger on batches of windows with their labels."""

    def update(self, batch: tuple[Batch, Tensor]) -> float:
        """Take one step and return the loss."""
        self.model.train()
        windows, gold = batch
        return self.step(self.model.loss(windows.to(device()), gold.to(device())))


class TaggerTask:
    """Trains a tagger on windows.

    Args:
        tagger: with the pretrained encoder's weights.
        data: what to train on.
        dev: what to measure on.
        rate: the learning rate of the encoder.
        size: windows in a batch.
        seed: of the order of the data.
    """

    def __init__(
        self, tagger: Tagger, data: CueData | RoleData, dev: Sequence[Text], rate: float, size: int, seed: int = 1
    ) -> None:
        self.trainer = TaggerTrainer(tagger, trainable(tagger, rate), rate)
        self.data, self.dev, self.size = data, dev, size
        self.seed = seed

    def optimizer(self) -> torch.optim.Optimizer:
        """Return the optimizer."""
        return self.trainer.optimizer

    def batches(self) -> Iterator[tuple[Batch, Tensor]]:
        """Yield batches without end."""
        chance = random.Random(self.seed)
        while True:
            yield from self.data.epoch(self.trainer.model, self.size, chance)

    def score(self) -> float:
        """Return F1 of exact spans: of cues, or of source and content around the gold cues."""
        tagger = self.trainer.model
        right = found = wanted = 0
        for gold, predicted in _compared(tagger, self.dev, self.data):
            right += len(gold & predicted)
            found += len(predicted)
            wanted += len(gold)
        return 200 * right / max(1, found + wanted)


def _compared(tagger: Tagger, dev: Sequence[Text], data: CueData | RoleData) -> Iterator[tuple[set[Any], set[Any]]]:
    for text in dev:
        if isinstance(data, CueData):
            windows = [Window(i, min(i + WIDE, len(text.words))) for i in range(0, len(text.words), WIDE)]
            wanted: list[list[tuple[str, Place]]] = [
                [("Cue", e.cue) for e in text.examples if w.first <= e.cue[0] < w.last] for w in windows
            ]
        else:
            windows = [around(text.words, example.cue) for example in text.examples]
            wanted = [[(r, p) for r, ps in e.spans.items() for p in ps if r != "Cue"] for e in text.examples]
        for window, gold, spans in zip(windows, wanted, labelled(tagger, text, windows, data), strict=True):
            found = {(role, (a + window.first, b + window.first)) for role, places in spans.items() for a, b in places
                     if role != "Cue" or isinstance(data, CueData)}  # fmt: skip
            yield set(gold), found


@torch.no_grad()
def labelled(
    tagger: Tagger, text: Text, windows: Sequence[Window], data: CueData | RoleData
) -> list[dict[str, list[Place]]]:
    """Return the spans that a tagger finds in windows of a text."""
    tagger.eval()
    found = []
    for start in range(0, len(windows), 32):
        items = [(text.words, window) for window in windows[start : start + 32]]
        batch = batch_of(items, data.pieces, tagger.encoder.shape.positions).to(device())
        found += [tagger.spans(path) for path in tagger.chain.best(tagger(batch), batch.words)]
    return found
