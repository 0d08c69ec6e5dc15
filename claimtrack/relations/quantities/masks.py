"""Numbers that count nothing: pages, houses, telephones, scores, models, laws, list numbers."""

from __future__ import annotations

import re

from claimtrack.relations.quantities.tables import bounds, stopwords

_AT_END = (
    r"(?=\s*(?:[,;:!?)\]”\"’'—–]|\.(?!\d)|$)|\s(?:[A-Z]|(?:and|or|is|was|are|were|has|had|will|to|at|in|on|by|for|from|with|that|which"
    r"|who|as|until|of|would|says|said|shows?)\b))(?!\s?(?:%|per ?cent|percent|million|billion))"
)
"""A number that names something is followed by no noun that it could count."""

_NO_COUNT = re.compile(
    "|".join(
        (
            r"https?://\S+|www\.\S+|\S+@\S+\.\w+",
            r"(?m:^)\s*\(?\d{1,2}[.)](?=\s)",  # a list number
            # A telephone number: three groups at least, or a plus.
            r"\+\d[\d ()-]{6,}\d|\(?\b0?\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,4}\b|\b\d{3}-\d{4}\b",
            r"\b\d{4}-\d{2}-\d{2}\b|\b24/7\b|\b\d+/\d+(?:/\d+)?\b",
            r"\b\d+(?:\.\d+){2,}\b",  # a version
            r"\b(?:[12]\d)?\d\ds\b|['’]\d\ds?\b",  # the 1980s
            r"\b\d+(?:st|nd|rd|th)\b",
            r"\b(?i:numbers?|pages?|pp?\.|chapters?|verses?|items?|rule|clause|paragraph|lines?|figure|phase|tables?|volumes?"
            r"|parts?|steps?|version|room|flat|suite|category|level|tier|grade|class|stage|channel|route|highway|interstate"
            r"|runway|gate|platform|terminal|berth|pier|lane|flight|bus|article|section|title|unit|reactor|block|district"
            r"|ward|zone|apartment|proposition|amendment|resolution|size|episode|season|week|day|game|round|shop|year)"
            r" #?\d{1,5}[A-Za-z]?\b" + _AT_END,
            r"\b(?i:nos?)\.? ?\d+\b|#\d+\b",
            # "10 Downing Street", "221b Baker Street".
            r"\b\d{1,5}[a-z]?(?:-\d+)? (?:[A-Z][\w’'.]+ ){1,3}(?:Street|St\b|Road|Rd\b|Avenue|Ave\b|Lane|Drive|Square|Place"
            r"|Boulevard|Blvd|Way|Court|Terrace|Crescent|Row|Quay|Parkway)",
            # Letters and digits in one word: G7, MH17, F-16, Covid-19, AK-47, 737-800, 5G, 3D.
            r"\b[A-Za-z]+[-‑]?\d[\w-]*|\b\d{3}-\d{3}\b|\b\d+(?![CFBMKW]\b)[A-Z]\w*",
            r"\b(?i:one of\b|day one\b|one(?:-[a-z]+| another\b| (?:days?|thing|hand|side|way|point|reason|time|more|should|can|could"
            r"|would|might|may|must|is|was|has|had|that|who|which|where|in which|to|the|a|and|at|for|with)\b))",
            r"(?i:\b(?:the|this|that|each|every|any|some|which|another|other|first|good|big|right|wrong|new|old|last|next|no) ones?\b"
            r"|\bone[’']s\b|\bone\b(?=\W*$|[.,;:!?”\"]))",
            r"(?i:\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:first|second|third|fourth|fifth|sixth|seventh"
            r"|eighth|ninth)\b|\bnineteen (?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|ten)\b(?:[- ]\w+)?"
            r"|\bzero[- ](?:tolerance|sum|harm|hour))",
            # Letters and digits of a law, a bill, an office: "H.R. 1", "SB 1070".
        )
    )
)
_NAMED = re.compile(r"\b(?P<name>[A-Z][\w’']*\.?) \d{1,5}\b(?![.,]\d)" + _AT_END)
_HAS_REASON = re.compile(r"\d|\bone|nineteen|ty-|\bzero", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October|[A-Z][a-z]+day)$"
)


def masks(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text whose numbers count nothing, as offsets; they may overlap."""
    if not _HAS_REASON.search(text):
        return []
    found = [match.span() for match in _NO_COUNT.finditer(text)]
    for match in _NAMED.finditer(text):
        word = match["name"].lower()
        if word not in stopwords() and (word,) not in bounds()[0] and not _NO_NAME.match(match["name"]):
            found.append(match.span())
    return found
