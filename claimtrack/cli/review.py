"""``claimtrack review``: claims and relations that nobody has decided on, one by one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from claimtrack.cli.correct import tell
from claimtrack.cli.filters import filter_options, project_option, tell_empty, understood
from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.show import console_of, print_claim
from claimtrack.errors import ProjectError
from claimtrack.export.clean import clean

if TYPE_CHECKING:
    from claimtrack.tracker import Tracker

KEYS = """\
  a            accept                      r            reject
  s NAME       correct the speaker         d DAY        correct the day it was said
  c WORDS      correct the content         p SENTENCE   correct the proposition
  m NAME       this speaker is NAME        x NAME       NAME was merged wrongly
  n  next      b  back      u  undo      q  quit (what you did is kept)      ?  this help"""

PROMPT = "a accept, r reject, s d c p correct, m merge, x split, n next, b back, u undo, q quit, ? help: "


@click.command()
@project_option
@filter_options("status", "superseded")
def review(project: str, wanted: dict[str, Any]) -> None:
    """Walk through the suggested claims, then the suggested relations: accept, reject, correct.

    Filters choose which claims, and the relations that they are in. Each decision is kept at once: quit when
    you like, and the next review goes on with what is left. Commands are read from standard input, one a line,
    so that a script can review as well.

    \b
    Examples:
      claimtrack review --speaker brandt
      printf 'a\\nr\\nq\\n' | claimtrack review
    """
    with opened_project(project) as tracker:
        filters = understood(tracker, {**wanted, "status": "suggested"})
        of_any_status = replace(filters, status=None)
        claims = tracker.ids(filters)
        if not claims and not tracker.suggested_relations(of_any_status):
            tell_empty(tracker, filters)
            return
        session = Session(tracker)
        if session.walk(claims, session.show_claim, session.on_claim):
            # Only now: what was just rejected takes its relations with it.
            relations = tracker.suggested_relations(of_any_status)
            session.walk(relations, session.show_relation, session.on_relation)
        left = tracker.stats()["claims to review"]
    decided = f"{session.decided} decision" + "s" * (session.decided != 1)
    click.echo(f"{decided}; {left:,} claim{'s' * (left != 1)} left to review", err=True)


class Session:
    """One person's walk through a list."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._console = console_of()
        self.decided = 0

    def walk(self, ids: list[str], show: Callable[[str], None], on: Callable[[str, str, str], bool]) -> bool:
        """Go through a list and return False when the person quits.

        Args:
            ids: of what.
            show: prints one.
            on: takes an id, a key and what stands behind it, and tells whether to go on to the next.
        """
        place = 0
        while place < len(ids):
            click.echo(f"\n{place + 1} of {len(ids)}")
            show(ids[place])
            moved = None
            while moved is None:
                moved = self._step(ids, place, on)
            if moved < 0:
                return False
            place = moved
        return True

    def _step(self, ids: list[str], place: int, on: Callable[[str, str, str], bool]) -> int | None:
        """Obey one line: return the next place, -1 to quit, None to stay without showing again."""
        key, _, value = self._line().partition(" ")
        try:
            if key == "q":
                return -1
            if key == "n":
                return place + 1
            if key == "b":
                return max(0, place - 1)
            if key == "u":
                return self._undo(ids, place)
            if key in ("?", "h", ""):
                click.echo(KEYS)
                return None
            return place + 1 if on(ids[place], key, value.strip()) else place
        except ProjectError as error:
            click.echo(f"Error: {clean(str(error))}", err=True)
            return None

    def _line(self) -> str:
        if sys.stdin.isatty():
            click.echo(PROMPT, nl=False)
        line = sys.stdin.readline()
        return line.strip() if line else "q"

    def _undo(self, ids: list[str], place: int) -> int | None:
        taken = self._tracker.undo()
        if not taken:
            click.echo("There is nothing to take back.", err=True)
            return None
        tell(taken, "taken back: ")
        self.decided = max(0, self.decided - 1)
        return ids.index(taken[0].target) if taken[0].target in ids else place

    def show_claim(self, id_: str) -> None:
        """Print a claim in its paragraph."""
        print_claim(self._console, *self._tracker.claim(id_))

    def on_claim(self, id_: str, key: str, value: str) -> bool:
        """Do what a key says to a claim; a decision leads to the next, a correction shows the claim again."""
        from claimtrack.cli.days import said_on

        if key in ("a", "r"):
            changes = self._tracker.edit(id_, status="accepted" if key == "a" else "rejected")
            if changes:  # a corrected claim is accepted already
                self._done(changes)
            return True
        if key not in "sdcpmx" or len(key) != 1:
            raise ProjectError(f"{key!r} is no command; ? lists them")
        if not value and key in "cmx":
            raise ProjectError(f"{key} wants words behind it; ? shows how")
        if key == "d":
            day = said_on(value, self._tracker.newest_day()) if value else None
            self._done(self._tracker.edit(id_, said_on=day))
        elif key in "scp":
            field = {"s": "speaker", "c": "content", "p": "proposition"}[key]
            self._done(self._tracker.edit(id_, **{field: value or None}))
        elif key == "m":
            speaker = self._tracker.claim(id_)[0].speaker
            if speaker is None:
                raise ProjectError("this claim has no speaker to merge; s NAME gives it one")
            self._done([self._tracker.merge(speaker.id, value)])
        else:
            self._done([self._tracker.split(value)])
        return False

    def show_relation(self, id_: str) -> None:
        """Print two claims and why they are related."""
        row = self._tracker.relation(id_)
        for side in "ab":
            click.echo(clean(f"{row[f'speaker_{side}'] or '(no speaker)'} in {row[f'outlet_{side}'] or 'an article'}, "
                             f"{row[f'day_{side}'] or 'undated'}: {row[f'claim_{side}']}"))  # fmt: skip
            if side == "a":
                click.echo(f"    {row['kind']}")
        click.echo(clean(f"because: {row['reason']} ({row['score']:.2f})"))

    def on_relation(self, id_: str, key: str, value: str) -> bool:
        """Accept or reject a relation."""
        if key not in ("a", "r"):
            raise ProjectError(f"{key!r} is nothing to do to a relation; a accepts, r rejects it")
        self._done([self._tracker.judge_relation(id_, "accepted" if key == "a" else "rejected")])
        return True

    def _done(self, changes: list[Any]) -> None:
        self.decided += bool(changes)
        tell(changes)
