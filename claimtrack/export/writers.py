"""The writers' protocol, and the formats that any program reads: CSV, JSON and JSON Lines.

Each takes claims one by one and finishes when there are no more, so that a list of any length is written as it comes.
"""

from __future__ import annotations

import csv
import json
from typing import Protocol, TextIO, runtime_checkable

from claimtrack.export.clean import DANGEROUS, safe_cell
from claimtrack.export.rows import COLUMNS, claim_object, claim_row
from claimtrack.model import Article, Claim, Relation, Speaker

__all__ = ["DANGEROUS", "Abandoned", "CsvWriter", "FullWriter", "JsonLinesWriter", "JsonWriter", "Writer", "safe_cell"]


class Writer(Protocol):
    """Writes claims in one format to a stream (of text or of bytes) or into a folder."""

    def write(self, claim: Claim) -> None:
        """Take one claim."""

    def finish(self) -> None:
        """Write what is still held back."""


@runtime_checkable
class FullWriter(Writer, Protocol):
    """A writer that takes what surrounds the claims too, once all claims are written."""

    def write_relation(self, relation: Relation) -> None:
        """Take one relation."""

    def write_speaker(self, speaker: Speaker, claims: int) -> None:
        """Take one speaker, and how many of the claims written are theirs."""

    def write_article(self, article: Article, claims: int) -> None:
        """Take one article, and how many of the claims written come from it."""


@runtime_checkable
class Abandoned(Protocol):
    """A writer that must be told when an export breaks off."""

    def abandon(self) -> None:
        """Let go of the stream, which is about to be closed."""


class CsvWriter:
    """A spreadsheet table; see :data:`claimtrack.export.rows.COLUMNS`."""

    def __init__(self, stream: TextIO) -> None:
        self._rows = csv.writer(stream, lineterminator="\r\n")
        self._rows.writerow(COLUMNS)

    def write(self, claim: Claim) -> None:
        self._rows.writerow(map(safe_cell, claim_row(claim).values()))

    def finish(self) -> None:
        """Every row is written already."""


class JsonLinesWriter:
    """One JSON object a line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, claim: Claim) -> None:
        self._stream.write(json.dumps(claim_object(claim), ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Every line is written already."""


class JsonWriter:
    """One JSON array."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before = "["

    def write(self, claim: Claim) -> None:
        body = json.dumps(claim_object(claim), ensure_ascii=False, indent=1)
        self._stream.write(f"{self._before}\n{body}")
        self._before = ","

    def finish(self) -> None:
        self._stream.write("[]\n" if self._before == "[" else "\n]\n")
