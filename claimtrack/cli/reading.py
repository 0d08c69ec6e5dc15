"""What every command that reads articles takes: ``--any-language`` and ``--follow``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the parameters ``any_language`` and ``follow`` of :func:`claimtrack.ingest.read_articles`."""
    options = (
        click.option("--any-language", is_flag=True, help="Do not skip articles that are not in English."),
        click.option("--follow", is_flag=True,
                     help="Fetch the pages that a feed links to where it gives no full text."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command
