"""Memory that a batch of articles no longer needs goes back to the system.

Sentences are of every length, so PyTorch asks for blocks of every size, of up to tens of megabytes. glibc soon
takes even those from the heap, where a small block that stays keeps the large free ones before it: the process
grows with each batch though what it uses does not (docs/models.md has the figures).
"""

from __future__ import annotations

import ctypes
import gc
import os
from typing import Any

LARGE = 8 * 1024**2
"""Blocks from so many bytes on are taken from the system and given back at once. With 1 MB a run needed a fifth
less memory still, but half more time, since every new page has to be cleared.
"""

KEPT = 64 * 1024**2
"""So many bytes may stay free at the end of the heap; glibc's own 128 kB would be asked for again all the time."""

_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1
"""What mallopt calls them."""


def settle() -> None:
    """Let large blocks go back to the system as soon as they are free, unless ``MALLOC_MMAP_THRESHOLD_`` says else."""
    library = _glibc()
    if library is not None and "MALLOC_MMAP_THRESHOLD_" not in os.environ:
        library.mallopt(_MMAP_THRESHOLD, LARGE)
        library.mallopt(_TRIM_THRESHOLD, KEPT)


def trim() -> None:
    """Give free pages back to the system; it takes a hundredth of a second."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


def hand_back() -> None:
    """Free what only cycles keep, as Stanza's documents do, and give free pages back to the system."""
    gc.collect()
    trim()


def _glibc() -> Any:
    """Return the C library where it is glibc; others have no ``malloc_trim``, and need none."""
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
