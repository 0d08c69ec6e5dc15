"""Kinds of annotated attribution that recall is told apart by: quoted or not, with a source or not, how long."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.attribution.quotes import Quotation, quotations, quoted_share
from claimtrack.model import Spans

ALL = "all"
KINDS = ("direct", "mixed", "indirect", "with source", "sourceless", "one sentence", "crosses sentences")
"""An attribution is of one of the first three, of one of the next two, and of one of the last two.

Direct is content with every word inside quotation marks, mixed with some, indirect with none.
"""

_LINE = re.compile(r"\n\s*")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])")
_LAST_WORD = re.compile(r"[\w.]*\Z")
_LOOK_BACK = 12
_SHORTENED = re.compile(
    r"mrs?|ms|dr|prof|rev|hon|sens?|reps?|govs?|gen|col|lt|sgt|capt|cmdr|st|jr|sr|vs|inc|corp|co|ltd|dept|est"
    r"|jan|feb|aug|sept|oct|nov|dec|mt|ft|ave|blvd|rd|ph\.d|calif|fla|wis|conn|tenn|ala|ariz|ark|colo|del|kan|ky"
    r"|mich|minn|mont|neb|nev|okla|tex|vt|wyo|[a-z](\.[a-z])*"
)


class Marked(Protocol):
    """Anything with the three roles."""

    @property
    def source(self) -> Spans: ...
    @property
    def cue(self) -> Spans: ...
    @property
    def content(self) -> Spans: ...


def kinds_of(text: str, attributions: Sequence[Marked]) -> list[frozenset[str]]:
    """Return the kinds of each attribution of a text; one without content has no more than its source's."""
    quotes = quotations(text, paragraphs(text))
    starts = sentence_starts(text)
    return [_kinds(text, attribution, quotes, starts) for attribution in attributions]


def sentence_starts(text: str) -> list[int]:
    """Return where sentences start, the first one left out.

    By rule, so that the kinds of the gold do not depend on a model: at the end of a line, and after a
    stop before a capital or figure unless the stop belongs to an initial or a shortened word.
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


def _kinds(text: str, attribution: Marked, quotes: Sequence[Quotation], starts: Sequence[int]) -> frozenset[str]:
    kinds = {"with source" if attribution.source else "sourceless"}
    if attribution.content:
        # Marks around the cue too put the whole attribution into somebody else's mouth.
        around = [q for q in quotes if not any(s.overlaps(c) for s in q.spans for c in attribution.cue)]
        share = quoted_share(text, attribution.content, around)
        kinds.add("direct" if share == 1 else "mixed" if share > 0 else "indirect")
        first, last = attribution.content[0], attribution.content[-1]
        begin = first.end - len(first.of(text).lstrip())
        end = last.start + len(last.of(text).rstrip()) - 1
        crosses = bisect_right(starts, end) > bisect_right(starts, begin)
        kinds.add("crosses sentences" if crosses else "one sentence")
    return frozenset(kinds)
