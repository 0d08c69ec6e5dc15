"""What relations reach on the annotated examples, and in the first article that claimtrack was made for."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SHARED

from claimtrack.evaluation import related
from claimtrack.evaluation.corpora import read_corpus
from claimtrack.evaluation.relations import gold_claims, matched, read_relations
from claimtrack.ingest import read_articles
from claimtrack.model import Article, Claim, Relation

pytestmark = pytest.mark.models

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"

FLOORS = {"contradicts": (92.0, 65.0), "agrees": (85.0, 52.0)}
"""Least precision and recall, in percent, the claims given; see docs/relations.md for the aims. Processors multiply in
different ways, which moves a pair or two, so there is room for that."""


def test_relations_of_the_examples_hold_their_floors() -> None:
    from claimtrack.relations.relate import models

    gold, using = read_corpus(EXAMPLES), models()
    claims, _ = gold_claims(EXAMPLES)
    tracked = related.track(related.annotated(EXAMPLES, gold), related.GoldExtractor(claims), using)
    found = related.outcome(tracked, matched(tracked.claims, gold), read_relations(EXAMPLES), using)
    for kind, (precision, recall) in FLOORS.items():
        counts = found.counts[kind]
        assert counts.precision >= precision and counts.recall >= recall, (kind, counts)


@pytest.fixture(scope="module")
def seed() -> list[Relation]:
    if not (SHARED / "data" / "seed").is_dir():
        pytest.skip("the seed article is not there")
    from claimtrack.claims.extractor import Extractor
    from claimtrack.relations.relate import models, relate
    from claimtrack.relations.topics import group

    articles = [a for a in read_articles([str(SHARED / "data" / "seed")]) if isinstance(a, Article)]
    claims: list[Claim] = [
        c for _, found in Extractor().extract_all(articles) if isinstance(found, list) for c in found
    ]
    grouping = group(claims)
    stories = {topic.id: topic.parent or topic.id for topic in grouping.topics}
    return relate(claims, grouping.of, stories, using=models())


@pytest.mark.parametrize(
    ("kind", "a", "b", "reason"),
    [
        ("agrees", "abandon", "have to leave", "may"),
        ("agrees", "had taken Lyman", "captured most of Lyman", 'hedges ("likely")'),
        ("contradicts", "weaponizing", "unfounded", "accusation"),
    ],
)
def test_relations_of_the_seed_article(seed: list[Relation], kind: str, a: str, b: str, reason: str) -> None:
    hits = [
        relation
        for relation in seed
        if relation.kind == kind and a in relation.a.content_text and b in relation.b.content_text
    ]
    assert len(hits) == 1 and reason in hits[0].reason
