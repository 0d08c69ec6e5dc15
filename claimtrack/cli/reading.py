"""What commands that read articles take: ``--any-language`` and ``--follow``, ``--nlp``, ``--aliases``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from claimtrack.speakers.places import Alias

nlp_option = click.option(
    "--nlp", default="embedded", show_default=True, metavar="NAME",
    help="Language models: embedded, stanza (the official ones, once fetched), or a folder.",
)  # fmt: skip
"""Gives a command the parameter ``nlp`` of :class:`claimtrack.claims.extractor.Extractor`."""

aliases_option = click.option(
    "--aliases", type=click.Path(path_type=Path), metavar="FILE",
    help="Your own table of speakers: CSV with alias, name, kind, part_of.",
)  # fmt: skip
"""Gives a command the parameter ``aliases``, which :func:`aliases_in` reads."""


def aliases_in(path: Path | None) -> tuple[Alias, ...]:
    """Read a user's own table of speakers, when there is one.

    Raises:
        InputError: when it cannot be read.
    """
    if path is None:
        return ()
    from claimtrack.speakers.places import read_aliases

    return read_aliases(path)


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
