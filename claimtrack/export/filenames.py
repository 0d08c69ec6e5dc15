"""File names made of text from outside: safe on Linux, macOS and Windows, in links, and never twice the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# What Windows forbids, and what ends or splits a link in Obsidian and Markdown.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*#^\[\]`]')

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
"""Names of devices on Windows, whatever their ending."""

MAX_BYTES = 120
"""Of a stem in UTF-8: file systems take 255, encrypted ones 143, and Windows has a limit for the whole path."""


def safe_stem(text: str) -> str:
    """Return a file name without ending that says what ``text`` says, as far as it can; ``untitled`` if nothing can."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    text = "".join("-" if _FORBIDDEN.match(char) else char for char in text if unicodedata.category(char)[0] != "C")
    text = text.encode()[:MAX_BYTES].decode(errors="ignore")
    # A leading dot hides a file, a leading dash looks like an option; Windows drops dots and spaces at the end.
    text = text.strip(" .-~")
    if _RESERVED.match(text):
        text = f"_{text}"
    return text or "untitled"


class Names:
    """Gives out names, each once, whatever a file system makes of case and accents."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, text: str, identifier: str) -> str:
        """Return a stem for a thing; a second thing of that name gets a few signs that hang on its id."""
        plain = stem = safe_stem(text)
        number = 0
        while (key := _key(stem)) in self._taken:
            digest = hashlib.sha256(f"{identifier}\0{number}".encode("utf-8", "surrogatepass")).hexdigest()[:6]
            stem, number = f"{plain} ({digest})", number + 1
        self._taken.add(key)
        return stem


def _key(stem: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", stem).casefold())
