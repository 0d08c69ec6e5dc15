"""A table of claims that somebody corrected in a spreadsheet, read back as edits.

Spreadsheets change more than people do: dates get the country's form, numbers lose digits, line ends and spaces
move. A cell counts as changed only when it means something else than the project does.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from claimtrack.errors import InputError, ProjectError, ReviewError
from claimtrack.store import query, reviews
from claimtrack.store.fields import said_on_text
from claimtrack.store.reviews import Change, Edit
from claimtrack.store.shown import COLUMNS

FIELD_OF: Mapping[str, str] = {
    "speaker_name": "speaker", "said_on": "said_on", "said_on_precision": "said_on", "content_text": "content",
    "content_spans": "content", "proposition": "proposition", "addressee": "addressee", "occasion": "occasion",
    "topic": "topic", "kind": "kind", "attitude": "attitude", "commitment": "commitment", "status": "status",
}  # fmt: skip
"""The columns that can be corrected and the fields they belong to."""

_FORMULA_GUARD = re.compile(r"'(?=[=+\-@\t\r])")
_LOCAL_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ T]0{1,2}:00(?::00)?)?")


@dataclass(frozen=True)
class Outcome:
    """What became of a sheet: what is changed, what cannot be, and what was looked past."""

    rows: int
    changes: tuple[Change, ...]
    problems: tuple[str, ...]
    notices: tuple[str, ...]
    applied: bool


@dataclass(frozen=True)
class Sheet:
    """The rows of a corrected table, each with its line for messages."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...] = field(repr=False)

    @classmethod
    def read(cls, data: bytes, name: str) -> Sheet:
        """Read a CSV as spreadsheets save it: UTF-8 with or without a byte order mark, or UTF-16; , ; or tabs.

        Raises:
            InputError: when it cannot be decoded, is no CSV, or has no column ``claim_id``.
        """
        text = _decoded(data, name).replace("\0", "\ufffd")
        csv.field_size_limit(2**31 - 1)
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        try:
            table = list(_rows(text, delimiter))
        except csv.Error as error:
            raise InputError(f"{name}: no CSV ({error}); save it as CSV UTF-8 and try again") from None
        header = tuple(cell.strip() for cell in table[0][1]) if table else ()
        if "claim_id" not in header:
            raise InputError(f"{name}: no column claim_id; take a CSV that claimtrack claims or export wrote")
        twice = sorted({column for column in header if column and header.count(column) > 1})
        if twice:
            raise InputError(f"{name}: two columns are called {twice[0]}; leave one")
        rows = tuple((line, dict(zip(header, cells, strict=False))) for line, cells in table[1:] if any(cells))
        return cls(name, header, rows)


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [(reader.line_num, cells) for cells in reader]


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(f'{name}: not UTF-8; save it as "CSV UTF-8" and try again') from None


def take_over(
    connection: Connection, sheet: Sheet, who: str, reason: str | None = None, dry_run: bool = False,
    skip_bad: bool = False,
) -> Outcome:  # fmt: skip
    """Make the corrections of a sheet as one batch.

    Args:
        connection: to write with.
        sheet: what was corrected.
        who: for the log.
        reason: for the log; by default the sheet's name.
        dry_run: change nothing.
        skip_bad: change what can be although some rows have a problem; otherwise nothing is changed then.
    """
    batch = reviews.next_batch(connection)
    changes: list[Change] = []
    problems: list[str] = []
    past: Counter[str] = Counter()
    seen: dict[str, int] = {}
    whole = connection.begin_nested()
    for line, row in sheet.rows:
        id_ = _plain(row.get("claim_id", ""))
        current = query.one_shown(connection, id_)
        try:
            if current is None:
                raise ReviewError(f"no claim {id_ or 'without an id'} in this project; leave the row out")
            if id_ in seen:
                raise ReviewError(f"claim {id_} stands in line {seen[id_]} already; leave one")
            seen[id_] = line
            with connection.begin_nested():
                edits = edits_of(row, current)
                changes += reviews.change(connection, edits, who, reason or f"from {sheet.name}", batch)
                past.update(looked_past(row, current))
        except ProjectError as error:
            problems.append(f"{sheet.name}:{line}: {error}")
    applied = not dry_run and (skip_bad or not problems)
    if applied:
        whole.commit()
    else:
        whole.rollback()
    notices = [
        f"{sheet.name}: {count} cell{'s' * (count != 1)} of {column} differ from the project; this column cannot be "
        "corrected here, so they were left alone"
        for column, count in past.items()
    ]
    return Outcome(len(sheet.rows), tuple(changes), tuple(problems), tuple(notices), applied)


