"""The extractor: from an analysed document to attributions, and its Stanza processor."""

from __future__ import annotations
