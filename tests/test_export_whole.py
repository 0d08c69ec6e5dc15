"""Every format by its name: files that appear when complete, streams, and exports without text."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from support import BRANDT, CLAIM, DENIAL, RELATION

from claimtrack.errors import ExportError, InputError
from claimtrack.export import FORMATS, LISTS, Export, write_export
from claimtrack.export.content import withheld
from claimtrack.export.rows import COLUMNS
from claimtrack.model import Claim

EXPORT = Export([CLAIM, DENIAL], relations=[RELATION])
FILES = [name for name, format_ in FORMATS.items() if format_.kind != "folder"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_one_line_and_a_writer(name: str, tmp_path: Path) -> None:
    assert re.fullmatch(r"[^\n]{10,79}\.", FORMATS[name].description)
    write_export(name, EXPORT, tmp_path / "out")
    assert (tmp_path / "out").exists() and len(list(tmp_path.iterdir())) == 1


def test_lists_are_formats_that_can_be_shown() -> None:
    assert {FORMATS[name].kind for name in LISTS} == {"text"}


def test_unknown_format_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="docx: no such format; there are table, csv"):
        write_export("docx", EXPORT, tmp_path / "out")


def broken() -> Iterator[Claim]:
    yield CLAIM
    raise RuntimeError


@pytest.mark.parametrize("name", FILES)
def test_old_file_stays_when_an_export_breaks(name: str, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old")
    with pytest.raises(RuntimeError):
        write_export(name, Export(broken()), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "old" and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_place_that_cannot_be_written_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_export(name, EXPORT, tmp_path / "no" / "out")


def test_trouble_in_reading_is_not_blamed_on_the_file_written(tmp_path: Path) -> None:
    def unreadable() -> Iterator[Claim]:
        raise OSError("the disk with the project")
        yield CLAIM

    with pytest.raises(OSError, match="the disk with the project"):
        write_export("csv", Export(unreadable()), tmp_path / "out")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("name", FILES)
def test_full_disk_is_told_in_one_line(name: str) -> None:
    with pytest.raises(InputError, match=r"/dev/full: cannot be written \(No space left on device\)"):
        write_export(name, Export([CLAIM] * 2000), "/dev/full")


@pytest.mark.parametrize("name", FILES)
def test_stream_gets_what_the_file_gets(name: str, tmp_path: Path) -> None:
    stream = io.BytesIO()
    write_export(name, EXPORT, stream)
    write_export(name, EXPORT, tmp_path / "out")
    content = (tmp_path / "out").read_bytes()
    if name == "xlsx":
        # The time of writing is in it.
        with zipfile.ZipFile(stream) as one, zipfile.ZipFile(tmp_path / "out") as other:
            assert one.read("xl/worksheets/sheet1.xml") == other.read("xl/worksheets/sheet1.xml")
    else:
        assert stream.getvalue() == content.removeprefix(b"\xef\xbb\xbf")
    assert not stream.closed


@pytest.mark.parametrize(("encoding", "mark"), [(None, True), ("utf-8-sig", True), ("utf-8", False)])
def test_csv_file_has_a_byte_order_mark_by_default(tmp_path: Path, encoding: str | None, mark: bool) -> None:
    write_export("csv", EXPORT, tmp_path / "out", encoding=encoding)
    assert (tmp_path / "out").read_bytes().startswith(b"\xef\xbb\xbf") is mark


@pytest.mark.parametrize(("name", "reason"), [("vault", "is a folder"), ("xlsx", "cannot be shown as text")])
def test_formats_that_are_no_text_refuse_a_text_stream(name: str, reason: str) -> None:
    with pytest.raises(ExportError, match=reason):
        write_export(name, EXPORT, io.StringIO())


def test_generators_are_read_once_and_claims_one_by_one() -> None:
    """A list of any length is written as it comes, in steady memory."""
    stream, sizes = io.StringIO(), []

    def claims() -> Iterator[Claim]:
        for _ in range(3):
            sizes.append(len(stream.getvalue()))
            yield CLAIM

    write_export("jsonl", Export(claims()), stream)
    assert 0 == sizes[0] < sizes[1] < sizes[2]


def test_parquet_opens_in_pandas_with_types(tmp_path: Path) -> None:
    write_export("parquet", EXPORT, tmp_path / "claims.parquet")
    table = pd.read_parquet(tmp_path / "claims.parquet")
    assert tuple(table.columns) == COLUMNS and list(table["claim_id"]) == ["c_1", "c_2"]
    assert table["said_on"][0] == CLAIM.said_on and table["confidence"][0] == 0.9
    assert table["content_spans"][0] == "0-5;23-31" and table["source_text"][1] == "Officials"


def test_parquet_holds_any_text_and_many_groups(tmp_path: Path) -> None:
    claims = [replace(CLAIM, id=str(number), addressee="\ud800=cmd()\0\n") for number in range(10_001)]
    write_export("parquet", Export(claims), tmp_path / "claims.parquet")
    file = pq.ParquetFile(tmp_path / "claims.parquet")
    assert (file.num_row_groups, file.metadata.num_rows) == (2, 10_001)
    assert file.read(["addressee"])["addressee"][10_000].as_py() == "\\ud800=cmd()\0\n"


def test_parquet_without_its_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "claimtrack.export.columnar", raising=False)
    with pytest.raises(ExportError, match=r'parquet: needs pyarrow, .*run: pip install "claimtrack\[parquet\]"'):
        write_export("parquet", EXPORT, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


VERBATIM = ("No,", "never", "said", "Cranes", "safety chief", "Bloomberg", "Officials", "denied that", "the cranes had")
KEPT = ("c_1", "a_1", "s_1", "Ida Brandt", "Coast Courier", "2022-05-27")

SHOWN = {"table": ("Ida Brandt", "Coast Courier", "2022-05-28"), "xlsx": KEPT[:-1]}
"""Where not all that is kept is in the format, or as these words: a workbook's days are numbers."""

