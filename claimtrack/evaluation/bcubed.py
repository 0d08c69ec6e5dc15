"""How well a grouping agrees with another: B-cubed (Bagga and Baldwin, 1998; Amigó et al., 2009)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from claimtrack.evaluation.scores import Score


def b_cubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> Score:
    """Score a grouping, each thing counting the same.

    Precision is the share of a thing's group that belongs there, recall the share of its gold group that is there.

    Args:
        found: the group of each thing.
        gold: its gold group, in the same order.

    Raises:
        ValueError: when the two differ in length.
    """
    both = Counter(zip(found, gold, strict=True))
    mine, theirs = Counter(found), Counter(gold)
    precise = sum(count * count / mine[one] for (one, _), count in both.items())
    recalled = sum(count * count / theirs[other] for (_, other), count in both.items())
    return Score(precise, len(found), recalled, len(gold))
