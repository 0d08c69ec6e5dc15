"""Kinds of annotated attribution: quoted or not, with a source or not, in one sentence or over several."""

from __future__ import annotations

import pytest

from claimtrack.analysis.sentences import sentence_starts
from claimtrack.evaluation.corpora import GoldAttribution
from claimtrack.evaluation.kinds import kinds_of
from claimtrack.model import Span, Spans


def spans(text: str, words: str) -> Spans:
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words.split(" | ") if w)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "expected"),
    [
        ('"It fell," Lund said.', "Lund", "said", '"It fell,"', "direct, with source, one sentence"),
        ('"It fell," Lund said. "All of it."', "Lund", "said", '"It fell," | "All of it."',
         "direct, with source, crosses sentences"),
        ('Lund said it "fell".', "Lund", "said", 'it "fell"', "mixed, with source, one sentence"),
        ("Lund said it fell.", "Lund", "said", "it fell", "indirect, with source, one sentence"),
        ("It fell, it was said.", "", "was said", "It fell", "indirect, sourceless, one sentence"),
        ("Lund: It fell. All of it.", "Lund", ":", "It fell. All of it.", "indirect, with source, crosses sentences"),
        ("Mr. Lund, no. 3 at the U.N. office, won.", "", "won", "Mr. Lund, no. 3 at the U.N. office",
         "indirect, sourceless, one sentence"),
        # Marks around the cue as well: the words are those of whoever is quoted around them.
        ('"Berg says it fell," Lund said.', "Berg", "says", "it fell", "indirect, with source, one sentence"),
        ("Lund declined.", "Lund", "declined", "", "with source"),
        ("", "", "", "", "sourceless"),
    ],
)  # fmt: skip
def test_kinds_of_an_attribution(text: str, source: str, cue: str, content: str, expected: str) -> None:
    marked = GoldAttribution("x", spans(text, source), spans(text, cue), spans(text, content))
    assert kinds_of(text, [marked]) == [frozenset(expected.split(", "))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four… Five.", ["Two", "Three", "Four", "Five"]),
        ('"One." "Two." (Three.) Four.', ['"Two', "(Three", "Four"]),
        ("Headline\nText", ["Text"]),
        ("Dr. Lund of the U.S. Senate met J. R. Berg at 3 p.m. Monday, at No. 10.", []),
        ("There was no. Three went.", ["Three"]),
        ("a 3.5 b. c", []),
        ("", []),
    ],
)
def test_sentence_starts_are_found_by_rule(text: str, expected: list[str]) -> None:
    assert [text[start:].startswith(word) for start, word in zip(sentence_starts(text), expected, strict=True)] == [
        True
    ] * len(expected)
