"""The cue lexicon: which words attribute, what verbs take, and what a cue says about the content."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

from claimtrack.model import ATTITUDES, COMMITMENTS, Attitude, Commitment

TELLING = frozenset(
    "tell inform assure reassure remind notify brief warn ask beg urge advise caution order instruct promise".split()  # noqa: SIM905
)
"""Verbs whose object is the hearer."""

Part = Literal["verb", "noun", "adjective", "phrase", "mark"]
"""A phrase is several words, or one word of another part ("reportedly"); a mark is punctuation."""

Effect = Literal["", "light", "negates"]
"""What a weak word does to the word that it leads to: nothing (*light*), or it says that it was not done."""

PARTS: tuple[Part, ...] = get_args(Part)
EFFECTS: tuple[Effect, ...] = get_args(Effect)


@dataclass(frozen=True)
class Cue:
    """What the lexicon knows about one word or phrase.

    ``frames`` holds ``c`` (clause), ``t`` (to and a verb), ``o`` (object), ``q`` (quotation); ``forms`` the
    irregular forms of a verb.
    """

    lemma: str
    frames: frozenset[str]
    attitude: Attitude
    commitment: Commitment
    part: Part = "verb"
    effect: Effect = ""
    forms: tuple[str, ...] = ()


@cache
def cues() -> Mapping[tuple[str, Part], Cue]:
    """Return every row of ``cues.csv`` by lemma and part.

    Raises:
        ValueError: when the table holds a value that the project does not know, or a word twice.
    """
    text = resources.files("claimtrack.attribution").joinpath("cues.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, Part], Cue] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        cue = Cue(
            row["lemma"], frozenset(row["frames"]), cast(Attitude, row["attitude"]),
            cast(Commitment, row["commitment"]), cast(Part, row["part"]), cast(Effect, row["effect"]),
            tuple(row["forms"].split()),
        )  # fmt: skip
        known = cue.attitude in ATTITUDES and cue.commitment in COMMITMENTS and cue.part in PARTS
        if not known or cue.effect not in EFFECTS or cue.frames - set("ctoq"):
            raise ValueError(f"cues.csv: {cue.lemma}: unknown value in {row}")
        if (cue.lemma, cue.part) in found:
            raise ValueError(f"cues.csv: {cue.lemma}: twice there as {cue.part}")
        found[cue.lemma, cue.part] = cue
    return found


@cache
def lexicon() -> Mapping[str, Cue]:
    """Return the verbs that the rule baseline attributes by, those with frames, by lemma.

    Raises:
        ValueError: as :func:`cues`.
    """
    return {cue.lemma: cue for cue in cues().values() if cue.part == "verb" and cue.frames}
