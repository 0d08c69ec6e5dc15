"""A relater for tests, which loads no models: what is told decides which topic claims have, and how they relate."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from claimtrack.model import Claim, Relation, RelationKind, Topic, relation_id

Judge = Callable[[Claim, Claim], "tuple[RelationKind, str] | None"]


@dataclass(frozen=True)
class Grouping:
    """What a grouping says."""

    topics: tuple[Topic, ...] = ()
    of: Mapping[str, str] = field(default_factory=dict)


@dataclass
class FakeRelater:
    """Groups claims by the first of some words that they hold, and relates those of one topic as a judge says.

    What it was asked is kept: which claims, which of them fresh, which model.
    """

    topics: Sequence[Topic] = ()
    judge: Judge | None = None
    asked: list[tuple[set[str], set[str] | None, str]] = field(default_factory=list)
    copies: Mapping[str, str] = field(default_factory=dict)
    stories: Mapping[str, str] = field(default_factory=dict)
    known: list[dict[str, str]] = field(default_factory=list)

    def group(
        self, claims: Sequence[Claim], earlier: Mapping[str, str] | None = None, known: Sequence[Topic] = ()
    ) -> Grouping:
        self.known.append(dict(earlier or {}))
        of = {}
        for claim in claims:
            told = (claim.proposition or claim.content_text).casefold()
            for topic in self.topics:
                if any(word in told for word in topic.words):
                    of[claim.id] = topic.id
                    break
        return Grouping(tuple(self.topics), of)

    def relate(
        self, claims: Sequence[Claim], topics: Mapping[str, str], stories: Mapping[str, str] | None = None,
        copies: Mapping[str, str] | None = None, fresh: Any = None, nli: str = "embedded", progress: Any = None,
    ) -> list[Relation]:  # fmt: skip
        looked_at: Collection[str] | None = fresh
        self.asked.append(({claim.id for claim in claims}, None if looked_at is None else set(looked_at), nli))
        self.copies, self.stories = dict(copies or {}), dict(stories or {})
        if progress:
            progress(len(claims))
        found = []
        for a, b in combinations(claims, 2):
            if topics.get(a.id) is None or topics.get(a.id) != topics.get(b.id):
                continue
            if looked_at is not None and a.id not in looked_at and b.id not in looked_at:
                continue
            verdict = (self.judge or figures)(a, b)
            if verdict:
                kind, reason = verdict
                evidence = {
                    "rules": [reason],
                    "entailment": {
                        "forward": {"contradiction": 0.9, "entailment": 0.04, "neutral": 0.06},
                        "backward": {"contradiction": 0.7, "entailment": 0.1, "neutral": 0.2},
                    },
                    "quantities": [reason], "polarity": None, "topic": topics[a.id],
                }  # fmt: skip
                found.append(Relation(relation_id(kind, a.id, b.id), kind, a, b, 0.9, reason, evidence))
        return found


def figures(a: Claim, b: Claim) -> tuple[RelationKind, str] | None:
    """Say that claims with the same figures agree, and those with others contradict each other."""
    one, other = (re.findall(r"\d+", claim.proposition or claim.content_text) for claim in (a, b))
    if not one or not other:
        return None
    if one == other:
        return "agrees", f"both say {', '.join(one)}"
    return "contradicts", f"{', '.join(one)} against {', '.join(other)}"


CRANES = Topic("t_cranes", "Cranes at Halden", ("crane",), "t_halden")
LEAK = Topic("t_leak", "Chlorine leak at Halden", ("leak", "treated"), "t_halden")
HALDEN = Topic("t_halden", "Halden", ("halden",))
TOPICS = (CRANES, LEAK, HALDEN)
