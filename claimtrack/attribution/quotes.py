"""Quotation marks: which opens, which closes, and which quotations run on over paragraphs.

Curly and straight double marks, guillemets, low-high German pairs and, in an article without any of
these, single marks. An odd mark costs its own paragraph at most, never the rest of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claimtrack.model import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "《": "》"}
_STRAIGHT = '"＂'
_OPENING = frozenset(_PAIRS) | frozenset(_STRAIGHT)
_WORD = re.compile(r"\w+")
# Not before a digit ("the '90s") nor around a lone letter ("rock 'n' roll").
_SINGLE_OPEN = re.compile(r"(?<![\w’'])[‘'](?=[^\W\d]|[“\"(\[…$£€])(?!\w[’'])")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…;:)\]%”\"—-])[’'](?!\w)")


@dataclass(frozen=True)
class Quotation:
    """One quotation: a span a paragraph, marks included."""

    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where it opens."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.spans[-1].end


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """Return the outermost quotations of a text, in order.

    Args:
        text: the article.
        paragraphs: its paragraphs; a quotation left open at a paragraph's end runs on only when the
            next paragraph opens with a mark again.
    """
    double = any(character in text for character in '“”«»„"＂')
    found: list[Quotation] = []
    carried: list[Span] = []
    for place, paragraph in enumerate(paragraphs):
        closed, left_open = (_double if double else _single)(text, paragraph)
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        runs_on = left_open is not None and following is not None and _opens(text, following, double)
        if carried:
            # The mark repeated at the paragraph's start carries on the quotation before it.
            if closed and closed[0].start == paragraph.start:
                found.append(Quotation((*carried, closed.pop(0))))
                carried = []
            elif left_open == paragraph.start and runs_on:
                carried.append(Span(paragraph.start, paragraph.end))
                found += [Quotation((span,)) for span in closed]
                continue
            else:
                found.append(Quotation(tuple(carried)))
                carried = []
                if left_open == paragraph.start:
                    # Opened again and never closed: the last paragraph of a quotation without its mark.
                    found[-1] = Quotation((*found[-1].spans, Span(paragraph.start, paragraph.end)))
                    left_open = None
        found += [Quotation((span,)) for span in closed]
        if left_open is not None and runs_on:
            carried = [Span(left_open, paragraph.end)]
    if carried:
        found.append(Quotation(tuple(carried)))
    return sorted(found, key=lambda quotation: quotation.start)


def quoted_share(text: str, spans: Sequence[Span], quotes: Sequence[Quotation]) -> float:
    """Return the share of the words in ``spans`` that stand inside quotation marks."""
    words = [
        Span(span.start + m.start(), span.start + m.end()) for span in spans for m in _WORD.finditer(span.of(text))
    ]
    inside = [w for w in words if any(span.contains(w) for q in quotes for span in q.spans)]
    return len(inside) / len(words) if words else 0.0


def _double(text: str, paragraph: Span) -> tuple[list[Span], int | None]:
    """Return the quotations closed within a paragraph, and where one was left open."""
    closed: list[Span] = []
    opened: int | None = None
    closing = ""
    depth = 0
    for i in range(paragraph.start, paragraph.end):
        character = text[i]
        if opened is None:
            if character in _PAIRS and not (character == "»" and not _looks_opening(text, i, paragraph)):
                opened, closing, depth = i, _PAIRS[character], 0
            elif character in _STRAIGHT and _looks_opening(text, i, paragraph):
                opened, closing = i, _STRAIGHT
        elif character in closing:
            if character in _STRAIGHT and _looks_opening(text, i, paragraph) and not _looks_closing(text, i, paragraph):
                # A second opening mark: the first was odd.
                opened = i
            elif depth:
                depth -= 1
            else:
                closed.append(Span(opened, i + 1))
                opened = None
        elif closing != _STRAIGHT and _PAIRS.get(character) == closing:
            depth += 1
    return closed, opened


def _single(text: str, paragraph: Span) -> tuple[list[Span], int | None]:
    body = paragraph.of(text)
    closed: list[Span] = []
    position = 0
    while opening := _SINGLE_OPEN.search(body, position):
        stop = _SINGLE_OPEN.search(body, opening.end())
        ends = list(_SINGLE_CLOSE.finditer(body, opening.end(), stop.start() if stop else len(body)))
        # An apostrophe can look like a closing mark ("workers' pay"); one behind punctuation is surer.
        sure = [m for m in ends if body[m.start() - 1] in ".,!?…;:"]
        end = (sure or ends)[0] if ends else None
        if end is None:
            if stop is None:
                return closed, paragraph.start + opening.start()
            position = opening.end()
            continue
        closed.append(Span(paragraph.start + opening.start(), paragraph.start + end.end()))
        position = end.end()
    return closed, None


def _opens(text: str, paragraph: Span, double: bool) -> bool:
    first = text[paragraph.start]
    return first in _OPENING if double else bool(_SINGLE_OPEN.match(text, paragraph.start))


def _looks_opening(text: str, i: int, paragraph: Span) -> bool:
    before = text[i - 1] if i > paragraph.start else " "
    after = text[i + 1] if i + 1 < paragraph.end else " "
    return (before.isspace() or before in "([{—–-/‘'“") and not after.isspace()


def _looks_closing(text: str, i: int, paragraph: Span) -> bool:
    before = text[i - 1] if i > paragraph.start else " "
    return not before.isspace() and before not in "([{"
