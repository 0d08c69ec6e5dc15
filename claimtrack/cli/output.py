"""What every command that lists takes: ``--format``, ``-o`` and ``--encoding``; and where output goes."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

from claimtrack.errors import InputError
from claimtrack.export import FORMATS, Writer, writer

STANDARD_OUTPUT = "-"


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the parameters ``format_``, ``output`` and ``encoding``."""
    options = (
        click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="table", show_default=True,
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
def opened(format_: str, output: str, encoding: str | None = None) -> Iterator[Writer]:
    """Open a writer to a file or standard output and finish it when the block is done.

    CSV is written in ``encoding``; when that is None, with a byte order mark to files, which people open,
    and without to pipes, which programs read.

    A file appears only when it is complete: an interrupted run leaves the old one as it was. A character
    that has no place in UTF-8 (half of a surrogate pair) is written as an escape.

    Raises:
        InputError: when the file cannot be written.
    """
    if output == STANDARD_OUTPUT:
        yield from _to_standard_output(format_, encoding or ("utf-8-sig" if _is_file(sys.stdout) else "utf-8"))
        return
    mark = encoding or "utf-8-sig" if format_ == "csv" else "utf-8"
    path = Path(output).resolve()
    with _told(output):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        # A device or a pipe is written to as it is; a file is replaced when the new one is whole.
        direct = path.exists() and not path.is_file()
        part = path if direct else _part(path)
        stream = part.open("w", encoding=mark, **_TEXT)
    try:
        with stream:
            with _told(output):
                target = writer(format_, stream)
            yield target
            with _told(output):
                target.finish()
                stream.flush()
        if not direct:
            with _told(output):
                part.replace(path)
    finally:
        if not direct:
            part.unlink(missing_ok=True)


_TEXT: Any = {"errors": "backslashreplace", "newline": ""}


def _part(path: Path) -> Path:
    """Make a file of our own beside the one to write, with the rights that a new file gets."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)
    return Path(name)


@contextmanager
def _told(output: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); name another file with -o") from None


def _is_file(stream: TextIO) -> bool:
    """Tell whether a stream was redirected into a file, rather than to a terminal or a pipe."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _to_standard_output(format_: str, encoding: str) -> Iterator[Writer]:
    stream: TextIO = sys.stdout
    if hasattr(stream, "reconfigure"):
        if format_ == "table":
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
            if format_ == "csv" and encoding == "utf-8-sig":
                stream.write("\ufeff")
    target = writer(format_, stream)
    yield target
    target.finish()
    stream.flush()


def stderr_is_terminal() -> bool:
    """Tell whether a person sees standard error, so that progress may be drawn there."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
