"""Which claims are worth comparing: few of all pairs, and nearly all that have something to do with each other.

Claims are compared within a story only (a wider topic). There a pair's relatedness is a logistic of four numbers:
how near the two claims lie as vectors, how near their paragraphs, how near their nearest sentences, and how rare the
words are that they share. The weights were fitted on the example articles, where, with each story left out in turn,
related pairs were ranked above others with an area under the curve of 0.90.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy
from scipy.sparse import csr_matrix

from claimtrack.model import Article
from claimtrack.relations.opposites import ANSWERING
from claimtrack.relations.prepared import Prepared, Vectors, rareness
from claimtrack.relations.quantities.comparable import meaning

OWN, AROUND, NEAREST, RARE, BIAS = 1.25, 3.1, 2.9, 0.23, -5.95
"""The weights of relatedness."""

MOST_RARE = 12.0
"""More shared rareness than this says no more."""

LEAST, LEAST_OF_MANY = 0.02, 0.008
"""Pairs with less relatedness are not compared; in a story of several articles the second."""

NEIGHBOURS, NEIGHBOURS_ALONE = 14, 8
"""A claim is compared with so many others at most, the most related; where few articles tell the story, the second."""

COUNTED, COUNTED_ALONE, LEAST_COUNTED = 8, 4, 0.01
"""With so many more that tell figures of the same kind, even if little else is alike; likewise."""

SIDED, SIDED_ALONE = 12, 4
"""And with so many more that take a side in the same matter, of the same thing ("isolated", "live" of an alarm)."""

SEVERAL, WEEK = 3, 7
"""From so many articles on a story counts as told by several; two are enough if no more than so many days are between.

Of two articles that a heap of news puts together every other pair only has a person in common.
"""

_TIMES = frozenset({"date", "clock", "duration", "age"})

LAST = 99
"""The rank of a claim of the same speaker."""

BLOCK = 512
"""So many claims of a story are compared with the whole story at once."""


@dataclass(frozen=True)
class Pair:
    """Two claims to compare, by their places in the list.

    ``related`` is between 0 and 1, ``shared`` the rareness of the words that both have; ``sentences`` are the
    pairs of sentences that lie nearest. ``rank``: for one of the two, so many claims of other speakers are more related
    than the other, of the same article or of other articles, whichever the other is of.
    ``alone``: not several articles tell of the story.
    """

    a: int
    b: int
    related: float
    shared: float
    sentences: tuple[tuple[int, int], ...]
    rank: int = 0
    alone: bool = False


def candidates(
    prepared: Sequence[Prepared], sentences: Sequence[Vectors], own: Vectors, around: Vectors,
    stories: Mapping[str, str] | None = None, fresh: Container[str] | None = None, every: bool = False,
) -> Iterator[Pair]:  # fmt: skip
    """Yield the pairs of claims that are worth comparing.

    Args:
        prepared: the claims.
        sentences: vectors of the sentences of each, (sentences, width).
        own: of each claim, (claims, width).
        around: of each claim among those of its paragraph, (claims, width).
        stories: the wider topic of each topic; a topic that is missing is its own.
        fresh: ids of claims, one of which a pair must have; None for all.
        every: leave no pair out, to see what leaving out is worth.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(prepared):
        if one.topic is not None:
            groups["" if every else (stories or {}).get(one.topic, one.topic)].append(number)
    for numbers in groups.values():
        yield from _of_story(numbers, prepared, sentences, own, around, fresh, every)


