"""Printed lines become paragraphs again: what a page layout broke is joined, what it added is dropped."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

WIDER = 1.25
"""A gap between lines this many times the usual one ends a paragraph."""

INDENT = 0.6
"""A line that starts this many font sizes further right than the one above opens a paragraph."""

LARGER = 1.15
"""Lines whose font sizes differ by this factor belong to different paragraphs (a heading and its text)."""

SHORT = 0.8
"""A line shorter than this part of the longest around it, and ended like a sentence, ends its paragraph."""

SCANT = 0.6
"""A line shorter than this part of the longest, before one that starts anew, is a heading or a list item."""

EDGE = 3
"""So many lines at the top and the bottom of a page may be running titles or page numbers."""

_NUMBER = re.compile(r"\W*(?:page|p\.)?\s*(?:\d+|[ivxlc]+)(?:\s*(?:of|/)\s*\d+)?\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]*$")
_BULLET = re.compile(r"[•▪◦‣●∙*–—-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_RANGE = re.compile(r"\d-\n\d")
_PREFIXES = frozenset(("all", "anti", "co", "cross", "ex", "half", "non", "post", "pre", "pro", "self", "vice"))
"""Before these a hyphen at the end of a line is more likely the writer's than the typesetter's."""


@dataclass(frozen=True)
class Line:
    """A printed line: its text, where it starts (points from the left and from the bottom), and its font.

    Position and size are 0 where the file does not tell them.
    """

    text: str
    x: float = 0
    y: float = 0
    size: float = 0
    bold: bool = False


def paragraphs(pages: Iterable[Sequence[Line]]) -> list[str]:
    """Return the paragraphs of printed pages.

    Running titles and page numbers go; words divided at the end of a line are put together; a paragraph that runs
    over the end of a column or page is one again.
    """
    kept = _without_running_titles([list(page) for page in pages])
    known = Counter(word for page in kept for line in page for word in _WORD.findall(line.text.casefold()))
    result: list[str] = []
    for page in kept:
        for number, block in enumerate(_blocks(page)):
            text = ""
            for line in block:
                text = _joined(text, " ".join(line.text.split()), known)
            if result and number == 0 and _runs_on(result[-1], text):
                result[-1] = _joined(result[-1], text, known)
            elif text:
                result.append(text)
    return result


def _without_running_titles(pages: list[list[Line]]) -> list[list[Line]]:
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    often = max(2, len(pages) // 3) if len(pages) > 2 else len(pages) + 1
    result = []
    for number, page in enumerate(pages):
        edges = {id(line) for line in _edges(page)}
        # On the first page, what later is the running title may be the title itself.
        dropped = {id(line) for line in page if number and seen[_key(line)] >= often}
        dropped |= {id(line) for line in page if _NUMBER.fullmatch(line.text.strip())}
        result.append([line for line in page if id(line) not in edges & dropped])
    return result


def _edges(page: list[Line]) -> list[Line]:
    """The first and last lines with text; on a short page no more than a third of them."""
    filled = [line for line in page if line.text.strip()]
    count = min(EDGE, max(1, len(filled) // 3))
    return filled[:count] + filled[-count:]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split()))


def _blocks(page: list[Line]) -> list[list[Line]]:
    """Group a page's lines into paragraphs; an empty line ends one."""
    filled = [line for line in page if line.text.strip()]
    gaps = [above.y - below.y for above, below in itertools.pairwise(filled) if above.y > below.y]
    usual = _leading(gaps)
    longest = _usual_length(filled)
    blocks: list[list[Line]] = []
    previous: Line | None = None
    for line in page:
        if not line.text.strip():
            # Some programs print a blank after every line; only one that takes up room is an empty line.
            if not usual:
                previous = None
            continue
        if previous is None or _ends(previous, line, usual, longest):
            blocks.append([])
        blocks[-1].append(line)
        previous = line
    return blocks


def _leading(gaps: list[float]) -> float:
    """Return the usual distance between two lines of one paragraph: the commonest, for want of one the median."""
    if not gaps:
        return 0
    counts = Counter(round(gap) for gap in gaps)
    commonest, times = max(counts.items(), key=lambda item: (item[1], -item[0]))
    return commonest if times > 1 else median(gaps)


def _usual_length(lines: list[Line]) -> float:
    lengths = sorted(len(line.text.strip()) for line in lines)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _ends(line: Line, following: Line, usual: float, longest: float) -> bool:
    """Tell whether a paragraph ends between two lines."""
    text = line.text.strip()
    if _BULLET.match(following.text.strip()):
        return True
    if line.size > 1 and following.size > 1 and not 1 / LARGER < line.size / following.size < LARGER:
        return True
    short = len(text) < SHORT * longest
    if line.bold != following.bold and short:
        return True
    if len(text) < SCANT * longest and not following.text.strip()[0].islower() and text[-1] not in ",;":
        return True
    gap = line.y - following.y
    if usual and gap > 0:
        if gap > WIDER * usual:
            return True
        if following.x - line.x > INDENT * max(following.size, 8) and _SENTENCE_END.search(text):
            return True
    elif usual and gap < 0:  # the next column
        return not _runs_on(text, following.text.strip())
    return short and _SENTENCE_END.search(text) is not None


def _runs_on(text: str, following: str) -> bool:
    """Tell whether a paragraph goes on after the end of a column or page."""
    if not text or not following or _SENTENCE_END.search(text):
        return False
    return following[0].islower() or _HYPHEN.search(text) is not None or text[-1] in ",;"


def _joined(text: str, line: str, known: Counter[str]) -> str:
    """Put a line behind a text, and a divided word together."""
    if not text or not line:
        return text or line
    hyphen, rest = _HYPHEN.search(text), _WORD.match(line)
    if hyphen is None or rest is None or not line[0].islower():
        together = text[-1] in "—–" or hyphen or _RANGE.search(f"{text[-2:]}\n{line[:1]}")
        return f"{text}{line}" if together else f"{text} {line}"
    first, second = hyphen[1].casefold(), rest[0].casefold()
    whole, divided = known[first + second], known[f"{first}-{second}"]
    keep = divided > whole or (divided == whole and first in _PREFIXES)
    return text[: hyphen.end(1)] + ("-" if keep else "") + line
