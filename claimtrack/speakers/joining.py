"""Which merges to make: from pairs that look alike to groups of one speaker each, with what people decided kept.

Pure. :mod:`claimtrack.speakers.linking` compares two speakers; here it is seen what else each of them fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from claimtrack.model import Speaker
from claimtrack.speakers.linking import MERGED_FROM, Merge, Sighting, is_local, name_words, sound

SURE = 0.9
"""From this confidence on two names may be the same but for their spelling."""


class Groups:
    """Speakers in groups of one each: where they stand, and who must stay apart.

    Args:
        root_of: for each id, the id of the speaker that it is shown as.
        apart: pairs of ids that a person has said are two.
    """

    def __init__(self, root_of: Mapping[str, str], apart: Collection[tuple[str, str]]) -> None:
        self._root = dict(root_of)
        self._members: dict[str, set[str]] = defaultdict(set)
        for id_, root in root_of.items():
            self._members[root].add(id_)
        self._apart: dict[str, set[str]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, id_: str) -> str:
        """Return whom an id is shown as."""
        return self._root[id_]

    def members(self, root: str) -> AbstractSet[str]:
        """Return all ids that are shown as one."""
        return self._members[root]

    def may_be_one(self, one: str, other: str) -> bool:
        """Tell whether nobody has said that the two are two."""
        return other not in self._apart.get(one, ())

    def may_join(self, one: str, other: str) -> bool:
        """Tell whether nobody has said that somebody of one root's group is not somebody of the other's."""
        return all(
            self._apart.get(member, frozenset()).isdisjoint(self._members[other]) for member in self._members[one]
        )

    def join(self, alias: str, into: str) -> None:
        """Put the group of one root into that of another."""
        gone = self._members.pop(alias)
        self._members[into] |= gone
        self._root.update(dict.fromkeys(gone, into))


def joins(
    sightings: Sequence[Sighting], merges: Sequence[Merge], seen_in: Mapping[str, AbstractSet[str]], groups: Groups,
    better: Callable[[str], tuple[object, ...]],
) -> Iterator[tuple[str, str, str]]:  # fmt: skip
    """Yield the merges to make: the root that goes, the root that stays, and the reason, the surest first.

    Left out are merges that are not sure enough; those of two that an article tells apart; those of a name that
    fits two who are not each other; and whatever would join two that a person has said are two.

    Args:
        sightings: what was compared.
        merges: what :func:`claimtrack.speakers.linking.link` found in them, the surest first.
        seen_in: for each speaker's id, the ids of the articles in which it speaks.
        groups: how things stand; it is changed.
        better: gives a root's rank; of two roots the one with the higher rank stays.
    """
    ids = [sighting.speaker.id for sighting in sightings]
    good = [
        merge for merge in merges
        if merge.confidence >= MERGED_FROM and groups.may_be_one(ids[merge.a], ids[merge.b])
        and not _told_apart(sightings[merge.a].speaker, sightings[merge.b].speaker, merge, seen_in)
    ]  # fmt: skip
    fits: dict[int, set[int]] = defaultdict(set)
    for merge in good:
        fits[merge.a].add(merge.b)
        fits[merge.b].add(merge.a)
    for merge in good:
        a, b = sightings[merge.a].speaker, sightings[merge.b].speaker
        if not is_sure(merge, a, b) and not is_local(a):
            others = [(merge.b, other) for other in fits[merge.a]] + [(merge.a, other) for other in fits[merge.b]]
            if any(
                one != other and other not in fits[one] and groups.root(ids[other]) != groups.root(ids[one])
                for one, other in others
            ):
                continue
        one, other = groups.root(a.id), groups.root(b.id)
        if one == other or not groups.may_join(one, other):
            continue
        into, alias = sorted((one, other), key=better, reverse=True)
        groups.join(alias, into)
        yield alias, into, f"{a.name} and {b.name}: {merge.reason}"


def is_sure(merge: Merge, a: Speaker, b: Speaker) -> bool:
    """Tell whether two names are the same but for their spelling: word for word, when they are of people.

    A surname alone is not, and a middle name may tell father and son apart.
    """
    if merge.confidence < SURE or a.kind != "person":
        return merge.confidence >= SURE
    one, other = ([sound(word) for word in name_words(speaker.name)] for speaker in (a, b))
    return len(one) > 1 and one == other


def _told_apart(a: Speaker, b: Speaker, merge: Merge, seen_in: Mapping[str, AbstractSet[str]]) -> bool:
    """Tell whether an article has both speakers, so that whoever read it as a whole took them for two.

    Two spellings of one name in an article are no such reason.
    """
    one, other = seen_in.get(a.id, frozenset()), seen_in.get(b.id, frozenset())
    return not is_sure(merge, a, b) and not one.isdisjoint(other)


def fullness(speaker: Speaker) -> int:
    """Return how many words of a name are written out: initials and abbreviations tell less."""
    words = name_words(speaker.name) if speaker.kind == "person" else speaker.name.split()
    return sum(len(word.strip(".")) > 1 and "." not in word.strip(".") for word in words)
