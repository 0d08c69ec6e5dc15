"""How long relating many claims takes: those of some articles, repeated as if other articles had made them."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

from claimtrack.model import Claim, Topic
from claimtrack.relations.entailment.model import Entails, Probabilities
from claimtrack.relations.relate import Models, relate

_STOP = re.compile(r"(?=[.!?][\"'”’]?(?:\s|$))")
_MARKS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Timing:
    """One run: claims, pairs looked at, pairs the entailment model was asked about, relations; wall-clock seconds,
    and the highest memory of the process so far in megabytes."""

    claims: int
    pairs: int
    asked: int
    relations: int
    seconds: float
    megabytes: float


class Counting:
    """An entailment model that counts what it is asked."""

    def __init__(self, entails: Entails) -> None:
        self._entails = entails
        self.asked = 0

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        """Ask the model."""
        self.asked += len(pairs)
        return self._entails.probabilities(pairs)


def repeated(
    claims: Sequence[Claim], topic_of: Mapping[str, str], stories: Mapping[str, str], number: int
) -> tuple[list[Claim], dict[str, str], dict[str, str]]:
    """Return so many claims, the topic of each, and the stories of topics.

    Each repetition is of other articles and stories, and has a word more in each sentence, so that no text is read once
    for all of them.

    Args:
        claims: of any articles.
        topic_of: the topic of each.
        stories: the wider topic of each topic.
        number: how many claims there should be.
    """
    made = list(islice(_copies(claims), number))
    topics = {claim.id: f"{topic_of[claim.id[:-2]]}{claim.id[-2:]}" for claim in made if claim.id[:-2] in topic_of}
    ends = {claim.id[-2:] for claim in made}
    return made, topics, {f"{topic}{end}": f"{story}{end}" for topic, story in stories.items() for end in ends}


def _copies(claims: Sequence[Claim]) -> Iterator[Claim]:
    for turn in count():
        mark = _MARKS[turn // len(_MARKS) % len(_MARKS)] + _MARKS[turn % len(_MARKS)]
        articles = {c.article.id: replace(c.article, id=f"{c.article.id}{mark}") for c in claims}
        for claim in claims:
            yield replace(
                claim, id=f"{claim.id}{mark}", article=articles[claim.article.id],
                proposition=_STOP.sub(f" {mark}", claim.proposition or claim.content_text),
                via=claim.via and f"{claim.via}{mark}",
            )  # fmt: skip


def measure(
    claims: Sequence[Claim], topics: Sequence[Topic], topic_of: Mapping[str, str], number: int, using: Models
) -> Timing:
    """Relate so many claims, made of some, and return what it took; models are loaded, grouping is not counted.

    Args:
        claims: of any articles.
        topics: their topics.
        topic_of: the topic of each.
        number: how many claims to relate.
        using: the models.
    """
    stories = {topic.id: topic.parent for topic in topics if topic.parent}
    made, of, wider = repeated(claims, topic_of, stories, number)
    entails = Counting(using.entails)
    looked = [0]
    start = time.perf_counter()
    found = relate(made, of, wider, using=Models(using.encoder, entails), progress=looked.append)
    seconds = time.perf_counter() - start
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Timing(len(made), looked[-1], entails.asked, len(found), seconds, highest)
