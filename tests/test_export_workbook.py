"""The Excel workbook, read back with what people open it with."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import BRANDT, CLAIM, DENIAL, RELATION

from claimtrack.export import Export, write_export
from claimtrack.export.clean import DANGEROUS
from claimtrack.export.rows import ARTICLE_COLUMNS, COLUMNS, RELATION_COLUMNS, SPEAKER_COLUMNS
from claimtrack.export.workbook import CUT, MAX_CELL, WorkbookWriter, fitted
from claimtrack.model import Claim, Speaker


def opened(*claims: Claim, **rest: Any) -> openpyxl.Workbook:
    stream = io.BytesIO()
    write_export("xlsx", Export(claims, **rest), stream)
    return openpyxl.load_workbook(stream)


def cell(sheet: Any, column: str, row: int = 2) -> Any:
    return next(column_[row - 1] for column_ in sheet.iter_cols() if column_[0].value == column)


def test_a_sheet_each_with_the_documented_columns() -> None:
    book = opened(CLAIM)
    headings = {sheet.title: tuple(next(sheet.values)) for sheet in book}
    assert headings == {
        "claims": COLUMNS, "speakers": SPEAKER_COLUMNS, "relations": RELATION_COLUMNS, "articles": ARTICLE_COLUMNS
    }  # fmt: skip


def test_headings_are_frozen_and_filters_lie_over_all_rows() -> None:
    sheet = opened(CLAIM, DENIAL)["claims"]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:AI3"


def test_days_are_days_and_numbers_numbers() -> None:
    sheet = opened(CLAIM)["claims"]
    assert cell(sheet, "said_on").value == datetime.datetime(2022, 5, 27) and cell(sheet, "said_on").is_date
    assert cell(sheet, "confidence").value == 0.9


def test_day_before_excel_time_stays_readable() -> None:
    assert cell(opened(replace(CLAIM, said_on=datetime.date(1848, 3, 18)))["claims"], "said_on").value == "1848-03-18"


def test_text_is_wrapped_and_has_room() -> None:
    sheet = opened(CLAIM)["claims"]
    content = cell(sheet, "content_text")
    assert content.alignment.wrap_text and sheet.column_dimensions[content.column_letter].width == 60


@pytest.mark.parametrize("text", [*(f"{start}cmd()" for start in DANGEROUS), "=1+1", "#N/A", "#REF!", "-5"])
@pytest.mark.parametrize("field", ["proposition", "addressee"])
def test_no_text_is_a_formula_or_an_error(text: str, field: str) -> None:
    found = cell(opened(replace(CLAIM, **{field: text}))["claims"], field)
    assert found.data_type == "s" and found.value == text.replace("\r", "\n") and found.quotePrefix


@settings(deadline=None, max_examples=30)
@given(st.text(min_size=1))
def test_any_text_can_be_written(text: str) -> None:
    read = cell(opened(replace(CLAIM, addressee=text))["claims"], "addressee").value
    assert read == (fitted(text)[0] or None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\x00\x1b[0m\x0bb", "a[0mb"), ("x\ud800y\uffff", "xy"), ("a\r\nb\rc", "a\nb\nc"), ("_x0041_", "_x005F_x0041_")],
)
def test_what_excel_cannot_hold_is_left_out(text: str, expected: str) -> None:
    assert fitted(text) == (expected, False)


@pytest.mark.parametrize("sign", ["a", "\N{GRINNING FACE}"])
def test_long_text_is_cut_at_the_limit_and_said_so(sign: str) -> None:
    kept, cut = fitted(sign * 40_000)
    assert cut and kept.endswith(CUT)
    assert MAX_CELL - 1 <= len(kept.encode("utf-16-le")) // 2 <= MAX_CELL
    notices = write_export("xlsx", Export([replace(CLAIM, proposition=sign * 40_000)]), io.BytesIO())
    assert notices == ("1 text is longer than the 32,767 characters of an Excel cell and cut; csv holds the whole",)


def test_text_at_the_limit_is_whole() -> None:
    assert fitted("a" * MAX_CELL) == ("a" * MAX_CELL, False)


def test_speakers_and_articles_are_counted_and_those_without_claims_are_there() -> None:
    silent = Speaker("s_9", "Ola Silent", "person")
    book = opened(CLAIM, CLAIM, DENIAL, speakers=[silent, BRANDT], relations=[RELATION])
    speakers = [(row[0], row[4]) for row in book["speakers"].iter_rows(min_row=2, values_only=True)]
    assert speakers == [("Ola Silent", 0), ("Ida Brandt", 2), ("Officials", 1)]
    articles = [(row[0], row[4]) for row in book["articles"].iter_rows(min_row=2, values_only=True)]
    assert articles == [("Coast Courier", 2), ("Meridian Wire", 1)]
    assert [row[0] for row in book["relations"].iter_rows(min_row=2, values_only=True)] == ["contradicts"]


def test_those_who_made_a_claim_with_others_are_speakers_too() -> None:
    book = opened(CLAIM, replace(CLAIM, co_speakers=(Speaker("s_5", "Ola Lund", "person"), BRANDT)))
    speakers = [(row[0], row[4]) for row in book["speakers"].iter_rows(min_row=2, values_only=True)]
    assert speakers == [("Ida Brandt", 2), ("Ola Lund", 1)]


def test_the_role_that_any_article_gives_is_shown() -> None:
    book = opened(replace(CLAIM, speaker=replace(BRANDT, role=None)), CLAIM)
    assert cell(book["speakers"], "speaker_role").value == "safety chief"


def test_a_full_sheet_goes_on_in_the_next() -> None:
    stream = io.BytesIO()
    writer = WorkbookWriter(stream, max_rows=3)
    for _ in range(5):
        writer.write(CLAIM)
    writer.finish()
    book = openpyxl.load_workbook(stream)
    assert [(name, book[name].max_row) for name in book.sheetnames if name.startswith("claims")] == [
        ("claims", 3), ("claims 2", 3), ("claims 3", 2)
    ]  # fmt: skip


def test_pandas_reads_it(tmp_path: Path) -> None:
    write_export("xlsx", Export([CLAIM, DENIAL]), tmp_path / "claims.xlsx")
    table = pd.read_excel(tmp_path / "claims.xlsx", sheet_name="claims")
    assert list(table["claim_id"]) == ["c_1", "c_2"] and table["said_on"][0] == pd.Timestamp("2022-05-27")


UTF8 = "44,34,76"
"""Comma, double quotation marks, UTF-8: what LibreOffice's dialog offers for a file that begins with a byte order mark.

Without the dialog it would read any CSV file as Windows-1252.
"""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_libreoffice_opens_it(tmp_path: Path, format_: str) -> None:
    write_export(format_, Export([replace(CLAIM, proposition="=1+1")]), tmp_path / f"claims.{format_}")
    table_filter = f"Text - txt - csv (StarCalc):{UTF8}"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         *([f"--infilter={table_filter}"] if format_ == "csv" else []), "--convert-to", f"csv:{table_filter}",
         "--outdir", "out", f"claims.{format_}"],
        cwd=tmp_path, check=True, timeout=180,
    )  # fmt: skip
    table = pd.read_csv(tmp_path / "out" / "claims.csv", dtype=str)
    assert table["proposition"][0].lstrip("'") == "=1+1" and table["speaker_name"][0] == "Ida Brandt"
    assert table["content_text"][0] == '"No," … "never."' and table["said_on"][0] == "2022-05-27"
