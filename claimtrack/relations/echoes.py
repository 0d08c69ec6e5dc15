"""One witness counts once: relations to a claim that only repeats another are left to the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimtrack.model import Relation


def without_echoes(relations: Iterable[Relation]) -> list[Relation]:
    """Return the relations without those that say of an echo what is said of the claim that it repeats.

    Where a claim is repeated, of its relations of one kind to another claim the one in the same article is kept, or
    else that of the claim that was made first. The ``repeats`` themselves stay.
    """
    found = list(relations)
    first = _originals(found)
    best: dict[tuple[str, frozenset[str]], Relation] = {}
    for relation in found:
        if relation.kind == "repeats":
            continue
        ends = frozenset(first.get(claim.id, claim.id) for claim in (relation.a, relation.b))
        if len(ends) < 2:
            continue
        key = (relation.kind, ends)
        if key not in best or _rank(relation, first) < _rank(best[key], first):
            best[key] = relation
    kept = {relation.id for relation in best.values()}
    return [relation for relation in found if relation.kind == "repeats" or relation.id in kept]


def _originals(relations: Sequence[Relation]) -> dict[str, str]:
    """Return the claim that each repeated one goes back to; one inside another goes back to that."""
    inside = {claim.id: claim.via for relation in relations for claim in (relation.a, relation.b) if claim.via}
    before = inside | {
        relation.b.id: relation.a.id
        for relation in relations
        # A company's spokesman who gives its number again says more than its echo.
        if relation.kind == "repeats"
        and ("numbers" not in relation.evidence["rules"] or relation.evidence["bond"] == "same")
    }
    result = {}
    for claim in before:
        origin, seen = claim, {claim}
        while (earlier := before.get(origin)) and earlier not in seen:
            seen.add(earlier)
            origin = earlier
        result[claim] = origin
    return result


def _rank(relation: Relation, first: dict[str, str]) -> tuple[bool, int, float]:
    """Lower is better: in one article, of originals, surer."""
    apart = relation.a.article.id != relation.b.article.id
    return apart, sum(claim.id in first for claim in (relation.a, relation.b)), -relation.score
