"""claimtrack: who said what, when, to whom, in which outlet.

The names here load nothing heavy; torch and Stanza are imported when an extractor is made.
"""

from __future__ import annotations

from claimtrack.model import Article, Attribution, Claim, Span, Speaker

__version__ = "0.1.0"

__all__ = ["Article", "Attribution", "Claim", "Span", "Speaker", "__version__"]
