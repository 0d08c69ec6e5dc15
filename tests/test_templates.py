"""The 18 templates of the PolNeAR annotation guidelines, each in sentences of our own.

A line of ``data/templates.jsonl`` is one article: its template, its text, and the attributions that the
guidelines find in it, as the words that each role covers. None are expected where the guidelines find none.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from claimtrack.evaluation.corpora import GoldAttribution
from claimtrack.evaluation.scores import Scores
from claimtrack.model import Article, Attribution, Span, Spans, joined

SENTENCES: dict[str, dict[str, Any]] = {
    row["id"]: row
    for row in map(
        json.loads, (Path(__file__).parent / "data" / "templates.jsonl").read_text(encoding="utf-8").splitlines()
    )
}
TEMPLATES = [str(number) for number in range(1, 19)]

KNOWN_FAILURES: dict[str, tuple[str, ...]] = {
    "a cue of a kind that the corpus hardly has": ("3g", "6c", "12a", "13c", "14b"),
    "a source is found where there is none": ("17a",),
}
"""Why, and which sentences. Strict: a sentence that comes right has to leave this list."""


BEFORE, AFTER = r"(?<!\w)", r"(?!\w)"


def spans(text: str, pieces: list[str]) -> Spans:
    """Find pieces in a text as whole words, each after the one before it."""
    found: list[Span] = []
    for piece in pieces:
        whole = rf"{BEFORE if piece[0].isalnum() else ''}{re.escape(piece)}{AFTER if piece[-1].isalnum() else ''}"
        match = re.compile(whole).search(text, found[-1].end if found else 0)
        assert match, f"{text}: no {piece}"
        found.append(Span(*match.span()))
    return tuple(found)


def expected(row: dict[str, Any]) -> list[GoldAttribution]:
    return [
        GoldAttribution(row["id"], *(spans(row["text"], marked[role]) for role in ("source", "cue", "content")))
        for marked in row["attributions"]
    ]


def number(name: str) -> str:
    return name.rstrip("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_has_two_sentences_or_more_under_one_name(template: str) -> None:
    rows = [row for name, row in SENTENCES.items() if number(name) == template]
    assert len(rows) >= 2 and len({row["template"] for row in rows}) == 1


@pytest.mark.parametrize("name", SENTENCES)
def test_each_role_is_found_in_its_sentence_once_at_most(name: str) -> None:
    row = SENTENCES[name]
    for attribution in expected(row):
        roles = [*attribution.source, *attribution.cue, *attribution.content]
        assert attribution.cue and attribution.content
        assert not any(a.overlaps(b) for i, a in enumerate(roles) for b in roles[:i])


def test_known_failures_are_sentences_and_named_once() -> None:
    names = [name for group in KNOWN_FAILURES.values() for name in group]
    assert set(names) <= set(SENTENCES) and len(set(names)) == len(names)


@pytest.fixture(scope="module")
def found(extractor: Any) -> dict[str, list[Attribution]]:
    """What the default extractor finds in each sentence, without what is nested."""
    articles = [Article(name, row["text"]) for name, row in SENTENCES.items()]
    return {
        article.id: [claim.attribution for claim in claims if claim.via is None]
        for article, claims in extractor.extract_all(articles)
    }


def cases() -> list[Any]:
    reasons = {name: reason for reason, names in KNOWN_FAILURES.items() for name in names}
    return [
        pytest.param(name, marks=[pytest.mark.xfail(reason=reasons[name], strict=True)] if name in reasons else [])
        for name in SENTENCES
    ]


@pytest.mark.models
@pytest.mark.parametrize("name", cases())
def test_template_is_found(name: str, found: dict[str, list[Attribution]]) -> None:
    """Each expected attribution is found, all its roles at an IoU of 0.5; where none is expected, none is."""
    row, scores = SENTENCES[name], Scores()
    scores.add(row["text"], expected(row), found[name])
    seen = [{role: joined(getattr(a, role), row["text"]) for role in ("source", "cue", "content")} for a in found[name]]
    if row["attributions"]:
        assert scores["whole", "iou"].recall == 100, seen
    else:
        assert not seen
