"""The two taggers' network: the encoder, a score for each label of each word, and the chain over them."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor, nn

from claimtrack.analysis.encoder import MINILM, Encoder, Shape
from claimtrack.attribution.tagger.crf import Chain, labels_of
from claimtrack.attribution.tagger.words import FEATURES, Batch

CUE_ROLES = ("Cue",)
"""What the first tagger finds, in windows over the whole text."""

ALL_ROLES = ("Cue", "Source", "Content")
"""What the second tagger finds around a cue that is marked."""


class Tagger(nn.Module):
    """Labels the words of windows.

    Args:
        roles: whose spans to find.
        shape: the sizes of the encoder.
    """

    def __init__(self, roles: Sequence[str], shape: Shape = MINILM) -> None:
        super().__init__()
        self.roles = tuple(roles)
        self.encoder = Encoder(shape, (*FEATURES, 2))
        self.dropout = nn.Dropout(0.1)
        labels = labels_of(roles)
        self.score = nn.Linear(shape.width, len(labels))
        self.chain = Chain(labels)

    def forward(self, batch: Batch) -> Tensor:
        """Return the score of each label for each word, (batch, words, labels)."""
        vectors = self.encoder(batch.pieces, batch.places, batch.features, batch.mask)
        heads = batch.heads[:, :, None].expand(-1, -1, vectors.shape[2])
        scores: Tensor = self.score(self.dropout(vectors.gather(1, heads)))
        return scores

    def loss(self, batch: Batch, gold: Tensor) -> Tensor:
        """Return the mean over windows of the negative log likelihood of their labels."""
        return self.chain.loss(self(batch), gold, batch.words).mean()

    def numbers(self, length: int, spans: dict[str, Sequence[tuple[int, int]]]) -> list[int]:
        """Return the label numbers of a window's words.

        Args:
            length: how many words the window has.
            spans: first and last word (included) of the spans of each role.
        """
        index = {label: number for number, label in enumerate(self.chain.labels)}
        numbers = [0] * length
        for role, places in spans.items():
            for first, last in places:
                if first == last:
                    numbers[first] = index[f"S-{role}"]
                    continue
                numbers[first : last + 1] = [index[f"I-{role}"]] * (last + 1 - first)
                numbers[first], numbers[last] = index[f"B-{role}"], index[f"E-{role}"]
        return numbers

    def spans(self, path: Sequence[int]) -> dict[str, list[tuple[int, int]]]:
        """Return first and last word of the spans of each role, from a path of label numbers."""
        found: dict[str, list[tuple[int, int]]] = {role: [] for role in self.roles}
        start = 0
        for place, number in enumerate(path):
            part, _, role = self.chain.labels[number].partition("-")
            if part in ("B", "S"):
                start = place
            if part in ("E", "S"):
                found[role].append((start, place))
        return found


def trainable(tagger: Tagger, rate: float) -> list[dict[str, object]]:
    """Return the parameter groups of a tagger: new parts learn ten times as fast, word vectors not at all.

    The word vectors stay those of the pretrained encoder, so that both taggers can share one table.
    """
    tagger.encoder.words.weight.requires_grad_(False)
    old: list[nn.Parameter] = []
    new: list[nn.Parameter] = []
    for name, parameter in tagger.named_parameters():
        if parameter.requires_grad:
            fresh = not name.startswith("encoder.") or ".features." in name or "encoder.features" in name
            (new if fresh else old).append(parameter)
    return [{"params": old, "lr": rate, "scale": 1.0}, {"params": new, "lr": rate * 10, "scale": 10.0}]
