"""Training data for the taggers: windows over a corpus in the layout of PolNeAR, and their labels."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from claimtrack.analysis.encoder import WordPieces
from claimtrack.attribution.tagger.decode import runs
from claimtrack.attribution.tagger.guesses import WIDE, Place, around
from claimtrack.attribution.tagger.network import Tagger
from claimtrack.attribution.tagger.words import Batch, Window, Words, batch_of, words_of
from claimtrack.evaluation.corpora import read_corpus


@dataclass(frozen=True)
class Example:
    """One attribution of a text, word by word."""

    cue: Place
    spans: dict[str, list[Place]]


@dataclass(frozen=True)
class Text:
    """One article with its attributions."""

    words: Words
    examples: list[Example]


def read_texts(folder: Path, pieces: WordPieces, every: bool) -> list[Text]:
    """Read a corpus.

    Args:
        folder: the corpus.
        pieces: the vocabulary.
        every: take each person's version of an article, not only the first.
    """
    texts = []
    for gold in read_corpus(folder, every=every):
        words = words_of(gold.article.text, pieces)
        examples = []
        for attribution in gold.attributions:
            cue = words.of(attribution.cue)
            if not cue:
                continue
            spans = {
                "Cue": list(runs(cue)),
                "Source": list(runs(words.of(attribution.source))),
                "Content": list(runs(words.of(attribution.content))),
            }
            examples.append(Example((cue[0], cue[-1]), spans))
        texts.append(Text(words, examples))
    return texts


class CueData:
    """Windows over whole texts, every cue in them labelled."""

    def __init__(self, texts: Sequence[Text], pieces: WordPieces) -> None:
        self.texts, self.pieces = list(texts), pieces

    def __len__(self) -> int:
        return sum(1 + len(text.words) // WIDE for text in self.texts)

    def epoch(self, tagger: Tagger, size: int, chance: random.Random) -> Iterator[tuple[Batch, Tensor]]:
        """Yield one epoch's batches, cut at other places each time."""
        items = []
        for text in self.texts:
            first = -chance.randrange(WIDE)
            while first < len(text.words):
                window = Window(max(0, first), min(len(text.words), first + WIDE))
                if window.last - window.first > 5:
                    items.append((text, window))
                first += WIDE
        yield from _batches(items, _cues_in, tagger, self.pieces, size, chance)


def _cues_in(text: Text, window: Window) -> dict[str, list[Place]]:
    return {"Cue": _within([e.cue for e in text.examples], window)}


class RoleData:
    """A window around each cue, and around words that are cues elsewhere but not here.

    Args:
        texts: what to train on.
        pieces: the vocabulary.
        decoys: how many windows around words that are no cue, for each one around a cue.
        blur: the share of cues that are marked a little wrong, as the first tagger will.
        cropped: the share of windows cut down to the attribution itself, which is how one looks that stands
            in the content of another.
    """

    def __init__(
        self, texts: Sequence[Text], pieces: WordPieces, decoys: float = 0.15, blur: float = 0.25, cropped: float = 0.0
    ) -> None:
        self.texts, self.pieces, self.blur, self.cropped = list(texts), pieces, blur, cropped
        self.positives = [(text, example) for text in texts for example in text.examples]
        self.decoys = list(_decoys(texts))
        self.wanted = min(len(self.decoys), int(decoys * len(self.positives)))

    def __len__(self) -> int:
        return len(self.positives) + self.wanted

    def epoch(self, tagger: Tagger, size: int, chance: random.Random) -> Iterator[tuple[Batch, Tensor]]:
        """Yield one epoch's batches, with other decoys and blurs each time."""
        items = []
        for text, example in self.positives:
            first, last = example.cue
            if chance.random() < self.blur:
                first, last = _blurred(first, last, len(text.words), chance)
            limits = _cropped(example, len(text.words), chance) if chance.random() < self.cropped else None
            items.append((Text(text.words, [example]), around(text.words, (first, last), limits)))
        for text, (first, last) in chance.sample(self.decoys, self.wanted):
            items.append((Text(text.words, []), around(text.words, (first, last))))
        yield from _batches(items, _roles_in, tagger, self.pieces, size, chance)


def _cropped(example: Example, length: int, chance: random.Random) -> Place:
    """Return the extent of an attribution, now and then with a few words more."""
    words = [word for places in example.spans.values() for place in places for word in place]
    return (
        max(0, min(words) - chance.choice((0, 0, 0, 1, 3))),
        min(length - 1, max(words) + chance.choice((0, 0, 0, 1, 5))),
    )


def _roles_in(text: Text, window: Window) -> dict[str, list[Place]]:
    return {
        role: _within(places, window) for example in text.examples for role, places in example.spans.items()
    }  # fmt: skip


def _blurred(first: int, last: int, length: int, chance: random.Random) -> Place:
    """Move one edge of a cue by a word."""
    if chance.random() < 0.5:
        first += 1 if first < last and chance.random() < 0.6 else -1
    else:
        last += -1 if first < last and chance.random() < 0.6 else 1
    return max(0, first), min(length - 1, last)


def _decoys(texts: Sequence[Text]) -> Iterator[tuple[Text, Place]]:
    """Yield words that are cues at least in one of twenty places, where they are none."""
    inside: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for text in texts:
        words = text.words
        everywhere.update(words.text[a:b].lower() for a, b in zip(words.starts, words.ends, strict=True))
        inside.update(
            words.text[words.starts[w] : words.ends[w]].lower()
            for example in text.examples for w in range(example.cue[0], example.cue[1] + 1)
        )  # fmt: skip
    likely = {w for w, n in inside.items() if n >= 3 and n / everywhere[w] > 0.05 and w.isalpha() and len(w) > 2}
    for text in texts:
        words = text.words
        taken = {w for example in text.examples for w in range(example.cue[0], example.cue[1] + 1)}
        for place, (a, b) in enumerate(zip(words.starts, words.ends, strict=True)):
            if place not in taken and words.text[a:b].lower() in likely:
                yield text, (place, place)


def _within(places: Sequence[Place], window: Window) -> list[Place]:
    """Return what of the places lies in a window, counted from its start."""
    cut = [(max(a, window.first), min(b, window.last - 1)) for a, b in places]
    return [(a - window.first, b - window.first) for a, b in cut if a <= b]


def _batches(
    items: list[tuple[Text, Window]], labels: object, tagger: Tagger, pieces: WordPieces, size: int,
    chance: random.Random,
) -> Iterator[tuple[Batch, Tensor]]:  # fmt: skip
    """Yield batches of windows of like length, in random order."""
    assert callable(labels)
    chance.shuffle(items)
    pool = size * 50
    groups = []
    for start in range(0, len(items), pool):
        chunk = sorted(items[start : start + pool], key=lambda item: _pieces_in(item[0].words, item[1]))
        groups += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    chance.shuffle(groups)
    for group in groups:
        batch = batch_of([(text.words, window) for text, window in group], pieces, tagger.encoder.shape.positions)
        gold = torch.zeros_like(batch.words, dtype=torch.long)
        for row, (text, window) in enumerate(group):
            numbers = tagger.numbers(window.last - window.first, labels(text, window))
            gold[row, : len(numbers)] = torch.tensor(numbers)
        yield batch, gold


def _pieces_in(words: Words, window: Window) -> int:
    return sum(map(len, words.pieces[window.first : window.last]))
