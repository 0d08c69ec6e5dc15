"""Files, tables and standard input become articles."""

from __future__ import annotations

from claimtrack.ingest.articles import Problem, read_articles

__all__ = ["Problem", "read_articles"]
