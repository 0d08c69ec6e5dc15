"""Whether two quantities measure the same thing: by measure and unit, what is counted, and what happened to it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from claimtrack.relations.quantities.quantity import Quantity
from claimtrack.relations.quantities.tables import group_of_stem, groups

Likeness = Literal["same", "part", "unknown", "weak", "different"]

_BASE = {"percent": 0.35, "points": 0.5, "money": 0.35, "date": 0.15, "clock": 0.2, "duration": 0.25, "age": 0.1}
"""How comparable two numbers of a measure are when nothing more is known of them than the topic."""

_RARE = 0.5
"""The same for measures that a topic seldom has twice (flow, weight, temperature)."""

_NEEDS_WORDS = frozenset(("date", "clock", "duration", "age"))
"""Measures that every story has many of: without a word in common two of them say nothing of each other."""

_THING = {"same": 1.0, "part": 0.8, "unknown": 0.5, "weak": 0.3, "different": 0.0}
_ACTION = {"same": 1.0, "part": 0.6, "unknown": 0.6, "weak": 0.4, "different": 0.0}
_ONLY_ACTION = 0.8
_BARE = 0.25
_NOBODY = 0.4
_TOLD = 0.75
"""So much must two clauses share (two words) for a number without a noun to count what the other does."""


ORDINAL = re.compile(r"an?\W+(?:\w+th|second|third)\b", re.IGNORECASE)
"""One more than were there: "a third gate"."""


class Match(NamedTuple):
    """How far two quantities measure the same, from 0 to 1, and which of them is a part of the other ("a", "b").

    ``growing``: a figure that grows with time. ``acted``: the same happened to both. ``loose``: what is counted stands
    beside one of them at most, or people, shares or hours of which nothing tells that the same happened to both: a
    story has many such ("one person was shot", "a dozen people were inside").
    """

    score: float
    part: Literal["", "a", "b"] = ""
    growing: bool = False
    acted: bool = False
    loose: bool = False


class Meaning(NamedTuple):
    """The groups of what a quantity counts and of what happened; a word without a group is one by itself."""

    things: frozenset[str]
    explicit: bool
    actions: frozenset[str]

    @property
    def growing(self) -> frozenset[str]:
        """Those actions whose figures grow with time."""
        return frozenset(name for name in self.actions if groups()[name].growing)


def comparable(a: Quantity, b: Quantity) -> float:
    """Return how far two quantities measure the same thing: 0 not at all, 1 the same.

    Both claims are taken to be about the same matter, so that a bare number ("the figure was 14") is compared, weakly.
    """
    return match(a, b).score


@lru_cache(maxsize=16384)
def match(a: Quantity, b: Quantity) -> Match:
    """Return how far two quantities measure the same, which is a part of the other, and whether it grows with time."""
    if _bare(a) != _bare(b) and a.measure != b.measure:
        other = b if _bare(a) else a
        if other.measure in _NEEDS_WORDS or (a.value == 0 or b.value == 0):
            return Match(0.0)
        action, _ = _actions(meaning(a).actions, meaning(b).actions)
        score = (_BARE + 0.25 * _overlap(a, b)) * _circumstances(a, b)
        return Match(round(score, 3), acted=action == "same", loose=True)
    if a.measure != b.measure or (a.unit != b.unit and a.measure not in ("date", "clock")):
        return Match(0.0)
    if (a.additional and a.value == 0) or (b.additional and b.value == 0):
        return Match(0.0)
    mine, other_ = meaning(a), meaning(b)
    thing, thing_part = _things(mine, other_)
    action, action_part = _actions(mine.actions, other_.actions)
    if "different" in (thing, action):
        return Match(0.0)
    part = action_part or thing_part
    grown = mine.growing & other_.growing if mine.actions and other_.actions else mine.growing | other_.growing
    # "None" is no early figure but a denial; a part and its whole are of one time or not, who knows.
    growing = a.measure == "count" and bool(grown) and a.value != 0 != b.value
    if a.measure == "count":
        likely = _ONLY_ACTION if thing == "unknown" and action in ("same", "part") else _THING[thing]
        # A figure of just that ("14 admitted") is nearer than a sum of it and more ("admitted or treated").
        known = _ACTION[action] * (1.0 if action != "same" or mine.growing == other_.growing else 0.95)
        score = likely * (known + (1 - known) * _overlap(a, b) if action == "unknown" else known)
        if 0 in (a.value, b.value) and thing in ("same", "part") and action == "unknown" and not _overlap(a, b):
            score *= _NOBODY  # nobody turned the key back: that says nothing of the people who were treated
    else:
        shared = (thing == "same") + (action == "same") + _overlap(a, b)
        if a.measure in _NEEDS_WORDS and not shared:
            return Match(0.0)
        weight = 0.2 if a.measure in _NEEDS_WORDS else 0.3
        score = _BASE.get(a.measure, _RARE) + weight * shared - 0.1 * (thing == "weak")
    score = min(max(score, 0.0), 1.0) * _circumstances(a, b)
    return Match(round(score, 3), part, growing, action == "same", _is_loose(a, b, thing, action))


def _is_loose(a: Quantity, b: Quantity, thing: Likeness, action: Likeness) -> bool:
    if ORDINAL.match(a.text) or ORDINAL.match(b.text):
        return True
    if a.measure == "clock":
        return action != "same"
    if a.measure == "count" and not (meaning(a).explicit and meaning(b).explicit):
        return thing != "same" or _overlap(a, b) < _TOLD
    many = a.measure in ("percent", "duration") or thing == "unknown" or (_counts_people(a) and _counts_people(b))
    return action == "unknown" and many


def _counts_people(quantity: Quantity) -> bool:
    return any(name == "people" or _within(name, frozenset(("people",))) for name in meaning(quantity).things)


@lru_cache(maxsize=16384)
def meaning(quantity: Quantity) -> Meaning:
    """Return what a quantity counts and what happened, by the table of meanings."""
    known = group_of_stem()
    actions, things = set[str](), set[str]()
    for word in (*quantity.context, *quantity.thing):
        if word.startswith("="):
            group = groups()[word[1:]]
            (actions if group.role == "action" else things).add(group.name)
        for group in known.get(word, ()):
            (actions if group.role == "action" else things).add(group.name)
    if quantity.thing:
        head = quantity.thing[-1]
        heads = {g.name for g in known.get(head, ()) if g.role == "thing"} or {head}
        return Meaning(frozenset(heads), True, frozenset(actions))
    if quantity.measure == "count":
        things = {groups()[name].implies for name in actions} - {""}
    return Meaning(frozenset(things), False, frozenset(actions))


def _bare(quantity: Quantity) -> bool:
    return quantity.measure == "count" and not quantity.thing and not meaning(quantity).things


def _things(a: Meaning, b: Meaning) -> tuple[Likeness, Literal["", "a", "b"]]:
    if not a.things or not b.things:
        return "unknown", ""
    if a.things & b.things:
        return "same", ""
    part = _part(a.things, b.things)
    if part:
        return ("part", part) if a.explicit and b.explicit else ("same", "")
    if (a.explicit or a.actions) and (b.explicit or b.actions) and (a.explicit or b.explicit):
        # "people" and "wages" of a rate may be the same matter; two kinds of counted things are not.
        return ("different" if a.explicit and b.explicit else "weak"), ""
    return "weak", ""


def _actions(a: frozenset[str], b: frozenset[str]) -> tuple[Likeness, Literal["", "a", "b"]]:
    if not a or not b:
        return "unknown", ""
    if a & b:
        return "same", ""
    part = _part(a, b)
    if part:
        return "part", part
    telling = all(any(groups()[name].growing for name in names) for names in (a, b))
    return ("different" if telling else "weak"), ""


def _part(a: frozenset[str], b: frozenset[str]) -> Literal["", "a", "b"]:
    if any(_within(name, b) for name in a):
        return "a"
    return "b" if any(_within(name, a) for name in b) else ""


def _within(name: str, wider: frozenset[str]) -> bool:
    while (group := groups().get(name)) and group.part_of:
        name = group.part_of
        if name in wider:
            return True
    return False


def _overlap(a: Quantity, b: Quantity) -> float:
    """Return how much the words of two clauses say the same: nothing for none, half for one, less for each more."""
    shared = ({*a.context, *a.thing} & {*b.context, *b.thing}) - set(_SAYS_LITTLE)
    return float(1.0 - 0.5 ** len(shared))


_SAYS_LITTLE = ("number", "figur", "total", "peopl", "people", "count", "year", "time")


def _circumstances(a: Quantity, b: Quantity) -> float:
    """Return by how much it matters less what is a part, a former figure, of another day, or the end of a sum."""
    factor = 1.0
    for quantity in (a, b):
        factor *= (0.7 if quantity.former else 1.0) * (0.4 if quantity.additional else 1.0)
        factor *= 0.8 if quantity.negated else 1.0
    if bool(a.direction) != bool(b.direction) and {a.measure, b.measure} & {"percent", "points", "money"}:
        factor *= 0.5
    if a.on and b.on and (a.on[1] < b.on[0] or b.on[1] < a.on[0]):
        factor *= 0.3
    return factor
