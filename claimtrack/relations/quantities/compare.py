"""How two quantities stand to each other, as intervals, and in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from claimtrack.relations.quantities.comparable import match
from claimtrack.relations.quantities.quantity import Quantity
from claimtrack.relations.quantities.times import DAY
from claimtrack.relations.quantities.wording import in_words

Relation = Literal["same", "contains", "within", "overlap", "apart"]
"""``contains``: what b says lies within a; ``within``: what a says lies within b."""

ROUNDING = 0.05
"""How far, as a part of the number, speakers round: 61 per cent for 60.9, 1.2 million for 1,234,567."""

_VAGUE = 0.25
"""How far beyond its limits a vague number goes: "dozens" of 20."""

_NOT_ROUNDED = frozenset(("clock", "date", "age"))

Limits = tuple[float, float]


@dataclass(frozen=True)
class Comparison:
    """Two quantities, compared.

    Attributes:
        a: the first.
        b: the second.
        relation: how their intervals stand to each other.
        distance: how far apart they are, in the base unit; 0 unless ``apart``.
        comparable: how far they measure the same thing, 0 to 1.
        subset: which of them counts a part of the other ("14 taken to hospital" of "40 treated"): a, b or empty.
        growing: it is a figure that grows with time, so a later, larger one updates the earlier.
        acted: the text tells that the same happened to what both count.
        loose: they may well count two things, for nothing tells that the same happened to both.
        words: the comparison for people.
    """

    a: Quantity
    b: Quantity
    relation: Relation
    distance: float
    comparable: float
    subset: Literal["", "a", "b"]
    growing: bool
    words: str
    acted: bool = False
    loose: bool = False

    @property
    def conflict(self) -> bool:
        """Whether both cannot be true of the same moment: apart, and no part that fits into its whole."""
        if self.relation != "apart":
            return False
        if not self.subset:
            return True
        part, whole = (self.a, self.b) if self.subset == "a" else (self.b, self.a)
        return part.low > whole.high


def compare(a: Quantity, b: Quantity) -> Comparison | None:
    """Compare two quantities; None where they do not measure the same (see ``comparable``)."""
    found = match(a, b)
    if found.score <= 0:
        return None
    mine, other = _limits(a), _limits(b)
    if "clock" in (a.measure, b.measure):
        other = _same_day(mine, other, DAY / 2 if "12h" in (a.unit, b.unit) else DAY)
    opposite = bool(a.direction and b.direction and a.direction != b.direction) and a.value != 0 != b.value
    if opposite:
        mine, other = _signed(mine, a.direction), _signed(other, b.direction)
    relation, distance = _relation(mine, other)
    if relation == "apart" and not opposite and _rounded(a, b):
        relation, distance = "same", 0.0
    if a.negated and b.negated and relation == "apart":
        return None
    if a.negated != b.negated:
        if relation == "apart":
            return None  # "not four" says nothing against "two"
        relation, distance = "apart", 0.0
    if (
        relation == "apart"
        and not opposite
        and a.bound == b.bound == "exact"
        and a.value == b.value
        and not (a.negated or b.negated)
    ):
        relation, distance = "same", 0.0
    growing = found.growing and relation == "apart" and not opposite
    words = in_words(a, b, relation)
    return Comparison(a, b, relation, distance, found.score, found.part, growing, words, found.acted, found.loose)


def compare_texts(a: Sequence[Quantity], b: Sequence[Quantity]) -> tuple[Comparison, ...]:
    """Match the quantities of two texts, the most comparable first; each is used once.

    Args:
        a: the quantities of one text, as from ``quantities_of``.
        b: those of the other.
    """
    pairs = [
        (compared, i, j) for i, left in enumerate(a) for j, right in enumerate(b) if (compared := compare(left, right))
    ]
    pairs.sort(key=lambda pair: (-pair[0].comparable, _rank(pair[0]), not _total(pair[0]), pair[1:]))
    used_a, used_b, found = set[int](), set[int](), list[Comparison]()
    for compared, i, j in pairs:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            found.append(compared)
    return tuple(found)


def _rank(compared: Comparison) -> int:
    return {"same": 0, "apart": 2}.get(compared.relation, 1)


def _total(compared: Comparison) -> bool:
    return compared.a.derived or compared.b.derived


def _limits(quantity: Quantity) -> Limits:
    if quantity.bound == "vague":
        return quantity.low * (1 - _VAGUE), quantity.high * (1 + _VAGUE)
    return quantity.low, quantity.high


def _signed(limits: Limits, direction: str) -> Limits:
    return (-limits[1], -limits[0]) if direction == "fall" else limits


def _same_day(a: Limits, b: Limits, period: float) -> Limits:
    """Move a time of the day by whole periods to where it is nearest to another."""
    if not all(map(math.isfinite, (*a, *b))):
        return b
    moves = [k * period for k in (0, -1, 1, -2, 2, -3, 3)]
    best = min(moves, key=lambda move: max(a[0] - b[1] - move, b[0] + move - a[1], 0.0))
    return b[0] + best, b[1] + best


def _relation(a: Limits, b: Limits) -> tuple[Relation, float]:
    slack = 1e-9 * max(1.0, *(abs(x) for x in (*a, *b) if math.isfinite(x)))
    gap = max(a[0], b[0]) - min(a[1], b[1])
    if gap > slack:
        return "apart", gap
    if _near(a[0], b[0], slack) and _near(a[1], b[1], slack):
        return "same", 0.0
    if a[0] <= b[0] + slack and b[1] <= a[1] + slack:
        return "contains", 0.0
    if b[0] <= a[0] + slack and a[1] <= b[1] + slack:
        return "within", 0.0
    return "overlap", 0.0


def _near(x: float, y: float, slack: float) -> bool:
    return x == y or abs(x - y) <= slack


def _rounded(a: Quantity, b: Quantity) -> bool:
    """Tell whether two exact numbers are the same to the precision of the one that is told less finely."""
    if a.bound != "exact" or b.bound != "exact" or a.measure in _NOT_ROUNDED or 0 in (a.value, b.value):
        return False
    step = max(a.step, b.step)
    if a.step == b.step or abs(a.value - b.value) > ROUNDING * max(abs(a.value), abs(b.value)):
        return False
    if a.measure == "count" and step < 100:  # forty people are forty
        return False
    return abs(a.value - b.value) <= step / 2
