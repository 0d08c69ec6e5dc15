"""The judged pairs of claims that the entailment model learns from: where they stand, and what is made of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from comparing import FakeEncoder, as_said
from graphs import said

from claimtrack.training.entailment.judged import pairs_of, place_of, read_stories

SIREN = said("1", "Ann Roe", "The siren failed that night.", article="a")
SOUNDED = said("2", "Bo Lind", "The siren sounded that night.", article="b")
SILENT = said("3", "Cy Moe", "Nobody heard a siren that night.", article="c")
AGAIN = said("4", "Ann Roe", "That siren did not work.", article="d")
CLAIMS = [SIREN, SOUNDED, SILENT, AGAIN]
ARTICLES = ["a", "b", "c", "d"]


def story(tmp_path: Path, whole: bool = True, **pairs: list[tuple[int, int]]):  # type: ignore[no-untyped-def]
    """Write and read one story; pairs are of articles, each of which has one claim."""
    places = [[number, place_of(claim)[1]] for number, claim in enumerate(CLAIMS)]
    row = {
        "part": "train",
        "articles": ARTICLES,
        "whole": whole,
        "pairs": {kind: [[places[a], places[b]] for a, b in of] for kind, of in pairs.items()},
    }
    path = tmp_path / "judged.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (found,) = read_stories(path)
    return found


def labels(rows) -> dict[frozenset[str], tuple[str, str]]:  # type: ignore[no-untyped-def]
    return {frozenset((row["premise"], row["hypothesis"])): (row["label"], row["source"]) for row in rows}


def test_pairs_that_were_found_have_their_label_and_all_others_of_two_sides_are_neutral(tmp_path: Path) -> None:
    found = labels(pairs_of(story(tmp_path, contradicts=[(0, 1)], opposed=[(1, 2)]), CLAIMS, FakeEncoder()))
    reads = [f"{claim.speaker.name}: {claim.content_text}" for claim in CLAIMS if claim.speaker]
    assert found[frozenset(reads[:2])] == ("contradiction", "judged")
    assert found[frozenset((reads[0], reads[2]))] == ("neutral", "judged_apart")
    # Opposed opinions are not learned from, nor is what one speaker says twice unless it was found.
    assert found[frozenset(reads[1:3])] == found[frozenset((reads[0], reads[3]))] == ("open", "open")


def test_of_a_story_that_was_not_read_as_a_whole_only_what_was_judged_has_a_label(tmp_path: Path) -> None:
    judged = story(tmp_path, whole=False, contradicts=[(0, 1)], neither=[(1, 2)], same=[(0, 3)], opposed=[(1, 3)])
    found = Counter(labels(pairs_of(judged, CLAIMS, FakeEncoder())).values())
    assert found == {
        ("contradiction", "suggested"): 1, ("neutral", "suggested_apart"): 2, ("entailment", "suggested_same"): 1,
        ("open", "open"): 2,
    }  # fmt: skip


def test_a_denial_turns_the_label_round(tmp_path: Path) -> None:
    denied = as_said(SIREN, commitment="denied")
    denied = type(denied)(**{**denied.__dict__, "proposition": "[Roe denied] that the siren failed that night."})
    found = labels(pairs_of(story(tmp_path, contradicts=[(0, 2)]), [denied, *CLAIMS[1:]], FakeEncoder()))
    assert ("entailment", "judged") in found.values()


def test_what_the_project_keeps_are_places_and_no_words() -> None:
    stories = read_stories()
    assert len(stories) > 200 and {one.part for one in stories} == {"train", "fit"}
    for one in stories:
        assert all(len(pair) == 2 and {article for article, _ in pair} <= set(one.articles) for pair in one.found)
