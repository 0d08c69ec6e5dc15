"""The tables of this package, read once: units, bounds, groups of meaning, words that mean nothing here."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from claimtrack.relations.quantities.tokens import tokenise
from claimtrack.relations.stems import stem as regular

Words = tuple[str, ...]


class Unit(NamedTuple):
    """A unit: its measure, the base unit, and how to get there (times ``factor``, plus ``offset``)."""

    measure: str
    name: str
    factor: float
    offset: float


class Group(NamedTuple):
    """Words that mean the same thing or the same action, for the comparison of quantities."""

    name: str
    role: str
    part_of: str
    implies: str
    growing: bool


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath(name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def _key(phrase: str) -> Words:
    return tuple(token.lower for token in tokenise(phrase))


@lru_cache(maxsize=1)
def units() -> dict[Words, Unit]:
    """Return the units by the tokens of their spellings; those that need their capitals keep them."""
    table: dict[Words, Unit] = {}
    for row in _rows("units.csv"):
        unit = Unit(row["measure"], row["unit"], float(row["factor"]), float(row["offset"]))
        for word in row["words"].split(";"):
            key = tuple(t.text for t in tokenise(word[1:])) if word.startswith("=") else _key(word)
            table[key] = unit
    return table


@lru_cache(maxsize=1)
def bounds() -> tuple[dict[Words, str], dict[Words, str]]:
    """Return the bounds that stand before a number and those behind it, by their tokens."""
    before: dict[Words, str] = {}
    behind: dict[Words, str] = {}
    for row in _rows("bounds.csv"):
        table = before if row["side"] == "before" else behind
        table.update(dict.fromkeys(map(_key, row["words"].split(";")), row["bound"]))
    return before, behind


@lru_cache(maxsize=1)
def stopwords() -> dict[str, str]:
    """Return the kind of each word that says nothing of what is counted: function, verb or rest."""
    return {word: row["kind"] for row in _rows("stopwords.csv") for word in row["words"].split()}


@lru_cache(maxsize=1)
def groups() -> dict[str, Group]:
    """Return the groups of meaning by name."""
    return {
        row["name"]: Group(row["name"], row["role"], row["part_of"], row["implies"], row["growing"] == "yes")
        for row in _rows("meanings.csv")
    }


@lru_cache(maxsize=1)
def group_of_stem() -> dict[str, tuple[Group, ...]]:
    """Return the groups of each stem; a word can be a thing and an action ("bodies")."""
    table: dict[str, tuple[Group, ...]] = {}
    for row in _rows("meanings.csv"):
        for word in row["words"].split(";"):
            if " " not in word and groups()[row["name"]] not in table.get(stem(word), ()):
                table[stem(word)] = (*table.get(stem(word), ()), groups()[row["name"]])
    return table


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[tuple[Words, str]]]:
    """Return the phrases of groups, by their first word: their words, and the group's name."""
    table: dict[str, list[tuple[Words, str]]] = {}
    for row in _rows("meanings.csv"):
        for phrase in row["words"].split(";"):
            words = _key(phrase)
            if len(words) > 1:
                table.setdefault(words[0], []).append((words, row["name"]))
    return table


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a word, lower case ("Diverted" gives "divert"), forms without a rule of their own included."""
    return _IRREGULAR.get(word.lower()) or regular(word)


_IRREGULAR = {"people": "people", "men": "man", "women": "woman", "children": "child", "lives": "life", "lost": "lose"}
"""Stems that the stemmer does not find; "people" stays a word that can be read."""
