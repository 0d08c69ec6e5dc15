"""What belongs to a cue: its day, its occasion, its hearer, and nothing that was said.

The sentences are marked by hand (:func:`support.marked`).
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from support import SHARED, document, marked

from claimtrack.attribution.trees import Tree
from claimtrack.claims.circumstances import Circumstances, circumstances
from claimtrack.model import Article

PUBLISHED = datetime.date(2022, 5, 28)
"""A Saturday."""

# Sentence by hand, parse by hand: what the tables below say once more, without a model.
PARSED = [
    (
        "{S Lund} {C said} on Friday {T that the vote will be on Monday}.",
        """
        Lund Lund PROPN 2 nsubj
        said say VERB 0 root
        on on ADP 4 case
        Friday Friday PROPN 2 obl
        that that SCONJ 11 mark
        the the DET 7 det
        vote vote NOUN 11 nsubj
        will will AUX 11 aux
        be be AUX 11 cop
        on on ADP 11 case
        Monday Monday PROPN 2 ccomp
        . . PUNCT 2 punct
        """,
        Circumstances(datetime.date(2022, 5, 27), "day"),
    ),
    (
        "{S Lund} {C said} {T the vote will be on Friday}.",
        """
        Lund Lund PROPN 2 nsubj
        said say VERB 0 root
        the the DET 4 det
        vote vote NOUN 8 nsubj
        will will AUX 8 aux
        be be AUX 8 cop
        on on ADP 8 case
        Friday Friday PROPN 2 ccomp
        . . PUNCT 2 punct
        """,
        Circumstances(),
    ),
    (
        "In a Tuesday interview with the Courier, {S Lund} {C said} {T it had rained}.",
        """
        In in ADP 4 case
        a a DET 4 det
        Tuesday Tuesday PROPN 4 compound
        interview interview NOUN 10 obl
        with with ADP 7 case
        the the DET 7 det
        Courier Courier PROPN 4 nmod
        , , PUNCT 10 punct
        Lund Lund PROPN 10 nsubj
        said say VERB 0 root
        it it PRON 13 expl
        had have AUX 13 aux
        rained rain VERB 10 ccomp
        . . PUNCT 10 punct
        """,
        Circumstances(
            datetime.date(2022, 5, 24), "day", "in a Tuesday interview with the Courier", "the Courier"
        ),
    ),
    (
        "{S Lund} {C told} reporters since Monday {T it had rained}.",
        """
        Lund Lund PROPN 2 nsubj
        told tell VERB 0 root
        reporters reporter NOUN 2 obj
        since since ADP 5 case
        Monday Monday PROPN 2 obl
        it it PRON 8 expl
        had have AUX 8 aux
        rained rain VERB 2 ccomp
        . . PUNCT 2 punct
        """,
        Circumstances(addressee="reporters"),
    ),
    (
        "{S Lund} {C said} on Monday and Tuesday {T it had rained}.",
        """
        Lund Lund PROPN 2 nsubj
        said say VERB 0 root
        on on ADP 4 case
        Monday Monday PROPN 2 obl
        and and CCONJ 6 cc
        Tuesday Tuesday PROPN 4 conj
        it it PRON 9 expl
        had have AUX 9 aux
        rained rain VERB 2 ccomp
        . . PUNCT 2 punct
        """,
        Circumstances(),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "parse", "expected"), PARSED, ids=[row[0][:40] for row in PARSED])
def test_circumstances_come_from_the_words_about_the_cue(sentence: str, parse: str, expected: Circumstances) -> None:
    text, attribution = marked(sentence)
    trees = [Tree(s) for s in document(text, parse).sentences]
    assert circumstances(Article("a", text, published=PUBLISHED), [attribution], trees) == [expected]


def test_nothing_is_told_without_publication() -> None:
    text, attribution = marked(PARSED[0][0])
    trees = [Tree(s) for s in document(text, PARSED[0][1]).sentences]
    assert circumstances(Article("a", text), [attribution], trees) == [Circumstances()]


def test_cue_outside_every_sentence_has_no_circumstances() -> None:
    text, attribution = marked("{S Lund} {C said} {T so}.")
    assert circumstances(Article("a", text), [attribution], []) == [Circumstances()]


# sentence | date and precision | occasion | hearer
TABLE = """
{S Lund} {C said} on Friday {T that the bridge would stay shut}. | 2022-05-27 day | |
{S Lund} on Friday {C rejected} {T the plan for the bridge}. | 2022-05-27 day | |
On Friday, {S Lund} {C said} {T the bridge would stay shut}. | 2022-05-27 day | |
{T “The bridge stays shut,”} {S Lund} {C said} on Thursday. | 2022-05-26 day | |
{T “The bridge stays shut,”} {C said} {S Lund} on May 3. | 2022-05-03 day | |
{S Lund} {C told} reporters on Friday {T that the bridge would stay shut}. | 2022-05-27 day | | reporters
{S Lund} {C told} CNN last month {T that the bridge would stay shut}. | 2022-04-01 month | | CNN
{S Lund} {C said} in 2015 {T that the bridge was safe}. | 2015-01-01 year | |
{S Lund} {C said} in a statement on Thursday {T that the bridge was safe}. | 2022-05-26 day | in a statement |
In a statement released on Wednesday, {S Lund} {C said} {T the bridge was safe}. | 2022-05-25 day | in a statement |
In a 2015 speech, {S Lund} {C called} {T the bridge a disgrace}. | 2015-01-01 year | in a 2015 speech |
Speaking on Tuesday, {S Lund} {C said} {T the bridge was safe}. | 2022-05-24 day | |
{S Lund}, speaking to reporters on Tuesday, {C said} {T the bridge was safe}. | 2022-05-24 day | | reporters
{S Lund} spoke on Tuesday, {C saying} {T that the bridge was safe}. | 2022-05-24 day | |
{S A report released on Thursday} {C said} {T the bridge was safe}. | 2022-05-26 day | |
{T The bridge was safe}, {C according to} {S a survey published on Monday}. | 2022-05-23 day | |
{S Lund} {C said} on Wednesday {T the bridge was safe} and promised that it would open. | 2022-05-25 day | |
{S Lund} spoke on Wednesday and {C promised} {T that the bridge would open}. | 2022-05-25 day | |
{S Lund} {C said} {T the bridge would open on Friday}. | | |
{S Lund} {C said} {T that the storm of last month had broken the bridge}. | | |
{S Lund, who on Monday spoke of four boats,} {C said} {T the bridge was safe}. | | |
{S Lund, who resigned on Friday,} {C said} {T the bridge was safe}. | | |
After the storm on Friday, {S Lund} {C said} {T the bridge was safe}. | | |
{S Lund} {C has said} since Monday {T that the bridge is safe}. | | |
{S Lund} {C said} before Friday's vote {T that the bridge was safe}. | | |
{S Lund} {C wrote} on Telegram {T that the bridge was safe}. | | on Telegram |
{S Lund} {C wrote} on Twitter on Friday {T that the bridge was safe}. | 2022-05-27 day | on Twitter |
{S Lund} {C said} in his nightly video address {T that the bridge was safe}. | | in his nightly video address |
{S Lund} {C said} at a news conference in Vienna {T that the bridge was safe}. | | at a news conference in Vienna |
{S The ministry} {C said} in its daily bulletin {T that the bridge was safe}. | | in its daily bulletin |
In a call with Berg, {S Lund} {C said} {T the bridge was safe}. | | in a call with Berg | Berg
{S Lund} {C said} in an interview with Bloomberg {T that it was safe}. | | in an interview with Bloomberg | Bloomberg
In a letter to parliament, {S Lund} {C said} {T the bridge was safe}. | | in a letter to parliament | parliament
{S Lund} {C said} at a rally in Norrick {T that the bridge was safe}. | | at a rally in Norrick |
{S Lund} {C said} in an email {T that the bridge was safe}. | | in an email |
{S Lund} {C said} by telephone {T that the bridge was safe}. | | by telephone |
{S Lund} {C testified} at a hearing on Monday {T that the bridge was safe}. | 2022-05-23 day | at a hearing |
{S Lund} {C told} Bloomberg {T that the bridge was safe}. | | | Bloomberg
{S Lund} {C told} the members of the council {T that the bridge was safe}. | | | the members of the council
{S Lund} {C said} to reporters {T that the bridge was safe}. | | | reporters
{S Lund}, who spoke to reporters after the storm, {C said} {T the bridge was safe}. | | | reporters
{S Lund} {C assured} drivers {T that the bridge was safe}. | | | drivers
Asked by a reporter, {S Lund} {C said} {T the bridge was safe}. | | |
The council {C was told} {T that the bridge was safe}. | | | The council
{S Lund} {C warned} Berg and Ness {T that the bridge would fall}. | | | Berg and Ness
{S Lund} {C told} reporters Friday {T that the bridge was safe}. | 2022-05-27 day | | reporters
{S Lund} {C said} {T the bridge would stay on Telegram}. | | |
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.mark.models
@pytest.mark.parametrize(("sentence", "moment", "occasion", "addressee"), ROWS, ids=[row[0] for row in ROWS])
def test_cue_has_its_circumstances(sentence: str, moment: str, occasion: str, addressee: str, trees_of: Any) -> None:
    text, attribution = marked(sentence)
    (found,) = circumstances(Article("a", text, published=PUBLISHED), [attribution], trees_of(text))
    told = f"{found.said_on} {found.said_on_precision}" if found.said_on else ""
    assert (told, found.occasion or "", found.addressee or "") == (moment, occasion, addressee)


