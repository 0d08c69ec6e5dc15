"""How often a source is resolved to the speaker whom a reader understands, and how well articles are linked.

The gold is marked by hand (``tests/data/speakers/README.md``): for each attribution the entity meant, and for
each entity its mentions. Sources are given, so only the resolution is scored.

A resolved speaker **is** the gold entity that has the most votes: three for each mention of the gold entity that
is also one of the speaker's (articles aside), two where the two only lie together (half of their joint characters,
or the same end), two when the speaker's name is a gold mention's text, titles, articles and case aside, one when
one has all words of the other. With no vote, or with as many for another entity, it is nobody. A source is right
when its speakers are exactly the gold ones, all of them where it has several.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from claimtrack.errors import GoldError
from claimtrack.model import Article, Span, Spans
from claimtrack.speakers.linking import Sighting, groups, link, proper_names
from claimtrack.speakers.places import key
from claimtrack.speakers.resolve import Resolution
from claimtrack.speakers.vocabulary import TITLES

AUTHOR = "the author"
"""The speaker of an *I* outside quotation marks, who has no mention in the gold unless the article names him."""

CLASSES = ("name", "pronoun", "description")


@dataclass(frozen=True)
class GoldEntity:
    """A speaker of one article as a person marked it."""

    key: str
    kind: str
    mentions: Spans
    part_of: str | None = None


@dataclass(frozen=True)
class GoldSource:
    """One attribution with the entities that its source means; none where the text tells of nobody."""

    source: Spans
    cue: Spans
    content: Spans
    wording: str
    entities: tuple[str, ...]


@dataclass(frozen=True)
class GoldSpeakers:
    """The annotation of one article."""

    doc: str
    sources: tuple[GoldSource, ...]
    entities: Mapping[str, GoldEntity]


@dataclass
class Tally:
    """Sources seen and right, by how they are worded."""

    seen: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def accuracy(self, wording: str | None = None) -> float:
        """In percent: of one wording, or of all."""
        seen = self.seen[wording] if wording else self.seen.total()
        right = self.right[wording] if wording else self.right.total()
        return 100 * right / seen if seen else 0.0


def read_gold(file: Path, places: Mapping[tuple[str, str], tuple[Spans, Spans]] | None = None) -> list[GoldSpeakers]:
    """Read an annotation and the entities beside it (``NAME.jsonl``, ``NAME_entities.jsonl``).

    Args:
        file: the annotation.
        places: cue and content of each attribution by article and id, where the annotation has none of its own.

    Raises:
        GoldError: when a file is missing or does not say what it must.
    """
    try:
        entities: dict[str, dict[str, GoldEntity]] = {}
        for row in _rows(file.with_name(f"{file.stem}_entities.jsonl")):
            one = GoldEntity(row["entity"], row["kind"], _spans(row["mentions"]), row["part_of"])
            entities.setdefault(row["doc"], {})[one.key] = one
        sources: dict[str, list[GoldSource]] = {}
        for row in _rows(file):
            found = (places or {}).get((row["doc"], row["attribution"]), ((), ()))
            cue, content = (_spans(row[r]) if r in row else found[n] for n, r in enumerate(("cue", "content")))
            keys = tuple(k for k in (row["entity"], *row["also"]) if k)
            if unknown := [k for k in keys if k not in entities.get(row["doc"], {})]:
                raise GoldError(f"{file}: {row['attribution']}: no entity {unknown[0]!r} beside it")
            sources.setdefault(row["doc"], []).append(
                GoldSource(tuple(sorted(_spans(row["source"]))), cue, content, row["class"], keys)
            )
    except OSError as error:
        raise GoldError(f"{error.filename}: cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{file}: cannot be read ({type(error).__name__}: {error})") from None
    return [GoldSpeakers(doc, tuple(rows), entities.get(doc, {})) for doc, rows in sources.items()]


def read_links(file: Path) -> dict[tuple[str, str], str]:
    """Return the cluster of each speaker (article, key) from ``NAME_links.jsonl``; empty where there is none."""
    if not file.is_file():
        return {}
    return {(doc, key_): row["cluster"] for row in _rows(file) for doc, key_ in row["members"]}


def meant(resolution: Resolution, gold: GoldSpeakers, article: Article) -> tuple[str | None, ...]:
    """Return which gold entity each resolved speaker is; None for one that is nobody's."""
    return tuple(
        _vote(speaker.name, mentions, gold, article.text)
        for speaker, mentions in zip(resolution.speakers, resolution.mentions, strict=True)
    )


