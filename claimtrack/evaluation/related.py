"""Relations from end to end: annotated articles through a project, and what is found beside what people marked."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrack.errors import GoldError
from claimtrack.evaluation.corpora import GoldArticle
from claimtrack.evaluation.relations import Counts, GoldRelation, Outcome, compared
from claimtrack.model import RELATION_KINDS, Article, Claim, Topic
from claimtrack.relations.candidates import candidates
from claimtrack.relations.prepared import embedded, prepare
from claimtrack.relations.relate import relate
from claimtrack.relations.topics import group
from claimtrack.relations.weighing import ALL, Switches
from claimtrack.store import Filters, duplicates
from claimtrack.tracker import Tracker

if TYPE_CHECKING:
    from claimtrack.relations.relate import Models
    from claimtrack.tracker import Extracts

ABLATION: Mapping[str, Switches] = {
    "all": ALL,
    "without blocking": Switches(blocking=False),
    "without numbers": Switches(numbers=False),
    "without polarity": Switches(polarity=False),
    "without entailment": Switches(entailment=False),
}
"""What is switched off in each row, by its name."""

ONE_STORY = "all in one story"
"""The row in which topics keep no claims apart; the nearest neighbours of each claim are still all it is compared
with."""


@dataclass(frozen=True)
class Tracked:
    """The claims of a project with their topics, and which articles copy which."""

    claims: Sequence[Claim]
    topics: Sequence[Topic]
    topic_of: Mapping[str, str]
    copies: Mapping[str, str]

    @property
    def stories(self) -> dict[str, str]:
        """The wider topic of each topic that has one."""
        return {topic.id: topic.parent for topic in self.topics if topic.parent}


@dataclass(frozen=True)
class Blocking:
    """What the choice of candidates leaves of the gold pairs.

    Attributes:
        gold: pairs in the gold, whatever their kind.
        found: those both of whose claims were found.
        stating: those both of whose claims state something, outside headlines.
        kept: those that are compared.
        compared: all pairs that are compared.
        every: all pairs that there are.
    """

    gold: int
    found: int
    stating: int
    kept: int
    compared: int
    every: int


class GoldExtractor:
    """Gives a project the claims that people marked, so that it links their speakers as it would link found ones.

    Args:
        claims: of all articles that will be asked for.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims: dict[str, list[Claim]] = {}
        for claim in claims:
            self._claims.setdefault(claim.article.id, []).append(claim)

    def extract_all(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Claim] | Exception]]:
        """Yield each article with its claims, in order."""
        for article in articles:
            yield article, self._claims.get(article.id, [])


def annotated(folder: Path, gold: Sequence[GoldArticle]) -> list[Article]:
    """Return a folder's annotated articles as a project reads them, with outlet and day.

    Raises:
        GoldError: when one of them cannot be read, or reads as another text.
    """
    from claimtrack.ingest import read_articles

    read = {item.id: item for item in read_articles([str(folder)]) if isinstance(item, Article)}
    for one in gold:
        if one.article.id not in read:
            raise GoldError(f"{folder}: {one.article.path} does not read as the text that was annotated")
    return [read[one.article.id] for one in gold]


def track(articles: Iterable[Article], extractor: Extracts, using: Models) -> Tracked:
    """Put articles into a project that is thrown away afterwards, and group its claims.

    Raises:
        GoldError: when an article cannot be analysed.
        ModelError: when the models cannot be loaded.
    """
    with tempfile.TemporaryDirectory() as folder, Tracker(Path(folder) / "claims.db", extractor=extractor) as tracker:
        summary = tracker.add(articles)
        if summary.failed:
            raise GoldError(summary.failed[0])
        claims = list(tracker.each(Filters()))
        with tracker.project.reading() as connection:
            copies = duplicates.copies(connection)
    grouping = group(claims, vectors=using.encoder.vectors)
    return Tracked(claims, grouping.topics, grouping.of, copies)


def in_one_story(tracked: Tracked) -> Tracked:
    """Return the same claims with one topic for all."""
    return Tracked(
        tracked.claims, (Topic("t", "all"),), dict.fromkeys((c.id for c in tracked.claims), "t"), tracked.copies
    )


