"""Corrections made in a spreadsheet: what people changed comes back, what the spreadsheet changed does not."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import SayingExtractor, saying

from claimtrack.errors import InputError
from claimtrack.export.listing import RowCsv
from claimtrack.store import Filters
from claimtrack.store.sheet import Outcome, Sheet
from claimtrack.store.shown import COLUMNS
from claimtrack.tracker import Tracker

DAY = datetime.date(2022, 5, 28)
TEXT = "Ida Brandt said: -5 cranes work.\nLund denied: =SUM(1) fail.\n'Ann said: 'tis so.\n"


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    with Tracker(tmp_path / "p.db", extractor=SayingExtractor()) as tracker:
        tracker.add([saying(TEXT, id="1", outlet="Courier", published=DAY)])
        tracker.edit(str(tracker.claims().claim_id[0]), said_on="2022-05-27", status="suggested")
        yield tracker


def exported(tracker: Tracker) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    target = RowCsv(stream, COLUMNS)
    for row in tracker.rows(Filters()):
        target.write_values(row)
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def imported(
    tracker: Tracker, rows: list[dict[str, Any]], encoding: str = "utf-8-sig", delimiter: str = ",", **options: bool
) -> Outcome:
    stream = io.StringIO(newline="")
    target = csv.DictWriter(stream, rows[0], delimiter=delimiter)
    target.writeheader()
    target.writerows(rows)
    return tracker.import_sheet(Sheet.read(stream.getvalue().encode(encoding), "x.csv"), **options)


def changes(outcome: Outcome) -> list[tuple[str | None, str | None]]:
    return [(change.field, change.after) for change in outcome.changes if change.field != "status"]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ","), ("utf-8", ";"), ("utf-16", "\t"), ("utf-8", "\t")]
)
def test_untouched_table_changes_nothing_however_it_was_saved(tracker: Tracker, encoding: str, delimiter: str) -> None:
    outcome = imported(tracker, exported(tracker), encoding, delimiter)
    assert outcome == Outcome(3, (), (), (), True)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("said_on", "27.05.2022"), ("said_on", "5/27/2022"), ("said_on", "27/05/22"), ("said_on", "2022/05/27"),
        ("article_published", "28.05.2022"), ("article_published", "28/05/2022 00:00:00"), ("confidence", "1"),
        ("confidence", "1,0"), ("proposition", "-5  cranes work.\n"), ("proposition", "-5 cranes work."),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_does_to_a_cell_is_no_correction(tracker: Tracker, column: str, cell: str) -> None:
    rows = exported(tracker)
    rows[0][column] = cell
    assert imported(tracker, rows) == Outcome(3, (), (), (), True)


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("speaker_name", "Moira Teale", [("speaker", "Moira Teale")]),
        ("speaker_name", "", [("speaker", None)]),
        ("said_on", "2022-05-20", [("said_on", "2022-05-20")]),
        ("said_on", "20.05.2022", [("said_on", "2022-05-20")]),
        ("said_on", "2022-05", [("said_on", "2022-05-01 month")]),
        ("said_on", "", [("said_on", None)]),
        ("said_on_precision", "week", [("said_on", "2022-05-23 week")]),
        ("content_text", "cranes work", [("content", "20-31")]),
        ("content_spans", "20-31", [("content", "20-31")]),
        ("proposition", "'-5 cranes run", [("proposition", "-5 cranes run")]),
        ("commitment", "hedged", [("commitment", "hedged")]),
        ("topic", "cranes", [("topic", "cranes")]),
    ],
)
def test_changed_cell_becomes_a_correction(
    tracker: Tracker, column: str, cell: str, expected: list[tuple[str, str | None]]
) -> None:
    rows = exported(tracker)
    rows[0][column] = cell
    outcome = imported(tracker, rows)
    assert changes(outcome) == expected and outcome.applied
    assert tracker.claim(rows[0]["claim_id"])[1] == "accepted"
    assert imported(tracker, exported(tracker)).changes == ()


def test_status_is_corrected_alone(tracker: Tracker) -> None:
    rows = exported(tracker)
    rows[1]["status"], rows[2]["status"] = "rejected", "accepted"
    assert [(c.field, c.after) for c in imported(tracker, rows).changes] == [
        ("status", "rejected"), ("status", "accepted")
    ]  # fmt: skip


def test_whole_import_is_undone_at_once(tracker: Tracker) -> None:
    rows = exported(tracker)
    for row in rows:
        row["speaker_name"] = "Moira Teale"
    imported(tracker, rows)
    assert set(tracker.claims().speaker_name) == {"Moira Teale"}
    tracker.undo()
    assert exported(tracker) != rows and "Lund" in set(tracker.claims().speaker_name)


def test_columns_and_rows_may_be_missing_and_in_another_order(tracker: Tracker) -> None:
    row = exported(tracker)[1]
    outcome = imported(tracker, [{"note": "?", "topic": "sums", "claim_id": row["claim_id"]}])
    assert changes(outcome) == [("topic", "sums")] and outcome.notices == ()


BAD = [
    ({"claim_id": "c_0"}, "x.csv:3: no claim c_0 in this project; leave the row out"),
    ({"claim_id": ""}, "x.csv:3: no claim without an id"),
    ({"said_on": "05/06/2022"}, "x.csv:3: said_on '05/06/2022' may be two days"),
    ({"said_on": "soon"}, "x.csv:3: 'soon' is no day"),
    ({"said_on_precision": "hour", "said_on": "2022-05-27"}, "x.csv:3: '2022-05-27 hour' is no day"),
    ({"kind": "loud"}, "x.csv:3: kind cannot be 'loud'; it is one of"),
    ({"content_text": "never said"}, "x.csv:3: content: the article does not say 'never said'"),
    ({"status": ""}, "x.csv:3: status cannot be 'empty'"),
]


@pytest.mark.parametrize(("cells", "message"), BAD)
def test_bad_row_is_one_problem_and_nothing_is_taken_over(
    tracker: Tracker, cells: dict[str, str], message: str
) -> None:
    rows = exported(tracker)
    rows[0]["speaker_name"] = "Moira Teale"
    rows[1].update(cells)
    before = exported(tracker)
    outcome = imported(tracker, rows)
    (problem,) = outcome.problems
    assert message in problem and "\n" not in problem and not outcome.applied
    assert exported(tracker) == before
    assert imported(tracker, rows, skip_bad=True).applied
    assert exported(tracker)[0]["speaker_name"] == "Moira Teale"


def test_bad_row_is_not_half_taken_over(tracker: Tracker) -> None:
    rows = exported(tracker)
    rows[1].update(speaker_name="Moira Teale", kind="loud")
    imported(tracker, rows, skip_bad=True)
    assert "Moira Teale" not in set(tracker.claims().speaker_name)


def test_row_twice_is_a_problem(tracker: Tracker) -> None:
    rows = exported(tracker)
    outcome = imported(tracker, [rows[0], rows[0]])
    assert "stands in line 2 already" in outcome.problems[0]


def test_column_that_cannot_be_corrected_is_told_once(tracker: Tracker) -> None:
    rows = exported(tracker)
    rows[0]["article_outlet"] = rows[1]["article_outlet"] = "Ledger"
    outcome = imported(tracker, rows)
    assert outcome.changes == () and outcome.problems == ()
    assert outcome.notices == (
        "x.csv: 2 cells of article_outlet differ from the project; this column cannot be corrected here, so they "
        "were left alone",
    )


def test_dry_run_changes_nothing(tracker: Tracker) -> None:
    rows = exported(tracker)
    rows[0]["speaker_name"] = "Moira Teale"
    outcome = imported(tracker, rows, dry_run=True)
    assert changes(outcome) == [("speaker", "Moira Teale")] and not outcome.applied
    assert "Moira Teale" not in set(tracker.claims().speaker_name)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no column claim_id"),
        (b"speaker_name\nIda\n", "no column claim_id"),
        (b"claim_id,topic,topic\n", "two columns are called topic"),
        (b"claim_id,topic\nc_1,caf\xe9\n", "not UTF-8"),
        (b"\xff\xfea", "not UTF-8"),
    ],
)
def test_file_that_is_no_such_table_is_told_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Sheet.read(data, "x.csv")


@given(st.binary() | st.text().map(lambda text: b"claim_id,topic\n" + text.encode("utf-8", "replace")))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        Sheet.read(data, "x.csv")
    except InputError as error:
        assert "\n" not in str(error)
