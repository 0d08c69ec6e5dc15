"""What every command that lists takes: ``--format``, ``-o`` and ``--encoding``; and where output goes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from claimtrack.export import FORMATS, LISTS, writer
from claimtrack.export.files import told, whole_file
from claimtrack.export.write import file_encoding

STANDARD_OUTPUT = "-"


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the parameters ``format_``, ``output`` and ``encoding``."""
    options = (
        click.option("--format", "format_", type=click.Choice(LISTS), default="table", show_default=True,
                     help="How to print."),
        click.option("-o", "--output", default=STANDARD_OUTPUT, metavar="FILE",
                     help="Write to FILE, - for the terminal."),
        click.option("--encoding", type=click.Choice(["utf-8-sig", "utf-8"]),
                     help="Of CSV: with a byte order mark for Excel, or without for programs. By default files have "
                          "one and pipes have none."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@contextmanager
def opened(
    format_: str, output: str, encoding: str | None = None, make: Callable[[str, Any], Any] = writer
) -> Iterator[Any]:
    """Open a writer to a file or standard output and finish it when the block is done.

    ``make`` makes the writer of a format and a stream; by default it is a writer of claims.

    CSV is written in ``encoding``; when that is None, with a byte order mark to files, which people open,
    and without to pipes, which programs read.

    A file appears only when it is complete: an interrupted run leaves the old one as it was. A character
    that has no place in UTF-8 (half of a surrogate pair) is written as an escape.

    Raises:
        InputError: when the file cannot be written.
    """
    if output == STANDARD_OUTPUT:
        yield from _to_standard_output(format_, encoding or ("utf-8-sig" if is_file(sys.stdout) else "utf-8"), make)
        return
    with whole_file(output, file_encoding(FORMATS[format_], encoding)) as stream:
        with told(output):
            target = make(format_, stream)
        yield target
        with told(output):
            target.finish()


def is_file(stream: IO[Any]) -> bool:
    """Tell whether a stream was redirected into a file, rather than to a terminal or a pipe."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _to_standard_output(format_: str, encoding: str, make: Callable[[str, Any], Any]) -> Iterator[Any]:
    stream: Any = sys.stdout
    if hasattr(stream, "reconfigure"):
        if format_ == "table":
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
            if format_ == "csv" and encoding == "utf-8-sig":
                stream.write("\ufeff")
    target = make(format_, stream)
    yield target
    target.finish()
    stream.flush()


def stderr_is_terminal() -> bool:
    """Tell whether a person sees standard error, so that progress may be drawn there."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
