"""Which way a number goes: "down 12 per cent", "a rise of 9 per cent", "12 per cent poorer"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimtrack.relations.quantities.quantity import Direction
from claimtrack.relations.quantities.tokens import Token
from claimtrack.relations.quantities.wordlists import words

_RISES = re.compile(
    r"(?:up|ris(?:e|es|en|ing)|rose|increas(?:e|ed|es|ing)|gr(?:ew|own|ow|ows|owth)|climb(?:ed|s|ing)?|gain(?:ed|s)?|jump(?:ed|s)?"
    r"|soar(?:ed|s)?|surg(?:e|ed|es)|rais(?:e|ed|es)|add(?:ed|s)?|higher|more|richer|bigger|larger|faster|dearer|longer"
    r"|improv(?:ed|es|ement)|expand(?:ed|s)?|hikes?|hiked|rallied|stronger|better)$"
)
_FALLS = re.compile(
    r"(?:down|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es)|lost|los(?:e|es|s|ses|ing)|shr(?:ank|unk|ink|inks)"
    r"|cut(?:s|ting)?|reduc(?:e|ed|es|tion)|slid|slip(?:ped|s)?|plung(?:e|ed|es)|slump(?:ed|s)?|tumbl(?:e|ed|es)|sank|sunk|dip(?:ped|s)?"
    r"|lower|less|fewer|poorer|smaller|slower|cheaper|shorter|contract(?:ed|s|ion)|slash(?:ed|es)?|eas(?:e|ed)|dwindled|worse|weaker)$"
)
_BETWEEN = words("change_to_number")
_BEHIND = 4
"""How many words behind the unit a comparison may stand ("4 per cent more", "12 percent cut")."""

_AHEAD = 9


def direction(tokens: Sequence[Token], first: int, after: int, start: int, end: int, level: bool = False) -> Direction:
    """Return which way a quantity goes, or nothing for a level.

    Args:
        tokens: the text.
        first: the first token of the quantity, its bound included.
        after: the first token behind its unit.
        start: where its clause begins.
        end: where its clause ends.
        level: a count or a sum of money, which "up" and "raised" may be about otherwise ("raised $77 million").
    """
    # "more than 40" is a bound; "fell to 40" and "rose above 40" are levels.
    by = first > start and tokens[first - 1].lower in ("by", "of")
    index, steps = first - 1, 0
    while index >= start and steps < (_AHEAD if by else 4):
        word = tokens[index].lower
        found = way(word)
        if found and tokens[index + 1].lower != "than" and not (level and word in ("up", "raised", "raises", "more")):
            return found
        if not by and word not in _BETWEEN:
            break
        index, steps = index - 1, steps + 1
    for index in range(after, min(after + (_BEHIND if _is_noun_chain(tokens, after, end) else 1), end)):
        found = way(tokens[index].lower)
        if found:
            return found
        if not tokens[index].word or tokens[index].lower in (
            "of",
            "in",
            "to",
            "for",
            "on",
            "and",
            "from",
            "by",
            "against",
            "were",
            "was",
        ):
            break
    return ""


def _is_noun_chain(tokens: Sequence[Token], after: int, end: int) -> bool:
    return (
        after + 1 < end
        and tokens[after].word
        and tokens[after].lower in ("pay", "wage", "price", "tax", "real", "budget", "rate", "job")
    )


def way(word: str) -> Direction:
    """Return which way a word goes: "rose", "poorer"."""
    if _RISES.match(word):
        return "rise"
    return "fall" if _FALLS.match(word) else ""
