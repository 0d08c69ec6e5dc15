"""What two claims are to each other, decided in one place from all signs.

Contradiction is decided first: to an eye for likeness, a denial looks like support. How strong the signs are is
weighed in ``weighing``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claimtrack.model import RelationKind
from claimtrack.relations.signs import Signs
from claimtrack.relations.weighing import ALL, SAME_NUMBER, SURELY_COUNTED, Switches, agreement, contradiction, either

THRESHOLD: Mapping[RelationKind, float] = {
    "contradicts": 0.5, "agrees": 0.5, "updates": 0.5, "revises": 0.5, "repeats": 0.5,
}  # fmt: skip
"""The least score that is suggested."""

SAME_WORDS = 0.75
"""Likeness from which on two claims are one, repeated."""

RESTATED = 0.5
"""Likeness from which on the same speaker says the same again, if no number says otherwise."""

RELATED_TO_REPEAT = 0.08
"""How related they must be: one side may count two things and find as many of each."""

RELATED_FOR_UPDATE = 0.35
"""A growing number of another speaker is an update only of what is surely the same matter."""


SURER = 0.3
"""So much surer a number, a side or an answer must be that two claims agree than anything is that they do not."""


@dataclass(frozen=True)
class Verdict:
    """A relation that was decided on, with its score from 0 to 1 and the rules that speak for it."""

    kind: RelationKind
    score: float
    rules: tuple[str, ...]


def decide(signs: Signs, switches: Switches = ALL) -> Verdict | None:
    """Return the relation of two claims, or None where there is none worth suggesting."""
    if rule := repeated(signs, switches):
        return Verdict("repeats", max(signs.likeness, 0.5), (rule,))
    one_side = signs.bond in ("same", "body")
    grown = switches.numbers and has_grown(signs)
    if grown and (one_side or signs.related >= RELATED_FOR_UPDATE):
        return _kept("updates", 0.5 + 0.5 * signs.conflict.comparable * signs.related, ("numbers",))  # type: ignore[union-attr]
    weighed = contradiction(signs, switches) if not grown and not _says_the_same(signs) else {}
    score = either(weighed.values())
    if score >= THRESHOLD["contradicts"] and not _surely_agrees(signs, switches, score):
        rules = tuple(rule for rule, value in weighed.items() if value >= 0.3) or tuple(weighed)
        if not one_side:
            return Verdict("contradicts", score, rules)
        return Verdict("revises", score, rules) if signs.days > 0 and not signs.told_by_others else None
    if signs.bond != "none" or signs.copies or signs.unnamed or (signs.inside and signs.likeness >= RESTATED):
        # One side does not agree with itself, who is not named is no witness, and what one article has twice in like
        # words is one statement, whoever is thought to have made it.
        return None
    weighed = agreement(signs, switches)
    score = either(weighed.values())
    return _kept("agrees", score, tuple(rule for rule, value in weighed.items() if value >= 0.3))


def _surely_agrees(signs: Signs, switches: Switches, against: float) -> bool:
    """Tell whether a number or a side taken speaks so much more for agreement than anything for contradiction."""
    along = {rule: value for rule, value in agreement(signs, switches).items() if rule != "entailment"}
    return max(along.values(), default=0.0) >= against + SURER


def _says_the_same(signs: Signs) -> bool:
    """Tell whether one claim has all words of the other, in one order, and no negation or number makes a difference."""
    turned = signs.negated or signs.denial or signs.conflict is not None
    return signs.held and signs.likeness >= SAME_WORDS and not turned


def _kept(kind: RelationKind, score: float, rules: tuple[str, ...]) -> Verdict | None:
    return Verdict(kind, score, rules) if score >= THRESHOLD[kind] else None


def repeated(signs: Signs, switches: Switches) -> str:
    """Return why the second claim is the first again, or nothing.

    The same words are, if the speakers or the articles are connected; from one side, so is the same number of the
    same thing, and what the other entails.
    """
    other_number = signs.conflict is not None and signs.conflict.comparable >= SURELY_COUNTED
    turned = (switches.polarity and signs.negated) or (switches.numbers and other_number)
    if signs.likeness >= SAME_WORDS and (signs.copies or (signs.bond != "none" and not turned)):
        return "words"
    if signs.bond not in ("same", "body") or (switches.numbers and signs.conflict is not None):
        return ""
    if signs.bond == "same" and signs.likeness >= RESTATED and not turned:
        return "words"
    if switches.polarity and signs.bond == "same" and signs.denial_repeated and signs.alike and not signs.opposite:
        return "polarity"
    if (
        switches.numbers
        and signs.match is not None
        and signs.related >= RELATED_TO_REPEAT
        and signs.match.comparable >= SAME_NUMBER
        and signs.match.relation == "same"
        and not (signs.match.a.former or signs.match.b.former)
    ):
        return "numbers"
    if switches.entailment and signs.agreement >= RESTATED and signs.related >= 0.5 and signs.contradiction < 0.2:
        return "entailment"
    return ""


def has_grown(signs: Signs) -> bool:
    """Tell whether the second number is a later, larger one of something that grows with time."""
    found = signs.conflict
    return found is not None and found.growing and signs.days > 0 and found.b.value > found.a.value
