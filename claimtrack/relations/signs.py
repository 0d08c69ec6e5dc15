"""What speaks for and against a relation between two claims: gathered here, weighed in ``decision``."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from claimtrack.model import Claim, Speaker
from claimtrack.relations.answers import answer, rebuts
from claimtrack.relations.candidates import Pair
from claimtrack.relations.entailment.network import LABELS
from claimtrack.relations.facing import sides_between
from claimtrack.relations.figures import figures
from claimtrack.relations.prepared import Prepared, Words
from claimtrack.relations.quantities import Comparison
from claimtrack.relations.sides import Bond, Sides
from claimtrack.relations.statements import Statement
from claimtrack.relations.witnesses import may_be_one

_CONTRADICTION, _ENTAILMENT, _NEUTRAL = range(len(LABELS))

LIKE = 0.3
"""Texts that share fewer words cannot be alike, and the order of their words is not looked at."""

SURELY_RESOLVED = 0.8
"""Confidence below which it is not sure who spoke."""

SURE = 0.55
"""Confidence below which an attribution is not sure."""

Scores = tuple[float, float, float]
"""Contradiction, entailment and neutral."""


@dataclass(frozen=True)
class Entailed:
    """What the entailment model says of two claims.

    ``forward`` takes the first for the premise, ``backward`` the second; None where it was not asked, which holds of
    one of the two at most. ``around`` is what it says, both ways, when each claim stands behind the sentence before
    it; nothing where it was not asked again.
    """

    forward: Scores | None = None
    backward: Scores | None = None
    around: tuple[Scores, ...] = ()

    @property
    def answers(self) -> list[Scores]:
        """What it said, one way or both."""
        return [scores for scores in (self.forward, self.backward) if scores is not None]


@dataclass(frozen=True)
class Signs:
    """What is known of two claims, ``a`` said first.

    Attributes:
        related: whether they are about one matter, 0 to 1.
        contradiction: what the entailment model says, denials turned round, 0 to 1; 0 where it was not asked.
        agreement: the same.
        contradiction_around: what the model says when it reads what stands before the claims, too; 0 where not asked.
        agreement_around: the same.
        denial: one speaker denies what the other may state.
        denial_repeated: both claims are denials.
        negated: just one of the two nearest sentences has a negation.
        shared: how rare the words are that the claims share.
        conflict: the numbers that cannot both be so, the most comparable.
        match: the numbers that say the same.
        opposite: matters on which two sentences take opposite sides, with the stems that both say it of.
        alike: matters on which they take the same, likewise.
        answer: the second answers the first, which stands before it: "denies", "confirms", or nothing.
        rebuttal: one accuses somebody, and the other is that side's word that it is not to blame.
        likeness: how like the words are, 0 to 1.
        held: all words of one stand in the other.
        elsewhere: both name people or places, and none in common.
        bond: how the speakers are connected.
        days: from the first to the second, 0 where a day is not known.
        copies: one article is a copy of the other.
        beside: both stand in one paragraph.
        inside: both stand in one article.
        alone: few articles tell of the same story.
        reports: how many of the two hold another's words.
        told_by_others: one of the two is known only from the words of a third.
        unnamed: how many of the two have no speaker.
        persons: both speakers are persons, each of whom can judge for themselves.
        named: both speakers are persons or governments, with a name.
        known: both have a name, and neither is a document.
        anonymous: how many of the two have a speaker without a name.
        placed: how many are by a government body, or by a person of whom the text tells what they are.
        selves: both speak of themselves alone, so that both can be right.
        guessed: how many have a speaker that the resolution is not sure of.
        unsure: how many of the two are attributions that the extractor is not sure of.
        nearest: the places of the two sentences that take sides on one thing, else of those that lie nearest.
        facing: the clauses in which they do; None where they take no sides on one thing.
        entailed: what the model said, None where it was not asked.
    """

    related: float
    contradiction: float = 0.0
    agreement: float = 0.0
    contradiction_around: float = 0.0
    agreement_around: float = 0.0
    denial: bool = False
    denial_repeated: bool = False
    negated: bool = False
    shared: float = 0.0
    conflict: Comparison | None = None
    match: Comparison | None = None
    opposite: Mapping[str, frozenset[str]] = field(default_factory=dict)
    alike: Mapping[str, frozenset[str]] = field(default_factory=dict)
    answer: str = ""
    rebuttal: bool = False
    likeness: float = 0.0
    held: bool = False
    elsewhere: bool = False
    bond: Bond = "none"
    days: int = 0
    copies: bool = False
    beside: bool = False
    inside: bool = False
    alone: bool = False
    reports: int = 0
    told_by_others: bool = False
    unnamed: int = 0
    persons: bool = False
    named: bool = True
    known: bool = True
    anonymous: int = 0
    placed: int = 0
    selves: bool = False
    guessed: int = 0
    unsure: int = 0
    nearest: tuple[int, int] = (0, 0)
    facing: tuple[str, str] | None = None
    entailed: Entailed | None = None


def signs_of(pair: Pair, a: Prepared, b: Prepared, sides: Sides, copies: bool, polarity: bool = True) -> Signs:
    """Gather the signs of a pair, all but what the entailment model says.

    Args:
        pair: the two claims, and their nearest sentences.
        a: the first.
        b: the second.
        sides: who belongs to whom.
        copies: whether one article is a copy of the other.
        polarity: whether denials turn round what the model and the numbers say.
    """
    conflict, match = figures(a, b, polarity)
    opposite, alike, at, facing = sides_between(a, b, pair.sentences)
    first, second = (one.statements[place] for one, place in zip((a, b), at or pair.sentences[0], strict=True))
    speakers = [one.claim.speaker for one in (a, b) if one.claim.speaker is not None]
    return Signs(
        related=pair.related,
        denial_repeated=first.denied and second.denied,
        negated=is_negated(first) != is_negated(second),
        shared=pair.shared,
        conflict=conflict,
        match=match,
        opposite=opposite,
        alike=alike,
        answer=answer(a, b),
        rebuttal=rebuts(a, b),
        likeness=likeness(a.words, b.words),
        held=is_held(a.words, b.words),
        elsewhere=_elsewhere(a, b),
        bond=_bond(a.claim, b.claim, sides),
        days=(b.day - a.day).days if a.day and b.day else 0,
        copies=copies,
        beside=a.claim.article.id == b.claim.article.id and a.paragraph == b.paragraph,
        inside=a.claim.article.id == b.claim.article.id,
        alone=pair.alone,
        reports=a.reports + b.reports,
        told_by_others=bool(a.inside or b.inside),
        unnamed=(a.claim.speaker is None) + (b.claim.speaker is None),
        persons=sum(speaker.kind == "person" for speaker in speakers) == 2,
        named=len(speakers) == 2 and all(speaker.kind in ("person", "government") for speaker in speakers),
        known=len(speakers) == 2 and not any(speaker.kind in ("anonymous", "document") for speaker in speakers),
        anonymous=sum(speaker.kind == "anonymous" for speaker in speakers),
        placed=sum(_is_placed(speaker) for speaker in speakers),
        selves=a.own and b.own,
        guessed=sum(speaker.confidence < SURELY_RESOLVED for speaker in speakers),
        unsure=sum(one.claim.attribution.confidence < SURE for one in (a, b)),
        nearest=at or pair.sentences[0],
        facing=facing,
    )


def _bond(a: Claim, b: Claim, sides: Sides) -> Bond:
    found = sides.bond(a.speaker, b.speaker)
    return "siblings" if found == "none" and may_be_one(a, b) else found


def _is_placed(speaker: Speaker) -> bool:
    known = bool(speaker.role or speaker.affiliation)
    return speaker.kind == "government" or (speaker.kind == "person" and known)


def speaks(signs: Signs) -> bool:
    """Tell whether anything but nearness speaks for or against a relation."""
    found = (signs.conflict, signs.match, signs.opposite, signs.alike, signs.answer, signs.rebuttal)
    return any(found)


def with_entailed(signs: Signs, a: Prepared, b: Prepared, entailed: Entailed, polarity: bool = True) -> Signs:
    """Add what the entailment model says of two claims.

    A denial of P contradicts what entails P and agrees with what contradicts P. Contradiction holds both ways, so
    the two directions are averaged; for entailment one is enough, for one claim may say more than the other.

    Args:
        signs: of the pair.
        a: the first claim.
        b: the second.
        entailed: what the model says.
        polarity: whether denials turn it round.
    """
    apart, along = _heard(entailed.answers)
    apart_there, along_there = _heard(entailed.around) if entailed.around else (0.0, 0.0)
    denial = polarity and a.denied != b.denied
    if denial:
        apart, along, apart_there, along_there = along, apart, along_there, apart_there
    return replace(
        signs, contradiction=apart, agreement=along, contradiction_around=apart_there, agreement_around=along_there,
        denial=denial, entailed=entailed,
    )  # fmt: skip


def _heard(answers: Sequence[Scores]) -> tuple[float, float]:
    """Return contradiction and entailment, of one or both directions."""
    apart = sum(scores[_CONTRADICTION] for scores in answers) / len(answers)
    return apart, max(scores[_ENTAILMENT] for scores in answers)


def _elsewhere(a: Prepared, b: Prepared) -> bool:
    """Tell whether both claims name somebody or some place, and none in common."""
    return bool(a.names and b.names) and not a.names & b.names


def is_negated(statement: Statement) -> bool:
    """Tell whether a sentence says that something is not so: an odd number of negations, a denial counted."""
    return (statement.negations + statement.denied) % 2 == 1


def likeness(a: Words, b: Words) -> float:
    """Return how like the words of two contents are, 0 to 1; a quotation that holds all of another is very like it."""
    if not a.all or not b.all:
        return 0.0
    fewer, more = (a.counts, b.counts) if len(a.counts) < len(b.counts) else (b.counts, a.counts)
    both = sum(min(count, more[word]) for word, count in fewer.items() if word in more)
    most = 2 * both / (len(a.all) + len(b.all))  # if they stood in one order
    if most < LIKE:
        return most
    matcher = SequenceMatcher(None, a.all, b.all, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    shorter = min(len(a.all), len(b.all))
    held = same / shorter if shorter >= 5 else 0.0
    return max(matcher.ratio(), 0.95 * held)


def is_held(a: Words, b: Words) -> bool:
    """Tell whether all words of one content stand in the other."""
    fewer, more = (a.counts, b.counts) if len(a.all) < len(b.all) else (b.counts, a.counts)
    return bool(fewer) and all(count <= more.get(word, 0) for word, count in fewer.items())


def logit(probability: float) -> float:
    """Return the logarithm of the odds, within -4.6 and 4.6."""
    kept = min(max(probability, 0.01), 0.99)
    return math.log(kept / (1 - kept))
