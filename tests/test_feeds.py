"""Feeds become articles: entries with their text are read, links are told, or followed when asked."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from claimtrack.errors import InputError, NotArticles
from claimtrack.ingest import Problem, read_articles
from claimtrack.ingest.feeds import read_feed
from claimtrack.ingest.registry import Link
from claimtrack.model import Article

FIRST = "The harbour council said on Monday that the cranes would not be repaired before the end of the year."

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Halden &amp; Norrick Times</title><link>https://halden.example</link>
<item><title>Cranes &lt;i&gt;stay&lt;/i&gt; broken</title><link>https://halden.example/cranes</link>
<pubDate>Tue, 04 Mar 2025 23:30:00 -0500</pubDate><dc:creator>Eva Berg</dc:creator><description>Teaser.</description>
<content:encoded><![CDATA[<p>{FIRST}</p><script>x()</script><p>“No,” she said.</p>]]></content:encoded></item>
<item><title>Teased</title><link>https://halden.example/teased</link>
<description>{FIRST} &amp;hellip;</description></item>
<item><title>Bare</title><link>https://halden.example/bare</link></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Norrick Gazette</title>
<entry><title>Cranes</title><link href="https://norrick.example/1"/><published>2025-03-04T23:30:00+09:00</published>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;</content></entry></feed>"""


def test_entry_with_its_content_is_an_article() -> None:
    found = next(read_feed(RSS.encode(), "a.xml"))
    assert isinstance(found, Article) and found.text == f"{FIRST}\n\n“No,” she said."
    assert (found.title, found.outlet, found.author) == ("Cranes stay broken", "Halden & Norrick Times", "Eva Berg")
    assert (found.url, found.path) == ("https://halden.example/cranes", "a.xml:1")


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_day_is_the_one_the_feed_writes(feed: str) -> None:
    found = next(read_feed(feed.encode(), "a.xml"))
    assert isinstance(found, Article) and found.published == datetime.date(2025, 3, 4)


def test_entry_without_content_is_a_link_with_its_teaser() -> None:
    _, teased, bare = read_feed(RSS.encode(), "a.xml")
    assert isinstance(teased, Link) and teased.article.text == f"{FIRST} …"
    assert (
        isinstance(bare, Link) and bare == Link("https://halden.example/bare", bare.article) and not bare.article.text
    )


@pytest.mark.parametrize("suffix", [".xml", ".rss", ".ATOM"])
def test_feed_file_gives_articles_teasers_and_a_notice(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"feed{suffix}").write_text(RSS)
    full, teaser, notice = read_articles([str(tmp_path)])
    assert isinstance(full, Article) and isinstance(teaser, Article) and teaser.url == "https://halden.example/teased"
    assert isinstance(notice, Problem) and notice.skipped
    assert "only a link to https://halden.example/bare; --follow fetches it" in notice.message


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><rss version='2.0'><channel><title>&j;</title><item><title>&j;</title></item></channel></rss>"
)
SECRET = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    "<rss version='2.0'><channel><title>t</title><item><description>&x;</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no RSS or Atom feed"),
        (b"\xff\xfe\x00nonsense", "no RSS or Atom feed"),
        (b"<urlset><url>", "no RSS or Atom feed"),
        (b'<rss version="2.0"><channel><title>T</title></channel></rss>', "a feed without entries"),
    ],
)
def test_what_is_no_feed_is_told_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as told:
        list(read_feed(data, "a.xml"))
    assert str(told.value).startswith("a.xml: ") and message in str(told.value) and "\n" not in str(told.value)


def test_other_xml_in_a_folder_is_skipped() -> None:
    with pytest.raises(NotArticles, match="XML, but no RSS or Atom feed, skipped"):
        list(read_feed(b"<?xml version='1.0'?><urlset><url><loc>https://a.example</loc></url></urlset>", "a.xml"))


@pytest.mark.parametrize("data", [BOMB, SECRET])
def test_entities_neither_swell_nor_read_files(data: str) -> None:
    for found in read_feed(data.encode(), "a.xml"):
        text = str(found)
        assert len(text) < 10_000 and Path("/etc/hostname").read_text().strip() not in text


def test_entry_that_is_empty_is_told_and_the_next_is_read() -> None:
    feed = RSS.replace("<item><title>Bare</title><link>https://halden.example/bare</link>", "<item><title>Bare</title>")
    *_, last = read_feed(feed.encode(), "a.xml")
    assert isinstance(last, InputError) and str(last).startswith("a.xml:3: no text in it")


def test_half_a_feed_gives_the_entries_that_are_whole() -> None:
    found = list(read_feed(RSS[: RSS.index("<item><title>Teased")].encode(), "a.xml"))
    assert isinstance(found[0], Article) and found[0].title == "Cranes stay broken"
