"""``claimtrack graph``: the graph of a project for other programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from claimtrack.cli.filters import filter_options, project_option, tell_empty, understood
from claimtrack.cli.filters import project as opened_project
from claimtrack.cli.output import STANDARD_OUTPUT
from claimtrack.export.files import whole_file

if TYPE_CHECKING:
    import networkx as nx

    from claimtrack.tracker import Tracker

FORMATS = ("gexf", "graphml", "json")
"""Of :data:`claimtrack.graph.GRAPH_FORMATS`, written here so that help needs no networkx."""


def chosen(tracker: Tracker, wanted: dict[str, Any]) -> nx.MultiDiGraph:
    """Return the graph of the claims that fit some filters; where there is none, say why on standard error.

    Raises:
        ProjectError: when a filter cannot be understood.
    """
    filters = understood(tracker, wanted)
    found = tracker.graph(**filters.given())
    if not found:
        tell_empty(tracker, filters)
    return found


@click.command()
@click.option("--format", "format_", type=click.Choice(FORMATS), default="gexf", show_default=True,
              help="gexf for Gephi; graphml for yEd, Cytoscape, igraph; json for programs.")  # fmt: skip
@click.option("-o", "--output", default=STANDARD_OUTPUT, metavar="FILE", help="Write to FILE, - for standard output.")
@project_option
@filter_options()
def graph(format_: str, output: str, project: str, wanted: dict[str, Any]) -> None:
    """Write speakers, claims, topics, articles and outlets as a graph, with all that connects them.

    Claims that fit the filters are in it, and those that relate to them. Rejected relations are left out. What the
    nodes and edges mean stands in docs/graph.md.

    \b
    Examples:
      claimtrack graph -o claims.gexf
      claimtrack graph --topic cranes --format graphml -o cranes.graphml
    """
    from claimtrack.graph import write_graph

    with opened_project(project) as tracker:
        found = chosen(tracker, wanted)
    if output == STANDARD_OUTPUT:
        write_graph(format_, found, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        with whole_file(output) as stream:
            write_graph(format_, found, stream)
    click.echo(f"{len(found):,} nodes, {found.size():,} edges", err=True)
