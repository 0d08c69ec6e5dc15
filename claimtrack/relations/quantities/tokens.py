"""Words, numbers and marks of a text with their offsets: all that reading quantities needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from claimtrack.relations.quantities.wordlists import words


class Token(NamedTuple):
    """A word, a number with its separators, or one mark."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0] in "0123456789"

    @property
    def word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?|[^\W\d_]+(?:['’][^\W\d_]+)*|\S"
)
_ENDS = frozenset(".!?;:—…()[]|\n")
_ABBREVIATIONS = words("abbreviation")


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a text, in order; white space is left out."""
    return [Token(m.start(), m.end(), m[0], m[0].lower()) for m in _TOKEN.finditer(text)]


def glued(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a token follows the one before without a space."""
    return 0 < index < len(tokens) and tokens[index - 1].end == tokens[index].start


def ends_clause(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a token is a mark at which a sentence, or what can stand by itself in one, ends."""
    mark = tokens[index].text
    if mark == "–":
        return not glued(tokens, index)
    if mark not in _ENDS:
        return False
    if mark == ".":
        before = tokens[index - 1] if index else None
        if before and glued(tokens, index) and (before.lower in _ABBREVIATIONS or len(before.text) == 1):
            return index + 1 == len(tokens)
        return not glued(tokens, index + 1) or not tokens[index + 1].word
    if mark == ":":  # not within 10:30
        return not glued(tokens, index + 1)
    return True
