"""Speakers that nothing connects, and who may still be one source: they are no two witnesses.

In read news a good third of what looked like agreement went back to one source under two names.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from claimtrack.model import Claim, Speaker
from claimtrack.relations.prepared import words_of
from claimtrack.relations.stems import stem
from claimtrack.speakers.linking import name_words
from claimtrack.speakers.places import gazetteer

_WRITTEN = re.compile(
    r"\b(?:letter|statement|e-?mail|transcript|interview|tweet|post|memo|speech|remarks|testimony|filing|complaint|lawsuit"
    r"|petition|op-ed|column|book|message|press release|news release|briefing)s?\b",
    re.IGNORECASE,
)
"""A source that holds somebody's words: who is quoted beside it is most likely that somebody."""

_PASSED_ON = re.compile(r"\b(?:reports?|media|outlets?|sources?|organi[sz]ations)$", re.IGNORECASE)
_OUTLET = re.compile(
    r"\b(?:Times|Post|Journal|News|CNN|MSNBC|NBC|CBS|ABC|BBC|NPR|Fox|Reuters|Associated Press|AP|AFP|Interfax|Tass"
    r"|Politico|Bloomberg|Agence|news agency|TV|Guardian|Magazine|Tribune|Gazette|Herald|Chronicle|Newsweek|Radio"
    r"|newspapers?)\b"
)
"""Sources that pass on what others say: no witnesses beside those."""

_SAYS = (
    r"\W+(?:\w+\W+){0,3}?(?:said|says|saying|told|tells|wrote|writes|tweeted|stated|argue[sd]|claim(?:s|ed)|added"
    r"|call(?:s|ed) for|announced|urge[sd]|warn(?:s|ed))\b"
)
_SAID_BY = r"\b(?:said|says|wrote) (?:[A-Z]\w*\.? ){0,4}?"
_CABINET = re.compile(
    r"(?!.*\b(?:former|ex|candidate|nominee|elect)\b).*\b(?:secretary of \w+|\w+ secretary|minister"
    r"|attorney general|chief of staff|trade representative|director of national intelligence"
    r"|national security advis[eo]r)\b.*|(?:the )?(?:us |u\.s\. )?(?:vice )?president(?: of the united states)?",
    re.IGNORECASE,
)
"""Roles of those who sit in one government, if one article names them together and no two lands."""

_SPEAKS_FOR = re.compile(r"\b(?:spokes\w+|attorney|lawyer|aide)\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    "a an the of in at to for and or who with from on by one two some several many most all".split()  # noqa: SIM905
)


_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")

QUOTED_WORDS = 3
"""So many words in quotation marks are somebody's."""

MISSPELLED = 0.88
"""Surnames that are so like are one, written in two ways."""

LIKE_FIRST_NAMES = 0.8
"""First names before one surname that are so like are one: Jon, John."""

_AUTHORITIES = re.compile(
    r"(?:\w+ )?(?:police|cops|authorities|officials|investigators|prosecutors|law enforcement|detectives|officers)",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:police|sheriff\w*|constable|officer|detective|marshal|prosecutor\w*|district attorney|spokes\w+|commissioner"
    r"|governor|gov|mayor|minister|lieutenant|lt|sergeant|sgt|captain|inspector|coroner|medical examiner"
    r"|fire (?:chief|department|service|marshal)|chief of the \w+ fire|department)\b",
    re.IGNORECASE,
)
"""Whose word "the authorities" pass on: what "police" and a named constable tell has one source."""

_OF_STATE = re.compile(
    r"\b(?:ministry|navy|naval|army|military|air force|coast guard|police|department|defen[cs]e|marines|government)\b",
    re.IGNORECASE,
)
"""Bodies of a state, and those who speak for one: of one land, or of none that is named, they have one source."""


def may_be_one(a: Claim, b: Claim) -> bool:
    """Tell whether two speakers that are not known to be connected may still be one source.

    "Trump" and "Donald Trump", if nothing has told which Trump, and his counsel; "five women" and "one of the women"; a
    paper and who it may have asked; "police" and a constable; who passes on what the other says, or quotes the same
    words; bodies of one state. In one article also a letter and who is quoted beside it; "a minister" in the first
    line and Ann Roe, minister of trade, in the next; officials and a government; members of one cabinet; and a
    spokeswoman whose body is not told and a body beside her.
    """
    one, other = a.speaker, b.speaker
    if one is None or other is None:
        return False
    if _share_a_name(one, other) or _is_paper(one) or _is_paper(other):
        return True
    if _passes_on(a, other) or _passes_on(b, one) or _quotes(a, b):
        return True
    inside = a.article.id == b.article.id
    one_land = len(_lands(one) | _lands(other)) < 2
    for x, y in ((one, other), (other, one)):
        # In another article "a minister" may be any minister; a fire chief is the fire chief.
        if _is_in_role(x, y, 1 if inside or y.kind != "anonymous" else 2):
            return True
        if x.kind == "anonymous" and _SPEAKS_FOR.fullmatch(x.name) and y.kind in ("organisation", "government"):
            return True
        if one_land and _AUTHORITIES.fullmatch(x.name) and (y.kind == "government" or _is_official(y)):
            return True
        if inside and (_speaks_for_somebody(x) or (one_land and _are_officials_of(x, y))):
            return True
    if one_land and (_are_of_state(one, other) or (inside and _are_of_one_cabinet(one, other))):
        return True
    written = [speaker.kind == "document" and bool(_WRITTEN.search(speaker.name)) for speaker in (one, other)]
    return inside and written[0] != written[1]


