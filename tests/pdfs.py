"""PDF files for tests, made by hand: lines of text at given places."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

LEFT, TOP, LEADING, SIZE = 72, 720, 14, 11


def pdf(*pages: Sequence[str | tuple[str, float, float] | None], bold: Sequence[str] = (), **facts: str) -> bytes:
    """Return a PDF.

    Args:
        pages: the lines of each page, one below the other; None leaves a line free, a tuple (text, x, y) says where.
        bold: lines that are printed bold.
        facts: document properties, such as ``Title``.
    """
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject({
            NameObject("/Font"): DictionaryObject({
                NameObject("/F1"): _font("Helvetica"), NameObject("/F2"): _font("Helvetica-Bold"),
            })
        })  # fmt: skip
        stream = DecodedStreamObject()
        stream.set_data("\n".join(_drawn(lines, bold)).encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({f"/{key}": value for key, value in facts.items()})
    return _written(writer)


def encrypted(data: bytes, password: str) -> bytes:
    """Return a PDF that opens with a password only."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    return _written(writer)


def _font(name: str) -> DictionaryObject:
    return DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject(f"/{name}"), NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
    })  # fmt: skip


def _drawn(lines: Sequence[str | tuple[str, float, float] | None], bold: Sequence[str]) -> list[str]:
    drawn = []
    for number, line in enumerate(lines):
        if line is None:
            continue
        text, x, y = (line, LEFT, TOP - number * LEADING) if isinstance(line, str) else line
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /{'F2' if text in bold else 'F1'} {SIZE} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET")
    return drawn


def _written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
