"""What all pictures share: a figure that needs no window, readable texts, and a file to write it to."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten, wrap
from typing import Any

from claimtrack.errors import InputError

FORMATS = (".png", ".svg")
INK = "#222222"
PALE = "#666666"

STYLE: Any = {
    "font.size": 10, "text.color": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK,
    # Sums of money are no formulas.
    "text.parse_math": False,
    # The same picture is the same file.
    "svg.hashsalt": "claimtrack",
}  # fmt: skip

LINES: dict[str, Any] = {"contradicts": "-", "agrees": "--", "updates": "-.", "revises": ":", "repeats": (0, (1, 3))}
"""A relation can be told by its line where a picture is printed without colours."""

NAMES = {
    "contradicts": "contradicts", "agrees": "agrees", "updates": "gives a later figure", "revises": "changes position",
    "repeats": "repeats",
}  # fmt: skip
"""Of relations, as legends have them."""


@contextmanager
def canvas(path: Path, width: float, height: float) -> Iterator[Any]:
    """Give a figure to draw on, and write it to a PNG or SVG file when the block ends.

    Args:
        path: the file; its end tells the format.
        width: in inches.
        height: in inches.

    Raises:
        InputError: when matplotlib is not installed, the file's name ends otherwise, or it cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise InputError(f"{path}: a plot is written as PNG or SVG; end the file's name in {' or '.join(FORMATS)}")
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError("plots need matplotlib; install it with: pip install 'claimtrack[plot]'") from None
    with rc_context(STYLE), warnings.catch_warnings():
        # A letter that the font has not is drawn as a box, which needs no further word.
        warnings.filterwarnings("ignore", message="Glyph")
        figure = Figure(figsize=(width, height), facecolor="white")
        yield figure
        metadata = {"Date": None} if path.suffix.lower() == ".svg" else None
        try:
            figure.savefig(path, dpi=200, metadata=metadata, bbox_inches="tight", pad_inches=0.2)
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror}); name another file") from None


def plain(text: str, most: int = 60) -> str:
    """Return a text as one line without control characters, cut at a word to a number of characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return (
        line
        if len(line) <= most
        else shorten(line, most, placeholder=" …")
        if " " in line[:most]
        else line[:most] + "…"
    )


def label(text: str, width: int = 26) -> str:
    """Return a text as a label of one line, or of two where it is longer."""
    lines = wrap(plain(text, 2 * width), width) or [""]
    return "\n".join([*lines[:1], " ".join(lines[1:])] if lines[1:] else lines)


def date_words(day: str, year: bool = True) -> str:
    """Return an ISO day as people write it, with the year on a line of its own or without."""
    try:
        parsed = datetime.date.fromisoformat(day)
    except ValueError:
        return "day not\nknown"
    return f"{parsed.day} {parsed:%B}" + (f"\n{parsed.year}" if year else "")
