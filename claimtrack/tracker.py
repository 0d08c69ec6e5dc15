"""The one façade over everything below: articles go in, tables of who said what come out."""

from __future__ import annotations

import datetime
import getpass
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from claimtrack.model import Article, Claim
from claimtrack.store import Filters, Project, articles, claims, query, search, speakers
from claimtrack.store.copies import Copies
from claimtrack.store.frames import filters_of, frame
from claimtrack.store.intake import Event, Summary, add
from claimtrack.store.network import network
from claimtrack.store.relate import Relates
from claimtrack.store.relating import Relating
from claimtrack.store.reviewing import Reviewing
from claimtrack.store.reviews import Change
from claimtrack.store.shown import COLUMNS
from claimtrack.store.texts import fold

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from claimtrack.export import Export
    from claimtrack.export.write import Target
    from claimtrack.ingest import Problem
    from claimtrack.speakers.places import Alias

__all__ = ["Event", "Filters", "Summary", "Tracker"]

DATES = ("said_on", "article_published")
"""The columns of days."""


class Extracts(Protocol):
    """Whatever turns articles into claims, such as :class:`claimtrack.claims.extractor.Extractor`."""

    def extract_all(self, articles: Iterable[Article]) -> Iterable[tuple[Article, list[Claim] | Exception]]:
        """Yield each article with its claims, or with the error that it met, in order."""


