"""Text from outside, made safe to show: in a terminal, and in the cells of a spreadsheet."""

from __future__ import annotations

from typing import Any

_CONTROL = dict.fromkeys((*range(32), 127, *range(128, 160)), " ")

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that starts so is a formula to a spreadsheet; full width signs are so in East Asian settings (OWASP)."""


_BEFORE = "' \xa0\u3000"
"""Excel passes over spaces before a formula; over ``'`` we do, so that it can be undone."""

_SUSPICIOUS = frozenset(_BEFORE + "".join(DANGEROUS))


def clean(text: str) -> str:
    """Make white space single and take control characters out, so that no text can steer the terminal."""
    return " ".join(text.translate(_CONTROL).split())


def safe_cell(value: Any) -> Any:
    """Put ``'`` before a text that a spreadsheet would take for a formula; other values stay.

    A text that looks as if it had been treated already gets another ``'``, so that :func:`plain_cell` always gives
    back what was there. A null byte, which Python 3.10 cannot write, becomes the sign for an unknown character.
    """
    if not isinstance(value, str):
        return value
    if "\0" in value:
        value = value.replace("\0", "\ufffd")
    return f"'{value}" if _is_dangerous(value) else value


def plain_cell(value: str) -> str:
    """Undo :func:`safe_cell`: take the ``'`` off that it put before a text."""
    return value[1:] if value.startswith("'") and _is_dangerous(value) else value


def _is_dangerous(text: str) -> bool:
    return text[:1] in _SUSPICIOUS and text.lstrip(_BEFORE).startswith(DANGEROUS)
