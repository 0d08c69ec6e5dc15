"""Markdown files and web pages become articles: plain text with its paragraphs, and what they tell about themselves."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from claimtrack.errors import InputError, NotArticles
from claimtrack.ingest.markdown import read_markdown
from claimtrack.ingest.markup import html_text, web_address
from claimtrack.ingest.text import MAX_CHARACTERS
from claimtrack.ingest.webpage import MAX_PAGE_BYTES, read_page
from claimtrack.model import Article

FIRST = "The harbour council said on Monday that the cranes would not be repaired before the end of the year."
SECOND = "“We have no money,” said Ola Ness, the harbour master. “We asked twice.”"


def article(read: Callable[..., object], data: str | bytes) -> Article:
    (found,) = read(data.encode() if isinstance(data, str) else data, "a")  # type: ignore[misc,attr-defined]
    assert isinstance(found, Article)
    return found


# Markup


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two", "One\nTwo"),
        ("<h1>One</h1>Two<div>Three</div>Four", "One\n\nTwo\n\nThree\n\nFour"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("<table><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table>", "One | Two\n\nThree"),
        ("<p>One\n   <b>t</b>wo &amp;&nbsp;&lt;three&gt;</p>", "One two & <three>"),
        ("<pre>One\n  Two</pre>", "One\nTwo"),
        ("One<script>alert(1)</script><style>p{}</style> two<!-- three -->", "One two"),
        ("<p>He said<p>unclosed", "He said\n\nunclosed"),
        ("<html><head><title>T</title></head><body>One</body></html>", "One"),
        ("O\0ne", "One"),
        ("&#1602;&#1575;&#1604;", "قال"),
        ("", ""),
        ("<p></p> ", ""),
        ("<div>" * 200 + "deep", "deep"),
    ],
)
def test_markup_becomes_plain_text(markup: str, text: str) -> None:
    assert html_text(markup) == text


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://a.example/b", "https://a.example/b"),
        (" http://a.example ", "http://a.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("/relative", None),
        ("http://", None),
        ("http://[broken", None),
        ("http://a b", None),
        (None, None),
        (7, None),
    ],
)
def test_only_http_is_the_address_of_a_page(value: object, address: str | None) -> None:
    assert web_address(value) == address


# Markdown

MARKDOWN = """---
title: Cranes stay broken
date: 2025-03-04
source: Halden Times
byline: [Eva Berg, Jon Lund]
url: https://halden.example/cranes
tags: [harbour]
---

