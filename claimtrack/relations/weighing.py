"""How strongly each rule says that two claims contradict each other, or agree.

A rule is a logistic of a few values, each with a weight (``weights``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from claimtrack.relations.opposites import PASSING
from claimtrack.relations.quantities import Comparison
from claimtrack.relations.signs import Signs, logit
from claimtrack.relations.weights import AGAINST, ALONG, Rules

MATCHING = 0.2
"""Numbers of which one is so much less than the other agree only loosely, whatever their bounds."""

SAME_NUMBER = 0.6
"""How comparable two equal numbers must be to count as one number told twice."""

CLEAR, CLEAR_OF_MANY = 0.9, 0.7
"""From here on the model has no doubt that two claims contradict each other; the second where several tell the story.

Articles that tell of one event do contradict each other, and there it is right more often.
"""

BOTH = 2
"""So many speakers have a pair of claims."""

AGREED = 0.75
"""From here on the model hears an agreement."""

SURELY_COUNTED = 0.8
"""How comparable two numbers must be to count the same thing without a doubt."""

UNHEARD = 0.3
"""What stands in for the entailment model's word where it was not asked."""

BLIND = 0.5
"""Below this the model does not hear a contradiction."""

DOUBTED = 0.3
"""From here on the model's contradiction speaks against an agreement."""

MUCH = 3
"""So many things that two sentences say a word of make up for what the model hears."""

FAR = 7
"""So many days apart two claims seldom count the same thing."""

NOTHING = 0.1
"""Where the model hears less than that of both, opposite words are of two things, and the rule has nothing to say."""

NEUTRAL = 0.25
"""Where the model hears less than that of contradiction and agreement together, numbers are told with a doubt."""


@dataclass(frozen=True)
class Switches:
    """Parts that can be switched off, to see what they are worth."""

    blocking: bool = True
    numbers: bool = True
    polarity: bool = True
    entailment: bool = True


ALL = Switches()


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
    apart, _ = _heard(signs, switches)
    unheard = signs.contradiction < BLIND
    found: Rules = {}
    if switches.numbers and signs.conflict is not None and _is_counted(signs, signs.conflict):
        found["numbers"] = shared | {
            "comparable": signs.conflict.comparable,
            "magnitude": _magnitude(signs.conflict),
            "far": abs(signs.days) > FAR,
            "neutral": _was_asked(signs) and signs.contradiction + signs.agreement < NEUTRAL,
            "beside": signs.beside,
            "elsewhere": signs.elsewhere,
            "unheard": unheard,
        }
    if switches.entailment and _can_contradict(signs):
        found["entailment"] = shared | {
            "contradiction": apart,
            "contradiction around": _around(signs)[0],
            "beside": signs.beside,
            "persons": signs.persons and signs.inside,
            "placed": signs.placed,
            "guessed": signs.guessed,
        } | (_polarity(signs) if switches.polarity else {})  # fmt: skip
    about = max((len(stems) for axis, stems in signs.opposite.items() if axis not in PASSING or not unheard), default=0)
    clear = signs.contradiction >= CLEAR if signs.alone else not _hears_two_things(signs)
    if switches.polarity and about and not signs.alike and clear:
        found["polarity"] = shared | {"about": min(about, 2), "unheard inside": signs.inside and unheard}
    if switches.polarity and signs.answer == "denies" and (signs.known or not signs.alone):
        found["answer"] = {"always": 1}
    if switches.polarity and signs.rebuttal:
        found["rebuttal"] = shared | {"contradiction": apart}
    return found


def _is_counted(signs: Signs, conflict: Comparison) -> bool:
    """Tell whether two numbers can be of one thing.

    Where nothing tells that the same happened to what they count, or one article tells the story, only if the model
    hears a quarrel, too; two numbers of one paragraph are mostly of one thing.
    """
    if signs.alone:
        return conflict.comparable >= SURELY_COUNTED and signs.contradiction >= BLIND
    return not conflict.loose or signs.beside or signs.bond in ("same", "body") or signs.contradiction >= BLIND


def _hears_two_things(signs: Signs) -> bool:
    return _was_asked(signs) and signs.contradiction + signs.agreement < NOTHING


def _can_contradict(signs: Signs) -> bool:
    """Tell whether the model's word can make a contradiction: of two who do not speak of themselves, without doubt.

    Of what it hears between two plain sentences of the one article that tells a story less than half is right.
    """
    turned = signs.negated or signs.denial or not signs.inside or not signs.alone
    return turned and signs.contradiction >= (CLEAR if signs.alone else CLEAR_OF_MANY) and not signs.selves


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
    unheard = _was_asked(signs) and signs.agreement < BLIND
    heard_to_agree = signs.agreement >= AGREED or not switches.entailment
    against = switches.numbers and signs.conflict is not None and signs.conflict.comparable > 0.5
    against = against or (switches.polarity and bool(signs.opposite))
    alike = max((len(stems) for stems in signs.alike.values()), default=0)
    # One word on one side of two sentences is little; it counts where the model hears no contradiction, or they share
    # much.
    alike = alike if switches.polarity and (signs.contradiction < DOUBTED or alike >= MUCH) else 0
    witnesses = _are_witnesses(signs)
    found: Rules = {}
    if (
        switches.numbers
        and witnesses
        and signs.match is not None
        and not against
        and (signs.match.acted or heard_to_agree)
        and _of_one_time(signs.match, signs.days)
    ):
        found["numbers"] = shared | {
            "comparable": signs.match.comparable, "loose": _loose(signs.match), "unheard": unheard,
        }  # fmt: skip
    # So many words in common make up for some of what the model does not hear.
    sided = heard_to_agree or (alike >= MUCH and not unheard)
    if alike and witnesses and not against and sided:
        found["polarity"] = shared | heard | {"about": min(alike, 2), "unheard": unheard}
    if switches.polarity and witnesses and signs.answer == "confirms":
        found["answer"] = {"always": 1, "entailment": along}
    if switches.entailment and _can_agree(signs) and witnesses and not against and not signs.denial:
        apart_there, along_there = _around(signs)
        found["entailment"] = shared | heard | {
            "contradiction around": apart_there, "entailment around": along_there,
            "likeness": signs.likeness, "alike": min(alike, 2), "guessed": signs.guessed,
            "persons": signs.persons, "placed": signs.placed,
        }  # fmt: skip
    return found


def _can_agree(signs: Signs) -> bool:
    """Tell whether the model's word alone can make an agreement: of two with a name, not on themselves.

    Articles that tell the same have it from one source, and who stands beside another in one paragraph mostly goes on
    with the same matter.
    """
    between = signs.inside and not signs.beside and not signs.selves
    return _was_asked(signs) and signs.named and between


def _are_witnesses(signs: Signs) -> bool:
    """Tell whether two speakers can be two sources of what they say alike.

    What one article has from people without a name, or of whom it does not tell what they are, has mostly one source.
    """
    return not signs.alone or (signs.named and signs.placed == BOTH and signs.agreement >= AGREED)


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


def _around(signs: Signs) -> tuple[float, float]:
    """Return what the model hears when it reads what stands before the claims, as odds; 0 where it was not asked."""
    if signs.entailed is None or not signs.entailed.around:
        return 0.0, 0.0
    return logit(signs.contradiction_around), logit(signs.agreement_around)


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
