"""Addresses are fetched because somebody typed them; a server on this machine plays the web, and plays it badly."""

from __future__ import annotations

import contextlib
import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from pdfs import pdf

from claimtrack.errors import InputError
from claimtrack.ingest import Problem, read_articles
from claimtrack.ingest.fetch import Limits, fetch, is_address, shown
from claimtrack.model import Article

FIRST = "The harbour council said on Monday that the cranes would not be repaired before the end of the year."
SECOND = "“We have no money,” said Ola Ness, the harbour master, who has run the quays since the spring."
PAGE = f"<html><head><title>Cranes</title></head><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
LINKS = (
    "<rss version='2.0'><channel><title>Halden Times</title>"
    "<item><title>A</title><link>{host}/page</link><pubDate>Tue, 04 Mar 2025 23:30:00 GMT</pubDate></item>"
    "<item><title>B</title><link>{host}/missing</link><description>Teaser: she said no.</description></item>"
    "</channel></rss>"
)
HTML = "text/html; charset=utf-8"
QUICK = Limits(wait=0.4, total=2, size=100_000, redirects=3)


class Web(BaseHTTPRequestHandler):
    """Answers each path as the test wants it."""

    stop = threading.Event()

    def do_GET(self) -> None:
        name = self.path.strip("/").split(".")[0]
        getattr(self, f"get_{name}", self.get_missing)()

    def answer(self, body: bytes, kind: str | None, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_missing(self) -> None:
        self.answer(b"", HTML, 404)

    def get_page(self) -> None:
        self.answer(PAGE.encode(), HTML)

    def get_latin(self) -> None:
        self.answer(PAGE.encode("cp1252"), "text/html; charset=windows-1252")

    def get_plain(self) -> None:
        self.answer(FIRST.encode("utf-16-le"), "text/plain; charset=utf-16-le")

    def get_untold(self) -> None:
        self.answer(PAGE.encode(), None)

    def get_table(self) -> None:
        self.answer(f"text,outlet\n{FIRST},Courier\n".encode(), "text/plain")

    def get_report(self) -> None:
        self.answer(pdf([FIRST]), "application/pdf")

    def get_feed(self) -> None:
        host = f"http://{self.headers['Host']}"
        self.answer(LINKS.format(host=host).encode(), "application/rss+xml")

    def get_zipped(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), HTML, Content_Encoding="gzip")

    def get_bomb(self) -> None:
        self.answer(gzip.compress(b" " * 5_000_000), HTML, Content_Encoding="gzip")

    def get_moved(self) -> None:
        self.answer(b"", HTML, 302, Location="/page")

    def get_loop(self) -> None:
        self.answer(b"", HTML, 302, Location="/loop")

    def get_file(self) -> None:
        self.answer(b"", HTML, 302, Location="file:///etc/hostname")

    def get_inside(self) -> None:
        self.answer(b"", HTML, 302, Location=f"http://localhost:{self.server.server_address[1]}/page")

    def get_picture(self) -> None:
        self.answer(b"\x89PNG", "image/png")

    def get_large(self) -> None:
        self.answer(b"", HTML, Content_Length="60000000")

    def get_endless(self) -> None:
        self.answer(b"", HTML)
        while not self.stop.is_set():
            self.wfile.write(b"word and " * 1000)

    def get_silent(self) -> None:
        self.stop.wait(20)

    def get_dripping(self) -> None:
        self.answer(b"", HTML)
        while not self.stop.wait(0.05):
            self.wfile.write(b"w")

    def get_cut(self) -> None:
        self.answer(b"<p>half", HTML, Content_Length="1000")

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # the reader had enough, which is what the tests are about
            super().handle()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Web.stop.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Web.stop.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["page", "latin", "untold", "zipped", "moved"])
def test_page_is_read(web: str, path: str) -> None:
    (found,) = read_articles([f"{web}/{path}"])
    assert isinstance(found, Article) and found.text == f"{FIRST}\n\n{SECOND}"
    assert found.path == f"{web}/{path}" and found.outlet == "127.0.0.1"
    assert found.url == f"{web}/{'page' if path == 'moved' else path}"


