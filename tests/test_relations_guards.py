"""What must not be taken for agreement or contradiction, and what must be told apart from them: one case a guard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from comparing import SURE_OF, as_said, kinds, related
from graphs import person, said

from claimtrack.model import Attribution, Claim, Relation, Span, Speaker, speaker_id

ANN, BO = "Ann Roe", "Bo Lind"
PLANT = Speaker(speaker_id("Halden Chemicals"), "Halden Chemicals", "organisation")
CHIEF, CLERK = person("Ida Brandt", "Halden Chemicals"), person("Jo Ek", "Halden Chemicals")
NURSE, DOCKER = person(ANN, role="nurse"), person(BO, role="docker")
EVERY = tuple(SURE_OF)
Pair = tuple[Claim, Claim]


def between(found: list[Relation], a: str, b: str) -> list[Relation]:
    """Return the relations of two claims."""
    return [relation for relation in found if {relation.a.id, relation.b.id} == {a, b}]


@dataclass(frozen=True)
class Guard:
    """Two claims, and which relations they may have; ``says`` is what the entailment model answers, tried in turn."""

    of: str
    a: Claim
    b: Claim
    wanted: tuple[str, ...] = ()
    says: tuple[str, ...] = EVERY
    facts: Mapping[str, Any] = field(default_factory=dict)
    misses: str = ""


def two(a: str, b: str, who: tuple[Any, Any] = (ANN, BO), days: tuple[int | None, int | None] = (1, 1)) -> Pair:
    """Return two claims in two articles."""
    return said("1", who[0], a, days[0]), said("2", who[1], b, days[1])


def in_one_article(a: Claim, b: Claim) -> Pair:
    """Return two claims in two paragraphs of one article."""
    start = len(a.article.text) + 2
    article = replace(a.article, id="a", text=f"{a.article.text}\n\n{b.article.text}")
    cue, content = (
        tuple(Span(span.start + start, span.end + start) for span in spans)
        for spans in (b.attribution.cue, b.attribution.content)
    )
    moved = replace(b.attribution, cue=cue, content=content)
    return replace(a, article=article), replace(b, article=article, attribution=moved)


def beside(a: str, b: str) -> Pair:
    """Return two claims in one article, by two people of whom it tells who they are."""
    return in_one_article(said("1", NURSE, a), said("2", DOCKER, b))


def denied(id_: str, who: Speaker | str, what: str, **facts: Any) -> Claim:
    """Return a claim that denies something."""
    name = who if isinstance(who, str) else who.name
    return as_said(said(id_, who, f"[{name} denied] that {what}", **facts), commitment="denied")


def headline(claim: Claim) -> Claim:
    """Return a claim that stands in the headline of its article."""
    title = claim.proposition or claim.content_text
    article = replace(claim.article, title=title, text=f"{title}\n\nThe plant stands by the river.")
    return replace(claim, article=article, attribution=Attribution((Span(0, 3),), (Span(0, len(title)),)))


SIREN, SILENT = "The siren sounded as soon as the valve broke", "The siren stayed silent that night."
UNHURT = "Eleven workers came off the shift unhurt.", "All eleven men and women of the shift are unhurt."
INJURED = "Seven people were injured in the blast.", "The blast has now injured nine people, and we go on searching."
OFF, IT_WAS_OFF = (f"{the} siren in the loading hall had been switched off that night." for the in ("The", "the"))
FAILED, IT_FAILED = "The siren failed that night.", "the siren failed that night."
CHLORINE = "The plant released {} of chlorine."


def figures(a: str, b: str) -> Pair:
    """Return two claims about one release."""
    return two(CHLORINE.format(a), CHLORINE.format(b))


NEUTRAL = ("neutral",)
GUARDS = (
    Guard("one matter, opposite words", *two(SIREN, SILENT), ("contradicts",), ("contradiction",)),
    Guard("one matter, like words", *beside(*UNHURT), ("agrees",), ("entailment",)),
    Guard("different events", *two("The blast in Halden injured 14 people.", "The crash in Velm injured 30 people."),
          facts={"apart": ("Halden", "Velm")}),
    Guard("different things counted", *two("The blast injured 14 people.", "The union says 30 cranes stand still."),
          says=NEUTRAL),
    Guard("a figure that grows", *two(*INJURED, days=(1, 2)), ("updates",)),
    Guard("a figure that grows, one speaker", *two(*INJURED, (ANN, ANN), (1, 2)), ("updates",)),
    Guard("a figure that grows, one speaker, nearly the same words",
          *two("Seven people were injured in the blast.", "Nine people were injured in the blast.", (ANN, ANN), (1, 2)),
          ("updates",)),
    Guard("two figures of one day", *two(*INJURED), ("contradicts",), NEUTRAL),
    Guard("a figure that shrinks", *two(INJURED[1], INJURED[0], days=(1, 2)), ("contradicts",), NEUTRAL),
    Guard("the same speaker later", *two(SIREN, SILENT, (ANN, ANN), (1, 3)), ("revises",), ("contradiction",)),
    Guard("the same speaker on the same day", *two(SIREN, SILENT, (ANN, ANN)), (), ("contradiction", "neutral")),
    Guard("the same speaker later, a negation put in",
          *two("The siren sounded that night.", "The siren never sounded that night.", (ANN, ANN), (1, 3)),
          ("revises",), ("contradiction",)),
    Guard("at least", *figures("at least 200 kilograms", "240 kilograms"), ("agrees",), NEUTRAL),
    Guard("more than", *figures("more than 200 kilograms", "150 kilograms"), ("contradicts",), NEUTRAL),
    Guard("about", *figures("about 200 kilograms", "204 kilograms"), ("agrees",), NEUTRAL),
    Guard("within a range", *figures("between 200 and 300 kilograms", "250 kilograms"), ("agrees",), NEUTRAL),
    Guard("out of a range", *figures("between 200 and 300 kilograms", "400 kilograms"), ("contradicts",), NEUTRAL),
    Guard("another unit", *figures("200 kilograms", "0.2 tonnes"), ("agrees",), NEUTRAL),
    Guard("another currency", *two("The repair cost 5 million dollars.", "The repair cost 7 million euros."),
          says=NEUTRAL),
    Guard("one more of something", *two("Roe will not name a second inquiry.", "The town needs a second inquiry."),
          says=NEUTRAL),
    Guard("scope", *two("No civilians crossed the bridge.", "No children crossed the bridge."), says=NEUTRAL),
    Guard("a denial of what another says", denied("1", ANN, IT_FAILED),
          said("2", BO, FAILED), ("contradicts",), ("entailment",)),
    Guard("two denials of one thing", *in_one_article(
          denied("1", NURSE, IT_FAILED), denied("2", DOCKER, "nobody could have heard that siren.")),
          ("agrees",), ("entailment",)),
    Guard("a refusal to say", as_said(said("1", ANN, "[Roe refused to say] whether the siren had failed."),
          commitment="declined"), said("2", BO, FAILED)),
    Guard("did not rule out", as_said(said("1", ANN, f"[Roe did not rule out] that {IT_WAS_OFF}"),
          commitment="hedged"), said("2", BO, OFF), says=NEUTRAL),
    Guard("one quotation translated twice", *two(*UNHURT, (ANN, ANN)), ("repeats",), ("entailment",)),
    Guard("ellipses and brackets", *two("The siren sounded at once, all of us heard it, and nobody was hurt.",
          "The siren sounded at once … and nobody [at the plant] was hurt.", (ANN, ANN)), ("repeats",)),
    Guard("wire copy", *two(SIREN, SIREN), ("repeats",), facts={"copies": {"a2": "a1"}}),
    Guard("the same words of one speaker", *two(SIREN, SIREN, (ANN, ANN), (1, 3)), ("repeats",)),
    Guard("an unnamed source is no witness", *two(*UNHURT, (None, BO)), (), ("entailment", "neutral")),
    Guard("a question by its cue", as_said(said("1", ANN, SIREN), attitude="question"), said("2", BO, SILENT)),
    Guard("a question by its mark", *two("Did the siren sound when the valve broke?", SILENT)),
    Guard("a condition", *two("If the siren sounded that night, we left at once.", SILENT)),
    Guard("a promise", as_said(said("1", ANN, SIREN), commitment="promised"), said("2", BO, SILENT)),
    Guard("a demand", as_said(said("1", ANN, SIREN), commitment="demanded"), said("2", BO, SILENT)),
    Guard("a prediction", as_said(said("1", ANN, SIREN), commitment="predicted"), said("2", BO, SILENT)),
    Guard("a headline", headline(said("1", ANN, SIREN)), said("2", BO, SILENT)),
)  # fmt: skip


def cases() -> list[Any]:
    """Return a case for each guard; one that does not hold yet is expected to fail, and to be told when it holds."""
    return [
        pytest.param(g, id=g.of, marks=[pytest.mark.xfail(strict=True, reason=g.misses)] if g.misses else [])
        for g in GUARDS
    ]


@pytest.mark.parametrize("guard", cases())
def test_guard(guard: Guard) -> None:
    for says in guard.says:
        found = related(guard.a, guard.b, says=says, **guard.facts)
        assert kinds(between(found, "1", "2")) == sorted(guard.wanted), says


@pytest.mark.parametrize("says", EVERY)
@pytest.mark.parametrize(
    "who", [(PLANT, CHIEF), (CHIEF, PLANT), (CLERK, CHIEF)], ids=["body", "the other way round", "two of one body"]
)
def test_one_side_is_not_its_own_witness(who: tuple[Speaker, Speaker], says: str) -> None:
    assert "agrees" not in kinds(related(*two(*UNHURT, who), says=says))


def test_a_body_and_its_spokesman_on_one_day_contradict_each_other_in_nothing() -> None:
    assert between(related(*two(SIREN, SILENT, (PLANT, CHIEF)), says="contradiction"), "1", "2") == []


@pytest.mark.parametrize("says", EVERY)
def test_percent_and_percentage_points_are_two_things(says: str) -> None:
    found = related(*two("The rate rose by 2 percent.", "The rate rose by 3 percentage points."), says=says)
    assert not [r for r in between(found, "1", "2") if "numbers" in r.evidence["rules"]]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Our siren may have sounded when the valve broke.", 'hedges ("may")'),
        ("The siren likely sounded when the valve broke.", 'hedges ("likely")'),
        ("Most of the sirens sounded when the valve broke.", 'hedges ("most of")'),
    ],
)
def test_a_hedge_is_named_in_the_reason(text: str, named: str) -> None:
    (found,) = between(related(*two(text, SILENT), says="contradiction"), "1", "2")
    assert f"Ann Roe {named}" in found.reason and "Bo Lind hedges" not in found.reason


def embedded() -> tuple[Claim, Claim, Claim]:
    """Return "Roe said Lind denied that the siren was off", the denial in it, and somebody else's "it was off"."""
    text = f"Lind denied that {IT_WAS_OFF}"
    inner = denied("y", BO, IT_WAS_OFF, article="ax", via="x")
    return said("x", ANN, text, article="ax"), inner, said("p", "Cy Moe", OFF)


@pytest.mark.parametrize("says", EVERY)
def test_who_reports_a_denial_neither_agrees_nor_disagrees_with_it(says: str) -> None:
    assert between(related(*embedded(), says=says), "x", "y") == []


def test_whose_denial_is_reported_stands_against_what_is_denied() -> None:
    assert kinds(between(related(*embedded(), says="entailment"), "y", "p")) == ["contradicts"]


def test_who_reports_a_denial_takes_no_side() -> None:
    for says in EVERY:
        assert between(related(*embedded(), says=says), "x", "p") == []


def test_no_claim_is_related_to_itself() -> None:
    assert [r for r in related(*two(SIREN, SILENT), says="entailment") if r.a.id == r.b.id] == []
