"""Claims as Parquet: columns with types, compressed, quick to load into pandas, DuckDB, R and Spark."""

from __future__ import annotations

import contextlib
import datetime
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from claimtrack.export.rows import COLUMNS, DATE_COLUMNS, NUMBER_COLUMNS, claim_row
from claimtrack.model import Claim

GROUP = 10_000
"""Rows held back until they are written together."""

SCHEMA = pa.schema(
    (column, pa.date32() if column in DATE_COLUMNS else pa.float64() if column in NUMBER_COLUMNS else pa.string())
    for column in COLUMNS
)
"""The columns of CSV; days are days and confidences are numbers."""


class ParquetWriter:
    """Writes groups of rows."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._file = pq.ParquetWriter(stream, SCHEMA, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, claim: Claim) -> None:
        self._rows.append({column: _value(column, value) for column, value in claim_row(claim).items()})
        if len(self._rows) == GROUP:
            self._write_group()

    def finish(self) -> None:
        if self._rows:
            self._write_group()
        self._file.close()

    def abandon(self) -> None:
        """Let go of the stream while it is open; pyarrow would write its last part to it later."""
        with contextlib.suppress(OSError):
            self._file.close()

    def _write_group(self) -> None:
        self._file.write_table(pa.Table.from_pylist(self._rows, SCHEMA))
        self._rows = []


def _value(column: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if column in DATE_COLUMNS:
        return datetime.date.fromisoformat(value)
    # Half of a surrogate pair has no place in UTF-8, which is all that Parquet knows.
    return value.encode("utf-8", "backslashreplace").decode()
