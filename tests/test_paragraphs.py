"""Where paragraphs end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.analysis.paragraphs import paragraphs, undated
from claimtrack.model import Span

WRAPPED = """The harbour council met again on Monday and heard
that the cranes would not be repaired before the
end of the year because the firm that had built
them no longer made the parts they needed, and
nobody else did."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("Headline without a stop\nThe first sentence.", ["Headline without a stop", "The first sentence."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("One.\n \t\nTwo.", ["One.", "Two."]),
        ("  One.  \n\n\n\n  Two.\n", ["One.", "Two."]),
        (WRAPPED, [WRAPPED]),
        (f"{WRAPPED}\n\nTwo.", [WRAPPED, "Two."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in paragraphs(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NORRICK — The company denied it.", "The company denied it."),
        ("NEW NORRICK, Lunor (Wire) - The company denied it.", "The company denied it."),
        ("NORRICK, March 4 (Meridian Wire) -- It was denied.", "It was denied."),
        ("NATO denied it - twice.", "NATO denied it - twice."),
        ("Norrick - a town by the sea - was quiet.", "Norrick - a town by the sea - was quiet."),
        ("NORRICK — ", "NORRICK — "),
    ],
)
def test_dateline_is_no_part_of_the_sentence(text: str, expected: str) -> None:
    assert undated(text, Span(0, len(text))).of(text) == expected


@given(st.text(alphabet="a. \n\r\t\u2028\u2029", max_size=60))
def test_paragraphs_lose_nothing_but_white_space(text: str) -> None:
    kept = "".join(span.of(text) for span in paragraphs(text))
    assert "".join(kept.split()) == "".join(text.split())
