"""Why a relation was drawn, in words and as values; and relating from end to end with models that are told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from comparing import FakeEncoder, FakeEntails, as_said, kinds, numbers, ready, related
from graphs import said

from claimtrack import Tracker
from claimtrack.model import relation_id
from claimtrack.relations.decision import Verdict
from claimtrack.relations.figures import figures
from claimtrack.relations.prepared import Prepared, prepare
from claimtrack.relations.reasons import LONGEST, evidence_of, reason_of
from claimtrack.relations.relate import Models, relate
from claimtrack.relations.signs import Entailed, Signs
from claimtrack.relations.weighing import Switches

FIRST, SECOND = ready("The siren failed.", day=3), ready("The siren sounded.", "Bo Lind", "2", day=4)
ENTAILED = Entailed((0.8, 0.1, 0.1), (0.6, 0.3, 0.1))
SIGNS = Signs(0.9, contradiction=0.7, days=1, entailed=ENTAILED)
VERDICT = Verdict("contradicts", 0.9, ("entailment",))
COUNTED = numbers("The plant employs 200 people.", "The plant employs 250 people.")


def reason(a: Prepared = FIRST, b: Prepared = SECOND, verdict: Verdict = VERDICT, **facts: Any) -> str:
    """Return the reason that signs with some facts give."""
    return reason_of(a, b, replace(SIGNS, **facts), verdict)


def test_a_reason_tells_who_says_what_and_when() -> None:
    assert reason() == "Ann Roe: The siren failed; Bo Lind: The siren sounded; 3 March and 4 March 2024"


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"days": 0}, "same day"),
        ({"negated": True}, "one says that it is so, the other that it is not"),
        ({"a": ready("The siren failed.", None)}, "source not named: The siren failed"),
        ({"a": ready("Perhaps the siren failed.")}, 'Ann Roe hedges ("perhaps")'),
        ({"verdict": Verdict("repeats", 0.9, ("words",)), "likeness": 1.0}, "the same words: one witness"),
        ({"verdict": Verdict("repeats", 0.9, ("words",)), "likeness": 0.8}, "nearly the same words: one witness"),
        ({"verdict": Verdict("contradicts", 0.9, ("numbers",)), "conflict": COUNTED,
          "a": ready("Rain fell all day. The plant employs 200 people."),
          "b": ready("The plant employs 250 people.", "Bo Lind")}, COUNTED.words),
    ],
)  # fmt: skip
def test_a_reason_names_what_decides(facts: dict[str, Any], part: str) -> None:
    assert part in reason(**facts).split("; ") or f"; {part};" in f"; {reason(**facts)};"


def test_of_several_sentences_the_one_with_the_number_is_shown() -> None:
    a, b = ready("Rain fell all day. The plant employs 200 people."), ready("The plant employs 250 people.")
    shown = reason(a, b, Verdict("contradicts", 0.9, ("numbers",)), conflict=figures(a, b)[0])
    assert "Ann Roe: The plant employs 200 people" in shown and "Rain" not in shown


def test_a_denial_is_named() -> None:
    (denied,) = prepare([as_said(said("1", "Ann Roe", "[Roe denied] that it failed."), commitment="denied")], {})
    assert "denied by Ann Roe" in reason(denied, denial=True) and "Ann Roe: denies: it failed" in reason(denied)


def test_a_hedging_cue_is_named_without_a_word() -> None:
    hedged = replace(FIRST, claim=as_said(FIRST.claim, commitment="hedged"))
    assert "; Ann Roe hedges;" in reason(hedged)


def test_a_day_that_is_not_known_is_not_told() -> None:
    assert reason(replace(FIRST, day=None)).endswith("The siren sounded")


def test_long_sentences_are_cut_at_a_word() -> None:
    shown = reason(ready("The siren failed " + "and failed " * 30))
    said_ = shown.split("; ")[0].removeprefix("Ann Roe: ")
    assert len(said_) <= LONGEST and said_.endswith("…") and said_[:-1].split()[-1] in ("and", "failed")


def test_evidence_is_plain_json() -> None:
    evidence = evidence_of(FIRST, SECOND, replace(SIGNS, denial=True, conflict=COUNTED), VERDICT)
    assert json.loads(json.dumps(evidence)) == evidence
    assert evidence["rules"] == ["entailment"] and evidence["topic"] == "t" and evidence["polarity"] == "denied"
    assert evidence["entailment"]["read"] == ["Ann Roe: The siren failed.", "Bo Lind: The siren sounded."]
    assert set(evidence["entailment"]["forward"]) == {"contradiction", "entailment", "neutral"}
    assert evidence["quantities"][0]["relation"] == "apart"


def test_evidence_tells_the_clauses_that_were_read() -> None:
    evidence = evidence_of(FIRST, SECOND, replace(SIGNS, facing=("it failed", "it rang")), VERDICT)
    assert evidence["entailment"]["read"] == ["Ann Roe: It failed.", "Bo Lind: It rang."]


def test_what_was_not_found_is_not_in_the_evidence() -> None:
    evidence = evidence_of(FIRST, replace(SECOND, topic="u"), Signs(0.9), VERDICT)
    assert not {"entailment", "polarity", "quantities", "topic"} & set(evidence)


SIREN = said("1", "Ann Roe", "The siren sounded as soon as the valve broke.", 1)
SILENT = said("2", "Bo Lind", "The siren stayed silent that night.", 2)
SOUP = said("3", "Cy Moe", "The canteen serves soup on Fridays.", 3)


def silent(premise: str, hypothesis: str) -> str:
    """Contradict where just one of two sentences has silence in it, and a siren is in both."""
    both = "siren" in premise and "siren" in hypothesis
    return "contradiction" if both and ("silent" in premise) != ("silent" in hypothesis) else "neutral"


def test_relations_have_ends_in_time_order_an_id_and_a_reason() -> None:
    (found,) = related(SILENT, SOUP, SIREN, says=silent, apart=("siren",))
    assert (found.kind, found.a.id, found.b.id) == ("contradicts", "1", "2")
    assert found.id == relation_id("contradicts", "1", "2") and found.status == "suggested"
    assert "Ann Roe: The siren sounded" in found.reason and found.evidence["rules"]
    assert 0 < found.score <= 1 and found.score == round(found.score, 3)


def test_the_surest_comes_first() -> None:
    third = said("4", "Di Poe", "Nobody heard the siren; it stayed silent.", 2)
    found = related(SIREN, SILENT, third, says=silent)
    assert len(found) >= 2 and [r.score for r in found] == sorted((r.score for r in found), reverse=True)


def test_only_pairs_with_a_fresh_claim_are_looked_at() -> None:
    assert related(SIREN, SILENT, SOUP, says=silent, fresh={"3"}) == []
    assert kinds(related(SIREN, SILENT, SOUP, says=silent, fresh={"1"})) == ["contradicts"]


def test_progress_is_told_and_no_claims_need_no_models() -> None:
    told: list[int] = []
    related(SIREN, SILENT, progress=told.append)
    assert told and told == sorted(told)
    assert relate([], {}) == [] and relate([as_said(SIREN, attitude="question")], {"1": "t"}) == []


@pytest.mark.parametrize(("says", "ways"), [("contradiction", 2), ("entailment", 2), ("neutral", 1)])
def test_the_longer_claim_is_the_premise_and_both_ways_are_asked_if_that_tells_something(says: str, ways: int) -> None:
    entails = FakeEntails(lambda premise, hypothesis: says)
    relate([SIREN, SILENT], {"1": "t", "2": "t"}, using=Models(FakeEncoder(), entails))
    longer, shorter = f"Ann Roe: {SIREN.content_text}", f"Bo Lind: {SILENT.content_text}"
    assert entails.asked[:2] == [(longer, shorter), (shorter, longer)][:ways]
    # And both ways once more, with what stands before the claims.
    assert len(entails.asked) == (4 if ways == 2 else 1)


def test_without_entailment_the_model_is_not_asked() -> None:
    entails = FakeEntails(silent)
    using = Models(FakeEncoder(), entails)
    found = relate([SIREN, SILENT], {"1": "t", "2": "t"}, using=using, switches=Switches(entailment=False))
    assert found == [] and entails.asked == []


EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.mark.models
def test_the_examples_have_a_contradiction_between_the_fire_service_and_the_plant(tmp_path: Path) -> None:
    with Tracker(tmp_path / "claims.db") as tracker:
        tracker.add(sorted(EXAMPLES.glob("halden-*.txt")))
        tracker.relate()
        found = tracker.relations(kind="contradicts")
    sides = [{row.speaker_a, row.speaker_b} for row in found.itertuples()]
    assert any("Moira Teale" in both and both & {"Halden Chemicals", "Ida Brandt"} for both in sides)


def test_without_polarity_no_denial_turns_numbers_round() -> None:
    texts = {"1": "[Roe denied] that 40 people were treated.", "2": "40 people were treated."}
    denial, other = prepare(
        [as_said(said(id_, name, text), commitment="denied" if id_ == "1" else "neutral")
         for (id_, text), name in zip(texts.items(), ("Ann Roe", "Bo Lind"), strict=True)], {},
    )  # fmt: skip
    conflict, match = figures(denial, other)
    assert conflict is not None and match is None
    conflict, match = figures(denial, other, polarity=False)
    assert conflict is None and match is not None
