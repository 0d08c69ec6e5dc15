"""``edit``, ``merge``, ``split``, ``undo``, ``log`` and ``learn``: corrections for scripts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

import click

from claimtrack.cli.filters import STATUSES, category_option, project_option
from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.output import opened, output_options
from claimtrack.errors import ProjectError
from claimtrack.export.clean import clean
from claimtrack.export.listing import RowWriter, row_writer
from claimtrack.model import ATTITUDES, COMMITMENTS, KINDS

if TYPE_CHECKING:
    from claimtrack.store.reviews import Change

_why = click.option("--why", metavar="TEXT", help="The reason, for the log.")

EMPTIED = ("speaker", "said_on", "proposition", "addressee", "occasion", "topic")


@click.command()
@click.argument("claim", metavar="CLAIM")
@project_option
@click.option("--speaker", metavar="NAME", help="Who said it; a known name is that speaker.")
@click.option("--said-on", metavar="DAY", help='When: 2022-05-28, 2022-05, "May 28".')
@click.option("--content", metavar="WORDS", help="What was said, in the article's words (pieces joined by …).")
@click.option("--proposition", metavar="TEXT", help="What was said as a sentence of its own.")
@click.option("--addressee", metavar="NAME", help="To whom.")
@click.option("--occasion", metavar="TEXT", help="Where.")
@click.option("--topic", metavar="NAME", help="On what.")
@category_option("--kind", KINDS, "How much is quoted word for word")
@category_option("--attitude", ATTITUDES, "What the source does")
@category_option("--commitment", COMMITMENTS, "What the cue says about the content")
@category_option("--status", STATUSES[:-1], "A corrected claim is accepted unless told otherwise")
@click.option("--empty", "emptied", multiple=True, type=click.Choice(EMPTIED), metavar="FIELD",
              help=f"Make this empty, may be repeated: {', '.join(EMPTIED)}.")  # fmt: skip
@_why
def edit(
    claim: str, project: str, said_on: str | None, emptied: tuple[str, ...], why: str | None, **values: str | None
) -> None:  # fmt: skip
    """Correct one claim, given by its id or the beginning of it.

    Corrections are kept apart from what was extracted: they stay when the article is extracted again, and
    claimtrack undo takes them back. CLAIMTRACK_REVIEWER is the name in the log.

    \b
    Examples:
      claimtrack edit c_9f2b0c1d --speaker "Ida Brandt" --said-on 2022-05-28
      claimtrack edit c_9f2b0c1d --status rejected --why "a caption"
    """
    from claimtrack.cli.days import said_on as day

    wanted: dict[str, str | None] = {name: value for name, value in values.items() if value is not None}
    with opened_project(project) as tracker:
        if said_on is not None:
            wanted["said_on"] = day(said_on, tracker.newest_day())
        wanted |= dict.fromkeys(emptied)
        if not wanted:
            raise click.UsageError("say what to correct, such as --speaker NAME; see claimtrack edit --help")
        tell(tracker.edit(claim, why, **wanted))


@click.command()
@click.argument("alias", metavar="SPEAKER")
@click.argument("into", metavar="INTO")
@project_option
@_why
def merge(alias: str, into: str, project: str, why: str | None) -> None:
    """Make SPEAKER the same as INTO, in all claims, those to come as well.

    Both are names or ids. The claims keep what their articles say; claimtrack split makes them two again.

    \b
    Example:
      claimtrack merge "V. Zelensky" "Volodymyr Zelenskiy" --why "one spelling"
    """
    with opened_project(project) as tracker:
        tell([tracker.merge(alias, into, why or "said so by a reviewer")])


@click.command()
@click.argument("speaker", metavar="[SPEAKER]", required=False)
@project_option
@click.option("--claim", "claims", multiple=True, metavar="CLAIM", help="Move this claim; may be repeated.")
@click.option("--as", "name", metavar="NAME", help="The speaker to move the claims to.")
@_why
def split(speaker: str | None, project: str, claims: tuple[str, ...], name: str | None, why: str | None) -> None:
    """Make a merged SPEAKER one of its own again, or move single claims to another speaker.

    \b
    Examples:
      claimtrack split "V. Zelensky"
      claimtrack split --claim c_9f2b --claim c_77aa --as "Ed Lund (mayor)"
    """
    from claimtrack.store.reviews import Edit

    if bool(speaker) == bool(claims) or bool(claims) != bool(name):
        raise click.UsageError("name a merged SPEAKER, or claims with --claim and their speaker with --as")
    with opened_project(project) as tracker:
        if speaker:
            tell([tracker.split(speaker, why)])
        else:
            tell(tracker.change([Edit(tracker.claim_id(claim), "speaker", name) for claim in claims], why))


@click.command()
@project_option
def undo(project: str) -> None:
    """Take the latest change back, with all that was changed together with it.

    \b
    Example:
      claimtrack undo
    """
    with opened_project(project) as tracker:
        taken = tracker.undo()
    if not taken:
        raise ProjectError(f"{project}: there is nothing to take back; claimtrack log shows what was changed")
    tell(taken, "taken back: ")


LOG = {"at": ("When", 0), "who": ("Who", 0), "what": ("What", 0), "target": ("Of", 0), "field": ("Field", 0),
       "before": ("Before", 3), "after": ("After", 3), "reason": ("Why", 2)}  # fmt: skip


@click.command()
@project_option
@output_options
def log(project: str, format_: str, output: str, encoding: str | None) -> None:
    """List who changed what, and when, the latest first.

    \b
    Example:
      claimtrack log --format csv -o changes.csv
    """
    with opened_project(project) as tracker:
        rows = tracker.history()
    if format_ == "table":
        rows = [{**row, "at": row["at"][:10], "target": row["target"][:10]} for row in rows]

    def make(name: str, stream: TextIO) -> RowWriter:
        return row_writer(name, stream, tuple(rows[0]) if rows else tuple(LOG), LOG)

    with opened(format_, output, encoding, make) as writer:
        for row in rows:
            writer.write(row)
    if not rows:
        click.echo("Nobody has changed anything yet; claimtrack review is where to start.", err=True)


@click.command()
@project_option
@click.option("--yes", is_flag=True, help="Add them without asking.")
def learn(project: str, yes: bool) -> None:
    """List the aliases that corrections imply, and add them on a yes.

    When people corrected a name to the same speaker wherever they corrected it, and accepted it nowhere, the
    name is taken to mean that speaker in the other claims too. claimtrack split or undo takes one back.

    \b
    Example:
      claimtrack learn --yes
    """
    with opened_project(project) as tracker:
        lessons = tracker.lessons()
        for lesson in lessons:
            click.echo(clean(f"{lesson.alias} is {lesson.speaker}: {lesson.reason}"))
        if not lessons:
            click.echo("Corrections imply no new alias yet.", err=True)
        elif yes or click.confirm(f"Add {_aliases(len(lessons))}?", err=True):
            for lesson in lessons:
                tracker.merge(lesson.alias_id, lesson.speaker_id, lesson.reason)
            click.echo(f"{_aliases(len(lessons))} added", err=True)


def _aliases(number: int) -> str:
    return f"{number} alias" + "es" * (number != 1)


def tell(changes: Iterable[Change], before: str = "") -> None:
    """Say on standard error what was changed."""
    none = True
    for change in changes:
        none = False
        click.echo(before + clean(sentence(change)), err=True)
    if none:
        click.echo("Nothing to change: it says so already.", err=True)


def sentence(change: Change) -> str:
    """Return a change in words."""
    if change.what == "merge":
        return f"{change.before} is {change.after}"
    if change.what == "split":
        return f"{change.after} is not {change.before}"
    return f"{change.target[:10]} {change.field}: {change.before or '(empty)'} → {change.after or '(empty)'}"