class Tracker(Reviewing, Relating):
    """A project: its articles, claims and speakers, and what people decided about them.

    Nothing heavy is loaded until articles are added, and pandas only when a table is asked for.

    Args:
        path: the project file.
        create: make it when it is not there.
        nlp: language models for :meth:`add`: ``embedded``, ``stanza``, or a folder.
        extractor: what to extract with instead.
        who: the name for the log of changes; by default ``CLAIMTRACK_REVIEWER`` or the name of the user.
        copies: finds near-duplicates among the articles; by default :mod:`claimtrack.ingest.duplicates` does.
        aliases: your own names of speakers (:func:`claimtrack.speakers.places.read_aliases`), for :meth:`add`.
        relater: what to group and relate claims with instead, for :meth:`relate`.

    Raises:
        ProjectError: when the file cannot be opened; see :class:`claimtrack.store.Project`.
    """

    def __init__(
        self, path: str | Path = "claims.db", create: bool = True, nlp: str = "embedded",
        extractor: Extracts | None = None, who: str | None = None, copies: Copies | None = None,
        aliases: tuple[Alias, ...] = (), relater: Relates | None = None,
    ) -> None:  # fmt: skip
        self.project = Project(path, create)
        self.who = who or os.environ.get("CLAIMTRACK_REVIEWER") or _user()
        self._nlp = nlp
        self._extractor = extractor
        self._copies = copies
        self._aliases = aliases
        self._relater = relater

    def add(
        self, found: Iterable[Article | Problem | str | Path], again: bool = False,
        progress: Callable[[Event], None] | None = None,
    ) -> Summary:  # fmt: skip
        """Extract the claims of articles and store them, each article with its claims in one transaction.

        An article whose text is known is left as it is. Interrupt it and start again: nothing is lost or
        doubled. What cannot be read is told in the summary, and the others do not suffer. At the end speakers
        that are new are linked with those of other articles; :meth:`split` takes a link back for good.

        Args:
            found: articles, what :func:`claimtrack.ingest.read_articles` yields, or paths for it to read.
            again: extract known articles again; what people corrected stays corrected.
            progress: is told of each article when it is done.

        Raises:
            ModelError: when there is something to extract and the models cannot be loaded.
            ProjectError: when the project cannot be written.
        """
        if self._copies is None:
            from claimtrack.ingest.duplicates import CopyIndex, signature

            self._copies = Copies(signature, CopyIndex())
        summary = add(self.project, _articles(found), self._extract, self._nlp, again, progress, self._copies)
        summary.merged = sum(change.what == "merge" for change in self.link_speakers())
        return summary

    def link_speakers(self) -> list[Change]:
        """Merge speakers that were not compared yet with those of other articles; :meth:`add` ends with it."""
        from claimtrack.speakers.places import gazetteer
        from claimtrack.store import links

        with self.project.reading() as connection:
            if self.project.read_only or not links.waiting(connection):
                return []
        with self.project.writing() as connection:
            return links.link_new(connection, gazetteer(self._aliases))

    def _extract(self, found: Iterable[Article]) -> Iterable[tuple[Article, list[Claim] | Exception]]:
        """Load the models when the first article turns up."""
        if self._extractor is None:
            from claimtrack.claims.extractor import Extractor

            self._extractor = Extractor(self._nlp, aliases=self._aliases)
        return self._extractor.extract_all(found)

    def stored_articles(self) -> Iterator[Article]:
        """Yield the articles of the project with their texts, those superseded by a newer version left out."""
        with self.project.reading() as connection:
            ids = [row["article_id"] for row in articles.listed(connection) if not row["superseded_by"]]
        for id_ in ids:
            with self.project.reading() as connection:
                yield from articles.load(connection, [id_])

    def claims(self, limit: int | None = None, order: query.Order = "article", **filters: Any) -> pd.DataFrame:
        """Return claims as a table with the columns of CSV and ``status``.

        Args:
            limit: at most so many.
            order: ``article`` (by publication and place in the article) or ``day`` (when it was said).
            filters: see :class:`claimtrack.store.Filters`; days may be ``datetime.date`` or ISO text.

        Raises:
            ProjectError: when a filter cannot be understood.
        """
        return frame(self.rows(filters_of(filters), limit, order), COLUMNS, DATES)

    def rows(
        self, filters: Filters, limit: int | None = None, order: query.Order = "article"
    ) -> Iterator[tuple[Any, ...]]:
        """Yield claims as tuples in the order of the columns; the quickest way to read many."""
        with self.project.reading() as connection:
            yield from query.rows(connection, filters, limit, order)

    def each(self, filters: Filters, limit: int | None = None, order: query.Order = "article") -> Iterator[Claim]:
        """Yield claims as objects, corrected and with speakers as merged."""
        return (claim for claim, _ in self.each_with_status(filters, limit, order))

    def each_with_status(
        self, filters: Filters, limit: int | None = None, order: query.Order = "article"
    ) -> Iterator[tuple[Claim, str]]:
        """Yield claims as objects, each with its review status."""
        with self.project.reading() as connection:
            texts: dict[str, Article] = {}
            for row in query.shown(connection, filters, limit, order):
                id_ = row["article_id"]
                if id_ not in texts:
                    if len(texts) >= 256:
                        texts.clear()
                    (texts[id_],) = articles.load(connection, [id_])
                yield claims.claim_of(row, texts[id_]), row["status"]

    def count(self, filters: Filters) -> int:
        """Return how many claims there are."""
        with self.project.reading() as connection:
            return query.count(connection, filters)

    def claim(self, prefix: str) -> tuple[Claim, str]:
        """Return the one claim whose id begins so, and its status.

        Raises:
            ProjectError: when there is none or more than one.
        """
        id_ = self.claim_id(prefix)
        with self.project.reading() as connection:
            row = query.one_shown(connection, id_)
            (article,) = articles.load(connection, [row["article_id"]])
            return claims.claim_of(row, article), row["status"]

    def speakers(self) -> pd.DataFrame:
        """Return one row for each speaker, the most quoted first."""
        return self._table(self.speaker_rows(), ("first", "last"))

    def articles(self) -> pd.DataFrame:
        """Return one row for each article, in the order of publication."""
        return self._table(self.article_rows(), ("published",))

    def speaker_rows(self, name: str | None = None) -> list[dict[str, Any]]:
        """Return the rows of :meth:`speakers`, or of those with some part of a name."""
        with self.project.reading() as connection:
            rows = speakers.listed(connection)
            wanted = None if name is None else set(speakers.ids_matching(connection, name))
        return [row for row in rows if wanted is None or row["speaker_id"] in wanted]

    def article_rows(self, outlet: str | None = None) -> list[dict[str, Any]]:
        """Return the rows of :meth:`articles`, or of those from an outlet."""
        with self.project.reading() as connection:
            rows = articles.listed(connection)
        return [row for row in rows if outlet is None or fold(outlet) in fold(row["outlet"] or "")]

    def _table(self, rows: list[dict[str, Any]], dates: tuple[str, ...]) -> pd.DataFrame:
        columns = tuple(rows[0]) if rows else ()
        return frame([tuple(row.values()) for row in rows], columns, dates)

    def search(self, text: str, limit: int = 50) -> pd.DataFrame:
        """Return the claims that best match some words, best first; see :class:`claimtrack.store.Filters`."""
        return frame(self.found(text, limit), COLUMNS, DATES)

    def found(self, text: str, limit: int = 50) -> list[tuple[Any, ...]]:
        """Return the rows of :meth:`search`."""
        match = search.match_expression(text)
        if match is None:
            return []
        with self.project.reading() as connection:
            return query.numbered(connection, search.ranked(connection, match, limit))

    def timeline(self, speaker: str | None = None, topic: str | None = None, **filters: Any) -> pd.DataFrame:
        """Return what a speaker said, or what was said on a topic, in the order in which it was said."""
        return self.claims(order="day", speaker=speaker, topic=topic, **filters)

    def stats(self) -> dict[str, int]:
        """Return how much of everything there is."""
        with self.project.reading() as connection:
            return query.stats(connection)

    def ids(self, filters: Filters) -> list[str]:
        """Return the ids of claims in the order of lists."""
        with self.project.reading() as connection:
            return query.ids(connection, filters)

    def newest_day(self) -> datetime.date | None:
        """Return the day of the newest article."""
        with self.project.reading() as connection:
            return articles.newest_day(connection)

    def content(self, filters: Filters) -> Export:
        """Return what an export of some claims holds: also their relations, and without filters all articles.

        Nothing is read before the export is written; each part can be read once.
        """
        from claimtrack.export import Export

        whole = not set(filters.given()) - {"status", "superseded"}
        articles_ = self.stored_articles() if whole else ()
        return Export(self.each(filters), relations=self.each_relation(filters), articles=articles_)

    def export(
        self, format_name: str, target: Target, no_text: bool = False, encoding: str | None = None, **filters: Any
    ) -> tuple[str, ...]:
        """Write claims for other programs: ``export("xlsx", "claims.xlsx", speaker="Ida Brandt")``.

        Args:
            format_name: one of :data:`claimtrack.export.FORMATS`.
            target: a path or an open stream; see :func:`claimtrack.export.write_export`, also for ``no_text``
                and ``encoding``.
            no_text: leave out every word that an article wrote.
            encoding: of CSV.
            filters: as for :meth:`claims`.

        Returns:
            What a person should know about the result, one line each.

        Raises:
            ProjectError: when a filter cannot be understood.
            ExportError: when there is no such format, or it cannot be written to such a target.
            InputError: when the file or folder cannot be written.
        """
        from claimtrack.export import write_export

        return write_export(format_name, self.content(filters_of(filters)), target, no_text, encoding)

    def graph(self, **filters: Any) -> nx.MultiDiGraph:
        """Return the graph of some claims, see :mod:`claimtrack.graph`; filters as for :meth:`claims`."""
        chosen = filters_of(filters)
        with self.project.reading() as connection:
            return network(connection, self.each(chosen), self.each_relation(chosen))

    def close(self) -> None:
        """Close the project file."""
        self.project.close()

    def __enter__(self) -> Tracker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _articles(found: Iterable[Article | Problem | str | Path]) -> Iterator[Article | Problem]:
    from claimtrack.ingest import read_articles

    if isinstance(found, (str, Path)):
        found = [found]
    for item in found:
        if isinstance(item, (str, Path)):
            yield from read_articles([str(item)])
        else:
            yield item


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"
