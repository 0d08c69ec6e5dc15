"""``claimtrack plot``: pictures of who contradicts whom, and of a topic."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from claimtrack.cli.filters import filter_options, project_option
from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.graph import chosen


def _picture(most: int, what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options of a picture."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        options = (
            click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False),
                         metavar="FILE", help="The picture; its name ends in .png or .svg."),
            click.option("--most", type=click.IntRange(min=2), default=most, show_default=True, metavar="N",
                         help=f"Show N {what}, those with the most relations."),
            click.option("--title", metavar="WORDS", help="What to write above it."),
            project_option,
        )  # fmt: skip
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.group()
def plot() -> None:
    """Draw who contradicts whom, and who agrees, or a topic by day.

    PNG or SVG, in colours that colour-blind people can tell apart. Needs matplotlib: pip install "claimtrack[plot]".
    Wire copies and repeats count once.

    \b
    Examples:
      claimtrack plot matrix -o who.png
      claimtrack plot timeline cranes -o cranes.svg
    """


@plot.command(short_help="Who contradicts whom, and who agrees.")
@_picture(14, "speakers")
@click.option("--apart", is_flag=True, help="Show everybody apart, also those who speak for one body.")
@filter_options()
def matrix(output: Path, most: int, title: str | None, project: str, apart: bool, wanted: dict[str, Any]) -> None:
    """Draw a square of speakers: who contradicts whom, and who agrees.

    \b
    Example:
      claimtrack plot matrix --topic cranes -o cranes.png
    """
    from claimtrack.graph.pictures import draw_matrix

    with opened_project(project) as tracker:
        found = chosen(tracker, wanted)
    draw_matrix(found, output, most, not apart, title)


@plot.command(short_help="What was said on a topic from day to day.")
@click.argument("topic")
@_picture(16, "claims")
def timeline(topic: str, output: Path, most: int, title: str | None, project: str) -> None:
    """Draw what was said on TOPIC from day to day, with arcs between claims that relate.

    \b
    Example:
      claimtrack plot timeline cranes -o cranes.png
    """
    from claimtrack.graph import find
    from claimtrack.graph.pictures import draw_timeline

    with opened_project(project) as tracker:
        found = tracker.graph()
    draw_timeline(found, find(found, "topic", topic), output, most, title)


@plot.command(short_help="The sides of a topic.")
@click.argument("topic")
@_picture(16, "speakers")
@click.option("--apart", is_flag=True, help="Show everybody apart, also those who speak for one body.")
def graph(topic: str, output: Path, most: int, title: str | None, project: str, apart: bool) -> None:
    """Draw the sides of TOPIC: speakers in a ring, with lines between those who contradict each other or agree.

    \b
    Example:
      claimtrack plot graph cranes -o cranes.svg
    """
    from claimtrack.graph import find
    from claimtrack.graph.pictures import draw_topic

    with opened_project(project) as tracker:
        found = tracker.graph()
    draw_topic(found, find(found, "topic", topic), output, most, not apart, title)
