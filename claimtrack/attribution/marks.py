"""Pairing quotation marks within one paragraph: which mark opens, which closes, which is none.

Double marks of every style (curly, straight, guillemets both ways, low-high, and the two apostrophes or
backquotes of typewriters and LaTeX), and single ones where they are clearly no apostrophes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimtrack.model import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "《": "》"}
_STRAIGHT = frozenset(('"', "＂", "''"))
_DOUBLE = _STRAIGHT | frozenset("“”„") | {"``"}
"""Marks that writers mix: one of these may close what another has opened."""

DEPTH = 4
"""Quotations nest no deeper than this; what seems to is a row of odd marks."""

# Two apostrophes are one mark; a third one belongs to it, since a quotation within opens or closes there too.
MARK = re.compile(r"""``|'''?(?!')|''|[“”„«»‹›「」《》"＂]""")

# Neither what has lost its first letters ('em, 'til) nor a decade or year ('90s), nor a lone letter (rock 'n' roll).
_SINGLE_OPEN = re.compile(
    r"(?<![\w’'`])[‘'](?![‘'])(?=\w|[“\"(\[…$£€])"
    r"(?!\w[’'](?!\w))(?!\d\ds?\b)(?!(?:[Ee]m|[Tt]il|[Tt]is|[Tt]was|cause|bout|round|n)\b)"
)
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…;:)\]%”\"—-])[’'](?![\w’'])")
_SURE = '.,!?…;:”"'
"""An apostrophe can look like a closing mark ("workers' pay"); one behind these is surer."""


@dataclass(frozen=True)
class Pairs:
    """What the marks of one paragraph enclose.

    Attributes:
        closed: the outermost quotations, in order, marks included.
        opened: where a quotation opens that nothing closes.
        inner: quotations after ``opened``, which count when that mark was only an odd one.
    """

    closed: tuple[Span, ...] = ()
    opened: int | None = None
    inner: tuple[Span, ...] = ()


def double(text: str, paragraph: Span) -> Pairs:
    """Pair the double marks of a paragraph."""
    marks = list(MARK.finditer(text, paragraph.start, paragraph.end))
    closed: list[Span] = []
    inner: list[Span] = []
    opened: re.Match[str] | None = None
    within: list[re.Match[str]] = []
    for place, mark in enumerate(marks):
        opens = _can_open(mark, paragraph)
        if opened is None:
            if opens:
                opened, within, inner = mark, [], []
        elif _is_inch(mark, marks[place + 1] if place + 1 < len(marks) else None, paragraph):
            continue
        elif (level := _closed_by(mark, [opened, *within], paragraph)) > 0:
            span = Span(within[level - 1].start(), mark.end())
            while inner and inner[-1].start >= span.start:
                inner.pop()
            inner.append(span)
            del within[level - 1 :]
        elif level == 0:
            closed.append(Span(opened.start(), mark.end()))
            opened = None
        elif _kind(mark) in _STRAIGHT and _kind(mark) == _kind(opened):
            # A second opening mark: the first was odd.
            opened, within, inner = mark, [], []
        elif opens and len(within) < DEPTH:
            within.append(mark)
    if opened is None:
        return Pairs(tuple(_worded(closed, text)))
    return Pairs(tuple(_worded(closed, text)), opened.start(), tuple(_worded(inner, text)))


def single(text: str, paragraph: Span) -> Pairs:
    """Pair the single marks of a paragraph."""
    body = paragraph.of(text)
    closed: list[Span] = []
    position = 0
    while opening := _SINGLE_OPEN.search(body, position):
        stop = _SINGLE_OPEN.search(body, opening.end())
        ends = list(_SINGLE_CLOSE.finditer(body, opening.end(), stop.start() if stop else len(body)))
        sure = [m for m in ends if body[m.start() - 1] in _SURE]
        end = (sure or ends)[0] if ends else None
        if end is None:
            if stop is None:
                return Pairs(tuple(closed), paragraph.start + opening.start())
            position = opening.end()
            continue
        closed.append(Span(paragraph.start + opening.start(), paragraph.start + end.end()))
        position = end.end()
    return Pairs(tuple(closed))


def opens_double(text: str, paragraph: Span) -> bool:
    """Tell whether a paragraph begins with a double mark."""
    mark = MARK.match(text, paragraph.start)
    return mark is not None and _kind(mark) not in "”›」》"


def opens_single(text: str, paragraph: Span) -> bool:
    """Tell whether a paragraph begins with a single mark."""
    return bool(_SINGLE_OPEN.match(text, paragraph.start))


def _kind(mark: re.Match[str]) -> str:
    return mark[0][:2]


def _can_open(mark: re.Match[str], paragraph: Span) -> bool:
    kind, opening = _kind(mark), _looks_opening(mark, paragraph)
    if kind in _STRAIGHT or kind == "»":
        return opening
    # A closing mark opens where a writer has turned it round, or in Swedish and Finnish.
    return kind in _PAIRS or kind == "``" or (kind == "”" and opening and not _looks_closing(mark, paragraph))


def _closed_by(mark: re.Match[str], opened: list[re.Match[str]], paragraph: Span) -> int:
    """Return the place of the opened mark that this one closes, -1 for none: its own kind, else the innermost."""
    kind = _kind(mark)
    opening, closing = _looks_opening(mark, paragraph), _looks_closing(mark, paragraph)
    surely = closing and not opening
    for place in range(len(opened) - 1, -1, -1):
        own = _kind(opened[place])
        if kind in _PAIRS.get(own, "") and (kind != "“" or closing or not opening):
            return place
        if own in _STRAIGHT and kind == own and (closing or not opening):
            return place
        if own == "``" and kind == "''" and surely:
            return place
    # An opening mark closes where it can only do that: the writer's keyboard turned it round.
    turned = kind == "“" and not _beside(mark, paragraph)[1].isalnum()
    if surely and (kind in _STRAIGHT | {"”"} or turned) and _kind(opened[-1]) in _DOUBLE:
        return len(opened) - 1
    return -1


def _is_inch(mark: re.Match[str], following: re.Match[str] | None, paragraph: Span) -> bool:
    """Tell whether a mark stands for inches (6'2"): behind a number, in a quotation that the next mark closes."""
    if following is None or not mark.string[mark.start() - 1].isdigit():
        return False
    return {_kind(mark), _kind(following)} <= _STRAIGHT | {"”"} and not _looks_opening(following, paragraph)


def _looks_opening(mark: re.Match[str], paragraph: Span) -> bool:
    before, after = _beside(mark, paragraph)
    return (before.isspace() or before in "([{—–-/‘'“") and not after.isspace() and after not in ",;)"


def _looks_closing(mark: re.Match[str], paragraph: Span) -> bool:
    before, _ = _beside(mark, paragraph)
    return not before.isspace() and before not in "([{"


def _beside(mark: re.Match[str], paragraph: Span) -> tuple[str, str]:
    text = mark.string
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return before, after


def _worded(spans: list[Span], text: str) -> list[Span]:
    """Leave out the empty ones."""
    return [span for span in spans if any(c.isalnum() for c in span.of(text))]
