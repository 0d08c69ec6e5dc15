"""Whatever bytes a file holds, ``claimtrack track`` tells in a line what became of it and counts it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import SayingExtractor

from claimtrack.cli import main
from claimtrack.ingest.registry import suffixes

COUNT = re.compile(
    r"(\d+) added(?: \(\d+ of them new versions\))?, (\d+) known, (\d+) skipped, (\d+) failed; \d+ claims?"
    r"(?:; \d+ speakers? merged)?"
)

STARTS = {
    ".pdf": b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n", ".html": b"<html><body><article><p>",
    ".htm": b"<!doctype html><title>A</title>", ".xml": b"<?xml version='1.0'?><rss><channel><item><description>",
    ".rss": b"<rss><channel><item><title>A</title>", ".atom": b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    ".jsonl": b'{"text": "Ann said: good.\\n', ".csv": b"text,published,url\nAnn said: good.,", ".txt": b"Ann said: ",
    ".md": b"---\ntitle: A\n", ".markdown": b"# A\n\nAnn said: ",
}  # fmt: skip
"""How each kind of file begins, so that more than its first check is tried."""

ENDS = [b"", b'"}\n{"text": 1}', b"</p></article></body></html>", b"</description></item></channel></rss>", b"\n---\n",
        b"\nAnn said: the cranes at Halden work, as they have for years.\n"]  # fmt: skip

SOME_BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(st.sampled_from("<>&\"'\\{}[],;:#-\n\r\t\0\ufeff\u2028 aé0%")).map(str.encode),
)

Track = Callable[..., Result]


@pytest.fixture
def track(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Track]:
    """Run ``claimtrack track`` in a folder; extraction needs no models."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", lambda nlp, aliases: SayingExtractor())
    yield lambda *args, **kwargs: CliRunner().invoke(main, ["track", *args], prog_name="claimtrack", **kwargs)


def counted(result: Result) -> int:
    """Return how many articles were counted, having seen that the run ended as a program should."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == "" and "Traceback" not in result.stderr
    *told, last = result.stderr.removesuffix("\n").split("\n")
    count = COUNT.fullmatch(last.partition(": ")[2])
    assert count, result.stderr
    assert all(line.startswith(("Error: ", "Notice: ")) for line in told), told
    added, known, skipped, failed = map(int, count.groups())
    assert len(told) == skipped + failed and result.exit_code == (1 if failed else 0)
    return added + known + skipped + failed


def test_every_kind_of_file_has_a_start() -> None:
    assert set(STARTS) == set(suffixes())


@pytest.mark.parametrize("suffix", sorted(STARTS))
@given(inside=SOME_BYTES, begun=st.booleans(), end=st.sampled_from(ENDS))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_any_kind_of_file_are_counted(
    track: Track, tmp_path: Path, suffix: str, inside: bytes, begun: bool, end: bytes
) -> None:
    data = STARTS[suffix] + inside + end if begun else inside
    (tmp_path / f"a{suffix}").write_bytes(data)
    (tmp_path / "z.txt").write_text("Ann said: what comes after is read all the same.\n")
    # A table or a feed may hold no article at all; the text after it is one.
    assert counted(track(f"a{suffix}", "z.txt")) >= 1


@given(data=SOME_BYTES)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_on_standard_input_are_counted(track: Track, data: bytes) -> None:
    assert counted(track("-", input=data)) >= 0


@given(data=SOME_BYTES, begun=st.booleans())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_the_table_beside_articles_are_counted(
    track: Track, tmp_path: Path, data: bytes, begun: bool
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text("Ann said: good.\n")
    (folder / "articles.csv").write_bytes(b"file,outlet,published\na.txt," * begun + data)
    assert counted(track("articles")) >= 1
