"""The one place that opens a project file."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from claimtrack.errors import ProjectError
from claimtrack.store import duplicates
from claimtrack.store.migrations import STEPS, check_version, migrate, version_of

WAIT_SECONDS = 30.0
"""How long a second program waits for the first to finish writing an article."""


class Project:
    """An open project file.

    Args:
        path: where it is.
        create: make it when it is not there.
        wait: seconds to wait while another program writes.

    Raises:
        ProjectError: when the file is missing, is no project, is newer than this program, or cannot be opened.
    """

    def __init__(self, path: str | Path, create: bool = True, wait: float = WAIT_SECONDS) -> None:
        self.path = Path(path)
        self._wait = wait
        if not self.path.exists() and not create:
            raise ProjectError(
                f"{path}: no project there; make one with claimtrack track, or name yours with --project"
            )
        if self.path.is_dir():
            raise ProjectError(f"{path}: a folder; name a project file with --project")
        self.read_only = self.path.exists() and not _writable(self.path)
        self._engine = self._connected()
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _connected(self) -> Engine:
        engine = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool)
        # SQLite's own transactions, begun by us: the driver would begin them too late.
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(_begin(connection)))
        return engine

    def _connect(self) -> sqlite3.Connection:
        # An unfinished log beside the file has to be read too; without one nothing needs to be written.
        log = self.path.with_name(self.path.name + "-wal")
        mode = "?mode=ro" + ("" if log.exists() else "&immutable=1") if self.read_only else ""
        connection = sqlite3.connect(
            f"{self.path.resolve().as_uri()}{mode}", uri=True, timeout=self._wait, isolation_level=None,
            check_same_thread=False,
        )  # fmt: skip
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
        return connection

    def _prepare(self) -> None:
        with _told(self.path):
            with self._engine.connect() as connection:
                version = version_of(connection, self.path)
            if version == len(STEPS):
                return
            if version is not None:
                check_version(version, self.path)
            if self.read_only:
                raise ProjectError(f"{self.path}: cannot be upgraded where nothing may be written; copy it elsewhere")
            self._write_ahead()
            with self.writing() as connection:
                migrate(connection, self.path)

    def _write_ahead(self) -> None:
        """Let readers read while one writes; SQLite does not wait for a lock here, so we do."""
        deadline = time.monotonic() + self._wait
        while True:
            try:
                with self._engine.connect() as connection:
                    driver: Any = connection.connection.dbapi_connection
                    connection.rollback()
                    driver.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees the project as it is now, for as long as the block lasts."""
        with _told(self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are all kept when the block ends, and none when it fails.

        Raises:
            ProjectError: when another program writes for longer than we wait, or nothing can be written.
        """
        with _told(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(claimtrack_writes=True)
            with connection.begin():
                yield connection

    def add_duplicates(self, pairs: Iterator[tuple[str, str, float]] | list[tuple[str, str, float]]) -> None:
        """Keep that two articles are nearly the same; see :func:`claimtrack.store.duplicates.add`."""
        with self.writing() as connection:
            duplicates.add(connection, pairs)

    def set_signature(self, article: str, signature: bytes) -> None:
        """Keep an article's MinHash signature, as the bytes that the index gave."""
        with self.writing() as connection:
            duplicates.set_signature(connection, article, signature)

    def signatures(self) -> list[tuple[str, bytes]]:
        """Return every article that has a signature, with it, to fill the index again."""
        with self.reading() as connection:
            return duplicates.signatures(connection)

    def close(self) -> None:
        """Close the file; the last program to close it leaves one file and nothing beside it."""
        self._engine.dispose()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _begin(connection: Connection) -> str:
    return "BEGIN IMMEDIATE" if connection.get_execution_options().get("claimtrack_writes") else "BEGIN"


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in one line what SQLite has against a file."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error)
        for words, advice in _ADVICE.items():
            if words in reason:
                raise ProjectError(f"{path}: {advice}") from error
        raise


_ADVICE = {
    "not a database": "no claimtrack project; name another file with --project",
    "locked": "another program is writing to it; try again when it is done",
    "readonly": "nothing may be written there; copy the project to a folder of yours",
    "unable to open": "cannot be opened or made there; check that the folder exists and may be written to",
    "malformed": "the file is damaged; take the newest backup beside it, or track the articles again",
    "disk is full": "the disk is full; make room and start again, nothing is lost",
    "disk I/O error": "the disk cannot be read or written; check it and start again",
}
