"""Text from outside, made safe to show."""

from __future__ import annotations

_CONTROL = dict.fromkeys((*range(32), 127, *range(128, 160)), " ")


def clean(text: str) -> str:
    """Make white space single and take control characters out, so that no text can steer the terminal."""
    return " ".join(text.translate(_CONTROL).split())
