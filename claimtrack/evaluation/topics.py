"""Topics against what people marked: the stories of ECB+, and the related claims of the examples."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from claimtrack.errors import GoldError
from claimtrack.evaluation.bcubed import b_cubed
from claimtrack.evaluation.corpora import read_corpus
from claimtrack.evaluation.ecbplus import read_stories
from claimtrack.evaluation.scores import Score
from claimtrack.model import Article, Attribution, Claim
from claimtrack.relations.topics import group
from claimtrack.relations.topics.stories import stories

RELATIONS = Path("gold/relations.jsonl")


@dataclass(frozen=True)
class Stories:
    """How well articles were put into stories: a part of the corpus, its score, and how many groups there are."""

    part: str
    score: Score
    found: int
    gold: int


@dataclass(frozen=True)
class Together:
    """How many pairs of claims share a story and a matter: those marked as related, and all."""

    level: str
    related: int
    of_related: int
    pairs: int
    of_pairs: int


def score_stories(folder: Path) -> list[Stories]:
    """Put the stories of ECB+ into groups and compare with its subtopics.

    Even topics are those that the threshold was tuned on. All are grouped at once.

    Raises:
        GoldError: when the corpus cannot be read.
    """
    read = read_stories(folder)
    number = {place: n for n, members in enumerate(stories([story.article for story in read])) for place in members}
    parts = {"even topics (tuned on)": {0}, "odd topics": {1}, "all": {0, 1}}
    result = []
    for part, halves in parts.items():
        chosen = [place for place, story in enumerate(read) if story.topic % 2 in halves]
        found, gold = [number[place] for place in chosen], [read[place].subtopic for place in chosen]
        result.append(Stories(part, b_cubed(found, gold), len(set(found)), len(set(gold))))
    return result


def score_together(folder: Path) -> list[Together]:
    """Group a folder's annotated claims and count the pairs that share a topic.

    Args:
        folder: with ``gold/attributions.jsonl`` and ``gold/relations.jsonl``, as the examples have them.

    Raises:
        GoldError: when these cannot be read.
        ModelError: when the sentence encoder is not there.
    """
    claims = list(_claims(folder))
    related = _related(folder, {claim.id for claim in claims})
    grouping = group(claims)
    every = len(claims) * (len(claims) - 1) // 2
    return [
        Together(level, sum(a in of and of[a] == of.get(b) for a, b in related), len(related), _pairs(of), every)
        for level, of in (("story", grouping.stories()), ("matter", grouping.matters()))
    ]


def _pairs(of: Mapping[str, str]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(of.values()).values())


def _claims(folder: Path) -> Iterable[Claim]:
    told = _told(folder / "articles.csv")
    for annotated in read_corpus(folder):
        row = told.get(annotated.article.path or "", {})
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        article: Article = replace(annotated.article, title=row.get("title"), published=published)
        for marked in annotated.attributions:
            yield Claim(marked.id, article, Attribution(marked.cue, marked.content, marked.source))


def _told(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["file"]: row for row in csv.DictReader(stream)}


def _related(folder: Path, known: set[str]) -> list[tuple[str, str]]:
    path = folder / RELATIONS
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        pairs = [(row["a"], row["b"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: its relations cannot be read ({type(error).__name__}: {error})") from error
    for id_ in (id_ for pair in pairs for id_ in pair if id_ not in known):
        raise GoldError(f"{path}: {id_} is no attribution of this folder")
    return pairs
