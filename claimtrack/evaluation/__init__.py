"""Annotated corpora, alignment, scores: how good the extractor is, in figures."""

from __future__ import annotations