OFFSETS = {
    "csv": "0-5;23-31", "jsonl": '"spans": [[0, 5], [23, 31]]', "xlsx": "0-5;23-31", "parquet": "0-5;23-31",
    "webannotation": '{"type": "TextPositionSelector", "start": 23, "end": 31}', "vault": "0-5;23-31",
}  # fmt: skip


def everything(path: Path) -> str:
    """All that a person could read in a file or folder."""
    if path.is_dir():
        return "\n".join(f"{file}\n{file.read_text()}" for file in path.rglob("*.md"))
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    if path.suffix == ".parquet":
        return json.dumps(pq.read_table(path).to_pylist(), default=str)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_no_text_leaves_ids_and_offsets_and_not_a_word_of_the_article(name: str, tmp_path: Path) -> None:
    relation = replace(RELATION, evidence={"a": "No, never", "numbers": {"a": 7}, "years": [2021, 2022]})
    speakers = [BRANDT, DENIAL.speaker]
    topicless = replace(DENIAL, topic="t_1")
    export = Export([CLAIM, topicless], speakers, [relation], [CLAIM.article])  # type: ignore[list-item]
    with_text, without = tmp_path / f"with.{name}", tmp_path / f"without.{name}"
    write_export(name, export, with_text)
    write_export(name, export, without, no_text=True)
    assert "never" in everything(with_text)
    # The names of columns are ours.
    told = everything(without).replace("said_on", "")
    assert not [word for word in VERBATIM if word in told]
    assert not [word for word in SHOWN.get(name, KEPT) if word not in told]
    assert name not in OFFSETS or OFFSETS[name] in told


def test_no_text_keeps_the_numbers_of_the_evidence() -> None:
    relation = replace(RELATION, evidence={"words": "No", "numbers": {"a": 7, "unit": "ships"}, "range": (1, 2)})
    (left,) = withheld(Export(relations=[relation])).relations
    assert left.evidence == {"numbers": {"a": 7}, "range": [1, 2]} and left.reason == ""
    assert left.a.content_text == "" and left.a.attribution == CLAIM.attribution
