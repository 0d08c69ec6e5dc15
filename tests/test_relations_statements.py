"""Claims made ready for comparing: their sentences, who is one side, which of them state something."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import numpy
import pytest
from comparing import FakeEncoder, as_said, ready
from graphs import officials, person, said

from claimtrack.model import Article, Attribution, Claim, Span, Speaker, speaker_id
from claimtrack.relations.prepared import (
    embedded,
    leans,
    normalised,
    paragraph_of,
    prepare,
    rareness,
    sentence_before,
)
from claimtrack.relations.sides import Sides, sides_of
from claimtrack.relations.statements import MOST_SENTENCES, statements, stem, stems_of
from claimtrack.relations.stating import in_headline, is_stating


@pytest.mark.parametrize(
    ("words", "commitment", "text", "denied"),
    [
        ("The alarm was off.", "neutral", "The alarm was off.", False),
        ('"The alarm," [Brandt] said, "was off."', "neutral", "The alarm, Brandt said, was off.", False),
        ("[Brandt denied] that the alarm had been off.", "denied", "the alarm had been off.", True),
        ("[Brandt denied] the suggestion that the alarm was off.", "denied", "the alarm was off.", True),
        ("[Brandt denied] any suggestion that the alarm was off.", "denied", "the alarm was off.", True),
        ("[Brandt denied] switching it off.", "denied", "switching it off.", True),
        ("[Brandt dismissed] as a sham.", "denied", "Brandt dismissed as a sham.", False),
        ("[Brandt dismissed] Roe's claim as “a fairy tale”.", "denied", "Roe's claim", True),
        ("[She] did not switch it off.", "denied", "She did not switch it off.", False),
        ("We did not switch it off.", "denied", "We did not switch it off.", True),
        ("[Brandt said] that the alarm was off.", "neutral", "Brandt said that the alarm was off.", False),
    ],
)
def test_a_claim_becomes_plain_sentences(words: str, commitment: str, text: str, denied: bool) -> None:
    (found,) = statements(as_said(said("1", "Ida Brandt", words), commitment=commitment))
    assert (found.text, found.denied) == (text, denied)


def test_a_denial_that_is_no_statement_is_not_turned_round() -> None:
    words = "[Brandt denied wanting] to close the plant."
    (found,) = statements(as_said(said("1", "Ida Brandt", words), commitment="denied", attitude="intention"))
    assert not found.denied and found.text.startswith("Brandt denied wanting")


def test_a_denial_of_nothing_keeps_its_words() -> None:
    (found,) = statements(as_said(said("1", "Ida Brandt", "[Brandt denied it]."), commitment="denied"))
    assert (found.text, found.denied) == ("Brandt denied it.", False)


def test_of_a_long_quotation_some_sentences_are_compared() -> None:
    long = " ".join(f"Crane {number} stood still." for number in range(9))
    found = statements(said("1", "Ann Roe", long))
    assert [s.text for s in found] == [f"Crane {number} stood still." for number in range(MOST_SENTENCES)]


@pytest.mark.parametrize(
    "text", ["Did the siren sound?", "If the siren sounded, we left.", "Whether it sounded is open.", "Why me?"]
)
def test_questions_and_conditions_assert_nothing(text: str) -> None:
    assert [s.asserts for s in statements(said("1", "Ann Roe", text))] == [False]


def test_a_claim_without_content_states_nothing() -> None:
    assert statements(as_said(said("1", "Ann Roe", "Nothing."), content=())) == ()


def test_stems_are_of_content_words_and_names_have_capitals() -> None:
    (found,) = statements(said("1", "Ann Roe", "The cranes of Marrowby were not moving on Monday."))
    assert found.stems == {"crane", "marrowbi", "move", "monday"}
    assert found.names == {"marrowbi", "monday"}
    assert stems_of(["The", "plant's", "It’s", "leaks"]) == {"plant", "leak"} and stem("Plant’s") == "plant"


@pytest.mark.parametrize("word", ["weren't", "didn’t", "wasn't", "hasn't", "don't"])
def test_a_contraction_is_a_stop_word(word: str) -> None:
    assert not stems_of([word])


PLANT = Speaker(speaker_id("Halden Chemicals"), "Halden Chemicals", "organisation")
UNION = Speaker(speaker_id("Dockers' Union"), "Dockers' Union", "organisation")
HOLDING = replace(PLANT, id=speaker_id("North Holding"), name="North Holding")


def bond(a: Speaker | None, b: Speaker | None, *others: Speaker, article: str = "a") -> str:
    """Return how two speakers of one article are connected, where others speak, too."""
    heard = [speaker for speaker in (a, b, *others) if speaker]
    return sides_of(said(str(n), s, article=article) for n, s in enumerate(heard)).bond(a, b)


BRANDT = person("Ida Brandt", "Halden Chemicals")


def group(name: str) -> Speaker:
    """Return some people as a speaker."""
    return Speaker(speaker_id(name), name, "group")


OWNED = replace(PLANT, part_of=HOLDING.id)


@pytest.mark.parametrize(
    ("a", "b", "others", "wanted"),
    [
        (BRANDT, BRANDT, (), "same"),
        (BRANDT, replace(BRANDT, id="s_other", name="IDA BRANDT"), (), "same"),
        (BRANDT, PLANT, (), "body"),
        (PLANT, BRANDT, (), "body"),
        (BRANDT, HOLDING, (OWNED,), "body"),
        (BRANDT, person("Jo Ek", "Halden Chemicals"), (), "siblings"),
        (BRANDT, person("Lena Holm", "Port Authority"), (), "none"),
        (BRANDT, None, (), "none"),
        (None, None, (), "none"),
        (officials("one"), officials("two"), (), "siblings"),
        (replace(BRANDT, role="the company's safety chief", part_of=None, affiliation=None), PLANT, (), "body"),
        (person("Jo Ek", role="the union's secretary"), UNION, (PLANT,), "body"),
        (person("Jo Ek", role="the union's secretary"), PLANT, (UNION,), "none"),
        (person("Jo Ek", role="secretary"), PLANT, (), "none"),
        # A poll does not contradict itself.
        (group("57% of drivers"), group("38 per cent"), (), "body"),
        # Officials of one government.
        (person("Jo Ek", "State Department"), person("Lena Holm", "U.S. National Security Council"), (), "siblings"),
        (person("Jo Ek", "State Department"), person("Lena Holm", "British Chamber of Trade"), (), "none"),
        (person("Jo Ek", "State Department"), person("Lena Holm", "British Home Office"), (), "none"),
        (group("About 9 percent of them"), group("a further 40%"), (), "body"),
        (group("57% of drivers"), group("drivers"), (), "none"),
    ],
)
def test_who_is_connected_with_whom(
    a: Speaker | None, b: Speaker | None, others: tuple[Speaker, ...], wanted: str
) -> None:
    assert bond(a, b, *others) == wanted


def test_a_body_is_known_from_another_article() -> None:
    bare = person("Ida Brandt")
    sides = sides_of([said("1", BRANDT), said("2", bare), said("3", PLANT)])
    assert sides.bond(bare, PLANT) == "body"


def test_bodies_that_own_each_other_come_to_an_end() -> None:
    circle = [replace(PLANT, part_of=HOLDING.id), replace(HOLDING, part_of=PLANT.id)]
    assert sides_of([said("1", circle[0]), said("2", circle[1])]).bodies == {
        PLANT.id: frozenset({HOLDING.id}), HOLDING.id: frozenset({PLANT.id}),
    }  # fmt: skip


def test_of_nobody_nothing_is_known() -> None:
    assert Sides({}).bond(BRANDT, PLANT) == "none"


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, True),
        ({"attitude": "belief"}, True),
        ({"attitude": "perception"}, True),
        ({"attitude": "intention"}, False),
        ({"attitude": "decree"}, False),
        ({"attitude": "question"}, False),
        ({"attitude": "intention", "commitment": "denied"}, True),
        ({"commitment": "promised"}, False),
        ({"commitment": "demanded"}, False),
        ({"commitment": "declined"}, False),
        ({"commitment": "predicted"}, True),
        ({"content": ()}, False),
    ],
)
def test_what_states_something(facts: dict[str, Any], wanted: bool) -> None:
    assert is_stating(as_said(said("1", "Ann Roe", "The siren sounded."), **facts)) == wanted


def in_article(text: str, content: str, title: str | None = None) -> Claim:
    """Return a claim at some words of an article."""
    start = text.index(content)
    article = Article("a", text, title=title)
    return Claim("1", article, Attribution((), (Span(start, start + len(content)),)), proposition=content)


TEXT = "Siren stayed silent, says chief\n\nThe valve broke at night. It had been switched off. Nobody came."


@pytest.mark.parametrize(
    ("text", "content", "title", "wanted"),
    [
        (TEXT, "Siren stayed silent", None, True),
        (TEXT, "It had been switched off", None, False),
        ("The siren failed, she said.\n\nMore later.", "The siren failed", None, False),
        ("The siren failed.\n\nMore later.", "The siren failed", "The siren failed.", True),
        ("The siren failed, she said", "The siren failed", None, False),
    ],
)
def test_headlines(text: str, content: str, title: str | None, wanted: bool) -> None:
    assert in_headline(in_article(text, content, title)) == wanted


def test_who_says_it_in_the_same_sentence_is_not_all_that_a_claim_leans_on() -> None:
    text = "The valve broke at night. Ida Brandt denied it had been switched off."
    claim = in_article(text, "it had been switched off")
    start = text.index("denied")
    claim = as_said(claim, cue=(Span(start, start + len("denied")),))
    assert sentence_before(claim) == "The valve broke at night. Ida Brandt denied"


def test_what_a_claim_leans_on() -> None:
    claim = in_article(TEXT, "It had been switched off")
    assert sentence_before(claim) == "The valve broke at night."
    assert paragraph_of(claim) == TEXT.index("The valve")
    (one,) = prepare([claim], {})
    assert one.before == "The valve broke at night." and "valv" in one.stems and one.topic is None
    assert not leans(ready("The red siren stayed silent all night.").statements[0])


def test_a_prepared_claim_knows_its_day_place_and_what_holds_it() -> None:
    outer = said("o", "Ann Roe", "Lind said the siren failed.", day=None, article="a")
    inner = said("i", "Bo Lind", "The siren failed.", article="a", via="o")
    one, other = prepare([outer, inner], {"o": "t"})
    assert one.day == datetime.date(2024, 4, 1) and other.day == datetime.date(2024, 3, 1)
    assert one.reports and not other.reports and other.inside == {"o"} and not one.inside
    assert {one.place, other.place} == {0, 1} and (one.topic, other.topic) == ("t", None)


@pytest.mark.parametrize(
    ("who", "text", "wanted"),
    [
        ("Ann Roe", "I have no funding. I never had.", True),
        ("Ann Roe", "[Ann Roe] receives funding.", True),
        ("Ann Roe", "Since I met him, I stay at home.", True),
        ("Ann Roe", "I have no funding. The firm pays nobody.", False),
        ("Ann Roe", "We have no funding.", False),
        (PLANT, "[Halden Chemicals] has no funding.", False),
        (None, "I have no funding.", False),
    ],
)
def test_who_speaks_of_themselves(who: Speaker | str | None, text: str, wanted: bool) -> None:
    (one,) = prepare([said("1", who, text)], {})
    assert one.own is wanted


def test_vectors_of_claims_have_length_one() -> None:
    prepared = [ready("The siren failed. The cranes stood still."), ready("Cranes moved.", id_="2")]
    sentences, own, around = embedded(prepared, FakeEncoder(("siren",)))
    assert [len(array) for array in sentences] == [2, 1]
    assert numpy.allclose(numpy.linalg.norm(own, axis=1), 1) and numpy.allclose(around, own)
    assert not normalised(numpy.zeros((1, 3), dtype=numpy.float32)).any()


def test_a_word_that_all_claims_have_is_not_rare() -> None:
    rare = rareness([ready("The siren failed."), ready("The siren sounded.")])
    assert rare["siren"] == 0 < rare["fail"]
