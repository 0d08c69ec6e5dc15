"""Finding time expressions: the words that can say when something was said ("on Friday", "the previous night").

This module finds and sorts them; :mod:`claimtrack.claims.dates` reckons which day is meant, and
:mod:`claimtrack.claims.attachment` decides which of them belongs to a cue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from claimtrack.model import Span

Reference = Literal["none", "published", "text", "inner"]
"""What an expression is reckoned from: nothing (it has a year), the day of publication ("on Friday", "last
week"), the last day that the text named ("the same day"), or the date that it holds ("a day after Friday")."""


@dataclass(frozen=True)
class Expression:
    """A time expression: where it stands, its words with single spaces, and what it is reckoned from."""

    span: Span
    words: str
    reference: Reference


_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?:1[6-9]|20)\d\d(?![\d%]|[.,]\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?!\s?[-–]\s?\d|[.,:]\d|\s?(?:%|percent|per cent|[ap]\.?m\b))"
_PART = r"(?:morning|afternoon|evening|night|noon)"
_UNIT = r"(?:day|night|week|month|year|decade)"
_NUMBER = (
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,4}"
    r"|a few|several|some|a couple of|many|a dozen)"
)
_ROUGHLY = r"(?:(?i:early|earlier|late|later)\s+(?:on\s+)?|(?i:mid)[-–\s])?"
_NAMED_DAY = r"(?<!Black )(?<!Super )(?<!Good )(?<!Ash )(?<!Cyber )(?<!Palm )(?<!Easter )(?<!Bloody )(?<!Holy )"
_TITLE_AHEAD = (
    r"(?:\s+(?:Times|Telegraph|Mail|Mirror|Express|Herald|Post|Independent|Review|Magazine|Football|Mass|School)\b"
    r"|\s+Night\s+[A-Z]|\s+Morning\s+[A-Z])"
)

# The longest come first. Month and weekday names need their capital ("may", "sat", "march" are other words).
_PATTERNS: tuple[tuple[str, Reference], ...] = (
    (r"\b\d{4}-\d{2}-\d{2}\b", "none"),
    # "a day after Friday's vote": the day it holds is found inside what follows.
    (rf"(?i:\b{_NUMBER}\s+{_UNIT}s?\s+(?:after|before))\b(?=\s+\S)", "inner"),
    (
        rf"(?:{_NAMED_DAY}\b{_WEEKDAY},?\s+)?{_ROUGHLY}\b"
        rf"(?:{_MONTH}\s+{_DAY},?\s+{_YEAR}|{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}|{_MONTH},?\s+(?:of\s+)?{_YEAR})",
        "none",
    ),
    (
        rf"(?:{_NAMED_DAY}\b{_WEEKDAY},?\s+)?\b(?:{_MONTH}\s+{_DAY}|{_DAY}(?:\s+of)?\s+{_MONTH})(?!,?\s+\d{{4}})",
        "published",
    ),
    (
        rf"{_ROUGHLY}(?:(?i:on\s+)?\b(?i:this\s+past|this\s+coming|last|past|this|next|coming|the\s+following|that)\s+)?"
        rf"{_NAMED_DAY}\b{_WEEKDAY}(?:\s+{_PART}\b)?(?:,?\s+(?:of\s+)?last\s+week\b)?(?!\w|{_TITLE_AHEAD})",
        "published",
    ),
    (
        r"\b(?i:earlier|later)\s+(?:on\s+)?(?i:in\s+the|that|the\s+same)\s+(?i:day|evening|night|week|month|year)\b",
        "text",
    ),
    (
        rf"{_ROUGHLY}\b(?i:today|tonight|yesterday(?:\s+{_PART})?|(?-i:[Tt]his|[Ll]ast|LAST|THIS)\s+(?-i:{_PART}|week(?:end)?|month|year)"
        r"|(?:over|at|on|during)\s+the\s+weekend)\b",
        "published",
    ),
    (rf"\b(?i:{_NUMBER}\s+{_UNIT}s?\s+ago)\b", "published"),
    (rf"\b(?i:{_NUMBER}\s+{_UNIT}s?\s+(?:earlier|later|before|after|previously))\b", "text"),
    (
        rf"\b(?i:the\s+(?:very\s+)?(?:previous|preceding|same|next|following)|that(?:\s+same)?)\s+"
        rf"(?i:day|{_PART}|week|month|year)\b",
        "text",
    ),
    (r"\b(?i:the\s+(?:day|night|evening|week|month|year)\s+(?:before|after|earlier|later))\b", "text"),
    (rf"\b(?:(?i:in|last|this|early|late|during)\s+|(?i:mid)-)+{_MONTH}(?![\w’'])(?!\s+\d)", "published"),
    (rf"\b(?:(?i:early|late)\s+(?:in\s+)?|(?i:mid)-)?{_YEAR}\b(?!\s*[-–/]\s*\d)", "none"),
    # Not "the 20th century".
    (
        r"(?<=\bon )(?i:the)\s+(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b"
        r"(?=\W*$|\s*[^\w\s]|\s+(?:that|and|but|in|at|as|to|by|with|the|he|she|it|they|we)\b)",
        "published",
    ),
)
_EXPRESSION = re.compile("|".join(f"(?P<p{i}>{pattern})" for i, (pattern, _) in enumerate(_PATTERNS)))

MAX_EXPRESSION = 60
"""No time expression is longer, in characters."""


def expressions(text: str, start: int = 0, end: int | None = None) -> list[Expression]:
    """Return the time expressions in a stretch of text, in order; none overlaps another.

    Args:
        text: the article.
        start: where to begin, in characters.
        end: where to stop; the end of the text when left out.
    """
    found = []
    for match in _EXPRESSION.finditer(text, start, len(text) if end is None else end):
        begin = match.start() + len(match[0]) - len(match[0].lstrip())
        if match.end() - begin <= MAX_EXPRESSION and match.lastgroup:
            reference = _PATTERNS[int(match.lastgroup[1:])][1]
            found.append(Expression(Span(begin, match.end()), " ".join(match[0].split()), reference))
    return found
