"""Markdown files: front matter tells about the article, the rest without its marks is the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from claimtrack.errors import InputError, NotArticles
from claimtrack.ingest.markup import html_text
from claimtrack.ingest.registry import Found, reader
from claimtrack.ingest.tables import COLUMNS, article_from_row
from claimtrack.ingest.text import check, decode

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?\n)??(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_NOTES = ("article", "speaker", "topic")
"""The types of notes that claimtrack exports; each also counts its claims."""


@reader(".md", ".markdown")
def read_markdown(data: bytes, name: str) -> Iterator[Found]:
    """Read one article from a Markdown file.

    The text is what a reader sees: no marks, links as their words, entities as characters; paragraphs, headings,
    list items and table rows are separated by blank lines, and a line break within a paragraph stays one only where
    Markdown says so. Offsets are offsets into that text, not into the file. A first-level heading is the title where
    the front matter has none; it stays in the text too.
    """
    source = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    check(source, name)
    facts, body = _split(source, name)
    text, heading = _rendered(body, name)
    if heading and not any(facts.get(column) for column in COLUMNS["title"]):
        facts["title"] = heading
    yield article_from_row(facts, name, text=text)


def _split(source: str, name: str) -> tuple[dict[str, Any], str]:
    """Return the facts of the front matter, by the names of a table's columns, and the rest of the file."""
    found = _FRONT_MATTER.match(source)
    if not found:
        return {}, source
    import yaml

    try:
        # The plainest loader: everything stays the text that was written, dates and numbers too.
        front = yaml.load(found[1] or "", Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise InputError(f"{name}:{line}: the front matter is no YAML; mend it, or take the --- lines away") from None
    if front is None:
        return {}, source[found.end() :]
    if not isinstance(front, Mapping):  # two lines across the page, with text between them
        return {}, source
    keys = {str(key).strip().lower(): value for key, value in front.items()}
    if keys.get("type") in _NOTES and "claims" in keys:
        raise NotArticles(f"{name}: a note that claimtrack wrote, not an article, skipped")
    columns = {column for names in COLUMNS.values() for column in names} - set(COLUMNS["text"])
    return {key: _fact(value) for key, value in keys.items() if key in columns}, source[found.end() :]


def _fact(value: Any) -> Any:
    """Authors are often a list."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return value


def _rendered(body: str, name: str) -> tuple[str, str | None]:
    """Return the plain text of Markdown and its first first-level heading."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    try:
        tokens = markdown.parse(body)
        text = html_text(markdown.renderer.render(tokens, markdown.options, {}))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: cannot be read as Markdown ({type(error).__name__}); save it as .txt") from None
    titles = (
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h1"
    )
    title = next(titles, None)
    return text, html_text(markdown.renderInline(title)).strip() or None if title else None
