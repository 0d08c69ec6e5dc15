"""PDF files become articles: printed lines are paragraphs again, and what cannot be read is told in one line."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import LEFT, encrypted, pdf

from claimtrack.errors import InputError
from claimtrack.ingest.pdf import read_pdf
from claimtrack.ingest.reflow import Line, paragraphs
from claimtrack.ingest.text import MAX_CHARACTERS
from claimtrack.model import Article

BODY = (
    "The harbour council said on Monday that the cranes would not",
    "be repaired before the end of the year. It has no money for the",
    "spare parts, which come from abroad.",
)
WHOLE = " ".join(BODY)


def article(data: bytes) -> Article:
    (found,) = read_pdf(data, "a.pdf")
    assert isinstance(found, Article)
    return found


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart() -> None:
    second = ("“We asked twice,” said Ola Ness, the harbour master, who has", "run the quays since the spring.")
    assert article(pdf([*BODY, None, *second])).text == f"{WHOLE}\n\n{' '.join(second)}"


def test_document_properties_tell_about_the_article() -> None:
    found = article(pdf(BODY, Title="Cranes stay broken", Author="Eva Berg", CreationDate="D:20250304233000-05'00'"))
    assert (found.title, found.author, found.published) == ("Cranes stay broken", "Eva Berg", datetime.date(2025, 3, 4))
    assert found.path == "a.pdf"


@pytest.mark.parametrize("title", ["Microsoft Word - cranes.docx", "cranes_final.indd", "untitled", " "])
def test_title_that_a_program_made_up_is_none(title: str) -> None:
    assert article(pdf(BODY, Title=title)).title is None


@pytest.mark.parametrize("date", ["yesterday", "D:20251399", ""])
def test_date_that_is_none_is_left_out(date: str) -> None:
    assert article(pdf(BODY, CreationDate=date)).published is None


def test_pdf_that_only_forbids_printing_is_read() -> None:
    assert article(encrypted(pdf(BODY), "")).text == WHOLE


WRONG = [
    (b"", "no PDF inside"),
    (b"nothing of a PDF", "no PDF inside"),
    (b"%PDF-1.7", "this PDF is broken"),
    (pdf(BODY)[:400], "this PDF is broken"),
    (pdf([]), "no text in this PDF, only images; run text recognition (OCR)"),
    (encrypted(pdf(BODY), "secret"), "protected by a password; save a copy without one"),
    (pdf(["word " * 20_000] * (MAX_CHARACTERS // 100_000 + 1)), "too many for one article"),
]


@pytest.mark.parametrize(
    ("data", "message"), WRONG, ids=["empty", "other", "bare", "cut", "image", "encrypted", "dump"]
)
def test_pdf_that_cannot_be_read_is_told_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as told:
        list(read_pdf(data, "a.pdf"))
    assert str(told.value).startswith("a.pdf: ") and message in str(told.value) and "\n" not in str(told.value)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 700), byte=st.integers(0, 255), length=st.integers(1, 40))
def test_damaged_pdf_never_gives_a_traceback(place: int, byte: int, length: int) -> None:
    data = pdf(BODY)
    damaged = data[:place] + bytes([byte]) * length + data[place + length :]
    try:
        list(read_pdf(damaged, "a.pdf"))
    except InputError as error:
        assert "\n" not in str(error)


# Reflow: what the layout broke.


def lines(*texts: str) -> list[Line]:
    return [Line(text, LEFT, 700 - 14 * number, 11) for number, text in enumerate(texts)]


FULL = "The council said that the cranes would stay where they are, and"


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        (f"{FULL} re-", "pairs were off.", f"{FULL} repairs were off."),
        (f"{FULL} re\u00ad", "pairs were off.", f"{FULL} repairs were off."),
        (f"{FULL} self-", "made cranes were off.", f"{FULL} self-made cranes were off."),
        (f"{FULL} Halden-", "Norrick was off.", f"{FULL} Halden-Norrick was off."),
        (f"{FULL} 2024-", "2025 was off.", f"{FULL} 2024-2025 was off."),
        (f"{FULL} he said —", "not now.", f"{FULL} he said —not now."),
    ],
)
def test_divided_words_are_put_together(above: str, below: str, whole: str) -> None:
    assert paragraphs([lines(above, below)]) == [whole]


def test_hyphen_stays_where_the_document_writes_it_elsewhere() -> None:
    text = lines("A long-term plan was wanted by all of the council members here,", f"{FULL} long-", "term is off.")
    assert paragraphs([text])[0].endswith("and long-term is off.")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (lines("Cranes stay broken", *BODY), ["Cranes stay broken", WHOLE]),
        (
            lines(*BODY, "• First, she said.", "• Second, she said."),
            [WHOLE, "• First, she said.", "• Second, she said."],
        ),
        ([*lines(*BODY), Line("Nobody asked the crews.", LEFT + 14, 658, 11)], [WHOLE, "Nobody asked the crews."]),
        ([Line("The cranes", LEFT, 700, 20), *lines("", *BODY)[1:]], ["The cranes", WHOLE]),
        ([Line("The cranes stay", LEFT, 714, 11, bold=True), *lines(*BODY)], ["The cranes stay", WHOLE]),
        ([Line(text) for text in (*BODY, "", *BODY)], [WHOLE, WHOLE]),
    ],
    ids=["short line", "bullets", "indent", "font size", "bold", "blank line"],
)
def test_paragraphs_end_where_the_layout_says_so(page: list[Line], expected: list[str]) -> None:
    assert paragraphs([page]) == expected


def test_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    first, second, third = BODY
    column = [Line(first, LEFT, 700, 11), Line(second, LEFT, 686, 11), Line(third, 300, 700, 11)]
    assert paragraphs([column, lines(*BODY)]) == [WHOLE, WHOLE]
    assert paragraphs([lines(first), lines(second, third)]) == [WHOLE]


def test_running_titles_and_page_numbers_are_dropped() -> None:
    pages = [lines("Halden Times 4 March", *BODY, f"Page {number} of 3") for number in (1, 2, 3)]
    assert paragraphs(pages) == ["Halden Times 4 March", WHOLE, WHOLE, WHOLE]


def test_number_in_the_text_is_kept() -> None:
    assert "14" in paragraphs([lines(*BODY, "14", *BODY, *BODY)])[1]