The *harbour council* [said](https://halden.example) that
**nothing** would be repaired.

> “We asked twice,” said Ola Ness.

* First, she said.
* Second &mdash; `no`.
"""


def test_markdown_is_read_without_its_marks() -> None:
    assert article(read_markdown, MARKDOWN).text == (
        "The harbour council said that nothing would be repaired.\n\n“We asked twice,” said Ola Ness.\n\n"
        "First, she said.\n\nSecond — no."
    )


def test_front_matter_tells_about_the_article() -> None:
    found = article(read_markdown, MARKDOWN)
    assert (found.title, found.outlet, found.author) == ("Cranes stay broken", "Halden Times", "Eva Berg, Jon Lund")
    assert (found.published, found.url) == (datetime.date(2025, 3, 4), "https://halden.example/cranes")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_front_matter_is_found_whatever_the_line_ends(newline: str) -> None:
    assert article(read_markdown, MARKDOWN.replace("\n", newline)).title == "Cranes stay broken"


@pytest.mark.parametrize(
    ("source", "title", "text"),
    [
        (f"# Cranes & quays\n\n{FIRST}", "Cranes & quays", f"Cranes & quays\n\n{FIRST}"),
        (f"---\ntitle: Other\n---\n# Cranes\n\n{FIRST}", "Other", f"Cranes\n\n{FIRST}"),
        (f"## Part\n\n{FIRST}", None, f"Part\n\n{FIRST}"),
        (f"---\n---\n{FIRST}", None, FIRST),
        (f"---\n\n{FIRST}\n\n---\n", None, FIRST),
        (f"---\n{FIRST}", None, FIRST),
    ],
)
def test_title_is_the_front_matters_or_the_first_heading(source: str, title: str | None, text: str) -> None:
    found = article(read_markdown, source)
    assert (found.title, found.text) == (title, text)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"caf\xe9", "a: not UTF-8 (byte 3 is 0xe9)"),
        (b"", "a: no text in it"),
        (b"---\ntitle: Only\n---\n", "a: no text in it"),
        (b"He said\0 no.", "a: holds null bytes"),
        (b"---\ntitle: [a\n---\nHe said no.", "a:3: the front matter is no YAML; mend it"),
        (b"---\ndate: 2025-13-45\n---\nHe said no.", "'2025-13-45' is no date like 2022-05-28"),
        (b"---\ndate: Tuesday\n---\nHe said no.", "'Tuesday' is no date like 2022-05-28"),
        (b"---\ntitle: {a: b}\n---\nHe said no.", "a: title is no text"),
        (b"word and " * (MAX_CHARACTERS // 9 + 1), "too many for one article"),
    ],
)
def test_markdown_that_cannot_be_read_is_told_in_one_line(source: bytes, message: str) -> None:
    with pytest.raises(InputError) as told:
        list(read_markdown(source, "a"))
    assert message in str(told.value) and "\n" not in str(told.value)


def test_notes_that_claimtrack_exported_are_no_articles() -> None:
    with pytest.raises(NotArticles, match="a note that claimtrack wrote"):
        list(read_markdown(b'---\n"type": "speaker"\nclaims: 3\n---\n# Ola Ness\n', "a"))


# Web pages

PAGE = f"""<!doctype html><html lang="en"><head><title>Cranes stay broken | Halden Times</title>
<meta property="og:site_name" content="Halden Times"><meta name="author" content="Eva Berg">
<link rel="canonical" href="https://halden.example/cranes">
<meta property="article:published_time" content="2025-03-04T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/news">More news</a></nav><article><h1>Cranes stay broken</h1>
<p>{FIRST}</p><p>{SECOND}<br>He spoke to reporters.</p><h2>Denial</h2><blockquote><p>“It is a lie.”</p></blockquote>
<ul><li>First, she said.</li><li>Second, she said.</li></ul></article>
<div class="comments"><p>Anonymous: what nonsense!</p></div><footer>All rights reserved. Accept cookies.</footer>
</body></html>"""


def test_page_is_read_without_what_surrounds_the_article() -> None:
    text = article(read_page, PAGE).text
    assert text.endswith(
        f"{FIRST}\n\n{SECOND}\nHe spoke to reporters.\n\nDenial\n\n“It is a lie.”\n\nFirst, she said.\n\n"
        "Second, she said."
    )
    assert not any(word in text for word in ("More news", "nonsense", "cookies"))


def test_page_tells_about_its_article() -> None:
    found = article(read_page, PAGE)
    assert (found.title, found.outlet, found.author) == ("Cranes stay broken", "Halden Times", "Eva Berg")
    assert (found.published, found.url) == (datetime.date(2025, 3, 4), "https://halden.example/cranes")


def test_page_that_tells_nothing_gives_no_facts() -> None:
    found = article(read_page, f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>")
    assert found.text == f"{FIRST}\n\n{SECOND}"
    assert (found.title, found.outlet, found.author, found.published, found.url) == (None,) * 5


def test_page_address_that_is_a_script_is_left_out() -> None:
    page = PAGE.replace("https://halden.example/cranes", "javascript:alert(1)")
    assert article(read_page, page).url is None


@pytest.mark.parametrize(
    "data",
    [
        PAGE.encode(),
        PAGE.encode("utf-8-sig"),
        PAGE.encode("utf-16"),
        PAGE.encode("cp1252"),
        PAGE.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252"),
        PAGE.replace("<head>", '<head><meta charset="no-such">').encode("cp1252"),
        b'<?xml version="1.0" encoding="utf-8"?>' + PAGE.encode(),
        PAGE.replace("harbour", "har\0bour").encode(),
        PAGE.encode().replace(b"More news", b"More n\xffws"),
    ],
    ids=["utf-8", "mark", "utf-16", "undeclared", "declared", "unknown", "xhtml", "null bytes", "broken"],
)
def test_page_is_decoded_as_it_declares(data: bytes) -> None:
    assert f"{FIRST}\n\n{SECOND}" in article(read_page, data).text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no article found on this page"),
        (b"<html><body><script>let a = 1</script></body></html>", "no article found on this page"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article found on this page"),
        (b"\x00\x01\x02\x81\x8d\xff" * 50, "cannot be decoded"),
        (b"<p>word</p>" * (MAX_PAGE_BYTES // 11 + 1), "larger than 20 MB"),
        (b"<html><body><p>" + b"word and " * (MAX_CHARACTERS // 9 + 1), "too many for one article"),
    ],
    ids=["empty", "script", "menu", "binary", "large", "long"],
)
def test_page_without_an_article_is_told_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as told:
        list(read_page(data, "a"))
    assert str(told.value).startswith("a: ") and message in str(told.value) and "\n" not in str(told.value)
