"""``claimtrack models``: which language models there are, and how to get better ones."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import click

from claimtrack.analysis.folders import EMBEDDED, installed, official_folder
from claimtrack.errors import ModelError

OWN = {"attribution": "who said what", "sentences": "texts about like things", "entailment": "what contradicts what"}
"""The project's own models that come with the package, beside Stanza's."""


@click.group()
def models() -> None:
    """Show and fetch language models.

    claimtrack comes with small English models. Stanza's official ones are larger, and their published
    scores are higher; they must be fetched once, and are then used with --nlp stanza.

    \b
    Examples:
      claimtrack models list
      claimtrack models download
      claimtrack extract article.txt --nlp stanza
    """


@models.command("list")
def list_models() -> None:
    """Show the models that are here.

    \b
    Example:
      claimtrack models list
    """
    _show("embedded", EMBEDDED, "install claimtrack again")
    for name, use in OWN.items():
        size = sum(file.stat().st_size for file in (EMBEDDED.parent / name).glob("*.*"))
        click.echo(
            f"  {name:<18}{use:<28}{size / 1e6:6.1f} MB" if size else f"  {name:<18}none; install claimtrack again"
        )
    click.echo()
    _show("stanza", official_folder(), "claimtrack models download")


@models.command()
@click.option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="Where to put them; the default is Stanza's own folder.")  # fmt: skip
def download(folder: Path | None) -> None:
    """Fetch Stanza's official English models.

    \b
    Example:
      claimtrack models download
    """
    target = folder or official_folder()
    click.echo(f"Fetching Stanza's English models into {target} ...", err=True)
    fetch(target)
    use = "stanza" if folder is None else str(folder)
    click.echo(f"Done. Use them with: claimtrack extract article.txt --nlp {use}")


def fetch(target: Path) -> None:
    """Download the official English models.

    Raises:
        ModelError: when they cannot be had.
    """
    import stanza

    # Stanza and its HTTP library explain at length; people get one line.
    noise = io.StringIO()
    try:
        with contextlib.redirect_stderr(noise), contextlib.redirect_stdout(noise):
            stanza.download("en", model_dir=str(target), verbose=False)
    except Exception as error:
        raise ModelError(
            f"Stanza's models cannot be fetched ({type(error).__name__}); check the network, "
            "or copy a Stanza resources folder here and name it with --nlp"
        ) from error


def _show(name: str, folder: Path, remedy: str) -> None:
    found = installed(folder)
    if not found:
        click.echo(f"{name}: none here ({folder}); get them with: {remedy}")
        return
    total = sum(file.stat().st_size for files in found.values() for file in files)
    click.echo(f"{name}: {total / 1e6:.1f} MB in {folder}")
    for processor, files in found.items():
        for file in files:
            click.echo(f"  {processor:<18}{file.stem:<28}{file.stat().st_size / 1e6:6.1f} MB")
