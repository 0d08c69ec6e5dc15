"""Finding the phrases of the cue lexicon among words.

A word of a phrase stands for any form of it, ``not`` for *not*, *n't* and *never*, and ``*`` for up to
:data:`GAP` words in between ("take * issue", "in * view").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from claimtrack.attribution.cues import Cue, cues
from claimtrack.attribution.cuewords import NOT, CueWord, plain

GAP = 3
"""How many words may stand for a ``*``."""

_NO_GAP = frozenset("what how why when where whether if that who which , . ; :".split())  # noqa: SIM905
"""What ends a phrase: "asked him to leave" has "ask * to", "asked what to do" has not."""


def phrases_at(words: Sequence[CueWord], start: int) -> Iterator[tuple[list[int], Cue]]:
    """Yield each phrase whose first word stands at ``start``, with the places of all its words."""
    for key in _keys(words[start]):
        for pattern, cue in _phrases().get(key, ()):
            places = _matched(pattern[1:], words, start + 1)
            if places is not None:
                yield [start, *places], cue


@cache
def _phrases() -> Mapping[str, Sequence[tuple[tuple[str, ...], Cue]]]:
    """Return the phrases by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for cue in cues().values():
        if cue.part == "phrase":
            pattern = tuple(cue.lemma.split())
            found.setdefault(pattern[0], []).append((pattern, cue))
    return found


def _matched(pattern: Sequence[str], words: Sequence[CueWord], place: int) -> list[int] | None:
    """Return the places of a pattern's words from ``place`` on, or None where it does not fit."""
    if not pattern:
        return []
    if pattern[0] == "*":
        for gap in range(GAP + 1):
            if any(plain(word.text) in _NO_GAP for word in words[place : place + gap]):
                return None
            rest = _matched(pattern[1:], words, place + gap)
            if rest is not None:
                return rest
        return None
    if place >= len(words) or pattern[0] not in _keys(words[place]):
        return None
    rest = _matched(pattern[1:], words, place + 1)
    return None if rest is None else [place, *rest]


def _keys(word: CueWord) -> frozenset[str]:
    """What a phrase may call a word: its lemma, or the word as written."""
    keys = frozenset([word.lemma.lower(), plain(word.text)])
    return keys | {"not"} if keys & NOT else keys
