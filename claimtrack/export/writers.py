"""The writers: each takes claims one by one and finishes when there are no more."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Protocol, TextIO

from claimtrack.export.clean import safe_cell
from claimtrack.export.rows import COLUMNS, claim_object, claim_row
from claimtrack.export.table import TableWriter
from claimtrack.model import Claim


class Writer(Protocol):
    """Writes claims to a text stream in one format."""

    def write(self, claim: Claim) -> None:
        """Take one claim."""

    def finish(self) -> None:
        """Write what is still held back."""


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


FORMATS: dict[str, Callable[[TextIO], Writer]] = {
    "table": TableWriter, "csv": CsvWriter, "json": JsonWriter, "jsonl": JsonLinesWriter,
}  # fmt: skip
"""Every format by its name."""


def writer(name: str, stream: TextIO) -> Writer:
    """Return the writer of a format.

    Raises:
        KeyError: when there is no such format.
    """
    return FORMATS[name](stream)
