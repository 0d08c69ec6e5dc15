"""Kills the program again and again while it stores articles, and looks at the project file each time.

python tests/kills.py 500
"""

from __future__ import annotations

import multiprocessing
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from support import SayingExtractor, saying

from claimtrack.model import Article
from claimtrack.tracker import Tracker

ARTICLES = 60
"""How many a project gets before the next one is begun."""

SPAWN = multiprocessing.get_context("forkserver")
"""Each process starts with everything loaded, so that it is killed at its work and not while Python starts."""
SPAWN.set_forkserver_preload(["claimtrack.tracker", "claimtrack.ingest.duplicates", "sqlalchemy.dialects.sqlite"])

WHOLE = """
    SELECT count(*), count(DISTINCT a.text_hash), count(DISTINCT a.url),
        coalesce(sum(t.text IS NOT NULL AND a.signature IS NOT NULL
            AND 2 = (SELECT count(*) FROM claims c WHERE c.article_id = a.id)), 0),
        (SELECT count(*) FROM claims), (SELECT count(*) FROM claims_search)
    FROM articles a LEFT JOIN article_texts t ON t.article_id = a.id"""


@dataclass(frozen=True)
class Kills:
    """How often the program was killed: before its first article, between others, after its last one."""

    first: int = 0
    between: int = 0
    last: int = 0

    def __add__(self, other: Kills) -> Kills:
        return Kills(self.first + other.first, self.between + other.between, self.last + other.last)

    @property
    def all(self) -> int:
        """How often altogether."""
        return self.first + self.between + self.last


def texts() -> Iterator[Article]:
    """Yield the articles: two claims each, one by a speaker of its own, one by a speaker of all."""
    for n in range(ARTICLES):
        text = f"Headline {n}\n\nIda Brandt said: {n} cranes work.\nLund the {n}th denied: {n} cranes fail.\n"
        yield saying(text, url=f"https://a.example/{n}")


def store(path: Path, told: Connection | None = None) -> None:
    """Store all articles, and tell of each one that is done."""
    with Tracker(path, extractor=SayingExtractor()) as tracker:
        tracker.add(texts(), progress=lambda event: told.send(event.outcome) if told else None)


def check(path: Path) -> int:
    """Return how many articles are stored.

    Raises:
        AssertionError: when the file is broken, or an article is there twice or in part.
    """
    if path.exists():
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    # Whoever opens it next, even if it was killed while it made the file.
    with Tracker(path, extractor=SayingExtractor()) as tracker, tracker.project.reading() as connection:
        count, *same = connection.exec_driver_sql(WHOLE).one()
    assert same == [count, count, count, 2 * count, 2 * count], (count, same)
    return int(count)


def kill(path: Path, stored: int, chance: random.Random) -> Kills:
    """Start the program over a project with so many articles stored, and kill it at a moment drawn by chance."""
    reads, writes = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=store, args=(path, writes))
    process.start()
    writes.close()
    awaited = min(stored + chance.randint(1, 12), ARTICLES) if chance.random() < 0.8 else 0
    for _ in range(awaited):
        assert reads.recv() in ("known", "added")
    # Anywhere in what comes next: the next article, or opening and looking at what is known.
    time.sleep(chance.uniform(0, 0.01 if awaited else 0.15))
    process.kill()
    process.join()
    reads.close()
    if process.exitcode != -signal.SIGKILL:
        return Kills()  # it was done already
    return Kills(first=not awaited, between=0 < awaited < ARTICLES, last=awaited == ARTICLES)


def run(folder: Path, times: int, seed: int = 5) -> Kills:
    """Kill the program so many times while it stores a small folder of articles, one project after another.

    Raises:
        AssertionError: when a file is broken, or an article is lost, there twice or there in part.
    """
    chance = random.Random(seed)
    kills, projects, stored = Kills(), 0, 0
    while kills.all < times:
        path = folder / f"{projects}.db"
        kills += kill(path, stored, chance)
        now = check(path)
        assert now >= stored
        stored = now
        if stored == ARTICLES:
            store(path)
            assert check(path) == ARTICLES and [file.name for file in folder.glob(f"{projects}.db*")] == [path.name]
            projects, stored = projects + 1, 0
    return kills


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        found = run(Path(place), int(sys.argv[1]) if len(sys.argv) > 1 else 500)
    print(f"killed {found.all} times, {found.first} of them counted from the start, {found.between} from an "
          f"article, {found.last} after the last article; every file whole")  # fmt: skip
