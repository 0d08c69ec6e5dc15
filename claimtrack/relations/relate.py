"""From claims to relations: prepare, choose candidates, ask, decide, and say why."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from claimtrack.model import Claim, Relation, relation_id
from claimtrack.relations.candidates import LAST, Pair, candidates
from claimtrack.relations.decision import Verdict, decide
from claimtrack.relations.echoes import without_echoes
from claimtrack.relations.entailment.model import Entails
from claimtrack.relations.prepared import Embeds, Prepared, embedded, leans, prepare
from claimtrack.relations.reasons import evidence_of, reason_of
from claimtrack.relations.sides import Sides, sides_of
from claimtrack.relations.signs import Entailed, Scores, Signs, signs_of, speaks, with_entailed
from claimtrack.relations.statements import stems_of
from claimtrack.relations.weighing import ALL, Switches

NEAR_ENOUGH = 0.03
"""Relatedness from which on the entailment model is asked about claims that something else speaks for, too."""

FIRST, NEAR = 1, 0.24
"""In a story that one article tells it is asked about each claim's so many most related of other speakers, if they are
so related and their sources sure; there contradiction is rare."""

FIRST_OF_MANY = 2
"""In a story of several articles it is asked about so many of the same article and so many of others, all but the first
of each if they are so related."""

ASKED = 1
"""How many of a pair's nearest sentences the model is asked about."""

LEANING = 0.3
"""The least entailment or contradiction in one direction for which the other direction is asked, too."""

LEAST_WORDS = 2
"""A sentence of fewer content words ("None will be.") says too little by itself to be entailed or contradicted."""

MARKS = ".,;:!?…'\"”“’‘()"

ENOUGH_WORDS = 4
"""With so many content words, a sentence that begins with a pronoun is understood without the one before it."""

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
    vectors = embedded(prepared, using.encoder)
    pairs = candidates(prepared, *vectors, stories=stories, fresh=fresh, every=not switches.blocking)
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
    """Yield pairs with what speaks for and against a relation of them.

    The entailment model is asked last, for it takes most of the time: about what is near, or what other signs
    speak for.
    """
    plain = []
    for pair in pairs:
        a, b = prepared[pair.a], prepared[pair.b]
        one, other = a.claim.article.id, b.claim.article.id
        copied = one != other and copies.get(one, one) == copies.get(other, other)
        plain.append(signs_of(pair, a, b, sides, copied, switches.polarity))
    asked = [
        (number, i, j, *texts)
        for number, (pair, signs) in enumerate(zip(pairs, plain, strict=True))
        if switches.entailment and worth_asking(pair, signs, prepared[pair.a], prepared[pair.b], switches)
        for i, j in pair.sentences[:ASKED]
        for texts in [(asked_text(prepared[pair.a], i), asked_text(prepared[pair.b], j))]
        if all(len(stems_of([word.strip(MARKS) for word in text.split()])) >= LEAST_WORDS for text in texts)
    ]
    there = _answers(entails, [(a, b) for *_, a, b in asked])
    leaning = [place for place, answer in enumerate(there) if max(answer[:2]) >= LEANING]
    back = dict(zip(leaning, _answers(entails, [(asked[p][4], asked[p][3]) for p in leaning]), strict=True))
    of_pair: dict[int, list[Entailed]] = {}
    for place, (number, i, j, _, _) in enumerate(asked):
        of_pair.setdefault(number, []).append(Entailed(i, j, there[place], back.get(place)))
    for number, (pair, signs) in enumerate(zip(pairs, plain, strict=True)):
        found = of_pair.get(number)
        a, b = prepared[pair.a], prepared[pair.b]
        yield pair, with_entailed(signs, a, b, found, switches.polarity) if found else signs


def asked_text(one: Prepared, place: int) -> str:
    """Return a sentence of a claim as the entailment model reads it: behind another, if it says little without."""
    statement = one.statements[place]
    needs = leans(statement) and len(statement.stems) < ENOUGH_WORDS
    return f"{one.before} {statement.bare}".strip() if needs else statement.bare


def worth_asking(pair: Pair, signs: Signs, a: Prepared, b: Prepared, switches: Switches) -> bool:
    """Tell whether the entailment model's word on a pair can be worth its time."""
    named = a.claim.speaker is not None and b.claim.speaker is not None
    if pair.rank == LAST:
        near = pair.related >= NEAR and a.day != b.day  # whoever says another thing later has changed their mind
    elif pair.alone:
        near = pair.rank < FIRST and pair.related >= NEAR and not signs.unsure
    else:
        near = pair.rank < FIRST or (pair.rank < FIRST_OF_MANY and pair.related >= NEAR)
    if near and named:
        return True
    return not switches.blocking or (pair.related >= NEAR_ENOUGH and speaks(signs) and (named or signs.inside))


def _answers(entails: Entails, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
    found = entails.probabilities(pairs).tolist() if pairs else []
    return [(row[0], row[1], row[2]) for row in found]


def _relation(a: Prepared, b: Prepared, signs: Signs, verdict: Verdict) -> Relation:
    return Relation(
        relation_id(verdict.kind, a.claim.id, b.claim.id), verdict.kind, a.claim, b.claim, round(verdict.score, 3),
        reason_of(a, b, signs, verdict), evidence_of(a, b, signs, verdict),
    )  # fmt: skip
