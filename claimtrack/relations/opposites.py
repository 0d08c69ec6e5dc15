"""Which side of a matter a sentence takes: "the siren sounded" and "the siren had been isolated" take opposite ones.

A table of opposite words stands in ``opposites.csv``. A negation before the word in its clause turns the side round.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claimtrack.relations.statements import NEGATIONS, Statement, meant, stems_of
from claimtrack.relations.stems import stem

_CLAUSE = re.compile(r"[,;:–—]|\b(?:but|and|while|although|whereas|because|since|until|so that)\b")
_NEGATION = re.compile(
    rf"{NEGATIONS}|\b(?:fail(?:ed|s)? to|refus(?:ed|es|ing) to|rul(?:e|ed|es|ing) out)\b", re.IGNORECASE
)
ANSWERING = "true"
"""The matter that only answers speak of."""

PASSING = frozenset(
    {"guilty", "free", "intact", "unhurt", "peaceful", "hiring", "paid", "winning", "accepting", "present"}
)
"""Matters that go one way and then the other: who was arrested is released, who was acquitted is convicted later."""

_NEITHER = "-"
"""The matter of phrases that take no side."""

_LITTLE = frozenset(
    """person people thing final end begin hour minute day week month year morning afternoon evening night time long
    know think believe case monday tuesday wednesday thursday friday saturday sunday one two three four five six
    seven eight nine ten""".split()  # noqa: SIM905
)
"""Words that two sentences may share and yet speak of two things."""

_AHEAD = re.compile(
    r"\b(?:will|would|shall|should|['’]ll|to be|expected|likely (?:to|that)|if|whether"
    r"|who(?:m|ever)? (?:it|he|she|they))\b",
    re.IGNORECASE,
)
"""What is to come, ought to, or is left open is no state that another can contradict by what was."""
_AIM = re.compile(r"\bto\s+$", re.IGNORECASE)
"""Who works "to restore" a thing has not restored it."""

_REPORTED = re.compile(
    r"\b(?:denied|denies|denying|not rul(?:e|ed|ing) out|(?:was|were|been|am|are) (?:told|assured|led to believe))\b"
    r"|n['’]t rule out\b",
    re.IGNORECASE,
)
"""Who reports that somebody denied something takes no side in it, nor does who does not rule it out, or was told it."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True)
class Side:
    """A side that a clause takes, 1 or -1, the stems of its other words (what it says it of), and the clause.

    ``stated`` are those of the stems that stand outside the words that say who says it ("Police said that ...").
    """

    side: int
    about: frozenset[str]
    clause: str = ""
    stated: frozenset[str] = frozenset()


def sides_taken(statement: Statement, before: str = "") -> Mapping[str, Side]:
    """Return for each matter that a sentence speaks of which side it takes.

    A denial by the speaker turns all sides; a matter of which it says both is left out.

    Args:
        statement: the sentence.
        before: the sentence before it, where this one leans on that: what "it" is stands there.
    """
    found: dict[str, set[int]] = {}
    about: dict[str, set[str]] = {}
    stated: dict[str, set[str]] = {}
    first: dict[str, str] = {}
    leaned = _stems_of(before)
    for clause, bare in _clauses(statement):
        if _AHEAD.search(clause) or _REPORTED.search(clause):
            continue
        negations = [match.start() for match in _NEGATION.finditer(clause)]
        words = _words_of(clause)
        others, inner = (_stems_of(text) for text in (clause, bare))
        for axis, side, place, own in words:
            if _AIM.search(clause, 0, place):
                continue
            turned = sum(start < place for start in negations) + statement.denied
            found.setdefault(axis, set()).add(-side if turned % 2 else side)
            about.setdefault(axis, set()).update(meant((others - own) | leaned))
            stated.setdefault(axis, set()).update(meant((inner - own) | leaned))
            first.setdefault(axis, bare.strip(" ."))
    return {
        axis: Side(sides.pop(), frozenset(about[axis]), first[axis], frozenset(stated[axis]))
        for axis, sides in found.items()
        if len(sides) == 1
    }


def _stems_of(text: str) -> frozenset[str]:
    """Return the stems that tell what a clause is about."""
    return stems_of([word for word in _WORD.findall(text) if not word.isdigit()]) - _little()


def _clauses(statement: Statement) -> list[tuple[str, str]]:
    """Return the clauses of a sentence, each also without a lead that only says who says it."""
    clauses, bare = _CLAUSE.split(statement.text), _CLAUSE.split(statement.bare or statement.text)
    return list(zip(clauses, bare if len(bare) == len(clauses) else clauses, strict=True))


def opposed(
    a: Mapping[str, Side], b: Mapping[str, Side]
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Return the matters on which two sentences take opposite sides, and those on which they take the same.

    Each with the stems that both say it of; without such stems they may speak of two things.
    """
    both = a.keys() & b.keys()
    return (
        {axis: a[axis].stated & b[axis].stated for axis in both if a[axis].side != b[axis].side},
        {axis: a[axis].about & b[axis].about for axis in both if a[axis].side == b[axis].side},
    )


def _words_of(clause: str) -> list[tuple[str, int, int, frozenset[str]]]:
    """Return matter, side, place and stems of each word of the table; phrases first, no word inside one."""
    single, phrases = _table()
    found: list[tuple[str, int, int, frozenset[str]]] = []
    lower = clause.lower()
    taken: list[tuple[int, int]] = []
    for phrase, entries in phrases.items():
        if phrase not in lower:
            continue
        for match in re.finditer(rf"\b{re.escape(phrase)}\b", lower):
            taken.append(match.span())
            own = stems_of(phrase.split())
            found += [(axis, side, match.start(), own) for axis, side in entries if axis != _NEITHER]
    for match in _WORD.finditer(clause):
        if not any(start <= match.start() < end for start, end in taken):
            own = frozenset({stem(match[0])})
            found += [(axis, side, match.start(), own) for axis, side in single.get(stem(match[0]), ())]
    return found


@cache
def _little() -> frozenset[str]:
    return frozenset(stem(word) for word in _LITTLE)


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
