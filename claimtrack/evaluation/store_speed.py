"""How fast a project file answers: a large one made by repeating annotated claims, and the time of each question."""

from __future__ import annotations

import csv
import datetime
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from claimtrack.evaluation.corpora import GoldArticle
from claimtrack.export.listing import RowCsv
from claimtrack.model import (
    ATTITUDES,
    COMMITMENTS,
    KINDS,
    Article,
    Attribution,
    Claim,
    Kind,
    Speaker,
    claim_id,
    joined,
    speaker_id,
)
from claimtrack.store import Filters, articles, claims
from claimtrack.store.shown import COLUMNS
from claimtrack.tracker import Tracker

FIRST_DAY = datetime.date(2022, 1, 1)
DAYS = 1000
"""Copies are spread over so many days, as coverage is."""

PEOPLE = 20
"""Each speaker appears under so many names, since a project of this size has thousands."""

LISTED = 100
REPEATS = 5

CLOCK = time.process_time
"""Of the processor, not of the wall: what else runs on the machine must not count. On an idle one both agree,
since all questions are answered from memory by one thread."""


@dataclass(frozen=True)
class Timing:
    """A question: how many claims fit, and the processor seconds to list the first hundred and to get all in pandas."""

    name: str
    found: int
    listed: float
    whole: float


def build(path: Path, gold: Sequence[GoldArticle], number: int) -> float:
    """Make a project of at least ``number`` claims and return the processor seconds it took."""
    start = CLOCK()
    stored = 0
    with Tracker(path) as tracker:
        copies = _copies(gold)
        while stored < number:
            with tracker.project.writing() as connection:
                for _ in range(100):
                    article, found = next(copies)
                    articles.add(connection, articles.place(connection, article))
                    claims.save(connection, article, found)
                    stored += len(found)
        with tracker.project.writing() as connection:
            connection.exec_driver_sql("ANALYZE")
    return CLOCK() - start


def _copies(gold: Sequence[GoldArticle]) -> Iterator[tuple[Article, list[Claim]]]:
    turn = 0
    while True:
        for annotated in gold:
            day = FIRST_DAY + datetime.timedelta(turn % DAYS)
            original = annotated.article
            # Another text, so that it is another article; what comes first keeps its offsets.
            article = replace(
                original, id=f"{original.id}-{turn}", text=f"{original.text}\n{turn}", published=day,
                url=f"https://example.org/{original.id}/{turn}", outlet=f"{original.outlet} {turn % 10}",
            )  # fmt: skip
            yield article, [_claim(article, n, annotated, turn) for n in range(len(annotated.attributions))]
            turn += 1


def _claim(article: Article, number: int, annotated: GoldArticle, turn: int) -> Claim:
    marked = annotated.attributions[number]
    kind: Kind = next((kind for kind in KINDS if kind == marked.kind), "indirect")
    attribution = Attribution(
        marked.cue, marked.content, marked.source, kind, ATTITUDES[number % 7 % len(ATTITUDES)],
        COMMITMENTS[number % 13 % len(COMMITMENTS)],
    )  # fmt: skip
    source = marked.speaker or joined(attribution.source, article.text)
    name = f"{source} {turn % PEOPLE}"
    speaker = Speaker(speaker_id(name), name, "person", mention=source, resolved_by="name") if source else None
    id_ = claim_id(article.id, attribution.cue, (*attribution.content, *attribution.source))
    content = joined(attribution.content, article.text)
    return Claim(id_, article, attribution, speaker, content, article.published, "day", topic=f"topic {turn % 200}")


def measure(path: Path) -> tuple[list[Timing], list[tuple[str, float]], float]:
    """Return the timings of filters, of searches, and how many claims a second go into a CSV file."""
    import pandas  # noqa: F401  (loading it is no part of a question)

    with Tracker(path, create=False) as tracker:
        speaker = str(tracker.speaker_rows()[0]["name"])
        article = str(tracker.article_rows()[-1]["article_id"])
        middle = FIRST_DAY + datetime.timedelta(DAYS // 2)
        questions = {
            "everything": Filters(), "speaker": Filters(speaker=speaker), "part of a name": Filters(speaker="the"),
            "topic": Filters(topic="topic 7"), "outlet": Filters(outlet="3"),
            "since and until": Filters(since=middle, until=middle + datetime.timedelta(7)),
            "since": Filters(since=middle), "kind": Filters(kind="direct"), "attitude": Filters(attitude="belief"),
            "commitment": Filters(commitment="denied"), "status": Filters(status="accepted"),
            "article": Filters(article=article), "text": Filters(text="dam"), "rare text": Filters(text='"dam" 7*'),
            "speaker and commitment": Filters(speaker="the", commitment="denied"),
        }  # fmt: skip
        timings = [
            Timing(
                name, tracker.count(filters), _median(partial(_listed, tracker, filters)),
                _median(partial(tracker.claims, **filters.given()), 1),
            )
            for name, filters in questions.items()
        ]  # fmt: skip
        words = ("dam", "the", '"water level"', "rep*", "crane strike", "zebra")
        searches = [(word, _median(partial(tracker.found, word, 50))) for word in words]
        return timings, searches, _csv(tracker, path.with_suffix(".csv"))


def _listed(tracker: Tracker, filters: Filters) -> None:
    list(tracker.rows(filters, LISTED))


def _median(question: Callable[[], object], repeats: int = REPEATS) -> float:
    taken = []
    for _ in range(repeats):
        start = CLOCK()
        question()
        taken.append(CLOCK() - start)
    return statistics.median(taken)


def _csv(tracker: Tracker, path: Path) -> float:
    start = CLOCK()
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        target = RowCsv(stream, COLUMNS)
        for row in tracker.rows(Filters()):
            target.write_values(row)
            written += 1
    seconds = CLOCK() - start
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert sum(1 for _ in csv.reader(stream)) == written + 1
    return written / seconds
