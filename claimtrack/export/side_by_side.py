"""Two claims of a relation beside each other, what differs marked, the reason below: for people who judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

from claimtrack.export.clean import clean
from claimtrack.export.differences import Pieces, differing

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH = 80
"""Columns where the output is no terminal, and at most on one: longer lines do not read well in two columns."""

MARK = "bold yellow"
NOBODY = "(nobody named)"
SHORT_ID = 10


class SideBySide:
    """Prints relations one by one, a heading before each new topic.

    Args:
        stream: where to.
        headings: what to print over the relations of a topic, by its id.
    """

    def __init__(self, stream: TextIO, headings: Mapping[str | None, str]) -> None:
        from rich.console import Console

        self._console = Console(file=stream, highlight=False)
        width = min(self._console.width, WIDTH) if self._console.is_terminal else WIDTH
        self._coloured = self._console.is_terminal and not self._console.no_color and bool(self._console.color_system)
        system: Any = "auto" if self._coloured else None
        self._console = Console(file=stream, highlight=False, width=width, color_system=system)
        self._headings = headings
        self._topic: tuple[str | None] | None = None

    def write(self, row: Mapping[str, Any]) -> None:
        """Print a relation: a row of ``relations_view`` with ``topic_id``."""
        from rich.text import Text

        if self._topic != (row["topic_id"],):
            if self._topic is not None:
                self._console.print()
            self._topic = (row["topic_id"],)
            heading = self._headings.get(row["topic_id"])
            if heading:
                self._console.print(Text(clean(heading), style="bold underline" if self._coloured else ""))
        self._console.print()
        print_pair(self._console, row, self._coloured)

    def finish(self) -> None:
        """Every relation is printed already."""


def print_pair(console: Console, row: Mapping[str, Any], coloured: bool) -> None:
    """Print one relation: speaker, outlet and day on top, the claims in two columns, the reason below.

    Args:
        console: where to.
        row: of ``relations_view``.
        coloured: mark what differs with a colour, else with asterisks.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.MINIMAL, show_header=False, show_edge=False, expand=True, pad_edge=False)
    for _ in "ab":
        table.add_column(ratio=1, overflow="fold")
    told = differing(clean(row["claim_a"] or ""), clean(row["claim_b"] or ""))
    table.add_row(*(_who(row, side, coloured) for side in "ab"))
    table.add_row(*(Text(place(row, side), style="dim" if coloured else "") for side in "ab"))
    table.add_row(*(marked(pieces, coloured) for pieces in told))
    console.print(table)
    console.print(Text(clean(": ".join(filter(None, (row["kind"], "; ".join(points(row))))))))
    facts = f"{row['score']:.2f}, {row['status']}, {row['relation_id'][:SHORT_ID]}"
    console.print(Text(facts, style="dim" if coloured else ""))


def _who(row: Mapping[str, Any], side: str, coloured: bool) -> Text:
    """Return a speaker with the cue, since what is denied must not look as if it were said."""
    from rich.text import Text

    text = Text(clean(row[f"speaker_{side}"] or NOBODY), style="bold" if coloured else "")
    return (
        text.append(f", “{clean(row[f'cue_{side}'])}”", style="not bold" if coloured else "")
        if row[f"cue_{side}"]
        else text
    )


def points(row: Mapping[str, Any]) -> list[str]:
    """Return the parts of a reason that do not just say once more who said what, for where both claims are shown."""
    said = tuple(f"{row[f'speaker_{side}'] or 'source not named'}: " for side in "ab")
    return [part for part in row["reason"].split("; ") if not part.startswith(said)]


def place(row: Mapping[str, Any], side: str) -> str:
    """Return where and when a side was said."""
    facts = [row[f"outlet_{side}"], row[f"day_{side}"]]
    return ", ".join(clean(fact) for fact in facts if fact) or "no outlet or day known"


def marked(pieces: Pieces, coloured: bool) -> Text:
    """Return a text whose differing runs are in a colour or between asterisks."""
    from rich.text import Text

    text = Text()
    for number, (run, differs) in enumerate(pieces):
        text.append(" " if number else "")
        text.append(f"*{run}*" if differs and not coloured else run, style=MARK if differs and coloured else "")
    return text