def _of_story(
    numbers: Sequence[int], prepared: Sequence[Prepared], sentences: Sequence[Vectors], own: Vectors,
    around: Vectors, fresh: Container[str] | None, every: bool,
) -> Iterator[Pair]:  # fmt: skip
    members = [prepared[number] for number in numbers]
    words = _weighted_words(members)
    owners = numpy.repeat(numpy.arange(len(numbers)), [len(sentences[number]) for number in numbers])
    all_sentences = numpy.concatenate([sentences[number] for number in numbers])
    starts = numpy.searchsorted(owners, numpy.arange(len(numbers)))
    places = numpy.array(numbers)
    figures, sides = _countable(members), _sided(members)
    following = _following(members)
    found: dict[tuple[int, int], tuple[float, float, int]] = {}
    alone = not told_by_several({one.claim.article.id: one.claim.article for one in members}.values())
    neighbours = len(numbers) if every else NEIGHBOURS_ALONE if alone else NEIGHBOURS
    for first in range(0, len(numbers), BLOCK):
        block = places[first : first + BLOCK]
        rows = slice(first, first + len(block))
        here = (owners >= first) & (owners < first + len(block))
        nearest = all_sentences[here] @ all_sentences.T
        nearest = numpy.maximum.reduceat(nearest, starts, axis=1)
        nearest = numpy.maximum.reduceat(nearest, starts[rows] - starts[first], axis=0)
        shared = (words[rows] @ words.T).toarray()
        close = related(own[block] @ own[places].T, around[block] @ around[places].T, nearest, shared)
        close[numpy.arange(len(block)), numpy.arange(first, first + len(block))] = 0.0
        best = numpy.argsort(-close, axis=1)[:, :neighbours]
        counted = numpy.where((figures[rows] @ figures.T).toarray() > 0, close, 0.0)
        alike = numpy.argsort(-counted, axis=1)[:, : COUNTED_ALONE if alone else COUNTED]
        sided = numpy.where((sides[rows] @ sides.T).toarray() > 0, close, 0.0)
        facing = numpy.argsort(-sided, axis=1)[:, : SIDED_ALONE if alone else SIDED]
        for row in range(len(block)):
            mine = members[first + row]
            chosen = {*best[row].tolist(), *alike[row].tolist(), *facing[row].tolist(), *following.get(first + row, ())}
            chosen -= {first + row}
            turns = {True: 0, False: 0}
            for column in sorted(chosen, key=lambda column: (-close[row, column], column)):
                theirs = members[column]
                speaking = counted[row, column] or sided[row, column]
                least = 0.0 if every else LEAST_COUNTED if speaking else LEAST if alone else LEAST_OF_MANY
                if close[row, column] < least and not _beside(mine, theirs):
                    continue
                one, other = sorted((first + row, column))
                rank = LAST
                if not _of_one_speaker(mine, theirs):
                    inside = mine.claim.article.id == theirs.claim.article.id
                    rank, turns[inside] = turns[inside], turns[inside] + 1
                before = found.get((one, other))
                found[one, other] = (
                    float(close[row, column]), float(shared[row, column]), min(rank, before[2] if before else LAST)
                )  # fmt: skip
    for (one, other), (near, both, rank) in sorted(found.items()):
        a, b = ordered(numbers[one], numbers[other], prepared)
        if comparable(prepared[a], prepared[b]) and (
            fresh is None or prepared[a].claim.id in fresh or prepared[b].claim.id in fresh
        ):
            yield Pair(a, b, near, both, nearest_sentences(sentences[a], sentences[b]), rank, alone)


def told_by_several(articles: Iterable[Article]) -> bool:
    """Tell whether a story's articles are enough to hold several tellings of one event: three, or two of one week.

    Two of which neither tells its day are taken for two of one week: somebody put them side by side.
    """
    days = [article.published for article in articles]
    known = sorted(day for day in days if day is not None)
    near = any((after - before).days <= WEEK for before, after in pairwise(known))
    return len(days) >= SEVERAL or near or (len(days) > 1 and not known)


def _of_one_speaker(a: Prepared, b: Prepared) -> bool:
    one, other = a.claim.speaker, b.claim.speaker
    return one is not None and other is not None and one.id == other.id


def _countable(members: Sequence[Prepared]) -> csr_matrix:
    """Return which kinds of figures claims have, (claims, kinds): 95 per cent; people treated; gates."""
    found: list[list[str]] = []
    for one in members:
        found.append([])
        for quantity in one.quantities:
            if quantity.measure in _TIMES:
                continue
            of = meaning(quantity)
            names = of.things | of.actions if quantity.measure == "count" else {quantity.unit}
            found[-1] += [f"{quantity.measure} {name}" for name in names]
    return _marked(found)


