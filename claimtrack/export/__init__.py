"""One writer a format, found by name; and one call that writes a whole export."""

from __future__ import annotations

from claimtrack.export.content import Export
from claimtrack.export.registry import FORMATS, LISTS, Format, writer
from claimtrack.export.write import write_export
from claimtrack.export.writers import FullWriter, Writer

__all__ = ["FORMATS", "LISTS", "Export", "Format", "FullWriter", "Writer", "write_export", "writer"]
