"""The hand-made gold for speakers: its files agree with themselves and with the corpus they point into."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support import SHARED

from claimtrack.evaluation.corpora import GoldArticle, read_corpus
from claimtrack.model import SPEAKER_KINDS

FOLDER = Path(__file__).parent / "data" / "speakers"
DEV = SHARED / "data" / "polnear" / "dev"
CLASSES = {"name", "pronoun", "description", "none"}

needs_corpus = pytest.mark.skipif(not DEV.is_dir(), reason="needs the PolNeAR corpus")


def rows(name: str) -> list[dict[str, Any]]:
    """Return the lines of one file of the gold."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


ATTRIBUTIONS = rows("polnear.jsonl")
ENTITIES = rows("polnear_entities.jsonl")
KEYS = {(row["doc"], row["entity"]): row for row in ENTITIES}


@cache
def corpus() -> dict[str, GoldArticle]:
    """Return the corpus's articles by name, read once."""
    return {gold.article.id: gold for gold in read_corpus(DEV)}


def speakers(row: dict[str, Any]) -> list[str]:
    """Return the keys of all speakers of one attribution."""
    return ([row["entity"]] if row["entity"] else []) + row["also"]


def test_gold_is_as_large_as_promised() -> None:
    assert len({row["doc"] for row in ATTRIBUTIONS}) >= 12
    counts = Counter(row["class"] for row in ATTRIBUTIONS)
    assert set(counts) == CLASSES
    assert counts["pronoun"] >= 60
    assert counts["description"] >= 60


def test_readme_tells_the_true_counts() -> None:
    counts = Counter(row["class"] for row in ATTRIBUTIONS)
    two = sum(1 for row in ATTRIBUTIONS if row["also"])
    told = (
        f"Of its {len(ATTRIBUTIONS)} attributions {counts['name']} have a name as source, {counts['description']} a "
        f"description, {counts['pronoun']} a pronoun and {counts['none']} none; {two} have two speakers."
    )
    assert told in " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())


def test_lines_hold_offsets_and_labels_only() -> None:
    for row in ATTRIBUTIONS:
        assert set(row) == {"doc", "attribution", "source", "class", "entity", "also"}
        assert all(isinstance(offset, int) for span in row["source"] for offset in span)
        assert row["class"] in CLASSES
        assert re.fullmatch(re.escape(row["doc"]) + r"#\d+", row["attribution"])
    for row in ENTITIES:
        assert set(row) == {"doc", "entity", "kind", "mentions", "part_of"}
        assert all(isinstance(offset, int) for span in row["mentions"] for offset in span)
        assert row["kind"] in SPEAKER_KINDS
        assert re.fullmatch(r"e\d+", row["entity"])


def test_ids_are_unique() -> None:
    assert len({row["attribution"] for row in ATTRIBUTIONS}) == len(ATTRIBUTIONS)
    assert len(KEYS) == len(ENTITIES)


def test_speakers_resolve_and_are_used() -> None:
    used = {(row["doc"], key) for row in ATTRIBUTIONS for key in speakers(row)}
    linked = {(row["doc"], row["part_of"]) for row in ENTITIES if row["part_of"]}
    assert used | linked == set(KEYS)


def test_speakers_of_one_attribution_differ() -> None:
    for row in ATTRIBUTIONS:
        assert len(set(speakers(row))) == len(speakers(row)), row["attribution"]
        assert row["entity"] or not row["also"], row["attribution"]


def test_only_attributions_without_source_may_lack_a_speaker() -> None:
    for row in ATTRIBUTIONS:
        assert (row["class"] == "none") == (not row["source"]), row["attribution"]
        assert row["entity"] or row["class"] == "none", row["attribution"]


def test_part_of_never_goes_in_circles() -> None:
    for row in ENTITIES:
        seen, larger = {row["entity"]}, row["part_of"]
        while larger:
            assert larger not in seen, (row["doc"], row["entity"])
            seen.add(larger)
            larger = KEYS[row["doc"], larger]["part_of"]


def test_mentions_belong_to_one_entity() -> None:
    mentions = Counter((row["doc"], *span) for row in ENTITIES for span in row["mentions"])
    assert [place for place, times in mentions.items() if times > 1] == []


def test_unnamed_speaker_has_no_mention_only_if_a_reporter_speaks() -> None:
    for row in ENTITIES:
        if not row["mentions"]:
            said = [a for a in ATTRIBUTIONS if a["doc"] == row["doc"] and row["entity"] in speakers(a)]
            assert {a["class"] for a in said} == {"pronoun"}, (row["doc"], row["entity"])


@needs_corpus
@pytest.mark.parametrize("name", sorted({row["doc"] for row in ATTRIBUTIONS}))
def test_every_attribution_of_an_article_is_answered(name: str) -> None:
    theirs = {a.id: [[s.start, s.end] for s in a.source] for a in corpus()[name].attributions}
    assert {row["attribution"]: row["source"] for row in ATTRIBUTIONS if row["doc"] == name} == theirs


@needs_corpus
@pytest.mark.parametrize("name", sorted({row["doc"] for row in ATTRIBUTIONS}))
def test_mentions_are_whole_words(name: str) -> None:
    text = corpus()[name].article.text
    for row in ENTITIES:
        for start, end in row["mentions"] if row["doc"] == name else []:
            words = text[start:end]
            assert words, (row["entity"], start)
            assert words == words.strip(), (row["entity"], words)
            assert not re.match(r"\w\w", text[max(0, start - 1) : start + 1]), (row["entity"], words)
            assert not re.match(r"\w\w", text[end - 1 : end + 1]), (row["entity"], words)


@needs_corpus
def test_pronouns_are_pronouns_and_names_have_capitals() -> None:
    pronouns = {"he", "she", "it", "they", "i", "we", "who", "his"}
    for row in ATTRIBUTIONS:
        text = corpus()[row["doc"]].article.text
        words = " ".join(text[start:end] for start, end in row["source"])
        assert (words.lower() in pronouns) == (row["class"] == "pronoun"), (row["attribution"], words)
        if row["class"] == "name":
            assert re.search("[A-Z]", words), (row["attribution"], words)
