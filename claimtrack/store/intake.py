"""Articles into a project: what is new is extracted and stored, what is known is left alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from claimtrack.model import Article, Claim, article_id
from claimtrack.store import articles, claims
from claimtrack.store.copies import Copies
from claimtrack.store.project import Project

if TYPE_CHECKING:
    from claimtrack.ingest import Problem

Outcome = Literal["added", "version", "known", "again", "skipped", "failed"]

Extract = Callable[[Iterable[Article]], Iterable[tuple[Article, "list[Claim] | Exception"]]]


@dataclass(frozen=True)
class Event:
    """What became of one article."""

    outcome: Outcome
    label: str
    claims: int = 0


@dataclass
class Summary:
    """What became of a batch: numbers of articles, and why some were skipped or failed; speakers merged at its end."""

    added: int = 0
    versions: int = 0
    known: int = 0
    again: int = 0
    claims: int = 0
    merged: int = 0
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def count(self, event: Event) -> None:
        """Add one article."""
        if event.outcome == "skipped":
            self.skipped.append(event.label)
        elif event.outcome == "failed":
            self.failed.append(event.label)
        elif event.outcome == "version":
            self.versions += 1
            self.added += 1
        else:
            setattr(self, event.outcome, getattr(self, event.outcome) + 1)
        self.claims += event.claims

    def __str__(self) -> str:
        parts = [f"{self.added:,} added"]
        if self.versions:
            parts[0] += f" ({self.versions:,} of them new versions)"
        if self.again:
            parts.append(f"{self.again:,} extracted again")
        parts += [f"{self.known:,} known", f"{len(self.skipped):,} skipped", f"{len(self.failed):,} failed"]
        text = ", ".join(parts) + f"; {self.claims:,} claim{'' if self.claims == 1 else 's'}"
        return text + (f"; {self.merged:,} speaker{'' if self.merged == 1 else 's'} merged" if self.merged else "")


def add(
    project: Project, found: Iterable[Article | Problem], extract: Extract, nlp: str = "embedded", again: bool = False,
    progress: Callable[[Event], None] | None = None, copies: Copies | None = None,
) -> Summary:  # fmt: skip
    """Store articles with their claims; see :meth:`claimtrack.tracker.Tracker.add`."""
    run = _Run(project, nlp, progress, copies)
    pending = run.to_extract(found, again)
    # The models are loaded only when there is something to extract.
    for first in pending:
        if copies is not None:
            copies.fill(project)
        for article, result in extract(itertools.chain([first], pending)):
            run.store(article, result)
    return run.summary


class _Run:
    def __init__(
        self, project: Project, nlp: str, progress: Callable[[Event], None] | None, copies: Copies | None
    ) -> None:  # fmt: skip
        self.summary = Summary()
        self._project = project
        self._nlp = nlp
        self._copies = copies
        self._progress = progress
        self._again: set[str] = set()
        self._given: dict[str, Article] = {}
        self._ids: dict[str, str] = {}
        """The text of each article, as a hash, that was handed out under an id and may not be stored yet."""

    def to_extract(self, found: Iterable[Article | Problem], again: bool) -> Iterator[Article]:
        """Yield what has to be extracted; the extractor may ask far ahead of what is stored."""
        for item in found:
            if not isinstance(item, Article):
                self._tell(Event("skipped" if item.skipped else "failed", item.message))
                continue
            article, known = self._placed(item)
            digest = article_id(article.text)
            if (known and not again) or digest in self._ids.values():
                self._tell(Event("known", _label(item)))
                continue
            if self._ids.get(article.id, digest) != digest:
                # Another text of this run has that id.
                article = replace(article, id=digest)
            self._ids[article.id] = digest
            self._given[article.id] = item
            if known:
                self._again.add(article.id)
            yield article

    def _placed(self, item: Article) -> tuple[Article, bool]:
        with self._project.reading() as connection:
            placed = articles.place(connection, item)
        if placed.verdict == "known" and articles.is_elsewhere(placed.article, item):
            with self._project.writing() as connection:
                articles.also_published(connection, placed.article, item)
        return placed.article, placed.verdict == "known"

    def store(self, article: Article, result: list[Claim] | Exception) -> None:
        """Store an article and its claims, both or neither."""
        given = self._given.pop(article.id)
        del self._ids[article.id]
        if isinstance(result, Exception):
            self._tell(Event("failed", str(result)))
            return
        with self._project.writing() as connection:
            placed = articles.place(connection, given)
            if placed.verdict == "known" and article.id not in self._again:
                # Another program tracks the same folder.
                outcome: Outcome = "known"
            elif placed.verdict == "known":
                articles.extracted_again(connection, article.id, self._nlp)
                claims.save(connection, article, result)
                outcome = "again"
            # Its claims hang on the id that it was extracted under.
            elif articles.add(connection, replace(placed, article=article), self._nlp):
                if self._copies is not None:
                    self._copies.link(connection, article, placed.replaces)
                claims.save(connection, article, result)
                outcome = "version" if placed.verdict == "version" else "added"
            else:
                outcome = "failed"
        if outcome == "failed":
            self._tell(Event("failed", f"{_label(article)}: another program just stored its id; track it again"))
        else:
            self._tell(Event(outcome, _label(article), 0 if outcome == "known" else len(result)))

    def _tell(self, event: Event) -> None:
        self.summary.count(event)
        if self._progress:
            self._progress(event)


def _label(article: Article) -> str:
    return article.path or article.title or article.id
