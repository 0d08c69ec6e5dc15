"""Pieces of a text put together for reading: quotation marks joined and closed, white space single.

What stands between quotation marks is never changed, but for a comma before the closing mark that only
the broken-off sentence asked for.
"""

from __future__ import annotations

import re

_CLOSING_OF = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'", "''": "''"}
"""Closing marks by opening mark; some outlets write two apostrophes for a double mark."""

_OPENING = re.compile(r"''|[\"“„«‘']")
_CLOSING = re.compile(r"(?:''|[\"”“»’'])$")
_BROKEN_OFF = re.compile(r",(?P<marks>(?:\s?[\"”“»’'])+)$")
_SPACE = re.compile(r"\s+")
_REOPENED = re.compile(r"\s*[\n\u2029]\s*(?:''|[“„«\"])")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”»’')\]\s]*$")
_LOOSE = " \t\r\n\xa0,;:-–—"


def opening_mark(words: str) -> str:
    """Return the quotation mark that words begin with, or nothing."""
    found = _OPENING.match(words)
    return found[0] if found else ""


def single_spaced(words: str) -> str:
    """Return a piece of text on one line; the mark that reopens a quotation in a new paragraph goes."""
    mark = opening_mark(words.lstrip())
    return _SPACE.sub(" ", _REOPENED.sub(" ", words) if mark not in ("", "'", "‘") else words).strip()


def put_together(left: str, gap: str, right: str, framed: bool) -> str:
    """Return two pieces of content as one.

    Args:
        left: what comes first, its white space single.
        gap: what the text has between the two.
        right: what comes next.
        framed: whether the gap holds nothing but the attribution, so that nothing was left out.
    """
    if not framed:
        return f"{left} … {right}"
    right = right.lstrip(_LOOSE) or right
    new_sentence = bool(_ENDS_SENTENCE.search(gap)) or bool(_ENDS_SENTENCE.search(left))
    mark, closing = opening_mark(right), _CLOSING.search(left)
    body = left
    if mark and closing and _CLOSING_OF[mark] == closing[0]:
        # "A," he said, "b." is one quotation.
        body, right = left[: closing.start()].rstrip(), right[len(mark) :].lstrip()
    elif mark and (is_open(left) or (opening_mark(left) == mark and not gap.strip())):
        # The mark repeated where a quotation goes on in the next paragraph.
        right = right[len(mark) :].lstrip()
    starts = next((c for c in right if c.isalnum()), "").isupper()
    if new_sentence and starts and (body.endswith(",") or not re.search(r"[.!?…\"”»’']$", body)):
        body = f"{body.rstrip(_LOOSE)}."
    return f"{body} {right}"


def finished(words: str) -> str:
    """Return a sentence with its marks closed, its first letter large and a full stop at its end."""
    words = words.strip(_LOOSE) or words.strip()
    if is_open(words):
        words += next(_CLOSING_OF[mark] for mark in ("“", "„", "«", '"') if mark in words)
    elif words.count("”") > words.count("“") + words.count("„"):
        words = "“" + words
    words = _BROKEN_OFF.sub(r".\g<marks>", words)
    if not _ENDS_SENTENCE.search(words):
        words += "."
    # Between quotation marks the letters stay as they were written.
    first = next((i for i, c in enumerate(words) if c.isalnum() or opening_mark(c)), None)
    if first is not None and words[first].isalpha():
        words = words[:first] + words[first].upper() + words[first + 1 :]
    return words


def is_open(words: str) -> bool:
    """Tell whether a double quotation mark is left open at the end."""
    curly = words.count("“") + words.count("„") > words.count("”")
    return words.count('"') % 2 == 1 or curly or words.count("«") > words.count("»")


def owner(name: str, text: str) -> str:
    """Return a name with the ending of a possessive, its apostrophe as the article writes it."""
    if name.endswith(("'s", "’s", "s'", "s’")) or name.lower() in ("his", "her", "its", "their", "my", "our"):
        return name
    return f"{name}’s" if "’" in text and "'" not in name else f"{name}'s"
