"""Claims as JSON, CSV and table: the contract of outputs."""

from __future__ import annotations

import csv
import datetime
import io
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.export import FORMATS, writer
from claimtrack.export.clean import clean
from claimtrack.export.rows import COLUMNS, claim_object
from claimtrack.export.writers import DANGEROUS, safe_cell
from claimtrack.model import Article, Attribution, Claim, Span, Speaker

TEXT = '"No," said Ida Brandt, "never."'
ARTICLE = Article(
    "a_1", TEXT, "Coast Courier", "Cranes", "https://courier.example/1", datetime.date(2022, 5, 28), "a.txt"
)
CLAIM = Claim(
    id="c_1", article=ARTICLE,
    attribution=Attribution((Span(6, 10),), (Span(0, 5), Span(23, 31)), (Span(11, 21),), kind="direct", confidence=0.9),
    speaker=Speaker("s_1", "Ida Brandt", "person", "safety chief", "Ida Brandt", "name", alternatives=("Ann Roe", "B")),
    proposition='"No, never."', said_on=datetime.date(2022, 5, 27), said_on_precision="day", addressee="Bloomberg",
)  # fmt: skip


def written(format_: str, *claims: Claim) -> str:
    stream = io.StringIO(newline="")
    target = writer(format_, stream)
    for claim in claims:
        target.write(claim)
    target.finish()
    return stream.getvalue()


def test_json_object_is_that_of_the_contract() -> None:
    assert claim_object(CLAIM) == {
        "claim_id": "c_1",
        "article": {"id": "a_1", "path": "a.txt", "outlet": "Coast Courier", "title": "Cranes",
                    "url": "https://courier.example/1", "published": "2022-05-28"},
        "speaker": {"id": "s_1", "name": "Ida Brandt", "kind": "person", "role": "safety chief",
                    "affiliation": None, "part_of": None, "mention": "Ida Brandt", "resolved_by": "name",
                    "confidence": 1.0, "alternatives": ["Ann Roe", "B"]},
        "source": {"text": "Ida Brandt", "spans": [[11, 21]]},
        "cue": {"text": "said", "spans": [[6, 10]]},
        "content": {"text": '"No," … "never."', "spans": [[0, 5], [23, 31]]},
        "kind": "direct", "attitude": "statement", "commitment": "neutral", "proposition": '"No, never."',
        "said_on": "2022-05-27", "said_on_precision": "day",
        "addressee": "Bloomberg", "occasion": None, "via": None, "topic": None, "confidence": 0.9,
    }  # fmt: skip


def test_missing_source_and_speaker_are_null() -> None:
    bare = Claim("c_2", Article("a", TEXT), Attribution((Span(6, 10),), (Span(0, 5),)))
    row = claim_object(bare)
    assert row["source"] is None and row["speaker"] is None and row["article"]["published"] is None


def test_json_lines_and_json_hold_the_same_claims() -> None:
    lines = [json.loads(line) for line in written("jsonl", CLAIM, CLAIM).splitlines()]
    assert lines == json.loads(written("json", CLAIM, CLAIM)) == [claim_object(CLAIM)] * 2
    assert json.loads(written("json")) == []


def test_csv_opens_in_pandas_with_the_documented_columns() -> None:
    table = pd.read_csv(io.StringIO(written("csv", CLAIM)))
    assert tuple(table.columns) == COLUMNS
    assert table.loc[0, "speaker_name"] == "Ida Brandt" and table.loc[0, "content_spans"] == "0-5;23-31"


@pytest.mark.parametrize("start", DANGEROUS)
def test_csv_neutralises_what_a_spreadsheet_would_run(start: str) -> None:
    assert safe_cell(f"{start}cmd()") == f"'{start}cmd()"


def test_csv_leaves_numbers_and_plain_text() -> None:
    assert safe_cell(-1.5) == -1.5 and safe_cell("said") == "said" and safe_cell(None) is None


@settings(deadline=None)
@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    role=st.text(st.characters(exclude_categories=["Cs"])),
)
def test_csv_reads_back_equal(name: str, role: str) -> None:
    claim = Claim("c", ARTICLE, CLAIM.attribution, Speaker("s", name, "person", role or None))
    (row,) = csv.DictReader(io.StringIO(written("csv", claim), newline=""))
    assert row["speaker_name"] == safe_cell(name) and row["speaker_role"] == safe_cell(role)


@pytest.mark.parametrize(
    ("format_", "nothing"), [("table", ""), ("csv", ",".join(COLUMNS) + "\r\n"), ("json", "[]\n"), ("jsonl", "")]
)
def test_no_claims_give_an_empty_file_of_each_format(format_: str, nothing: str) -> None:
    assert format_ in FORMATS and written(format_) == nothing


def test_table_takes_brackets_for_text() -> None:
    article = Article("a", "[red]said[/b] no", "[b]")
    claim = Claim("c", article, Attribution((Span(0, 13),), (Span(14, 16),)))
    assert "[red]said[/b]" in written("table", claim)


def test_table_reads_well_without_a_terminal() -> None:
    table = written("table", CLAIM)
    assert "Cranes  Coast Courier, 2022-05-28" in table and "\x1b" not in table
    assert max(map(len, table.splitlines())) <= 100
    for piece in ("Ida Brandt", "said", '"No," … "never."'):
        assert piece in table


def test_table_lets_no_text_steer_the_terminal() -> None:
    assert clean("a\x1b[31mb\r\nc\x9b") == "a [31mb c"
