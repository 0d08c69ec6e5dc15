"""Which prediction stands for which gold attribution: one to one, by what their contents and cues share.

Tokens are words and single marks. The weight of a pair is the Dice overlap of its contents plus that of
its cues, and the pairs are those of greatest total weight.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

import networkx as nx

from claimtrack.model import Spans

ROLES = ("cue", "source", "content")
TOKEN = re.compile(r"\w+|[^\w\s]")

Tokens = frozenset[int]
Roles = Mapping[str, Tokens]
"""The tokens of each of :data:`ROLES`."""


class Index:
    """The tokens of a text, found by offset."""

    def __init__(self, text: str) -> None:
        places = [match.span() for match in TOKEN.finditer(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def tokens(self, spans: Spans) -> Tokens:
        """Return the numbers of the tokens that the spans touch."""
        found: set[int] = set()
        for span in spans:
            i = bisect_left(self._ends, span.start + 1)
            while i < len(self._starts) and self._starts[i] < span.end:
                found.add(i)
                i += 1
        return frozenset(found)


def align(gold: Sequence[Roles], guesses: Sequence[Roles]) -> list[tuple[int, int]]:
    """Return the one-to-one pairs (gold, guess) of greatest total weight."""
    graph = nx.Graph()
    for g, one in enumerate(gold):
        for p, other in enumerate(guesses):
            weight = dice(one["content"], other["content"]) + dice(one["cue"], other["cue"])
            if weight > 0:
                # The source breaks exact ties.
                graph.add_edge(("gold", g), ("guess", p), weight=weight + 1e-6 * dice(one["source"], other["source"]))
    pairs = (dict([left, right]) for left, right in nx.max_weight_matching(graph))
    return sorted((pair["gold"], pair["guess"]) for pair in pairs)


def dice(a: Tokens, b: Tokens) -> float:
    """Return twice the shared tokens over all tokens of both; 0 when both are empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