def outcome(
    tracked: Tracked, ids: Mapping[str, str], gold: Sequence[GoldRelation], using: Models, switches: Switches = ALL
) -> Outcome:
    """Relate claims and compare with the gold.

    Args:
        tracked: the claims.
        ids: the gold id of each claim that has one.
        gold: the relations that should be found.
        using: the models.
        switches: parts to switch off.
    """
    found = relate(tracked.claims, tracked.topic_of, tracked.stories, tracked.copies, using=using, switches=switches)
    return compared(found, ids, gold)


def ablation(
    tracked: Tracked, ids: Mapping[str, str], gold: Sequence[GoldRelation], using: Models
) -> Iterator[tuple[str, Outcome]]:
    """Yield the name of each row with what is found there."""
    for name, switches in ABLATION.items():
        yield name, outcome(tracked, ids, gold, using, switches)
    yield ONE_STORY, outcome(in_one_story(tracked), ids, gold, using)


def blocking(tracked: Tracked, ids: Mapping[str, str], gold: Sequence[GoldRelation], using: Models) -> Blocking:
    """Count how many gold pairs are among those that are compared."""
    prepared = prepare(tracked.claims, tracked.topic_of)
    stating = {ids[one.claim.id] for one in prepared if one.claim.id in ids}
    pairs = {relation.pair for relation in gold if not relation.also}
    chosen = set()
    number = 0
    if prepared:
        for pair in candidates(prepared, *embedded(prepared, using.encoder), stories=tracked.stories):
            number += 1
            ends = (prepared[place].claim.id for place in (pair.a, pair.b))
            chosen.add(frozenset(ids.get(id_, id_) for id_ in ends))
    return Blocking(
        gold=len(pairs),
        found=sum(pair <= set(ids.values()) for pair in pairs),
        stating=sum(pair <= stating for pair in pairs),
        kept=len(pairs & chosen),
        compared=number,
        every=len(tracked.claims) * (len(tracked.claims) - 1) // 2,
    )


def figures(found: Outcome) -> dict[str, dict[str, Any]]:
    """Return counts, precision and recall in percent of each kind and of all; None where there is nothing to divide."""
    counts = {kind: found.counts[kind] for kind in RELATION_KINDS}
    every = Counts(*(sum(getattr(c, name) for c in counts.values()) for name in ("found", "wanted", "right", "also")))
    return {
        name: {
            "found": c.found, "gold": c.wanted, "right": c.right, "also": c.also,
            "precision": round(c.precision, 1) if c.found else None,
            "recall": round(c.recall, 1) if c.wanted else None,
        }
        for name, c in (counts | {"all": every}).items()
    }  # fmt: skip


def report(claims: int, left: Blocking, rows: Mapping[str, Outcome]) -> dict[str, Any]:
    """Return everything as a dictionary for JSON.

    Args:
        claims: how many there are.
        left: what the choice of candidates leaves.
        rows: what was found, by what was switched off.
    """
    return {
        "claims": claims,
        "blocking": {
            "gold_pairs": left.gold, "both_found": left.found, "both_stating": left.stating, "kept": left.kept,
            "kept_percent": round(100 * left.kept / left.gold, 1) if left.gold else None,
            "compared": left.compared, "all_pairs": left.every,
        },
        "relations": {name: figures(found) for name, found in rows.items()},
    }  # fmt: skip


def as_table(found: Mapping[str, Any]) -> str:
    """Return a report as lines of text."""
    left = found["blocking"]
    pairs = f"{left['gold_pairs']} pair{'' if left['gold_pairs'] == 1 else 's'} in the gold"
    lines = [
        f"{found['claims']:,} claims; {pairs}, of {left['both_found']} both claims were found,",
        f"of {left['both_stating']} both state something, {left['kept']} are compared "
        f"({_figure(left['kept_percent'])} %); {left['compared']:,} of {left['all_pairs']:,} pairs are.",
    ]
    for name, kinds in found["relations"].items():
        head = name if len(found["relations"]) > 1 else ""
        lines += ["", f"{head:<20}{'found':>7}{'in gold':>9}{'right':>7}{'also':>6}{'precision':>11}{'recall':>9}"]
        for kind, row in kinds.items():
            lines.append(f"{kind:<20}{row['found']:>7}{row['gold']:>9}{row['right']:>7}{row['also']:>6}"
                         f"{_figure(row['precision']):>11}{_figure(row['recall']):>9}")  # fmt: skip
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
