"""One writer a format, found by name."""

from __future__ import annotations

from claimtrack.export.writers import FORMATS, Writer, writer

__all__ = ["FORMATS", "Writer", "writer"]
