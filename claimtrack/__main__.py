"""``python -m claimtrack`` is the command ``claimtrack``."""

from __future__ import annotations

from claimtrack.cli import main

main(prog_name="claimtrack")
