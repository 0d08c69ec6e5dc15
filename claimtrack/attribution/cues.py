"""The cue lexicon: which verbs attribute, what they take, and what they say about the content."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from claimtrack.model import ATTITUDES, COMMITMENTS, Attitude, Commitment

TELLING = frozenset(
    "tell inform assure reassure remind notify brief warn ask beg urge advise caution order instruct promise".split()  # noqa: SIM905
)
"""Verbs whose object is the hearer."""


@dataclass(frozen=True)
class Cue:
    """What the lexicon knows about one verb.

    ``frames`` holds ``c`` (clause), ``t`` (to and a verb), ``o`` (object), ``q`` (quotation).
    """

    lemma: str
    frames: frozenset[str]
    attitude: Attitude
    commitment: Commitment


@cache
def lexicon() -> Mapping[str, Cue]:
    """Return the cues of ``cues.csv`` by lemma.

    Raises:
        ValueError: when the table holds a value that the project does not know.
    """
    text = resources.files("claimtrack.attribution").joinpath("cues.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    cues = {}
    for row in rows:
        if row["attitude"] not in ATTITUDES or row["commitment"] not in COMMITMENTS or set(row["frames"]) - set("ctoq"):
            raise ValueError(f"cues.csv: {row['lemma']}: unknown value in {row}")
        cues[row["lemma"]] = Cue(
            row["lemma"], frozenset(row["frames"]), cast(Attitude, row["attitude"]), cast(Commitment, row["commitment"])
        )
    return cues
