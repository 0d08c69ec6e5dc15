"""A project file of any age becomes one of today, or is refused in one line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from claimtrack.errors import ProjectError
from claimtrack.model import topic_id
from claimtrack.store.schema import APPLICATION_ID, SEARCH_INDEX, metadata, relations
from claimtrack.store.shown import VIEWS

Step = Callable[[Connection], None]


def create_tables(connection: Connection) -> None:
    """Step 0 to 1: make whatever is missing of the tables, views and the search index."""
    metadata.create_all(connection)
    for statement in (*SEARCH_INDEX, *VIEWS):
        connection.exec_driver_sql(statement)


def name_topics(connection: Connection) -> None:
    """Step 1 to 2: ``claims.topic`` holds an id rather than a name; topics have a wider one, claims a mark."""
    for table, column in (("topics", "parent"), ("claims", "related")):
        if column not in _columns(connection, table):
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} TEXT")
    for name in list(connection.exec_driver_sql("SELECT DISTINCT topic FROM claims WHERE topic IS NOT NULL").scalars()):
        id_ = topic_id(name)
        connection.exec_driver_sql("INSERT OR IGNORE INTO topics (id, name) VALUES (?, ?)", (id_, name))
        connection.exec_driver_sql("UPDATE claims SET topic = ? WHERE topic = ?", (id_, name))
    # What a person's topic lies over was a name as well.
    covered = connection.exec_driver_sql("SELECT rowid, extracted FROM corrections WHERE field = 'topic'").all()
    for number, extracted in covered:
        name = json.loads(extracted).get("topic")
        if name is not None:
            id_ = topic_id(name)
            connection.exec_driver_sql("INSERT OR IGNORE INTO topics (id, name) VALUES (?, ?)", (id_, name))
            value = json.dumps({"topic": id_})
            connection.exec_driver_sql("UPDATE corrections SET extracted = ? WHERE rowid = ?", (value, number))
    for index in relations.indexes:
        index.create(connection, checkfirst=True)
    for view in ("claims_view", "relations_view"):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view}")
    for statement in VIEWS:
        connection.exec_driver_sql(statement)


def _columns(connection: Connection, table: str) -> set[str]:
    return {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")}


STEPS: tuple[Step, ...] = (create_tables, name_topics)
"""The n-th step brings a file of version n to version n + 1; the last gives today's version."""


def version_of(connection: Connection, path: Path) -> int | None:
    """Return the version of a project file, None for an empty database.

    Raises:
        ProjectError: when the file is no project.
    """
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application == APPLICATION_ID:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
        raise ProjectError(f"{path}: a database, but no claimtrack project; name another file with --project")
    return None


def check_version(version: int, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Refuse a file that a newer claimtrack made.

    Raises:
        ProjectError: when its version is above ours.
    """
    if version > len(steps):
        raise ProjectError(
            f"{path}: made by a newer claimtrack (format {version}, this one knows {len(steps)}); upgrade claimtrack"
        )


def migrate(connection: Connection, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Bring the file up to the newest version, within the transaction that ``connection`` is in.

    An older project is first copied to a file beside it.

    Raises:
        ProjectError: when the file is newer than this program, is no project, or cannot be copied.
    """
    version = version_of(connection, path)
    if version is not None:
        check_version(version, path, steps)
        if version < len(steps):
            back_up(path, version)
    for step in steps[version or 0 :]:
        step(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")


def back_up(path: Path, version: int) -> Path:
    """Copy a project file beside itself and return where to; an earlier copy is never written over.

    Raises:
        ProjectError: when that cannot be done.
    """
    number = 1
    while (target := path.with_name(f"{path.name}.format-{version}{f'.{number}' * (number > 1)}.backup")).exists():
        number += 1
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except (sqlite3.Error, OSError) as error:
        raise ProjectError(
            f"{path}: cannot be copied to {target.name} before its upgrade ({error}); make room"
        ) from None
    return target
