"""Which side of a matter a sentence takes: "the siren sounded" and "the siren had been isolated" take opposite ones.

A table of opposite words stands in ``opposites.csv``. A negation before the word in its clause turns the side round.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from claimtrack.relations.statements import Statement, stem

_CLAUSE = re.compile(r"[,;:–—]|\b(?:but|and|while|although|whereas|because|since|until|so that)\b")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|fail(?:ed|s)? to|refus(?:ed|es|ing) to"
    r"|ruled out|rules out)\b|n['’]t\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|would|shall|should|['’]ll|to be|if)\b", re.IGNORECASE)
"""What is to come, or ought to, is no state that another can contradict by what was."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def sides_taken(statement: Statement) -> Mapping[str, int]:
    """Return for each matter that a sentence speaks of which side it takes: 1 or -1.

    A denial by the speaker turns all sides; a matter of which it says both is left out.
    """
    found: dict[str, set[int]] = {}
    for clause in _CLAUSE.split(statement.text):
        if _AHEAD.search(clause):
            continue
        negations = [match.start() for match in _NEGATION.finditer(clause)]
        for axis, side, place in _words_of(clause):
            turned = sum(start < place for start in negations) + statement.denied
            found.setdefault(axis, set()).add(-side if turned % 2 else side)
    return {axis: sides.pop() for axis, sides in found.items() if len(sides) == 1}


def opposed(a: Statement, b: Statement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the matters on which two sentences take opposite sides, and those on which they take the same."""
    mine, theirs = sides_taken(a), sides_taken(b)
    both = [axis for axis in mine if axis in theirs]
    return (
        tuple(axis for axis in both if mine[axis] != theirs[axis]),
        tuple(axis for axis in both if mine[axis] == theirs[axis]),
    )


def _words_of(clause: str) -> list[tuple[str, int, int]]:
    """Return matter, side and place of each word of the table; the longest words first, none inside another."""
    single, phrases = _table()
    found: list[tuple[str, int, int]] = []
    lower = clause.lower()
    taken: list[tuple[int, int]] = []
    for phrase, entries in phrases.items():
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", lower):
            taken.append(match.span())
            found += [(axis, side, match.start()) for axis, side in entries]
    for match in _WORD.finditer(clause):
        if not any(start <= match.start() < end for start, end in taken):
            found += [(axis, side, match.start()) for axis, side in single.get(stem(match[0]), ())]
    return found


@cache
def _table() -> tuple[dict[str, list[tuple[str, int]]], dict[str, list[tuple[str, int]]]]:
    """Return matters and sides by the stem of a word, and by phrase."""
    single: dict[str, list[tuple[str, int]]] = {}
    phrases: dict[str, list[tuple[str, int]]] = {}
    source = resources.files(__package__).joinpath("opposites.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(line for line in source.splitlines() if not line.startswith("#")):
        for column, side in (("one", 1), ("other", -1)):
            for word in row[column].split(";"):
                key, table = (word, phrases) if " " in word else (stem(word), single)
                entry = (row["axis"], side)
                if entry not in table.setdefault(key, []):
                    table[key].append(entry)
    return single, phrases
