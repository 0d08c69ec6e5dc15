"""The entailment model as a task of the training loop."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from claimtrack.analysis.encoder import WordPieces
from claimtrack.analysis.nibbles import GROUP, rounded
from claimtrack.relations.entailment.network import LABELS, EntailmentNetwork, batch_of
from claimtrack.training.encoder import device
from claimtrack.training.entailment.data import NEWS, NOT_ENTAILMENT, OPEN, Pair, batches, of_news, one_pass
from claimtrack.training.trainer import Trainer

_ENTAILMENT = LABELS.index("entailment")


TAUGHT = 0.6
"""What a teacher's word counts beside a label."""


def losses(scores: Tensor, gold: Tensor) -> Tensor:
    """Return cross entropies, (pairs,); for pairs known only not to be entailed, those of the other two together.

    Args:
        scores: (pairs, labels).
        gold: label numbers, (pairs,), where :data:`NOT_ENTAILMENT` may occur.
    """
    logs = functional.log_softmax(scores.float(), 1)
    others = [number for number in range(len(LABELS)) if number != _ENTAILMENT]
    logs = torch.cat([logs, torch.logsumexp(logs[:, others], 1, keepdim=True)], 1)
    assert logs.shape[1] == NOT_ENTAILMENT + 1
    return functional.nll_loss(logs, gold, reduction="none")


def taught(scores: Tensor, gold: Tensor, told: Tensor) -> Tensor:
    """Return the mean loss where a teacher has a say, too: all of it where nobody has judged, else most of it.

    A pupil learns more from how sure its teacher is than from labels (Hinton et al., 2015).

    Args:
        scores: (pairs, labels).
        gold: label numbers, (pairs,), where :data:`NOT_ENTAILMENT` and :data:`OPEN` may occur.
        told: the teacher's probabilities, (pairs, labels).
    """
    apart = -(told * functional.log_softmax(scores.float(), 1)).sum(1)
    judged = gold != OPEN
    own = losses(scores, gold.masked_fill(~judged, 0))
    return torch.where(judged, TAUGHT * apart + (1 - TAUGHT) * own, apart).mean()


class EntailmentTrainer(Trainer[EntailmentNetwork]):
    """Trains the network on batches of pairs.

    Matrices are multiplied in bfloat16, which a processor that has such instructions does five times as fast;
    weights and optimizer stay in single precision.

    Args:
        model: with the pretrained encoder's weights.
        groups: its parameters, as optimizers take them.
        rate: the learning rate of the encoder.
        teachers: networks to learn from, too.
    """

    def __init__(
        self, model: EntailmentNetwork, groups: Iterable[dict[str, Any]], rate: float,
        teachers: Sequence[EntailmentNetwork] = (),
    ) -> None:  # fmt: skip
        super().__init__(model, groups, rate)
        self._teachers = [teacher.to(device()).eval() for teacher in teachers]

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
            if not self._teachers:
                return self.step(losses(scores, gold).mean())
            with torch.no_grad():
                told = torch.stack([torch.softmax(one(rows).float(), 1) for one in self._teachers]).mean(0)
        return self.step(taught(scores, gold, told))


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


@dataclass(frozen=True)
class Lessons:
    """What a network is trained on.

    Attributes:
        train: labelled pairs, and pairs that nobody has judged.
        dev: what to measure on; accuracy counts pairs of sources with all three labels.
        news: sentences, by article, for pairs that are neutral.
        passes: the shares of the sources in each pass; the last is repeated.
    """

    train: Sequence[Pair]
    dev: Sequence[Pair]
    news: Sequence[Sequence[str]]
    passes: Sequence[Mapping[str, float]]


class EntailmentTask:
    """Trains the network on pairs.

    Args:
        network: with the pretrained encoder's weights.
        lessons: what to train on.
        pieces: the vocabulary.
        rate: the learning rate of the encoder.
        teachers: networks to learn from, too; without them pairs that nobody has judged are left out.
        most: pieces in a batch.
    """

    def __init__(
        self, network: EntailmentNetwork, lessons: Lessons, pieces: WordPieces, rate: float,
        teachers: Sequence[EntailmentNetwork] = (), most: int = 12_000,
    ) -> None:  # fmt: skip
        self.trainer = EntailmentTrainer(network, trainable(network, rate), rate, teachers)
        self.train = [pair for pair in lessons.train if teachers or pair.label != OPEN]
        self.lessons, self.pieces, self.most = lessons, pieces, most
        full = {pair.source for pair in lessons.dev if pair.label == LABELS.index("neutral")}
        self.dev = [pair for pair in lessons.dev if pair.source in full]

    def optimizer(self) -> torch.optim.Optimizer:
        """Return the optimizer."""
        return self.trainer.optimizer

    def batches(self) -> Iterator[tuple[Sequence[Pair], WordPieces]]:
        """Yield batches without end."""
        chance = random.Random(random.random())  # the loop sets the seed, another one after a resumption
        for shares in chain(self.lessons.passes, repeat(self.lessons.passes[-1])):
            pairs = one_pass(self.train, shares, chance)
            if self.lessons.news:
                pairs += of_news(self.lessons.news, round(NEWS * len(pairs)), self.pieces, chance)
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
