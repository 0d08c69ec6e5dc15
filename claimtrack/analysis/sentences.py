"""Sentences by rule: where they start, without a model."""

from __future__ import annotations

import re

_LINE = re.compile(r"\n\s*")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])")
_LAST_WORD = re.compile(r"[\w.]*\Z")
_LOOK_BACK = 12
_SHORTENED = re.compile(
    r"mrs?|ms|dr|prof|rev|hon|sens?|reps?|govs?|gen|col|lt|sgt|capt|cmdr|st|jr|sr|vs|inc|corp|co|ltd|dept|est"
    r"|jan|feb|aug|sept|oct|nov|dec|mt|ft|ave|blvd|rd|ph\.d|calif|fla|wis|conn|tenn|ala|ariz|ark|colo|del|kan|ky"
    r"|mich|minn|mont|neb|nev|okla|tex|vt|wyo|[a-z](\.[a-z])*"
)


def sentence_starts(text: str) -> list[int]:
    """Return where sentences start, the first one left out.

    At the end of a line, and after a stop before a capital or figure unless the stop belongs to an initial or a
    shortened word.
    """
    starts = {match.end() for match in _LINE.finditer(text)}
    for match in _STOP.finditer(text):
        if text[match.start()] != "." or not _is_shortened(text, match.start(), match.end()):
            starts.add(match.end())
    return sorted(starts)


def _is_shortened(text: str, stop: int, following: int) -> bool:
    found = _LAST_WORD.search(text, max(0, stop - _LOOK_BACK), stop)
    word = found[0].lower() if found else ""
    if word in ("no", "nos"):
        return text[following].isdigit()
    return bool(_SHORTENED.fullmatch(word))
