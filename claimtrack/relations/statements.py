"""What a claim states, sentence by sentence, in the form that claims are compared in.

A claim's proposition is written for people: it may begin with a lead in brackets ("[Brandt denied] that the alarm
had been off"), hold a name in brackets in the place of a pronoun, and run over several sentences of a quotation.
Comparing needs single sentences without marks, and to know which of them the speaker denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from claimtrack.analysis.sentences import sentence_starts
from claimtrack.model import Claim
from claimtrack.relations.stems import stem

MOST_SENTENCES = 6
"""Of a longer quotation only so many sentences are compared."""

_LEAD = re.compile(r"^\W*\[(?P<inside>[^\]]*)\]\s*")
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_MARKS = re.compile(r"''|[\"“”„«»]|(?<!\w)['‘’]|['’](?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
NEGATIONS = r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly)\b|n['’]t\b"
"""Words that turn a sentence into its opposite, as a regular expression; case is for who compiles it."""

_NEGATION = re.compile(rf"{NEGATIONS}|\b(?:unable|false|untrue)\b", re.IGNORECASE)

_OPEN = re.compile(
    r"\?\W*$|^(?:if|unless|suppose|supposing|assuming|provided|let|why|whether|had|were|should)\b", re.IGNORECASE
)
"""Begins or ends a sentence that states nothing."""

REFUTING = re.compile(
    r"\b(?:den(?:y|ie[sd]|ying|ial)|reject|disput|dismiss|refut|rebut|contest|contradict|recant|debunk|disagree"
    r"|push\w* back|rul\w* out|(?:no|any) such\b)"
    r"|(?:n['’]t|\b(?:not|never))\s+(?:\w+\s+)?(?:believ|think|agree|accept)",
    re.IGNORECASE,
)
"""How the denial of something that was said is told; who opposes, hates, omits or does not know it denies nothing."""

_CLAIMS = r"(?:accusation|allegation|charge|claim|assertion|suggestion|rumou?r)s?"
_THESE = r"(?:the|this|that|these|those|such|all|any|his|her|their|[\w.]+['’]s)"
_CALLED = re.compile(rf"\b({_CLAIMS})\W+as\b.*", re.IGNORECASE | re.DOTALL)
"""Behind what is denied, what it is called instead: "dismissed the claim as a fairy tale"."""
POINTING = re.compile(
    rf"^\W*(?:it|that|this|{_THESE} (?:\w+ )?{_CLAIMS})\W*$|\b(?:any|no) such\b"
    r"|\b(?:called|dismissed|described|branded) (?:that|it|this)\b"
    r"|\b(?:confirmed|conceded|admitted|acknowledged) (?:it|that|this|the (?:figure|number|report|claim))\b",
    re.IGNORECASE,
)
"""A sentence that says no more than yes or no to what was said before."""

_REFUSING = re.compile(r"\b(?:reject|dismiss|push\w* back)", re.IGNORECASE)
_SAID_OF = re.compile(
    r"\W*(?:that|of|\w+ing|as|(?:it|this) as)\b|.*\d|.*\b(?:accus|alleg|charge|claim|report|suggest|assert|notion"
    r"|account|stor(?:y|ies)|critici|argu|characteri|finding|insistence|rumou?r|theor|conclusion|figure)",
    re.IGNORECASE,
)
"""Who rejects an accusation says that it is not so; who rejects a proposal or a bill does not want it."""

_THAT = re.compile(
    r"^(?:that|of|as|to|about|(?:any |an |a |the )?(?:\w+ )?"
    r"(?:accusation|allegation|claim|report|suggestion)s? (?:that|of)|any)\s+",
    re.IGNORECASE,
)

TELLING = re.compile(
    r"\w\W+(?:said|says|puts?|estimate[sd]|claim(?:s|ed)|accuse[sd]|show(?:s|ed)?|told \S+)( that)?\W*$",
    re.IGNORECASE,
)
"""A lead that only says who says it."""

_ACCUSING = re.compile(r"\baccuse[sd]\W*$", re.IGNORECASE)
_OF = re.compile(r"\s*…?\s+of\s+")

STOP_WORDS = frozenset(
    """a about after again against all also am an and any are as at be because been before being between both but by
    can could did do does doing down during each few for from further had has have having he her here hers herself him
    himself his how i if in into is it its itself just may me might more most must my myself no nor not now of off on
    once one only or other our ours ourselves out over own per said same say says she should so some such than that
    the their theirs them themselves then there these they this those through to too under until up very was we were
    what when where which while who whom why will with would you your yours us s t re ve ll d m
    aren couldn didn doesn don hadn hasn haven isn shouldn wasn weren won wouldn ain""".split()  # noqa: SIM905
)
"""Words that tell nothing of what a sentence is about."""


@dataclass(frozen=True)
class Statement:
    """One sentence of a claim.

    ``text`` has no brackets and quotation marks. ``denied``: the speaker says that it is not so. ``stems`` are its
    content words cut to their stems, ``names`` those written with a capital within the sentence. ``asserts``: it is
    no question and no condition. ``bare`` is the text without a lead that only says who says it ("Thule estimated the
    flow at 1,400"). ``negations`` is how many words of it turn it into its opposite.
    """

    text: str
    denied: bool
    stems: frozenset[str]
    names: frozenset[str]
    asserts: bool = True
    bare: str = ""
    negations: int = 0


def statements(claim: Claim) -> tuple[Statement, ...]:
    """Return the sentences that a claim states or denies; none for a claim without content."""
    words = claim.proposition or claim.content_text
    if not words or not claim.attribution.content:
        return ()
    text, denied = _without_lead(words, claim)
    text = plain(text)
    sentences = [text[a:b].strip() for a, b in pairwise([0, *sentence_starts(text), len(text)])]
    sentences = [sentence for sentence in sentences if sentence][:MOST_SENTENCES]
    lead = _telling_lead(words)
    return tuple(_statement(sentence, denied, lead if not place else "") for place, sentence in enumerate(sentences))


def lead_of(proposition: str) -> tuple[str, str] | None:
    """Return the words of a proposition's lead and those behind it, or None without a lead of two words or more."""
    found = _LEAD.match(proposition)
    if found is None or len(found["inside"].split()) < 2:
        return None
    return found["inside"], proposition[found.end() :]


def refutes(lead: str, rest: str) -> bool:
    """Tell whether a lead and what stands behind it deny that something is so: "[Brandt rejected] the accusation"."""
    if not REFUTING.search(lead):
        return False
    wanted = _REFUSING.search(lead)
    return not wanted or bool(_SAID_OF.match(rest))


def _without_lead(words: str, claim: Claim) -> tuple[str, bool]:
    """Return a proposition without the words of a denial before it, and whether it is denied."""
    found = lead_of(words)
    if claim.attribution.commitment != "denied" or found is None:
        # A denial that "[Brandt denied]" does not introduce is one of its own words: "we did not ...".
        return words, claim.attribution.commitment == "denied" and not _LEAD.match(words)
    lead, rest = found
    if claim.attribution.attitude != "statement" or not rest.strip(" .\"'“”‘’") or not refutes(lead, rest):
        return words, False
    if re.match(r"\W*as\b", rest, re.IGNORECASE):
        return words, False  # "[critics dismissed] as a sham": that is what they say it is
    return _CALLED.sub(r"\1", _THAT.sub("", rest)), True


def plain(text: str) -> str:
    """Return words without brackets and quotation marks."""
    return " ".join(_MARKS.sub("", _BRACKETS.sub(r"\1", text)).split())


def _telling_lead(words: str) -> str:
    """Return the lead of a proposition if all that it says is who says it."""
    found = _LEAD.match(words)
    return plain(found[0]) if found and TELLING.search(found["inside"]) else ""


def _statement(text: str, denied: bool, lead: str) -> Statement:
    words = _WORD.findall(text)
    names = frozenset(stem(w) for w in words[1:] if w[0].isupper() and w.lower() not in STOP_WORDS)
    negations = len(_NEGATION.findall(text))
    return Statement(text, denied, stems_of(words), names, not _OPEN.search(text), _without(lead, text), negations)


def _without(lead: str, text: str) -> str:
    """Return a sentence without its lead; "accused Varnia of opening the dam" says "Varnia opening the dam"."""
    rest = text.removeprefix(lead).strip().removeprefix("that ") if lead else ""
    if len(rest.split()) < 3:
        return text
    if _ACCUSING.search(lead):
        rest = _OF.sub(" ", rest, count=1)
    return rest[:1].upper() + rest[1:]


def stems_of(words: Sequence[str]) -> frozenset[str]:
    """Return the stems of the words that are no stop words."""
    return frozenset(stem(word) for word in words if word.lower().replace("’", "'").split("'")[0] not in STOP_WORDS)


def meant(stems: Iterable[str]) -> frozenset[str]:
    """Return stems with those of one thing made one, by the table ``synonyms.csv``."""
    return frozenset(_same_thing().get(stem, stem) for stem in stems)


@cache
def _same_thing() -> dict[str, str]:
    source = resources.files(__package__).joinpath("synonyms.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(";") for line in source if line and not line.startswith("#")][1:]
    found: dict[str, str] = {}
    for words in rows:
        for word in words:
            found.setdefault(stem(word), stem(words[0]))
    return found
