"""A topic by day: who said what from top to bottom, and arcs between claims that relate.

An arc diagram (Wattenberg, Arc diagrams: visualizing structure in strings, 2002): contradictions bend to the left of
the line of time, all other relations to the right, so that no line hides behind another or behind a word.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import networkx as nx

from claimtrack.errors import ProjectError
from claimtrack.graph.colours import RELATIONS
from claimtrack.graph.pictures.canvas import INK, LINES, NAMES, PALE, canvas, date_words, plain
from claimtrack.graph.reading import day, edges, labels, nodes, said_by, topics, units

MOST = 16
"""Claims shown, unless asked for otherwise."""

NOBODY = "Speaker not known"

_DATES, _REACH, _WORDS = 1.15, 1.5, 5.3
"""Inches: of the column of dates, of the widest arc, of the column of words."""
_LINE = 0.165
"""Inches from a line of words to the next."""
_CHARACTERS = 76
"""Of a line."""


@dataclass(frozen=True)
class _Entry:
    """A claim as it is drawn: how far below the top it stands, in inches, and its words, line by line."""

    claim: str
    day: str
    top: float
    head: str
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return _LINE * (len(self.lines) + 1) + 0.14

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def draw_timeline(
    graph: nx.MultiDiGraph, topic: str, path: Path, most: int = MOST, title: str | None = None
) -> None:  # fmt: skip
    """Draw the claims on a topic in the order of their days, with arcs between those that relate.

    Claims with relations come first; what repeats another is not shown again.

    Args:
        graph: of a project.
        topic: a node, see :func:`claimtrack.graph.find`.
        path: a PNG or SVG file.
        most: so many claims, those with the most relations.
        title: above the picture.

    Raises:
        ProjectError: when there is no claim on the topic.
        InputError: see :func:`claimtrack.graph.pictures.canvas.canvas`.
    """
    name = graph.nodes[topic]["label"]
    same = units(graph)
    on_topic = [claim for claim in nodes(graph, "claim") if topic in topics(graph, claim) and same[claim] == claim]
    if not on_topic:
        raise ProjectError(f"{name}: no claim is about it; there is nothing to draw")
    relations = _relations(graph, on_topic, same)
    chosen = _chosen(graph, on_topic, relations, most)
    entries = list(_entries(graph, [claim for claim in on_topic if claim in chosen]))
    middle = {entry.claim: entry.middle for entry in entries}
    arcs = [(middle[a], middle[b], kind) for a, b, kind in relations if {a, b} <= chosen]
    left, right = (_reach(arcs, side) for side in (-1, 1))
    time = _DATES + left
    words = time + right + 0.2
    width, height = words + _WORDS, entries[-1].top + entries[-1].height
    with canvas(path, width, height) as figure:
        # One unit is an inch, so that arcs are round and words fit.
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.axis("off")
        _days(axes, entries, width)
        axes.plot([time, time], [entries[0].middle, entries[-1].middle], color="#bbbbbb", linewidth=1, zorder=1)
        for entry in entries:
            axes.plot([time, words - 0.08], [entry.middle] * 2, color="#cccccc", linewidth=0.6, zorder=1)
            axes.plot([time], [entry.middle], "o", color=INK, markersize=5, zorder=4)
            _write(axes, entry, words)
        for a, b, kind in arcs:
            _arc(axes, time, a, b, kind)
        axes.set_title(
            title or f"{plain(name, 70)}: what was said when", loc="left", fontsize=14, fontweight="bold", pad=26
        )
        _legend(axes, [kind for _, _, kind in arcs])
        note = "Days without a claim are left out. Where the day is not told, that of publication counts."
        if len(on_topic) > len(entries):
            note = f"{len(entries)} of {len(on_topic)} claims, those with the most relations. {note}"
        axes.annotate(note, (0, 0), (0, -8), xycoords="axes fraction", textcoords="offset points", va="top",
                      fontsize=8.5, color=PALE)  # fmt: skip


def _relations(graph: nx.MultiDiGraph, claims: list[str], same: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return the relations between some claims and what repeats them, each pair and kind once."""
    wanted = set(claims)
    found = {
        (*sorted((same[a], same[b])), data["kind"])
        for a, b, _, data in edges(graph, *RELATIONS)
        if same[a] != same[b] and {same[a], same[b]} <= wanted
    }
    return sorted((a, b, kind) for a, b, kind in found)


