"""Where exports go: files and folders that appear only when they are complete."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from claimtrack.errors import InputError

TEXT: Any = {"errors": "backslashreplace", "newline": ""}
"""How text is opened: a character that has no place in UTF-8 (half of a surrogate pair) is written as an escape."""


@contextmanager
def told(output: str) -> Iterator[None]:
    """Tell in one line that something cannot be written; a reader that has gone is left to whoever runs this.

    Raises:
        InputError: instead of an OSError.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(
            f"{output}: cannot be written ({error.strerror or error}); name another file with -o"
        ) from None


@contextmanager
def whole_file(output: str, encoding: str | None = None) -> Iterator[IO[Any]]:
    """Open a file for text in an encoding, or for bytes without one; it appears when the block ends well.

    An interrupted run leaves the old file as it was. A device or a pipe is written to as it is.

    Raises:
        InputError: when the file cannot be written.
    """
    path = Path(output).resolve()
    with told(output):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        direct = path.exists() and not path.is_file()
        part = path if direct else _part(path)
        stream: IO[Any] = part.open("w", encoding=encoding, **TEXT) if encoding else part.open("wb")
    try:
        yield stream
        with told(output):
            stream.close()
            if not direct:
                part.replace(path)
    finally:
        # Closing tries once more to write what could not be written, which has been told.
        with suppress(OSError):
            stream.close()
        if not direct:
            part.unlink(missing_ok=True)


@contextmanager
def whole_folder(output: str) -> Iterator[Path]:
    """Give an empty folder to fill, which gets its name when the block ends well.

    A folder that holds anything is never written into: people keep notes of their own in theirs.

    Raises:
        InputError: when the folder is there already and not empty, or cannot be written.
    """
    path = Path(output).resolve()
    with told(output):
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise InputError(f"{output}: is there already; name a new or an empty folder with -o")
        part = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
        part.chmod(0o777 & ~_mask())
    try:
        yield part
        with told(output):
            if path.exists():
                path.rmdir()
            part.replace(path)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _part(path: Path) -> Path:
    """Make a file of our own beside the one to write, with the rights that a new file gets."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    Path(name).chmod(0o666 & ~_mask())
    return Path(name)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
