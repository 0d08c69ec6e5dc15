"""How well relations are found: against the gold relations of annotated articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from claimtrack.errors import GoldError
from claimtrack.evaluation.corpora import GOLD, GoldArticle, GoldAttribution, read_corpus
from claimtrack.model import RELATION_KINDS, Article, Attribution, Claim, Relation, Spans

RELATIONS = Path("gold/relations.jsonl")
"""Where a folder of articles keeps the relations between its attributions."""

ALSO = Path("gold/relations-also.jsonl")
"""And those that are so, too, mostly by way of a claim that repeats another: right where found, but not looked for."""

ALIKE = 0.5
"""A claim is that of a gold attribution whose content it shares to this part (intersection over union)."""


@dataclass(frozen=True)
class GoldRelation:
    """A relation between two gold attributions, by their ids; ``also``: right, but not wanted."""

    kind: str
    a: str
    b: str
    reason: str
    also: bool = False

    @property
    def pair(self) -> frozenset[str]:
        """Both ends, whichever way round."""
        return frozenset((self.a, self.b))


@dataclass
class Counts:
    """Relations of one kind: found, wanted by the gold, both, and right without being wanted."""

    found: int = 0
    wanted: int = 0
    right: int = 0
    also: int = 0

    @property
    def precision(self) -> float:
        """In percent."""
        return 100 * (self.right + self.also) / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """In percent."""
        return 100 * self.right / self.wanted if self.wanted else 0.0


@dataclass(frozen=True)
class Outcome:
    """What was compared: counts of each kind, and the relations that are wrong and that are missed."""

    counts: Mapping[str, Counts]
    wrong: tuple[Relation, ...] = ()
    missed: tuple[GoldRelation, ...] = field(default=())


def read_relations(folder: Path) -> list[GoldRelation]:
    """Read the gold relations of a folder: those that are wanted, then those that are right, too.

    Raises:
        GoldError: when there are none, or they cannot be read.
    """
    found = _read(folder / RELATIONS, False)
    return found + (_read(folder / ALSO, True) if (folder / ALSO).exists() else [])


def _read(path: Path, also: bool) -> list[GoldRelation]:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = [GoldRelation(row["kind"], row["a"], row["b"], row["reason"], also) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: gold relations cannot be read ({type(error).__name__}: {error})") from error
    if unknown := {relation.kind for relation in found} - set(RELATION_KINDS):
        raise GoldError(f"{path}: {min(unknown)!r} is no kind of relation; there is {', '.join(RELATION_KINDS)}")
    return found


def matched(claims: Iterable[Claim], gold: Sequence[GoldArticle]) -> dict[str, str]:
    """Return the gold id of each claim that has one: the attribution with the most like content.

    Args:
        claims: of the same articles, by their texts.
        gold: the annotated articles.
    """
    wanted = {one.article.id: one.attributions for one in gold}
    scores = sorted(
        (
            (_alike(claim.attribution, attribution), claim.id, attribution.id)
            for claim in claims
            for attribution in wanted.get(claim.article.id, ())
        ),
        reverse=True,
    )
    found: dict[str, str] = {}
    taken: set[str] = set()
    for score, claim_id, gold_id in scores:
        if score >= ALIKE and claim_id not in found and gold_id not in taken:
            found[claim_id] = gold_id
            taken.add(gold_id)
    return found


def _alike(claim: Attribution, gold: GoldAttribution) -> float:
    """Intersection over union of the contents (of the cues where there is none); more when the cues meet."""
    theirs, ours = _characters(gold.content or gold.cue), _characters(claim.content or claim.cue)
    same = len(ours & theirs) / max(1, len(ours | theirs))
    cues = bool(_characters(claim.cue) & _characters(gold.cue))
    return same + 0.25 * cues if same >= ALIKE else 0.0


def _characters(spans: Spans) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def compared(found: Sequence[Relation], ids: Mapping[str, str], gold: Sequence[GoldRelation]) -> Outcome:
    """Count relations: right is one of the same kind between the same two attributions.

    Args:
        found: what was drawn; one whose claims have no gold attribution is wrong, too.
        ids: the gold id of each claim.
        gold: what should have been drawn.
    """
    wanted = {(relation.kind, relation.pair): relation for relation in gold if not relation.also}
    also = {(relation.kind, relation.pair) for relation in gold if relation.also}
    counts: dict[str, Counts] = {kind: Counts(wanted=sum(k == kind for k, _ in wanted)) for kind in RELATION_KINDS}
    wrong = []
    seen = set()
    for relation in found:
        ends = frozenset(ids.get(claim.id, claim.id) for claim in (relation.a, relation.b))
        key = (relation.kind, ends)
        counts[relation.kind].found += 1
        if key in wanted and key not in seen:
            counts[relation.kind].right += 1
        elif key in also and key not in seen:
            counts[relation.kind].also += 1
        else:
            wrong.append(relation)
        seen.add(key)
    return Outcome(counts, tuple(wrong), tuple(r for key, r in wanted.items() if key not in seen))


def gold_claims(folder: Path, nlp: str = "embedded") -> tuple[list[Claim], dict[str, str]]:
    """Return the claims of the gold attributions, resolved as found ones are, and the gold id of each.

    Raises:
        GoldError: when the folder is not annotated.
        ModelError: when the language models cannot be loaded.
    """
    from claimtrack.analysis.folders import model_folder
    from claimtrack.analysis.pipeline import Analyzer
    from claimtrack.attribution.stances import with_stance
    from claimtrack.claims.build import claims_of
    from claimtrack.ingest import read_articles

    analyzer = Analyzer(model_folder(nlp), ("tokenize", "mwt", "pos", "lemma", "depparse", "ner"))
    published = {item.id: item for item in read_articles([str(folder)]) if isinstance(item, Article)}
    claims: list[Claim] = []
    ids: dict[str, str] = {}
    for one in read_corpus(folder):
        (document,) = analyzer.analyze([one.article.text])
        places = {attribution.id: place for place, attribution in enumerate(one.attributions)}
        plain = [
            Attribution(g.cue, g.content, g.source, g.kind or "indirect", parent=places.get(g.via or ""))  # type: ignore[arg-type]
            for g in one.attributions
        ]
        document.attributions = with_stance(document, plain)
        made = claims_of(published.get(one.article.id, one.article), document)
        claims += made
        ids |= {claim.id: gold.id for claim, gold in zip(made, one.attributions, strict=True)}
    if not ids:
        raise GoldError(f"{folder / GOLD}: no attributions there")
    return claims, ids
