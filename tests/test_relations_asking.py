"""When the entailment model is asked, in which words, and what counts in a story that one article tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from comparing import FakeEncoder, FakeEntails, as_said, numbers, ready
from graphs import relation, said

from claimtrack.evaluation.relations import GoldRelation, compared
from claimtrack.relations.asking import LATER, NEAREST, WEIGHTS, values, worth_asking
from claimtrack.relations.candidates import LAST, Pair
from claimtrack.relations.decision import decide
from claimtrack.relations.prepared import prepare
from claimtrack.relations.reading import MOST, read_as, reading
from claimtrack.relations.relate import Models, relate
from claimtrack.relations.signs import Entailed, Signs
from claimtrack.relations.statements import statements
from claimtrack.relations.weighing import values_against, values_along
from claimtrack.relations.weights import AGAINST, ALONG, Rules

A, B = ready("The siren failed that night."), ready("The siren sounded that night.", "Bo Lind", "2", day=4)
PAIR = Pair(0, 1, 0.5, 0.0, ((0, 0),), 0)
APART = numbers("The plant employs 200 people.", "The plant employs 250 people.")
HEARD_BOTH = Entailed((0.0, 0.95, 0.05), (0.0, 0.9, 0.1))
SAME = numbers("The plant employs 200 people.", "The plant employs 200 people.")


@pytest.mark.parametrize(
    ("pair", "signs", "wanted"),
    [
        ({}, {"inside": True, "conflict": APART}, True),
        ({}, {"inside": True, "negated": True, "likeness": 0.4}, True),
        ({}, {}, True),
        ({}, {"related": NEAREST - 0.01}, False),
        ({}, {"unsure": 1}, False),
        ({"rank": 1}, {}, False),
        ({"rank": 8}, {"inside": True, "conflict": APART}, True),
        ({"rank": 8}, {"inside": True, "conflict": APART, "unsure": 2}, False),
        ({"rank": 8}, {"inside": True, "conflict": APART, "unnamed": 2}, False),
        ({}, {"answer": "denies", "unnamed": 1}, True),
        ({"rank": LAST}, {"bond": "same"}, True),
        ({"rank": LAST}, {"bond": "same", "related": LATER - 0.01}, False),
        ({"rank": LAST}, {"bond": "same", "related": LATER - 0.01, "conflict": APART}, False),
    ],
    ids=["a number speaks", "alike but for a negation", "the nearest", "not near", "not sure",
         "not the nearest", "far, but a number speaks", "the same, not sure",
         "nobody named", "an answer", "one speaker later", "one speaker, another matter", "one speaker, other number"],
)  # fmt: skip
def test_what_is_worth_asking(pair: dict[str, Any], signs: dict[str, Any], wanted: bool) -> None:
    assert worth_asking(replace(PAIR, **pair), Signs(**({"related": 0.5} | signs)), A, B) is wanted


def test_one_speaker_on_one_day_has_not_changed_their_mind() -> None:
    same = Signs(0.9, bond="same")
    assert not worth_asking(replace(PAIR, rank=LAST), same, A, replace(B, day=A.day))


def test_what_says_nothing_by_itself_is_no_question() -> None:
    for words, facts in (("They had not.", {}), ("[Bo Lind denied] the claim.", {"commitment": "denied"})):
        (b,) = prepare([as_said(said("2", "Bo Lind", words), **facts)], {})
        assert not worth_asking(PAIR, Signs(0.9, answer="denies"), A, b)


def test_every_value_of_a_pair_has_a_weight() -> None:
    assert set(values(PAIR, Signs(0.5), A, B)) == set(WEIGHTS)


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
    ("who", "text", "read"),
    [
        ("Ann Roe", "[Roe said] that it failed again. Nobody heard it.", "Ann Roe: It failed again. Nobody heard it."),
        ("Ann Roe", "“It failed.”", "Ann Roe: It failed."),
        (None, "It failed.", "It failed."),
    ],
    ids=["all that is said, without its lead", "no quotation marks", "nobody named"],
)
def test_a_claim_is_read_under_its_speakers_name(who: str | None, text: str, read: str) -> None:
    claim = said("1", who, text)
    assert reading(claim, statements(claim)) == read == ready(text, who).reading


def test_where_two_take_sides_on_one_thing_the_clauses_are_read() -> None:
    entails = FakeEntails(lambda premise, hypothesis: "contradiction")
    far = "Soup was served. The siren had been switched off, and rain fell."
    claims = [said("1", "Ann Roe", far), said("2", "Bo Lind", "The siren sounded.")]
    (found,) = relate(claims, {"1": "t", "2": "t"}, using=Models(FakeEncoder(), entails))
    assert found.kind == "contradicts"
    assert set(entails.asked[0]) == {"Ann Roe: The siren had been switched off.", "Bo Lind: The siren sounded."}


def test_of_a_long_claim_the_beginning_is_read() -> None:
    assert read_as("Roe", "word " * 500).split() == ["Roe:", *["word"] * MOST]


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


@pytest.mark.parametrize(
    ("facts", "alone"),
    [
        ({}, True),
        ({"agreement": 0.7}, False),
        ({"placed": 1}, False),
        ({"named": False}, False),
        ({"agreement": 0.7, "alike": {"working": frozenset({"siren", "plant"})}, "inside": False}, False),
    ],
    ids=["heard of two whose place is known", "heard less", "one without a place", "no name", "one side taken"],
)
def test_in_one_article_two_agree_whose_place_is_known_and_whom_the_model_hears(
    facts: dict[str, Any], alone: bool
) -> None:
    agreed = {
        "agreement": 0.97,
        "agreement_around": 0.97,
        "likeness": 0.3,
        "placed": 2,
        "persons": True,
        "inside": True,
    }
    signs = Signs(**({"related": 0.9, "entailed": HEARD_BOTH} | agreed | facts))
    verdict = decide(replace(signs, alone=True))
    assert (verdict is not None and verdict.kind == "agrees") == alone


def test_where_several_tell_the_story_the_models_word_counts_from_less_and_without_a_negation() -> None:
    signs = Signs(related=0.9, contradiction=0.85, agreement=0.01, contradiction_around=0.9, entailed=HEARD_BOTH)
    verdict = decide(signs)
    assert verdict and verdict.kind == "contradicts"
    for less in ({"contradiction": 0.65}, {"alone": True}, {"alone": True, "contradiction": 0.99, "inside": True}):
        assert decide(replace(signs, **less)) is None
    assert decide(replace(signs, alone=True, contradiction=0.99, inside=True, negated=True))


def test_opposite_words_of_what_the_model_takes_for_two_things_are_no_contradiction() -> None:
    signs = Signs(related=0.9, opposite={"working": frozenset({"siren", "plant"})}, agreement=0.01)
    assert decide(replace(signs, contradiction=0.12))
    assert decide(replace(signs, contradiction=0.02)) is None
    passing = replace(signs, opposite={"free": frozenset({"inmate", "town"})})
    assert decide(replace(passing, contradiction=0.4)) is None and decide(replace(passing, contradiction=0.6))


def test_numbers_that_may_be_of_two_things_contradict_only_where_the_model_hears_it() -> None:
    loose = numbers("One person was shot.", "A dozen people were inside.")
    signs = Signs(related=0.9, conflict=loose)
    assert decide(signs) is None
    heard = decide(replace(signs, contradiction=0.6))
    assert heard and heard.kind == "contradicts"
    beside = decide(replace(signs, beside=True, inside=True))
    assert beside and beside.kind == "contradicts"


def test_what_one_article_has_twice_is_no_agreement() -> None:
    signs = Signs(related=0.9, agreement=0.99, contradiction=0.03, inside=True, persons=True, placed=2)
    assert decide(replace(signs, likeness=0.3)) and decide(replace(signs, likeness=0.6)) is None


SIREN = {"working": frozenset({"siren"})}
HEARD = Signs(related=0.9, contradiction=0.2, agreement=0.9, inside=True)
LOUD = Signs(related=0.9, contradiction=0.95, agreement=0.1)


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        (values_against(replace(LOUD, conflict=APART, rebuttal=True, answer="denies", opposite=SIREN)), AGAINST),
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
