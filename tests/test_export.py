"""Claims as JSON, CSV and table: the contract of outputs."""

from __future__ import annotations

import io
import json

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import CLAIM, DENIAL, RELATION

from claimtrack.export import FORMATS, writer
from claimtrack.export.clean import DANGEROUS, clean, plain_cell, safe_cell
from claimtrack.export.rows import COLUMNS, RELATION_COLUMNS, claim_object, relation_object, relation_row
from claimtrack.model import Article, Attribution, Claim, Span, Speaker

ARTICLE = CLAIM.article


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
                    "url": "https://courier.example/1", "published": "2022-05-28", "author": None},
        "speaker": {"id": "s_1", "name": "Ida Brandt", "kind": "person", "role": "safety chief",
                    "affiliation": None, "part_of": None, "mention": "Ida Brandt", "resolved_by": "name",
                    "confidence": 1.0, "alternatives": ["Ann Roe", "B"]},
        "co_speakers": [],
        "source": {"text": "Ida Brandt", "spans": [[11, 21]]},
        "cue": {"text": "said", "spans": [[6, 10]]},
        "content": {"text": '"No," … "never."', "spans": [[0, 5], [23, 31]]},
        "kind": "direct", "attitude": "statement", "commitment": "neutral", "proposition": '"No, never."',
        "said_on": "2022-05-27", "said_on_precision": "day",
        "addressee": "Bloomberg", "occasion": None, "via": None, "topic": None, "confidence": 0.9,
    }  # fmt: skip


def test_missing_source_and_speaker_are_null() -> None:
    bare = Claim("c_2", Article("a", ARTICLE.text), Attribution((Span(6, 10),), (Span(0, 5),)))
    row = claim_object(bare)
    assert row["source"] is None and row["speaker"] is None and row["article"]["published"] is None


def test_relation_object_is_that_of_the_contract() -> None:
    assert relation_object(RELATION) == {
        "relation_id": "r_1", "kind": "contradicts", "a": claim_object(CLAIM), "b": claim_object(DENIAL),
        "score": 0.91, "reason": "One says never, the other denies it.",
        "evidence": {"polarity": -1, "cue": "denied"}, "status": "suggested",
    }  # fmt: skip


def test_relation_row_tells_both_sides() -> None:
    row = relation_row(RELATION)
    assert tuple(row) == RELATION_COLUMNS
    assert (row["a_speaker_name"], row["b_speaker_name"]) == ("Ida Brandt", "Officials")
    assert (row["a_claim_id"], row["b_claim_id"]) == ("c_1", "c_2")
    assert json.loads(row["evidence"]) == {"polarity": -1, "cue": "denied"}


def test_json_lines_and_json_hold_the_same_claims() -> None:
    lines = [json.loads(line) for line in written("jsonl", CLAIM, CLAIM).splitlines()]
    assert lines == json.loads(written("json", CLAIM, CLAIM)) == [claim_object(CLAIM)] * 2
    assert json.loads(written("json")) == []


def test_csv_opens_in_pandas_with_the_documented_columns() -> None:
    table = pd.read_csv(io.StringIO(written("csv", CLAIM)))
    assert tuple(table.columns) == COLUMNS
    assert table.loc[0, "speaker_name"] == "Ida Brandt" and table.loc[0, "content_spans"] == "0-5;23-31"


@pytest.mark.parametrize("start", [*DANGEROUS, " =", "\u3000＝", "\xa0@", " '-"])
def test_csv_neutralises_what_a_spreadsheet_would_run(start: str) -> None:
    assert safe_cell(f"{start}cmd()") == f"'{start}cmd()"


def test_csv_leaves_numbers_and_plain_text() -> None:
    assert safe_cell(-1.5) == -1.5 and safe_cell("said") == "said" and safe_cell(None) is None


ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.sampled_from(" =+-@＝'\"\t\r\n\0;, cmd()ü\u2028\x1b")),
)
"""What an article may hold: anything, and often what spreadsheets and CSV readers stumble over."""


@settings(deadline=None)
@given(name=ANY_TEXT, role=ANY_TEXT)
@example(name="=cmd()", role="'=cmd()")
@example(name="a\r\nb\rc\n", role='"quoted", and more')
def test_csv_reads_back_equal_in_pandas(name: str, role: str) -> None:
    claim = Claim("c", ARTICLE, CLAIM.attribution, Speaker("s", name, "person", role))
    table = pd.read_csv(io.StringIO(written("csv", claim), newline=""), dtype=str, keep_default_na=False)
    read = [plain_cell(table.loc[0, column]) for column in ("speaker_name", "speaker_role")]
    assert read == [name.replace("\0", "\ufffd"), role.replace("\0", "\ufffd")]


@given(ANY_TEXT)
def test_no_cell_begins_like_a_formula_and_each_can_be_undone(text: str) -> None:
    text = text.replace("\0", "")
    assert not safe_cell(text).lstrip(" ").startswith(DANGEROUS) and plain_cell(safe_cell(text)) == text


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
