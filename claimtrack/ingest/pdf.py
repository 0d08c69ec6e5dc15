"""PDF files: the text of their pages, lines put back into paragraphs."""

from __future__ import annotations

import datetime
import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from claimtrack.errors import InputError
from claimtrack.ingest.reflow import Line, paragraphs
from claimtrack.ingest.registry import Found, reader
from claimtrack.ingest.text import MAX_CHARACTERS, check
from claimtrack.model import Article, article_id

_DRAFT = re.compile(
    r"^(?:microsoft (?:word|powerpoint)\s*-\s*)|\.(?:docx?|indd|odt|pdf|pptx?|qxd|rtf|tex)$", re.IGNORECASE
)
_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
_NO_TITLES = ("untitled", "untitled document", "document", "print")


@reader(".pdf")
def read_pdf(data: bytes, name: str) -> Iterator[Found]:
    """Read one article from a PDF.

    The text is that of the pages, each paragraph a line of its own with a blank line between; offsets are offsets
    into that text. Title, author and date are those that the file's properties give; the date is the day on which
    the PDF was made, so a table beside the file (``articles.csv``) should tell a better one.
    """
    if b"%PDF-" not in data[:1024]:
        raise InputError(f"{name}: no PDF inside; give the file the ending that fits its content")
    try:
        text, facts = _read(data, name)
    except InputError:
        raise
    except Exception as error:  # pypdf meets broken files with many kinds of errors
        raise InputError(
            f"{name}: this PDF is broken ({type(error).__name__}); open and save it anew, or export its text"
        ) from None
    if not text.strip():
        raise InputError(f"{name}: no text in this PDF, only images; run text recognition (OCR) on it first")
    check(text, name)
    yield Article(id=article_id(text), text=text, path=name, **facts)


def _read(data: bytes, name: str) -> tuple[str, dict[str, Any]]:
    import pypdf

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    document = pypdf.PdfReader(io.BytesIO(data))
    # Many PDFs are encrypted with an empty password, to forbid printing; those can be read.
    if document.is_encrypted:
        try:
            opened = document.decrypt("")
        except pypdf.errors.DependencyError:
            opened = pypdf.PasswordType.NOT_DECRYPTED
        if opened == pypdf.PasswordType.NOT_DECRYPTED:
            raise InputError(f"{name}: this PDF is protected by a password; save a copy without one")
    pages: list[list[Line]] = []
    characters = 0
    for page in document.pages:
        lines = _lines(page)
        pages.append(lines)
        characters += sum(len(line.text) for line in lines)
        if characters > MAX_CHARACTERS:
            raise InputError(f"{name}: more than {MAX_CHARACTERS:,} characters are too many for one article; split it")
    text = "\n\n".join(paragraphs(pages))
    # Bytes that no font explains come out as null or lone surrogates; neither is text.
    text = text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    return text, _facts(document.metadata)


def _lines(page: Any) -> list[Line]:
    """Return the lines of a page in the order of its text, with their places."""
    lines: list[Line] = []
    words: list[str] = []
    place = (0.0, 0.0, 0.0)
    bold: set[bool] = set()

    def close() -> None:
        lines.append(Line("".join(words), *place, bold=bold == {True}))
        words.clear()
        bold.clear()

    def visit(text: str, matrix: list[float], text_matrix: list[float], font: Any, size: float) -> None:
        nonlocal place
        for number, piece in enumerate(text.split("\n")):
            if number:
                close()
            if piece.strip():
                if not bold:
                    place = _place(matrix, text_matrix, size)
                bold.add(_BOLD.search(str((font or {}).get("/BaseFont", ""))) is not None)
            words.append(piece)

    page.extract_text(visitor_text=visit)
    close()
    return lines


def _place(matrix: list[float], text_matrix: list[float], size: float) -> tuple[float, float, float]:
    """Return x, y and font size on the page: the text's own coordinates seen through the page's."""
    a, b, c, d, e, f = (float(value) for value in matrix)
    x, y = float(text_matrix[4]), float(text_matrix[5])
    scale = abs(float(text_matrix[3]) * d) or 1.0
    return x * a + y * c + e, x * b + y * d + f, float(size) * scale


def _facts(metadata: Any) -> dict[str, Any]:
    def fact(key: str) -> str | None:
        try:
            value = metadata.get(key)
            value = value.get_object() if hasattr(value, "get_object") else value
        except Exception:  # a broken property is no reason to lose the text
            return None
        return " ".join(str(value).replace("\0", "").split()) or None if isinstance(value, str) else None

    if not metadata:
        return {}
    title = fact("/Title")
    if title and (_DRAFT.search(title) or title.casefold() in _NO_TITLES):
        title = None
    return {"title": title, "author": fact("/Author"), "published": _day(fact("/CreationDate"))}


def _day(value: str | None) -> datetime.date | None:
    """Read a PDF date (``D:20250304101500+01'00'``); the day as written."""
    found = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", value or "")
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
