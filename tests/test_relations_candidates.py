"""Which claims are compared, which side of a matter sentences take, and what answers what."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy
import pytest
from comparing import FakeEncoder, as_said, ready
from graphs import said
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.model import Article, Attribution, Claim, Span
from claimtrack.relations.answers import answer
from claimtrack.relations.candidates import (
    LEAST,
    NEIGHBOURS,
    candidates,
    comparable,
    nearest_sentences,
    ordered,
    related,
    told_by_several,
)
from claimtrack.relations.facing import sides_between
from claimtrack.relations.opposites import Side, opposed, sides_taken
from claimtrack.relations.prepared import Prepared, embedded, prepare
from claimtrack.relations.statements import Statement, statements


def pairs(claims: list[Claim], topics: Mapping[str, str], words: tuple[str, ...] = (), **facts: Any) -> set[str]:
    """Return the pairs of claims that are compared, "1-2" if 1 comes first."""
    prepared = prepare(claims, topics)
    found = candidates(prepared, *embedded(prepared, FakeEncoder(words)), **facts)
    return {f"{prepared[p.a].claim.id}-{prepared[p.b].claim.id}" for p in found}


CLAIMS = [
    said("1", "Ann Roe", "The siren failed that night.", 1),
    said("2", "Bo Lind", "The siren sounded that night.", 2),
    said("3", "Cy Moe", "Crane drivers walked out at dawn.", 3),
]
ONE = dict.fromkeys("123", "t")


@pytest.mark.parametrize(
    ("topics", "words", "facts", "wanted"),
    [
        (ONE, (), {}, {"1-2", "1-3", "2-3"}),
        (ONE, ("Crane",), {}, {"1-2"}),
        ({"1": "t", "2": "t", "3": "u"}, (), {}, {"1-2"}),
        ({"1": "t", "2": "t", "3": "u"}, (), {"stories": {"t": "s", "u": "s"}}, {"1-2", "1-3", "2-3"}),
        ({"1": "t", "3": "u"}, (), {"stories": {"t": "s", "u": "r"}}, set()),
        ({}, (), {}, set()),
        (ONE, (), {"fresh": {"3"}}, {"1-3", "2-3"}),
        (ONE, (), {"fresh": set()}, set()),
    ],
    ids=["one topic", "another matter", "another topic", "one story", "two stories", "none", "fresh", "nothing fresh"],
)
def test_pairs_of_a_story(
    topics: dict[str, str], words: tuple[str, ...], facts: dict[str, Any], wanted: set[str]
) -> None:
    assert pairs(CLAIMS, topics, words, **facts) == wanted


def test_the_earlier_claim_comes_first_whatever_the_order_of_the_list() -> None:
    assert pairs(CLAIMS[::-1], ONE) == pairs(CLAIMS, ONE)
    prepared = prepare([replace(claim, said_on=None) for claim in CLAIMS[:2]], ONE)
    assert ordered(1, 0, prepared) == ordered(0, 1, prepared) == (0, 1)


def test_far_claims_that_stand_side_by_side_are_compared() -> None:
    beside = [replace(claim, article=replace(claim.article, id="one")) for claim in CLAIMS]
    assert "2-3" in pairs(beside, ONE, ("Crane",)) and "2-3" not in pairs(CLAIMS, ONE, ("Crane",))


def test_in_a_large_story_only_neighbours_are_compared() -> None:
    many = [said(str(n), f"Speaker {n}", f"Siren {n} failed.", 1) for n in range(40)]
    found = pairs(many, {claim.id: "t" for claim in many})
    assert 40 * NEIGHBOURS / 2 - 40 <= len(found) <= 40 * NEIGHBOURS < 40 * 39 / 2


def test_in_a_large_story_those_who_take_sides_on_one_thing_are_compared() -> None:
    near = [said(str(n), f"Speaker {n}", f"Siren {n} failed.", 1) for n in range(40)]
    facing = [said("a", "Ann Roe", "The pump sounded."), said("b", "Bo Lind", "Lind had the pump isolated.")]
    topics = {claim.id: "t" for claim in [*near, *facing]}
    assert "a-b" in pairs([*near, *facing], topics)
    assert "a-b" not in pairs([*near, facing[0], said("b", "Bo Lind", "The kettle was isolated.")], topics)


def test_a_claim_is_not_compared_with_what_holds_it() -> None:
    outer, inner = said("1", "Ann Roe", "Lind said it failed.", article="a"), said("2", "Bo Lind", "It failed.")
    inner = replace(inner, article=outer.article, via="1")
    assert pairs([outer, inner], ONE) == set()


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        (({}, {}), True),
        (({"commitment": "predicted"}, {}), False),
        (({"commitment": "predicted"}, {"commitment": "predicted"}), True),
        (({"commitment": "predicted"}, {"attitude": "belief"}), True),
    ],
)
def test_predictions_are_compared_with_expectations(facts: tuple[dict[str, Any], ...], wanted: bool) -> None:
    claims = [as_said(claim, **own) for claim, own in zip(CLAIMS[:2], facts, strict=True)]
    assert comparable(*prepare(claims, ONE)) == wanted


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ([1], False),
        ([1, 8], True),
        ([1, 9], False),
        ([1, None], False),
        ([None, None], True),
        ([None], False),
        ([1, 30, None], True),
    ],
)
def test_a_story_is_told_by_three_or_by_two_of_one_week(days: list[int | None], wanted: bool) -> None:
    published = [datetime.date(2024, 3, day) if day else None for day in days]
    articles = [Article(str(i), "Words.", published=day) for i, day in enumerate(published)]
    assert told_by_several(articles) == wanted


unit = st.floats(-1, 1)


@given(unit, unit, unit, st.floats(0, 40))
def test_relatedness_is_a_share_and_rises_with_nearness(own: float, around: float, near: float, shared: float) -> None:
    found = related(own, around, near, shared)
    assert 0 < found < 1
    assert found <= related(min(1, own + 0.1), around, near, shared)
    assert found <= related(own, around, near, shared + 1)


def test_what_has_nothing_in_common_is_not_compared() -> None:
    assert related(0, 0, 0, 0) < LEAST < related(1, 1, 1, 0)


def test_nearest_sentences_come_first() -> None:
    a, b = numpy.eye(3, dtype=numpy.float32), numpy.array([[0, 0.8, 0.6], [0, 0, 1]], dtype=numpy.float32)
    assert nearest_sentences(a, b) == ((2, 1), (1, 0))
    assert nearest_sentences(a[:1], b[:1]) == ((0, 0),)


def sentence(text: str, denied: bool = False) -> Statement:
    """Return one sentence of a claim."""
    return replace(statements(said("1", "Ann Roe", text))[0], denied=denied)


@pytest.mark.parametrize(
    ("text", "denied", "wanted"),
    [
        ("The siren sounded at nine.", False, 1),
        ("The siren had been switched off.", False, -1),
        ("The siren never sounded.", False, -1),
        ("The siren was not switched off.", False, 1),
        ("Nobody said that the siren had not been switched off.", False, -1),
        ("The siren had been switched off.", True, 1),
        ("The siren will be switched off.", False, None),
        ("The siren sounded, but later it was switched off.", False, None),
        ("The canteen serves soup.", False, None),
        ("Roe did not rule out that the siren had been switched off.", False, None),
        ("Lind denied that the siren had been switched off.", False, None),
        ("Roe has not said who he thinks had it switched off.", False, None),
        ("Two roofers worked above the siren.", False, None),
        ("Lind was told that the siren had been switched off.", False, None),
        ("There was no moment at which the siren was not live.", False, 1),
        ("The siren was not live.", False, -1),
        ("Sirens live long.", False, None),
        ("The crew works to have the siren switched on.", False, 1),
        ("The crew works to silence the siren.", False, None),
        ("It is likely that the siren was switched off.", False, None),
        ("The siren had likely been switched off.", False, -1),
    ],
)
def test_sides_of_whether_it_worked(text: str, denied: bool, wanted: int | None) -> None:
    taken = sides_taken(sentence(text, denied)).get("working")
    assert (taken.side if taken else None) == wanted


def test_a_side_is_taken_of_something_also_of_the_sentence_before() -> None:
    assert sides_taken(sentence("The kettle was switched off."))["working"].about == {"kettl"}
    assert not sides_taken(sentence("One person was hurt on Friday."))["unhurt"].about
    leaning = sides_taken(sentence("It was switched off."), "Brandt spoke of the kettle.")["working"]
    assert "kettl" in leaning.about


def test_opposed_are_those_who_take_two_sides_of_one_thing() -> None:
    siren, crane = frozenset({"siren"}), frozenset({"crane"})
    a = {"working": Side(1, siren, "", siren), "true": Side(1, crane), "open": Side(1, siren)}
    b = {"working": Side(-1, siren | crane, "", siren | crane), "true": Side(1, siren), "safe": Side(1, siren)}
    assert opposed(a, b) == ({"working": siren}, {"true": frozenset()})
    assert opposed(a, {}) == ({}, {})


def test_who_speaks_is_not_what_opposite_sides_are_taken_of() -> None:
    a, b = sentence("[Police said] that the gate was opened."), sentence("[Police said] that the shop was closed.")
    assert opposed(sides_taken(a), sides_taken(b))[0] == {"open": frozenset()}
    assert opposed(sides_taken(a), sides_taken(sentence("The gate was closed.")))[0] == {"open": {"gate"}}


@pytest.mark.parametrize(
    "text", ["A man opened fire at the gate.", "The riot squad stood at the gate.", "He is on injured reserve."]
)
def test_phrases_that_take_no_side(text: str) -> None:
    assert not sides_taken(sentence(text))


def test_a_town_is_damaged_and_a_person_is_hurt() -> None:
    hurt, damaged = sentence("Nobody was hurt in the fire."), sentence("The fire damaged the hall.")
    assert opposed(sides_taken(hurt), sides_taken(damaged)) == ({}, {})


def test_sides_are_taken_in_any_sentence_if_of_one_thing() -> None:
    a = ready("Soup was served. The siren had been switched off, Lind heard. The bridge was shut.")
    b = ready("The siren sounded. The road was open.", "Bo Lind", "2")
    opposite, alike, at, clauses = sides_between(a, b, [(0, 1)])
    assert (opposite, alike, at) == ({"working": {"alarm"}}, {}, (1, 0))
    assert clauses == ("The siren had been switched off", "The siren sounded")
    assert sides_between(a, b, [(2, 1)])[0].keys() == {"working", "open"}
    assert sides_between(a, ready("Soup was served."), [(0, 0)]) == ({}, {}, None, None)


def test_what_is_called_true_or_false_is_no_side_of_a_matter() -> None:
    a, b = ready("The report on the siren is true."), ready("The report on the siren is false.", "Bo Lind", "2")
    assert sides_between(a, b, [(0, 0)]) == ({}, {}, None, None)


def dialogue(first: str, second: str, gap: str = " ", **facts: Any) -> tuple[Prepared, Prepared]:
    """Return two claims that follow each other in one article."""
    text = f"{first}{gap}{second}"
    article = Article("a", text)
    start = len(first) + len(gap)
    a = Claim("1", article, Attribution((), (Span(0, len(first)),)), proposition=first)
    b = Claim("2", article, Attribution((), (Span(start, len(text)),), **facts), proposition=second)
    one, other = prepare([a, b], {})
    return one, other


SAID = "The siren had been switched off."
FAR = "\n\nRain fell.\n\nMore fell.\n\n"


@pytest.mark.parametrize(
    ("pair", "wanted"),
    [
        (dialogue(SAID, "It had not."), "denies"),
        (dialogue(SAID, "It hadn't."), "denies"),
        (dialogue(SAID, "It had."), "confirms"),
        (dialogue("The siren had not been switched off.", "It had."), "denies"),
        (dialogue("The siren had not been switched off.", "It had not."), "confirms"),
        (dialogue(SAID, "[Lind denied] it.", commitment="denied"), "denies"),
        (dialogue(SAID, "[Lind denied] the claim.", commitment="denied"), "denies"),
        (dialogue(SAID, "[Lind rejected] those false allegations.", commitment="denied"), "denies"),
        (dialogue(SAID, "[Lind dismissed] Roe's claim as a fairy tale.", commitment="denied"), "denies"),
        (dialogue(SAID, "[Lind denied] the claim that it was off.", commitment="denied"), ""),
        (dialogue(SAID, "There was no such order.", commitment="denied"), "denies"),
        (dialogue(SAID, "No such thing happened."), "denies"),
        (dialogue(SAID, "Lind called that a lie."), "denies"),
        (dialogue(SAID, "Lind confirmed the report.", commitment="factive"), "confirms"),
        (dialogue(SAID, "Lind confirmed the report."), ""),
        (dialogue(SAID, "The canteen serves soup."), ""),
        (dialogue(SAID, "It had not. We heard it."), ""),
        (dialogue(SAID, "It had not.", FAR), ""),
        (dialogue(SAID, "It had not.", "\n\n"), "denies"),
        (dialogue(SAID, "It had not.", " Was it on? "), ""),
        (dialogue("Lind expected a siren.", "There was no such order.", commitment="denied"), ""),
    ],
)
def test_answers(pair: tuple[Prepared, Prepared], wanted: str) -> None:
    assert answer(*pair) == wanted


def test_nothing_answers_what_stands_behind_it_or_elsewhere() -> None:
    one, other = dialogue(SAID, "It had not.")
    assert answer(other, one) == ""
    assert answer(one, ready("It had not.", id_="9")) == ""
