"""The writers: each takes claims one by one and finishes when there are no more."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Any, Protocol, TextIO

from claimtrack.export.rows import COLUMNS, claim_object, claim_row
from claimtrack.export.table import TableWriter
from claimtrack.model import Claim

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so is a formula to a spreadsheet."""


class Writer(Protocol):
    """Writes claims to a text stream in one format."""

    def write(self, claim: Claim) -> None:
        """Take one claim."""

    def finish(self) -> None:
        """Write what is still held back."""


class CsvWriter:
    """A spreadsheet table; see :data:`claimtrack.export.rows.COLUMNS`."""

    def __init__(self, stream: TextIO) -> None:
        self._rows = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
        self._rows.writeheader()

    def write(self, claim: Claim) -> None:
        self._rows.writerow({column: safe_cell(value) for column, value in claim_row(claim).items()})

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


def safe_cell(value: Any) -> Any:
    """Put ``'`` before a text that a spreadsheet would take for a formula; other values stay.

    A null byte, which Python 3.10 cannot write, becomes the sign for an unknown character.
    """
    if not isinstance(value, str):
        return value
    value = value.replace("\0", "\ufffd")
    return f"'{value}" if value.startswith(DANGEROUS) else value
