"""The tables of places and bodies, and a user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.errors import InputError
from claimtrack.speakers.places import gazetteer, initials, letters, read_aliases
from claimtrack.speakers.vocabulary import gender_of_first_name, nouns, offices


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Kyiv", "Ukraine"), ("Kiev", "Ukraine"), ("the Kremlin", "Kremlin"), ("Moscow", "Russia"),
        ("U.S.", "United States"),
        ("Britain", "Britain"), ("United Kingdom", "Britain"), ("London", "Britain"), ("Whitehall", "Britain"),
        ("Vienna", "Austria"), ("Russian Federation", "Russia"), ("Burma", "Myanmar"), ("Brussels", "European Union"),
        ("us", None), ("who", None), ("Norrick", None), ("Georgetown", None),
    ],
)  # fmt: skip
def test_place_stands_for(name: str, meant: str | None) -> None:
    found = gazetteer().find(name)
    assert (found and found.name) == meant


@pytest.mark.parametrize(
    ("word", "country"),
    [("Austrian", "Austria"), ("Russians", "Russia"), ("British", "Britain"), ("Ukraine's", "Ukraine"),
     ("Dutch", "Netherlands"), ("Kremlin", None), ("Chemical", None)],
)  # fmt: skip
def test_demonym_tells_the_country(word: str, country: str | None) -> None:
    assert gazetteer().country(word) == country


@pytest.mark.parametrize(
    ("name", "whole"),
    [("Kremlin", "Russia"), ("Russia's Defense Ministry", "Russia"), ("South Korean Defence Ministry", "South Korea"),
     ("White House", "United States"), ("Halden Chemicals", None), ("Russia", None)],
)  # fmt: skip
def test_body_belongs_to(name: str, whole: str | None) -> None:
    assert gazetteer().parent(name) == whole


def test_ministry_is_known_however_it_is_put() -> None:
    forms = ("British Ministry of Defence", "Britain's Defense Ministry", "the UK Defence Ministry")
    assert {gazetteer().ministry(form) for form in forms} == {("Britain", "defence")}


def test_every_body_of_the_tables_leads_to_one_that_is_nobodys_part() -> None:
    tables = gazetteer()
    for alias in tables.aliases.values():
        seen = [alias.name]
        while (found := tables.find(seen[-1])) and found.part_of:
            assert found.part_of not in seen, seen
            seen.append(found.part_of)


def test_nouns_name_known_offices() -> None:
    assert {"chancellor", "leader"} <= offices("chancellor")
    assert all(noun.like is None or noun.like in nouns() for noun in nouns().values())


@pytest.mark.parametrize(("name", "gender"), [("Volodymyr", "m"), ("Anna", "f"), ("Hillary", "f"), ("Leslie", None)])
def test_first_name_tells_the_gender_only_where_it_does(name: str, gender: str | None) -> None:
    assert gender_of_first_name(name) == gender


@pytest.mark.parametrize(
    ("short", "long"),
    [("EPA", "Environmental Protection Agency"), ("U.N.", "United Nations"), ("BoE", "Bank of England")],
)
def test_letters_abbreviate(short: str, long: str) -> None:
    assert (letters(short) or short.upper()) in initials(long)


def test_aliases_are_read_with_comments_and_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("# ours\nalias,name,kind,part_of\nHill House,Norland,government,\nOff-Port,Port Office,,Norland\n")
    first, second = read_aliases(path)
    assert (first.name, first.kind, first.part_of) == ("Norland", "government", None)
    assert (second.kind, second.part_of) == ("organisation", "Norland")
    assert gazetteer((first,)).find("the Hill House") == first


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"name,kind\nNorland,government\n", "no column alias"),
        (b"alias,name\nHill House,\n", "line 2: alias and name must not be empty"),
        (b"alias,name,kind\nHill House,Norland,land\n", "line 2: 'land' is no kind"),
        (b"alias,name\n\xff\xfe,x\n", "is not UTF-8"),
        (b"", "no column alias nor name"),
    ],
)
def test_broken_aliases_are_told_in_one_line(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=complaint) as told:
        read_aliases(path)
    assert "\n" not in str(told.value) and "mine.csv" in str(told.value)


def test_missing_aliases_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_aliases(tmp_path / "none.csv")