def _chosen(
    graph: nx.MultiDiGraph, claims: list[str], relations: list[tuple[str, str, str]], most: int
) -> set[str]:  # fmt: skip
    """Return the claims to show: pairs that relate, those with the most relations first, then what is left by day."""
    degree = Counter(claim for a, b, _ in relations for claim in (a, b))
    pairs = sorted(relations, key=lambda pair: -min(degree[pair[0]], degree[pair[1]]))
    chosen: set[str] = set()
    for a, b, _ in pairs:
        # One end alone would stand there without the arc that it is shown for.
        if len(chosen | {a, b}) <= most:
            chosen |= {a, b}
    left = [claim for claim in sorted(claims, key=lambda claim: day(graph, claim)) if claim not in chosen]
    return chosen | set(left[: most - len(chosen)])


def _entries(graph: nx.MultiDiGraph, claims: list[str]) -> Iterator[_Entry]:
    who = {
        claim: min((data["joint"], one) for one, data in said)[1] for claim in claims if (said := said_by(graph, claim))
    }
    names = labels(graph, who.values())
    top = 0.0
    # Within a day, in the order of the articles and their text.
    for claim in sorted(claims, key=lambda claim: day(graph, claim)):
        its = graph.nodes[claim]
        head = plain(names[who[claim]], 48) if claim in who else NOBODY
        # Where two speakers have one name, it may tell the outlet already.
        if "outlet" in its and not head.endswith(where := f" ({plain(its['outlet'], 28)})"):
            head += where
        lines = tuple(textwrap.wrap(plain(its.get("text", claim), 3 * _CHARACTERS - 10), _CHARACTERS))
        entry = _Entry(claim, day(graph, claim), top, head, lines)
        top += entry.height
        yield entry


def _side(kind: str) -> int:
    return -1 if kind == "contradicts" else 1


def _width(a: float, b: float) -> float:
    """Return how far an arc bends: the longer the further, but never further than there is room."""
    return _REACH * min(1.0, 0.12 + abs(a - b) / 6)


def _reach(arcs: list[tuple[float, float, str]], side: int) -> float:
    return max((_width(a, b) for a, b, kind in arcs if _side(kind) == side), default=0.0) + 0.1


def _days(axes: Any, entries: list[_Entry], width: float) -> None:
    for n, (its, group) in enumerate(groupby(entries, key=lambda entry: entry.day)):
        of_day = list(group)
        top, end = of_day[0].top, of_day[-1].top + of_day[-1].height
        axes.axhspan(top, end, color="#f3f3f3" if n % 2 == 0 else "white", linewidth=0, zorder=0)
        axes.text(0.08, of_day[0].top + 0.07, date_words(its), fontweight="bold", fontsize=9, va="top")


def _write(axes: Any, entry: _Entry, x: float) -> None:
    y = entry.top + 0.07
    axes.text(x, y, entry.head, fontweight="bold", fontsize=9, va="top")
    for n, line in enumerate(entry.lines, start=1):
        axes.text(x, y + n * _LINE, line, fontsize=9, va="top")


def _arc(axes: Any, x: float, a: float, b: float, kind: str) -> None:
    from matplotlib.patches import Arc

    start, end = (90, 270) if _side(kind) < 0 else (-90, 90)
    axes.add_patch(
        Arc((x, (a + b) / 2), 2 * _width(a, b), abs(a - b), theta1=start, theta2=end, color=RELATIONS[kind],
            linestyle=LINES[kind], linewidth=1.6, zorder=3)
    )  # fmt: skip


def _legend(axes: Any, kinds: list[str]) -> None:
    from matplotlib.lines import Line2D

    lines = [
        Line2D([], [], color=RELATIONS[kind], linestyle=LINES[kind], lw=2, label=NAMES[kind])
        for kind in RELATIONS
        if kind in kinds
    ]
    if lines:
        axes.legend(
            handles=lines, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(lines), frameon=False, fontsize=9,
            borderaxespad=0.4, borderpad=0,
        )  # fmt: skip
