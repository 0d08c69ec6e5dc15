"""What two claims are to each other, decided in one place from all signs.

Contradiction is decided first: to an eye for likeness, a denial looks like support. A weighing is a logistic of a few
signs, its weights written where they are used; ``docs/relations.md`` tells where they come from.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimtrack.model import RelationKind
from claimtrack.relations.quantities import Comparison
from claimtrack.relations.signs import Signs, logit

THRESHOLD: Mapping[RelationKind, float] = {
    "contradicts": 0.5, "agrees": 0.5, "updates": 0.5, "revises": 0.5, "repeats": 0.5,
}  # fmt: skip
"""The least score that is suggested."""

SAME_WORDS = 0.75
"""Likeness from which on two claims are one, repeated."""

RESTATED = 0.5
"""Likeness from which on the same speaker says the same again, if no number says otherwise."""

SAME_NUMBER = 0.6
"""How comparable two equal numbers of one side must be for the second to repeat the first."""

HEARD = 0.3
"""Opposite words count only where the entailment model has heard a contradiction, too."""

MATCHING = 0.15
"""Numbers of which one is so much less than the other agree only loosely, whatever their bounds."""

SURELY_COUNTED = 0.8
"""How comparable two numbers must be for like words with other numbers to be no repetition."""

RELATED_TO_REPEAT = 0.08
"""How related they must be: one side may count two things and find as many of each."""

RELATED_FOR_UPDATE = 0.35
"""A growing number of another speaker is an update only of what is surely the same matter."""


@dataclass(frozen=True)
class Switches:
    """Parts that can be switched off, to see what they are worth."""

    numbers: bool = True
    polarity: bool = True
    entailment: bool = True


ALL = Switches()


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
    weighed = contradiction(signs, switches) if not grown else {}
    score = either(weighed.values())
    if score >= THRESHOLD["contradicts"]:
        rules = tuple(rule for rule, value in weighed.items() if value >= 0.3) or tuple(weighed)
        if not one_side:
            return Verdict("contradicts", score, rules)
        return Verdict("revises", score, rules) if signs.days > 0 and not signs.told_by_others else None
    if signs.bond != "none" or signs.copies or signs.unnamed:
        return None  # one side does not agree with itself, and who is not named is no witness
    weighed = agreement(signs, switches)
    score = either(weighed.values())
    return _kept("agrees", score, tuple(rule for rule, value in weighed.items() if value >= 0.3))


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


def contradiction(signs: Signs, switches: Switches = ALL) -> dict[str, float]:
    """Return how strongly each rule says that two claims contradict each other, 0 to 1."""
    found: dict[str, float] = {}
    doubt = 0.7 * signs.reports + 0.8 * signs.unsure + 0.5 * signs.unnamed + 0.8 * signs.told_by_others
    near = logit(signs.related) + 2.0
    if switches.numbers and signs.conflict is not None:
        found["numbers"] = logistic(
            -3.6
            + 6.0 * signs.conflict.comparable
            + 0.3 * near
            + 1.3 * signs.beside
            + _magnitude(signs.conflict)
            - 1.5 * signs.elsewhere
            - doubt
        )
    if switches.entailment:
        # By itself the model takes much for a contradiction that only is on the same matter.
        found["entailment"] = logistic(
            -5.0
            + 1.2 * logit(signs.contradiction)
            + 0.6 * near
            + (_polarity(signs) if switches.polarity else 0.0)
            - doubt
        )
    about = max((len(stems) for stems in signs.opposite.values()), default=0)
    heard = not switches.entailment or signs.contradiction >= HEARD
    if switches.polarity and about and heard and not signs.alike:
        found["polarity"] = logistic(-0.5 + 1.4 * min(about, 2) + 0.5 * near - doubt)
    if switches.polarity and signs.answer == "denies":
        found["answer"] = 0.8
    if switches.polarity and signs.rebuttal:
        found["answer"] = logistic(0.5 + 0.8 * near - 0.8 * signs.unsure)
    return found


def _polarity(signs: Signs) -> float:
    """Return what denial, negation and opposite words add to the entailment model's word, or take from it."""
    same = signs.match is not None and signs.match.comparable >= SAME_NUMBER and signs.conflict is None
    return 0.8 * signs.denial + 0.6 * signs.negated - 2.5 * bool((signs.alike and not signs.opposite) or same)


def _magnitude(found: Comparison) -> float:
    """Return what the sizes say: numbers far apart seldom count the same thing, numbers close together often do."""
    if 0 in (found.a.value, found.b.value):
        return 0.0
    ratio = abs(math.log(abs(found.a.value) / abs(found.b.value)))
    return -2.5 if ratio > 2.0 else 0.5 if ratio < 0.7 else 0.0


def _of_one_time(found: Comparison, days: int) -> bool:
    """Tell whether two numbers that match can be of one time: what grows is another number on another day."""
    return not (found.a.former or found.b.former or (found.growing and days and found.a.value != found.b.value))


def _loose(found: Comparison) -> float:
    """Return what a match is worth less: "none" and "one" are everywhere, and "at least 10" fits nearly any number."""
    a, b = abs(found.a.value), abs(found.b.value)
    apart = abs(a - b) / max(a, b, 1.0)
    return 1.5 * (min(a, b) < 2) + 2.0 * (apart > MATCHING)


def agreement(signs: Signs, switches: Switches = ALL) -> dict[str, float]:
    """Return how strongly each rule says that two claims agree, 0 to 1."""
    found: dict[str, float] = {}
    against = switches.numbers and signs.conflict is not None and signs.conflict.comparable > 0.5
    against = against or (switches.polarity and bool(signs.opposite))
    doubt = 0.7 * signs.reports + 0.8 * signs.unsure + 1.5 * signs.told_by_others
    near = logit(signs.related) + 1.5
    if switches.numbers and signs.match is not None and not against and _of_one_time(signs.match, signs.days):
        found["numbers"] = logistic(-2.6 + 4.5 * signs.match.comparable + 0.9 * near - _loose(signs.match) - doubt)
    alike = max((len(stems) for stems in signs.alike.values()), default=0) if switches.polarity else 0
    if alike and not against:
        found["polarity"] = logistic(-2.2 + 1.0 * min(alike, 2) + 0.8 * near - doubt)
    if switches.polarity and signs.answer == "confirms":
        found["answer"] = 0.75
    if switches.entailment and not against:
        found["entailment"] = logistic(
            -1.5 + 1.0 * logit(signs.agreement) - 0.3 * logit(signs.contradiction) + 0.9 * near
            + 1.5 * min(alike, 2) - 1.0 * (signs.negated and switches.polarity and signs.contradiction >= 0.25) - doubt
        )  # fmt: skip
    return found


def either(scores: Iterable[float]) -> float:
    """Return the score of several signs that stand for themselves: one is enough, each further one adds."""
    missing = 1.0
    for score in scores:
        missing *= 1 - score
    return 1 - missing


def logistic(value: float) -> float:
    """Return a probability from the logarithm of its odds."""
    return 1 / (1 + math.exp(-value))
