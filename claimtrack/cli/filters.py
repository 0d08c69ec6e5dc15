"""What commands about a project share: where it is, and which claims are meant."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from claimtrack.model import ATTITUDES, COMMITMENTS, KINDS

if TYPE_CHECKING:
    from claimtrack.tracker import Filters, Tracker

DEFAULT = "claims.db"
VARIABLE = "CLAIMTRACK_PROJECT"
STATUSES = ("suggested", "accepted", "rejected", "all")


def project_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the parameter ``project``."""
    return click.option(
        "-p", "--project", default=DEFAULT, show_default=True, envvar=VARIABLE, show_envvar=True, metavar="FILE",
        help="The project file.",
    )(command)  # fmt: skip


@contextmanager
def project(path: str, create: bool = False, **arguments: Any) -> Iterator[Tracker]:
    """Open a project for a command.

    Raises:
        ProjectError: when it cannot be opened.
    """
    from claimtrack.tracker import Tracker

    with Tracker(path, create=create, **arguments) as tracker:
        yield tracker


def category_option(name: str, values: Sequence[str], about: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return an option that takes one of some values, listed in its help rather than in the left column."""
    return click.option(name, type=click.Choice(values), metavar="VALUE", help=f"{about}: {', '.join(values)}.")


_FILTERS: tuple[Callable[[Callable[..., Any]], Callable[..., Any]], ...] = (
    click.option("--speaker", metavar="NAME", help="Part of any of the speaker's names."),
    click.option("--topic", metavar="NAME", help="Part of the topic's name."),
    click.option("--text", metavar="WORDS", help='Words that the claim holds; "a phrase", begin*.'),
    click.option("--outlet", metavar="NAME", help="Part of the outlet's name."),
    click.option("--since", metavar="DAY", help='Said (or published) on or after: 2022-05-28, "May 28", "last week".'),
    click.option("--until", metavar="DAY", help="Said (or published) on or before."),
    category_option("--kind", KINDS, "How much is quoted word for word"),
    category_option("--attitude", ATTITUDES, "What the source does"),
    category_option("--commitment", COMMITMENTS, "What the cue says about the content"),
    click.option("--via", metavar="NAME", help="Part of the name of who passed it on."),
    category_option("--status", STATUSES, "Of review, by default all but rejected"),
    click.option("--article", metavar="ID", help="The article's id, path, or words of its title."),
    click.option("--superseded", is_flag=True, help="Also claims of older versions of articles."),
)
_NAMES = ("speaker", "topic", "text", "outlet", "since", "until", "kind", "attitude", "commitment", "via", "status",
          "article", "superseded")  # fmt: skip


def filter_options(*without: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the filters, but those named, as one parameter ``wanted``: filter name to what was written."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_filters(**arguments: Any) -> Any:
            wanted = {name: arguments.pop(name) for name in _NAMES if name not in without}
            return command(wanted=wanted, **arguments)

        decorated: Callable[..., Any] = with_filters
        for name, option in reversed(tuple(zip(_NAMES, _FILTERS, strict=True))):
            if name not in without:
                decorated = option(decorated)
        return decorated

    return decorate


def understood(tracker: Tracker, wanted: dict[str, Any]) -> Filters:
    """Return the filters that were written, days understood with the project's newest article in mind.

    Raises:
        ProjectError: when a day cannot be understood.
    """
    from claimtrack.cli.days import period
    from claimtrack.tracker import Filters

    days = {name: wanted[name] for name in ("since", "until") if wanted.get(name)}
    filters = Filters(**{name: value for name, value in wanted.items() if name not in ("since", "until")})
    newest = tracker.newest_day() if days else None
    if "since" in days:
        filters = replace(filters, since=period(days["since"], newest)[0])
    if "until" in days:
        filters = replace(filters, until=period(days["until"], newest)[1])
    return filters


def tell_empty(tracker: Tracker, filters: Filters) -> None:
    """Say on standard error why a list is empty: which single filter, when left out, would widen it."""
    from claimtrack.tracker import Filters

    given = filters.given()
    if not tracker.count(Filters(status="all", superseded=True)):
        click.echo("No claims in this project yet; claimtrack track FOLDER reads articles into it.", err=True)
        return
    wider = []
    for name, value in given.items():
        rest: dict[str, Any] = {name: False if name == "superseded" else None}
        count = tracker.count(replace(filters, **rest))
        if count:
            wider.append(f"without --{name} {quoted(value)} there are {count:,}")
    if not wider and (count := tracker.count(replace(filters, status="all", superseded=True))):
        wider.append(f"with --status all --superseded there are {count:,}")
    asked = ", ".join(f"--{name} {quoted(value)}" for name, value in given.items() if value is not True)
    reason = "; ".join(wider) or "leave out more than one of them to widen the list"
    click.echo(f"No claim fits {asked or 'these filters'}: {reason}.", err=True)


def quoted(value: Any) -> str:
    """Return a value as it may be typed behind an option."""
    from claimtrack.export.clean import clean

    text = clean(str(value))
    return f'"{text}"' if " " in text else text
