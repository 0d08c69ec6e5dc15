"""claimtrack: who said what, when, to whom, in which outlet, and who contradicts whom.

The names here load nothing heavy; torch and Stanza are imported when an extractor is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimtrack.model import Article, Attribution, Claim, Span, Speaker

if TYPE_CHECKING:
    from claimtrack.tracker import Tracker

__version__ = "0.1.0"

__all__ = ["Article", "Attribution", "Claim", "Span", "Speaker", "Tracker", "__version__"]


def __getattr__(name: str) -> Any:
    """Import the tracker, and SQLAlchemy with it, only when it is asked for."""
    if name == "Tracker":
        from claimtrack.tracker import Tracker

        return Tracker
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
