"""Quotation marks: which quotations a reader sees in a text, and which run on over paragraphs.

An odd mark costs its own paragraph at most, never the rest of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claimtrack.attribution import marks
from claimtrack.model import Span

_WORD = re.compile(r"\w+")


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

    Single marks count by themselves where a text has no double ones but within them (British style);
    elsewhere only where they enclose a quotation in double marks, or stand apart from all of those.

    Args:
        text: the article.
        paragraphs: its paragraphs; a quotation left open at a paragraph's end runs on only when the
            next paragraph opens with a mark again.
    """
    double = _running(text, paragraphs, marks.double, marks.opens_double)
    single = _running(text, paragraphs, marks.single, marks.opens_single) if "'" in text or "‘" in text else []
    held = _held(double, single)
    if len(held) < len(double):
        single = [
            s for s in single
            if len(s.spans) == 1 and all(_holds(s, q) for q in _beside(s, double))
        ]  # fmt: skip
        held = _held(double, single)
    return sorted((*single, *(q for q in double if q not in held)), key=lambda quotation: quotation.start)


def quoted_share(text: str, spans: Sequence[Span], quotes: Sequence[Quotation]) -> float:
    """Return the share of the words in ``spans`` that stand inside quotation marks."""
    words = [
        Span(span.start + m.start(), span.start + m.end()) for span in spans for m in _WORD.finditer(span.of(text))
    ]
    inside = [w for w in words if any(span.contains(w) for q in quotes for span in q.spans)]
    return len(inside) / len(words) if words else 0.0


def _running(
    text: str,
    paragraphs: Sequence[Span],
    pair: Callable[[str, Span], marks.Pairs],
    opens: Callable[[str, Span], bool],
) -> list[Quotation]:
    """Pair marks paragraph by paragraph, and join what runs on into the next one."""
    found: list[Quotation] = []
    carried: list[Span] = []
    for place, paragraph in enumerate(paragraphs):
        pairs = pair(text, paragraph)
        closed, left_open = list(pairs.closed), pairs.opened
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        runs_on = left_open is not None and following is not None and opens(text, following)
        if carried:
            # The mark repeated at the paragraph's start carries on the quotation before it.
            if closed and closed[0].start == paragraph.start:
                found.append(Quotation((*carried, closed.pop(0))))
                carried = []
            elif left_open == paragraph.start and runs_on:
                carried.append(Span(paragraph.start, paragraph.end))
                continue
            else:
                found.append(Quotation(tuple(carried)))
                carried = []
                if left_open == paragraph.start and not pairs.inner:
                    # Opened again and never closed: the last paragraph of a quotation without its mark.
                    found[-1] = Quotation((*found[-1].spans, Span(paragraph.start, paragraph.end)))
                    left_open = None
        found += [Quotation((span,)) for span in closed]
        if left_open is not None:
            if runs_on:
                carried = [Span(left_open, paragraph.end)]
            else:
                found += [Quotation((span,)) for span in pairs.inner]
    if carried:
        found.append(Quotation(tuple(carried)))
    return found


def _held(inner: Sequence[Quotation], outer: Sequence[Quotation]) -> set[Quotation]:
    return {q for q in inner if any(_holds(s, q) for s in _beside(q, outer))}


def _holds(outer: Quotation, inner: Quotation) -> bool:
    return all(any(span.contains(piece) for span in outer.spans) for piece in inner.spans)


def _beside(one: Quotation, others: Sequence[Quotation]) -> Sequence[Quotation]:
    """Return those of ``others``, which stand in order and apart, that reach into the stretch of ``one``."""
    first = bisect_right(others, one.start, key=lambda other: other.end)
    return others[first : bisect_left(others, one.end, first, key=lambda other: other.start)]
