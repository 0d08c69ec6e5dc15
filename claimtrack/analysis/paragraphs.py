"""Where paragraphs end, so that a headline never runs into the sentence below it."""

from __future__ import annotations

import itertools
import re

from claimtrack.model import Span

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*|\r\n?[^\S\n]*\r\n?\s*|\u2029")
_LINE = re.compile(r"[^\r\n\u2028]+")
_FINAL = re.compile(r"[.!?…:;\"”’'»)\]]\s*$")
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]{2,}(?:,? [A-Z][\w.'’-]*){0,4}(?:, \w+\.? \d{1,2})? ?(?:\([^)\n]{2,30}\) ?)?(?:—|–|--|-) (?=\S)"
)
WRAP = range(40, 101)
"""How long, in characters, the full lines of hard-wrapped text are."""


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text, in order, without the white space around them.

    A blank line ends a paragraph. So does a line's end, unless the text is hard-wrapped: then only
    blank lines count.
    """
    blocks, start = [], 0
    for match in _BLANK_LINES.finditer(text):
        blocks.append((start, match.start()))
        start = match.end()
    blocks.append((start, len(text)))
    wrapped = _hard_wrapped(text)
    pieces = blocks if wrapped else [
        (start + line.start(), start + line.end()) for start, end in blocks for line in _LINE.finditer(text[start:end])
    ]  # fmt: skip
    return [span for start, end in pieces if (span := _stripped(text, start, end))]


def undated(text: str, paragraph: Span) -> Span:
    """Leave out the dateline that a paragraph opens with ("KYIV (Reuters) - "), which is no part of its sentence."""
    found = _DATELINE.match(text, paragraph.start, paragraph.end)
    return Span(found.end(), paragraph.end) if found else paragraph


def _hard_wrapped(text: str) -> bool:
    """Tell whether lines are broken at a fixed width rather than at the ends of paragraphs."""
    lines = [line.rstrip() for line in text.split("\n")]
    inner = [line for line, following in itertools.pairwise(lines) if line and following]
    broken = [line for line in inner if len(line) in WRAP and not _FINAL.search(line)]
    return len(inner) >= 4 and len(broken) > 0.6 * len(inner)


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
