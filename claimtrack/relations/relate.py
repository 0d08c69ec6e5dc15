"""From claims to relations: prepare, choose candidates, ask, decide, and say why."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from claimtrack.model import Claim, Relation, relation_id
from claimtrack.relations.candidates import Pair, candidates
from claimtrack.relations.decision import ALL, Switches, Verdict, decide
from claimtrack.relations.echoes import without_echoes
from claimtrack.relations.entailment.model import Entails
from claimtrack.relations.prepared import Embeds, Prepared, embedded, prepare
from claimtrack.relations.reasons import evidence_of, reason_of
from claimtrack.relations.sides import Sides, sides_of
from claimtrack.relations.signs import Entailed, Scores, Signs, signs_of

WORTH_ASKING = 0.24
"""Relatedness from which on the entailment model is asked: below, no answer of its could make a relation."""

ASKED = 1
"""How many of a pair's nearest sentences the model is asked about."""

LEANING = 0.3
"""The least entailment or contradiction in one direction for which the other direction is asked, too."""

LEAST_WORDS = 3
"""A sentence of fewer content words ("None will be.") says too little by itself to be entailed or contradicted."""

AT_ONCE = 2048
"""So many pairs are asked about at a time."""


@dataclass(frozen=True)
class Models:
    """What reads sentences: vectors for what is related, entailment for what contradicts."""

    encoder: Embeds
    entails: Entails


def models(nli: str = "embedded") -> Models:
    """Return the models.

    Args:
        nli: the entailment model: ``embedded``, or a folder with a classifier of the transformers library.

    Raises:
        ModelError: when they cannot be loaded.
    """
    from claimtrack.relations.entailment.model import model
    from claimtrack.relations.sentences import load

    return Models(load(), model(nli))


def relate(
    claims: Sequence[Claim], topics: Mapping[str, str], stories: Mapping[str, str] | None = None,
    copies: Mapping[str, str] | None = None, fresh: Container[str] | None = None, nli: str = "embedded",
    progress: Callable[[int], None] | None = None, using: Models | None = None, switches: Switches = ALL,
) -> list[Relation]:  # fmt: skip
    """Return the relations between claims, the surest first.

    Args:
        claims: of any articles, speakers as merged across them.
        topics: the topic of each claim; claims without one are not compared.
        stories: the wider topic of each topic.
        copies: article id to the id of the article that it copies.
        fresh: ids of claims that are new: only pairs with one of them are looked at. None for all.
        nli: the entailment model, see :func:`models`.
        progress: is told how many pairs have been looked at.
        using: the models, where they are loaded.
        switches: parts to switch off.

    Raises:
        ModelError: when the models cannot be loaded.
    """
    prepared = prepare(claims, topics)
    if not prepared:
        return []
    using = using or models(nli)
    sides = sides_of(claims)
    pairs = candidates(prepared, *embedded(prepared, using.encoder), stories=stories, fresh=fresh)
    found: list[Relation] = []
    looked = 0
    while group := list(islice(pairs, AT_ONCE)):
        for pair, signs in signed(group, prepared, using.entails, sides, copies or {}, switches):
            verdict = decide(signs, switches)
            if verdict:
                found.append(_relation(prepared[pair.a], prepared[pair.b], signs, verdict))
        looked += len(group)
        if progress:
            progress(looked)
    return sorted(without_echoes(found), key=lambda relation: (-relation.score, relation.id))


def signed(
    pairs: Sequence[Pair], prepared: Sequence[Prepared], entails: Entails, sides: Sides, copies: Mapping[str, str],
    switches: Switches = ALL,
) -> Iterator[tuple[Pair, Signs]]:  # fmt: skip
    """Yield pairs with what speaks for and against a relation of them."""
    asked = [
        (number, i, j, prepared[pair.a].statements[i].text, prepared[pair.b].statements[j].text)
        for number, pair in enumerate(pairs)
        if switches.entailment and pair.related >= WORTH_ASKING and _may_relate(prepared[pair.a], prepared[pair.b])
        for i, j in pair.sentences[:ASKED]
        if min(len(prepared[pair.a].statements[i].stems), len(prepared[pair.b].statements[j].stems)) >= LEAST_WORDS
    ]
    there = _answers(entails, [(a, b) for *_, a, b in asked])
    leaning = [place for place, answer in enumerate(there) if max(answer[:2]) >= LEANING]
    back = dict(zip(leaning, _answers(entails, [(asked[p][4], asked[p][3]) for p in leaning]), strict=True))
    of_pair: dict[int, list[Entailed]] = {}
    for place, (number, i, j, _, _) in enumerate(asked):
        of_pair.setdefault(number, []).append(Entailed(i, j, there[place], back.get(place)))
    for number, pair in enumerate(pairs):
        a, b = prepared[pair.a], prepared[pair.b]
        one, other = a.claim.article.id, b.claim.article.id
        copied = one != other and copies.get(one, one) == copies.get(other, other)
        yield pair, signs_of(pair, a, b, of_pair.get(number, ()), sides, copied, switches.polarity)


def _may_relate(a: Prepared, b: Prepared) -> bool:
    """Tell whether the model's word can matter: somebody is named for both, or the claims stand together."""
    return (a.claim.speaker is not None and b.claim.speaker is not None) or a.claim.article.id == b.claim.article.id


def _answers(entails: Entails, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
    found = entails.probabilities(pairs).tolist() if pairs else []
    return [(row[0], row[1], row[2]) for row in found]


def _relation(a: Prepared, b: Prepared, signs: Signs, verdict: Verdict) -> Relation:
    return Relation(
        relation_id(verdict.kind, a.claim.id, b.claim.id), verdict.kind, a.claim, b.claim, round(verdict.score, 3),
        reason_of(a, b, signs, verdict), evidence_of(a, b, signs, verdict),
    )  # fmt: skip
