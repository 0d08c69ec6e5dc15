"""From a source in the text to the speaker it names."""

from __future__ import annotations
