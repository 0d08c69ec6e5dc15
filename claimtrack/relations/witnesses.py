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

_WRITTEN = re.compile(
    r"\b(?:letter|statement|e-?mail|transcript|interview|tweet|post|memo|speech|remarks|testimony|filing|complaint|lawsuit"
    r"|petition|op-ed|column|book|message|press release|news release|briefing)s?\b",
    re.IGNORECASE,
)
"""A source that holds somebody's words: who is quoted beside it is most likely that somebody."""

_PASSED_ON = re.compile(r"\b(?:reports?|media|outlets?|sources?|organi[sz]ations)$", re.IGNORECASE)
_OUTLET = re.compile(
    r"\b(?:Times|Post|Journal|News|CNN|MSNBC|NBC|CBS|ABC|BBC|NPR|Fox|Reuters|Associated Press|AP|AFP|Interfax|Tass"
    r"|Politico|Bloomberg|Guardian|Magazine|Tribune|Gazette|Herald|Chronicle|Newsweek|Radio|newspapers?)\b"
)
"""Sources that pass on what others say: two of them are no two witnesses."""

_SAYS = r"\W+(?:\w+\W+){0,3}?(?:said|says|saying|told|tells|wrote|writes|tweeted|stated|argue[sd]|claim(?:s|ed))\b"
_SAID_BY = r"\b(?:said|says|wrote) (?:[A-Z]\w*\.? ){0,4}?"
_SPEAKS_FOR = re.compile(r"\b(?:spokes\w+|attorney|lawyer|aide)\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    "a an the of in at to for and or who with from on by one two some several many most all".split()  # noqa: SIM905
)


_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")

QUOTED_WORDS = 3
"""So many words in quotation marks are somebody's."""

MISSPELLED = 0.88
"""Surnames that are so like are one, written in two ways."""


def may_be_one(a: Claim, b: Claim) -> bool:
    """Tell whether two speakers that are not known to be connected may still be one source.

    "Trump" and "Donald Trump", if nothing has told which Trump, and his counsel; "five women" and "one of the women";
    two papers; who passes on what the other says, or quotes the same words. In one article also a letter and who is
    quoted beside it; "a minister" in the first line and Ann Roe, minister of trade, in the next; officials and a
    government; and a spokeswoman whose body is not told and a body beside her.
    """
    one, other = a.speaker, b.speaker
    if one is None or other is None:
        return False
    if _share_a_name(one, other) or (_is_paper(one) and _is_paper(other)):
        return True
    if _passes_on(a, other) or _passes_on(b, one) or _quotes(a, b):
        return True
    inside = a.article.id == b.article.id
    for x, y in ((one, other), (other, one)):
        # In another article "a minister" may be any minister.
        if _is_in_role(x, y) and (inside or y.kind != "anonymous"):
            return True
        if inside and (_speaks_for_somebody(x) or _are_officials_of(x, y)):
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
    unnamed = "anonymous" in (one.kind, other.kind)
    return unnamed and bool({stem(mine[-1]), stem(mine[0])} & {stem(theirs[-1]), stem(theirs[0])})


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


def _is_in_role(one: Speaker, other: Speaker) -> bool:
    """Tell whether what somebody is names the other: counsel to President Roe, and Roe; a minister of trade."""
    words = _words(other)
    return bool(one.role and words and words[-1] in re.findall(r"\w+", one.role.casefold()))


def _are_officials_of(one: Speaker, other: Speaker) -> bool:
    """Tell whether officials of nobody knows where stand beside a government."""
    return one.kind == "anonymous" and other.kind == "government" and "official" in one.name.casefold()


def _speaks_for_somebody(speaker: Speaker) -> bool:
    """Tell whether somebody speaks for another, and the text does not tell for whom."""
    return bool(speaker.role and _SPEAKS_FOR.search(speaker.role) and not speaker.affiliation and not speaker.part_of)
