"""The narrower topics: claims about one matter within a story."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

import numpy
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.model import Claim
from claimtrack.relations.topics.clusters import Likeness, clusters
from claimtrack.relations.topics.terms import matrix, terms_of

Vectors = Callable[[Sequence[str]], NDArray[numpy.float32]]
"""Turns texts into rows of length 1, (texts, width)."""

ALIKE = 0.24
"""Claims on one matter are so alike on average. Set on the annotated examples (docs/topics.md)."""

SAID, AROUND, SETTING = 0.6, 0.2, 0.2
"""What counts: the claim itself; the other claims of its paragraph, by vectors; the words of its paragraph.
"They never picked up" is about a telephone, gates and a warning only beside what stands around it."""


def said(claim: Claim) -> str:
    """Return what a claim says, as a sentence where there is one."""
    return claim.proposition or claim.content_text


class Matters:
    """Groups claims of one story after another.

    Args:
        claims: all of them; each text is turned into a vector once.
        vectors: the sentence encoder.
    """

    def __init__(self, claims: Sequence[Claim], vectors: Vectors) -> None:
        texts = [said(claim) for claim in claims]
        own = vectors(texts)
        own[[place for place, text in enumerate(texts) if not text.strip()]] = 0
        places, settings = _settings(claims)
        around = numpy.zeros((len(settings), own.shape[1]), dtype=numpy.float32)
        numpy.add.at(around, places, own)
        around /= numpy.maximum(numpy.linalg.norm(around, axis=1, keepdims=True), 1e-9)
        self._own, self._around, self._places = own, around, places
        self._words: csr_matrix = matrix(terms_of(text) for text in settings)

    def within(self, members: Sequence[int], enough: float = ALIKE) -> list[list[int]]:
        """Put claims together that are about one matter.

        Args:
            members: the places of one story's claims.
            enough: the least average likeness.

        Returns:
            the places of each matter's claims.
        """
        chosen = numpy.array(members)
        places = self._places[chosen]
        vectors = numpy.concatenate(
            [self._own[chosen] * numpy.sqrt(SAID), self._around[places] * numpy.sqrt(AROUND)], 1, dtype=numpy.float32
        )
        found = clusters(Likeness(self._words[places] * SETTING**0.5, vectors), enough)
        return [[members[place] for place in group] for group in found]


def _settings(claims: Sequence[Claim]) -> tuple[NDArray[numpy.int64], list[str]]:
    """Return the number of each claim's paragraph, and the paragraphs; where the text is withheld, what is said."""
    known: dict[str, tuple[list[int], list[str]]] = {}
    numbers: dict[tuple[str, int], int] = {}
    texts: list[str] = []
    result: list[int] = []
    for claim in claims:
        starts, found = known.setdefault(claim.article.id, ([], []))
        if not found:
            spans = paragraphs(claim.article.text) or []
            starts += [span.start for span in spans]
            found += [span.of(claim.article.text) for span in spans] or [""]
        spans_of = claim.attribution.content or claim.attribution.cue
        place = max(bisect_right(starts, spans_of[0].start) - 1, 0) if spans_of else 0
        key = (claim.article.id, place) if starts else (claim.id, -1)
        if key not in numbers:
            numbers[key] = len(texts)
            texts.append(found[place] if starts else said(claim))
        result.append(numbers[key])
    return numpy.array(result, dtype=numpy.int64), texts