def _sided(members: Sequence[Prepared]) -> csr_matrix:
    """Return in which matters claims take a side, and of what, (claims, matters): an alarm works or not."""
    found: list[list[str]] = []
    for one in members:
        found.append([])
        for sides in one.sides:
            for matter in sides.keys() - {ANSWERING}:
                found[-1] += [f"{matter} {thing}" for thing in sides[matter].about]
    return _marked(found)


def _marked(found: Sequence[Sequence[str]]) -> csr_matrix:
    """Return which marks claims have, (claims, marks)."""
    marks: dict[str, int] = {}
    columns = [marks.setdefault(name, len(marks)) for names in found for name in names]
    rows = [row for row, names in enumerate(found) for _ in names]
    return csr_matrix((numpy.ones(len(rows)), (rows, columns)), shape=(len(found), max(1, len(marks))))


def _following(members: Sequence[Prepared]) -> dict[int, list[int]]:
    """Return the members that stand right behind each in its article, and may answer it."""
    at = {(one.claim.article.id, one.place): number for number, one in enumerate(members)}
    return {
        number: [at[key] for step in (1, 2) if (key := (one.claim.article.id, one.place + step)) in at]
        for number, one in enumerate(members)
    }


def _beside(a: Prepared, b: Prepared) -> bool:
    return a.claim.article.id == b.claim.article.id and abs(a.place - b.place) <= 2


def related(own: Any, around: Any, nearest: Any, shared: Any) -> Any:
    """Return how likely two claims are about one matter, 0 to 1; of numbers or arrays of one shape.

    Args:
        own: cosine of the claims.
        around: cosine of their paragraphs.
        nearest: cosine of their nearest sentences.
        shared: rareness of the words that they share.
    """
    rare = RARE * numpy.minimum(shared, MOST_RARE)
    return 1 / (1 + numpy.exp(-(OWN * own + AROUND * around + NEAREST * nearest + rare + BIAS)))


def _weighted_words(members: Sequence[Prepared]) -> csr_matrix:
    """Return the stems of claims, (claims, stems), so that a product of two rows is the rareness that they share."""
    rare = rareness(members)
    columns = {stem: column for column, stem in enumerate(sorted(rare))}
    rows = [row for row, one in enumerate(members) for _ in one.stems]
    found = [stem for one in members for stem in one.stems]
    values = [rare[stem] ** 0.5 for stem in found]
    return csr_matrix((values, (rows, [columns[stem] for stem in found])), shape=(len(members), max(1, len(columns))))


def ordered(a: int, b: int, prepared: Sequence[Prepared]) -> tuple[int, int]:
    """Return two claims in the order in which they were said, or published, or stand in their article."""
    keys = [
        (str(one.day or ""), str(one.claim.article.published or ""), one.claim.article.id, one.place)
        for one in (prepared[a], prepared[b])
    ]
    return (a, b) if keys[0] <= keys[1] else (b, a)


def comparable(a: Prepared, b: Prepared) -> bool:
    """Tell whether neither claim contains the other, and a prediction is compared with nothing but expectations."""
    if a.claim.id in b.inside or b.claim.id in a.inside:
        return False
    ahead = [one.claim.attribution.commitment == "predicted" for one in (a, b)]
    return ahead[0] == ahead[1] or any(one.claim.attribution.attitude == "belief" for one in (a, b))


def nearest_sentences(a: Vectors, b: Vectors, most: int = 2) -> tuple[tuple[int, int], ...]:
    """Return the places of the sentences of two claims that lie nearest, the nearest first."""
    near = a @ b.T
    order = numpy.argsort(-near, axis=None)[:most]
    return tuple((int(place // near.shape[1]), int(place % near.shape[1])) for place in order)