def tally(counts: Tally, resolutions: Sequence[Resolution], gold: GoldSpeakers, article: Article) -> list[int]:
    """Count one article's sources; return the places of those that are wrong."""
    wrong = []
    for place, (source, resolution) in enumerate(zip(gold.sources, resolutions, strict=True)):
        if source.wording not in CLASSES:
            continue
        counts.seen[source.wording] += 1
        if sorted(map(str, meant(resolution, gold, article))) == sorted(source.entities):
            counts.right[source.wording] += 1
        else:
            wrong.append(place)
    return wrong


def pairs(clusters: Mapping[tuple[str, str], str]) -> set[frozenset[tuple[str, str]]]:
    """Return the pairs of speakers of different articles that are in one cluster."""
    by: dict[str, list[tuple[str, str]]] = {}
    for member, cluster in clusters.items():
        by.setdefault(cluster, []).append(member)
    return {
        frozenset(pair)
        for members in by.values()
        for pair in combinations(sorted(members), 2)
        if pair[0][0] != pair[1][0]
    }


def sightings_of(
    resolutions: Sequence[Resolution], gold: GoldSpeakers, article: Article
) -> list[tuple[Sighting, str | None]]:
    """Return each speaker of an article once, with the gold entity that it is."""
    found: dict[str, tuple[Sighting, str | None]] = {}
    for resolution in resolutions:
        for speaker, entity in zip(resolution.speakers, meant(resolution, gold, article), strict=True):
            known = found.get(speaker.id)
            if known is None or known[1] is None:
                found[speaker.id] = Sighting(article.id, speaker, proper_names(article.text), article.published), entity
    return list(found.values())


def linked(
    sightings: Sequence[tuple[Sighting, str | None]], clusters: Mapping[tuple[str, str], str]
) -> tuple[int, int, int]:
    """Return how many pairs of speakers were linked, how many of these rightly, and how many the gold has.

    A linked pair with a speaker who is no gold entity is wrong.
    """
    found = groups(len(sightings), link([s for s, _ in sightings]))
    made, right = set(), set()
    gold = pairs(clusters)
    for members in found:
        for a, b in combinations(members, 2):
            if sightings[a][0].article == sightings[b][0].article:
                continue
            ends = [(s.article, entity or f"?{s.speaker.id}") for s, entity in (sightings[a], sightings[b])]
            made.add(frozenset(ends))
            right |= {frozenset(ends)} & gold
    return len(made), len(right), len(gold)


def _vote(name: str, mentions: Spans, gold: GoldSpeakers, text: str) -> str | None:
    votes: Counter[str] = Counter()
    for one in gold.entities.values():
        votes[one.key] += sum(max((_same(m, g, text) for m in mentions), default=0) for g in one.mentions)
        votes[one.key] += max((_alike(name, g.of(text)) for g in one.mentions), default=0)
        votes[one.key] += not one.mentions and name == AUTHOR
    best = votes.most_common(2)
    if not best or not best[0][1] or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _same(a: Span, b: Span, text: str) -> int:
    if key(a.of(text)) == key(b.of(text)) and a.overlaps(b):
        return 3
    shared = min(a.end, b.end) - max(a.start, b.start)
    return 2 if shared > 0 and (2 * shared >= max(a.end, b.end) - min(a.start, b.start) or a.end == b.end) else 0


def _alike(name: str, text: str) -> int:
    a, b = _words(name), _words(text)
    return 2 if a == b else int(bool(a and b) and (a <= b or b <= a))


def _words(name: str) -> set[str]:
    words = (word.removesuffix("'s").strip(".,'") for word in key(name).split() if word not in TITLES)
    return {word for word in words if word}


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def _spans(places: Iterable[Sequence[int]]) -> Spans:
    return tuple(Span(start, end) for start, end in places)
