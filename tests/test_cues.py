"""The cue lexicon: what it covers, and that its table is in order."""

from __future__ import annotations

import csv
from importlib import resources
from itertools import groupby
from pathlib import Path

from claimtrack.attribution.cues import EFFECTS, PARTS, cues, lexicon
from claimtrack.model import ATTITUDES, COMMITMENTS


def lemmas() -> list[tuple[str, str]]:
    text = (Path(__file__).parent / "data" / "cue_lemmas.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return [(row["lemma"], row["part"]) for row in rows]


def test_lexicon_has_every_cue_that_the_corpus_has_three_times() -> None:
    expected = lemmas()
    assert len(expected) > 600
    assert [row for row in expected if row not in cues()] == []


def groups() -> list[list[tuple[str, ...]]]:
    """Return the rows of the lexicon in the groups that comment lines head."""
    text = resources.files("claimtrack.attribution").joinpath("cues.csv").read_text(encoding="utf-8")
    blocks = groupby(text.splitlines(), key=lambda line: line.startswith("#"))
    return [[tuple(row) for row in csv.reader(lines)] for comment, lines in blocks if not comment]


ROWS = groups()[1:]
"""Without the header."""


def test_lexicon_is_sorted_within_groups_of_one_meaning() -> None:
    for rows in ROWS:
        words = [row[0] for row in rows]
        assert words == sorted(words)
        assert len({(row[1], *row[3:6]) for row in rows}) == 1, words


def test_lexicon_holds_known_values_once_each() -> None:
    rows = [row for group in ROWS for row in group]
    assert len(rows) == len({row[:2] for row in rows}) == len(cues())
    assert {row[1] for row in rows} <= set(PARTS) and {row[5] for row in rows} <= set(EFFECTS)
    assert {row[3] for row in rows} == set(ATTITUDES) and {row[4] for row in rows} == set(COMMITMENTS)


def test_only_verbs_with_frames_serve_the_baseline() -> None:
    assert all(cue.part == "verb" and cue.frames for cue in lexicon().values())
    assert "according to" not in lexicon() and "appoint" not in lexicon()
