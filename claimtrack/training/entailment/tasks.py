"""The entailment model as a task of the training loop."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from claimtrack.analysis.encoder import WordPieces
from claimtrack.analysis.nibbles import GROUP, rounded
from claimtrack.relations.entailment.network import LABELS, EntailmentNetwork, batch_of
from claimtrack.training.encoder import device
from claimtrack.training.entailment.data import NEWS, NOT_ENTAILMENT, SHARES, Pair, batches, of_news, one_pass
from claimtrack.training.trainer import Trainer

_ENTAILMENT = LABELS.index("entailment")


def loss_of(scores: Tensor, gold: Tensor) -> Tensor:
    """Return the mean cross entropy; for pairs known only not to be entailed, that of the other two together.

    Args:
        scores: (pairs, labels).
        gold: label numbers, (pairs,), where :data:`NOT_ENTAILMENT` may occur.
    """
    logs = functional.log_softmax(scores.float(), 1)
    others = [number for number in range(len(LABELS)) if number != _ENTAILMENT]
    logs = torch.cat([logs, torch.logsumexp(logs[:, others], 1, keepdim=True)], 1)
    assert logs.shape[1] == NOT_ENTAILMENT + 1
    return functional.nll_loss(logs, gold)


class EntailmentTrainer(Trainer[EntailmentNetwork]):
    """Trains the network on batches of pairs.

    Matrices are multiplied in bfloat16, which a processor that has such instructions does five times as fast;
    weights and optimizer stay in single precision.
    """

    def round_weights(self) -> None:
        """Round the encoder's matrices to four bits from here on: what is trained is how well they do rounded."""
        with torch.no_grad():
            self.model.encoder.words.weight.copy_(rounded(self.model.encoder.words.weight))
        for layer in self.model.modules():
            if isinstance(layer, nn.Linear) and layer.weight.shape[1] % (2 * GROUP) == 0 and len(layer.weight) > GROUP:
                setattr(layer, "forward", partial(_rounded, layer))  # noqa: B010

    def update(self, batch: tuple[Sequence[Pair], WordPieces]) -> float:
        """Take one step and return the loss."""
        self.model.train()
        pairs, pieces = batch
        gold = torch.tensor([pair.label for pair in pairs], device=device())
        rows = batch_of([(pair.premise, pair.hypothesis) for pair in pairs], pieces).to(device())
        with torch.autocast(device().type, torch.bfloat16):
            scores = self.model(rows)
        return self.step(loss_of(scores, gold))


def _rounded(layer: nn.Linear, vectors: Tensor) -> Tensor:
    return functional.linear(vectors, rounded(layer.weight), layer.bias)


def trainable(network: EntailmentNetwork, rate: float) -> list[dict[str, Any]]:
    """Return the parameter groups: new parts learn five times as fast, word vectors not at all."""
    network.encoder.words.weight.requires_grad_(False)
    old: list[nn.Parameter] = []
    new: list[nn.Parameter] = []
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            (old if name.startswith("encoder.") else new).append(parameter)
    return [{"params": old, "lr": rate, "scale": 1.0}, {"params": new, "lr": rate * 5, "scale": 5.0}]


class EntailmentTask:
    """Trains the network on pairs.

    Args:
        network: with the pretrained encoder's weights.
        train: what to train on.
        dev: what to measure on; accuracy counts pairs of sources with all three labels.
        pieces: the vocabulary.
        rate: the learning rate of the encoder.
        news: sentences, by article, for pairs that are neutral.
        shares: how much of each source one pass takes.
        most: pieces in a batch.
    """

    def __init__(
        self, network: EntailmentNetwork, train: Sequence[Pair], dev: Sequence[Pair], pieces: WordPieces,
        rate: float, news: Sequence[Sequence[str]] = (), shares: Mapping[str, float] = SHARES, most: int = 2400,
    ) -> None:  # fmt: skip
        self.trainer = EntailmentTrainer(network, trainable(network, rate), rate)
        self.train, self.pieces, self.most, self.news, self.shares = train, pieces, most, news, shares
        full = {pair.source for pair in dev if pair.label == LABELS.index("neutral")}
        self.dev = [pair for pair in dev if pair.source in full]

    def optimizer(self) -> torch.optim.Optimizer:
        """Return the optimizer."""
        return self.trainer.optimizer

    def batches(self) -> Iterator[tuple[Sequence[Pair], WordPieces]]:
        """Yield batches without end."""
        chance = random.Random(random.random())  # the loop sets the seed, another one after a resumption
        while True:
            pairs = one_pass(self.train, self.shares, chance)
            if self.news:
                pairs += of_news(self.news, round(NEWS * len(pairs)), self.pieces, chance)
            for group in batches(pairs, self.most, chance):
                yield group, self.pieces

    def score(self) -> float:
        """Return the accuracy over the three labels, in percent."""
        right = sum(
            int(pair.label == scores.argmax()) for pair, scores in scored(self.trainer.model, self.dev, self.pieces)
        )
        return 100 * right / max(1, len(self.dev))


@torch.no_grad()
def scored(network: EntailmentNetwork, pairs: Sequence[Pair], pieces: WordPieces) -> Iterator[tuple[Pair, Tensor]]:
    """Yield each pair with its scores before the softmax, (labels,), the shorter pairs first."""
    network.eval()
    for group in batches(pairs, 4000, random.Random(0)):
        rows = batch_of([(pair.premise, pair.hypothesis) for pair in group], pieces).to(device())
        with torch.autocast(device().type, torch.bfloat16):
            found = network(rows)
        yield from zip(group, found.float().cpu(), strict=True)