@pytest.mark.parametrize("path", ["plain", "table.csv", "report.pdf"])
def test_other_kinds_are_read_by_what_the_server_or_the_address_says(web: str, path: str) -> None:
    (found,) = read_articles([f"{web}/{path}"])
    assert isinstance(found, Article) and found.text == FIRST and found.url == f"{web}/{path}"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing", "the server answered 404 (Not Found); check the address"),
        ("picture", "is image/png; claimtrack reads web pages"),
        ("loop", "redirected more than 3 times"),
        ("file", "leads to file:///etc/hostname; only http and https"),
        ("inside", "leads to localhost in the private network; type that address yourself"),
        ("large", "larger than 0.1 MB"),
        ("endless", "larger than 0.1 MB"),
        ("bomb", "larger than 0.1 MB"),
        ("silent", "no answer within 0.4 seconds; try again later"),
        ("dripping", "not complete within 2 seconds; try again later"),
        ("cut", "the connection broke off; try again later"),
    ],
)
def test_bad_answer_is_told_in_one_line(web: str, path: str, message: str) -> None:
    with pytest.raises(InputError) as told:
        fetch(f"{web}/{path}", QUICK)
    assert str(told.value).startswith(f"{web}/{path}: ") and message in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://127.0.0.1:1/", "cannot be reached; check the address and the network"),
        ("ftp://halden.example/a", "only http and https addresses are fetched"),
        ("file:///etc/hostname", "only http and https addresses are fetched"),
        ("https://", "only http and https addresses are fetched"),
        ("http://[broken", "cannot be fetched"),
        ("http://127.0.0.1:99999/", "check the address"),
        ("http://" + "a" * 70 + ".example/", "check the address"),
    ],
)
def test_bad_address_is_told_in_one_line(web: str, address: str, message: str) -> None:
    (problem,) = read_articles([address])
    assert isinstance(problem, Problem) and message in problem.message and "\n" not in problem.message


def test_certificate_that_cannot_be_trusted_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise requests.exceptions.SSLError("self-signed")

    monkeypatch.setattr(requests.Session, "get", refuse)
    with pytest.raises(InputError, match="its certificate cannot be trusted"):
        fetch("https://halden.example/")


def test_password_in_an_address_is_not_shown(web: str) -> None:
    secret = web.replace("http://", "http://eva:secret@")
    (found,) = read_articles([f"{secret}/page"])
    assert isinstance(found, Article) and "secret" not in f"{found.path} {found.url}"
    (problem,) = read_articles([f"{secret}/missing"])
    assert isinstance(problem, Problem) and "secret" not in problem.message
    assert shown("https://eva:secret@a.example/b?c#d") == "https://a.example/b?c#d"


@pytest.mark.parametrize(
    ("path", "address"), [("https://a", True), ("C:/a.txt", False), ("a.txt", False), ("-", False)]
)
def test_addresses_are_told_from_files(path: str, address: bool) -> None:
    assert is_address(path) is address


def test_links_of_a_feed_are_told_and_nothing_is_fetched(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer: Callable[[Web], None] = Web.do_GET
    monkeypatch.setattr(Web, "do_GET", lambda self: (asked.append(self.path), answer(self))[1])
    notice, teaser = read_articles([f"{web}/feed"])
    assert isinstance(notice, Problem) and notice.skipped and "--follow fetches it" in notice.message
    assert isinstance(teaser, Article) and teaser.text == "Teaser: she said no."
    assert asked == ["/feed"]


def test_links_of_a_feed_are_followed_when_asked(web: str) -> None:
    page, problem, teaser = read_articles([f"{web}/feed"], follow=True)
    assert isinstance(page, Article) and page.text == f"{FIRST}\n\n{SECOND}"
    assert (page.title, page.outlet, str(page.published)) == ("Cranes", "Halden Times", "2025-03-04")
    assert isinstance(problem, Problem) and "answered 404" in problem.message
    assert isinstance(teaser, Article) and teaser.text == "Teaser: she said no."


def test_link_into_the_private_network_is_not_followed(web: str, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(LINKS.format(host=web))
    *_, problem, teaser = read_articles([str(tmp_path / "feed.xml")], follow=True)
    assert isinstance(problem, Problem) and "leads to 127.0.0.1 in the private network" in problem.message
    assert isinstance(teaser, Article)
