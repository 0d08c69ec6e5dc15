"""About which pairs the entailment model is asked: it takes most of the time, and has nothing to say about most.

How promising a pair is, is a logistic of what is known of it beforehand. The weights were fitted to pairs of read news
and of the examples, in which one pair in a hundred contradicts or agrees (``docs/relations.md`` says what is left
unasked).
"""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.relations.candidates import LAST, Pair
from claimtrack.relations.prepared import Prepared
from claimtrack.relations.signs import Signs, logit, speaks
from claimtrack.relations.statements import POINTING, Statement

WEIGHTS: Mapping[str, float] = {
    "always": -3.66, "related": 0.15, "rank": -0.18, "unsure": -1.22, "unnamed": -0.88, "told by others": -0.57,
    "denial": 0.75, "negated": 0.33, "likeness": 1.55, "near": 1.0, "speaks": 2.08, "answers": 1.68,
}  # fmt: skip

PROMISING, PROMISING_ALONE = -3.2, -2.6
"""From here on a pair is worth asking about; where few articles tell the story, from the second: about one pair for
three claims of news, two a claim where several articles tell one story."""

LEAST_RANK = 8
"""Being less related than so many others says no more."""

NEAR_IN_TEXT = 5
"""Claims of one article with so few others between them are near."""

NEAREST = 0.22
"""The most related claim of another speaker is asked about if it is so related."""

LATER = 0.5
"""A speaker's own claim of another day, or on one side of a matter, is asked about if it is so related."""


def values(pair: Pair, signs: Signs, a: Prepared, b: Prepared) -> dict[str, float]:
    """Return what is known of a pair before the model is asked."""
    return {
        "always": 1,
        "related": logit(signs.related),
        "rank": min(pair.rank, LEAST_RANK),
        "unsure": signs.unsure,
        "unnamed": signs.unnamed,
        "told by others": signs.told_by_others,
        "denial": a.denied != b.denied,
        "negated": signs.negated,
        "likeness": signs.likeness,
        "near": signs.inside and abs(a.place - b.place) <= NEAR_IN_TEXT,
        "speaks": speaks(signs),
        "answers": bool(signs.answer or signs.rebuttal),
    }


def worth_asking(pair: Pair, signs: Signs, a: Prepared, b: Prepared) -> bool:
    """Tell whether the entailment model's word on a pair can be worth its time."""
    if not all(any(_says_something(statement) for statement in one.statements) for one in (a, b)):
        return False  # "it", "they had", "denied the claim": what says nothing by itself is no question
    if signs.bond in ("same", "body") or pair.rank == LAST:
        return signs.related >= LATER and (a.day != b.day or speaks(signs))
    if pair.rank == 0 and signs.related >= NEAREST and not signs.unsure:
        return True
    promise = sum(WEIGHTS[name] * value for name, value in values(pair, signs, a, b).items())
    return promise >= (PROMISING_ALONE if signs.alone else PROMISING)


def _says_something(statement: Statement) -> bool:
    return bool(statement.stems) and not (statement.denied and POINTING.search(statement.text))
