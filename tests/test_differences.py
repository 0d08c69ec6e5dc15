"""Which words of two statements are marked as different."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.export.differences import Pieces, differing


def shown(pieces: Pieces) -> str:
    return " ".join(f"*{run}*" if differs else run for run, differs in pieces)


@pytest.mark.parametrize(
    ("one", "other", "marked", "other_marked"),
    [
        ("14 were treated.", "40 were treated.", "*14* were treated.", "*40* were treated."),
        ("The strike is over", "the strike is not over.", "The strike is over", "the strike is *not* over."),
        ("The cranes work", "“The cranes work.”", "The cranes work", "“The cranes work.”"),
        ("At least 40 were hurt", "40 were hurt", "*At least* 40 were hurt", "40 were hurt"),
        # With little in common, only figures and negations that the other has nowhere.
        ("Nobody fled the town before dawn", "3 buses left on Monday", "*Nobody* fled the town before dawn",
         "*3* buses left on Monday"),
        ("It did not rain on the 12th", "the mayor won't resign, 12th time", "It did *not* rain on the 12th",
         "the mayor *won't* resign, 12th time"),
        ("", "never", "", "*never*"),
        ("same", "same", "same", "same"),
    ],
)  # fmt: skip
def test_words_that_differ_are_marked(one: str, other: str, marked: str, other_marked: str) -> None:
    assert tuple(map(shown, differing(one, other))) == (marked, other_marked)


@given(st.text(), st.text())
def test_no_word_is_lost_and_equal_texts_have_no_mark(one: str, other: str) -> None:
    for text, pieces in zip((one, other), differing(one, other), strict=True):
        assert " ".join(run for run, _ in pieces).split() == text.split()
    assert not any(differs for pieces in differing(one, one) for _, differs in pieces)