def edits_of(row: Mapping[str, str], current: Mapping[str, Any]) -> list[Edit]:
    """Return the corrections that a row makes to a shown claim.

    Raises:
        ReviewError: when a date cannot be understood.
    """
    changed = {column: _plain(row[column]) for column in FIELD_OF if column in row and _differs(row, current, column)}
    edits = {}
    for column, value in changed.items():
        name = FIELD_OF[column]
        if name == "said_on":
            edits[name] = _said_on(row, current)
        elif name == "content" and name in edits:
            continue
        else:
            edits[name] = value or None
    return [Edit(current["claim_id"], name, value) for name, value in edits.items()]


def looked_past(row: Mapping[str, str], current: Mapping[str, Any]) -> list[str]:
    """Return the columns that differ and cannot be corrected here."""
    return [c for c in COLUMNS if c in row and c not in FIELD_OF and c != "claim_id" and _differs(row, current, c)]


def _plain(cell: str) -> str:
    """Take off what keeps a spreadsheet from running a cell, and white space that means nothing."""
    return " ".join(_FORMULA_GUARD.sub("", cell, count=1).split()) if cell.startswith("'") else " ".join(cell.split())


def _differs(row: Mapping[str, str], current: Mapping[str, Any], column: str) -> bool:
    cell, before = _plain(row[column] or ""), current[column]
    if column == "speaker_alternatives" and before:
        before = "; ".join(json.loads(before))
    was = " ".join(str("" if before is None else before).replace("\0", "\ufffd").split())
    if cell == was:
        return False
    if isinstance(before, float):
        try:
            return float(cell.replace(",", ".")) != before
        except ValueError:
            return True
    if column in ("said_on", "article_published") and was:
        return datetime.date.fromisoformat(was) not in _days(cell)
    # A guard that was in the text itself has gone with the one that was put before it.
    return _plain(was) != cell


def _days(cell: str) -> set[datetime.date]:
    """Return the days that a date in some country's form may mean."""
    match = _LOCAL_DATE.fullmatch(cell)
    if not match:
        return set()
    a, b, c = (int(part) for part in match.groups())
    orders = [(a, b, c)] if len(match[1]) == 4 else [(c, b, a), (c, a, b)]
    found = set()
    for year, month, day in orders:
        try:
            found.add(datetime.date(year + 2000 if year < 100 else year, month, day))
        except ValueError:
            continue
    return found


def _said_on(row: Mapping[str, str], current: Mapping[str, Any]) -> str | None:
    cell = _plain(row["said_on"]) if "said_on" in row else current["said_on"] or ""
    precision = _plain(row["said_on_precision"]) if "said_on_precision" in row else current["said_on_precision"]
    if not cell:
        return None
    days = _days(cell)
    if len(days) > 1:
        was = current["said_on"]
        if was and datetime.date.fromisoformat(was) in days:
            days = {datetime.date.fromisoformat(was)}
        else:
            raise ReviewError(f"said_on {cell!r} may be two days; write it as 2022-05-28")
    if not days:
        return cell
    # A day that somebody wrote in full is that day, unless they also say that it stands for more.
    stays = precision == current["said_on_precision"] and "said_on" in row and _differs(row, current, "said_on")
    return said_on_text(days.pop().isoformat(), "day" if stays else precision or "day")
