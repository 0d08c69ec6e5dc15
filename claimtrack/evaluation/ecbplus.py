"""ECB+: news stories with their people, the same person marked across stories.

Cybulska and Vossen, *Using a sledgehammer to crack a nut? Lexical diversity and event coreference
resolution*, LREC 2014. Topics have two subtopics: the stories of ``8_ecb`` report one and the same event,
those of ``8_ecbplus`` another event of the same kind.

Read from ``docs.jsonl.gz``, one story a line, whose ``text`` was put together from the corpus's tokens, one
sentence a line. Some hyphens, apostrophes and quotation marks therefore stand between spaces that the page
did not have. The text is taken as it is, so that offsets kept elsewhere hold.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimtrack.errors import GoldError
from claimtrack.model import Article, Span, Spans

DOCUMENTS = Path("docs.jsonl.gz")
"""Where a folder of ECB+ keeps its stories."""


@dataclass(frozen=True)
class Participant:
    """A person, group or organisation that acts in a story.

    ``chain`` is the same in all stories of a topic that mention the participant, and None for one that is
    not followed across stories. ``kind`` is the corpus's tag (``HUMAN_PART_PER`` and the like), ``name`` the
    annotators' own label.
    """

    mentions: Spans
    kind: str
    chain: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Story:
    """An article with its people.

    Only in the ``annotated`` sentences are all people sure to be marked.
    """

    article: Article
    topic: int
    subtopic: str
    participants: tuple[Participant, ...]
    annotated: Spans


def read_stories(folder: Path) -> list[Story]:
    """Read all stories, in the order of the file; an article's id is the corpus's, such as ``8_1ecb``.

    Raises:
        GoldError: when the file is missing or broken, or a mention does not cover the words it says.
    """
    path = folder / DOCUMENTS
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            return list(_stories(lines, path))
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: ECB+ cannot be read ({type(error).__name__}: {error})") from error


def _stories(lines: Any, path: Path) -> Iterator[Story]:
    for line in lines:
        if not line.strip():
            continue
        row = json.loads(line)
        text = row["text"]
        yield Story(
            article=Article(row["id"], text, url=row["url"], path=row["id"]),
            topic=row["topic"],
            subtopic=row["subtopic"],
            participants=tuple(_participant(person, text, f"{path}: {row['id']}") for person in row["people"]),
            annotated=tuple(Span(s["start"], s["end"]) for s in row["sentences"] if s["annotated"]),
        )


def _participant(row: dict[str, Any], text: str, where: str) -> Participant:
    mentions = []
    for mention in row["mentions"]:
        place = Span(mention["start"], mention["end"])
        if place.of(text) != mention["text"]:
            raise GoldError(f"{where}: {place.start}-{place.end} covers {place.of(text)!r}, not {mention['text']!r}")
        mentions.append(place)
    return Participant(tuple(sorted(mentions)), row["kind"], row["chain"], row["name"])
