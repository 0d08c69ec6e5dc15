"""Kinds of annotated attribution that recall is told apart by: quoted or not, with a source or not, how long."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.analysis.sentences import sentence_starts
from claimtrack.attribution.quotes import Quotation, quotations, quoted_share
from claimtrack.model import Spans

ALL = "all"
KINDS = ("direct", "mixed", "indirect", "with source", "sourceless", "one sentence", "crosses sentences")
"""An attribution is of one of the first three, of one of the next two, and of one of the last two.

Direct is content with every word inside quotation marks, mixed with some, indirect with none.
"""


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
