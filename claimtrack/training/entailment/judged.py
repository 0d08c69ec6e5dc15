"""Pairs of claims from news articles that were read for what contradicts and what agrees.

``judged.jsonl`` holds no words of the articles: each line is one story, with the ids of its articles and the pairs
that were found there, by article and offsets. Most stories were read as a whole; of the others only pairs were judged
that an earlier model had taken for contradictions or agreements. Whoever has the articles can make the pairs again.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimtrack.model import Article, Claim
from claimtrack.relations.candidates import candidates
from claimtrack.relations.prepared import Embeds, Prepared, embedded, prepare
from claimtrack.relations.sides import sides_of

JUDGED = Path(__file__).resolve().parent / "judged.jsonl"

LABELLED = {"contradicts": "contradiction", "agrees": "entailment", "same": "entailment"}
"""The label of what was found; opposed opinions and updates in stories read as a whole are not learned from."""

APART = frozenset({"neither", "opposed"})
"""What is neutral among the pairs that a model had suggested: it is to learn not to suggest them."""

TURNED = {"contradiction": "entailment", "entailment": "contradiction", "neutral": "neutral", "open": "open"}
"""The label where just one of two claims is a denial, which is read as what is denied."""

Place = tuple[str, str]
"""An article's id, and the offsets of a content as ``2620-2708;2720-2730``."""


@dataclass(frozen=True)
class Story:
    """Articles on one matter, and the kinds of the pairs that were found in them.

    ``part``: what they are for, ``train`` for the model, ``fit`` for the weights of the decision. ``whole``: all of it
    was read; else nothing is known of the pairs that are not here.
    """

    part: str
    articles: tuple[str, ...]
    found: Mapping[frozenset[Place], str]
    whole: bool = True


def read_stories(path: Path = JUDGED) -> list[Story]:
    """Return what was read."""
    result = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = {
            frozenset((row["articles"][number], spans) for number, spans in pair): kind
            for kind, pairs in row["pairs"].items()
            for pair in pairs
        }
        result.append(Story(row["part"], tuple(row["articles"]), found, row.get("whole", True)))
    return result


def place_of(claim: Claim) -> Place:
    """Return where a claim's content stands."""
    return claim.article.id, ";".join(f"{span.start}-{span.end}" for span in claim.attribution.content)


def pairs_of(story: Story, claims: Sequence[Claim], encoder: Embeds) -> Iterator[dict[str, str]]:
    """Yield the pairs of a story as rows with premise, hypothesis, label and source.

    Of a story that was read as a whole, every pair that would be compared and was not found by the reader is neutral,
    if its speakers have nothing to do with each other; what one side says twice was not looked for with the same care.
    All further pairs that would be compared are open: a teacher may say something of them.

    Args:
        story: what was read.
        claims: of its articles.
        encoder: tells which pairs would be compared.
    """
    prepared = prepare(claims, dict.fromkeys((claim.id for claim in claims), "t"))
    if not prepared:
        return
    sides = sides_of(claims)
    seen = set()
    for pair in candidates(prepared, *embedded(prepared, encoder)):
        a, b = prepared[pair.a], prepared[pair.b]
        places = frozenset((place_of(a.claim), place_of(b.claim)))
        seen.add(places)
        kind = story.found.get(places)
        if kind is None and story.whole and sides.bond(a.claim.speaker, b.claim.speaker) == "none":
            yield _row(a, b, "neutral", "judged_apart")
        else:
            yield _of_kind(a, b, kind, story) or _row(a, b, "open", "open")
    at = {place_of(one.claim): one for one in prepared}
    for places, kind in story.found.items():
        ends = [at[place] for place in sorted(places) if place in at]
        if places not in seen and len(ends) == 2 and (row := _of_kind(ends[0], ends[1], kind, story)):
            yield row


def _of_kind(a: Prepared, b: Prepared, kind: str | None, story: Story) -> dict[str, str] | None:
    source = "judged" if story.whole else "suggested"
    if kind in LABELLED:
        return _row(a, b, LABELLED[kind], f"{source}_same" if kind == "same" else source)
    return _row(a, b, "neutral", "suggested_apart") if kind in APART and not story.whole else None


def _row(a: Prepared, b: Prepared, label: str, source: str) -> dict[str, str]:
    label = TURNED[label] if a.denied != b.denied else label
    one, other = random.sample((a.reading, b.reading), 2)
    return {"premise": one, "hypothesis": other, "label": label, "source": source}


def write_pairs(news: Path, stories: Iterable[Story], path: Path) -> None:
    """Extract the claims of the judged articles and write the pairs, gzipped, for the training to read.

    Args:
        news: JSON lines, gzipped, with the articles.
        stories: what was read.
        path: where to.
    """
    from claimtrack.claims.extractor import Extractor
    from claimtrack.relations.sentences import load

    articles = dict(_articles(news))
    extractor = Extractor()
    random.seed(1)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for story in stories:
            if story.part != "train":
                continue
            known = [articles[id_] for id_ in story.articles if id_ in articles]
            claims = [c for _, found in extractor.extract_all(known) if isinstance(found, list) for c in found]
            for row in pairs_of(story, claims, load()):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _articles(path: Path) -> Iterator[tuple[str, Article]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            if "id" in row:
                yield row["id"], Article(row["id"], row.get("text") or row["content_original"], title=row.get("title"))
