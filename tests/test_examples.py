"""The example articles and their gold: complete, consistent, and readable as any folder of articles."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from claimtrack.analysis.paragraphs import paragraphs
from claimtrack.attribution.quotes import quotations, quoted_share
from claimtrack.evaluation.corpora import read_corpus
from claimtrack.ingest import Problem, read_articles
from claimtrack.model import ATTITUDES, COMMITMENTS, RELATION_KINDS, SPEAKER_KINDS, Span

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EXAMPLES / "gold" / name).read_text(encoding="utf-8").splitlines()]


ATTRIBUTIONS = rows("attributions.jsonl")
BY_ID = {row["id"]: row for row in ATTRIBUTIONS}


def test_folder_reads_without_a_problem() -> None:
    found = list(read_articles([str(EXAMPLES)]))
    assert len(found) == 9 and not [f for f in found if isinstance(f, Problem)]
    for article in found:
        assert not isinstance(article, Problem)
        assert article.outlet and article.published and article.title == article.text.split("\n")[0]
        assert 200 <= len(article.text.split()) <= 500


def test_three_events_are_told_by_several_outlets_each() -> None:
    with (EXAMPLES / "articles.csv").open(encoding="utf-8") as file:
        events = Counter((row["file"].split("-")[0], row["outlet"]) for row in csv.DictReader(file))
    assert Counter(event for event, _ in events) == {"halden": 3, "marrowby": 3, "velm": 3}


def test_gold_fits_its_texts() -> None:
    corpus = read_corpus(EXAMPLES)
    assert sum(len(gold.attributions) for gold in corpus) == len(ATTRIBUTIONS) == len(BY_ID)


@pytest.mark.parametrize("row", ATTRIBUTIONS, ids=lambda row: row["id"])
def test_gold_attribution_is_consistent(row: dict[str, Any]) -> None:
    text = (EXAMPLES / row["file"]).read_text(encoding="utf-8")
    content = [Span(*pair) for pair in row["content"]]
    share = quoted_share(text, content, quotations(text, paragraphs(text)))
    if content:
        assert row["kind"] == ("direct" if share == 1 else "mixed" if share else "indirect")
    assert row["attitude"] in ATTITUDES and row["commitment"] in COMMITMENTS
    assert row["speaker"] is None or row["speaker"]["kind"] in SPEAKER_KINDS
    if row["via"]:
        outer = [Span(*pair) for pair in BY_ID[row["via"]]["content"]]
        assert all(any(o.contains(c) for o in outer) for c in content)


def test_gold_covers_what_the_docs_promise() -> None:
    kinds = Counter(row["kind"] for row in ATTRIBUTIONS)
    assert min(kinds.values()) >= 10 and set(kinds) == {"direct", "mixed", "indirect"}
    assert sum(row["via"] is not None for row in ATTRIBUTIONS) >= 4
    assert sum(not row["source"] for row in ATTRIBUTIONS) >= 4
    assert {row["commitment"] for row in ATTRIBUTIONS} == set(COMMITMENTS)


def test_relations_hold_between_gold_attributions_in_order_of_publication() -> None:
    with (EXAMPLES / "articles.csv").open(encoding="utf-8") as file:
        published = {row["file"]: row["published"] for row in csv.DictReader(file)}
    relations = rows("relations.jsonl")
    for row in relations:
        a, b = BY_ID[row["a"]], BY_ID[row["b"]]
        assert row["kind"] in RELATION_KINDS and row["reason"]
        assert published[a["file"]] <= published[b["file"]]
        if row["kind"] == "agrees":
            assert a["speaker"]["name"] != b["speaker"]["name"]
    assert set(Counter(row["kind"] for row in relations)) == set(RELATION_KINDS)
