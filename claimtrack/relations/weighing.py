"""How strongly each rule says that two claims contradict each other, or agree.

A rule is a logistic of a few values, each with a weight. The weights were set by hand and then fitted, held close to
where they had been, to the annotated examples and to pairs of read news (``docs/relations.md``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from claimtrack.relations.quantities import Comparison
from claimtrack.relations.signs import Signs, logit

MATCHING = 0.15
"""Numbers of which one is so much less than the other agree only loosely, whatever their bounds."""

SAME_NUMBER = 0.6
"""How comparable two equal numbers must be to count as one number told twice."""

UNHEARD = 0.3
"""What stands in for the entailment model's word where it was not asked."""

BLIND = 0.5
"""Below this the model does not hear a contradiction."""

DOUBTED = 0.3
"""From here on the model's contradiction speaks against an agreement."""

FAR = 7
"""So many days apart two claims seldom count the same thing."""

NEUTRAL = 0.25
"""Where the model hears less than that of contradiction and agreement together, it hears two things."""

Rules = dict[str, dict[str, float]]
"""Values, or weights, by the rule and by what they are."""


@dataclass(frozen=True)
class Switches:
    """Parts that can be switched off, to see what they are worth."""

    blocking: bool = True
    numbers: bool = True
    polarity: bool = True
    entailment: bool = True


ALL = Switches()

AGAINST: Rules = {
    "numbers": {
        "always": -1.99, "comparable": 7.54, "related": 0.16, "magnitude": 0.95, "far": -4.29, "neutral": -0.62,
        "beside": 2.35, "elsewhere": -2.19, "contradiction": 0.5, "inside": 0.62, "alone": -2.61,
        "unheard alone": -8.06, "reports": -1.12, "told by others": -2.23, "unsure": -2.78, "unnamed": -1.35,
    },
    "entailment": {
        "always": -1.61, "contradiction": 0.81, "entailment": 0.06, "related": 0.34, "denial": 1.02,
        "negated": -0.2, "opposite": 0.81, "alike": -1.22, "beside": 0.51, "inside": 0.34, "alone": -0.5,
        "reports": -0.42, "told by others": -0.39, "unsure": -1.39, "unnamed": -0.68,
    },
    "polarity": {
        "always": 0.54, "about": 0.78, "contradiction": -0.11, "related": 0.5, "inside": -0.1, "alone": -4.19,
        "unheard": -2.0, "unheard alone": -4.17, "reports": -0.99, "told by others": -0.43, "unsure": -2.79,
        "unnamed": -1.31,
    },
    "answer": {
        "always": 4.49, "contradiction": -0.16,
    },
    "rebuttal": {
        "always": 2.53, "contradiction": 1.42, "related": 0.55, "inside": 0.1, "alone": 0.21, "reports": 0.07,
        "told by others": -0.68, "unsure": -1.46, "unnamed": -0.5,
    },
}  # fmt: skip
"""The weights of contradiction."""

ALONG: Rules = {
    "numbers": {
        "always": -0.57, "comparable": 2.24, "related": 0.42, "loose": -2.54, "contradiction": 0.0,
        "entailment": -0.11, "unheard": -0.32, "inside": -1.8, "alone": -0.97, "reports": -1.74,
        "told by others": -2.76, "unsure": -3.94, "unnamed": -3.0,
    },
    "polarity": {
        "always": -2.35, "about": -0.06, "related": 2.56, "contradiction": -0.11, "entailment": -0.34,
        "inside": -4.59, "alone": -1.05, "reports": -0.29, "told by others": -3.06, "unsure": -2.79,
        "unnamed": -3.0,
    },
    "answer": {
        "always": 3.67, "entailment": 0.1,
    },
    "entailment": {
        "always": -2.08, "contradiction": -0.05, "entailment": 0.84, "related": 0.17, "alike": 1.11,
        "negated": 1.91, "likeness": 1.04, "persons": -0.19, "beside": -0.33, "inside": -0.37, "alone": 0.74,
        "reports": -0.98, "told by others": -2.38, "unsure": -1.42, "unnamed": -3.0,
    },
}  # fmt: skip
"""The weights of agreement."""


def contradiction(signs: Signs, switches: Switches = ALL) -> dict[str, float]:
    """Return how strongly each rule says that two claims contradict each other, 0 to 1."""
    return _weighed(values_against(signs, switches), AGAINST)


def agreement(signs: Signs, switches: Switches = ALL) -> dict[str, float]:
    """Return how strongly each rule says that two claims agree, 0 to 1."""
    return _weighed(values_along(signs, switches), ALONG)


def _weighed(values: Rules, weights: Rules) -> dict[str, float]:
    return {
        rule: logistic(sum(weights[rule][name] * value for name, value in found.items()))
        for rule, found in values.items()
    }


