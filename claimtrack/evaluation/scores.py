"""How well predicted attributions agree with gold ones.

A role is the set of tokens its spans touch. In each article, predictions are aligned one to one with gold
attributions (:mod:`claimtrack.evaluation.alignment`), and a role is right only under the attribution its
prediction is aligned with. Three measures: ``exact`` (the same tokens), ``overlap``
(shared tokens over predicted ones for precision, over gold ones for recall), ``iou`` (shared over joint
tokens at least one half). ``whole`` takes all three roles together.

Everything is kept as sums an article (:class:`Scores`), which add up to those of a corpus, and which
:mod:`claimtrack.evaluation.intervals` draws again and again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claimtrack.evaluation.alignment import ROLES, Index, Roles, Tokens, align
from claimtrack.evaluation.corpora import GoldArticle
from claimtrack.evaluation.kinds import ALL, KINDS, Marked, kinds_of

SCORED = (*ROLES, "whole")
MEASURES = ("exact", "overlap", "iou")
CELLS = tuple((kind, role, measure) for kind in (ALL, *KINDS) for role in SCORED for measure in MEASURES)
THRESHOLD = 0.5


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


@dataclass(frozen=True)
class Outcome:
    """One prediction: how sure it was, if it tells, and whether it was right (whole, ``iou``)."""

    confidence: float | None
    right: bool


@dataclass
class Scores:
    """What one article or many gave: a :class:`Score` for each kind of gold attribution, role and measure.

    Only recall can be told by kind, since a wrong prediction is of none; the cells of ``ALL`` hold both.
    """

    cells: dict[tuple[str, str, str], Score] = field(default_factory=lambda: {cell: Score() for cell in CELLS})
    matched: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    def __getitem__(self, key: tuple[str, str]) -> Score:
        """The score of a role and measure over all kinds."""
        role, measure = key
        return self.cells[ALL, role, measure]

    def __iadd__(self, other: Scores) -> Scores:
        for cell, amount in other.cells.items():
            self.cells[cell] += amount
        self.matched += other.matched
        self.outcomes += other.outcomes
        return self

    def gold(self, kind: str = ALL) -> int:
        """Return how many gold attributions of a kind there are."""
        return self.cells[kind, "whole", "iou"].gold

    def add(self, text: str, gold: Sequence[Marked], predicted: Sequence[Marked]) -> None:
        """Count one article."""
        index = Index(text)
        golds, guesses = ([_roles(item, index) for item in items] for items in (gold, predicted))
        kinds = [(ALL, *kinds) for kinds in kinds_of(text, gold)]
        pairs = align(golds, guesses)
        right = set()
        for roles, own in zip(golds, kinds, strict=True):
            for kind, role, measure in _cells(own, roles):
                self.cells[kind, role, measure].gold += 1
        for roles in guesses:
            for cell in _cells([ALL], roles):
                self.cells[cell].predicted += 1
        for g, p in pairs:
            for (role, measure), (precise, recalled) in credits_of(golds[g], guesses[p]).items():
                self.cells[ALL, role, measure].precise += precise
                for kind in kinds[g]:
                    self.cells[kind, role, measure].recalled += recalled
                if (role, measure) == ("whole", "iou") and precise:
                    right.add(p)
        self.matched += len(pairs)
        self.outcomes += [
            Outcome(getattr(item, "confidence", None), place in right)
            for place, item in enumerate(predicted) if any(guesses[place].values())
        ]  # fmt: skip


def credits_of(gold: Roles, guess: Roles) -> dict[tuple[str, str], tuple[float, float]]:
    """Return what an aligned pair earns: by role and measure, towards precision and towards recall."""
    result: dict[tuple[str, str], tuple[float, float]] = {}
    for role in ROLES:
        g, p = gold[role], guess[role]
        shared = len(g & p)
        exact, near = float(bool(g) and g == p), float(bool(shared) and alike(g, p))
        result[role, "exact"], result[role, "iou"] = (exact, exact), (near, near)
        result[role, "overlap"] = shared / len(p) if p else 0.0, shared / len(g) if g else 0.0
    exact, near = float(all(gold[r] == guess[r] for r in ROLES)), float(all(alike(gold[r], guess[r]) for r in ROLES))
    result["whole", "exact"], result["whole", "iou"] = (exact, exact), (near, near)
    result["whole", "overlap"] = (
        _mean(result[role, "overlap"][0] for role in ROLES if guess[role]),
        _mean(result[role, "overlap"][1] for role in ROLES if gold[role]),
    )
    return result


def score_each(pairs: Iterable[tuple[GoldArticle, Sequence[Marked]]]) -> list[Scores]:
    """Score predictions for annotated articles, each article by itself.

    Args:
        pairs: each annotated article with what was predicted for it.
    """
    each = []
    for gold, predicted in pairs:
        scores = Scores()
        scores.add(gold.article.text, gold.attributions, predicted)
        each.append(scores)
    return each


def total(each: Iterable[Scores]) -> Scores:
    """Add up the scores of articles."""
    scores = Scores()
    for one in each:
        scores += one
    return scores


def score(pairs: Iterable[tuple[GoldArticle, Sequence[Marked]]]) -> Scores:
    """Score predictions for annotated articles taken together (see :func:`score_each`)."""
    return total(score_each(pairs))


def _roles(item: Marked, index: Index) -> dict[str, Tokens]:
    return {role: index.tokens(getattr(item, role)) for role in ROLES}


def _cells(kinds: Iterable[str], roles: Roles) -> list[tuple[str, str, str]]:
    """Return the cells that an attribution counts in: its own roles, and the whole unless it is empty."""
    counted = [role for role in ROLES if roles[role]]
    return [(k, role, m) for k in kinds for role in (*counted, *(["whole"] if counted else [])) for m in MEASURES]


def alike(g: Tokens, p: Tokens) -> bool:
    """Tell whether shared tokens are at least half of the joint ones; two empty roles are alike."""
    return len(g & p) / len(g | p) >= THRESHOLD if g or p else True


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
