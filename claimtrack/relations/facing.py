"""Where two claims take sides on one thing: the alarm was live, the siren had been isolated."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.relations.opposites import ANSWERING, opposed
from claimtrack.relations.prepared import Prepared
from claimtrack.relations.reading import clause_read

Places = tuple[int, int]
"""A sentence of each of two claims, by their places."""

Matters = dict[str, frozenset[str]]
"""What both say it of, as stems, by the matter."""


def sides_between(
    a: Prepared, b: Prepared, nearest: Sequence[Places]
) -> tuple[Matters, Matters, Places | None, tuple[str, str] | None]:
    """Return on which matters two claims take opposite sides, on which the same, and where they say it of one thing.

    Sentences that are not among the nearest must say it of one thing. Where, that is the places of the two sentences
    and the two clauses, of the nearest if there is a choice; None where there is none.

    Args:
        a: a claim.
        b: another.
        nearest: the places of the sentences that lie nearest.
    """
    opposite: Matters = {}
    alike: Matters = {}
    at: Places | None = None
    facing: tuple[str, str] | None = None
    for i, one in enumerate(a.sides):
        for j, other in enumerate(b.sides):
            if not (one.keys() & other.keys()) - {ANSWERING}:
                continue
            near = (i, j) in nearest
            for found, all_ in zip(opposed(one, other), (opposite, alike), strict=True):
                said = {axis: about for axis, about in found.items() if axis != ANSWERING and (about or near)}
                all_.update(said)
                axis = next((axis for axis, about in said.items() if about), None)
                if axis and (at is None or (near and at not in nearest)):
                    at, facing = (i, j), (one[axis].clause, other[axis].clause)
    return opposite, alike, at, facing


def texts_between(a: Prepared, b: Prepared, facing: tuple[str, str] | None) -> tuple[str, str]:
    """Return two claims as the entailment model reads them: whole, or the clauses in which they take sides.

    Args:
        a: a claim.
        b: another.
        facing: the clauses, if they take sides on one thing.
    """
    if facing is None:
        return a.reading, b.reading
    return clause_read(a.claim, facing[0]), clause_read(b.claim, facing[1])
