"""Which claims state something that another can contradict; the others are not compared.

Much that a text ascribes to somebody is a matter they spoke of and not what they said of it ("[Clinton addressed] the
issue", "[Both praised] his patience"). In read news every fifth claim is of that sort, and nothing follows from two of
them being about the same.
"""

from __future__ import annotations

import re

from claimtrack.model import Claim, Span
from claimtrack.relations.quantities import quantities_of
from claimtrack.relations.statements import POINTING, TELLING, lead_of, plain, refutes

_STATING = frozenset({"statement", "belief", "perception"})
_AHEAD = frozenset({"promised", "demanded"})
"""What is promised or demanded is not said to be so, and no later event contradicts it."""

_STOPS = (".", "!", "?", "…", "”", '"', "'", "’", ":")

_OPEN = re.compile(r"\W*(?:(?:whether|if)\b|(?:which|whom?|what)\W*$)", re.IGNORECASE)
"""What is left open ("divided on whether it helps"), or stands elsewhere ("accused of theft, which he denied")."""

_CLAUSE = re.compile(
    r"\W*(?:(?:only|even|also|just|not) )?(?:that|how|why|because|what|he|she|it|they|we|i|there|you|this"
    r"|those|his|her|their|its)\b(?:\W+\w+){2}",
    re.IGNORECASE,
)
"""How the words behind a lead begin if they have a subject of their own, or a conjunction."""

_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|may|might|must|should|shall|cannot)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_AS = re.compile(r"\b(?:as\b|(?:of|for) \w+ing\b)", re.IGNORECASE)
"""What somebody is said to be or to have done: "as partisan", "of breaking the rules"."""

_ACCUSED_OF = re.compile(r"\b(?:of|for|as)\b", re.IGNORECASE)
_NAMING = re.compile(
    r"\b(?:call|describ|view|consider|brand|label|deem|dub|declar|find|found|rul|characteri[sz])\w*\W*$", re.IGNORECASE
)
"""Cues behind which two phrases make a sentence: "called the memo misleading"."""


_UNSAID = re.compile(
    r"(?:n['’]t|\b(?:not|never))\s+(?:\w+\s+)?(?:say|said|saying|tell|told|mention(?:ed)?|claim(?:ed)?|wrote|write|stated?)\b"
    r"|\bstopped short of\b",
    re.IGNORECASE,
)
"""Cues of what somebody did not say: "did not say that" tells nothing of what they hold."""

_EXPECTING = re.compile(r"\b(?:expect|forecast|predict|project|anticipat|warn)\w*", re.IGNORECASE)
"""Who expects a thing says that it will be."""


def is_stating(claim: Claim) -> bool:
    """Tell whether a claim states something that another can contradict, outside a headline."""
    attribution = claim.attribution
    if not attribution.content or attribution.commitment == "declined" or _UNSAID.search(claim.cue_text):
        return False
    stating = attribution.attitude in _STATING or attribution.commitment == "denied"
    stating = stating and attribution.commitment not in _AHEAD
    return stating and not names_only(claim) and not in_headline(claim)


def names_only(claim: Claim) -> bool:
    """Tell whether a claim only names what its speaker spoke of, or leaves it open, so that nothing is said of it.

    The parse has told whether the content is a sentence: if not, its proposition begins with a lead in brackets
    (:mod:`claimtrack.claims.lead`). Here the words behind the lead are looked at.
    """
    found = lead_of(claim.proposition or "")
    if found is None:
        return False
    lead, rest = found
    if claim.speaker and lead.strip(" :") == claim.speaker.name:
        return False  # the subject stood outside the content: "[Ann Roe] knew nothing about it"
    if _OPEN.match(rest):
        return True
    commitment = claim.attribution.commitment
    if commitment == "denied" and refutes(lead, rest):
        return False
    if commitment in ("factive", "conceded") and POINTING.search(plain(claim.proposition or "")):
        return False  # "[Langtry confirmed] the figure", which stands before
    if quantities_of(rest, None):
        return False  # "[the hospital gave] a total of 49"
    says = _CLAUSE.match(rest) or _FINITE.search(rest) or TELLING.search(lead) or _AS.search(rest)
    says = says or (commitment == "accused" and _ACCUSED_OF.search(rest)) or _NAMING.search(lead)
    says = says or _EXPECTING.search(lead)
    return not says


def in_headline(claim: Claim) -> bool:
    """Tell whether a claim stands in the first line of its article, and that line is a headline."""
    text = claim.article.text
    end = text.find("\n", len(text) - len(text.lstrip()))
    if end < 0 or start_of(claim) >= end:
        return False
    line = text[:end].strip()
    return line == (claim.article.title or "").strip() or not line.endswith(_STOPS)


def start_of(claim: Claim) -> int:
    """Return where a claim's content starts in its article, or its cue where it has none."""
    spans = claim.attribution.content or claim.attribution.cue
    first: Span | None = min(spans) if spans else None
    return first.start if first else 0
