"""Who counts as one source: a body, those who speak for it, and its papers.

A company and its spokeswoman do not agree with each other; they are one side. Two ministers of one government, or
two officers of one company, are no independent witnesses either, though they can contradict each other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from claimtrack.model import Claim, Speaker, speaker_id
from claimtrack.speakers.places import gazetteer

Bond = Literal["same", "body", "siblings", "none"]
"""Two claims are by one speaker; by a body and one who speaks for it; by two of one body; by unconnected ones."""


_OWNER = re.compile(r"\b(?P<owner>[a-z]+)['’]s\b|\b(?:of|for|from|at) the (?P<of>[a-z]+)$")
_SHARE = re.compile(r"(?:\w+ ){0,2}\d[\d.,]*\s?(?:%|per ?cent)", re.IGNORECASE)
"""A source that is a part of those who were asked: "57 per cent of drivers"."""

_STATE = re.compile(
    r"\b(?:Department|Ministry|Government|Cabinet|Treasury|Security|Agency|Administration|Bureau|Embassy|Army|Navy"
    r"|Air Force|Foreign Office|Home Office)\b",
    re.IGNORECASE,
)
"""A body of a land's government, if the land's name stands before it."""

_COMPANY = frozenset({"company", "firm", "operator", "manufacturer", "airline", "bank", "group", "plant", "business"})


@dataclass(frozen=True)
class Sides:
    """Which bodies each speaker belongs to or speaks for, gathered from all claims of a project.

    One article says that Langtry is Tidewell's negotiator; the next just calls him Langtry.
    """

    bodies: Mapping[str, frozenset[str]]

    def bond(self, a: Speaker | None, b: Speaker | None) -> Bond:
        """Return how two speakers are connected; one that is not known is connected with nobody."""
        if a is None or b is None:
            return "none"
        if a.id == b.id:
            return "same"
        if a.name.casefold() == b.name.casefold() and a.kind != "anonymous":
            return "same"
        if _SHARE.match(a.name) and _SHARE.match(b.name):
            return "body"  # a poll does not contradict itself: "57 per cent want it", "38 per cent do not"
        names = [set(speaker.name.casefold().split()) for speaker in (a, b)]
        if "anonymous" in (a.kind, b.kind) and (names[0] <= names[1] or names[1] <= names[0]):
            # "Officials" of two articles, "the officer" and "the officer in Marenz": perhaps others, perhaps the same.
            return "siblings"
        ours, theirs = self.bodies.get(a.id, frozenset()), self.bodies.get(b.id, frozenset())
        if a.id in theirs or b.id in ours:
            return "body"
        return "siblings" if ours & theirs else "none"


def sides_of(claims: Iterable[Claim]) -> Sides:
    """Gather who belongs to what, up to the body of the body."""
    direct: dict[str, set[str]] = {}
    articles: dict[str, list[Speaker]] = defaultdict(list)
    for claim in claims:
        for speaker in filter(None, (claim.speaker, *claim.co_speakers)):
            # A person's place of work in words, too: "Korvald University" may make claims elsewhere.
            own = {speaker.part_of, speaker_id(speaker.affiliation) if speaker.affiliation else None}
            if speaker.affiliation and (land := _land_of(speaker.affiliation)):
                # Nobody of the State Department itself need have spoken for it to be a part of its government.
                direct.setdefault(speaker_id(speaker.affiliation), set()).add(speaker_id(land))
            if speaker.kind == "government" and not speaker.part_of and (land := _land_of(speaker.name)):
                own.add(speaker_id(land))
            direct.setdefault(speaker.id, set()).update(body for body in own if body and body != speaker.id)
            articles[claim.article.id].append(speaker)
    for speakers in articles.values():
        for speaker in speakers:
            if not direct[speaker.id] and speaker.role and (body := _body_of_role(speaker, speakers)):
                direct[speaker.id].add(body)
    return Sides({id_: frozenset(_closed(id_, direct)) for id_ in direct})


def _land_of(body: str) -> str | None:
    """Return the land whose government a body belongs to, if the tables or its name tell."""
    places = gazetteer()
    if known := places.find(body):
        return known.part_of
    land = places.parent(body) if _STATE.search(body) else None
    return land if land != body else None


def _body_of_role(speaker: Speaker, others: Iterable[Speaker]) -> str | None:
    """Return the body that a role names by its kind: the one of "the union's secretary" in the same article.

    A company is the one that makes most claims; any other kind must be a word of the body's name.
    """
    found = _OWNER.search(speaker.role or "")
    if found is None:
        return None
    kind = (found["owner"] or found["of"]).lower()
    bodies = Counter(o.id for o in others if o.kind in ("organisation", "government") and o.id != speaker.id)
    if kind in _COMPANY:
        firms = [o.id for o in others if o.kind == "organisation" and o.id in bodies]
        return Counter(firms).most_common(1)[0][0] if firms else None
    named = {o.id for o in others if o.id in bodies and kind in o.name.lower().replace("’", "'").split()}
    return named.pop() if len(named) == 1 else None


def _closed(id_: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(direct[id_])
    while waiting:
        body = waiting.pop()
        if body not in found and body != id_:
            found.add(body)
            waiting += direct.get(body, ())
    return found
