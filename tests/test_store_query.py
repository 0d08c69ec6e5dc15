"""Which claims: every filter, search, and what people type into both."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import ProjectError
from claimtrack.export.rows import COLUMNS as CSV_COLUMNS
from claimtrack.export.rows import claim_row
from claimtrack.model import Article, Attribution, Claim, Span, Speaker, claim_id, speaker_id
from claimtrack.store import Filters
from claimtrack.store.search import match_expression
from claimtrack.store.shown import COLUMNS
from claimtrack.tracker import Tracker

TEXT = "The cranes work. Wages rose. Nobody was hurt. Strike on. Who knows?"
MAY, JUNE = datetime.date(2022, 5, 28), datetime.date(2022, 6, 10)
COURIER = Article("courier-1", TEXT, "Coast Courier", "Cranes stand still", "https://c.example/1", MAY, "a.txt")
WIRE = Article("wire-1", TEXT + " ", "Meridian Wire", "Strike goes on", None, JUNE, "b.txt")


def claim(article: Article, words: str, name: str | None, **facts: Any) -> Claim:
    content = (Span(TEXT.index(words), TEXT.index(words) + len(words)),)
    own = {key: facts.pop(key) for key in ("kind", "attitude", "commitment") if key in facts}
    speaker = Speaker(speaker_id(name), name, "person", alternatives=("A", "B")) if name else None
    attribution = Attribution((Span(0, 3),), content, **own)
    return Claim(claim_id(article.id, (Span(0, 3),), content), article, attribution, speaker, **facts)


CRANES = claim(COURIER, "The cranes work.", "Ida Brandt", proposition="The cranes at Halden work.", topic="cranes")
WAGES = claim(COURIER, "Wages rose.", "José Núñez", kind="direct", via=CRANES.id, said_on=datetime.date(2022, 5, 20))
HURT = claim(WIRE, "Nobody was hurt.", "Brandt, Ida", commitment="denied", said_on=datetime.date(2022, 6, 1),
             said_on_precision="month")  # fmt: skip
STRIKE = claim(WIRE, "Strike on.", "Friday Agency", attitude="intention", topic="Strike at the port")
WHO = claim(WIRE, "Who knows?", None, attitude="question")
NAMES = {"cranes": CRANES, "wages": WAGES, "hurt": HURT, "strike": STRIKE, "who": WHO}


class Given:
    """Finds what was made above."""

    def extract_all(self, articles: Any) -> Iterator[tuple[Article, list[Claim] | Exception]]:
        for article in articles:
            yield article, [found for found in NAMES.values() if found.article.id == article.id]


@pytest.fixture(scope="module")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    with Tracker(tmp_path_factory.mktemp("query") / "p.db", extractor=Given()) as tracker:
        tracker.add([WIRE, COURIER])
        tracker.merge("Brandt, Ida", "Ida Brandt", "one person")
        yield tracker


def found(tracker: Tracker, **filters: Any) -> list[str]:
    names = {claim.id: name for name, claim in NAMES.items()}
    return [names[id_] for id_ in tracker.claims(**filters).claim_id]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, "cranes wages hurt strike who"),
        ({"speaker": "Ida Brandt"}, "cranes hurt"),
        ({"speaker": "brandt,"}, "cranes hurt"),
        ({"speaker": "IDA"}, "cranes hurt"),
        ({"speaker": "nunez"}, "wages"),
        ({"speaker": "NÚÑ"}, "wages"),
        ({"speaker": "rand"}, "cranes hurt"),
        ({"speaker": speaker_id("Ida Brandt")}, "cranes hurt"),
        ({"speaker": "nobody"}, ""),
        ({"speaker": "%"}, ""),
        ({"speaker": ""}, ""),
        ({"topic": "STRIKE"}, "strike"),
        ({"outlet": "courier"}, "cranes wages"),
        ({"outlet": "e"}, "cranes wages hurt strike who"),
        ({"since": "2022-06-01"}, "hurt strike who"),
        ({"since": "2022-06-11"}, "hurt"),
        ({"until": "2022-05-20"}, "wages"),
        ({"since": MAY, "until": MAY}, "cranes"),
        ({"since": datetime.datetime(2022, 5, 28, 12)}, "cranes hurt strike who"),
        ({"kind": "direct"}, "wages"),
        ({"attitude": "question"}, "who"),
        ({"commitment": "denied"}, "hurt"),
        ({"via": "brandt"}, "wages"),
        ({"via": "nunez"}, ""),
        ({"status": "suggested"}, "cranes wages hurt strike who"),
        ({"status": "accepted"}, ""),
        ({"article": "courier-1"}, "cranes wages"),
        ({"article": "wire"}, "hurt strike who"),
        ({"article": "b.txt"}, "hurt strike who"),
        ({"article": "stand still"}, "cranes wages"),
        ({"text": "crane"}, "cranes"),
        ({"text": "halden work"}, "cranes"),
        ({"text": '"work cranes"'}, ""),
        ({"text": "nunez wages"}, "wages"),
        ({"text": "ida hurt"}, "hurt"),
        ({"speaker": "Ida Brandt", "commitment": "denied", "outlet": "wire"}, "hurt"),
        ({"limit": 2}, "cranes wages"),
        ({"order": "day"}, "wages cranes hurt strike who"),
    ],
)
def test_filters(tracker: Tracker, filters: dict[str, Any], expected: str) -> None:
    assert " ".join(found(tracker, **filters)) == expected
    given = {key: value for key, value in filters.items() if key not in ("limit", "order")}
    if "limit" not in filters and not any(isinstance(value, (str, datetime.date)) and key in ("since", "until")
                                          for key, value in given.items()):  # fmt: skip
        assert tracker.count(Filters(**given)) == len(expected.split())


def test_beginning_of_a_word_counts_before_its_middle(tracker: Tracker) -> None:
    assert found(tracker, speaker="ida") == ["cranes", "hurt"]
    assert found(tracker, speaker="iday") == ["strike"]


@pytest.mark.parametrize("filters", [{"article": "nowhere"}, {"since": "someday"}])
def test_filter_that_means_nothing_is_told(tracker: Tracker, filters: dict[str, Any]) -> None:
    with pytest.raises(ProjectError):
        tracker.claims(**filters)


def test_unknown_filter_is_a_mistake_in_the_program(tracker: Tracker) -> None:
    with pytest.raises(TypeError):
        tracker.claims(speakr="x")


def test_columns_are_those_of_csv_and_the_status(tracker: Tracker) -> None:
    assert tuple(tracker.claims().columns) == COLUMNS == (*CSV_COLUMNS, "status")


def test_row_says_what_csv_of_the_claim_says(tracker: Tracker) -> None:
    rows = {row["claim_id"]: row for row in (dict(zip(COLUMNS, row, strict=True)) for row in tracker.rows(Filters()))}
    for claim in tracker.each(Filters()):
        assert {**claim_row(claim), "status": "suggested"} == rows[claim.id]


def test_days_are_days_in_pandas(tracker: Tracker) -> None:
    frame = tracker.claims()
    assert frame.article_published.dt.month.tolist() == [5, 5, 6, 6, 6]
    assert frame.said_on.notna().sum() == 2


def test_empty_tables_have_their_columns(tmp_path: Path) -> None:
    with Tracker(tmp_path / "p.db") as tracker:
        assert tuple(tracker.claims().columns) == COLUMNS and not len(tracker.search("x"))
        assert list(tracker.relations().columns)[:4] == ["kind", "speaker_a", "cue_a", "claim_a"]
        assert len(tracker.speakers()) == len(tracker.articles()) == 0


def test_timeline_is_in_the_order_in_which_things_were_said(tracker: Tracker) -> None:
    assert tracker.timeline(speaker="brandt").claim_id.tolist() == [CRANES.id, HURT.id]
    assert tracker.timeline(topic="cranes").claim_id.tolist() == [CRANES.id]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("crane strike", '"crane" "strike"'),
        ('"safety chief"', '"safety chief"'),
        ("“safety chief” crane", '"safety chief" "crane"'),
        ('"never closed', '"never closed"'),
        ("cran*", '"cran"*'.replace('"cran"', '"cran*"')),
        ("AND OR NOT NEAR(", '"AND" "OR" "NOT" "NEAR("'),
        ("content:crane -x ^y", '"content:crane" "-x" "^y"'),
        ("Brandt's", '"Brandt\'s"'),
        ("* - ( !", None),
        ("", None),
        ("a\0b", '"a" "b"'),
    ],
)
def test_what_people_type_is_text_and_no_syntax(typed: str, asked: str | None) -> None:
    assert match_expression(typed) == asked


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_search(tracker: Tracker, typed: str) -> None:
    tracker.found(typed)
    tracker.count(Filters(text=typed))
    tracker.count(Filters(speaker=typed, outlet=typed, topic=typed, via=typed))


def test_search_finds_by_any_name_and_any_form(tracker: Tracker) -> None:
    assert tracker.search("Brandt hurt").claim_id.tolist() == [HURT.id]
    assert tracker.search("ida brandt").speaker_name.tolist() == ["Ida Brandt", "Ida Brandt"]
    assert tracker.search("working").claim_id.tolist() == [CRANES.id]
    assert tracker.search("hal*").claim_id.tolist() == [CRANES.id]
    assert tracker.search("zebra").empty


@pytest.mark.parametrize(
    ("prefix", "message"),
    [("c_", "begins several claims"), ("c_zzz", "no claim begins with 'c_zzz'"), ("", "begins several claims")],
)
def test_claim_by_the_beginning_of_its_id(tracker: Tracker, prefix: str, message: str) -> None:
    assert tracker.claim(CRANES.id[:9])[0] == CRANES
    assert tracker.claim_id(CRANES.id[2:10]) == CRANES.id
    with pytest.raises(ProjectError, match=message):
        tracker.claim(prefix)


def test_stats_count_what_is_shown(tracker: Tracker) -> None:
    stats = tracker.stats()
    assert (stats["articles"], stats["claims"], stats["speakers"], stats["claims without speaker"]) == (2, 5, 3, 1)
