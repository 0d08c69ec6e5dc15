"""How the entailment model reads a claim: under the name of who says it, and all that is said."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.model import Claim
from claimtrack.relations.statements import Statement

MOST = 60
"""So many words of a claim are read, the first ones."""

MOST_BEFORE = 200
"""So many characters of the sentence before it, the last ones."""


def reading(claim: Claim, said: Sequence[Statement]) -> str:
    """Return a claim as the entailment model reads it.

    A claim is read as a whole, for what contradicts another may stand in any of its sentences, and under its speaker's
    name, who may be what the other is about. What is denied is read as what is denied. The sentence before it is not
    read: it often holds what the claim answers, and the model takes one for the other (docs/relations.md).

    Args:
        claim: the claim.
        said: its sentences.
    """
    return read_as(_who(claim), _words(said))


def clause_read(claim: Claim, clause: str) -> str:
    """Return one clause of a claim as the entailment model reads it.

    Args:
        claim: the claim.
        clause: some of its words.
    """
    return read_as(_who(claim), clause[:1].upper() + clause[1:] + ".")


def in_context(claim: Claim, said: Sequence[Statement], before: str) -> str:
    """Return a claim behind the sentence before it, as the model reads it for a second opinion.

    Args:
        claim: the claim.
        said: its sentences.
        before: the sentence before it.
    """
    return read_as(_who(claim), _words(said), before[-MOST_BEFORE:])


def _who(claim: Claim) -> str:
    return claim.speaker.name if claim.speaker else ""


def _words(said: Sequence[Statement]) -> str:
    return " ".join(statement.bare or statement.text for statement in said)


def read_as(who: str, words: str, before: str = "") -> str:
    """Return words under a name, if there is one, and behind what stands before them."""
    return " ".join([*([f"{who}:"] if who else []), *before.split(), *words.split()[:MOST]])
