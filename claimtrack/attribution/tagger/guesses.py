"""From texts to guesses: which words are a cue, and for each cue what its source and content are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from claimtrack.analysis.encoder import WordPieces
from claimtrack.attribution.tagger.network import Tagger
from claimtrack.attribution.tagger.words import Window, Words, batch_of

WIDE = 180
"""How many words a window for cues has."""

OVERLAP = 40
"""How many words two neighbouring windows for cues share; each word is read where it stands farther from the edge."""

AROUND = 48
"""How many words on each side of a cue its window has: source and content of 95.6 % of PolNeAR's cues."""

BATCH = 1000
"""How many pieces are read at once: enough to keep the processor busy, little enough for its cache."""

Place = tuple[int, int]
"""First and last word, both included."""


@dataclass(frozen=True)
class CueGuess:
    """Words that may be a cue, and how probable that is."""

    place: Place
    probability: float


@dataclass(frozen=True)
class RoleGuess:
    """The best labels around one cue.

    Attributes:
        cue: the cue as the second tagger sees it, which may differ by a word, or be nothing.
        source: likewise.
        content: likewise.
        verdict: the probability that the marked words are a cue at all.
        sureness: the mean probability of the labels given, for source and content.
    """

    cue: tuple[Place, ...]
    source: tuple[Place, ...]
    content: tuple[Place, ...]
    verdict: float
    sureness: tuple[float, float]


@dataclass(frozen=True)
class Reading:
    """A window over a text, and the words in it that are read there and not in a neighbouring window."""

    text: int
    window: Window
    words: range


def readings(text: int, first: int, last: int) -> list[Reading]:
    """Return the windows over words ``first`` to ``last`` (included) of the text with a number."""
    end = last + 1
    if end - first <= WIDE:
        return [Reading(text, Window(first, end), range(first, end))]
    starts = [*range(first, end - WIDE, WIDE - OVERLAP), end - WIDE]
    edges = [first, *((a + WIDE + b) // 2 for a, b in pairwise(starts)), end]
    return [
        Reading(text, Window(start, start + WIDE), range(*edge))
        for start, edge in zip(starts, pairwise(edges), strict=True)
    ]


@torch.no_grad()
def guess_cues(
    tagger: Tagger, texts: Sequence[Words], where: Sequence[Reading], pieces: WordPieces, lenience: float = 0.0
) -> list[list[CueGuess]]:
    """Return the cues in each reading, in order.

    Args:
        tagger: one that finds cues.
        texts: what the readings are of.
        where: what to read.
        pieces: the vocabulary.
        lenience: what is added to the score of each cue's first word: above 0 finds more, less sure ones.
    """
    opening = [number for number, label in enumerate(tagger.chain.labels) if label[0] in "BS"]
    found: list[list[CueGuess]] = [[] for _ in where]
    for group, scores, mask in _scored(tagger, [(texts[r.text], r.window) for r in where], pieces):
        sure = 1 - tagger.chain.marginals(scores, mask)[:, :, 0]
        scores[:, :, opening] += lenience
        for row, path in enumerate(tagger.chain.best(scores, mask)):
            reading = where[group[row]]
            for a, b in tagger.spans(path)["Cue"]:
                first, last = a + reading.window.first, b + reading.window.first
                if first in reading.words:
                    found[group[row]].append(CueGuess((first, last), float(sure[row, a : b + 1].mean())))
    return found


def around(words: Words, place: Place, limits: Place | None = None) -> Window:
    """Return the window around a cue; ``limits`` are the first and last word that it may show."""
    low, high = limits or (0, len(words) - 1)
    first, last = min(place[0], max(low, place[0] - AROUND)), max(place[1], min(high, place[1] + AROUND))
    return Window(first, last + 1, (place[0], place[1] + 1))


@torch.no_grad()
def guess_roles(tagger: Tagger, items: Sequence[tuple[Words, Window]], pieces: WordPieces) -> list[RoleGuess]:
    """Return what stands around each marked cue.

    Args:
        tagger: one that finds cue, source and content around a marked cue.
        items: texts, each with the window around a cue.
        pieces: the vocabulary.
    """
    found: dict[int, RoleGuess] = {}
    columns = {role: [i for i, label in enumerate(tagger.chain.labels) if label[2:] == role] for role in tagger.roles}
    for group, scores, mask in _scored(tagger, items, pieces):
        sure = tagger.chain.marginals(scores, mask)
        for row, path in enumerate(tagger.chain.best(scores, mask)):
            window = items[group[row]][1]
            assert window.cue is not None
            spans = tagger.spans(path)
            marked = slice(window.cue[0] - window.first, window.cue[1] - window.first)
            verdict = float(sure[row, marked][:, columns["Cue"]].sum(1).mean())
            chosen = sure[row, : len(path)].gather(1, torch.tensor(path)[:, None])[:, 0]
            cue, source, content = (_moved(spans[role], window.first) for role in ("Cue", "Source", "Content"))
            sureness = _mean(chosen, spans["Source"]), _mean(chosen, spans["Content"])
            found[group[row]] = RoleGuess(cue, source, content, verdict, sureness)
    return [found[number] for number in range(len(items))]


def _moved(places: Sequence[Place], by: int) -> tuple[Place, ...]:
    return tuple((first + by, last + by) for first, last in places)


def _mean(chosen: Tensor, places: Sequence[Place]) -> float:
    parts = [chosen[a : b + 1] for a, b in places]
    return float(torch.cat(parts).mean()) if parts else 0.0


def _scored(
    tagger: Tagger, items: Sequence[tuple[Words, Window]], pieces: WordPieces
) -> Iterator[tuple[list[int], Tensor, Tensor]]:
    """Yield the numbers of items read together, their label scores and their word masks; like lengths together."""
    tagger.eval()
    where = next(tagger.parameters()).device
    sizes = [sum(map(len, words.pieces[window.first : window.last])) for words, window in items]
    group: list[int] = []
    order = sorted(range(len(items)), key=sizes.__getitem__, reverse=True)
    for place, number in enumerate(order):
        group.append(number)
        if len(group) * sizes[group[0]] >= BATCH or place + 1 == len(order):
            batch = batch_of([items[i] for i in group], pieces, tagger.encoder.shape.positions).to(where)
            yield group, tagger(batch).float().cpu(), batch.words.cpu()
            group = []
