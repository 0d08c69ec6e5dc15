"""Opening a project file: made, migrated, refused; two programs at once; killed at any moment."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import kills
import pytest
from sqlalchemy import Connection
from support import SayingExtractor, saying

from claimtrack.errors import ProjectError
from claimtrack.store import Project, migrations
from claimtrack.store.migrations import STEPS, migrate
from claimtrack.store.schema import APPLICATION_ID, VERSION
from claimtrack.tracker import Tracker

ONE = "Ida Brandt said: the cranes work.\n"


def made(path: Path) -> None:
    """Make a small project."""
    with Tracker(path, extractor=SayingExtractor()) as tracker:
        tracker.add([saying(ONE)])


def asked(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def version_0(path: Path) -> None:
    """Make the oldest file that there can be: marked as ours, its tables not yet made but one."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT)")
        connection.execute("INSERT INTO settings VALUES ('made by', 'hand')")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()


def test_steps_lead_to_the_version_of_the_schema() -> None:
    assert len(STEPS) == VERSION


def test_new_file_says_what_it_is(tmp_path: Path) -> None:
    made(tmp_path / "p.db")
    assert asked(tmp_path / "p.db", "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert asked(tmp_path / "p.db", "PRAGMA user_version") == [(VERSION,)]
    assert asked(tmp_path / "p.db", "PRAGMA journal_mode") == [("wal",)]
    assert asked(tmp_path / "p.db", "PRAGMA foreign_key_check") == []


def test_closed_project_is_one_file(tmp_path: Path) -> None:
    made(tmp_path / "p.db")
    assert [path.name for path in tmp_path.iterdir()] == ["p.db"]


def test_views_read_well_without_this_program(tmp_path: Path) -> None:
    made(tmp_path / "p.db")
    assert asked(tmp_path / "p.db", "SELECT speaker_name, cue_text, proposition, status FROM claims_view") == [
        ("Ida Brandt", "said", "the cranes work.", "suggested")
    ]
    assert asked(tmp_path / "p.db", "SELECT * FROM relations_view") == []


def test_older_file_is_upgraded_after_a_copy_beside_it(tmp_path: Path) -> None:
    version_0(tmp_path / "p.db")
    made(tmp_path / "p.db")
    assert asked(tmp_path / "p.db", "PRAGMA user_version") == [(VERSION,)]
    assert asked(tmp_path / "p.db", "SELECT value FROM settings WHERE name <> 'speakers_linked'") == [("hand",)]
    assert asked(tmp_path / "p.db", "SELECT count(*) FROM claims") == [(1,)]
    copy = tmp_path / "p.db.format-0.backup"
    assert asked(copy, "SELECT name FROM sqlite_master WHERE type = 'table'") == [("settings",)]


def test_earlier_copy_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "p.db.format-0.backup").write_text("mine")
    version_0(tmp_path / "p.db")
    Project(tmp_path / "p.db").close()
    assert (tmp_path / "p.db.format-0.backup").read_text() == "mine"
    assert (tmp_path / "p.db.format-0.2.backup").exists()


