"""What speaks for a relation, and what is decided from it: signs made by hand, none of them near a threshold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from comparing import as_said, numbers, ready
from graphs import relation, said
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.relations.candidates import Pair
from claimtrack.relations.decision import decide, has_grown
from claimtrack.relations.echoes import without_echoes
from claimtrack.relations.prepared import Prepared, prepare, words_of
from claimtrack.relations.sides import sides_of
from claimtrack.relations.signs import (
    Entailed,
    Signs,
    figures,
    is_held,
    is_negated,
    likeness,
    logit,
    signs_of,
    with_entailed,
)
from claimtrack.relations.weighing import Switches, either, logistic

NEAR = Signs(related=0.9)
GROWN = numbers("Seven people were injured in the blast.", "Nine people were injured in the blast.")
APART = numbers("The plant employs 200 people.", "The plant employs 250 people.")
SAME = numbers("The plant employs 200 people.", "The plant employs 200 people.")
SIREN = frozenset({"siren", "plant"})
AGAINST: dict[str, Any] = {"contradiction": 0.97, "agreement": 0.01}
HEARD: dict[str, Any] = {"agreement": 0.99, "contradiction": 0.03}
ALONG: dict[str, Any] = HEARD | {"inside": True, "persons": True, "placed": 2}


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({}, None),
        (AGAINST, "contradicts"),
        (AGAINST | {"copies": True}, "contradicts"),
        (AGAINST | {"bond": "siblings"}, "contradicts"),
        (AGAINST | {"bond": "same", "days": 2}, "revises"),
        (AGAINST | {"bond": "body", "days": 2}, "revises"),
        (AGAINST | {"bond": "same"}, None),
        (AGAINST | {"bond": "body"}, None),
        (AGAINST | {"bond": "same", "days": 2, "told_by_others": True}, None),
        (ALONG, "agrees"),
        # Two articles that tell the same mostly have it from one source, and so have people of whom nothing is told.
        (HEARD, None),
        (HEARD | {"inside": True}, None),
        (ALONG | {"guessed": 2}, None),
        (ALONG | {"unnamed": 1}, None),
        (ALONG | {"bond": "siblings"}, None),
        (ALONG | {"copies": True}, None),
        (ALONG | {"bond": "same"}, "repeats"),
        (ALONG | {"bond": "body"}, "repeats"),
        ({"likeness": 0.97, "bond": "same"}, "repeats"),
        ({"likeness": 0.97, "copies": True}, "repeats"),
        ({"likeness": 0.97}, None),
        ({"likeness": 0.97, "held": True} | AGAINST, None),
        ({"likeness": 0.97, "held": True, "negated": True} | AGAINST, "contradicts"),
        ({"likeness": 0.97} | AGAINST, "contradicts"),
        ({"conflict": GROWN, "days": 1}, "updates"),
        ({"conflict": GROWN, "days": 1, "bond": "same"}, "updates"),
        ({"conflict": GROWN, "days": 1} | AGAINST, "updates"),
        ({"conflict": GROWN, "days": 0}, "contradicts"),
        ({"conflict": APART}, "contradicts"),
        ({"conflict": APART, "days": 1}, "contradicts"),
        ({"conflict": APART} | ALONG, "contradicts"),
        ({"conflict": APART, "bond": "same", "days": 1}, "revises"),
        ({"match": SAME}, "agrees"),
        ({"match": SAME, "contradiction": 0.9, "agreement": 0.05}, "agrees"),
        ({"match": SAME, "bond": "same"}, "repeats"),
        ({"match": SAME, "bond": "siblings"}, None),
        ({"opposite": {"working": SIREN}, "contradiction": 0.5}, "contradicts"),
        ({"opposite": {"working": SIREN}, "alike": {"true": SIREN}}, None),
        # One word on the same side is little: the model must hear it, or they share more.
        ({"alike": {"working": SIREN}}, None),
        ({"alike": {"working": SIREN}, "agreement": 0.8}, "agrees"),
        ({"alike": {"working": frozenset({"siren", "hall", "plant"})}, "agreement": 0.6}, "agrees"),
        ({"answer": "denies"}, "contradicts"),
        ({"answer": "confirms"}, "agrees"),
        ({"answer": "confirms", "bond": "body"}, None),
        ({"bond": "same", "denial_repeated": True, "alike": {"working": SIREN}}, "repeats"),
    ],
)
def test_what_is_decided(facts: dict[str, Any], kind: str | None) -> None:
    verdict = decide(replace(NEAR, **facts))
    assert (verdict.kind if verdict else None) == kind
    assert verdict is None or (0.5 <= verdict.score <= 1 and verdict.rules)


@pytest.mark.parametrize(
    ("facts", "off"),
    [
        ({"conflict": APART}, "numbers"),
        ({"match": SAME}, "numbers"),
        ({"conflict": GROWN, "days": 1}, "numbers"),
        ({"opposite": {"working": SIREN}, "contradiction": 0.5}, "polarity"),
        ({"answer": "denies"}, "polarity"),
        (AGAINST, "entailment"),
        (ALONG, "entailment"),
    ],
)
def test_a_part_that_is_switched_off_decides_nothing(facts: dict[str, Any], off: str) -> None:
    assert decide(replace(NEAR, **facts)) is not None
    assert decide(replace(NEAR, **facts), Switches(**{off: False})) is None


def test_doubt_about_who_said_it_lowers_the_score() -> None:
    sure, unsure = (decide(replace(NEAR, **AGAINST, unsure=n)) for n in (0, 1))
    assert sure and (unsure is None or unsure.score < sure.score)


def test_a_figure_grows_only_with_time_and_upwards() -> None:
    assert has_grown(replace(NEAR, conflict=GROWN, days=1))
    assert not has_grown(replace(NEAR, conflict=GROWN, days=0)) and not has_grown(replace(NEAR, conflict=APART, days=1))
    assert not has_grown(replace(NEAR, conflict=replace(GROWN, a=GROWN.b, b=GROWN.a), days=1)) and not has_grown(NEAR)


@given(st.lists(st.floats(0, 1), max_size=5))
def test_signs_add_up_to_a_score(scores: list[float]) -> None:
    assert max(scores, default=0) - 1e-9 <= either(scores) <= 1


@given(st.floats(0, 1))
def test_odds_are_kept_within_bounds(share: float) -> None:
    assert -4.6 < logit(share) < 4.6 and logistic(logit(share)) == pytest.approx(min(max(share, 0.01), 0.99))


PAIR = Pair(0, 1, 0.8, 2.0, ((0, 0),))
FORWARD, BACKWARD = (0.8, 0.1, 0.1), (0.6, 0.3, 0.1)
ENTAILED = Entailed(FORWARD, BACKWARD)


def signs(a: Prepared, b: Prepared, entailed: Entailed | None = ENTAILED) -> Signs:
    """Return the signs of two claims whose nearest sentences are their first."""
    plain = signs_of(PAIR, a, b, sides_of([a.claim, b.claim]), copies=False)
    return with_entailed(plain, a, b, entailed) if entailed else plain


def test_what_one_claim_holds_of_another() -> None:
    short, long = words_of("the siren failed"), words_of("At ten the siren failed again")
    assert is_held(short, long) and is_held(long, short) and is_held(short, short)
    assert not is_held(words_of("the siren sounded"), long) and not is_held(words_of(""), long)


def denial(text: str, who: str = "Ann Roe") -> Prepared:
    """Return a prepared denial."""
    (one,) = prepare([as_said(said("d", who, f"[She denied] that {text}"), commitment="denied")], {})
    return one


def test_entailment_counts_both_ways() -> None:
    found = signs(ready("The siren failed."), ready("The siren sounded.", "Bo Lind", "2", day=4))
    assert found.contradiction == pytest.approx(0.7) and found.agreement == pytest.approx(0.3)
    assert (found.days, found.bond, found.unnamed, found.denial) == (3, "none", 0, False)


def test_a_denial_turns_entailment_round() -> None:
    found = signs(denial("the siren failed."), ready("The siren failed.", "Bo Lind"))
    assert found.contradiction == pytest.approx(0.3) and found.agreement == pytest.approx(0.7) and found.denial


def test_two_denials_do_not() -> None:
    found = signs(denial("the siren failed."), denial("the alarm failed.", "Bo Lind"))
    assert found.contradiction == pytest.approx(0.7) and found.denial_repeated and not found.denial


def test_without_the_model_nothing_is_entailed() -> None:
    found = signs(ready("The siren failed."), ready("The siren sounded.", None), None)
    assert (found.contradiction, found.agreement, found.unnamed) == (0, 0, 1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The siren sounded.", False), ("The siren didn’t sound.", True), ("Nobody heard it.", True),
        ("It is not true that nobody heard it.", False),
    ],
)  # fmt: skip
def test_an_odd_number_of_negations_negates(text: str, wanted: bool) -> None:
    statement = ready(text).statements[0]
    assert is_negated(statement) == wanted and is_negated(replace(statement, denied=True)) != wanted


def test_figures_that_conflict_and_that_match() -> None:
    two, other = ready("The plant employs 200 people."), ready("The plant employs 250 people.", "Bo Lind")
    conflict, match = figures(two, other)
    assert conflict and conflict.conflict and match is None
    assert figures(two, two)[0] is None and figures(two, two)[1]
    assert figures(two, ready("The canteen serves soup.")) == (None, None)


def test_a_number_that_is_denied_conflicts_with_itself() -> None:
    conflict, match = figures(denial("the plant employs 200 people."), ready("The plant employs 200 people."))
    assert conflict and match is None


def test_two_days_are_no_conflict_by_themselves() -> None:
    a, b = ready("The valve broke on 3 March 2024."), ready("The valve broke on 9 March 2024.")
    assert a.quantities and figures(a, b) == (None, None)


def test_likeness_of_words() -> None:
    long = words_of("The siren sounded as soon as the valve broke and we all left at once.")
    part = words_of("as soon as the valve broke, and we all left")
    assert likeness(long, long) == 1 and likeness(long, part) > 0.75
    assert likeness(long, words_of("crane drivers want more money")) < 0.3
    assert likeness(long, words_of("")) == 0


A, B, C = (said(name, name.upper(), f"Words of {name}.") for name in "abc")
ECHO = said("e", "A", "Words of a again.", 9)
REPEATS = replace(relation("repeats", A, ECHO), evidence={"rules": ["words"], "bond": "same"})


def test_what_an_echo_says_again_is_left_out() -> None:
    of_first, of_echo = relation("contradicts", A, B), relation("contradicts", ECHO, B)
    assert without_echoes([REPEATS, of_echo, of_first]) == [REPEATS, of_first]
    assert without_echoes([of_echo, of_first]) == [of_echo, of_first]
    assert without_echoes([]) == []


def test_an_echo_keeps_what_only_it_says_and_what_is_of_another_kind() -> None:
    found = [REPEATS, relation("contradicts", A, B), relation("agrees", ECHO, B), relation("contradicts", ECHO, C)]
    assert without_echoes(found) == found


def test_a_claim_does_not_stand_against_its_echo() -> None:
    assert without_echoes([REPEATS, relation("revises", A, ECHO)]) == [REPEATS]


def test_claims_that_repeat_each_other_come_to_an_end() -> None:
    back = replace(relation("repeats", ECHO, A), evidence=REPEATS.evidence)
    assert without_echoes([REPEATS, back]) == [REPEATS, back]
