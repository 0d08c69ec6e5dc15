"""A small BERT encoder and its word pieces: what every learned model of the project but Stanza's reads text with.

The layers are those of Devlin et al. (2019), written out here so that they quantise to eight bits, take
further input features, and need no library beyond PyTorch. With ``Shape.distances`` they are those of MPNet (Song
et al., 2020), whose attention also knows how far apart two pieces stand.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

UNKNOWN, CLASS, SEPARATOR = "[UNK]", "[CLS]", "[SEP]"


@dataclass(frozen=True)
class Shape:
    """The sizes of an encoder; those of MiniLM-L6-H384 by default.

    ``distances`` is how many kinds of distance between two pieces the attention tells apart; 0 for none.
    """

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: int = 1536
    layers: int = 6
    heads: int = 12
    distances: int = 0
    epsilon: float = 1e-12


MINILM = Shape()
MPNET = Shape(width=768, inner=3072, layers=12, distances=32, epsilon=1e-5)

REMEMBERED = 100_000
"""The pieces of so many words are remembered, which takes about 20 MB; then it starts over."""


class WordPieces:
    """Splits words into the pieces of a BERT vocabulary, case and accents dropped.

    Args:
        vocabulary: the pieces, in the order of their numbers.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        from tokenizers import normalizers
        from tokenizers.models import WordPiece

        self.vocabulary = list(vocabulary)
        numbers = {piece: number for number, piece in enumerate(self.vocabulary)}
        self.unknown, self.start, self.end = (numbers[mark] for mark in (UNKNOWN, CLASS, SEPARATOR))
        self._model = WordPiece(vocab=numbers, unk_token=UNKNOWN)
        self._normal = normalizers.BertNormalizer(
            lowercase=True, strip_accents=True, clean_text=True, handle_chinese_chars=False
        )
        self._known: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        """Return the numbers of a word's pieces; at least one."""
        found = self._known.get(word)
        if found is None:
            # Half a surrogate pair is no character that Rust could take.
            normal = self._normal.normalize_str(word.encode("utf-8", "replace").decode("utf-8"))
            found = [piece.id for piece in self._model.tokenize(normal)] if normal.strip() else []
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[word] = found[:12] or [self.unknown]
        return found


