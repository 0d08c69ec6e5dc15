"""Relating a project: what is new is looked at, what people decided stays, what is found no more goes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from relating import CRANES, LEAK, TOPICS, FakeRelater
from support import SayingExtractor, saying

from claimtrack.errors import ProjectError
from claimtrack.model import Article, Topic, relation_id
from claimtrack.store import Filters
from claimtrack.store.relations import Found
from claimtrack.store.relations import replace as replace_relations
from claimtrack.tracker import Tracker

MAY = datetime.date(2022, 5, 28)
COURIER = saying(
    "Ida Brandt said: the leak sent 14 people to hospital.\nLund said: 40 people were treated after the leak.\n",
    outlet="Coast Courier", published=MAY, url="https://c.example/1",
)  # fmt: skip
WIRE = saying("Moira Teale said: 40 were treated.\n", outlet="Meridian Wire", published=MAY)
LEDGER = saying("Berg said: 2 cranes work.\nRoe denied: 3 cranes work.\n", outlet="Evening Ledger")


@pytest.fixture
def relater() -> FakeRelater:
    return FakeRelater(TOPICS)


@pytest.fixture
def tracker(tmp_path: Path, relater: FakeRelater) -> Iterator[Tracker]:
    with Tracker(tmp_path / "p.db", extractor=SayingExtractor(), who="ann", relater=relater) as tracker:
        tracker.add([COURIER])
        yield tracker


def edges(tracker: Tracker, status: str | None = None) -> set[tuple[str, str, str]]:
    """The relations as kind and the surnames of both."""
    return {
        (row["kind"], *sorted(row[f"speaker_{side}"].split()[-1] for side in "ab"))
        for row in tracker.relations(status=status).to_dict("records")
    }


def by_name(tracker: Tracker, name: str) -> str:
    (id_,) = tracker.ids(Filters(speaker=name, status="all"))
    return id_


def topic(tracker: Tracker, name: str) -> str | None:
    return tracker.claim(by_name(tracker, name))[0].topic


def test_claims_are_grouped_and_related(tracker: Tracker, relater: FakeRelater) -> None:
    summary = tracker.relate()
    assert edges(tracker) == {("contradicts", "Brandt", "Lund")}
    assert topic(tracker, "Brandt") == topic(tracker, "Lund") == "Chlorine leak at Halden"
    assert (summary.claims, summary.fresh, summary.topics, summary.added, summary.removed) == (2, 2, 1, 1, 0)
    assert str(summary) == "1 topic; 1 relation (1 contradicts); 1 new, 0 no longer found"
    assert tracker.topic_of() == dict.fromkeys(tracker.ids(Filters()), LEAK.id)
    assert set(tracker.topic_objects()) == set(TOPICS)
    assert relater.stories == dict.fromkeys([CRANES.id, LEAK.id], "t_halden")


def test_only_pairs_with_something_new_are_looked_at(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.relate()
    old = set(tracker.ids(Filters()))
    tracker.add([WIRE])
    summary = tracker.relate()
    everything, fresh, _ = relater.asked[-1]
    assert fresh == everything - old and len(fresh) == 1
    assert edges(tracker) == {("contradicts", "Brandt", "Lund"), ("contradicts", "Brandt", "Teale"),
                              ("agrees", "Lund", "Teale")}  # fmt: skip
    assert (summary.added, summary.removed, summary.fresh) == (2, 0, 1)
    assert relater.known[-1] == dict.fromkeys(old, LEAK.id)


def test_nothing_new_asks_for_no_models(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.relate()
    assert tracker.relate().fresh == 0 and len(relater.asked) == 1 and len(edges(tracker)) == 1


def test_empty_project_asks_for_no_models(tmp_path: Path, relater: FakeRelater) -> None:
    with Tracker(tmp_path / "empty.db", relater=relater) as tracker:
        assert tracker.relate(again=True).claims == 0
    assert relater.asked == []


def edited(tracker: Tracker, **values: str) -> None:
    tracker.edit(by_name(tracker, "Lund"), **values)


@pytest.mark.parametrize(
    "values",
    [{"proposition": "15 people were treated"}, {"said_on": "2022-05-01"}, {"commitment": "denied"}, {"speaker": "X"}],
)
def test_what_a_person_changes_is_looked_at_again(
    tracker: Tracker, relater: FakeRelater, values: dict[str, str]
) -> None:
    tracker.relate()
    changed = by_name(tracker, "Lund")
    edited(tracker, **values)
    tracker.relate()
    assert relater.asked[-1][1] == {changed}


def test_merged_speakers_are_looked_at_again(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.relate()
    changed = by_name(tracker, "Lund")
    tracker.merge("Lund", "Ida Brandt")
    tracker.relate()
    assert relater.asked[-1][1] == {changed}


@pytest.mark.parametrize(("again", "nli"), [(True, "embedded"), (False, "another")])
def test_again_or_another_model_looks_at_all_pairs(
    tracker: Tracker, relater: FakeRelater, again: bool, nli: str
) -> None:
    tracker.relate()
    assert tracker.relate(again, nli).fresh == 2
    assert relater.asked[-1][1:] == (None, nli)


def test_second_extraction_keeps_topics_and_relations(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.relate()
    tracker.add([COURIER], again=True)
    assert topic(tracker, "Lund") == LEAK.name and len(edges(tracker)) == 1
    assert tracker.relate().fresh == 0


@pytest.mark.parametrize(("status", "stays"), [("suggested", False), ("accepted", True), ("rejected", True)])
@pytest.mark.parametrize("again", [True, False])
def test_relation_found_no_more_goes_unless_a_person_decided(
    tracker: Tracker, relater: FakeRelater, status: str, stays: bool, again: bool
) -> None:
    tracker.relate()
    ((id_, *_),) = [tracker.relation_ids(_all())]
    if status != "suggested":
        tracker.judge_relation(id_, status)
    relater.judge = lambda a, b: None
    edited(tracker, proposition="nobody counted the leak")
    assert tracker.relate(again).removed == (not stays)
    assert tracker.relation_ids(_all()) == [id_] * stays


def _all() -> Any:
    from claimtrack.store.wanted import Wanted

    return Wanted(Filters(status="all", superseded=True))


def test_relation_of_claims_not_looked_at_stays(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.relate()
    relater.judge = lambda a, b: None
    tracker.add([LEDGER])
    assert tracker.relate().removed == 0 and edges(tracker) == {("contradicts", "Brandt", "Lund")}


def test_decision_survives_finding_it_again(tracker: Tracker) -> None:
    tracker.relate()
    (id_,) = tracker.relation_ids(_all())
    tracker.judge_relation(id_, "accepted")
    tracker.relate(again=True)
    assert tracker.relation(id_)["status"] == "accepted"


def test_accepted_relation_bears_no_other_beside_it(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.relate()
    (id_,) = tracker.relation_ids(_all())
    tracker.judge_relation(id_, "accepted")
    relater.judge = lambda a, b: ("agrees", "on second thoughts")
    tracker.relate(again=True)
    assert tracker.relation_ids(_all()) == [id_]


def test_rejected_relation_leaves_room_for_another_kind_but_not_for_its_mirror(tracker: Tracker) -> None:
    tracker.relate()
    (id_,) = tracker.relation_ids(_all())
    tracker.judge_relation(id_, "rejected")
    row = tracker.relation(id_)
    a, b = row["claim_id_a"], row["claim_id_b"]
    found = [Found("contradicts", b, a, 0.9, "mirrored"), Found("updates", b, a, 0.8, "later")]
    with tracker.project.writing() as connection:
        replace_relations(connection, found, None, {a, b})
    assert set(tracker.relation_ids(_all())) == {id_, relation_id("updates", b, a)}


def test_rejected_claims_and_older_versions_lose_their_suggestions(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.add([WIRE])
    tracker.relate()
    lund = by_name(tracker, "Lund")
    tracker.edit(lund, status="rejected")
    assert edges(tracker) == {("contradicts", "Brandt", "Teale")}
    assert tracker.relate().removed == 2
    tracker.undo()
    assert tracker.relate().added == 2 and relater.asked[-1][1] == {lund}
    tracker.add([replace(COURIER, id="again", text=COURIER.text.replace("40", "39"))])
    assert edges(tracker) == set()
    tracker.relate()
    assert edges(tracker) == {("contradicts", "Brandt", "Lund"), ("contradicts", "Brandt", "Teale"),
                              ("contradicts", "Lund", "Teale")}  # fmt: skip


def test_relations_of_vanished_claims_go_with_them(tracker: Tracker) -> None:
    tracker.relate()
    tracker._extractor = type("Nothing", (), {"extract_all": lambda self, found: ((a, []) for a in found)})()
    tracker.add([COURIER], again=True)
    assert tracker.relation_ids(_all()) == [] and len(tracker.claims()) == 0


def test_relation_to_a_claim_that_went_while_models_were_at_work_is_left_out(
    tracker: Tracker, relater: FakeRelater
) -> None:
    lund = by_name(tracker, "Lund")

    def rejects(a: Any, b: Any) -> Any:
        tracker.edit(lund, status="rejected")
        return "agrees", "too late"

    relater.judge = rejects
    assert tracker.relate().added == 0 and tracker.relation_ids(_all()) == []


def test_copies_are_told_by_the_article_they_stem_from(tracker: Tracker, relater: FakeRelater) -> None:
    later = Article("later", "Lund said: the leak hurt 3.\n", published=MAY + datetime.timedelta(1))
    undated = Article("undated", "Lund said: the leak hurt 4.\n")
    tracker.add([later, undated])
    tracker.project.add_duplicates([("later", COURIER.id, 0.9), ("undated", "later", 0.9)])
    tracker.relate()
    assert relater.copies == {"later": COURIER.id, "undated": COURIER.id}


def test_topic_that_a_person_names_survives_regrouping(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.relate()
    edited(tracker, topic="The harbour")
    assert topic(tracker, "Lund") == "The harbour"
    tracker.relate(again=True)
    assert topic(tracker, "Lund") == "The harbour" and topic(tracker, "Brandt") == LEAK.name
    tracker.undo()
    assert topic(tracker, "Lund") == LEAK.name
    tracker.relate()
    assert {t.name for t in tracker.topic_objects()} == {t.name for t in TOPICS}


def test_undo_of_a_topic_gives_what_the_latest_grouping_says(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.relate()
    edited(tracker, topic="The harbour")
    relater.topics = [Topic("t_new", "People treated", ("treated",)), *TOPICS]
    tracker.relate()
    assert topic(tracker, "Lund") == "The harbour"
    tracker.undo()
    assert topic(tracker, "Lund") == "People treated"


def test_topic_with_a_persons_claims_keeps_its_name(tracker: Tracker, relater: FakeRelater) -> None:
    tracker.add([LEDGER])
    tracker.relate()
    tracker.edit(by_name(tracker, "Berg"), topic="chlorine leak at halden")
    assert topic(tracker, "Berg") == LEAK.name, "a topic of that name is taken, whatever its case"
    relater.topics = [CRANES, replace(LEAK, name="Hospital")]
    tracker.relate(again=True)
    assert topic(tracker, "Berg") == topic(tracker, "Brandt") == LEAK.name


def test_emptied_topic_stays_empty(tracker: Tracker) -> None:
    tracker.relate()
    tracker.edit(by_name(tracker, "Lund"), topic=None)
    tracker.relate(again=True)
    assert topic(tracker, "Lund") is None and edges(tracker) == set()


def test_claims_that_a_person_put_together_are_related(tracker: Tracker) -> None:
    tracker.add([LEDGER])
    tracker.relate()
    tracker.edit(by_name(tracker, "Berg"), topic=LEAK.name)
    tracker.relate()
    assert ("contradicts", "Berg", "Brandt") in edges(tracker) and ("contradicts", "Berg", "Roe") not in edges(tracker)


def test_topics_are_counted_with_those_within_them(tracker: Tracker) -> None:
    tracker.add([LEDGER, WIRE])
    tracker.relate()
    table = tracker.topics().set_index("name")
    assert table.claims.to_dict() == {"Halden": 5, LEAK.name: 3, CRANES.name: 2}
    assert table.wider_topic.fillna("").to_dict() == {"Halden": "", LEAK.name: "Halden", CRANES.name: "Halden"}
    halden = table.loc["Halden"]
    assert (halden.speakers, halden.outlets, halden.agreements, halden.contradictions) == (5, 3, 1, 3)
    assert str(table.loc[LEAK.name]["first"].date()) == "2022-05-28"
    assert len(tracker.claims(topic="halden")) == 5 and len(tracker.claims(topic="crane")) == 2


def test_rejected_claims_and_relations_count_in_no_topic(tracker: Tracker) -> None:
    tracker.add([WIRE])
    tracker.relate()
    tracker.edit(by_name(tracker, "Lund"), status="rejected")
    row = tracker.topics().set_index("name").loc[LEAK.name]
    assert (row.claims, row.agreements, row.contradictions) == (2, 0, 1)


def test_project_that_cannot_be_written_says_so(tracker: Tracker, tmp_path: Path, relater: FakeRelater) -> None:
    tracker.close()
    (tmp_path / "p.db").chmod(0o444)
    with Tracker(tmp_path / "p.db", relater=relater) as reader:
        if not reader.project.read_only:
            pytest.skip("whoever runs this may write anything")
        with pytest.raises(ProjectError, match="nothing may be written"):
            reader.relate()
