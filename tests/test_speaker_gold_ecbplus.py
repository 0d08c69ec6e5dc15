"""The speakers marked by hand in ECB+ hold together, and the corpus is read rightly."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from support import SHARED

from claimtrack.errors import GoldError
from claimtrack.evaluation.ecbplus import DOCUMENTS, Participant, read_stories
from claimtrack.model import SPEAKER_KINDS, Span

FOLDER = Path(__file__).parent / "data" / "speakers"
CORPUS = SHARED / "data" / "ecbplus"
ROLES = ("source", "cue", "content")

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


ATTRIBUTIONS = rows("ecbplus.jsonl")
ENTITIES = {(row["doc"], row["entity"]): row for row in rows("ecbplus_entities.jsonl")}
LINKS = rows("ecbplus_links.jsonl")
SPEAKERS = {(row["doc"], key) for row in ATTRIBUTIONS for key in (row["entity"], *row["also"]) if key}


def test_there_is_enough_to_measure() -> None:
    assert len({row["doc"] for row in ATTRIBUTIONS}) >= 8
    assert len(ATTRIBUTIONS) >= 80
    assert sum(len(link["members"]) > 1 for link in LINKS) >= 10


def test_attributions_are_numbered_through_in_the_order_of_their_cues() -> None:
    seen: Counter[str] = Counter()
    for row in ATTRIBUTIONS:
        assert row["attribution"] == f"{row['doc']}#{seen[row['doc']]}"
        seen[row["doc"]] += 1
    for row, following in pairwise(ATTRIBUTIONS):
        assert row["doc"] != following["doc"] or row["cue"] <= following["cue"], following["attribution"]


@pytest.mark.parametrize("row", ATTRIBUTIONS, ids=lambda row: row["attribution"])
def test_attribution_is_whole(row: Row) -> None:
    assert row["class"] in ("name", "pronoun", "description", "none")
    assert (row["class"] == "none") == (row["source"] == [])
    assert row["entity"] or row["class"] == "none"
    assert row["entity"] or not row["also"]
    assert len(row["cue"]) == 1, "a cue has no gaps"
    assert row["content"]
    for role in ROLES:
        assert row[role] == sorted(row[role])
    places = sorted(place for role in ROLES for place in row[role])
    assert all(start < end for start, end in places)
    assert all(place[1] <= following[0] for place, following in pairwise(places)), "roles overlap"


def test_every_speaker_is_described_once() -> None:
    assert len(ENTITIES) == len(rows("ecbplus_entities.jsonl"))
    assert set(ENTITIES) >= SPEAKERS


@pytest.mark.parametrize("row", ENTITIES.values(), ids=lambda row: f"{row['doc']}-{row['entity']}")
def test_entity_is_whole(row: Row) -> None:
    assert row["kind"] in SPEAKER_KINDS
    assert row["mentions"] and all(start < end for start, end in row["mentions"])
    above, key = [], row["entity"]
    while key:
        assert key not in above, "part of itself"
        above.append(key)
        key = ENTITIES[row["doc"], key]["part_of"]


def test_entities_that_do_not_speak_are_there_for_what_is_part_of_them() -> None:
    wholes = {(row["doc"], row["part_of"]) for row in ENTITIES.values()}
    assert set(ENTITIES) - SPEAKERS <= wholes


def test_links_put_each_speaker_into_one_cluster() -> None:
    members = [tuple(member) for link in LINKS for member in link["members"]]
    assert Counter(members) == Counter(SPEAKERS)
    assert len({link["cluster"] for link in LINKS}) == len(LINKS)


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link["cluster"])
def test_cluster_has_one_kind_and_one_speaker_a_story(link: Row) -> None:
    members = [tuple(member) for member in link["members"]]
    assert len({doc for doc, _ in members}) == len(members)
    kinds = {ENTITIES[member]["kind"] for member in members}
    assert len(kinds) == 1
    assert len(members) == 1 or "anonymous" not in kinds, "nobody knows whether two unnamed sources are one"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the ECB+ corpus")
def test_places_lie_in_the_texts_at_the_edges_of_words() -> None:
    texts = {story.article.id: story.article.text for story in read_stories(CORPUS)}
    places = [(row["doc"], place) for row in ATTRIBUTIONS for role in ROLES for place in row[role]]
    places += [(row["doc"], place) for row in ENTITIES.values() for place in row["mentions"]]
    for doc, (start, end) in places:
        text = texts[doc]
        assert end <= len(text) and text[start:end] == text[start:end].strip(), (doc, start, end)
        for edge in (start, end):
            assert not (text[edge - 1 : edge].isalnum() and text[edge : edge + 1].isalnum()), (doc, edge)


def story(**changes: Any) -> Row:
    """Return one invented story as the corpus has them."""
    text = "Lund left Velm .\nShe said so ."
    people = [
        {"chain": "HUM1", "name": "t90_lund", "kind": "HUMAN_PART_PER", "mentions": [
            {"start": 17, "end": 20, "sentence": 1, "text": "She"},
            {"start": 0, "end": 4, "sentence": 0, "text": "Lund"},
        ]},
    ]  # fmt: skip
    sentences = [
        {"number": 0, "start": 0, "end": 16, "annotated": False},
        {"number": 1, "start": 17, "end": 30, "annotated": True},
    ]
    return {"id": "90_1ecb", "topic": 90, "subtopic": "90_ecb", "url": None, "text": text, "sentences": sentences,
            "people": people, **changes}  # fmt: skip


def write(folder: Path, *stories: Row) -> Path:
    with gzip.open(folder / DOCUMENTS, "wt", encoding="utf-8", newline="") as lines:
        lines.write("".join(json.dumps(one) + "\n" for one in stories))
    return folder


def test_stories_are_read_with_their_people(tmp_path: Path) -> None:
    first, second = read_stories(write(tmp_path, story(), story(id="90_2ecb", people=[])))
    assert (first.article.id, first.topic, first.subtopic) == ("90_1ecb", 90, "90_ecb")
    assert first.participants == (Participant((Span(0, 4), Span(17, 20)), "HUMAN_PART_PER", "HUM1", "t90_lund"),)
    assert [place.of(first.article.text) for place in first.annotated] == ["She said so ."]
    assert second.participants == ()


def test_text_is_kept_to_the_character(tmp_path: Path) -> None:
    text = "Lund\r\nleft\u2028Velm ’ s\n"
    (read,) = read_stories(write(tmp_path, story(text=text, people=[], sentences=[])))
    assert read.article.text == text


def test_mention_that_covers_other_words_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="90_1ecb: 17-20 covers 'Mrs', not 'She'"):
        read_stories(write(tmp_path, story(text="Lund left Velm .\nMrs Berg said.")))


@pytest.mark.parametrize("content", [None, b"no gzip", gzip.compress(b"{"), gzip.compress(b'{"id": 1}\n')[:12]])
def test_missing_or_broken_file_is_told(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / DOCUMENTS).write_bytes(content)
    with pytest.raises(GoldError, match=r"docs\.jsonl\.gz: ECB\+ cannot be read"):
        read_stories(tmp_path)
