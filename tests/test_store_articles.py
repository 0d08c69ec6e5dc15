"""Articles: the same text is one article, a changed one at a known address is a version of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import SayingExtractor, saying

from claimtrack.model import Article
from claimtrack.store.articles import comparable_url
from claimtrack.store.copies import Copies
from claimtrack.tracker import Tracker

TEXT = "Ida Brandt said: the cranes work.\n"
CHANGED = "Ida Brandt said: the cranes work again.\n"
URL = "https://courier.example/cranes"


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    with Tracker(tmp_path / "p.db", extractor=SayingExtractor()) as tracker:
        yield tracker


def test_same_text_again_is_known_whatever_its_id_path_and_time(tracker: Tracker) -> None:
    first = saying(TEXT, path="a.txt")
    assert str(tracker.add([first])) == "1 added, 0 known, 0 skipped, 0 failed; 1 claim"
    again = [first, replace(first, id="17", path="b.txt"), replace(first, published=datetime.date(2022, 5, 1))]
    assert str(tracker.add(again)) == "0 added, 3 known, 0 skipped, 0 failed; 0 claims"
    assert len(tracker.claims()) == len(tracker.articles()) == 1


def test_same_text_twice_in_one_run_is_stored_once(tracker: Tracker) -> None:
    summary = tracker.add([saying(TEXT), saying(TEXT, id="17")])
    assert (summary.added, summary.known) == (1, 1)


def test_same_text_elsewhere_is_one_article_that_knows_where_else_it_was(tracker: Tracker) -> None:
    tracker.add([saying(TEXT, outlet="Wire"), saying(TEXT, outlet="Courier", url=URL)])
    tracker.add([saying(TEXT, outlet="Courier", url=URL)])
    (row,) = tracker.article_rows()
    assert row["outlet"] == "Wire"
    tracker.add([saying(TEXT, outlet="Ledger")])
    assert [row["also_published"] for row in tracker.article_rows()] == [2]


@pytest.mark.parametrize("runs", [1, 2])
def test_changed_text_at_a_known_address_is_a_new_version(tracker: Tracker, runs: int) -> None:
    both = [saying(TEXT, url=URL), saying(CHANGED, url="http://www.courier.example/cranes/#top")]
    summaries = [tracker.add(both)] if runs == 1 else [tracker.add([article]) for article in both]
    assert sum(s.added for s in summaries) == 2 and sum(s.versions for s in summaries) == 1
    older, newer = sorted(tracker.article_rows(), key=lambda row: row["version"])
    assert (older["superseded_by"], newer["version"]) == (newer["article_id"], 2)
    assert list(tracker.claims().content_text) == ["the cranes work again."]
    assert len(tracker.claims(superseded=True)) == 2
    assert [article.text for article in tracker.stored_articles()] == [CHANGED]
    assert tracker.stats()["older versions"] == 1
    assert [row["claims"] for row in tracker.speaker_rows()] == [1]


def test_versions_form_one_chain(tracker: Tracker) -> None:
    for number in range(3):
        tracker.add([saying(f"Brandt said: {number} cranes.\n", url=URL)])
    versions = sorted(row["version"] for row in tracker.article_rows())
    assert versions == [1, 2, 3] and list(tracker.claims().content_text) == ["2 cranes."]


def test_known_id_with_another_text_gets_an_id_of_its_own(tracker: Tracker) -> None:
    """Two tables may both number their rows from one."""
    tracker.add([saying(TEXT, id="1"), saying(CHANGED, id="1")])
    ids = [row["article_id"] for row in tracker.article_rows()]
    assert len(set(ids)) == 2 and "1" in ids
    assert tracker.stats()["older versions"] == 0 and len(tracker.claims()) == 2


def test_known_id_and_title_without_address_is_a_new_version(tracker: Tracker) -> None:
    for text in (TEXT, CHANGED, TEXT + CHANGED):
        tracker.add([saying(text, id="1", title="Cranes")])
    assert tracker.stats()["older versions"] == 2
    assert tracker.add([saying(CHANGED, id="1", title="Cranes")]).known == 1


@pytest.mark.parametrize(
    ("url", "comparable"),
    [
        (URL, "//courier.example/cranes"),
        ("HTTP://WWW.Courier.example/cranes/", "//courier.example/cranes"),
        ("https://courier.example/cranes#comments", "//courier.example/cranes"),
        ("https://courier.example/?id=7", "//courier.example?id=7"),
        ("no address", "no address"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_addresses_are_compared_without_what_changes_no_page(url: str, comparable: str) -> None:
    assert comparable_url(url) == comparable


def test_different_queries_are_different_articles(tracker: Tracker) -> None:
    tracker.add([saying(TEXT, url=f"{URL}?id=1"), saying(CHANGED, url=f"{URL}?id=2")])
    assert tracker.stats()["older versions"] == 0


def test_text_that_no_file_can_hold_is_stored_and_recognised(tracker: Tracker) -> None:
    strange = saying("Ida \ud800 said: the cr\udfffnes work.\n", title="\ud800")
    assert (tracker.add([strange]).added, tracker.add([strange]).known) == (1, 1)
    assert list(tracker.claims().content_text) == ["the cr\ufffdnes work."]


class FirstWords:
    """An index for which articles with the same first word are copies."""

    def __init__(self) -> None:
        self.words: dict[str, bytes] = {}

    def add(self, identifier: str, stored: bytes, /) -> list[tuple[str, str, float]]:
        found = [(identifier, other, 0.9) for other, word in self.words.items() if word == stored]
        self.words[identifier] = stored
        return found


def first_word(text: str) -> bytes:
    return text.split()[0].encode()


def copied(path: Path, *articles: Article) -> Tracker:
    tracker = Tracker(path, extractor=SayingExtractor(), copies=Copies(first_word, FirstWords()))
    tracker.add(articles)
    return tracker


def test_near_duplicates_are_linked_also_across_runs(tmp_path: Path) -> None:
    copied(tmp_path / "p.db", saying(TEXT, id="1"), saying("Lund said: no.\n", id="2")).close()
    with copied(tmp_path / "p.db", saying(CHANGED, id="3")) as tracker, tracker.project.reading() as connection:
        assert tracker.stats()["near-duplicate pairs"] == 1
        pairs = connection.exec_driver_sql("SELECT article_a, article_b, similarity FROM duplicates").all()
    assert [tuple(pair) for pair in pairs] == [("1", "3", 0.9)]


def test_new_version_is_no_near_duplicate_of_the_old_one(tmp_path: Path) -> None:
    with copied(tmp_path / "p.db", saying(TEXT, url=URL), saying(CHANGED, url=URL)) as tracker:
        assert tracker.stats()["near-duplicate pairs"] == 0


def test_duplicates_may_be_told_twice_and_in_any_order(tracker: Tracker) -> None:
    tracker.add([saying(TEXT, id="1"), saying("Lund said: no.\n", id="2")])
    tracker.project.add_duplicates([("2", "1", 0.8), ("1", "1", 1.0)])
    tracker.project.add_duplicates([("1", "2", 0.9)])
    assert tracker.stats()["near-duplicate pairs"] == 1
    tracker.project.set_signature("1", b"\x01\x02")
    assert tracker.project.signatures()[0] == ("1", b"\x01\x02")


def test_wire_copy_is_linked_without_asking(tracker: Tracker) -> None:
    report = "".join(
        f"Speaker {n} said: the {n}th crane at Halden was inspected on the {n}th of May.\n" for n in range(9)
    )
    tracker.add([saying(report, id="1", outlet="Wire"), saying(f"By our staff\n\n{report}", id="2", outlet="Courier")])
    assert tracker.stats()["near-duplicate pairs"] == 1 and tracker.stats()["articles"] == 2
