"""An article as the taggers read it: words, their pieces, and what the pieces do not show."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from claimtrack.analysis.encoder import WordPieces
from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.attribution.quotes import quotations
from claimtrack.model import Span

WORD = re.compile(r"\w+|[^\w\s]")
"""A word or a single mark; content and source begin and end at these."""

FEATURES = (4, 4, 2)
"""How many values case, quotation marks and paragraph starts have; cue marks come behind them."""

_LOWER, _TITLE, _UPPER, _OTHER = range(4)
_OUTSIDE, _OPENS, _INSIDE, _CLOSES = range(4)


@dataclass(frozen=True)
class Words:
    """The words of a text, with a row of features for each (:data:`FEATURES`)."""

    text: str
    starts: list[int]
    ends: list[int]
    pieces: list[list[int]]
    features: list[tuple[int, int, int]]

    def __len__(self) -> int:
        return len(self.starts)

    def of(self, spans: Iterable[Span]) -> list[int]:
        """Return the numbers of the words that the spans touch."""
        found: set[int] = set()
        for span in spans:
            found.update(range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)))
        return sorted(found)

    def span(self, first: int, last: int) -> Span:
        """Return the span from one word to another, that word included."""
        return Span(self.starts[first], self.ends[last])


def words_of(text: str, pieces: WordPieces) -> Words:
    """Read a text word by word."""
    blocks = paragraphs(text)
    marks = [_OUTSIDE] * len(text)
    for quotation in quotations(text, blocks):
        for span in quotation.spans:
            marks[span.start : span.end] = [_INSIDE] * len(span)
            marks[span.start] = _OPENS
            if not text[span.end - 1].isalnum():
                marks[span.end - 1] = _CLOSES
    fresh = {block.start for block in blocks}
    found = list(WORD.finditer(text))
    return Words(
        text,
        [m.start() for m in found],
        [m.end() for m in found],
        [pieces.of(m[0]) for m in found],
        [(_case(m[0]), marks[m.start()], int(m.start() in fresh)) for m in found],
    )


def _case(word: str) -> int:
    if word.islower():
        return _LOWER
    if word[0].isupper():
        return _UPPER if len(word) > 1 and word.isupper() else _TITLE
    return _OTHER


@dataclass(frozen=True)
class Window:
    """A run of words, ``first`` to ``last`` (not included), and the words marked as the cue, if any."""

    first: int
    last: int
    cue: tuple[int, int] | None = None


@dataclass(frozen=True)
class Batch:
    """Windows as tensors; ``heads`` are the places of each word's first piece."""

    pieces: Tensor
    places: Tensor
    features: Tensor
    mask: Tensor
    heads: Tensor
    words: Tensor

    def to(self, where: torch.device) -> Batch:
        """Return the batch on a device."""
        return Batch(*(getattr(self, name).to(where) for name in self.__dataclass_fields__))


CENTRE = 110
"""The position number of a marked cue's first piece, so that positions tell the distance to it."""


def batch_of(items: Sequence[tuple[Words, Window]], pieces: WordPieces, positions: int) -> Batch:
    """Return windows as one padded batch.

    Args:
        items: texts with a window of each.
        pieces: the vocabulary.
        positions: how many position numbers the encoder has.
    """
    rows = [_row(words, window, pieces, positions) for words, window in items]
    length, most = max(len(row[0]) for row in rows), max(len(row[3]) for row in rows)
    count = len(FEATURES) + 1
    batch = Batch(
        torch.zeros(len(rows), length, dtype=torch.long), torch.zeros(len(rows), length, dtype=torch.long),
        torch.zeros(count, len(rows), length, dtype=torch.long), torch.zeros(len(rows), length, dtype=torch.bool),
        torch.zeros(len(rows), most, dtype=torch.long), torch.zeros(len(rows), most, dtype=torch.bool),
    )  # fmt: skip
    for place, (numbers, positions_, features, heads) in enumerate(rows):
        batch.pieces[place, : len(numbers)] = torch.tensor(numbers)
        batch.places[place, : len(numbers)] = torch.tensor(positions_)
        batch.features[:, place, : len(numbers)] = torch.tensor(features).T
        batch.mask[place, : len(numbers)] = True
        batch.heads[place, : len(heads)] = torch.tensor(heads)
        batch.words[place, : len(heads)] = True
    return batch


def _row(
    words: Words, window: Window, pieces: WordPieces, positions: int
) -> tuple[list[int], list[int], list[tuple[int, int, int, int]], list[int]]:
    """Return the pieces of a window with their positions and features, and where each word starts."""
    numbers, features, heads = [pieces.start], [(_OTHER, _OUTSIDE, 0, 0)], []
    centre = 0
    for word in range(window.first, window.last):
        marked = window.cue is not None and window.cue[0] <= word < window.cue[1]
        if window.cue is not None and word == window.cue[0]:
            centre = len(numbers)
        heads.append(len(numbers))
        numbers += words.pieces[word]
        features += [(*words.features[word], int(marked))] * len(words.pieces[word])
    numbers.append(pieces.end)
    features.append((_OTHER, _OUTSIDE, 0, 0))
    shift = CENTRE - centre if window.cue is not None else 0
    places = [0, *(min(max(1, place + shift), positions - 1) for place in range(1, len(numbers)))]
    return numbers, places, features, heads
