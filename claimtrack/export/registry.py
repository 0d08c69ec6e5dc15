"""Every format by its name. A writer's module is imported when the format is used."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any, Literal

from claimtrack.errors import ExportError
from claimtrack.export.writers import Writer


@dataclass(frozen=True)
class Format:
    """A way to write claims.

    ``kind`` is what its writer is made with: a stream of ``text``, a stream of ``bytes``, or the path of an empty
    ``folder``. ``place`` is the writer's class as ``module:name``. ``extra`` is the optional extra of the
    package that brings a library which the format cannot do without.
    """

    name: str
    description: str
    place: str
    kind: Literal["text", "bytes", "folder"] = "text"
    extra: str | None = None


_FORMATS = (
    Format("table", "A table for the terminal.", "claimtrack.export.table:TableWriter"),
    Format("csv", "One claim a row, for spreadsheets.", "claimtrack.export.writers:CsvWriter"),
    Format("json", "One JSON array of claims.", "claimtrack.export.writers:JsonWriter"),
    Format("jsonl", "One claim a line as JSON, for programs.", "claimtrack.export.writers:JsonLinesWriter"),
    Format("xlsx", "An Excel workbook: claims, speakers, relations, articles.",
           "claimtrack.export.workbook:WorkbookWriter", "bytes"),
    Format("parquet", "One claim a row, typed and compressed, for data analysis.",
           "claimtrack.export.columnar:ParquetWriter", "bytes", "parquet"),
    Format("webannotation", "W3C Web Annotations (JSON-LD): each claim anchored in its article.",
           "claimtrack.export.annotations:AnnotationWriter"),
    Format("schemaorg", "schema.org Claims (JSON-LD), for search engines and archives.",
           "claimtrack.export.schemaorg:ClaimGraphWriter"),
    Format("claimreview", "schema.org ClaimReviews to fill in (JSON-LD), without any rating.",
           "claimtrack.export.schemaorg:ClaimReviewWriter"),
    Format("vault", "A folder of linked Markdown notes: speakers, topics, articles.",
           "claimtrack.export.vault:VaultWriter", "folder"),
)  # fmt: skip

FORMATS: dict[str, Format] = {format_.name: format_ for format_ in _FORMATS}
"""Every format by its name."""

LISTS = ("table", "csv", "json", "jsonl")
"""The formats that every command that lists can print."""


def find_format(name: str) -> Format:
    """Return a format.

    Raises:
        ExportError: when there is none of that name.
    """
    if name not in FORMATS:
        raise ExportError(f"{name}: no such format; there are {', '.join(FORMATS)}")
    return FORMATS[name]


def writer(name: str, target: Any) -> Writer:
    """Return the writer of a format to a stream, or into a folder; see :class:`Format`.

    Raises:
        ExportError: when there is no such format, or a library that it needs is not installed.
    """
    format_ = find_format(name)
    module, _, class_ = format_.place.partition(":")
    try:
        made: Writer = getattr(importlib.import_module(module), class_)(target)
    except ImportError as error:
        if format_.extra is None:
            raise
        raise ExportError(
            f'{name}: needs {error.name}, which is not installed; run: pip install "claimtrack[{format_.extra}]"'
        ) from None
    return made
