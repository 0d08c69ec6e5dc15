"""Claims as an Excel workbook: a sheet each for claims, speakers, relations and articles.

Sheets are written row by row, so that memory does not grow with their length.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from claimtrack.export.clean import DANGEROUS
from claimtrack.export.rows import (
    ARTICLE_COLUMNS,
    COLUMNS,
    DATE_COLUMNS,
    RELATION_COLUMNS,
    SPEAKER_COLUMNS,
    article_row,
    claim_row,
    relation_row,
    speaker_row,
)
from claimtrack.model import Article, Claim, Relation, Speaker

MAX_CELL = 32_767
"""What a cell holds, in UTF-16 units; MAX_ROWS is what a sheet holds (Microsoft, "Excel specifications and limits")."""

MAX_ROWS = 1_048_576

CUT = " … [cut]"
"""Ends a text that did not fit into its cell."""

SHEETS = {
    "claims": COLUMNS, "speakers": SPEAKER_COLUMNS, "relations": RELATION_COLUMNS, "articles": ARTICLE_COLUMNS,
}  # fmt: skip

_READ = ("content_text", "proposition", "reason")
_NAMES = ("speaker_name", "article_title", "article_author", "speaker_role", "source_text", "evidence")

_FIRST_DAY = datetime.date(1900, 3, 1)
"""Excel takes 1900 for a leap year and knows no day before it; earlier days are written as text."""

# What XML 1.0 cannot hold: control characters, halves of surrogate pairs, two characters that are none.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Excel reads _x0041_ as "A"; an underscore written as _x005F_ keeps a text that looks so.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class WorkbookWriter:
    """Writes the four sheets; those without rows hold their heading."""

    def __init__(self, stream: IO[bytes], max_rows: int = MAX_ROWS) -> None:
        self._stream = stream
        self._book = Workbook(write_only=True)
        self._book.properties.creator = "claimtrack"
        self._sheets = {name: _Sheet(self._book, name, columns, max_rows) for name, columns in SHEETS.items()}

    def write(self, claim: Claim) -> None:
        self._sheets["claims"].add(claim_row(claim))

    def write_relation(self, relation: Relation) -> None:
        self._sheets["relations"].add(relation_row(relation))

    def write_speaker(self, speaker: Speaker, claims: int) -> None:
        self._sheets["speakers"].add(speaker_row(speaker, claims))

    def write_article(self, article: Article, claims: int) -> None:
        self._sheets["articles"].add(article_row(article, claims))

    def finish(self) -> None:
        for sheet in self._sheets.values():
            sheet.finish()
        # Workbook.save leaves its archive open when the disk is full.
        with ZipFile(self._stream, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(self._book, archive).save()

    def abandon(self) -> None:
        """Close what openpyxl keeps open for each sheet; its files go when the program ends."""
        for sheet in self._book.worksheets:
            if not sheet.closed:
                sheet.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should know about this file."""
        cut = sum(sheet.cut for sheet in self._sheets.values())
        if not cut:
            return ()
        texts = "1 text is" if cut == 1 else f"{cut:,} texts are"
        return (f"{texts} longer than the {MAX_CELL:,} characters of an Excel cell and cut; csv holds the whole",)


class _Sheet:
    """One table, continued on a further sheet where it is longer than Excel takes."""

    def __init__(self, book: Workbook, name: str, columns: tuple[str, ...], max_rows: int) -> None:
        self._book, self._name, self._columns, self._max_rows = book, name, columns, max_rows
        self._number = 0
        self._wrap = Alignment(wrap_text=True, vertical="top")
        self.cut = 0
        self._begin()

    def add(self, row: Mapping[str, Any]) -> None:
        if self._rows == self._max_rows:
            self.finish()
            self._begin()
        self._rows += 1
        self._sheet.append([self._cell(column, row[column]) for column in self._columns])

    def finish(self) -> None:
        """Put filters over what has been written."""
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._columns))}{self._rows}"

    def _begin(self) -> None:
        self._number += 1
        self._sheet = self._book.create_sheet(self._name if self._number == 1 else f"{self._name} {self._number}")
        self._sheet.freeze_panes = "A2"
        for letter, width in _widths(self._columns):
            self._sheet.column_dimensions[letter].width = width
        heading = []
        for column in self._columns:
            cell = WriteOnlyCell(self._sheet, column)
            cell.font = Font(bold=True)
            heading.append(cell)
        self._sheet.append(heading)
        self._rows = 1

    def _cell(self, column: str, value: Any) -> Any:
        """Return what openpyxl takes: a styled cell where there is a need, else the bare value, which is quicker."""
        if not isinstance(value, str):
            return value
        if column in DATE_COLUMNS:
            day = datetime.date.fromisoformat(value)
            return _day(self._sheet, day) if day >= _FIRST_DAY else value
        text, cut = fitted(value)
        self.cut += cut
        wrapped, formula = column in _READ, text.startswith((*DANGEROUS, "#"))
        if not wrapped and not formula:
            return text
        cell = WriteOnlyCell(self._sheet, text)
        # openpyxl takes "=..." for a formula and "#N/A" for an error; whatever an article says is a text.
        cell.data_type = "s"
        if wrapped:
            cell.alignment = self._wrap
        # Excel keeps such a cell a text when somebody edits it.
        cell.quotePrefix = formula
        return cell


def fitted(text: str) -> tuple[str, bool]:
    """Return a text as an Excel cell holds it, and whether it had to be cut."""
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    units = len(text) if len(text) * 2 > MAX_CELL else 0
    if units and (units := len(text.encode("utf-16-le")) // 2) > MAX_CELL:
        kept = text.encode("utf-16-le")[: 2 * (MAX_CELL - len(CUT))].decode("utf-16-le", "ignore")
        return _ESCAPE.sub("_x005F_", kept) + CUT, True
    return _ESCAPE.sub("_x005F_", text), False


def _day(sheet: Any, day: datetime.date) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, day)
    cell.number_format = "yyyy-mm-dd"
    return cell


def _widths(columns: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Yield the letter and width (in characters) of each column."""
    for number, column in enumerate(columns, start=1):
        kind = column[2:] if column[:2] in ("a_", "b_") else column
        yield get_column_letter(number), 60 if kind in _READ else 26 if kind in _NAMES else 18 if "_" in kind else 13
