"""The measure of resolution: gold by hand, votes, links, GUM; and the floors, where the corpora lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import SHARED

from claimtrack.errors import GoldError
from claimtrack.evaluation.gum import read_gum
from claimtrack.evaluation.speakers import GoldEntity, GoldSource, GoldSpeakers, Tally, meant, pairs, read_gold, tally
from claimtrack.model import Article, Span, Speaker
from claimtrack.speakers.resolve import Resolution

TEXT = "Anna Lund met Eva Holm. She said so."
ARTICLE = Article("a", TEXT)
LUND, HOLM, SHE = Span(0, 9), Span(14, 22), Span(24, 27)
GOLD = GoldSpeakers(
    "a",
    (GoldSource((SHE,), (), (), "pronoun", ("e1",)),),
    {"e1": GoldEntity("e1", "person", (LUND,)), "e2": GoldEntity("e2", "person", (HOLM,))},
)


def resolved(name: str, *mentions: Span) -> Resolution:
    return Resolution((Speaker("s", name, "person"),), (mentions,))


@pytest.mark.parametrize(
    ("resolution", "entity"),
    [
        (resolved("Anna Lund", LUND, SHE), "e1"),
        (resolved("Lund"), "e1"),
        (resolved("Eva Holm", HOLM), "e2"),
        (resolved("Eva Holm", LUND), "e1"),
        (resolved("Karl Krell", SHE), None),
        (resolved("Anna Lund", HOLM, Span(14, 17)), "e2"),
    ],
)
def test_speaker_is_the_gold_entity_with_most_votes(resolution: Resolution, entity: str | None) -> None:
    assert meant(resolution, GOLD, ARTICLE) == (entity,)


@pytest.mark.parametrize(
    ("resolution", "right"),
    [(resolved("Anna Lund", LUND), 1), (resolved("Eva Holm", HOLM), 0), (Resolution(), 0)],
)
def test_source_is_right_when_its_speakers_are_the_gold_ones(resolution: Resolution, right: int) -> None:
    counts = Tally()
    assert tally(counts, [resolution], GOLD, ARTICLE) == ([] if right else [0])
    assert (counts.seen["pronoun"], counts.right["pronoun"]) == (1, right)


def test_pairs_are_of_two_articles() -> None:
    clusters = {("a", "e1"): "x", ("b", "e1"): "x", ("b", "e2"): "x", ("c", "e1"): "y"}
    assert pairs(clusters) == {frozenset({("a", "e1"), ("b", "e1")}), frozenset({("a", "e1"), ("b", "e2")})}


@pytest.mark.parametrize(
    ("entities", "complaint"),
    [(None, "cannot be read"), ("{", "cannot be read"), ("", "no entity 'e1'")],
)
def test_broken_gold_is_told(tmp_path: Path, entities: str | None, complaint: str) -> None:
    row = {"doc": "a", "attribution": "a#0", "source": [[0, 1]], "class": "name", "entity": "e1", "also": []}
    (tmp_path / "g.jsonl").write_text(json.dumps(row))
    if entities is not None:
        (tmp_path / "g_entities.jsonl").write_text(entities)
    with pytest.raises(GoldError, match=complaint):
        read_gold(tmp_path / "g.jsonl")


CONLLU = """# newdoc id = GUM_news_x
# newpar
# text = Anna Lund's boat sank.
1	Anna	Anna	PROPN	_	_	4	nmod:poss	_	Entity=(1-boat-x(2-person-x
2-3	Lund's	_	_	_	_	_	_	_	_
2	Lund	Lund	PROPN	_	_	1	flat	_	Entity=2)
3	's	's	PART	_	_	1	case	_	_
4	boat	boat	NOUN	_	_	5	nsubj	_	Entity=1)
5	sank	sink	VERB	_	_	0	root	_	SpaceAfter=No
6	.	.	PUNCT	_	_	5	punct	_	_

# text = She swam.
1	She	she	PRON	_	_	2	nsubj	_	Entity=(2-person-x)
2	swam	swim	VERB	_	_	0	root	_	SpaceAfter=No
2.1	away	away	ADV	_	_	_	_	_	_
3	.	.	PUNCT	_	_	2	punct	_	_
"""


def test_gum_is_read_with_its_mentions(tmp_path: Path) -> None:
    (tmp_path / "dev.conllu").write_text(CONLLU)
    (found,) = read_gum(tmp_path, parts=["dev.conllu"])
    assert found.article.text == "Anna Lund's boat sank. She swam."
    mentions = {(m.place.of(found.article.text), m.entity, m.type) for m in found.mentions}
    assert mentions == {("Anna Lund's", "2", "person"), ("Anna Lund's boat", "1", "boat"), ("She", "2", "person")}


def test_folder_without_gum_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"dev\.conllu"):
        read_gum(tmp_path)


FLOORS = {"name": 97.0, "pronoun": 85.0, "description": 75.0}


@pytest.mark.models
@pytest.mark.skipif(not (SHARED / "data" / "polnear" / "dev").is_dir(), reason="the corpora are not there")
def test_floors_hold_on_the_hand_annotation(cli: Any) -> None:
    gold = Path(__file__).parent / "data" / "speakers"
    seen: dict[str, float] = dict.fromkeys(FLOORS, 0.0)
    right = dict(seen)
    links: dict[str, float] = {}
    for corpus, name in (("polnear/dev", "polnear"), ("ecbplus", "ecbplus")):
        result = cli(
            "evaluate", "speakers", "--corpus", str(SHARED / "data" / corpus), "--gold", str(gold / f"{name}.jsonl"),
            "--format", "json",
        )  # fmt: skip
        figures = json.loads(result.stdout)
        for wording in FLOORS:
            seen[wording] += figures[wording]["of"]
            right[wording] += figures[wording]["of"] * figures[wording]["percent"] / 100
        links |= {key: value["percent"] for key, value in figures.items() if key.startswith("links")}
    assert all(100 * right[w] / seen[w] >= floor for w, floor in FLOORS.items()), (right, seen)
    assert 100 * sum(right.values()) / sum(seen.values()) >= 90
    assert links["links precision"] >= 97 and links["links recall"] >= 85
