"""The annotated relations of the examples, laid onto claims that were extracted from them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from claimtrack.model import Claim, Span
from claimtrack.store.relations import Found

GOLD = Path(__file__).resolve().parent.parent / "examples" / "gold"


def gold_relations(claims: Iterable[Claim]) -> list[Found]:
    """Return the annotated relations both of whose claims were extracted.

    An annotated claim is the extracted one of the same article whose content shares most with it, when they share at
    least half of the characters of both together.
    """
    by_file: dict[str, list[Claim]] = {}
    for claim in claims:
        by_file.setdefault(Path(claim.article.path or "").name, []).append(claim)
    found: dict[str, str] = {}
    for line in (GOLD / "attributions.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        wanted = _places(Span(*span) for span in gold["content"])
        shares = [(_share(wanted, claim), claim.id) for claim in by_file.get(gold["file"], ())]
        best, id_ = max(shares, default=(0.0, ""))
        if best >= 0.5:
            found[gold["id"]] = id_
    relations = [json.loads(line) for line in (GOLD / "relations.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Found(r["kind"], found[r["a"]], found[r["b"]], 0.9, r["reason"])
        for r in relations
        if r["a"] in found and r["b"] in found and found[r["a"]] != found[r["b"]]
    ]


def _places(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _share(wanted: set[int], claim: Claim) -> float:
    places = _places(claim.attribution.content)
    return len(wanted & places) / max(len(wanted | places), 1)
