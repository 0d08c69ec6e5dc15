"""Topics: what belongs together, how it is called, and what stays when more comes in."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import numpy
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from support import SHARED

from claimtrack.cli import main
from claimtrack.model import Article, Attribution, Claim, Span, Topic
from claimtrack.relations.topics import Grouping, group
from claimtrack.relations.topics.clusters import LARGEST, Likeness, clusters
from claimtrack.relations.topics.names import Names, Wording
from claimtrack.relations.topics.stories import stories
from claimtrack.relations.topics.terms import matrix, rarity, terms_of

LEAK = "The leak at the Brimley chlorine plant hurt forty workers. The Brimley siren did not sound during the leak."
MORE = "Chlorine from the Brimley plant drifted over the harbour. Workers said the leak at Brimley began at nine."
TALKS = "Dockers at Port Oster walked out over pay. The union of the Oster dockers wants nine per cent."


def vectors(texts: Sequence[str]) -> NDArray[numpy.float32]:
    """Stand in for the encoder: texts about sirens, about people, about pay, and others."""
    rows = numpy.zeros((len(texts), 5), dtype=numpy.float32)
    for row, text in enumerate(texts):
        found = [place for place, word in enumerate(("siren", "people", "pay")) if word in text.casefold()]
        rows[row, found[0] if found else 3 + row % 2] = 1
    return rows


def article(id_: str, body: str, day: int = 1, *said: str) -> tuple[Article, list[Claim]]:
    text = "\n\n".join([body, *said])
    found = Article(id_, text, published=datetime.date(2025, 3, day))
    claims = []
    for number, words in enumerate(said):
        start = text.index(words)
        span = Span(start, start + len(words))
        claims.append(Claim(f"{id_}-{number}", found, Attribution((span,), (span,))))
    return found, claims


A = article("a", LEAK, 1, "The siren was silent.", "Forty people were treated.")[1]
B = article("b", MORE, 2, "Nobody heard a siren.", "Only ten people were hurt.")[1]
C = article("c", TALKS, 2, "Real pay fell by a tenth.", "The pay offer stands.")[1]


def sets(grouping: Grouping, of: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(claim for claim, topic in of.items() if topic == wanted) for wanted in of.values()}


def test_claims_share_a_story_and_within_it_a_matter() -> None:
    grouping = group([*A, *B, *C], vectors=vectors)
    assert sets(grouping, grouping.stories()) == {frozenset({"a-0", "a-1", "b-0", "b-1"}), frozenset({"c-0", "c-1"})}
    assert sets(grouping, grouping.matters()) == {
        frozenset({"a-0", "b-0"}), frozenset({"a-1", "b-1"}), frozenset({"c-0", "c-1"}),
    }  # fmt: skip


def test_every_claim_has_a_topic_that_is_listed_and_names_are_unique() -> None:
    grouping = group([*A, *B, *C], vectors=vectors)
    ids = {topic.id for topic in grouping.topics}
    assert set(grouping.of) == {c.id for c in (*A, *B, *C)} and set(grouping.of.values()) <= ids
    assert {topic.parent for topic in grouping.topics if topic.parent} <= ids
    assert len({topic.name.casefold() for topic in grouping.topics}) == len(grouping.topics)


def test_the_order_of_claims_does_not_matter() -> None:
    claims = [*A, *B, *C]
    assert group(claims, vectors=vectors) == group(claims[::-1], vectors=vectors)


def test_topics_keep_id_and_name_when_articles_are_added() -> None:
    first = group([*B, *C], vectors=vectors)
    renamed = tuple(replace(topic, name=f"Mine {n}") for n, topic in enumerate(first.topics))
    second = group([*A, *B, *C], earlier=first.of, known=renamed, vectors=vectors)
    names = {topic.id: topic.name for topic in second.topics}
    for topic in renamed:
        kept = {claim for claim, id_ in first.of.items() if id_ == topic.id}
        if topic.parent or kept:
            assert names.get(topic.id) == topic.name
    assert second.stories()["a-0"] == first.stories()["b-0"]


def test_grouping_again_changes_nothing() -> None:
    first = group([*A, *B, *C], vectors=vectors)
    assert group([*A, *B, *C], first.of, first.topics, vectors) == first


def test_a_former_topic_that_nobody_knows_any_more_is_not_revived() -> None:
    grouping = group(C, earlier={"c-0": "t_gone"}, vectors=vectors)
    assert "t_gone" not in grouping.of.values()


def test_a_new_topic_never_takes_the_id_of_another() -> None:
    first = group(C, vectors=vectors)
    ids = [topic.id for topic in first.topics]
    again = group(C, earlier={}, known=[Topic(id_, f"Other {id_}") for id_ in ids], vectors=vectors)
    assert not set(again.of.values()) & set(ids)


NO_TEXT = replace(C[0], article=replace(C[0].article, text=""))
NO_SPANS = replace(C[0], attribution=Attribution((), ()))


@pytest.mark.parametrize("claims", [[], [NO_TEXT], [NO_SPANS], [NO_TEXT, NO_SPANS, *A]])
def test_missing_claims_texts_and_spans_are_no_error(claims: list[Claim]) -> None:
    assert set(group(claims, vectors=vectors).of) == {claim.id for claim in claims}


@pytest.mark.parametrize(("day", "together"), [(2, True), (14, True), (400, False)])
def test_events_far_apart_in_time_are_two(day: int, together: bool) -> None:
    first = Article("a", LEAK, published=datetime.date(2025, 3, 1))
    second = Article("b", MORE, published=datetime.date(2025, 3, 1) + datetime.timedelta(day))
    rows = matrix([terms_of(LEAK), terms_of(MORE)])
    alike = float((rows[0] @ rows[1].T).sum())
    assert (len(stories([first, second], enough=alike * 0.8)) == 1) == together


def test_likeness_hangs_on_the_two_texts_alone() -> None:
    two = matrix([terms_of(LEAK), terms_of(MORE)])
    three = matrix([terms_of(LEAK), terms_of(TALKS), terms_of(MORE)])
    assert (two[0] @ two[1].T).sum() == pytest.approx((three[0] @ three[2].T).sum())


def test_a_rare_word_weighs_more() -> None:
    assert rarity("the") < rarity("presid") < rarity("chlorin") <= rarity("brimley")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_clusters_hold_everything_once(points: list[tuple[int, int]]) -> None:
    words = matrix([terms_of(f"{'ab'[x % 2]}lpha {'cd'[y % 2]}elta") for x, y in points])
    found = clusters(Likeness(words), 0.5)
    assert sorted(place for members in found for place in members) == list(range(len(points)))


def test_too_large_a_block_is_split_rather_than_compared_whole() -> None:
    rows = numpy.ones((LARGEST + 10, 1), dtype=numpy.float32)
    found = clusters(Likeness(matrix([()] * len(rows)), rows), 0.5)
    assert max(map(len, found)) <= LARGEST and sum(map(len, found)) == len(rows)


def test_a_name_has_the_words_that_the_claims_share_and_never_stop_words() -> None:
    wording = Wording(
        ["The siren was silent on Monday.", "Nobody heard the siren.", "They said the siren had been cut."]
    )
    assert wording.words()[0] == "siren" and not {"the", "was", "Monday", "said"} & set(wording.words())


@pytest.mark.parametrize(
    ("wishes", "given_"),
    [
        (["siren", "siren, hall"], "siren, hall"),
        (["pay"], "pay"),
        (["Siren"], "Siren 2"),
        ([""], "unnamed"),
    ],
)
def test_names_are_given_once(wishes: list[str], given_: str) -> None:
    assert Names(["siren"]).give(wishes) == given_


@pytest.mark.models
def test_the_related_claims_of_the_examples_share_their_story() -> None:
    lines = CliRunner().invoke(main, ["evaluate", "topics"]).output.splitlines()
    assert lines[0].startswith("same story     115 of 115 related pairs")
    assert int(lines[1].split()[2]) >= 63 and int(lines[1].split()[7].replace(",", "")) <= 900


@pytest.mark.skipif(not (SHARED / "data" / "ecbplus").is_dir(), reason="needs ECB+")
def test_the_stories_of_ecbplus_are_told_apart() -> None:
    lines = CliRunner().invoke(main, ["evaluate", "topics", "--corpus", str(SHARED / "data" / "ecbplus")]).output
    assert float(lines.splitlines()[-1].split()[3]) >= 88


def test_a_folder_without_ecbplus_is_named(tmp_path: object) -> None:
    result = CliRunner().invoke(main, ["evaluate", "topics", "--corpus", str(tmp_path)])
    assert result.exit_code == 1 and "ECB+ cannot be read" in result.output
