"""One call that writes a whole export in any format."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from os import PathLike, fspath
from typing import IO, Any

from claimtrack.errors import ExportError
from claimtrack.export.content import Export, withheld
from claimtrack.export.files import told, whole_file, whole_folder
from claimtrack.export.registry import Format, find_format, writer
from claimtrack.export.writers import Abandoned, FullWriter, Writer
from claimtrack.model import Article, Claim, Speaker

Target = str | PathLike[str] | IO[Any]


def write_export(
    format_name: str, export: Export, target: Target, no_text: bool = False, encoding: str | None = None
) -> tuple[str, ...]:
    """Write an export in a format.

    Args:
        format_name: a name in :data:`claimtrack.export.registry.FORMATS`.
        export: what to write. Its parts are read once, claims first; formats of claims alone leave the rest unread.
        target: the path of a file (of a new or empty folder for a format that is one), or an open stream, which
            stays open. Files and folders appear only when they are complete.
        no_text: leave out every word that an article wrote; see :func:`claimtrack.export.content.withheld`.
        encoding: of CSV, ``utf-8-sig`` or ``utf-8``; by default the first for files, which people open, and the
            second for streams, which programs read.

    Returns:
        What a person should know about the result, one line each.

    Raises:
        ExportError: when there is no such format, or it cannot be written to such a target.
        InputError: when the file or folder cannot be written.
    """
    format_ = find_format(format_name)
    if no_text:
        export = withheld(export)
    name = None if hasattr(target, "write") else fspath(target)
    guard: Callable[[], AbstractContextManager[None]] = nullcontext if name is None else lambda: told(str(name))
    with _opened(format_, target, encoding) as place:
        with guard():
            made = writer(format_name, place)
        try:
            _write(made, export, guard)
            with guard():
                made.finish()
        except BaseException:
            if isinstance(made, Abandoned):
                made.abandon()
            raise
    return tuple(getattr(made, "notices", ()))


def _write(made: Writer, export: Export, guard: Callable[[], AbstractContextManager[None]]) -> None:
    """Hand every part to a writer. What goes wrong in reading the parts is not blamed on the file written."""
    seen = _Seen()
    full = made if isinstance(made, FullWriter) else None
    for claim in export.claims:
        with guard():
            made.write(claim)
        if full:
            seen.add(claim)
    if full is None:
        return
    for relation in export.relations:
        with guard():
            full.write_relation(relation)
    for speaker in _once(export.speakers, seen.speakers):
        with guard():
            full.write_speaker(speaker, seen.counts.get(("speaker", speaker.id), 0))
    for article in _once(export.articles, seen.articles):
        with guard():
            full.write_article(article, seen.counts.get(("article", article.id), 0))


class _Seen:
    """The speakers and articles of the claims that have passed by, and how many claims each has."""

    def __init__(self) -> None:
        self.speakers: dict[str, Speaker] = {}
        self.articles: dict[str, Article] = {}
        self.counts: dict[tuple[str, str], int] = {}

    def add(self, claim: Claim) -> None:
        article, speaker = claim.article, claim.speaker
        self._count("article", article.id)
        if article.id not in self.articles:
            # The text is let go, so that memory does not grow with it.
            self.articles[article.id] = replace(article, text="")
        everybody = (speaker, *claim.co_speakers) if speaker else claim.co_speakers
        for speaker in {one.id: one for one in everybody}.values():
            self._count("speaker", speaker.id)
            known = self.speakers.get(speaker.id)
            # The article that gives a role tells more than the one that came first.
            if known is None or (speaker.role and not known.role):
                self.speakers[speaker.id] = speaker

    def _count(self, kind: str, identifier: str) -> None:
        self.counts[kind, identifier] = self.counts.get((kind, identifier), 0) + 1


def _once(listed: Iterable[Any], seen: dict[str, Any]) -> Iterator[Any]:
    """Yield what is listed, then what has been seen and is not listed."""
    given = set()
    for item in listed:
        if item.id not in given:
            given.add(item.id)
            yield item
    yield from (item for identifier, item in seen.items() if identifier not in given)


@contextmanager
def _opened(format_: Format, target: Target, encoding: str | None) -> Iterator[Any]:
    """Open what the format's writer is made with."""
    if not hasattr(target, "write"):
        name = fspath(target)
        if format_.kind == "folder":
            with whole_folder(name) as folder:
                yield folder
        else:
            with whole_file(name, file_encoding(format_, encoding)) as stream:
                yield stream
    elif format_.kind == "folder":
        raise ExportError(f"{format_.name}: is a folder and cannot go to a stream; name the folder with -o")
    else:
        yield from _stream(format_, target, encoding or "utf-8")


def file_encoding(format_: Format, encoding: str | None) -> str | None:
    """Return the encoding of a file in a format: only CSV begins with a byte order mark; None means bytes."""
    if format_.kind == "bytes":
        return None
    return encoding or "utf-8-sig" if format_.name == "csv" else "utf-8"


def _stream(format_: Format, target: Any, encoding: str) -> Iterator[Any]:
    """Fit a stream to what the writer wants: text over bytes, or the bytes below text."""
    takes_text = isinstance(target, io.TextIOBase)
    if format_.kind == "bytes":
        below = getattr(target, "buffer", None) if takes_text else target
        if below is None or target.isatty():
            raise ExportError(f"{format_.name}: cannot be shown as text; name a file with -o")
        yield below
        below.flush()
    elif takes_text:
        yield target
        target.flush()
    else:
        # A TextIOWrapper would close the stream when it goes.
        yield codecs.getwriter(encoding)(target, "backslashreplace")
        target.flush()
