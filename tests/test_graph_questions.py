"""What is asked of the graph: disputes, who meets whom, changes, witnesses, and how two are connected."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from graphs import officials, person, relation, said

from claimtrack.errors import ProjectError
from claimtrack.graph import changed, disputed, find, graph_of, in_words, matrix, path, witnesses
from claimtrack.model import Claim, Relation, Topic, speaker_id

BRANDT = person("Ida Brandt", part_of="Halden Chemicals")
HALDEN = person("Halden Chemicals", kind="organisation")
TEALE = person("Moira Teale")
ID = speaker_id


def on(topic: str, *claims: Claim) -> list[Claim]:
    return [replace(claim, topic=topic) for claim in claims]


class TestDisputed:
    def count(self, relations: list[Relation], copies: dict[str, str] | None = None) -> int:
        return sum(dispute.contradictions for dispute in disputed(graph_of([], relations, copies=copies or {})))

    def test_contradictions_of_different_sides_are_counted_by_topic(self) -> None:
        a, b, c = on("siren", said("a", BRANDT), said("b", TEALE), said("c", "Jory Blane"))
        d, e = on("valve", said("d", BRANDT), said("e", TEALE))
        found = disputed(graph_of([], [relation("contradicts", *pair) for pair in ((a, b), (a, c), (d, e))]))
        assert [(its.name, its.contradictions, its.sides) for its in found] == [
            ("siren", 2, ("Halden Chemicals", "Jory Blane", "Moira Teale")),
            ("valve", 1, ("Halden Chemicals", "Moira Teale")),
        ]

    def test_a_body_and_its_spokesman_are_one_side(self) -> None:
        a, b = on("siren", said("a", BRANDT), said("b", HALDEN))
        assert self.count([relation("contradicts", a, b)]) == 0

    def test_nobody_knows_the_side_of_an_unknown_speaker(self) -> None:
        a, b = on("siren", said("a", BRANDT), said("b", None))
        assert self.count([relation("contradicts", a, b)]) == 0

    def test_repeats_count_once(self) -> None:
        a, again, b = on("siren", said("a", BRANDT), said("a2", BRANDT), said("b", TEALE))
        relations = [relation("contradicts", a, b), relation("contradicts", again, b), relation("repeats", a, again)]
        assert self.count(relations[:2]) == 2
        assert self.count(relations) == 1

    def test_wire_copies_count_once(self) -> None:
        words = "The siren worked."
        a, again = (said(f"a{n}", officials(f"wire{n}"), words, article=f"wire{n}") for n in (1, 2))
        a, again, b = on("siren", a, again, said("b", TEALE))
        relations = [relation("contradicts", a, b), relation("contradicts", again, b)]
        assert self.count(relations) == 2
        assert self.count(relations, {"wire2": "wire1"}) == 1

    @pytest.mark.parametrize("repeated_on", [["t_siren"], ["t_treated"], ["t_siren"] * 20])
    def test_the_narrowest_topic_counts_also_where_others_are_repeated(self, repeated_on: list[str]) -> None:
        topics = [Topic("t_leak", "Leak"), Topic("t_siren", "Siren", parent="t_leak"),
                  Topic("t_treated", "Treated", parent="t_leak")]  # fmt: skip
        a, b = said("a", BRANDT), said("b", TEALE)
        repeats = [said(f"again{n}", HALDEN) for n in range(len(repeated_on))]
        of = {"a": "t_treated", "b": "t_treated", **{c.id: t for c, t in zip(repeats, repeated_on, strict=True)}}
        relations = [relation("contradicts", a, b), *(relation("repeats", c, a) for c in repeats)]
        (dispute,) = disputed(graph_of([], relations, topics, of))
        assert (dispute.name, dispute.part_of) == ("Treated", "Leak")

    def test_a_contradiction_counts_for_the_narrowest_common_topic(self) -> None:
        topics = [Topic("t", "leak"), Topic("t1", "siren", parent="t"), Topic("t2", "valve", parent="t")]
        a, b, c = said("a", BRANDT), said("b", TEALE), said("c", "Jory Blane")
        of = {"a": "t1", "b": "t1", "c": "t2"}
        graph = graph_of([], [relation("contradicts", a, b), relation("contradicts", a, c)], topics, of)
        assert [(its.name, its.part_of) for its in disputed(graph)] == [("leak", None), ("siren", "leak")]

    def test_claims_without_a_common_topic_are_no_dispute(self) -> None:
        (a,), (b,) = on("siren", said("a", BRANDT)), on("valve", said("b", TEALE))
        assert self.count([relation("contradicts", a, b)]) == 0


class TestMatrix:
    A, B, C = said("a", BRANDT), said("b", TEALE), said("c", HALDEN)
    GRAPH = graph_of([], [relation("contradicts", A, B), relation("contradicts", B, C), relation("agrees", A, C)])

    def test_is_symmetric_and_folds_bodies(self) -> None:
        table = matrix(self.GRAPH)
        assert list(table.index) == list(table.columns) == ["Halden Chemicals", "Moira Teale"]
        assert table.to_numpy().tolist() == [[0, 2], [2, 0]]

    def test_counts_everybody_apart_when_asked(self) -> None:
        table = matrix(self.GRAPH, folded=False)
        assert table.loc["Moira Teale"].to_dict() == {"Moira Teale": 0, "Halden Chemicals": 1, "Ida Brandt": 1}
        assert matrix(self.GRAPH, "agrees", folded=False).shape == (2, 2)

    def test_a_body_does_not_agree_with_itself(self) -> None:
        assert matrix(self.GRAPH, "agrees").empty

    def test_shows_the_most_involved(self) -> None:
        assert list(matrix(self.GRAPH, folded=False, most=1).index) == ["Moira Teale"]

    def test_tells_speakers_of_one_name_apart_by_their_outlets(self) -> None:
        a, b = (said(f"a{n}", officials(f"a{n}"), article=f"a{n}") for n in (1, 2))
        table = matrix(graph_of([], [relation("contradicts", a, self.B), relation("contradicts", b, self.B)]))
        assert set(table.index) == {"Moira Teale", "officials (Outlet of a1)", "officials (Outlet of a2)"}

    def test_who_speaks_for_two_bodies_is_counted_to_the_one_of_the_claim(self) -> None:
        a = said("a", person("Ann Roe", part_of="Halden Council"))
        b = said("a2", person("Ann Roe", part_of="Norrick Council"))
        graph = graph_of([], [relation("contradicts", a, self.B), relation("contradicts", b, self.B)])
        assert set(matrix(graph).index) == {"Halden Council", "Moira Teale", "Norrick Council"}


class TestChanged:
    FIRST, SECOND, THIRD = (said(f"p{day}", BRANDT, f"Position {day}.", day) for day in (1, 5, 9))
    OTHER = said("q", BRANDT, "Something else.", 2)

    def test_tells_each_chain_in_the_order_of_its_days(self) -> None:
        later = said("q2", BRANDT, "Something else again.", 3)
        graph = graph_of(
            [],
            [relation("revises", self.SECOND, self.THIRD), relation("revises", self.SECOND, self.FIRST),
             relation("revises", self.OTHER, later)],
        )  # fmt: skip
        found = changed(graph, BRANDT.id)
        assert [[step.text for step in change.steps] for change in found] == [
            ["Position 1.", "Position 5.", "Position 9."], ["Something else.", "Something else again."],
        ]  # fmt: skip
        assert [step.reasons for step in found[0].steps] == [(), ("p5 and p1",), ("p5 and p9",)]

    def test_follows_the_relation_within_a_day(self) -> None:
        z, a = said("z", BRANDT, day=4), said("a", BRANDT, day=4)
        assert [step.claim for step in changed(graph_of([], [relation("revises", z, a)]), BRANDT.id)[0].steps] == [
            "z",
            "a",
        ]

    def test_relations_that_go_in_a_circle_are_told_by_day(self) -> None:
        z, a = said("z", BRANDT, day=4), said("a", BRANDT, day=4)
        graph = graph_of([], [relation("revises", z, a), relation("revises", a, z)])
        assert [step.claim for step in changed(graph, BRANDT.id)[0].steps] == ["a", "z"]

    def test_a_body_changes_with_its_spokesman(self) -> None:
        then = said("h", HALDEN, "The company's word.", 12)
        graph = graph_of([], [relation("revises", self.FIRST, then)])
        assert [step.speakers for step in changed(graph, HALDEN.id)[0].steps] == [
            ("Ida Brandt",),
            ("Halden Chemicals",),
        ]
        assert changed(graph, BRANDT.id) == []

    def test_words_that_were_reported_twice_are_one_step(self) -> None:
        again = said("p1b", BRANDT, "Position 1.", 2)
        graph = graph_of(
            [], [relation("revises", self.FIRST, self.THIRD), relation("revises", again, self.THIRD),
                 relation("repeats", self.FIRST, again)],
        )  # fmt: skip
        assert [step.claim for step in changed(graph, BRANDT.id)[0].steps] == ["p1", "p9"]

    def test_nothing_is_told_of_an_unknown_speaker(self) -> None:
        a, b = said("a", None, day=1), said("b", None, day=2)
        graph = graph_of([self.FIRST], [relation("revises", a, b)])
        assert changed(graph, BRANDT.id) == []


class TestWitnesses:
    CLAIM = said("c", TEALE, day=1)

    def count(self, *relations: Relation, claim: str = "c", copies: dict[str, str] | None = None) -> int:
        return witnesses(graph_of([self.CLAIM], relations, copies=copies or {}), claim).count

    def agreeing(self, *others: Claim) -> list[Relation]:
        return [relation("agrees", self.CLAIM, other) for other in others]

    def test_a_claim_has_its_own_witness(self) -> None:
        assert self.count() == 1

    @pytest.mark.parametrize(
        ("others", "expected"),
        [
            ([said("d", "Ann Roe")], 2),
            ([said("d", "Ann Roe"), said("e", "Jory Blane")], 3),
            ([said("d", TEALE)], 1),
            ([said("d", BRANDT), said("e", HALDEN)], 2),
            ([said("d", BRANDT), said("e", person("Lund", part_of="Halden Chemicals"))], 2),
            ([said("d", "Ann Roe", co_speakers=(TEALE,))], 1),
            ([said("d", "Ann Roe", co_speakers=(person("Lund"),)), said("e", "Lund")], 2),
        ],
        ids=["another", "two others", "the same speaker", "a body and its spokesman", "two spokesmen of a body",
             "jointly with the same", "jointly, then alone"],
    )  # fmt: skip
    def test_counts_once_what_is_one(self, others: list[Claim], expected: int) -> None:
        assert self.count(*self.agreeing(*others)) == expected

    def test_repeats_are_no_second_witness(self) -> None:
        other = said("d", "a passer-by")
        assert self.count(relation("repeats", self.CLAIM, other)) == 1
        assert self.count(*self.agreeing(other), relation("repeats", self.CLAIM, other)) == 1

    def test_whoever_agrees_with_a_repeat_agrees(self) -> None:
        again = said("c2", TEALE, day=2)
        assert self.count(relation("repeats", self.CLAIM, again), relation("agrees", again, said("d", "Ann Roe"))) == 2

    def test_agreement_is_not_passed_on(self) -> None:
        d = said("d", "Ann Roe")
        assert self.count(*self.agreeing(d), relation("agrees", d, said("e", "Jory Blane"))) == 2

    def test_other_relations_bear_nothing_out(self) -> None:
        assert self.count(relation("contradicts", self.CLAIM, said("d", "Ann Roe"))) == 1
        assert self.count(relation("updates", self.CLAIM, said("d", "Ann Roe"))) == 1

    def test_unnamed_sources_are_told_but_not_counted(self) -> None:
        others = [said("d", officials("d")), said("e", officials("e")), said("f", None)]
        found = witnesses(graph_of([], self.agreeing(*others)), "c")
        assert (found.count, len(found.unnamed), found.untold) == (1, 2, ("f",))
        assert found.in_words() == (
            "1 independent witness; 2 unnamed sources that may be one of them; "
            "1 agreeing claim whose speaker is not known"
        )

    def test_unnamed_sources_of_a_wire_copy_are_one(self) -> None:
        others = [said("d", officials("wire1"), article="wire1"), said("e", officials("wire2"), article="wire2")]
        found = witnesses(graph_of([], self.agreeing(*others), copies={"wire2": "wire1"}), "c")
        assert [witness.claims for witness in found.unnamed] == [("d", "e")]

    def test_a_spokesman_without_a_name_counts_as_the_body(self) -> None:
        spokesman = person("spokesman", part_of="Halden Chemicals", kind="anonymous")
        assert self.count(*self.agreeing(said("d", spokesman), said("e", HALDEN))) == 2

    def test_hearsay_counts_with_whom_it_was_heard_from(self) -> None:
        told = said("outer", "Ann Roe", "Lund told her so.")
        heard = said("d", "Lund", via="outer")
        own = said("e", "Ann Roe")
        graph = graph_of([told], self.agreeing(heard, own))
        assert witnesses(graph, "c").count == 2
        direct = graph_of([told], self.agreeing(heard, own, said("f", "Lund")))
        assert witnesses(direct, "c").count == 3

    def test_a_claim_that_nobody_is_known_to_have_made_has_no_witness(self) -> None:
        graph = graph_of([said("x", None)], [])
        assert witnesses(graph, "x").count == 0 and witnesses(graph, "x").untold == ("x",)

    @pytest.mark.parametrize("claim", ["nowhere", TEALE.id])
    def test_what_is_no_claim_is_refused(self, claim: str) -> None:
        with pytest.raises(ProjectError, match=f"no claim {claim}"):
            self.count(claim=claim)


class TestPath:
    X, Y = said("x", "Ann Roe", "It rang."), said("y", "Bo Lund", "It was silent.")
    Z, W = said("z", "Bo Lund", "Nobody was there."), said("w", "Cy Berg", "The hall was empty.")

    def way(self, a: str, b: str, *relations: Relation, claims: tuple[Claim, ...] = ()) -> str | None:
        graph = graph_of([self.X, self.Y, self.Z, self.W, *claims], relations)
        links = path(graph, ID(a), ID(b))
        return None if links is None else in_words(links)

    def test_is_told_in_words(self) -> None:
        relations = relation("contradicts", self.X, self.Y), relation("agrees", self.W, self.Z)
        assert self.way("Ann Roe", "Cy Berg", *relations) == (
            "Ann Roe said “It rang”, which contradicts “It was silent”, which Bo Lund said.\n"
            "Bo Lund said “Nobody was there”, which agrees with “The hall was empty”, which Cy Berg said."
        )

    @pytest.mark.parametrize(
        ("kind", "a", "b"), [("updates", "was updated by", "updates"), ("repeats", "is repeated by", "repeats")]
    )
    def test_says_which_way_a_relation_goes(self, kind: str, a: str, b: str) -> None:
        link = relation(kind, self.X, self.Y)  # type: ignore[arg-type]
        assert (
            self.way("Ann Roe", "Bo Lund", link)
            == f"Ann Roe said “It rang”, which {a} “It was silent”, which Bo Lund said."
        )
        assert (
            self.way("Bo Lund", "Ann Roe", link)
            == f"Bo Lund said “It was silent”, which {b} “It rang”, which Ann Roe said."
        )

    def test_nothing_connects_those_whose_claims_do_not_relate(self) -> None:
        assert self.way("Ann Roe", "Cy Berg", relation("contradicts", self.X, self.Y)) is None

    def test_is_not_led_over_a_claim_of_an_unknown_speaker(self) -> None:
        unknown = said("u", None)
        links = relation("agrees", self.X, unknown), relation("agrees", unknown, self.W)
        assert self.way("Ann Roe", "Cy Berg", *links) is None

    def test_prefers_the_surer_of_two_ways(self) -> None:
        unsure, sure = relation("contradicts", self.X, self.Y, 0.5), relation("agrees", self.X, self.Z, 0.95)
        assert "agrees" in str(self.way("Ann Roe", "Bo Lund", unsure, sure))

    def test_joint_speakers_are_connected_by_what_they_said_together(self) -> None:
        joint = said("j", "Ann Roe", '"Good."', co_speakers=(person("Dee Moss"),))
        assert self.way("Ann Roe", "Dee Moss", claims=(joint,)) == 'Ann Roe and Dee Moss said together: "Good.".'

    def test_nobody_is_connected_with_oneself(self) -> None:
        assert self.way("Ann Roe", "Ann Roe") == ""


class TestFind:
    GRAPH: nx.MultiDiGraph = graph_of(
        [said("a", BRANDT, topic="The Siren"), said("b", person("Zoë Brand")), said("c", officials("c")),
         said("d", person("Zoë Brand's office", part_of="Zoë Brand", kind="organisation"))], [],
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("type_", "words", "expected"),
        [
            ("speaker", "ida", BRANDT.id), ("speaker", "IDA  BRANDT", BRANDT.id), ("speaker", BRANDT.id, BRANDT.id),
            ("speaker", "zoe", ID("Zoë Brand")), ("speaker", "Zoe Brand", ID("Zoë Brand")),
            ("topic", "siren", "topic:The Siren"), ("topic", "The Siren", "topic:The Siren"),
        ],
    )  # fmt: skip
    def test_finds_who_is_meant(self, type_: str, words: str, expected: str) -> None:
        assert find(self.GRAPH, type_, words) == expected

    @pytest.mark.parametrize(
        ("words", "message"),
        [("nobody", "no speaker here is called 'nobody'; claimtrack speakers lists them"), ("", "no speaker here"),
         ("rand", "no speaker here"), ("bra", "'bra' fits 3 speakers .*Ida Brandt .*write one in full, or its id")],
    )  # fmt: skip
    def test_does_not_guess(self, words: str, message: str) -> None:
        with pytest.raises(ProjectError, match=message):
            find(self.GRAPH, "speaker", words)
