"""Text from outside in Markdown: shown as it is, whatever Markdown or HTML it looks like."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from claimtrack.export.clean import clean

# What means something within a line: to CommonMark, to GitHub ("~", "|", "@"), to Obsidian ("==", "%%", "$", "#", "^").
_INLINE = re.compile(r"([\\`*_\[\]~|$#^=%@!])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

# At the start of a line, "+", "-" and "1." begin a list, ":" a definition.
_START = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[-+:]))")

# A bare address would become a link in many programs; a text is no reason to open a page.
_SCHEME = re.compile(r"\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)", re.IGNORECASE)


def escaped(text: str) -> str:
    """Return a text on one line in which nothing is markup."""
    text = _INLINE.sub(r"\\\1", clean(text).translate(_ENTITIES))
    text = _SCHEME.sub(lambda match: f"{match[1] or match[3]}\\{match[2] or match[4]}", text)
    return _START.sub(r"\1\\", text)


def link(text: str, target: str, anchor: str = "") -> str:
    """Return a link to a file, relative to the one that it stands in."""
    address = "/".join(quote(part, safe="") if part != ".." else part for part in target.split("/"))
    return f"[{escaped(text)}]({address}{'#' + quote(anchor, safe='') if anchor else ''})"


def front_matter(values: Mapping[str, Any]) -> str:
    """Return what heads a note for programs; JSON strings and numbers are YAML too."""
    lines = [
        f"{key}: {json.dumps(clean(value) if isinstance(value, str) else value, ensure_ascii=False)}"
        for key, value in values.items()
        if value is not None
    ]
    return "\n".join(["---", *lines, "---", ""])
