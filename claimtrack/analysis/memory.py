"""Memory that a batch of articles no longer needs goes back to the system.

Sentences are of every length, so PyTorch asks for blocks of every size. Between blocks that stay, glibc keeps
what is free and asks for more, so that a process grows with each batch though what it uses does not
(docs/stanza.md has the figures).
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from functools import cache


def hand_back() -> None:
    """Free what only cycles keep, as Stanza's documents do, and give free pages back to the system."""
    gc.collect()
    trim = _trim()
    if trim:
        trim(0)


@cache
def _trim() -> Callable[[int], object] | None:
    """Return glibc's ``malloc_trim``; other systems have none, and need none."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
