"""Attributions plus resolution give claims."""

from __future__ import annotations
