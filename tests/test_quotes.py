"""Quotation marks: the text, and the quotations that a reader sees in it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.attribution.quotes import quotations, quoted_share
from claimtrack.model import Span


def found(text: str) -> list[str]:
    return [" | ".join(s.of(text) for s in q.spans) for q in quotations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is over," she said.', ['"It is over,"']),
        ("“It is over,” she said.", ["“It is over,”"]),
        ("«C'est fini», she said.", ["«C'est fini»"]),
        ("„Es ist vorbei“, she said.", ["„Es ist vorbei“"]),
        ('"It is over," she said, "and we lost."', ['"It is over,"', '"and we lost."']),
        ("“He told me ‘never’ and left,” she said.", ["“He told me ‘never’ and left,”"]),
        ("“He said “never” twice,” she said.", ["“He said “never” twice,”"]),
        ("'It's over,' she said.", ["'It's over,'"]),
        ("‘It’s over,’ she said.", ["‘It’s over,’"]),
        ("'The workers' pay is low,' she said.", ["'The workers' pay is low,'"]),
        ("The workers' pay and the firm's profit.", []),
        ("It was the '90s, rock 'n' roll.", []),
        ('An odd " mark here.', []),
        ('An odd mark" here.\n\n"It is over," she said.', ['"It is over,"']),
        ('"Never closed here.\n\nNext paragraph.\n\n"It is over," she said.', ['"It is over,"']),
        ('A 6" pipe and "a quotation".', ['"a quotation"']),
        ("“One.\n\n“Two.\n\n“Three,” she said.", ["“One. | “Two. | “Three,”"]),
        ('"One.\n\n"Two," she said. "Three."', ['"One. | "Two,"', '"Three."']),
        ("“One.\n\n“Two.\n\nNot quoted.", ["“One. | “Two."]),
        ("", []),
    ],
)
def test_quotations_are_those_a_reader_sees(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@given(st.text(alphabet="ab ,.\n\"“”'’«»„", max_size=80))
def test_quotations_never_fail_nor_overlap(text: str) -> None:
    spans = [span for q in quotations(text, paragraphs(text)) for span in q.spans]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    ordered = sorted(spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(ordered))


def test_quoted_share_counts_words_not_marks() -> None:
    text = 'He called it "very difficult" work.'
    quotes = quotations(text, paragraphs(text))
    assert quoted_share(text, [Span(13, 29)], quotes) == 1.0
    assert quoted_share(text, [Span(13, 34)], quotes) == pytest.approx(2 / 3)
    assert quoted_share(text, [Span(0, 9)], quotes) == 0.0
