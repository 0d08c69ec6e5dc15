"""What a quantity is: an interval of numbers, of a measure, with what is counted and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claimtrack.model import Span

Bound = Literal["exact", "about", "at_least", "more_than", "at_most", "less_than", "range", "vague"]
"""How a number is meant: "40", "about 40", "at least 40", "over 40", "up to 40", "under 40", "30 to 40", "dozens"."""

Direction = Literal["", "rise", "fall"]
"""Which way a change goes; empty for a level."""


@dataclass(frozen=True)
class Quantity:
    """A quantity in a text, as an interval.

    Attributes:
        low: the least that it can be, in the base unit of ``unit``; may be minus infinity.
        high: the most that it can be; may be infinity.
        value: the number as it was said, in the base unit; the middle of a range.
        bound: how the number is meant.
        measure: what kind of quantity: count, percent, points, money, length, area, volume, flow, speed, weight,
            duration, age, temperature, power, energy, clock, date.
        unit: the base unit: "percent", "USD", "m3/s"; for a date its precision, for a clock time "24h" or "12h".
        thing: stems of the words for what is counted, the head last; empty where the clause does not say.
        context: stems of the other content words of the clause, and the names of the groups of its phrases.
        direction: rise or fall, for changes.
        span: where it stands, its bound and unit included.
        text: the words there.
        noun: the words for what is counted, as they stand in the text.
        step: how finely the number was told, in the base unit (1.2 million: 100,000).
        derived: made from other quantities of the text (a sum, a share of a number, a time of the day).
        additional: a part besides another ("another 29", "nobody else"), and no total.
        former: the other end of a comparison ("up from two", "against 40 on Tuesday"), and no present figure.
        on: the first and the last day that the clause names for it, if it does.
        negated: the text says that it was not so ("we did not open four gates").
    """

    low: float
    high: float
    value: float
    bound: Bound
    measure: str
    unit: str
    thing: tuple[str, ...]
    context: frozenset[str]
    direction: Direction
    span: Span
    text: str
    noun: str = ""
    step: float = 1.0
    derived: bool = False
    additional: bool = False
    former: bool = False
    on: tuple[float, float] | None = None
    negated: bool = False