def values_against(signs: Signs, switches: Switches = ALL) -> Rules:
    """Return what the rules of contradiction look at; rules that have nothing to look at are left out."""
    shared = _shared(signs)
    apart, along = _heard(signs, switches)
    found: Rules = {}
    if switches.numbers and signs.conflict is not None:
        found["numbers"] = shared | {
            "comparable": signs.conflict.comparable,
            "magnitude": _magnitude(signs.conflict),
            "far": abs(signs.days) > FAR,
            "neutral": _was_asked(signs) and signs.contradiction + signs.agreement < NEUTRAL,
            "beside": signs.beside,
            "elsewhere": signs.elsewhere,
            "contradiction": apart,
            "unheard alone": signs.alone and signs.contradiction < BLIND,
        }
    if switches.entailment and _was_asked(signs):
        found["entailment"] = shared | {
            "contradiction": apart,
            "entailment": along,
            "beside": signs.beside,
        } | (_polarity(signs) if switches.polarity else {})  # fmt: skip
    about = max((len(stems) for stems in signs.opposite.values()), default=0)
    if switches.polarity and about and not signs.alike:
        found["polarity"] = shared | {
            "about": min(about, 2), "contradiction": apart, "unheard": signs.contradiction < BLIND,
            "unheard alone": signs.alone and signs.contradiction < BLIND,
        }  # fmt: skip
    if switches.polarity and signs.answer == "denies":
        found["answer"] = {"always": 1, "contradiction": apart}
    if switches.polarity and signs.rebuttal:
        found["rebuttal"] = shared | {"contradiction": apart}
    return found


def _polarity(signs: Signs) -> dict[str, float]:
    same = signs.match is not None and signs.match.comparable >= SAME_NUMBER and signs.conflict is None
    return {
        "denial": signs.denial,
        "negated": signs.negated,
        "opposite": bool(signs.opposite),
        "alike": bool((signs.alike and not signs.opposite) or same),
    }


def values_along(signs: Signs, switches: Switches = ALL) -> Rules:
    """Return what the rules of agreement look at; rules that have nothing to look at are left out."""
    shared = _shared(signs)
    apart, along = _heard(signs, switches)
    heard = {"contradiction": apart, "entailment": along}
    against = switches.numbers and signs.conflict is not None and signs.conflict.comparable > 0.5
    against = against or (switches.polarity and bool(signs.opposite))
    alike = max((len(stems) for stems in signs.alike.values()), default=0)
    # One word on one side of two sentences is little; it counts where the model hears no contradiction.
    alike = alike if switches.polarity and signs.contradiction < DOUBTED else 0
    found: Rules = {}
    if switches.numbers and signs.match is not None and not against and _of_one_time(signs.match, signs.days):
        found["numbers"] = shared | heard | {
            "comparable": signs.match.comparable, "loose": _loose(signs.match),
            "unheard": _was_asked(signs) and signs.agreement < BLIND,
        }  # fmt: skip
    if alike and not against:
        found["polarity"] = shared | heard | {"about": min(alike, 2)}
    if switches.polarity and signs.answer == "confirms":
        found["answer"] = {"always": 1, "entailment": along}
    if switches.entailment and _was_asked(signs) and not against and not signs.denial:
        found["entailment"] = shared | heard | {
            "beside": signs.beside, "likeness": signs.likeness, "alike": min(alike, 2), "persons": signs.persons,
            "negated": signs.negated and switches.polarity and signs.contradiction >= DOUBTED,
        }  # fmt: skip
    return found


def _shared(signs: Signs) -> dict[str, float]:
    """Return what every rule looks at: how near the claims are, and what casts doubt on who says what."""
    return {
        "always": 1, "related": logit(signs.related), "inside": signs.inside, "alone": signs.alone,
        "reports": signs.reports, "told by others": signs.told_by_others, "unsure": signs.unsure,
        "unnamed": signs.unnamed,
    }  # fmt: skip


def _was_asked(signs: Signs) -> bool:
    return bool(signs.entailed or signs.contradiction or signs.agreement)


def _heard(signs: Signs, switches: Switches) -> tuple[float, float]:
    """Return what the entailment model says, as odds: against, and along."""
    asked = switches.entailment and _was_asked(signs)
    return (logit(signs.contradiction), logit(signs.agreement)) if asked else (logit(UNHEARD), logit(UNHEARD))


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


def either(scores: Iterable[float]) -> float:
    """Return the score of several signs that stand for themselves: one is enough, each further one adds."""
    missing = 1.0
    for score in scores:
        missing *= 1 - score
    return 1 - missing


def logistic(value: float) -> float:
    """Return a probability from the logarithm of its odds."""
    return 1 / (1 + math.exp(-value))
