"""Speakers that may be one source though nothing connects them: they are no two witnesses."""

from __future__ import annotations

import pytest
from graphs import person, said

from claimtrack.model import Speaker, SpeakerKind, speaker_id
from claimtrack.relations.witnesses import may_be_one


def someone(name: str, kind: SpeakerKind = "anonymous") -> Speaker:
    """Return a speaker of a kind."""
    return Speaker(speaker_id(name), name, kind)


ROE = person("Ann Roe", role="minister of trade")
LETTER = someone("letter to the council", "document")


@pytest.mark.parametrize(
    ("a", "b", "across", "inside"),
    [
        (person("Roe"), ROE, True, True),
        (someone("Roe", "organisation"), ROE, True, True),
        (someone("Austria", "government"), someone("nations including Austria and Sweden", "government"), True, True),
        (someone("five women"), someone("one of the women"), True, True),
        (someone("senior officials"), someone("local officials"), True, True),
        (person("Ann Roe"), person("Bo Roe"), False, False),
        (person("Scarmucci"), person("Anthony Scaramucci"), True, True),
        (person("Al Scarmucci"), person("Anthony Scaramucci"), False, False),
        (person("Rower"), person("Anthony Power"), False, False),
        (person("Renée Roe-Lópes"), person("Roe-Lopes"), True, True),
        (person("Lou Finn", role="counsel to President Roe"), ROE, True, True),
        (someone("fire service", "organisation"), someone("Eastmere Hospital", "organisation"), False, False),
        # Papers pass on what others say.
        (someone("Harbour Times", "organisation"), someone("news reports", "document"), True, True),
        (someone("Harbour Times", "organisation"), ROE, True, True),
        # What "police" tell, and a constable, has one source.
        (someone("police", "organisation"), person("Lou Finn", role="Constable"), True, True),
        (someone("authorities"), someone("Eastmere Police Department", "organisation"), True, True),
        (someone("local officials"), someone("Estmark", "government"), True, True),
        (someone("police", "organisation"), person("Lou Finn", role="baker"), False, False),
        (someone("police", "organisation"), someone("Eastmere Hospital", "organisation"), False, False),
        (someone("police", "organisation"), person("Lou Finn", role="Governor"), True, True),
        (someone("Indian navy", "organisation"), someone("Defence Ministry", "government"), True, True),
        (someone("Indian navy", "organisation"), someone("Russian Defence Ministry", "government"), False, False),
        # Those of two lands are two.
        (someone("Ukrainian officials"), someone("Russia", "government"), False, False),
        (someone("Ukrainian officials"), someone("Russian police", "organisation"), False, False),
        (someone("Ukrainian officials"), someone("Ukraine", "government"), True, True),
        (person("Lou Finn", role="Russian Foreign Minister"), person("Bo Lind", role="UK Minister"), False, False),
        (person("Lou Finn", role="Russian Foreign Minister"), person("Bo Lind", role="health minister"), False, True),
        (someone("navy spokesman"), someone("Halden Chemicals", "organisation"), False, False),
        (person("Jon Finn"), person("John Finn"), True, True),
        (person("Lou Finn", role="Education Secretary"), person("Bo Lind", role="US President"), False, True),
        (person("Lou Finn", role="Education Secretary"), person("Bo Lind", role="president of it"), False, False),
        (person("Lou Finn", role="former Education Secretary"), person("Bo Lind", role="President"), False, False),
        (person("Lou Finn", role="chief of the Eastmere fire department"), someone("fire chief"), True, True),
        (person("Lou Finn", role="Fire Chief"), someone("Eastmere fire chief"), True, True),
        (someone("spokesman"), someone("Halden Chemicals", "organisation"), True, True),
        (someone("Estmark ministry", "government"), someone("Estmark's trade ministry", "government"), True, True),
        (someone("Est health ministry", "government"), someone("Est trade ministry", "government"), True, True),
        # In one article a letter holds the words of somebody in it, and who has no name may be named in the next line.
        (LETTER, ROE, False, True),
        (LETTER, someone("email from the council", "document"), False, False),
        (someone("study of 2,000 people", "document"), ROE, False, False),
        (someone("government minister"), ROE, False, True),
        (someone("government scientist"), ROE, False, False),
        (person("Omar al-Amin"), someone("Amin", "government"), True, True),
        (person("Lou Finn", role="spokesman"), someone("Embassy", "organisation"), False, True),
        (person("Lou Finn", "City Council", role="spokesman"), someone("Embassy", "organisation"), False, False),
    ],
)  # fmt: skip
def test_who_may_be_one(a: Speaker, b: Speaker, across: bool, inside: bool) -> None:
    for one, other in ((a, b), (b, a)):
        assert may_be_one(said("1", one, article="x"), said("2", other, article="y")) == across
        assert may_be_one(said("1", one, article="x"), said("2", other, article="x")) == inside


def test_who_passes_on_what_another_says_is_no_witness() -> None:
    passed_on = said("1", "Bo Lind", "Ann Roe said that the siren failed.")
    assert may_be_one(passed_on, said("2", ROE, "The siren failed."))
    assert not may_be_one(said("1", "Bo Lind", "Ann Roe heard the siren fail."), said("2", ROE, "The siren failed."))
    assert not may_be_one(passed_on, said("2", None, "The siren failed."))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lind said that the town was “not a safe place”.", True),
        ("Lind called the town “unsafe”.", False),
        ("Lind said that the town was not a safe place.", False),
        ("“We will not get the grant today,” said Ms Roe.", True),
        ("In her remarks, Ann Roe called for a new grant.", True),
        ("“We will not get the grant today,” said nobody, and Roe left.", False),
    ],
)
def test_words_of_another_are_no_words_of_one_s_own(text: str, wanted: bool) -> None:
    other = said("2", ROE, "“The town is not a safe place, and the grant is unsafe.”")
    assert may_be_one(said("1", "Bo Lind", text), other) == may_be_one(other, said("1", "Bo Lind", text)) == wanted
