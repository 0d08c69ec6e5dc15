"""Spans, ids and the other values."""

from __future__ import annotations

import itertools
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.model import Article, Attribution, Claim, Span, article_id, claim_id, joined, merged, speaker_id

SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_span_refuses_what_covers_nothing(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="start < end"):
        Span(start, end)


def test_span_shows_what_it_covers() -> None:
    assert Span(4, 8).of("She said no.") == "said"
    assert joined((Span(0, 3), Span(9, 11)), "She said no.") == "She … no"


@given(st.lists(SPANS, max_size=8))
def test_merged_covers_the_same_characters_without_overlap(spans: list[Span]) -> None:
    result = merged(spans)
    assert {i for s in result for i in range(s.start, s.end)} == {i for s in spans for i in range(s.start, s.end)}
    assert all(left.end < right.start for left, right in itertools.pairwise(result))


def test_claim_id_hangs_on_article_cue_and_content_alone() -> None:
    cue, content = (Span(4, 8),), (Span(9, 11),)
    assert claim_id("a", cue, content) == claim_id("a", cue, content)
    others = [("b", cue, content), ("a", content, cue), ("a", (), (*cue, *content)), ("a", cue, (Span(9, 12),))]
    assert len({claim_id(*other) for other in others} | {claim_id("a", cue, content)}) == 5


def test_speaker_id_ignores_case_and_spacing() -> None:
    assert speaker_id("Ida  Brandt") == speaker_id("ida brandt") != speaker_id("Ida Brand")


def test_article_id_takes_any_text() -> None:
    assert article_id("lone surrogate \ud800").startswith("a_")


def test_claim_travels_between_processes() -> None:
    article = Article("a", "She said no.")
    claim = Claim("c", article, Attribution((Span(4, 8),), (Span(9, 11),), (Span(0, 3),)))
    assert pickle.loads(pickle.dumps(claim)) == claim
    assert (claim.source_text, claim.cue_text, claim.content_text) == ("She", "said", "no")
