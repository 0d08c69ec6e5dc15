"""Quantities and their comparison in words, for a reason that people read."""

from __future__ import annotations

from claimtrack.relations.quantities.quantity import Quantity
from claimtrack.relations.quantities.tables import stem

_NEEDS_OF = frozenset(
    ("none", "dozens", "scores", "hundreds", "thousands", "millions", "billions", "couple", "handful")
)
_WAY = {"rise": "up ", "fall": "down ", "": ""}


def plain(quantity: Quantity) -> str:
    """Return a quantity as it was said, with what it counts: "at least 40 people", "down 12 per cent"."""
    noun = f" {quantity.noun}" if quantity.noun else ""
    if quantity.derived and quantity.measure == "clock":
        said = f"between {clock(quantity.low)} and {clock(quantity.high)}"
    elif quantity.derived:
        about = {"about": "about ", "at_least": "at least ", "at_most": "at most "}.get(quantity.bound, "")
        said = f"{about}{quantity.value:,.0f}"
    else:
        said = " ".join(quantity.text.split())
        if len(said) > 1 and said[0].isalpha() and quantity.measure != "date" and not said[1].isupper():
            said = said[0].lower() + said[1:]
    if quantity.measure == "percent" and noun and not quantity.derived and " of" not in noun:
        noun = f" of{noun}"
    if noun and said.split()[-1].lower() in _NEEDS_OF:
        noun = f" of{noun}"
    way = _WAY[quantity.direction] if quantity.measure in ("percent", "points", "money") else ""
    return ("not " if quantity.negated else "") + way + said + noun


def in_words(a: Quantity, b: Quantity, relation: str) -> str:
    """Return the comparison of two quantities in words."""
    first, second = plain(a), plain(b)
    if relation == "same":
        return f"both {first}" if first == second else f"{first} is {second}"
    if relation == "apart":
        same_noun = a.noun and [stem(w) for w in a.noun.split()] == [stem(w) for w in b.noun.split()]
        if same_noun and a.measure == "count":
            first = first.removesuffix(f" {a.noun}")
        return f"{first} against {second}"
    if relation == "contains":
        return f"{second} is in line with {first}"
    if relation == "within":
        return f"{first} is in line with {second}"
    return f"{first} may be {second}"


def clock(minutes: float) -> str:
    """Return a time of the day from minutes after midnight: 1325 is "10.05pm"."""
    hour, minute = divmod(round(minutes) % 1440, 60)
    half = "am" if hour < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}.{minute:02d}{half}"
