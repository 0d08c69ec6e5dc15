"""Small graphs, written as who said what, so that tests of questions read like the question."""

from __future__ import annotations

import datetime
from typing import Any

from claimtrack.model import Article, Attribution, Claim, Relation, RelationKind, Span, Speaker, speaker_id

YEAR = 2024


def person(name: str, part_of: str | None = None, **facts: Any) -> Speaker:
    """Return a speaker who speaks for a body, if any."""
    body = {"affiliation": part_of, "part_of": speaker_id(part_of)} if part_of else {}
    return Speaker(**{"id": speaker_id(name), "name": name, "kind": "person", **body, **facts})


def officials(article: str) -> Speaker:
    """Return the "officials" of an article, whom nobody can name."""
    return Speaker(speaker_id(f"{article}\x1fofficials"), "officials", "anonymous")


def said(
    id_: str, who: Speaker | str | None, text: str = "Words.", day: int | None = 1, article: str = "", **facts: Any
) -> Claim:  # fmt: skip
    """Return a claim of an article of the same name as its outlet, said on a day of March, or on an unknown day."""
    speaker = person(who) if isinstance(who, str) else who
    article = article or f"a{id_}"
    source = Article(article, f"{text} said somebody.", f"Outlet of {article}", published=datetime.date(YEAR, 4, 1))
    place = Attribution((Span(len(text) + 1, len(text) + 5),), (Span(0, len(text)),))
    said_on = datetime.date(YEAR, 3, day) if day else None
    return Claim(id_, source, place, speaker, text, **{"said_on": said_on, **facts})


def relation(kind: RelationKind, a: Claim, b: Claim, score: float = 0.9, **facts: Any) -> Relation:
    """Return a relation between two claims."""
    return Relation(f"r_{kind}_{a.id}_{b.id}", kind, a, b, score, f"{a.id} and {b.id}", {}, **facts)
