"""Files, tables and folders become articles; what is broken is told in one line and stops nothing."""

from __future__ import annotations

import datetime
import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfs import pdf

from claimtrack.ingest import Problem, read_articles
from claimtrack.ingest.registry import suffixes
from claimtrack.ingest.text import MAX_CHARACTERS
from claimtrack.model import Article, article_id

ENGLISH = "The harbour council said on Monday that the cranes would not be repaired before the end of the year."
GERMAN = "Der Hafenrat teilte am Montag mit, dass die Kräne vor Ende des Jahres nicht mehr repariert werden können."
ARABIC = "قال مجلس الميناء يوم الاثنين إن الرافعات لن يتم إصلاحها قبل نهاية العام بسبب نقص قطع الغيار اللازمة لها."


def read(*paths: Path | str) -> tuple[list[Article], list[Problem]]:
    found = list(read_articles([str(path) for path in paths]))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


def test_text_file_is_the_article_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(f"Headline\r\n\r\n{ENGLISH}\r\n".encode())
    (article,), problems = read(file)
    assert article.text == f"Headline\r\n\r\n{ENGLISH}\r\n" and not problems
    assert article.id == article_id(article.text) and article.path == str(file)


def test_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8-sig")
    assert read(tmp_path / "a.txt")[0][0].text == ENGLISH


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bytes.txt", b"caf\xe9 said no", "not UTF-8 (byte 3 is 0xe9); save it as UTF-8"),
        ("empty.txt", b"", "no text in it"),
        ("blank.txt", b" \n\t\n", "no text in it"),
        ("null.txt", b"He said\0 no.", "holds null bytes"),
        ("dump.txt", b"a " * (MAX_CHARACTERS // 2 + 1), "too many for one article"),
        ("fifty.txt", b"word and " * (50_000_000 // 9), "too many for one article"),
        ("photo.jpg", b"\xff\xd8", "cannot read this kind of file; claimtrack reads .atom, .csv, .htm, .html,"),
        ("a.jsonl", b'{"text": "He said no."', "a.jsonl:1: no JSON"),
        ("a.jsonl", b"[1, 2]\n", 'a.jsonl:1: a JSON object with a "text" was expected'),
        ("a.jsonl", b'{"title": "No text"}\n', "a.jsonl:1: no text in it"),
        ("a.jsonl", b'{"text": 7.5}\n', "a.jsonl:1: text is no text"),
        ("a.jsonl", b'{"text": "He said no.", "published": "yesterday"}\n', "'yesterday' is no date like 2022-05-28"),
        ("a.jsonl", b'{"text": "He said no.", "published": "2022-05"}', "'2022-05' is no date like 2022-05-28"),
        ("a.jsonl", b"[" * 100_000, "a.jsonl:1: no JSON"),
        ("a.csv", b"headline,outlet\nA,B\n", "no column called text; its header is headline, outlet"),
        (
            "a.csv",
            b"text;outlet\nA;B\n",
            "no column called text; its header is text;outlet; separate columns by commas",
        ),
        ("a.csv", b"", "no column called text; its header is empty"),
        ("a.csv", b"text,date\n,2022-05-28\n", "a.csv:2: no text in it"),
    ],
)
def test_broken_file_gives_one_line_that_names_it(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    articles, (problem,) = read(tmp_path / name)
    assert not articles and not problem.skipped
    assert message in problem.message and name in problem.message and "\n" not in problem.message


def test_missing_file_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(ENGLISH)
    articles, (problem,) = read(tmp_path / "a.txt", tmp_path / "b.txt")
    assert len(articles) == 1 and "no such file or folder" in problem.message


@pytest.mark.parametrize(("text", "language"), [(GERMAN, "de"), (ARABIC, "ar")])
def test_other_languages_are_skipped_with_a_notice(tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    articles, (problem,) = read(tmp_path / "a.txt")
    assert not articles and problem.skipped and f"looks like {language}, not English" in problem.message
    assert len(list(read_articles([str(tmp_path / "a.txt")], any_language=True))) == 1


def test_short_text_gets_the_benefit_of_the_doubt(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nein, sagte er.")
    assert len(read(tmp_path / "a.txt")[0]) == 1


def test_same_article_twice_is_read_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ENGLISH)
    articles, (problem,) = read(tmp_path)
    assert len(articles) == 1 and problem.skipped and "the same article again" in problem.message


def test_two_texts_under_one_id_are_both_told_of(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": 1, "text": f"{ENGLISH} {name}"}))
    articles, (problem,) = read(tmp_path)
    assert len(articles) == 1 and not problem.skipped and "another article has the id 1 already" in problem.message


def test_table_of_claims_in_the_folder_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "claims.csv").write_text("speaker_name,claim_id\nLund,c_1\n")
    (tmp_path / "claims.jsonl").write_text('{"claim_id": "c_1", "article": {}}\n' * 3)
    articles, problems = read(tmp_path)
    assert len(articles) == 1 and [p.skipped for p in problems] == [True, True]
    assert "a table of claims, not of articles, skipped" in problems[0].message


def test_name_too_long_for_a_file_is_told() -> None:
    _, (problem,) = read("a pasted sentence " * 30)
    assert "cannot be read (File name too long)" in problem.message


def test_hidden_folders_are_left_alone(tmp_path: Path) -> None:
    for name in (".venv", "monday"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"{ENGLISH} {name}")
    (article,), problems = read(tmp_path)
    assert "monday" in str(article.path) and not problems


def test_tables_take_every_accepted_column_name(tmp_path: Path) -> None:
    rows = [
        {"text": ENGLISH, "id": 7, "outlet": "Coast Courier", "title": "Cranes", "published": "2022-05-28"},
        {"body": ENGLISH + " More.", "source": "Coast Courier", "headline": "Cranes", "date": "2022-05-28T09:30:00Z"},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "b.csv").write_text(
        "Body,Source,Headline,Date\n" + f'"{ENGLISH} Again.",Coast Courier,Cranes,20220528\n'
    )
    articles, problems = read(tmp_path / "a.jsonl", tmp_path / "b.csv")
    assert not problems and articles[0].id == "7"
    for article in articles:
        assert (article.outlet, article.title, article.published) == (
            "Coast Courier", "Cranes", datetime.date(2022, 5, 28),
        )  # fmt: skip


def test_broken_row_does_not_stop_the_table(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"text": "{ENGLISH}"}}\n{{broken\n\n{{"text": "{ENGLISH} More."}}\n')
    articles, (problem,) = read(tmp_path / "a.jsonl")
    assert [a.path for a in articles] == [f"{tmp_path}/a.jsonl:1", f"{tmp_path}/a.jsonl:4"]
    assert f"{tmp_path}/a.jsonl:2: no JSON" in problem.message


def test_line_separators_inside_json_do_not_break_lines(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": ENGLISH + "\u2028\x85More."}, ensure_ascii=False))
    assert read(tmp_path / "a.jsonl")[0][0].text.endswith("\u2028\x85More.")


def test_folder_is_read_in_order_with_what_its_table_tells(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "extra.txt"):
        (tmp_path / name).write_text(f"{ENGLISH} {name}")
    (tmp_path / "README.md").write_text("not an article")
    (tmp_path / "articles.csv").write_text(
        "File, Outlet,title,published\nb.txt,Courier,B,2022-05-28\n./a.txt,Gazette,A,\nc.txt,,,\n"
    )
    articles, problems = read(tmp_path)
    assert [(a.outlet, a.title) for a in articles] == [("Courier", "B"), ("Gazette", "A")]
    assert [p.message.rpartition("/")[2] for p in problems] == [
        "extra.txt: not listed in articles.csv, skipped", "c.txt: no such file or folder; check the spelling",
    ]  # fmt: skip


def test_folder_without_table_is_read_with_the_folders_in_it(tmp_path: Path) -> None:
    (tmp_path / "monday").mkdir()
    (tmp_path / "monday" / "a.txt").write_text(ENGLISH)
    assert len(read(tmp_path)[0]) == 1


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name,outlet\na.txt,B\n", "no column called file"),
        ("file\n../secret.txt\n", "lies outside the folder"),
        ("file\n/etc/hostname\n", "lies outside the folder"),
        ("file,published\na.txt,soon\n", "'soon' is no date"),
    ],
)
def test_folder_table_that_cannot_be_used_is_told(tmp_path: Path, table: str, message: str) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "articles.csv").write_text(table)
    articles, (problem,) = read(tmp_path)
    assert not articles and message in problem.message


def test_empty_folder_is_told(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path)
    assert "no article in this folder; claimtrack reads" in problem.message


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (ENGLISH.encode(), "<stdin>"),
        (json.dumps({"text": ENGLISH}).encode(), "<stdin>:1"),
        (f"<!DOCTYPE html><p>{ENGLISH}</p>".encode(), "<stdin>"),
        (f"\n<?xml version='1.0'?>\n<html><p>{ENGLISH}</p></html>".encode(), "<stdin>"),
        (
            f"<rss version='2.0'><channel><item><description>{ENGLISH}</description></item></channel></rss>".encode(),
            "<stdin>:1",
        ),
        (pdf([ENGLISH]), "<stdin>"),
    ],
    ids=["text", "table", "page", "xhtml", "feed", "pdf"],
)
def test_standard_input_is_read_by_how_it_starts(monkeypatch: pytest.MonkeyPatch, data: bytes, path: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,), _ = read("-")
    assert (article.text, article.path) == (ENGLISH, path)


FIFTY = 50_000_000


@pytest.mark.parametrize("suffix", [suffix for suffix in suffixes() if suffix not in (".txt", ".csv", ".jsonl")])
@pytest.mark.parametrize(
    "data",
    [b"", b" \n", b"word and " * (FIFTY // 9), b"\0" * 2000, b"\xff\xfe\xfd" * 700, "\u202e\u0645".encode() * 500],
    ids=["empty", "blank", "50 MB", "null bytes", "undecodable", "right to left"],
)
def test_bad_input_of_every_kind_is_one_line(tmp_path: Path, data: bytes, suffix: str) -> None:
    (tmp_path / f"bad{suffix}").write_bytes(data)
    articles, (problem,) = read(tmp_path / f"bad{suffix}")
    assert not articles and f"bad{suffix}" in problem.message and "\n" not in problem.message


@pytest.mark.parametrize("suffix", [".html", ".md", ".xml"])
def test_other_language_is_seen_through_the_markup(tmp_path: Path, suffix: str) -> None:
    body = f"<p>{ARABIC}</p><p>{ARABIC}</p>"
    if suffix == ".xml":
        body = f"<rss version='2.0'><channel><item><description><![CDATA[{body}]]></description></item></channel></rss>"
    (tmp_path / f"a{suffix}").write_text(body, encoding="utf-8")
    articles, (problem,) = read(tmp_path)
    assert not articles and problem.skipped and "looks like ar, not English" in problem.message


def test_folder_gives_every_kind(tmp_path: Path) -> None:
    kinds = {
        "a.html": f"<p>{ENGLISH} One.</p>".encode(),
        "b.md": f"# Two\n\n{ENGLISH}".encode(),
        "c.pdf": pdf([f"{ENGLISH} Three."]),
        "d.rss": f"<rss version='2.0'><item><description>{ENGLISH} Four.</description></item></rss>".encode(),
        "e.txt": ENGLISH.encode(),
    }
    for name, data in kinds.items():
        (tmp_path / name).write_bytes(data)
    articles, problems = read(tmp_path)
    assert [Path(a.path or "").name.partition(":")[0] for a in articles] == list(kinds) and not problems


def test_table_of_the_folder_goes_before_what_a_page_tells(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><head><title>Cranes</title><meta name='author' content='Eva Berg'></head>"
        f"<body><p>{ENGLISH}</p></body></html>"
    )
    (tmp_path / "articles.csv").write_text("file,title,outlet\na.html,Broken cranes,Courier\n")
    (article,), _ = read(tmp_path)
    assert (article.title, article.outlet, article.author) == ("Broken cranes", "Courier", "Eva Berg")
    assert article.path == str(tmp_path / "a.html")


STARTS = (b"", b"%PDF-1.7\n", b"<html><body><p>", b"<rss version='2.0'><channel><item><title>", b"---\ntitle: ")


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda s: s.encode("utf-8", "surrogatepass")),
       start=st.sampled_from(STARTS), suffix=st.sampled_from(suffixes()))  # fmt: skip
def test_readers_never_raise(tmp_path: Path, data: bytes, start: bytes, suffix: str) -> None:
    file = tmp_path / f"any{suffix}"
    file.write_bytes(start + data)
    for found in read_articles([str(file)]):
        assert isinstance(found, (Article, Problem))
        if isinstance(found, Problem):
            assert "\n" not in found.message and "any" in found.message
