"""What single words tell of a speaker: pronouns, nouns for people and bodies, titles, first names."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

Gender = Literal["m", "f"]
NounClass = Literal["person", "body", "government", "document", "group"]

HE = frozenset(["he", "him", "his", "himself"])
SHE = frozenset(["she", "her", "hers", "herself"])
IT = frozenset(["it", "its", "itself"])
THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
FIRST = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])
RELATIVE = frozenset(["who", "whom", "whose", "which", "that"])
VAGUE = frozenset(
    [
        "you",
        "your",
        "one",
        "someone",
        "somebody",
        "everyone",
        "everybody",
        "nobody",
        "anyone",
        "anybody",
        "this",
        "these",
        "those",
    ]
)
QUANTIFIERS = frozenset(
    ["some", "many", "others", "both", "all", "most", "several", "few", "each", "neither", "none", "another", "more"]
)

TITLES: Mapping[str, Gender | None] = {
    "mr": "m",
    "mr.": "m",
    "sir": "m",
    "lord": "m",
    "mrs": "f",
    "mrs.": "f",
    "ms": "f",
    "ms.": "f",
    "miss": "f",
    "dame": "f",
    "lady": "f",
    "madam": "f",
    "dr": None,
    "dr.": None,
    "prof.": None,
    "rev.": None,
    "sen.": None,
    "sens.": None,
    "rep.": None,
    "reps.": None,
    "gov.": None,
    "gen.": None,
    "lt.": None,
    "col.": None,
    "sgt.": None,
    "capt.": None,
    "maj.": None,
    "adm.": None,
    "hon.": None,
    "const.": None,
    "cpl.": None,
    "insp.": None,
    "supt.": None,
    "det.": None,
    "cmdr.": None,
    "pres.": None,
    "fr.": "m",
    "pvt.": None,
    "cst.": None,
    "dep.": None,
}
"""Short titles before a name, and the gender they tell."""

SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "esq", "esq.", "phd", "m.d.", "md"])

_PERSON_ENDINGS = ("man", "woman", "ist", "ian", "crat", "eer", "or", "er", "ant", "ee")


@dataclass(frozen=True)
class Noun:
    """What ``nouns.csv`` knows of a noun: its class, its gender, the wider noun that also names its bearer."""

    lemma: str
    kind: NounClass
    gender: Gender | None
    like: str | None
    speaks_for: bool


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the package's tables; lines that start with # are comments."""
    text = resources.files("claimtrack.speakers").joinpath("tables").joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))


@cache
def nouns() -> Mapping[str, Noun]:
    """Return ``nouns.csv`` by lemma.

    Raises:
        ValueError: when a class or gender is none that the project knows.
    """
    found = {}
    for row in rows("nouns.csv"):
        if row["class"] not in get_args(NounClass) or row["gender"] not in ("m", "f", ""):
            raise ValueError(f"nouns.csv: {row['lemma']}: unknown value in {row}")
        found[row["lemma"]] = Noun(
            row["lemma"],
            cast(NounClass, row["class"]),
            cast(Gender, row["gender"]) if row["gender"] else None,
            row["like"] or None,
            row["speaks_for"] == "yes",
        )
    return found


def noun(lemma: str) -> Noun | None:
    """Return what is known of a noun, an office with a hyphen before it counting as the office ("ex-mayor")."""
    known = nouns().get(lemma) or nouns().get(lemma.rpartition("-")[2])
    if known is None and lemma.endswith("s"):
        known = nouns().get(lemma[:-1])
    return known


def means_person(lemma: str) -> bool:
    """Tell whether a noun names a person, by the table or, where that is silent, by its ending."""
    known = noun(lemma)
    return known.kind == "person" if known else len(lemma) > 5 and lemma.endswith(_PERSON_ENDINGS)


@cache
def offices(lemma: str) -> frozenset[str]:
    """Return a noun with all the wider nouns that its bearer may be called ("chancellor", "leader")."""
    found: set[str] = set()
    todo = [lemma]
    while todo:
        current = todo.pop()
        known = nouns().get(current)
        if current not in found:
            found.add(current)
            todo += [known.like] if known and known.like else []
    return frozenset(found)


@cache
def _first_names() -> Mapping[str, Gender]:
    table: dict[str, Gender] = {}
    for row in (*rows("first_names.csv"), *rows("first_names_more.csv")):
        gender: Gender = "f" if row["gender"] == "f" else "m"
        table.update(dict.fromkeys(row["names"].split(), gender))
    return table


def gender_of_first_name(name: str) -> Gender | None:
    """Return the gender that a first name tells, or None when it is unknown or borne by both."""
    return _first_names().get(name) or _first_names().get(name.capitalize())


def gender_of_pronoun(word: str) -> Gender | None:
    """Return the gender of a third-person pronoun; None for all other words."""
    return "m" if word in HE else "f" if word in SHE else None
