"""What tests of relations share: claims made by hand, and models that say what they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy
from graphs import said

from claimtrack.model import Claim, Relation, Speaker
from claimtrack.relations.prepared import Prepared, Vectors, normalised, prepare
from claimtrack.relations.quantities import Comparison, compare_texts, quantities_of
from claimtrack.relations.relate import Models, relate

SURE_OF: Mapping[str, tuple[float, float, float]] = {
    "contradiction": (0.97, 0.01, 0.02), "entailment": (0.01, 0.97, 0.02), "neutral": (0.01, 0.01, 0.98),
}  # fmt: skip
"""What an entailment model answers when it has no doubt."""

Says = Callable[[str, str], str]


@dataclass
class FakeEntails:
    """Gives each pair of sentences the label that it is told, and keeps what it was asked."""

    says: Says = lambda premise, hypothesis: "neutral"
    asked: list[tuple[str, str]] = field(default_factory=list)

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Any:
        self.asked += pairs
        return numpy.array([SURE_OF[self.says(*pair)] for pair in pairs], dtype=numpy.float32).reshape(-1, 3)


@dataclass(frozen=True)
class FakeEncoder:
    """Puts texts with one of some words in one place, texts with another in another, and all else in a third."""

    words: Sequence[str] = ()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        rows = numpy.zeros((len(texts), len(self.words) + 1), dtype=numpy.float32)
        for row, text in zip(rows, texts, strict=True):
            held = [place for place, word in enumerate(self.words) if word in text]
            row[held[0] if held else -1] = 1
        return normalised(rows)


def as_said(claim: Claim, **facts: Any) -> Claim:
    """Return a claim whose attribution has other facts, such as its commitment."""
    return replace(claim, attribution=replace(claim.attribution, **facts))


def ready(text: str, who: Speaker | str | None = "Ann Roe", id_: str = "1", **facts: Any) -> Prepared:
    """Return one claim made ready for comparing."""
    (one,) = prepare([said(id_, who, text, **facts)], {id_: "t"})
    return one


def numbers(a: str, b: str) -> Comparison:
    """Return how the numbers of two texts compare."""
    (found,) = compare_texts(quantities_of(a), quantities_of(b))
    return found


def related(
    *claims: Claim, says: str | Says = "neutral", apart: Sequence[str] = (), **facts: Any
) -> list[Relation]:  # fmt: skip
    """Return the relations of claims of one topic.

    Args:
        claims: to compare.
        says: what the entailment model answers, to all pairs or to each.
        apart: words that tell the matters apart; all other claims are about one.
        facts: further arguments of ``relate``.
    """
    entails = FakeEntails(says if callable(says) else lambda premise, hypothesis: says)
    using = Models(FakeEncoder(apart), entails)
    return relate(claims, {claim.id: "t" for claim in claims}, using=using, **facts)


def kinds(found: Sequence[Relation]) -> list[str]:
    """Return the kinds of relations, sorted."""
    return sorted(relation.kind for relation in found)
