"""Claims that answer the one before them: "Tidewell denied it", "He confirmed the figure", "They had, she said"."""

from __future__ import annotations

import re
from typing import Literal

from claimtrack.relations.opposites import sides_taken
from claimtrack.relations.prepared import Prepared
from claimtrack.relations.statements import NEGATIONS, POINTING, REFUTING, Statement
from claimtrack.relations.stating import start_of

Answer = Literal["", "denies", "confirms"]

REACH = 3
"""An answer comes within so many claims, those inside others counted, in the next paragraph at the latest."""

_BARE = re.compile(
    r"^(?:it|they|he|she|we|that)\s+(?:had|has|have|did|does|do|was|were|is|are)(n['’]t|\s+not)?\W*$", re.IGNORECASE
)
_NEGATED = re.compile(NEGATIONS, re.IGNORECASE)


def answer(a: Prepared, b: Prepared) -> Answer:
    """Return what the second claim says to the first, if it answers it.

    Args:
        a: a claim.
        b: one that stands after it.
    """
    beside = a.claim.article.id == b.claim.article.id and 0 < b.place - a.place <= REACH
    if (
        not beside
        or a.inside
        or a.expects
        or "?" in a.claim.article.text[start_of(a.claim) : start_of(b.claim)]
        or b.place - a.place > 1 + a.reports + a.reports * (REACH - 2)
        or len(b.statements) != 1
        or a.claim.article.text.count("\n\n", a.paragraph, b.paragraph) > 1
    ):
        return ""
    said = b.statements[0]
    if bare := _BARE.match(said.text):
        turned = bool(bare[1]) != bool(_NEGATED.search(a.statements[-1].text))
        return "denies" if turned else "confirms"
    if not POINTING.search(said.text):
        return ""
    if (said.denied and _refutes(b)) or _is_called_false(said) or re.match(r"no such\b", said.text, re.IGNORECASE):
        return "denies"
    return "confirms" if b.claim.attribution.commitment in ("factive", "conceded") else ""


def _refutes(one: Prepared) -> bool:
    claim = one.claim
    words = [span.of(claim.article.text) for span in claim.attribution.cue]
    return any(REFUTING.search(text) for text in (*words, claim.proposition or ""))


_NOT_TO_BLAME = re.compile(
    r"\b(?:unfounded|baseless|groundless|untrue|false|not (?:to blame|responsible|at fault)|(?:was|were) responsible"
    r"|blames?|blaming)\b",
    re.IGNORECASE,
)


def rebuts(a: Prepared, b: Prepared) -> bool:
    """Tell whether one of two claims accuses somebody and the other is that side's word that it is not to blame."""
    return any(
        accuser.claim.attribution.commitment == "accused" and _is_accused(other, accuser) and _rejects(other)
        for accuser, other in ((a, b), (b, a))
    )


def _is_accused(one: Prepared, accuser: Prepared) -> bool:
    speaker = one.claim.speaker
    names = [name for name in (speaker.name, speaker.affiliation) if name] if speaker else []
    return any(name in statement.text for name in names for statement in accuser.statements)


def _rejects(one: Prepared) -> bool:
    return any(statement.denied or _NOT_TO_BLAME.search(statement.text) for statement in one.statements)


def _is_called_false(said: Statement) -> bool:
    taken = sides_taken(said).get("true")
    return taken is not None and taken.side == -1