def test_later_step_is_run_on_todays_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def add_a_column(connection: Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE articles ADD COLUMN language TEXT DEFAULT 'en'")

    made(tmp_path / "p.db")
    monkeypatch.setattr("claimtrack.store.project.STEPS", (*STEPS, add_a_column))
    monkeypatch.setattr("claimtrack.store.project.migrate", lambda c, p: migrate(c, p, (*STEPS, add_a_column)))
    Project(tmp_path / "p.db").close()
    assert asked(tmp_path / "p.db", "SELECT language FROM articles") == [("en",)]
    assert asked(tmp_path / "p.db", "PRAGMA user_version") == [(VERSION + 1,)]


def test_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE claims_search")
        raise RuntimeError

    made(tmp_path / "p.db")
    monkeypatch.setattr("claimtrack.store.project.STEPS", (*STEPS, breaks))
    monkeypatch.setattr("claimtrack.store.project.migrate", lambda c, p: migrate(c, p, (*STEPS, breaks)))
    with pytest.raises(RuntimeError):
        Project(tmp_path / "p.db")
    monkeypatch.undo()
    with Tracker(tmp_path / "p.db") as tracker:
        assert len(tracker.found("crane")) == 1


def version_1(path: Path) -> None:
    """Make a file as it was before claims held the ids of topics: a person has named one, and emptied another."""
    two = saying("Ida Brandt said: the cranes work.\nLund said: so what.\n")
    with Tracker(path, extractor=SayingExtractor()) as tracker:
        tracker.add([two])
        first, second = tracker.claims().claim_id
        tracker.edit(first, topic="Cranes")
        tracker.edit(second, topic="Cranes")
    with closing(sqlite3.connect(path)) as connection:
        for statement in (
            "DROP VIEW claims_view", "DROP VIEW relations_view", "DROP INDEX relations_in_order",
            "DROP INDEX relations_by_kind", "ALTER TABLE claims DROP COLUMN related",
            "ALTER TABLE topics DROP COLUMN parent", "DELETE FROM topics", "UPDATE claims SET topic = 'Cranes'",
            "UPDATE corrections SET extracted = json_object('topic', 'Old') WHERE field = 'topic'",
            "CREATE VIEW claims_view AS SELECT claims.id AS claim_id, claims.topic FROM claims",
            "CREATE VIEW relations_view AS SELECT relations.id AS relation_id FROM relations",
            "PRAGMA user_version = 1",
        ):  # fmt: skip
            connection.execute(statement)
        connection.commit()


def test_topics_by_name_become_topics_with_ids(tmp_path: Path) -> None:
    version_1(tmp_path / "p.db")
    with Tracker(tmp_path / "p.db") as tracker:
        assert tracker.claims(topic="crane").topic.tolist() == ["Cranes", "Cranes"]
        assert {topic.name for topic in tracker.topic_objects()} == {"Cranes", "Old"}
        tracker.undo()
        assert sorted(tracker.claims().topic) == ["Cranes", "Old"]
        assert tracker.relations().empty
    assert asked(tmp_path / "p.db", "PRAGMA user_version") == [(VERSION,)]
    assert asked(tmp_path / "p.db", "SELECT topic FROM claims_view ORDER BY topic") == [("Cranes",), ("Old",)]
    assert asked(tmp_path / "p.db.format-1.backup", "SELECT DISTINCT topic FROM claims") == [("Cranes",)]
    indexes = asked(tmp_path / "p.db", "SELECT name FROM sqlite_master WHERE name LIKE 'relations%' AND type = 'index'")
    assert {("relations_in_order",), ("relations_by_kind",)} <= set(indexes)


def newer(path: Path) -> None:
    made(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


REFUSED = {
    "newer": (newer, f"made by a newer claimtrack (format {VERSION + 1}, this one knows {VERSION}); upgrade"),
    "another program's database": (foreign, "a database, but no claimtrack project"),
    "text": (lambda path: path.write_text("claims, claims and nothing but claims\n" * 20), "no claimtrack project"),
    "folder": (lambda path: path.mkdir(), "a folder; name a project file"),
    "no such folder": (lambda path: None, "cannot be opened or made there"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_project_is_refused_in_one_line_and_left_alone(tmp_path: Path, case: str) -> None:
    make, message = REFUSED[case]
    path = tmp_path / ("no/p.db" if case == "no such folder" else "p.db")
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ProjectError) as caught:
        Project(path)
    assert message in str(caught.value) and "\n" not in str(caught.value)
    assert before is None or path.read_bytes() == before


def test_missing_project_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="no project there; make one with claimtrack track"):
        Project(tmp_path / "p.db", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"", None])
def test_empty_file_becomes_a_project(tmp_path: Path, content: bytes | None) -> None:
    if content is None:
        with closing(sqlite3.connect(tmp_path / "p.db")) as connection:
            connection.execute("VACUUM")
    else:
        (tmp_path / "p.db").write_bytes(content)
    made(tmp_path / "p.db")
    assert asked(tmp_path / "p.db", "SELECT count(*) FROM claims") == [(1,)]


def test_project_is_read_where_nothing_may_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    made(folder / "p.db")
    # Whoever runs tests as root may write everywhere, so that permissions alone would prove nothing.
    monkeypatch.setattr("claimtrack.store.project._writable", lambda path: False)
    folder.chmod(0o555)
    try:
        with Tracker(folder / "p.db", extractor=SayingExtractor()) as tracker:
            assert len(tracker.claims()) == 1
            with pytest.raises(ProjectError, match="nothing may be written there; copy the project"):
                tracker.add([saying("Lund said: no.\n")])
    finally:
        folder.chmod(0o755)
    assert [path.name for path in folder.iterdir()] == ["p.db"]


def test_second_writer_waits_for_the_first_and_then_tells(tmp_path: Path) -> None:
    with Project(tmp_path / "p.db") as first, Project(tmp_path / "p.db", wait=0.2) as second:
        with first.writing():
            with second.reading() as connection:  # readers need not wait
                assert connection.exec_driver_sql("SELECT count(*) FROM claims").scalar() == 0
            with pytest.raises(ProjectError, match="another program is writing to it; try again"), second.writing():
                pass
        with second.writing() as connection:
            connection.exec_driver_sql("INSERT INTO settings VALUES ('a', 'b')")


WRITER = """
import sys, time
from support import SayingExtractor, saying
from claimtrack.tracker import Tracker
start, count = int(sys.argv[2]), int(sys.argv[3])
pattern = "Headline {0}\\n\\nIda Brandt said: {0} cranes work.\\nLund denied: {0} cranes fail.\\n"
texts = (pattern.format(n) for n in range(start, start + count))
with Tracker(sys.argv[1], extractor=SayingExtractor()) as tracker:
    found = (saying(text, url=f"https://a.example/{start + n}") for n, text in enumerate(texts))
    tracker.add(found, progress=lambda event: print(event.outcome, flush=True))
"""


def writer(path: Path, start: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(start), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent)


def test_two_programs_at_once_store_everything_once(tmp_path: Path) -> None:
    # The second starts in the middle of what the first stores.
    running = [writer(tmp_path / "p.db", 0, 60), writer(tmp_path / "p.db", 30, 60)]
    assert [process.communicate(timeout=120)[0] != "" for process in running] == [True, True]
    assert [process.returncode for process in running] == [0, 0]
    assert asked(tmp_path / "p.db", "SELECT count(*), count(DISTINCT text_hash) FROM articles") == [(90, 90)]
    assert asked(tmp_path / "p.db", "SELECT count(*) FROM claims") == [(180,)]


def test_killed_at_any_moment_it_opens_with_whole_articles_only(tmp_path: Path) -> None:
    assert kills.run(tmp_path, 20).all == 20


def test_backup_that_cannot_be_made_stops_the_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version_0(tmp_path / "p.db")

    def no_room(path: Path, version: int) -> Path:
        raise ProjectError(f"{path}: cannot be copied")

    monkeypatch.setattr(migrations, "back_up", no_room)
    with pytest.raises(ProjectError, match="cannot be copied"):
        Project(tmp_path / "p.db")
    assert asked(tmp_path / "p.db", "PRAGMA user_version") == [(0,)]
