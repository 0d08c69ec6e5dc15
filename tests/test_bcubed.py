"""B-cubed, reckoned by hand."""

from __future__ import annotations

import pytest

from claimtrack.evaluation.bcubed import b_cubed


@pytest.mark.parametrize(
    ("found", "gold", "precision", "recall"),
    [
        ("aabb", "xxyy", 100, 100),
        ("bbaa", "xxyy", 100, 100),
        ("aaaa", "xxyy", 50, 100),
        ("abcd", "xxyy", 100, 50),
        # a holds x x y: precision 2/3, 2/3, 1/3; b holds y: 1. Recall: 1, 1, 1/2, 1/2.
        ("aaab", "xxyy", 100 * (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, 75),
        # Bagga and Baldwin's example: five and two and five, the last two chains joined.
        ("aaaaabbbbbbb", "vvvvvwwxxxxx", 100 * (5 + 2 * 2 / 7 + 5 * 5 / 7) / 12, 100),
    ],
)
def test_b_cubed(found: str, gold: str, precision: float, recall: float) -> None:
    score = b_cubed(found, gold)
    assert (score.precision, score.recall) == pytest.approx((precision, recall))


def test_nothing_scores_nothing() -> None:
    assert b_cubed([], []).f1 == 0


def test_groupings_of_different_things_are_refused() -> None:
    with pytest.raises(ValueError, match="argument 2"):
        b_cubed("aa", "x")
