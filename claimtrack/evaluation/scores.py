"""How well predicted attributions agree with gold ones.

Tokens are words and single marks; a role is the set of tokens its spans touch. In each article,
predictions are aligned one to one with gold attributions by the matching of greatest weight, the weight
of a pair being the Dice overlap of its contents plus that of its cues. A role is right only under the
attribution its prediction is aligned with. Three measures: ``exact`` (the same tokens), ``overlap``
(shared tokens over predicted ones for precision, over gold ones for recall), ``iou`` (shared over joint
tokens at least one half). ``whole`` takes all three roles together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import networkx as nx

from claimtrack.evaluation.corpora import GoldArticle
from claimtrack.model import Spans

ROLES = ("cue", "source", "content")
SCORED = (*ROLES, "whole")
MEASURES = ("exact", "overlap", "iou")
TOKEN = re.compile(r"\w+|[^\w\s]")
THRESHOLD = 0.5

Tokens = frozenset[int]


class Marked(Protocol):
    """Anything with the three roles."""

    @property
    def source(self) -> Spans: ...
    @property
    def cue(self) -> Spans: ...
    @property
    def content(self) -> Spans: ...


@dataclass
class Score:
    """Precision, recall and F1 as sums that can be added up."""

    precise: float = 0.0
    predicted: int = 0
    recalled: float = 0.0
    gold: int = 0

    def __iadd__(self, other: Score) -> Score:
        self.precise += other.precise
        self.predicted += other.predicted
        self.recalled += other.recalled
        self.gold += other.gold
        return self

    @property
    def precision(self) -> float:
        """In percent."""
        return 100 * self.precise / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """In percent."""
        return 100 * self.recalled / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """In percent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Scores:
    """One :class:`Score` for each role and measure, over any number of articles."""

    cells: dict[tuple[str, str], Score] = field(
        default_factory=lambda: {(role, measure): Score() for role in SCORED for measure in MEASURES}
    )

    def __getitem__(self, key: tuple[str, str]) -> Score:
        return self.cells[key]

    def add(self, text: str, gold: Sequence[Marked], predicted: Sequence[Marked]) -> None:
        """Count one article."""
        index = Index(text)
        golds, guesses = ([_roles(item, index) for item in items] for items in (gold, predicted))
        pairs = align(golds, guesses)
        for roles in golds:
            self._count(roles, "gold")
        for roles in guesses:
            self._count(roles, "predicted")
        for g, p in pairs:
            self._credit(golds[g], guesses[p])

    def _count(self, roles: Mapping[str, Tokens], side: str) -> None:
        for role in SCORED:
            if role == "whole" or roles[role]:
                for measure in MEASURES:
                    cell = self.cells[role, measure]
                    setattr(cell, side, getattr(cell, side) + 1)

    def _credit(self, gold: Mapping[str, Tokens], guess: Mapping[str, Tokens]) -> None:
        shares: list[tuple[float, float]] = []
        for role in ROLES:
            g, p = gold[role], guess[role]
            shared = len(g & p)
            if p:
                self.cells[role, "overlap"].precise += shared / len(p)
            if g:
                self.cells[role, "overlap"].recalled += shared / len(g)
            if g and p:
                self._hit(role, "exact", g == p)
                self._hit(role, "iou", shared / len(g | p) >= THRESHOLD)
            shares.append((shared / len(p) if p else -1.0, shared / len(g) if g else -1.0))
        self._hit("whole", "exact", all(gold[r] == guess[r] for r in ROLES))
        self._hit("whole", "iou", all(_alike(gold[r], guess[r]) for r in ROLES))
        whole = self.cells["whole", "overlap"]
        whole.precise += _mean(p for p, _ in shares if p >= 0)
        whole.recalled += _mean(r for _, r in shares if r >= 0)

    def _hit(self, role: str, measure: str, right: bool) -> None:
        self.cells[role, measure] += Score(float(right), 0, float(right), 0)


class Index:
    """The tokens of a text, found by offset."""

    def __init__(self, text: str) -> None:
        places = [match.span() for match in TOKEN.finditer(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def tokens(self, spans: Spans) -> Tokens:
        """Return the numbers of the tokens that the spans touch."""
        found: set[int] = set()
        for span in spans:
            i = bisect_left(self._ends, span.start + 1)
            while i < len(self._starts) and self._starts[i] < span.end:
                found.add(i)
                i += 1
        return frozenset(found)


def align(gold: Sequence[Mapping[str, Tokens]], guesses: Sequence[Mapping[str, Tokens]]) -> list[tuple[int, int]]:
    """Return the one-to-one pairs (gold, guess) of greatest total weight."""
    graph = nx.Graph()
    for g, one in enumerate(gold):
        for p, other in enumerate(guesses):
            weight = dice(one["content"], other["content"]) + dice(one["cue"], other["cue"])
            if weight > 0:
                # The source breaks exact ties.
                graph.add_edge(("gold", g), ("guess", p), weight=weight + 1e-6 * dice(one["source"], other["source"]))
    pairs = (dict([left, right]) for left, right in nx.max_weight_matching(graph))
    return sorted((pair["gold"], pair["guess"]) for pair in pairs)


def dice(a: Tokens, b: Tokens) -> float:
    """Return twice the shared tokens over all tokens of both; 0 when both are empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def score(pairs: Iterable[tuple[GoldArticle, Sequence[Marked]]]) -> Scores:
    """Score predictions for annotated articles.

    Args:
        pairs: each annotated article with what was predicted for it.
    """
    scores = Scores()
    for gold, predicted in pairs:
        scores.add(gold.article.text, gold.attributions, predicted)
    return scores


def _roles(item: Marked, index: Index) -> dict[str, Tokens]:
    roles = {role: index.tokens(getattr(item, role)) for role in ROLES}
    roles["whole"] = frozenset()
    return roles


def _alike(g: Tokens, p: Tokens) -> bool:
    return len(g & p) / len(g | p) >= THRESHOLD if g or p else True


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