@pytest.mark.models
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berg left on Thursday. {S Lund} {C said} the same day {T that she was right}.", "2022-05-26"),
        ("Berg spoke on May 20. {T “She was right,”} {S Lund} {C said} the previous night.", "2022-05-19"),
        # What somebody said is no part of the story's own calendar.
        ("{S Lund} {C said} a day later {T that Berg left on Thursday}.", "None"),
        ("{T “She was right,”} {S Lund} {C said} the previous night.", "None"),
    ],
)
def test_same_day_points_to_the_last_day_of_the_story(text: str, expected: str, trees_of: Any) -> None:
    plain, attribution = marked(text)
    (found,) = circumstances(Article("a", plain, published=PUBLISHED), [attribution], trees_of(plain))
    assert str(found.said_on) == expected


@pytest.mark.models
def test_seed_article_tells_its_days(extractor: Any) -> None:
    files = sorted((SHARED / "data" / "seed").glob("*.txt"))
    if not files:
        pytest.skip("needs the seed article")
    text = files[0].read_bytes().decode("utf-8")
    claims = extractor.extract(Article("seed", text, published=PUBLISHED))
    told = {
        (c.source_text.rpartition(" ")[2], str(c.said_on)) for c in claims if c.said_on and c.source_text
    }  # fmt: skip
    assert {("Ministry", "2022-05-28"), ("Hayday", "2022-05-27"), ("Johnson", "2022-05-27")} <= told
    assert {c.occasion for c in claims} >= {"in its daily intelligence bulletin", "in his nightly video address"}
    assert {c.addressee for c in claims} >= {"Bloomberg", "reporters"}
    assert all(c.proposition for c in claims if c.attribution.content)
    assert not any(c.said_on for c in extractor.extract(Article("seed", text)))
