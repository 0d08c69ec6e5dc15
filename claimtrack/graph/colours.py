"""One set of colours for exports and pictures: that of Okabe and Ito, which colour-blind people can tell apart.

Source: Okabe and Ito, Color Universal Design (2008), https://jfly.uni-koeln.de/color/.
"""

from __future__ import annotations

NODES = {"speaker": "#0072B2", "claim": "#56B4E9", "topic": "#009E73", "article": "#BBBBBB", "outlet": "#E69F00"}
"""By type."""

RELATIONS = {
    "contradicts": "#D55E00", "agrees": "#0072B2", "updates": "#009E73", "revises": "#CC79A7", "repeats": "#888888",
}  # fmt: skip
"""By kind of relation."""

OTHER = "#C8C8C8"
"""Of all other edges, which are many and only hold the rest together."""


def rgb(colour: str) -> dict[str, int]:
    """Return a colour as red, green and blue, 0 to 255."""
    return {name: int(colour[place : place + 2], 16) for name, place in (("r", 1), ("g", 3), ("b", 5))}
