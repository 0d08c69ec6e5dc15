"""A linear-chain conditional random field over spans: Lafferty et al. (2001), with begin/inside/end/single labels.

Edges have labels of their own, so the network learns what a first and a last word look like; transitions
that make no whole span are ruled out.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

IMPOSSIBLE = -1e4


def labels_of(roles: Sequence[str]) -> list[str]:
    """Return the labels for spans of some roles: ``O`` and begin, inside, end, single of each."""
    return ["O", *(f"{part}-{role}" for role in roles for part in "BIES")]


def allowed(before: str, after: str) -> bool:
    """Tell whether one label may follow another; spans never touch half open."""
    if before[0] in "BI":
        return after[0] in "IE" and before[1:] == after[1:]
    return after[0] in "OBS"


class Chain(nn.Module):
    """Scores sequences of labels.

    Args:
        labels: their names, as :func:`labels_of` gives them.
    """

    rules: Tensor
    first: Tensor
    last: Tensor

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self.labels = list(labels)
        self.transition = nn.Parameter(torch.zeros(len(labels), len(labels)))
        count = len(labels)
        self.register_buffer("rules", torch.zeros(count, count), persistent=False)
        self.register_buffer("first", torch.zeros(count), persistent=False)
        self.register_buffer("last", torch.zeros(count), persistent=False)
        self.reset()

    def reset(self) -> None:
        """Write down which labels may follow each other, begin and end."""
        # Rows are the label before, columns the label after.
        rules = [[0.0 if allowed(a, b) else IMPOSSIBLE for b in self.labels] for a in self.labels]
        self.rules.copy_(torch.tensor(rules))
        self.first.copy_(torch.tensor([0.0 if label[0] in "OBS" else IMPOSSIBLE for label in self.labels]))
        self.last.copy_(torch.tensor([0.0 if label[0] in "OES" else IMPOSSIBLE for label in self.labels]))

    def loss(self, scores: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Return the negative log likelihood of each sequence.

        Args:
            scores: (batch, length, labels).
            gold: label numbers, (batch, length); anything where the mask is off.
            mask: which words are there, (batch, length), bool; every sequence starts at 0 and has a word.
        """
        return self._total(scores, mask) - self._score(scores, gold, mask)

    def _score(self, scores: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        moves = self.transition + self.rules
        single = scores.gather(2, gold[:, :, None])[:, :, 0]
        between = moves[gold[:, :-1], gold[:, 1:]]
        ends = gold.gather(1, (mask.sum(1, keepdim=True) - 1))[:, 0]
        return (single * mask).sum(1) + (between * mask[:, 1:]).sum(1) + self.first[gold[:, 0]] + self.last[ends]

    def _total(self, scores: Tensor, mask: Tensor) -> Tensor:
        moves = (self.transition + self.rules)[None]
        sums = scores[:, 0] + self.first
        for place in range(1, scores.shape[1]):
            following = torch.logsumexp(sums[:, :, None] + moves, 1) + scores[:, place]
            sums = torch.where(mask[:, place, None], following, sums)
        return torch.logsumexp(sums + self.last, 1)

    @torch.no_grad()
    def marginals(self, scores: Tensor, mask: Tensor) -> Tensor:
        """Return the probability of each label at each word, (batch, length, labels)."""
        moves = (self.transition + self.rules)[None]
        length = scores.shape[1]
        forward = [scores[:, 0] + self.first]
        for place in range(1, length):
            following = torch.logsumexp(forward[-1][:, :, None] + moves, 1) + scores[:, place]
            forward.append(torch.where(mask[:, place, None], following, forward[-1]))
        backward = [self.last.expand(len(scores), -1)]
        for place in range(length - 1, 0, -1):
            before = torch.logsumexp(moves + (scores[:, place] + backward[-1])[:, None, :], 2)
            backward.append(torch.where(mask[:, place, None], before, backward[-1]))
        together = torch.stack(forward, 1) + torch.stack(backward[::-1], 1)
        return torch.softmax(together, 2)

    @torch.no_grad()
    def best(self, scores: Tensor, mask: Tensor) -> list[list[int]]:
        """Return the best label numbers of each sequence (Viterbi), as long as its words."""
        moves = (self.transition + self.rules)[None]
        sums = scores[:, 0] + self.first
        pointers = []
        for place in range(1, scores.shape[1]):
            best, came = (sums[:, :, None] + moves).max(1)
            sums = torch.where(mask[:, place, None], best + scores[:, place], sums)
            pointers.append(came)
        ends = (sums + self.last).argmax(1).tolist()
        paths = []
        came_from = torch.stack(pointers).tolist() if pointers else []
        for row, (label, words) in enumerate(zip(ends, mask.sum(1).tolist(), strict=True)):
            path = [label]
            for place in range(words - 2, -1, -1):
                path.append(came_from[place][row][path[-1]])
            paths.append(path[::-1])
        return paths
