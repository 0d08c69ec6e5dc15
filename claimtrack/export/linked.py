"""What the JSON-LD formats share: how things are named, and how a long list is written as it comes."""

from __future__ import annotations

import json
import re
from typing import Any, TextIO
from urllib.parse import quote

from claimtrack.model import Article

_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


def name_of(kind: str, identifier: str) -> str:
    """Return the IRI of a claim, speaker or article: ``urn:claimtrack:claim:c_1``."""
    return f"urn:claimtrack:{kind}:{quote(identifier, safe='', errors='backslashreplace')}"


def web_address(url: str | None) -> str | None:
    """Return an address on the web as a URL without stray characters; None where it is no such address."""
    if not url or not _WEB.match(url.strip()):
        return None
    return quote(url.strip(), safe="%/:=&?~#+!$,;'@()*[]", errors="backslashreplace")


def place_of(article: Article) -> str:
    """Return where an article is: its address on the web, else its name."""
    return web_address(article.url) or name_of("article", article.id)


def without_nothing(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node without the properties that have no value."""
    return {key: value for key, value in node.items() if value is not None and value != []}


class StreamedList:
    """Writes ``head``, a JSON list item by item, and ``tail``, so that memory does not grow with the list."""

    def __init__(self, stream: TextIO, head: str) -> None:
        self._stream, self._head = stream, head
        self.count = 0

    def add(self, item: Any) -> None:
        self._stream.write(f",\n{_json(item)}" if self.count else f"{self._head}[\n{_json(item)}")
        self.count += 1

    def finish(self, tail: str) -> None:
        self._stream.write(("\n]" if self.count else f"{self._head}[]") + tail + "\n")


def _json(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False)
