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

LOUD = 0.9
"""From here on the model has no doubt that two claims agree; below, a little is added, for its odds fall too fast."""

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
        "always": -1.76, "comparable": 8.89, "related": 0.51, "magnitude": 0.92, "far": -4.47, "neutral": -1.49,
        "beside": 2.24, "elsewhere": 0.58, "contradiction": -0.24, "inside": 1.91, "alone": -2.13,
        "unheard alone": -8.16, "reports": -3.6, "told by others": -2.69, "unsure": -3.3, "unnamed": -2.12,
        "anonymous": -1.98, "unheard": -2.01,
    },
    "entailment": {
        "always": -1.13, "contradiction": 0.61, "entailment": 0.07, "related": 0.02, "denial": 1.14,
        "negated": 0.25, "opposite": -0.27, "alike": -1.55, "beside": 0.03, "inside": 0.55, "alone": -0.27,
        "reports": 0.14, "told by others": -0.04, "unsure": -0.62, "unnamed": -1.19, "anonymous": -0.49,
        "persons": -0.45, "placed": 0.22, "guessed": -0.28,
        "contradiction around": 0.28, "entailment around": 0.07,
    },
    "polarity": {
        "always": -0.39, "about": 1.88, "contradiction": -0.83, "related": -0.35, "inside": -1.67,
        "alone": -4.19, "unheard": -2.87, "unheard alone": -4.17, "reports": 0.36, "told by others": -1.13,
        "unsure": -3.35, "unnamed": -2.61, "anonymous": -4.62,
    },
    "answer": {
        "always": 4.77, "contradiction": -0.32,
    },
    "rebuttal": {
        "always": 2.16, "contradiction": 2.09, "related": 2.36, "inside": -0.27, "alone": -0.16,
        "reports": 1.35, "told by others": -1.7, "unsure": -1.46, "unnamed": -0.5, "anonymous": 0.0,
    },
}  # fmt: skip
"""The weights of contradiction."""

ALONG: Rules = {
    "numbers": {
        "always": 1.68, "comparable": 2.98, "related": 0.67, "loose": -3.35, "contradiction": 0.61,
        "entailment": -0.02, "unheard": 0.19, "inside": -2.33, "alone": -1.43, "reports": -2.06,
        "told by others": -2.75, "unsure": -3.94, "unnamed": -3.0, "anonymous": -1.43,
    },
    "polarity": {
        "always": -2.35, "about": 0.46, "related": 2.11, "contradiction": 0.42, "entailment": -0.58,
        "inside": -5.8, "alone": -1.05, "reports": 0.89, "told by others": -3.17, "unsure": -2.79,
        "unnamed": -3.0, "anonymous": 0.4,
    },
    "answer": {
        "always": 3.36, "entailment": 0.54,
    },
    "entailment": {
        "always": -2.59, "contradiction": 0.35, "entailment": 0.61, "related": -0.15, "alike": 0.42,
        "negated": -0.08, "likeness": 0.27, "persons": 0.2, "beside": -0.12, "inside": 0.79, "alone": 0.28,
        "reports": -0.33, "told by others": -1.5, "unsure": 0.59, "unnamed": -3.0, "anonymous": -0.27,
        "placed": 0.28, "guessed": -0.54, "bodies": -0.49, "faint": 0.5, "contradiction around": -0.15,
        "entailment around": 0.18,
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
            "unheard": signs.contradiction < BLIND,
            "unheard alone": signs.alone and signs.contradiction < BLIND,
        }
    if switches.entailment and _was_asked(signs):
        found["entailment"] = shared | {
            "contradiction": apart,
            "entailment": along,
            "beside": signs.beside,
            "persons": signs.persons and signs.inside,
            "placed": signs.placed,
            "guessed": signs.guessed,
        } | _around(signs) | (_polarity(signs) if switches.polarity else {})  # fmt: skip
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
            "beside": signs.beside, "likeness": signs.likeness, "alike": min(alike, 2),
            "persons": signs.persons and signs.inside, "placed": signs.placed * signs.inside,
            "bodies": signs.bodies * signs.inside,
            "guessed": signs.guessed, "faint": signs.agreement < LOUD,
            "negated": signs.negated and switches.polarity and signs.contradiction >= DOUBTED,
        } | _around(signs)  # fmt: skip
    return found


def _shared(signs: Signs) -> dict[str, float]:
    """Return what every rule looks at: how near the claims are, and what casts doubt on who says what."""
    return {
        "always": 1, "related": logit(signs.related), "inside": signs.inside, "alone": signs.alone,
        "reports": signs.reports, "told by others": signs.told_by_others, "unsure": signs.unsure,
        "unnamed": signs.unnamed, "anonymous": signs.anonymous,
    }  # fmt: skip


def _was_asked(signs: Signs) -> bool:
    return bool(signs.entailed or signs.contradiction or signs.agreement)


def _heard(signs: Signs, switches: Switches) -> tuple[float, float]:
    """Return what the entailment model says, as odds: against, and along."""
    asked = switches.entailment and _was_asked(signs)
    return (logit(signs.contradiction), logit(signs.agreement)) if asked else (logit(UNHEARD), logit(UNHEARD))


def _around(signs: Signs) -> dict[str, float]:
    """Return what the model hears when it reads what stands before the claims, as odds; 0 where it was not asked."""
    if signs.entailed is None or not signs.entailed.around:
        return {"contradiction around": 0.0, "entailment around": 0.0}
    return {
        "contradiction around": logit(signs.contradiction_around),
        "entailment around": logit(signs.agreement_around),
    }


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
