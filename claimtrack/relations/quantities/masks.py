"""Numbers that count nothing: pages, houses, telephones, scores, models, laws, list numbers, "one of"."""

from __future__ import annotations

import re

from claimtrack.relations.quantities.tables import bounds, stopwords
from claimtrack.relations.quantities.wordlists import words

_AT_END = (
    r"(?=\s*(?:[,;:!?)\]”\"’'—–]|\.(?!\d)|$)|\s(?:[A-Z]|(?:and|or|is|was|are|were|has|had|will|to|at|in|on|by|for|from|with"
    r"|that|which|who|as|until|of|would|says|said|shows?)\b))(?!\s?(?:%|per ?cent|percent|million|billion))"
)
"""A number that names something is followed by no noun that it could count."""

# They all begin with a digit or a mark, so that the search passes over words at once.
_DIGITS = re.compile(
    r"(?=[\d+(#'’])(?:"
    # A telephone number: three groups at least, or a plus.
    r"\+\d[\d ()-]{6,}\d|(?<!\d)\(?0?\d{2,4}\)?[ -]\d{3,4}[ -]\d{3,4}\b|\b\d{3}-\d{4}\b"
    r"|\b(?:1[6-9]|20)\d\d[-–](?:(?:1[6-9]|20)\d\d|\d\d)\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b24/7\b|\b\d+/\d+(?:/\d+)?\b"
    r"|\b\d+(?:\.\d+){2,}\b"  # a version
    r"|\b(?:[12]\d)?\d\ds\b|['’]\d\ds?\b"  # the 1980s
    r"|\b\d+(?:st|nd|rd|th)\b|#\d+\b"
    # "10 Downing Street", "221b Baker Street".
    r"|\b\d{1,5}[a-z]?(?:-\d+)? (?:[A-Z][\w’'.]+ ){1,3}(?:Street|St\b|Road|Rd\b|Avenue|Ave\b|Lane|Drive|Square|Place"
    r"|Boulevard|Blvd|Way|Court|Terrace|Crescent|Row|Quay|Parkway)"
    r"|\b\d{3}-\d{3}\b|\b\d+(?![CFBMKW]\b)[A-Z]\w*)"
)
_LIST_NUMBER = re.compile(r"^\s*\(?\d{1,2}[.)](?=\s)", re.MULTILINE)
_CODES = re.compile(r"\b[A-Za-z]+[-‑]?\d[\w-]*")
"""Letters and digits in one word: G7, MH17, F-16, Covid-19, AK-47."""

_ADDRESSES = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]+\.\w+")
_NAMED = re.compile(r"\b(?P<name>[A-Za-z][\w’']*)\.? (?:#|No\.? )?\d{1,5}[A-Za-z]?\b(?![.,]\d)" + _AT_END)
_NUMBERED = words("numbered")
"""What bears a number: "page 3", "berth 4"."""

_NO = re.compile(r"\b[Nn]os?\.? ?\d+\b")
_NO_NAME = re.compile(
    r"(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October|[A-Z][a-z]+day)$"
)
_ONE = re.compile(
    r"\b(?<!no )(?<!not )(?:one of\b|day one\b|one(?:-[a-z]+| another\b| (?:days?|thing|hand|side|way|point|reason"
    r"|time|case|more|should|can|could|would|might|may|must|is|was|has|had|were|did|does|will|wants?|knows?|needs?|that|who|which"
    r"|where|in which|to|the|a|and|at|for|with)\b)|(?:the|this|that|each|every|any|some|which|another|other|first"
    r"|good|big|right|wrong|new|old|last|next) ones?\b|one[’']s\b|one\b(?=\W*$|[.,;:!?”\"]))",
    re.IGNORECASE,
)
_OTHER_WORDS = re.compile(
    r"\b(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b"
    r"|nineteen (?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|ten)\b(?:[- ]\w+)?"
    r"|zero[- ](?:tolerance|sum|harm|hour|days?)|(?:number|part|phase|chapter|step|page|room|act|day|round) "
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|(?:one|1) percenters?\b|half[- ](?:brother|sister|hour|time|century|way)"
    # "the first two gates" are some of them, and no count of all.
    r"|(?:first|last|final|remaining) (?:two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?! (?:days?|weeks?|months?|years?|hours?|minutes?|decades?|quarters?)))",
    re.IGNORECASE,
)
_OTHER_HINTS = (
    "first ", "last ", "final ", "remaining ", "ty-", "nineteen", "zero", "umber ", "part ", "phase ", "chapter ",
    "step ", "page ", "room ", "act ", "day ", "round ", "percenter", "half-", "half ",
)  # fmt: skip
_DIGIT = re.compile(r"\d")


def masks(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text whose numbers count nothing, as offsets; they may overlap."""
    found: list[tuple[int, int]] = []
    lower = text.lower()
    if _DIGIT.search(text):
        for pattern in (_DIGITS, _LIST_NUMBER, _CODES, _NO):
            found += [match.span() for match in pattern.finditer(text)]
        if "@" in text or "www." in text or "://" in text:
            found += [match.span() for match in _ADDRESSES.finditer(text)]
        found += [match.span() for match in _NAMED.finditer(text) if _is_name(match["name"])]
    if "one" in lower:
        found += [match.span() for match in _ONE.finditer(text)]
    if any(hint in lower for hint in _OTHER_HINTS):
        found += [match.span() for match in _OTHER_WORDS.finditer(text)]
    return found


def _is_name(word: str) -> bool:
    """Tell whether a word bears the number behind it: "page", or a name ("Apollo 11")."""
    lower = word.lower()
    if lower in _NUMBERED:
        return True
    capital = word[0].isupper() and lower not in stopwords() and (lower,) not in bounds()[0]
    return capital and not _NO_NAME.match(word)
