"""A new grouping of claims into topics, under what people have decided: pure, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from claimtrack.model import Topic, topic_id
from claimtrack.store.texts import fold


class Grouped(Protocol):
    """What groups claims: topics, and the id of the (narrowest) topic of each claim that has one."""

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics, wider ones included."""

    @property
    def of(self) -> Mapping[str, str]:
        """The topic's id by the claim's."""


@dataclass(frozen=True)
class Regrouped:
    """The topics after a grouping, and the topic's id of each claim, None for one that has none."""

    topics: tuple[Topic, ...]
    of: Mapping[str, str | None]


def regroup(
    claims: Iterable[str], grouped: Grouped, known: Iterable[Topic], chosen: Mapping[str, str | None]
) -> Regrouped:  # fmt: skip
    """Lay people's choices over a grouping.

    A topic that people put claims into keeps its name; so a claim is in a topic of the name that a person gave it,
    whatever the grouping says now.

    Args:
        claims: the ids of all claims that were grouped.
        grouped: what the grouping says.
        known: the topics before it.
        chosen: the topic's name that a person gave to a claim, None for no topic.
    """
    names = {fold(name) for name in chosen.values() if name is not None}
    old = {topic.id: topic for topic in known}
    topics = {}
    for topic in grouped.topics:
        before = old.get(topic.id)
        keeps = before is not None and fold(before.name) in names
        topics[topic.id] = replace(topic, name=before.name) if before and keeps else topic
    meant: dict[str, Topic] = {}
    for topic in (*topics.values(), *old.values()):
        meant.setdefault(fold(topic.name), topic)
    of: dict[str, str | None] = {claim: grouped.of.get(claim) for claim in claims}
    for claim in of.keys() & chosen.keys():
        name = chosen[claim]
        if name is None:
            of[claim] = None
            continue
        topic = meant.setdefault(fold(name), Topic(topic_id(name), name))
        topics.setdefault(topic.id, topic)
        of[claim] = topic.id
    return Regrouped(tuple(topics.values()), of)
