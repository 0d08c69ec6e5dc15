"""Marked-up text becomes plain text: one paragraph, heading, list item or table row a block, a blank line between."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "tr", "ul", "head", "item", "list", "quote", "row",
))  # fmt: skip
"""Elements that stand in lines of their own: those of HTML, and those of trafilatura's (TEI) trees."""

LINE_BREAKS = frozenset(("br", "lb"))
CELLS = frozenset(("td", "th", "cell"))
UNREAD = frozenset((
    "audio", "button", "canvas", "embed", "iframe", "input", "math", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
"""Elements whose content nobody reads as text."""

_SPACES = re.compile(r"[^\S\x00]+")


def html_text(markup: str) -> str:
    """Return the readable text of a piece of HTML.

    Raises:
        ValueError: when it cannot be parsed.
    """
    from lxml import etree, html

    # lxml refuses null bytes; HTML says to ignore them.
    cleaned = markup.replace("\0", "")
    if not cleaned.strip():
        return ""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as error:
        raise ValueError(str(error)) from None
    for head in tree.findall("head"):
        tree.remove(head)
    return tree_text(tree)


def tree_text(tree: Any) -> str:
    """Return the readable text of an element tree (lxml), blocks separated by a blank line.

    White space within a block is folded, as a browser does, except in ``pre``; a line break stays one.
    """
    from lxml import etree

    blocks: list[str] = []
    block: list[str] = []
    unread = preformatted = 0

    def close() -> None:
        lines = [line.strip(" ") for line in "".join(block).split("\n")]
        if any(lines):
            blocks.append("\n".join(lines).strip("\n"))
        block.clear()

    def add(text: str | None) -> None:
        if text and not unread:
            block.append(text.replace("\r\n", "\n") if preformatted else _SPACES.sub(" ", text))

    # Walked by events: a page may be nested deeper than Python's stack.
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "start":
            unread += tag in UNREAD
            preformatted += tag == "pre"
            if tag in BLOCKS:
                close()
            elif tag in LINE_BREAKS:
                add("\n" if preformatted else None)
                block.append("" if unread or preformatted else "\n")
            add(element.text)
        else:
            if tag in BLOCKS:
                close()
            elif tag in CELLS and element.getnext() is not None:
                add(" | ")
            unread -= tag in UNREAD
            preformatted -= tag == "pre"
            add(element.tail)
    close()
    return "\n\n".join(re.sub(r" {2,}", " ", text) for text in blocks)


def web_address(value: object) -> str | None:
    """Return the value when it is the address of a page (http or https), else None; scripts and the like are none."""
    if not isinstance(value, str) or any(character.isspace() for character in value.strip()):
        return None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    return value.strip() if parts.scheme.lower() in ("http", "https") and parts.hostname else None
