"""Copies of an article are found, whether edited, cut, or printed inside a longer one; other articles are not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.ingest.duplicates import PERMUTATIONS, SHARED, SHINGLE, Copy, CopyIndex, duplicates, signature


def words(seed: int, count: int) -> list[str]:
    """Words that no two seeds share in runs of five."""
    choose = random.Random(seed)
    return [f"{choose.choice('bdfgklmnprstvz')}{choose.choice('aeiou')}{choose.randrange(200)}" for _ in range(count)]


def edited(text: list[str], every: int) -> list[str]:
    return ["edited" if place % every == every - 1 else word for place, word in enumerate(text)]


WIRE = words(1, 300)
OWN = words(2, 900)

CASES = [
    ("the same", WIRE, WIRE, 1.0),
    ("other case and punctuation", WIRE, [f"{word.upper()}," for word in WIRE], 1.0),
    ("one word in twenty edited", WIRE, edited(WIRE, 20), 0.76),
    ("cut to the first half", WIRE, WIRE[:150], 1.0),
    ("inside an article four times as long", WIRE, OWN[:400] + WIRE + OWN[400:], 1.0),
    ("edited, inside a longer one", edited(WIRE, 20), OWN[:400] + WIRE + OWN[400:], 0.76),
    ("a short report inside a long article", WIRE[:60], OWN[:200] + WIRE[:60] + OWN[200:], 1.0),
]
APART = [
    ("another article", WIRE, OWN),
    ("one long quotation in common", WIRE[:200], OWN[:200] + WIRE[:100]),
    ("one word in five edited", WIRE, edited(WIRE, 5)),
    ("one sentence in a short report", [*WIRE[: SHARED + SHINGLE - 2], "x"], WIRE[: SHARED + SHINGLE - 2] + OWN),
    ("nothing", [], []),
    ("nothing and something", [], WIRE),
]


@pytest.mark.parametrize(("a", "b", "least"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_copy_is_found(a: list[str], b: list[str], least: float) -> None:
    (copy,) = duplicates([("a", " ".join(a)), ("b", " ".join(b))])
    assert {copy.a, copy.b} == {"a", "b"} and least - 0.01 <= copy.similarity <= least + 0.05


@pytest.mark.parametrize(("a", "b"), [case[1:] for case in APART], ids=[case[0] for case in APART])
def test_what_is_no_copy_is_not_linked(a: list[str], b: list[str]) -> None:
    assert duplicates([("a", " ".join(a)), ("b", " ".join(b))]) == []


def test_link_leads_from_the_shorter_to_the_longer_whichever_came_first() -> None:
    long, short = ("long", " ".join(OWN + WIRE)), ("short", " ".join(WIRE))
    assert duplicates([long, short]) == duplicates([short, long]) == [Copy("short", "long", 1.0)]


def test_index_finds_what_earlier_runs_have_stored() -> None:
    stored = {name: signature(" ".join(text)) for name, text in (("wire", WIRE), ("own", OWN))}
    index = CopyIndex()
    assert [index.add(name, data) for name, data in stored.items()] == [[], []]
    assert index.add("new", signature(" ".join(WIRE[:200] + OWN[:50]))) == [Copy("new", "wire", 0.7967)]
    assert len(index) == 3


def test_index_grows_beyond_its_first_room() -> None:
    index = CopyIndex()
    for number in range(200):
        assert index.add(str(number), signature(" ".join(words(number + 10, 60)))) == []
    assert [copy.b for copy in index.add("new", signature(" ".join(words(150, 60))))] == ["140"]


def test_closest_copy_comes_first() -> None:
    articles = [("half", " ".join(WIRE[:220] + OWN[:100])), ("whole", " ".join(WIRE)), ("new", " ".join(WIRE))]
    assert [copy.similarity for copy in duplicates(articles)[1:]] == sorted(
        (copy.similarity for copy in duplicates(articles)[1:]), reverse=True
    )


def test_signature_stays_the_same_from_release_to_release() -> None:
    # Projects keep signatures: when this fails, raise the version byte so that they are made anew.
    data = signature("One two three, four five. Six seven eight nine ten!")
    assert len(data) == 1 + 4 * PERMUTATIONS + 4 * 6
    assert data[:9].hex() == "013f97d03021cfb431" and data[-4:].hex() == "37d19df9"


@pytest.mark.parametrize("stored", [b"", b"\x01", b"\x01" + b"\0" * 7, b"\x02" + b"\0" * 600, b"pickle" * 200])
def test_bytes_that_are_no_signature_are_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="make it anew from the text"):
        CopyIndex().add("a", stored)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=6))
def test_any_texts_can_be_compared(texts: list[str]) -> None:
    for copy in duplicates((str(place), text) for place, text in enumerate(texts)):
        assert copy.a != copy.b and 0.6 <= copy.similarity <= 1
