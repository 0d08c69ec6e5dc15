"""What people decide: it covers what was extracted, outlives a second extraction, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import SayingExtractor, saying, sayings

from claimtrack.errors import ProjectError, ReviewError
from claimtrack.model import Article, Claim, Span, claim_id
from claimtrack.store import Filters, fields, relations
from claimtrack.store.reviews import Edit
from claimtrack.store.shown import COLUMNS
from claimtrack.tracker import Tracker

TEXT = """Ida Brandt said: the cranes work … and the wages rose.
Lund denied: the cranes fail.
V. Lund said: nobody was hurt.
"""


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    with Tracker(tmp_path / "p.db", extractor=SayingExtractor(), who="ann") as tracker:
        tracker.add([saying(TEXT, id="1", outlet="Courier")])
        yield tracker


def first(tracker: Tracker) -> str:
    return str(tracker.claims().claim_id[0])


def column(tracker: Tracker, name: str) -> list[Any]:
    return list(tracker.claims(status="all")[name])


@pytest.mark.parametrize(
    ("field", "value", "shown", "expected"),
    [
        ("speaker", "Moira Teale", "speaker_name", "Moira Teale"),
        ("speaker", "lund", "speaker_name", "Lund"),
        ("speaker", None, "speaker_name", None),
        ("said_on", "2022-05-28", "said_on", "2022-05-28"),
        ("said_on", "2022-05", "said_on_precision", "month"),
        ("said_on", "2022", "said_on_precision", "year"),
        ("said_on", "2022-05-28 week", "said_on", "2022-05-23"),
        ("content", "the cranes work", "content_spans", "17-32"),
        ("content", "the cranes work … the wages rose", "content_text", "the cranes work … the wages rose"),
        ("content", "the  cranes … wages", "content_spans", "17-27;43-48"),
        ("content", "17-27;43-48", "content_text", "the cranes … wages"),
        ("content", "work … and the wages", "content_spans", "28-48"),
        ("proposition", "The cranes\n work.", "proposition", "The cranes work."),
        ("proposition", None, "proposition", None),
        ("addressee", "reporters", "addressee", "reporters"),
        ("occasion", "a press conference", "occasion", "a press conference"),
        ("topic", "cranes", "topic", "cranes"),
        ("kind", "mixed", "kind", "mixed"),
        ("attitude", "belief", "attitude", "belief"),
        ("commitment", "hedged", "commitment", "hedged"),
        ("status", "rejected", "status", "rejected"),
    ],
)
def test_each_field_is_corrected_survives_extraction_and_is_undone(
    tracker: Tracker, field: str, value: str | None, shown: str, expected: str | None
) -> None:
    def now() -> dict[str, Any]:
        return dict(zip(COLUMNS, next(tracker.rows(_everything())), strict=True))

    before = now()
    tracker.edit(first(tracker), **{field: value})
    corrected = now()
    assert corrected[shown] == expected
    assert corrected["status"] == ("rejected" if field == "status" else "accepted")
    assert tracker.add(tracker.stored_articles(), again=True).again == 1
    assert now() == corrected
    tracker.undo()
    assert now() == before and tracker.undo() == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("said_on", "soon", "is no day; write it as 2022-05-28"),
        ("said_on", "2022-02-30", "is no day"),
        ("said_on", "2022-05-28 fortnight", "is no day"),
        ("content", "the cranes burn", "the article does not say 'the cranes burn'; copy the words"),
        ("content", "5-9999", "lies outside the article"),
        ("content", "17-27;20-30", "runs backwards"),
        ("content", "9-3", "a span needs"),
        ("content", " ", "cannot be empty; reject the claim instead"),
        ("kind", "loud", "it is one of direct, mixed, indirect"),
        ("status", None, "it is one of suggested, accepted, rejected"),
        ("outlet", "Courier", "'outlet' cannot be corrected; status, speaker, said_on"),
    ],
)
def test_value_that_does_not_fit_is_told_and_changes_nothing(
    tracker: Tracker, field: str, value: str | None, message: str
) -> None:
    before = list(tracker.rows(_everything()))
    with pytest.raises(ReviewError, match=message):
        tracker.edit(first(tracker), speaker="Moira Teale", **{field: value})
    assert list(tracker.rows(_everything())) == before and tracker.history() == []


def _everything() -> Filters:
    return Filters(status="all", superseded=True)


def test_correction_of_a_claim_that_is_not_there(tracker: Tracker) -> None:
    with pytest.raises(ProjectError, match="no claim begins with 'c_0000'"):
        tracker.edit("c_0000", status="accepted")
    with pytest.raises(ProjectError, match="no claim c_0000"):
        tracker.change([Edit("c_0000", "status", "accepted")])


def test_edit_keeps_the_words_of_the_article_as_evidence(tracker: Tracker) -> None:
    tracker.edit(first(tracker), speaker="Moira Teale")
    claim, _ = tracker.claim(first(tracker))
    assert claim.speaker is not None and claim.source_text == claim.speaker.mention == "Ida Brandt"
    assert (claim.speaker.resolved_by, claim.speaker.alternatives) == ("review", ("Ida Brandt",))


def test_log_says_who_when_what_before_and_after(tracker: Tracker) -> None:
    tracker.edit(first(tracker), "heard it myself", speaker="Moira Teale")
    status, speaker = tracker.history()
    assert (speaker["who"], speaker["field"], speaker["before"], speaker["after"], speaker["reason"]) == (
        "ann", "speaker", "Ida Brandt", "Moira Teale", "heard it myself"
    )  # fmt: skip
    assert speaker["at"].endswith("Z") and (status["field"], status["after"]) == ("status", "accepted")


def test_saying_what_is_so_already_changes_nothing(tracker: Tracker) -> None:
    assert tracker.edit(first(tracker), speaker="Ida Brandt", status="suggested") == []
    assert tracker.history() == []


def test_undo_goes_back_one_change_at_a_time(tracker: Tracker) -> None:
    for name in ("Moira Teale", "Ann Roe"):
        tracker.edit(first(tracker), speaker=name)
    seen = [column(tracker, "speaker_name")[0]]
    while tracker.undo():
        seen.append(column(tracker, "speaker_name")[0])
    assert seen == ["Ann Roe", "Moira Teale", "Ida Brandt"]
    assert {entry["what"] for entry in tracker.history()} == {"edit", "undo"}


class Found:
    """An extractor whose models get better: what it finds is told."""

    def __init__(self, *claims: Claim) -> None:
        self.claims = list(claims)

    def extract_all(self, articles: Any) -> Iterator[tuple[Article, list[Claim] | Exception]]:
        for article in articles:
            yield article, [replace(claim, article=article) for claim in self.claims]


def moved(claim: Claim, start: int, end: int) -> Claim:
    """Return the claim with another content, hence another id."""
    attribution = replace(claim.attribution, content=(Span(start, end),))
    return replace(claim, attribution=attribution, id=claim_id(claim.article.id, attribution.cue, attribution.content))


def test_newer_models_change_what_nobody_has_reviewed(tracker: Tracker) -> None:
    cranes, *others = sayings(saying(TEXT, id="1"))
    better = [moved(cranes, 17, 32), *(replace(claim, addressee="reporters") for claim in others)]
    tracker._extractor = Found(*better)
    tracker.add(tracker.stored_articles(), again=True)
    assert column(tracker, "content_text")[0] == "the cranes work"
    assert column(tracker, "addressee")[1:] == ["reporters", "reporters"] and len(column(tracker, "kind")) == 3


def test_reviewed_claim_stays_when_newer_models_no_longer_find_it(tracker: Tracker) -> None:
    cranes, *_ = sayings(saying(TEXT, id="1"))
    tracker.edit(cranes.id, speaker="Moira Teale")
    tracker._extractor = Found()
    tracker.add(tracker.stored_articles(), again=True)
    assert column(tracker, "claim_id") == [cranes.id] and column(tracker, "speaker_name") == ["Moira Teale"]


@pytest.mark.parametrize("status", ["accepted", "rejected"])
def test_decision_on_the_same_words_is_not_asked_for_again(tracker: Tracker, status: str) -> None:
    """A new model sets the edge of the content elsewhere: same cue, overlapping words, another id."""
    cranes, wages, _ = sayings(saying(TEXT, id="1"))
    tracker.edit(cranes.id, status=status)
    tracker._extractor = Found(moved(cranes, 17, 32), replace(wages, via=moved(cranes, 17, 32).id))
    tracker.add(tracker.stored_articles(), again=True)
    assert column(tracker, "claim_id") == [cranes.id, wages.id]
    assert column(tracker, "status") == [status, "suggested"] and column(tracker, "via")[1] == cranes.id


def test_correction_lies_over_what_the_newer_models_say(tracker: Tracker) -> None:
    cranes, *_ = sayings(saying(TEXT, id="1"))
    tracker.edit(cranes.id, addressee="Bloomberg")
    tracker._extractor = Found(replace(cranes, addressee="reporters", occasion="a visit"))
    tracker.add(tracker.stored_articles(), again=True)
    assert column(tracker, "addressee") == ["Bloomberg"] and column(tracker, "occasion") == ["a visit"]
    tracker.undo()
    assert column(tracker, "addressee") == ["reporters"]


def test_merge_shows_one_speaker_and_rewrites_no_evidence(tracker: Tracker) -> None:
    tracker.merge("V. Lund", "lund", "same person")
    assert column(tracker, "speaker_name") == ["Ida Brandt", "Lund", "Lund"]
    assert column(tracker, "speaker_mention") == ["Ida Brandt", "Lund", "V. Lund"]
    row = tracker.speaker_rows()[0]
    assert (row["name"], row["also_known_as"]) == ("Lund", "V. Lund")
    with tracker.project.reading() as connection:
        (record,) = connection.exec_driver_sql("SELECT name, reason, undone FROM aliases").all()
        assert tuple(record) == ("V. Lund", "same person", 0)
        names = connection.exec_driver_sql("SELECT speaker_name FROM claims ORDER BY position").scalars()
        assert list(names) == ["Ida Brandt", "Lund", "V. Lund"]


def test_merge_holds_for_claims_to_come(tracker: Tracker) -> None:
    tracker.merge("V. Lund", "Lund")
    tracker.add([saying("V. Lund said: the strike is over.\n")])
    assert column(tracker, "speaker_name")[-1] == "Lund" and tracker.search("lund strike").shape[0] == 1


def test_split_and_undo_of_a_merge_make_two_again(tracker: Tracker) -> None:
    before = tracker.speaker_rows()
    tracker.merge("V. Lund", "Lund")
    tracker.split("v. lund", "two brothers")
    assert tracker.speaker_rows() == before
    tracker.undo()
    assert len(tracker.speaker_rows()) == 2
    tracker.undo()
    assert tracker.speaker_rows() == before
    with tracker.project.reading() as connection:
        assert connection.exec_driver_sql("SELECT undone FROM aliases").scalars().all() == [1]


def test_chain_of_merges_ends_at_one_speaker(tracker: Tracker) -> None:
    tracker.merge("V. Lund", "Lund")
    tracker.merge("Lund", "Ida Brandt")
    assert set(column(tracker, "speaker_name")) == {"Ida Brandt"} and len(tracker.claims(speaker="v. lund")) == 3
    tracker.split("Lund")
    assert column(tracker, "speaker_name") == ["Ida Brandt", "Lund", "Lund"]


@pytest.mark.parametrize(
    ("alias", "into", "message"),
    [("Nobody", "Lund", "no speaker is called 'Nobody'"), ("Lund", "Lund", "are one speaker already"),
     ("d", "Ida Brandt", "'d' fits 3 speakers")],
)  # fmt: skip
def test_merge_that_means_nothing_is_told(tracker: Tracker, alias: str, into: str, message: str) -> None:
    with pytest.raises(ProjectError, match=message):
        tracker.merge(alias, into)


def test_name_that_fits_several_speakers_is_not_guessed(tracker: Tracker) -> None:
    tracker.add([saying("Lundberg said: no.\nLundgren said: yes.\n")])
    with pytest.raises(
        ProjectError, match=r"'lun' fits 4 speakers \(Lund, Lundberg, Lundgren, V. Lund\); write one in full"
    ):
        tracker.merge("Ida Brandt", "lun")


def test_split_of_what_was_not_merged_is_told(tracker: Tracker) -> None:
    with pytest.raises(ProjectError, match="was not merged into anybody"):
        tracker.split("Lund")


def test_reviews_teach_aliases(tracker: Tracker) -> None:
    tracker.add([saying("V. Lund said: the strike is over.\nV. Lund said: we won.\n", id="2")])
    claims = tracker.claims(speaker="v. lund").claim_id
    for claim in claims[:2]:
        tracker.edit(claim, speaker="Lund")
    (lesson,) = tracker.lessons()
    assert (lesson.alias, lesson.speaker, lesson.corrections) == ("V. Lund", "Lund", 2)
    tracker.merge(lesson.alias_id, lesson.speaker_id, lesson.reason)
    assert tracker.lessons() == [] and tracker.claims(speaker="Lund").shape[0] == 4


@pytest.mark.parametrize("also", [{"speaker": "Ida Brandt"}, {"status": "accepted"}])
def test_contradicting_reviews_teach_nothing(tracker: Tracker, also: dict[str, str]) -> None:
    tracker.add([saying("V. Lund said: the strike is over.\n", id="2")])
    one, other = tracker.claims(speaker="v. lund").claim_id
    tracker.edit(one, speaker="Lund")
    tracker.edit(other, **also)
    assert tracker.lessons() == []


def related(tracker: Tracker) -> str:
    one, other, _ = column(tracker, "claim_id")
    found = relations.Found("contradicts", one, other, 0.9, "one denies what the other says", {"overlap": 2})
    with tracker.project.writing() as connection:
        relations.add(connection, [found])
    return found.id


def test_relation_is_reviewed_logged_and_undone(tracker: Tracker) -> None:
    id_ = related(tracker)
    assert tracker.suggested_relations() == [id_]
    tracker.judge_relation(id_, "accepted")
    assert tracker.suggested_relations() == [] and tracker.relation(id_)["status"] == "accepted"
    assert related(tracker) == id_ and tracker.relation(id_)["status"] == "accepted"
    tracker.undo()
    assert tracker.suggested_relations() == [id_]
    (row,) = tracker.relations().to_dict("records")
    assert (row["kind"], row["speaker_a"], row["speaker_b"]) == ("contradicts", "Ida Brandt", "Lund")


def test_relation_comes_back_as_an_object(tracker: Tracker) -> None:
    id_ = related(tracker)
    (relation,) = tracker.each_relation()
    assert (relation.id, relation.a.cue_text, relation.b.cue_text) == (id_, "said", "denied")
    assert relation.evidence == {"overlap": 2} and relation.status == "suggested"
    with tracker.project.writing() as connection:
        relations.add(connection, [replace(relation, score=0.5)])
    assert [(r.id, r.score) for r in tracker.each_relation()] == [(id_, 0.5)]


def test_claims_of_a_reviewed_relation_stay(tracker: Tracker) -> None:
    tracker.judge_relation(related(tracker), "accepted")
    tracker._extractor = Found()
    tracker.add(tracker.stored_articles(), again=True)
    assert len(tracker.claims()) == 2 and len(tracker.relations()) == 1


@pytest.mark.parametrize(("id_", "status"), [("r_0", "accepted"), ("", "maybe")])
def test_relation_that_cannot_be_judged_is_told(tracker: Tracker, id_: str, status: str) -> None:
    with pytest.raises(ReviewError):
        tracker.judge_relation(id_ or related(tracker), status)


def test_review_queue_holds_what_nobody_has_decided_on(tracker: Tracker) -> None:
    assert len(tracker.review_queue()) == 3
    tracker.edit(first(tracker), status="accepted")
    assert len(tracker.review_queue()) == 2 and tracker.review_queue(speaker="brandt") == []


def test_every_field_has_its_columns() -> None:
    assert set(fields.COLUMNS_OF) <= set(fields.FIELDS)