def _share_a_name(one: Speaker, other: Speaker) -> bool:
    """Tell whether one name holds the other, or its last word, or what one has instead of a name shares a word."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return False
    if set(mine) <= set(theirs) or set(theirs) <= set(mine):
        return True
    if 1 in (len(mine), len(theirs)) and _is_misspelled(mine[-1], theirs[-1]):
        return True
    if one.kind == other.kind == "person" and mine[-1] == theirs[-1]:
        return SequenceMatcher(None, mine[0], theirs[0], autojunk=False).ratio() >= LIKE_FIRST_NAMES
    unnamed = "anonymous" in (one.kind, other.kind)
    return unnamed and bool({stem(mine[-1]), stem(mine[0])} & {stem(theirs[-1]), stem(theirs[0])})


def _lands(speaker: Speaker) -> set[str]:
    """Return the land that a speaker's name, or what they are, tells of; none for most."""
    told = (speaker.name if speaker.kind != "person" else None, speaker.role, speaker.affiliation)
    places = gazetteer()
    return {land for text in told if text and (land := places.country(text) or places.parent(text))}


def _are_of_state(one: Speaker, other: Speaker) -> bool:
    return all(speaker.kind != "person" and _OF_STATE.search(speaker.name) for speaker in (one, other))


def _are_of_one_cabinet(one: Speaker, other: Speaker) -> bool:
    return all(speaker.role and _CABINET.fullmatch(speaker.role) for speaker in (one, other))


def _is_official(speaker: Speaker) -> bool:
    told = (speaker.name if speaker.kind != "person" else "", speaker.role, speaker.affiliation)
    return bool(_AUTHORITIES.fullmatch(speaker.name)) or any(_OFFICIAL.search(text) for text in told if text)


def _is_misspelled(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 5 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= MISSPELLED


def _words(speaker: Speaker) -> list[str]:
    return [word for word in name_words(speaker.name.replace("-", " ")) if word not in _NO_NAMES]


def _is_paper(speaker: Speaker) -> bool:
    return bool(_PASSED_ON.search(speaker.name) or (speaker.kind != "person" and _OUTLET.search(speaker.name)))


def _passes_on(claim: Claim, speaker: Speaker) -> bool:
    """Tell whether a claim says what a speaker says: "McConnell said that ...", "..., said Mr. McConnell"."""
    if speaker.kind not in ("person", "organisation", "government"):
        return False
    last = re.escape(speaker.name.split()[-1])
    return bool(re.search(rf"\b{last}\b{_SAYS}|{_SAID_BY}{last}\b", claim.content_text))


def _quotes(a: Claim, b: Claim) -> bool:
    """Tell whether one claim has words in quotation marks that the other has, too: both have them from one mouth."""
    return any(
        f" {quoted} " in f" {_plain(other.content_text)} "
        for one, other in ((a, b), (b, a))
        for quoted in map(_plain, _QUOTED.findall(one.content_text))
        if len(quoted.split()) >= QUOTED_WORDS
    )


def _plain(text: str) -> str:
    return " ".join(words_of(text).all)


def _is_in_role(one: Speaker, other: Speaker, least: int) -> bool:
    """Tell whether what somebody is names the other: counsel to President Roe, and Roe; a minister of trade.

    That is the last of the other's words, and as many as ``least`` of them.
    """
    words = _words(other)
    role = set(re.findall(r"\w+", (one.role or "").casefold()))
    return bool(words) and words[-1] in role and len(role & set(words)) >= least


def _are_officials_of(one: Speaker, other: Speaker) -> bool:
    """Tell whether officials of nobody knows where stand beside a government."""
    return one.kind == "anonymous" and other.kind == "government" and "official" in one.name.casefold()


def _speaks_for_somebody(speaker: Speaker) -> bool:
    """Tell whether somebody speaks for another, and the text does not tell for whom."""
    return bool(speaker.role and _SPEAKS_FOR.search(speaker.role) and not speaker.affiliation and not speaker.part_of)
