"""Things that are alike, put together: average linkage, block by block.

Two groups are joined while their members are, on average, alike enough (Sokal and Michener, 1958). Such groups
always hang together by pairs that are alike enough, so whatever does not hang together is never compared as a
whole, and there is no table of all pairs but within one block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

Floats = NDArray[numpy.float32]

LARGEST = 4000
"""The most members of a block: its table of pairs takes 64 MB twice."""

ROWS = 512
"""So many are compared with all others at once."""

NEAR, FADED = 14, 90
"""Days apart that do not matter, and days after which only half of a likeness is left."""


@dataclass(frozen=True)
class Likeness:
    """How alike things are: the sum of what they share in words and in vectors, lessened by the days between.

    Attributes:
        words: a row of weighted terms each, (things, terms).
        vectors: further rows, (things, width), or None.
        days: day numbers, (things,), NaN where not known; or None.
    """

    words: csr_matrix
    vectors: Floats | None = None
    days: NDArray[numpy.float64] | None = None

    def __len__(self) -> int:
        return int(self.words.shape[0])

    def among(self, members: NDArray[Any]) -> Likeness:
        """Return the likeness of some of the things."""
        vectors = None if self.vectors is None else self.vectors[members]
        return Likeness(self.words[members], vectors, None if self.days is None else self.days[members])

    def of(self, rows: slice) -> Floats:
        """Return how alike some things are to all, (rows, things)."""
        found: Floats = (self.words[rows] @ self.words.T).toarray().astype(numpy.float32, copy=False)
        if self.vectors is not None:
            found += self.vectors[rows] @ self.vectors.T
        if self.days is not None:
            apart = numpy.abs(self.days[rows][:, None] - self.days[None])
            late = numpy.clip((numpy.nan_to_num(apart, nan=0.0) - NEAR) / FADED, 0, 1)
            found *= numpy.power(0.5, late, dtype=numpy.float32)
        return found


def clusters(likeness: Likeness, enough: float) -> list[list[int]]:
    """Return the groups of things whose members are alike enough on average.

    Args:
        likeness: of all things.
        enough: the least average likeness, between 0 and 1.

    Returns:
        the places of each group's members, in order; groups in the order of their first members.
    """
    found = [
        group
        for block in _blocks(likeness, numpy.arange(len(likeness)), enough)
        for group in _linked(likeness, block, enough)
    ]
    return sorted(found)


def _blocks(likeness: Likeness, members: NDArray[Any], enough: float) -> Iterator[NDArray[Any]]:
    """Yield what hangs together; of what is too large for a table of pairs, what hangs together more firmly."""
    for block in _hanging(likeness.among(members), enough):
        if len(block) <= LARGEST:
            yield members[block]
        elif enough < 0.95:
            yield from _blocks(likeness, members[block], enough + 0.05)
        else:
            yield from (members[block[start : start + LARGEST]] for start in range(0, len(block), LARGEST))


def _hanging(likeness: Likeness, enough: float) -> list[NDArray[Any]]:
    size = len(likeness)
    labels = numpy.arange(size)
    for start in range(0, size, ROWS):
        rows, columns = numpy.nonzero(likeness.of(slice(start, start + ROWS)) >= enough)
        # What hung together so far stays so: one edge from each thing to its label.
        rows, columns = numpy.concatenate([rows + start, numpy.arange(size)]), numpy.concatenate([columns, labels])
        graph = coo_matrix((numpy.ones(len(rows), numpy.int8), (rows, columns)), shape=(size, size))
        components = connected_components(graph, directed=False)[1]
        labels = numpy.unique(components, return_index=True)[1][components]
    order = numpy.argsort(labels, kind="stable")
    return numpy.split(order, numpy.flatnonzero(numpy.diff(labels[order])) + 1) if size else []


def _linked(likeness: Likeness, block: NDArray[Any], enough: float) -> list[list[int]]:
    if len(block) == 1:
        return [block.tolist()]
    # Rounded, so that the order of equal pairs does not hang on how a processor adds up.
    apart = 1 - likeness.among(block).of(slice(None)).round(5)
    numpy.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart.clip(0, 2), checks=False), "average")
    groups: dict[int, list[int]] = {}
    for place, label in zip(block.tolist(), fcluster(tree, 1 - enough, "distance").tolist(), strict=True):
        groups.setdefault(label, []).append(place)
    return list(groups.values())
