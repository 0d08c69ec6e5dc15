"""Annotated articles: the project's own gold, and corpora in the layout of PolNeAR.

Both give the same thing: a text and its attributions as spans.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claimtrack.errors import GoldError
from claimtrack.model import KINDS, Article, Span, Spans, article_id

GOLD = Path("gold/attributions.jsonl")
"""Where a folder of articles keeps its annotation."""

_ROLES = ("source", "cue", "content")
_BRAT_SPAN = re.compile(r"(T\d+)\t(Source|Cue|Content) (\d+ \d+(?:;\d+ \d+)*)\t")
_BRAT_EVENT = re.compile(r"^E\d+\t(.*)", re.MULTILINE)


@dataclass(frozen=True)
class GoldAttribution:
    """One attribution as a person marked it; ``via`` is the id of the one that contains it."""

    id: str
    source: Spans
    cue: Spans
    content: Spans
    via: str | None = None
    kind: str | None = None
    speaker: str | None = None


@dataclass(frozen=True)
class GoldArticle:
    """An article with all its attributions."""

    article: Article
    attributions: tuple[GoldAttribution, ...]


def read_corpus(folder: Path, every: bool = False) -> list[GoldArticle]:
    """Read every annotated article of a folder, whichever of the two layouts it has.

    Args:
        folder: the corpus.
        every: give an article once for each person who annotated it, not only for the first.

    Raises:
        GoldError: when the folder has neither, or an annotation does not fit its text.
    """
    try:
        if (folder / GOLD).is_file():
            return list(_own(folder))
        if (folder / "attributions").is_dir() and (folder / "text").is_dir():
            return list(_polnear(folder, every))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{folder}: its annotation cannot be read ({type(error).__name__}: {error})") from error
    raise GoldError(f"{folder}: no annotated articles; it needs {GOLD}, or text/ and attributions/ as PolNeAR has them")


def _own(folder: Path) -> Iterator[GoldArticle]:
    by_file: dict[str, list[dict[str, Any]]] = {}
    for line in (folder / GOLD).read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            by_file.setdefault(row["file"], []).append(row)
    for name, rows in sorted(by_file.items()):
        text = (folder / name).read_bytes().decode("utf-8")
        yield GoldArticle(Article(article_id(text), text, path=name), tuple(_own_attribution(r, text) for r in rows))


def _own_attribution(row: dict[str, Any], text: str) -> GoldAttribution:
    spans = {role: tuple(Span(start, end) for start, end in row[role]) for role in _ROLES}
    for role, places in spans.items():
        covered = " … ".join(place.of(text) for place in places)
        if covered != row["text"][role]:
            raise GoldError(f"{row['file']}: {row['id']}: {role} covers {covered!r}, not {row['text'][role]!r}")
    if row["kind"] not in KINDS:
        raise GoldError(f"{row['file']}: {row['id']}: {row['kind']!r} is no kind")
    speaker = row["speaker"]["name"] if row["speaker"] else None
    return GoldAttribution(
        row["id"], spans["source"], spans["cue"], spans["content"], via=row["via"], kind=row["kind"], speaker=speaker
    )


def _polnear(folder: Path, every: bool) -> Iterator[GoldArticle]:
    """Read brat standoff; where several people annotated an article, the first in sorted order is the gold."""
    seen = set()
    for annotation in sorted((folder / "attributions").glob("*.ann")):
        name = annotation.stem.rpartition("_")[0]
        if name in seen and not every:
            continue
        seen.add(name)
        # No newline translation: offsets are into the text as it lies on the disk.
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        attributions = tuple(_brat(annotation.read_bytes().decode("utf-8"), name))
        yield GoldArticle(Article(name, text, path=name), attributions)


def _brat(standoff: str, name: str) -> Iterator[GoldAttribution]:
    places: dict[str, Spans] = {}
    for found in _BRAT_SPAN.finditer(standoff):
        places[found[1]] = tuple(
            sorted(Span(*map(int, piece.split())) for piece in found[3].split(";") if len(set(piece.split())) == 2)
        )
    for number, event in enumerate(_BRAT_EVENT.finditer(standoff)):
        roles: dict[str, Spans] = dict.fromkeys(_ROLES, ())
        for part in event[1].split():
            role, _, target = part.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in roles and target in places:
                roles[role] = tuple(sorted({*roles[role], *places[target]}))
        if any(roles.values()):  # an event may have lost all it joined
            yield GoldAttribution(f"{name}#{number}", roles["source"], roles["cue"], roles["content"])
