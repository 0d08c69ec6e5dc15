"""``relate``, ``relations`` and ``disputes``: who agrees with or contradicts whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TextIO

import click

from claimtrack.cli.filters import category_option, filter_options, project_option, quoted, understood
from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.output import opened, output_options
from claimtrack.cli.progress import Progress
from claimtrack.export.listing import RowWriter, row_writer
from claimtrack.export.rows import relation_object
from claimtrack.model import RELATION_KINDS

if TYPE_CHECKING:
    from claimtrack.store.wanted import Placed, Wanted
    from claimtrack.tracker import Tracker

FIRST = 100
FIRST_DISPUTES = 20
"""How many relations a table shows unless told otherwise; files get all."""

SHORT_ID = 10

TABLE = {"kind": ("Kind", 0), "who": ("Who", 4), "whom": ("Whom", 4), "why": ("Reason", 7), "id": ("Id", 0)}

Target = tuple[str, str, "str | None"]
Options = Callable[[Callable[..., Any]], Callable[..., Any]]

_STATUSES = ("suggested", "accepted", "rejected", "all")
_status = category_option("--status", _STATUSES, "Of the relation, by default all but rejected")


def _limit(first: int) -> Options:
    return click.option("--limit", type=click.IntRange(min=0), metavar="N",
                        help=f"At most N, 0 for all. A table shows {first} unless told.")  # fmt: skip


@click.command()
@project_option
@click.option("--again", is_flag=True, help="Look at every pair of claims, not only at those with a new one.")
@click.option("--nli", default="embedded", show_default=True, metavar="MODEL", help="The entailment model.")
def relate(project: str, again: bool, nli: str) -> None:
    """Group claims into topics and find who agrees with or contradicts whom.

    claimtrack track ends with it, so that it is needed only after --no-relate, after corrections, or for
    another model. Only pairs with a claim that is new or has changed are looked at. What people decided stays:
    accepted and rejected relations, and the topics that they gave to claims.

    \b
    Examples:
      claimtrack relate
      claimtrack relate --again
    """
    with opened_project(project) as tracker:
        summary = related(tracker, again, nli)
    click.echo(f"{project}: {summary}", err=True)


def related(tracker: Tracker, again: bool = False, nli: str = "embedded") -> Any:
    """Relate a project, with progress on a terminal, and return what was done."""
    with Progress("relating claims", counted=None) as bar:
        return tracker.relate(again, nli, lambda pairs: bar.tell(f"{pairs:,} pairs of claims looked at"))


@click.command()
@project_option
@category_option("--kind", RELATION_KINDS, "How the two claims stand to each other")
@_status
@filter_options("kind", "status")
@_limit(FIRST)
@output_options
def relations(
    project: str, kind: str | None, status: str | None, wanted: dict[str, Any], limit: int | None, format_: str,
    output: str, encoding: str | None,
) -> None:  # fmt: skip
    """List who agrees with or contradicts whom, the surest first.

    The filters choose claims: a relation is listed when one of its two claims fits.

    \b
    Examples:
      claimtrack relations --kind contradicts --speaker brandt
      claimtrack relations --topic strike --format csv -o strike.csv
    """
    with opened_project(project) as tracker:
        asked = _asked(tracker, kind, status, wanted)
        most = _most(limit, FIRST, format_)
        ids = tracker.relation_ids(asked, most)
        _write(tracker, ids, (format_, output, encoding))
        _tell(tracker, asked, len(ids), most, "relation")


@click.command()
@project_option
@_status
@filter_options("kind", "status")
@_limit(FIRST_DISPUTES)
@output_options
def disputes(
    project: str, status: str | None, wanted: dict[str, Any], limit: int | None, format_: str, output: str,
    encoding: str | None,
) -> None:  # fmt: skip
    """Show contradictions side by side, topic by topic.

    Speaker, outlet and day stand on top, the words that differ are marked (between asterisks where there are no
    colours), the reason stands below. With --format, contradictions are written as claimtrack relations does.

    \b
    Examples:
      claimtrack disputes --topic strike
      claimtrack disputes --speaker brandt --format jsonl
    """
    with opened_project(project) as tracker:
        asked = _asked(tracker, "contradicts", status, wanted)
        most = _most(limit, FIRST_DISPUTES, format_)
        placed = tracker.relations_by_topic(asked, most)
        if format_ == "table":
            _show(tracker, placed, (format_, output, encoding))
        else:
            _write(tracker, [dispute.id for dispute in placed], (format_, output, encoding))
        _tell(tracker, asked, len(placed), most, "contradiction")


def _asked(tracker: Tracker, kind: str | None, status: str | None, wanted: dict[str, Any]) -> Wanted:
    from claimtrack.store.wanted import Wanted

    chosen: Any = kind
    return Wanted(understood(tracker, wanted), chosen, status)


def _most(limit: int | None, first: int, format_: str) -> int | None:
    if limit is None:
        return first if format_ == "table" else None
    return limit or None


def _write(tracker: Tracker, ids: list[str], target: Target) -> None:
    from claimtrack.store.relations import VIEW_COLUMNS

    def make(format_: str, stream: TextIO) -> RowWriter:
        return row_writer(format_, stream, VIEW_COLUMNS, TABLE)

    with opened(*target, make) as writer:
        for row in _objects(tracker, ids) if target[0] in ("json", "jsonl") else tracker.relation_rows(ids):
            writer.write(_for_table(row) if target[0] == "table" else row)


def _objects(tracker: Tracker, ids: list[str]) -> Iterator[dict[str, Any]]:
    """Yield relations as the JSON objects of the contract, each claim with its status as ``claims`` writes it."""
    for relation, statuses in tracker.relation_objects(ids):
        written = relation_object(relation)
        for side, status in zip("ab", statuses, strict=True):
            written[side] = {**written[side], "status": status}
        yield written


def _for_table(row: dict[str, Any]) -> dict[str, Any]:
    from claimtrack.export.side_by_side import NOBODY, points

    # A last part tells the days; where it is the only one, what was said is the reason.
    found = points(row)
    why = "; ".join(found) if len(found) > 1 else row["reason"]
    return {
        "kind": row["kind"], "who": row["speaker_a"] or NOBODY, "whom": row["speaker_b"] or NOBODY,
        "why": why + ("" if row["status"] == "suggested" else f" [{row['status']}]"),
        "id": row["relation_id"][:SHORT_ID],
    }  # fmt: skip


def _show(tracker: Tracker, placed: Sequence[Placed], target: Target) -> None:
    from claimtrack.export.side_by_side import SideBySide

    of = {dispute.id: dispute.topic for dispute in placed}
    headings = _headings(tracker, placed)
    with opened(*target, lambda _, stream: SideBySide(stream, headings)) as writer:
        for row in tracker.relation_rows(list(of)):
            writer.write({**row, "topic_id": of[row["relation_id"]]})


def _headings(tracker: Tracker, placed: Sequence[Placed]) -> dict[str | None, str]:
    """Return the name of each topic, with the wider one and the number of its disputes, by its id."""
    topics = {topic.id: topic for topic in tracker.topic_objects()} if placed else {}
    found: dict[str | None, str] = {}
    for dispute in placed:
        topic = topics.get(dispute.topic or "")
        wider = topics.get(topic.parent or "") if topic else None
        name = (topic.name + (f" ({wider.name})" if wider else "")) if topic else "(no topic)"
        found[dispute.topic] = f"{name}: {dispute.in_topic:,} contradiction{'' if dispute.in_topic == 1 else 's'}"
    return found


def _tell(tracker: Tracker, asked: Wanted, written: int, most: int | None, noun: str) -> None:
    """Say on standard error what is not shown, and for an empty list what would widen it."""
    if written and written == most and (count := tracker.count_relations(asked)) > written:
        click.echo(f"{written:,} of {count:,} {noun}s; --limit 0 shows all, filters show fewer", err=True)
    if written:
        return
    if not tracker.count_relations():
        click.echo("No relations in this project yet; claimtrack relate looks for them.", err=True)
        return
    options: list[tuple[str, Wanted]] = []
    if asked.kind is not None and noun == "relation":
        options.append((f"--kind {asked.kind}", replace(asked, kind=None)))
    if asked.status is not None:
        options.append((f"--status {asked.status}", replace(asked, status=None)))
    for name, value in asked.claims.given().items():
        rest: dict[str, Any] = {name: False if name == "superseded" else None}
        shown = f"--{name}" if value is True else f"--{name} {quoted(value)}"
        options.append((shown, replace(asked, claims=replace(asked.claims, **rest))))
    wider = [
        f"without {option} there {'is' if count == 1 else 'are'} {count:,}"
        for option, less in options
        if (count := tracker.count_relations(less))
    ]
    if not wider and (count := tracker.count_relations(replace(asked, status="all"))):
        wider.append(f"with --status all there {'is' if count == 1 else 'are'} {count:,}")
    told = ", ".join(option for option, _ in options) or "what is shown by default"
    reason = "; ".join(wider)
    if not reason:
        reason = "leave out more than one of them to widen the list" if len(options) > 1 else "try --superseded"
    click.echo(f"No {noun} fits {told}: {reason}.", err=True)
