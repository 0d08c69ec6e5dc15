"""Claims to topics: articles to stories, the claims of a story to matters, both named, ids kept."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claimtrack.model import Claim, Topic
from claimtrack.relations.topics.matters import Matters, Vectors, said
from claimtrack.relations.topics.names import Names, Wording, counted, story_name
from claimtrack.relations.topics.stories import stories


@dataclass(frozen=True)
class Grouping:
    """Claims by topic.

    Attributes:
        topics: the stories (``parent`` is None), each followed by its matters.
        of: claim id to the id of its narrowest topic: its matter, or its story where nothing else is about
            the same matter.
    """

    topics: tuple[Topic, ...]
    of: Mapping[str, str]

    def stories(self) -> dict[str, str]:
        """Return claim id to the id of its story."""
        parents = {topic.id: topic.parent or topic.id for topic in self.topics}
        return {claim: parents[topic] for claim, topic in self.of.items()}

    def matters(self) -> dict[str, str]:
        """Return claim id to the id of its matter, claims that are alone in theirs left out."""
        narrow = {topic.id for topic in self.topics if topic.parent is not None}
        return {claim: topic for claim, topic in self.of.items() if topic in narrow}


def group(
    claims: Sequence[Claim],
    earlier: Mapping[str, str] | None = None,
    known: Sequence[Topic] = (),
    vectors: Vectors | None = None,
) -> Grouping:
    """Group claims by what they are about.

    The outcome does not hang on the order of the claims. A topic keeps its id and name when claims are added: a group
    takes over the earlier topic that it shares most claims with.

    Args:
        claims: all claims of a project.
        earlier: claim id to topic id, as an earlier grouping had it.
        known: the topics of that grouping, under the names that they have by now.
        vectors: a sentence encoder; the one that comes with the package when left out.

    Raises:
        ModelError: when the sentence encoder is not there.
    """
    claims = sorted(claims, key=_order)
    if vectors is None:
        from claimtrack.relations.sentences import load

        vectors = load().vectors if claims else None
    if not claims or vectors is None:
        return Grouping((), {})
    wide = _by_story(claims)
    matters = Matters(claims, vectors)
    narrow = [[group for group in matters.within(members) if len(group) > 1] for members in wide]
    inherited = _Inherited(claims, earlier or {}, known)
    ids = inherited.ids("story", wide)
    inner = iter(inherited.ids("matter", [group for groups in narrow for group in groups]))
    return _named(claims, wide, narrow, ids, inner, {topic.id: topic for topic in known})


def _order(claim: Claim) -> tuple[str, str, int, str]:
    day = claim.article.published
    spans = claim.attribution.content or claim.attribution.cue
    return (day.isoformat() if day else "", claim.article.id, spans[0].start if spans else 0, claim.id)


def _by_story(claims: Sequence[Claim]) -> list[list[int]]:
    articles = {claim.article.id: claim.article for claim in claims}
    number = {id_: place for place, id_ in enumerate(articles)}
    of: list[list[int]] = [[] for _ in articles]
    for place, claim in enumerate(claims):
        of[number[claim.article.id]].append(place)
    return [[place for member in members for place in of[member]] for members in stories(list(articles.values()))]


class _Inherited:
    """Ids of earlier topics for new groups."""

    def __init__(self, claims: Sequence[Claim], earlier: Mapping[str, str], known: Sequence[Topic]) -> None:
        parents = {topic.id: topic.parent for topic in known}
        self._claims = claims
        self._taken = set(parents)
        # A claim's earlier topic on either floor; ids that nobody knows any more are not revived.
        self._matter = [_known(earlier.get(claim.id), parents, True) for claim in claims]
        self._story = [_known(earlier.get(claim.id), parents, False) for claim in claims]

    def ids(self, floor: str, groups: Sequence[Sequence[int]]) -> list[str]:
        """Return an id for each group: that of the earlier topic with most claims in it, else a new one."""
        before = self._story if floor == "story" else self._matter
        shared = Counter((before[place], number) for number, group in enumerate(groups) for place in group)
        chosen: dict[int, str] = {}
        used: set[str] = set()
        for (topic, number), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0][1], item[0][0] or "")):
            if topic is not None and topic not in used and number not in chosen:
                chosen[number] = topic
                used.add(topic)
        return [chosen.get(number) or self._new(floor, group) for number, group in enumerate(groups)]

    def _new(self, floor: str, group: Sequence[int]) -> str:
        ids = (
            _topic_id(floor, self._claims[place].id, turn) for turn in range(len(self._taken) + 2) for place in group
        )
        found = next(id_ for id_ in ids if id_ not in self._taken)
        self._taken.add(found)
        return found


def _known(topic: str | None, parents: Mapping[str, str | None], narrow: bool) -> str | None:
    if topic is None or topic not in parents:
        return None
    parent = parents[topic]
    if narrow:
        return topic if parent is not None else None
    return parent if parent is not None else topic


def _topic_id(floor: str, claim: str, turn: int) -> str:
    return "t_" + hashlib.sha256("\x1f".join([floor, claim, str(turn)]).encode()).hexdigest()[:16]


def _named(
    claims: Sequence[Claim], wide: Sequence[Sequence[int]], narrow: Sequence[Sequence[Sequence[int]]],
    ids: Sequence[str], inner: Iterator[str], known: Mapping[str, Topic],
) -> Grouping:  # fmt: skip
    names = Names(topic.name for topic in known.values())
    topics: list[Topic] = []
    of: dict[str, str] = {}
    for id_, members, groups in zip(ids, wide, narrow, strict=True):
        articles = {claims[place].article.id: claims[place].article for place in members}
        what = [said(claims[place]) for place in members]
        # Titles count as texts of their own: they are where a story is named.
        texts = [text for article in articles.values() for text in (article.title or "", article.text) if text.strip()]
        wording = Wording(texts or what)
        story = known[id_].name if id_ in known else names.give([story_name(wording), wording.phrase(3)])
        topics.append(Topic(id_, story, wording.words()))
        of |= {claims[place].id: id_ for place in members}
        beside = counted(what) if groups else None
        for group in groups:
            own = next(inner)
            texts = [said(claims[place]) for place in group]
            wording = Wording(texts, beside)
            phrase = wording.phrase()
            wishes = (phrase, wording.phrase(3), f"{phrase} ({story})" if phrase else story)
            name = known[own].name if own in known else names.give(wishes)
            topics.append(Topic(own, name, wording.words(), id_))
            of |= {claims[place].id: own for place in group}
    return Grouping(tuple(topics), of)