class Encoder(nn.Module):
    """BERT without its pooler, with room for further features of each piece.

    Args:
        shape: the sizes.
        features: how many values each further feature of a piece has; their vectors start at zero, so
            that a pretrained encoder begins where it was.
        dropout: the share dropped while training.
    """

    def __init__(self, shape: Shape = MINILM, features: Sequence[int] = (), dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.features = nn.ModuleList(nn.Embedding(size, shape.width) for size in features)
        for feature in self.features:
            nn.init.zeros_(feature.weight)  # type: ignore[arg-type]
        self.distances = nn.Embedding(shape.distances, shape.heads) if shape.distances else None
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(_Layer(shape, dropout) for _ in range(shape.layers))

    def forward(self, pieces: Tensor, places: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """Return a vector for each piece.

        Args:
            pieces: piece numbers, (batch, length).
            places: position numbers, (batch, length).
            features: one value for each further feature, (features, batch, length).
            mask: which pieces are there, (batch, length), bool.

        Returns:
            (batch, length, width).
        """
        vectors: Tensor = self.words(pieces) + self.places(places)
        for table, values in zip(self.features, features, strict=True):
            vectors = vectors + table(values)
        vectors = self.dropout(self.norm(vectors))
        seen = mask[:, None, None, :]
        if self.distances is not None:
            leaning = self.distances(distances(places.shape[1], self.shape.distances).to(places.device))
            seen = leaning.permute(2, 0, 1)[None].masked_fill(~seen, -torch.inf)
        for layer in self.layers:
            vectors = layer(vectors, seen)
        return vectors


class _Layer(nn.Module):
    """Self-attention and a feed-forward step, each added to its input and normalised behind."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attend = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor, seen: Tensor) -> Tensor:
        batch, length, width = vectors.shape
        query, key, value = self.attend(vectors).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        if seen.is_floating_point():
            seen = seen.to(query.dtype)  # under autocast the query is shorter
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        vectors = self.norm1(vectors + self.dropout(self.out(mixed)))
        inner = self.narrow(functional.gelu(self.widen(vectors)))
        result: Tensor = self.norm2(vectors + self.dropout(inner))
        return result


def distances(length: int, kinds: int, farthest: int = 128) -> Tensor:
    """Return which kind of distance lies between any two places of a text.

    Near distances each are a kind, far ones share kinds that widen like a logarithm; half of the kinds are for what
    stands behind (Raffel et al., 2020; MPNet took it over).

    Args:
        length: of the text, in pieces.
        kinds: how many there are.
        farthest: from this distance on all are one kind.

    Returns:
        (length, length), by the place that looks and the place looked at.
    """
    places = torch.arange(length)
    behind = places[None] - places[:, None]
    apart = behind.abs()
    half, exact = kinds // 2, kinds // 4
    scale = (half - exact) / math.log(farthest / exact)
    far = exact + (torch.log(apart.clamp(min=1) / exact) * scale).long()
    return half * (behind > 0) + torch.where(apart < exact, apart, far.clamp(max=half - 1))


def by_length(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Yield the places of all texts in groups of like length, the shortest first.

    Args:
        lengths: in pieces.
        most: the pieces of a group, padding counted; a longer text goes alone.
    """
    group: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[place] > most:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def from_bert(state: dict[str, Any], layers: int) -> dict[str, Tensor]:
    """Return the weights of a BERT checkpoint under the names of :class:`Encoder`.

    Args:
        state: the checkpoint in the names of the transformers library, without a ``bert.`` prefix.
        layers: how many layers to take.
    """
    embeddings = "embeddings."
    result = {
        "words.weight": state[embeddings + "word_embeddings.weight"],
        # Every piece is of the first of BERT's two segments; its vector goes into the positions.
        "places.weight": state[embeddings + "position_embeddings.weight"]
        + state[embeddings + "token_type_embeddings.weight"][0],
    }
    return result | _layers(state, layers, _BERT)


def from_mpnet(state: dict[str, Any], layers: int) -> dict[str, Tensor]:
    """Return the weights of an MPNet checkpoint under the names of :class:`Encoder`, for BERT's word pieces.

    Its vocabulary is BERT's behind four marks of its own, which stand for BERT's.

    Args:
        state: the checkpoint in the names of the transformers library, without an ``mpnet.`` prefix.
        layers: how many layers to take.
    """
    embeddings = "embeddings."
    start, padding, end, unknown = state[embeddings + "word_embeddings.weight"][:4]
    words = state[embeddings + "word_embeddings.weight"][4 : 4 + MPNET.vocabulary].clone()
    for number, mark in ((0, padding), (100, unknown), (101, start), (102, end)):
        words[number] = mark
    result = {
        "words.weight": words,
        "places.weight": state[embeddings + "position_embeddings.weight"][2:],  # two places are for padding
        "distances.weight": state["encoder.relative_attention_bias.weight"],
    }
    return result | _layers(state, layers, _MPNET)


_Names = dict[str, tuple[str, ...]]

_BOTH: _Names = {"widen": ("intermediate.dense",), "narrow": ("output.dense",), "norm2": ("output.LayerNorm",)}
_BERT = _BOTH | {
    "attend": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "out": ("attention.output.dense",),
    "norm1": ("attention.output.LayerNorm",),
}
_MPNET = _BOTH | {
    "attend": ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
    "out": ("attention.attn.o",),
    "norm1": ("attention.LayerNorm",),
}
"""What the parts of a layer are called in checkpoints; ours may be several of theirs on top of each other."""


def _layers(state: dict[str, Any], layers: int, names: _Names) -> dict[str, Tensor]:
    result = {f"norm.{part}": state[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")}
    for number in range(layers):
        for part in ("weight", "bias"):
            for ours, theirs in names.items():
                parts = [state[f"encoder.layer.{number}.{name}.{part}"] for name in theirs]
                result[f"layers.{number}.{ours}.{part}"] = torch.cat(parts)
    return result
