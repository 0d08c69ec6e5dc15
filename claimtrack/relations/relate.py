"""From claims to relations: prepare, choose candidates, ask, decide, and say why."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from claimtrack.model import Claim, Relation, relation_id
from claimtrack.relations.asking import worth_asking
from claimtrack.relations.candidates import Pair, candidates
from claimtrack.relations.decision import Verdict, decide
from claimtrack.relations.echoes import without_echoes
from claimtrack.relations.entailment.model import Entails
from claimtrack.relations.facing import texts_between
from claimtrack.relations.prepared import Embeds, Prepared, embedded, prepare, sentence_before
from claimtrack.relations.reading import in_context
from claimtrack.relations.reasons import evidence_of, reason_of
from claimtrack.relations.sides import Sides, sides_of
from claimtrack.relations.signs import Entailed, Scores, Signs, signs_of, with_entailed
from claimtrack.relations.weighing import ALL, Switches

LEANING = 0.5
"""The least entailment or contradiction in one direction for which the other direction is asked, too, and both again
with what stands before the claims."""

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

    The entailment model is asked last, about what is promising (``asking``).
    """
    plain = []
    for pair in pairs:
        a, b = prepared[pair.a], prepared[pair.b]
        one, other = a.claim.article.id, b.claim.article.id
        copied = one != other and copies.get(one, one) == copies.get(other, other)
        plain.append(signs_of(pair, a, b, sides, copied, switches.polarity))
    asked = [
        number
        for number, (pair, signs) in enumerate(zip(pairs, plain, strict=True))
        if switches.entailment
        and (not switches.blocking or worth_asking(pair, signs, prepared[pair.a], prepared[pair.b]))
    ]
    heard = dict(
        zip(
            asked,
            _heard(entails, [(prepared[pairs[n].a], prepared[pairs[n].b]) for n in asked], [plain[n] for n in asked]),
            strict=True,
        )
    )
    for number, (pair, signs) in enumerate(zip(pairs, plain, strict=True)):
        found = heard.get(number)
        a, b = prepared[pair.a], prepared[pair.b]
        yield pair, with_entailed(signs, a, b, found, switches.polarity) if found else signs


def _heard(entails: Entails, pairs: Sequence[tuple[Prepared, Prepared]], plain: Sequence[Signs]) -> list[Entailed]:
    """Ask the model about pairs: the longer first, and the rest where there is something to hear."""
    readings = [texts_between(a, b, signs.facing) for (a, b), signs in zip(pairs, plain, strict=True)]
    # The longer may say what the shorter says and more, but not the other way round.
    turned = [len(b) > len(a) for a, b in readings]
    texts = [pair[::-1] if turn else pair for pair, turn in zip(readings, turned, strict=True)]
    there = _answers(entails, texts)
    leaning = [place for place, answer in enumerate(there) if max(answer[:2]) >= LEANING]
    back = dict(zip(leaning, _answers(entails, [texts[place][::-1] for place in leaning]), strict=True))
    around = [(_around(pairs[place][0]), _around(pairs[place][1])) for place in leaning]
    again = zip(_answers(entails, around), _answers(entails, [texts[::-1] for texts in around]), strict=True)
    second = dict(zip(leaning, again, strict=True))
    result = []
    for place, (answer, turn) in enumerate(zip(there, turned, strict=True)):
        forward, backward = (back.get(place), answer) if turn else (answer, back.get(place))
        result.append(Entailed(forward, backward, second.get(place, ())))
    return result


def _around(one: Prepared) -> str:
    return in_context(one.claim, one.statements, sentence_before(one.claim))


def _answers(entails: Entails, pairs: Sequence[tuple[str, str]]) -> list[Scores]:
    found = entails.probabilities(pairs).tolist() if pairs else []
    return [(row[0], row[1], row[2]) for row in found]


def _relation(a: Prepared, b: Prepared, signs: Signs, verdict: Verdict) -> Relation:
    return Relation(
        relation_id(verdict.kind, a.claim.id, b.claim.id), verdict.kind, a.claim, b.claim, round(verdict.score, 3),
        reason_of(a, b, signs, verdict), evidence_of(a, b, signs, verdict),
    )  # fmt: skip
