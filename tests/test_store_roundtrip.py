"""Whatever a claim is, it comes back from the project file equal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.model import (
    ATTITUDES,
    COMMITMENTS,
    KINDS,
    PRECISIONS,
    SPEAKER_KINDS,
    Article,
    Attribution,
    Claim,
    Span,
    Speaker,
    claim_id,
)
from claimtrack.store import Filters, Project, articles, claims, query
from claimtrack.store.more import more_of, with_more
from claimtrack.store.texts import fold, spans_of, spans_text, storable

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
maybe = st.none() | words
share = st.floats(0, 1)
days = st.none() | st.dates()


@st.composite
def some_spans(draw: st.DrawFn, length: int, least: int = 0) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(0, length), min_size=2 * least, max_size=6)))
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


@st.composite
def some_claims(draw: st.DrawFn) -> list[Claim]:
    text = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=8, max_size=60))
    article = Article(
        draw(words.filter(bool)), text, *(draw(maybe) for _ in range(3)), draw(days), draw(maybe), draw(maybe)
    )
    made = []
    for _ in range(draw(st.integers(0, 4))):
        cue, content = draw(some_spans(len(text), 1)), draw(some_spans(len(text)))
        attribution = Attribution(
            cue, content, draw(some_spans(len(text))), draw(st.sampled_from(KINDS)), draw(st.sampled_from(ATTITUDES)),
            draw(st.sampled_from(COMMITMENTS)), draw(share), draw(st.none() | st.integers(0, 3)),
        )  # fmt: skip
        speaker = draw(st.none() | st.builds(
            Speaker, words, words, st.sampled_from(SPEAKER_KINDS), maybe, maybe, maybe, maybe, maybe, share,
            st.lists(words, max_size=3).map(tuple),
        ))  # fmt: skip
        made.append(Claim(
            claim_id(article.id, cue, content), article, attribution, speaker, draw(maybe), draw(days),
            draw(st.none() | st.sampled_from(PRECISIONS)), *(draw(maybe) for _ in range(4)),
        ))  # fmt: skip
    return list({claim.id: claim for claim in made}.values())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with Project(tmp_path_factory.mktemp("roundtrip") / "claims.db") as project:
        yield project


@given(found=some_claims())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_claims_come_back_equal(project: Project, found: list[Claim]) -> None:
    if not found:
        return
    article = found[0].article
    with project.writing() as connection:
        savepoint = connection.begin_nested()
        articles.add(connection, articles.place(connection, article))
        claims.save(connection, article, found)
        (stored,) = articles.load(connection, [article.id])
        assert stored == article
        assert claims.of_article(connection, stored) == found
        # The shown ones name a speaker as the first claim of the project did, which an id of hypothesis ignores.
        shown = list(query.shown(connection, Filters(status="all")))
        assert [row["claim_id"] for row in shown] == [claim.id for claim in found]
        savepoint.rollback()


def test_every_field_of_the_model_is_stored() -> None:
    """A field without a column travels in ``more``; an article has no such place, so each needs a column."""
    stored = {column.name for column in articles.articles.c} | {"text"}
    assert {field.name for field in fields(Article)} <= stored


def test_fields_without_a_column_travel_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    from claimtrack.store import more

    other = Speaker("s_2", "Lund", "person", alternatives=("Lundt",))
    speaker = Speaker("s_1", "Brandt", "person", alternatives=("Brand",))
    claim: Any = Claim("c", Article("a", "No, said Brandt"), Attribution((Span(4, 8),), (Span(0, 2),)), speaker)
    known = {**more.OWN_COLUMNS, Speaker: more.OWN_COLUMNS[Speaker] - {"alternatives"}}
    monkeypatch.setattr(more, "OWN_COLUMNS", known)
    assert with_more(more_of(claim), "speaker") == {"alternatives": ("Brand",)}
    assert with_more(None, "speaker") == with_more(more_of(claim), "claim") == {}
    assert more._rich(more._plain((other, "x"))) == (other, "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("a\ud800b", "a\ufffdb"),
        (None, None),
        (datetime.date(2022, 5, 1), datetime.date(2022, 5, 1)),
    ],
)
def test_half_of_a_surrogate_pair_becomes_the_sign_for_an_unknown_character(text: Any, expected: Any) -> None:
    assert storable(text) == expected


def test_surrogates_in_an_article_do_not_move_its_offsets() -> None:
    article = Article("a\udc00", "a\ud800b", title="x\ud800")
    assert storable(article) == Article("a\ufffd", "a\ufffdb", title="x\ufffd")


@pytest.mark.parametrize("spans", [(), (Span(1, 2),), (Span(1, 2), Span(5, 9))])
def test_spans_read_back(spans: tuple[Span, ...]) -> None:
    assert spans_of(spans_text(spans)) == spans


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Zelenskiy", "zelenskiy"), ("ZELENSKÝ", "zelensky"), ("  José   María ", "jose maria"), ("Wałęsa", "walesa"),
     ("Støre", "store"), ("O’Brien", "o'brien"), ("Straße", "strasse")],
)  # fmt: skip
def test_names_are_compared_without_case_accents_and_spacing(name: str, folded: str) -> None:
    assert fold(name) == folded
