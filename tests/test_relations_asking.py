"""When the entailment model is asked, in which words, and what counts in a story that one article tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from comparing import as_said, numbers, ready
from graphs import relation, said

from claimtrack.evaluation.relations import GoldRelation, compared
from claimtrack.relations.candidates import LAST, Pair
from claimtrack.relations.decision import decide
from claimtrack.relations.relate import FIRST, FIRST_OF_MANY, NEAR, NEAR_ENOUGH, asked_text, worth_asking
from claimtrack.relations.signs import Signs
from claimtrack.relations.statements import statements
from claimtrack.relations.weighing import AGAINST, ALL, ALONG, Rules, Switches, values_against, values_along

A, B = ready("The siren failed that night."), ready("The siren sounded that night.", "Bo Lind", "2", day=4)
PAIR = Pair(0, 1, NEAR, 0.0, ((0, 0),), 0, True)
APART = numbers("The plant employs 200 people.", "The plant employs 250 people.")
SAME = numbers("The plant employs 200 people.", "The plant employs 200 people.")


@pytest.mark.parametrize(
    ("pair", "signs", "switches", "wanted"),
    [
        ({}, {}, ALL, True),
        ({"rank": FIRST}, {}, ALL, False),
        ({"related": NEAR - 0.01}, {}, ALL, False),
        ({}, {"unsure": 1}, ALL, False),
        ({"related": 0.01, "alone": False}, {}, ALL, True),
        ({"alone": False, "rank": FIRST_OF_MANY - 1}, {}, ALL, True),
        ({"related": 0.01, "alone": False, "rank": FIRST}, {}, ALL, False),
        ({"related": NEAR_ENOUGH, "rank": 9}, {"conflict": APART}, ALL, True),
        ({"related": NEAR_ENOUGH - 0.01, "rank": 9}, {"conflict": APART}, ALL, False),
        ({"rank": LAST}, {}, ALL, True),
        ({"rank": LAST, "related": NEAR - 0.01}, {}, ALL, False),
        ({"rank": 9, "related": 0.0}, {}, Switches(blocking=False), True),
    ],
    ids=["nearest", "not the nearest", "not near", "not sure", "several articles", "second there",
         "second there, not near", "a number speaks", "too far for numbers", "one speaker later",
         "one speaker, another matter", "without blocking"],
)  # fmt: skip
def test_what_is_worth_asking(pair: dict[str, Any], signs: dict[str, Any], switches: Switches, wanted: bool) -> None:
    assert worth_asking(replace(PAIR, **pair), Signs(related=0.5, **signs), A, B, switches) is wanted


def test_of_whom_nobody_names_only_what_else_speaks_is_asked_about() -> None:
    nobody = ready("The siren sounded that night.", None, "2", day=4)
    assert not worth_asking(PAIR, Signs(0.5), A, nobody, ALL)
    assert worth_asking(PAIR, Signs(0.5, conflict=APART, inside=True), A, nobody, ALL)
    assert not worth_asking(PAIR, Signs(0.5, conflict=APART), A, nobody, ALL)


def test_one_speaker_on_one_day_has_not_changed_their_mind() -> None:
    assert not worth_asking(replace(PAIR, rank=LAST), Signs(0.5), A, replace(B, day=A.day), ALL)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("[Thule estimated] the flow at 1,400.", "The flow at 1,400."),
        ("[Estmark accused] Varnia of opening the dam.", "Varnia opening the dam."),
        ("[Langtry said] that the gates were shut.", "The gates were shut."),
        ("[Shops do not expect] shortages before July.", "Shops do not expect shortages before July."),
        ("[Delacort ordered] arbitration in the strike.", "Delacort ordered arbitration in the strike."),
        ("[The ministry] had given nine hours' notice.", "The ministry had given nine hours notice."),
        ("[Imre said] so.", "Imre said so."),
        ("The siren failed.", "The siren failed."),
    ],
)
def test_a_lead_that_only_says_who_says_it_is_left_out(text: str, bare: str) -> None:
    (statement,) = statements(said("1", "Ann Roe", text))
    assert statement.bare == bare


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("It failed.", True),
        ("It had been switched off by a tired electrician in March.", False),
        ("The siren of the plant failed on Monday.", False),
    ],
)
def test_a_sentence_is_asked_about_behind_another_if_it_says_little(text: str, behind: bool) -> None:
    one = replace(ready(text), before="They tested the siren.")
    assert asked_text(one, 0) == (f"They tested the siren. {text}" if behind else text)


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"conflict": APART, "contradiction": 0.9}, "contradicts"),
        ({"conflict": APART, "contradiction": 0.2}, None),
        ({"opposite": {"working": frozenset({"siren", "plant"})}, "contradiction": 0.4}, None),
        ({"answer": "denies"}, "contradicts"),
    ],
)
def test_more_is_asked_of_contradictions_in_one_article(facts: dict[str, Any], kind: str | None) -> None:
    many = Signs(related=0.9, inside=True, **facts)
    verdict = decide(replace(many, alone=True))
    assert (verdict.kind if verdict else None) == kind
    found = decide(many)
    assert found and found.kind == "contradicts"


def test_what_one_article_has_twice_is_no_agreement() -> None:
    signs = Signs(related=0.9, agreement=0.97, contradiction=0.01, likeness=0.6)
    assert decide(signs) and decide(replace(signs, inside=True)) is None


SIREN = {"working": frozenset({"siren"})}
HEARD = Signs(related=0.9, contradiction=0.2, agreement=0.3)


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        (values_against(replace(HEARD, conflict=APART, rebuttal=True, answer="denies", opposite=SIREN)), AGAINST),
        (values_along(replace(HEARD, match=SAME, answer="confirms", alike=SIREN)), ALONG),
    ],
    ids=["against", "along"],
)
def test_every_value_has_a_weight(values: Rules, weights: Rules) -> None:
    assert {rule: set(found) for rule, found in values.items()} == {rule: set(row) for rule, row in weights.items()}


def test_a_relation_that_is_right_but_not_wanted_is_no_error() -> None:
    a, b = (as_said(said(n, n, f"Words of {n}.")) for n in "ab")
    gold = [GoldRelation("contradicts", "a", "b", "so too", also=True), GoldRelation("agrees", "a", "b", "wanted")]
    counts = compared([relation("contradicts", a, b)], {"a": "a", "b": "b"}, gold).counts
    assert (counts["contradicts"].also, counts["contradicts"].precision, counts["contradicts"].wanted) == (1, 100.0, 0)
    assert counts["agrees"].recall == 0.0
