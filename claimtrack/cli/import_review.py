"""``claimtrack import-review``: corrections made in a spreadsheet come back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from claimtrack.cli.correct import tell
from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.filters import project_option
from claimtrack.errors import InputError
from claimtrack.export.clean import clean

LARGEST = 512 * 1024 * 1024


@click.command("import-review")
@click.argument("file", metavar="FILE")
@project_option
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--skip-bad", is_flag=True, help="Take over the good rows although others have a problem.")
@click.option("--why", metavar="TEXT", help="The reason, for the log.")
def import_review(file: str, project: str, dry_run: bool, skip_bad: bool, why: str | None) -> None:
    """Take over the corrections in FILE, a CSV that claims or export wrote and somebody changed.

    Each changed cell of speaker_name, said_on, content_text, proposition, addressee, occasion, topic, kind,
    attitude, commitment or status becomes a correction. Rows and columns may be missing or in another order;
    claim_id is needed. A row with a problem is told in one line, and then nothing at all is taken over.

    \b
    Examples:
      claimtrack claims --format csv -o claims.csv
      claimtrack import-review claims.csv --dry-run
    """
    from claimtrack.store.sheet import Sheet

    sheet = Sheet.read(_bytes(file), file)
    with opened_project(project) as tracker:
        outcome = tracker.import_sheet(sheet, why, dry_run, skip_bad)
    for notice in outcome.notices:
        click.echo(f"Notice: {clean(notice)}", err=True)
    for problem in outcome.problems:
        click.echo(f"Error: {clean(problem)}", err=True)
    if outcome.changes:
        tell(outcome.changes)
    done = "would change" if dry_run or not outcome.applied else "changed"
    click.echo(
        f"{file}: {outcome.rows:,} rows, {len(outcome.changes):,} values {done}, {len(outcome.problems):,} problems"
        + ("; nothing was taken over" if not outcome.applied and not dry_run else ""), err=True,
    )  # fmt: skip
    if outcome.problems:
        sys.exit(1)


def _bytes(file: str) -> bytes:
    try:
        if file == "-":
            return sys.stdin.buffer.read()
        if Path(file).stat().st_size > LARGEST:
            raise InputError(f"{file}: larger than {LARGEST // 1024**2} MB; split it")
        return Path(file).read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); check the name and its permissions") from None
