"""Whether a confidence means what it says: of the predictions made with 0.9, are nine in ten right?"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.errors import GoldError
from claimtrack.evaluation.scores import Outcome

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Bin:
    """Predictions whose confidence lies between two edges, the upper one left out but for 1.

    ``confidence`` is their mean confidence and ``right`` the share that is right, both from 0 to 1, and
    None where there is no prediction.
    """

    low: float
    high: float
    count: int
    confidence: float | None
    right: float | None


def reliability(outcomes: Sequence[Outcome], edges: Sequence[float] = EDGES) -> list[Bin]:
    """Sort predictions into bins of confidence.

    Raises:
        GoldError: when a prediction has no confidence.
    """
    told = [(o.confidence, o.right) for o in outcomes if o.confidence is not None]
    if len(told) < len(outcomes):
        missing = f"{len(outcomes) - len(told)} of {len(outcomes)} predictions have no confidence"
        raise GoldError(f"{missing}; reliability needs it of all")
    bins = []
    for low, high in itertools.pairwise(edges):
        inside = [(c, right) for c, right in told if low <= c < high or c == high == edges[-1]]
        number = len(inside)
        bins.append(
            Bin(low, high, number, sum(c for c, _ in inside) / number, sum(right for _, right in inside) / number)
            if inside else Bin(low, high, 0, None, None)
        )  # fmt: skip
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return how far confidence and share right lie apart, averaged over predictions (0 to 1)."""
    count = sum(b.count for b in bins)
    apart = sum(b.count * abs(b.confidence - b.right) for b in bins if b.confidence is not None and b.right is not None)
    return apart / count if count else 0.0
