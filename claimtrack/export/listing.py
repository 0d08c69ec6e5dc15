"""Rows of any kind (speakers, articles, claims with their status) as table, CSV, JSON or JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TextIO

from claimtrack.export.clean import clean
from claimtrack.export.table import PLAIN_WIDTH
from claimtrack.export.writers import safe_cell


class RowWriter(Protocol):
    """Writes rows, as mappings from column to value, to a text stream."""

    def write(self, row: Mapping[str, Any]) -> None:
        """Take one row."""

    def finish(self) -> None:
        """Write what is still held back."""


class RowCsv:
    """A spreadsheet table whose cells no spreadsheet runs."""

    def __init__(self, stream: TextIO, columns: Sequence[str]) -> None:
        self._columns = columns
        self._rows = csv.writer(stream, lineterminator="\r\n")
        self._rows.writerow(columns)

    def write(self, row: Mapping[str, Any]) -> None:
        self.write_values([row.get(column) for column in self._columns])

    def write_values(self, values: Sequence[Any]) -> None:
        """Take one row as values in the order of the columns, which is quicker."""
        self._rows.writerow(map(safe_cell, values))

    def finish(self) -> None:
        """Every row is written already."""


class RowJsonLines:
    """One JSON object a line."""

    def __init__(self, stream: TextIO, columns: Sequence[str]) -> None:
        self._stream = stream

    def write(self, row: Mapping[str, Any]) -> None:
        self._stream.write(json.dumps(dict(row), ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Every line is written already."""


class RowJson:
    """One JSON array."""

    def __init__(self, stream: TextIO, columns: Sequence[str]) -> None:
        self._stream = stream
        self._before = "["

    def write(self, row: Mapping[str, Any]) -> None:
        self._stream.write(f"{self._before}\n{json.dumps(dict(row), ensure_ascii=False, indent=1)}")
        self._before = ","

    def finish(self) -> None:
        self._stream.write("[]\n" if self._before == "[" else "\n]\n")


class RowTable:
    """A table for people: a heading for each column that is shown, and how much of the width it may take."""

    def __init__(self, stream: TextIO, shown: Mapping[str, tuple[str, int]]) -> None:
        from rich import box
        from rich.console import Console
        from rich.table import Table

        self._console = Console(file=stream, highlight=False)
        if not self._console.is_terminal:
            self._console = Console(file=stream, highlight=False, width=PLAIN_WIDTH, color_system=None)
        self._shown = shown
        self._table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=any(ratio for _, ratio in shown.values()))
        for number, (heading, ratio) in enumerate(shown.values()):
            # What has no share of the width is short and stays on one line.
            self._table.add_column(
                heading, ratio=ratio or None, no_wrap=not ratio, overflow="fold", style="" if number else "bold"
            )
        self._any = False

    def write(self, row: Mapping[str, Any]) -> None:
        from rich.text import Text

        self._any = True
        self._table.add_row(*(Text(_cell(row.get(column))) for column in self._shown))

    def finish(self) -> None:
        if self._any:
            self._console.print(self._table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else clean(str(value))


def row_writer(format_: str, stream: TextIO, columns: Sequence[str], shown: Mapping[str, tuple[str, int]]) -> RowWriter:
    """Return the writer of a format.

    Args:
        format_: ``table``, ``csv``, ``json`` or ``jsonl``.
        stream: where to.
        columns: of CSV.
        shown: of the table: each column's heading and share of the width, 0 for short ones.
    """
    if format_ == "table":
        return RowTable(stream, shown)
    if format_ == "csv":
        return RowCsv(stream, columns)
    return RowJson(stream, columns) if format_ == "json" else RowJsonLines(stream, columns)
