"""The sides of a topic: a ring of speakers, with lines between those who contradict each other or agree."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import networkx as nx

from claimtrack.errors import ProjectError
from claimtrack.graph.colours import NODES, RELATIONS
from claimtrack.graph.disputes import counts, rank
from claimtrack.graph.pictures.canvas import INK, LINES, NAMES, PALE, canvas, label, plain
from claimtrack.graph.reading import labels, nodes, sides, topics

MOST = 16
"""Speakers shown, unless asked for otherwise."""

_INCHES = 2.5
"""Of the ring's radius; more where more speakers need room for their names."""

_SHOWN = ("contradicts", "agrees")


def draw_topic(
    graph: nx.MultiDiGraph, topic: str, path: Path, most: int = MOST, folded: bool = True, title: str | None = None
) -> None:  # fmt: skip
    """Draw who contradicts whom on a topic, and who agrees.

    Args:
        graph: of a project.
        topic: a node, see :func:`claimtrack.graph.find`.
        path: a PNG or SVG file.
        most: so many speakers, those with the most relations.
        folded: count those who speak for one body as that body.
        title: above the picture.

    Raises:
        ProjectError: when nobody contradicts or agrees with anybody on the topic.
        InputError: see :func:`claimtrack.graph.pictures.canvas.canvas`.
    """
    number = {kind: counts(graph, kind, folded, topic) for kind in _SHOWN}
    everyone = rank(graph, number["contradicts"] + number["agrees"])
    about = graph.nodes[topic]["label"]
    if not everyone:
        raise ProjectError(f"{about}: nobody contradicts or agrees with anybody there; there is nothing to draw")
    ring = _ring(everyone[:most], number)
    place = {who: _spot(n, len(ring)) for n, who in enumerate(ring)}
    said = _claims(graph, topic, set(ring))
    # Two speakers stand on one line, and what is between them bends away from it.
    reach = max(0.4, max(abs(y) for _, y in place.values()) + 0.2)
    inches = _INCHES * max(1.0, len(ring) / MOST)
    with canvas(path, 4.2 * inches, 2 * reach * inches) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(-2.1, 2.1), ylim=(-reach, reach), aspect="equal")
        axes.axis("off")
        for kind in reversed(_SHOWN):
            # Sorted, for the same graph is to be the same picture to the byte.
            for (a, b), n in sorted(number[kind].items()):
                if a < b and a in place and b in place:
                    _line(axes, place[a], place[b], kind, n)
        names = {who: label(name) for who, name in labels(graph, ring).items()}
        for who, (x, y) in place.items():
            axes.scatter([x], [y], s=60 + 26 * min(said.get(who, 1), 30), color=NODES["speaker"], edgecolor="white",
                         linewidth=1.5, zorder=3)  # fmt: skip
            _label(axes, names[who], x, y)
        axes.set_title(title or f"{plain(about, 70)}: who stands where", fontsize=14, fontweight="bold")
        _legend(axes, len(everyone), len(ring))


def _ring(ranked: list[str], number: dict[str, Any]) -> list[str]:
    """Order speakers so that those who agree are neighbours, and those who contradict each other face each other.

    Each next one is who agrees most, and quarrels least, with the two before.
    """
    left = list(ranked)
    ring = [left.pop(0)]
    while left:
        before = ring[-2:]

        def near(who: str, before: list[str] = before) -> tuple[int, int]:
            agree = sum(number["agrees"][who, other] for other in before)
            quarrel = sum(number["contradicts"][who, other] for other in before)
            return agree - quarrel, -ranked.index(who)

        ring.append(max(left, key=near))
        left.remove(ring[-1])
    return ring


def _spot(place: int, size: int) -> tuple[float, float]:
    # Half a step off the top, so that no two labels stand on one line above each other.
    angle = math.pi / 2 - 2 * math.pi * (place + 0.5) / size
    return 1.05 * math.cos(angle), math.sin(angle)


def _claims(graph: nx.MultiDiGraph, topic: str, wanted: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for claim in nodes(graph, "claim"):
        if topic in topics(graph, claim):
            for who in sides(graph, claim) & wanted:
                found[who] = found.get(who, 0) + 1
    return found


def _line(axes: Any, a: tuple[float, float], b: tuple[float, float], kind: str, number: int) -> None:
    from matplotlib.patches import FancyArrowPatch

    # Towards the middle, by as much for each kind that two lines between the same two stay apart.
    towards = (a[0] + b[0]) * (a[1] - b[1]) + (a[1] + b[1]) * (b[0] - a[0])
    bend = math.copysign(0.1 if kind == "contradicts" else 0.24, towards)
    axes.add_patch(
        FancyArrowPatch(
            a, b, arrowstyle="-", connectionstyle=f"arc3,rad={bend}", color=RELATIONS[kind], linestyle=LINES[kind],
            linewidth=1.2 + 0.9 * min(number - 1, 5), alpha=0.9, zorder=2,
        )
    )  # fmt: skip


def _label(axes: Any, name: str, x: float, y: float) -> None:
    if abs(x) < 0.02:
        axes.text(x, y + math.copysign(0.1, y), name, ha="center", va="bottom" if y > 0 else "top", color=INK)
    else:
        axes.text(x + math.copysign(0.1, x), y, name, ha="left" if x > 0 else "right", va="center", color=INK)


def _legend(axes: Any, everyone: int, shown: int) -> None:
    from matplotlib.lines import Line2D

    lines = [Line2D([], [], color=RELATIONS[kind], linestyle=LINES[kind], lw=2, label=NAMES[kind]) for kind in _SHOWN]
    dot = Line2D([], [], color=NODES["speaker"], marker="o", ls="", ms=8, label="speaker; larger: more claims")
    axes.legend(
        handles=[*lines, dot], loc="upper center", bbox_to_anchor=(0.5, 0), ncols=3, frameon=False, fontsize=9,
        borderaxespad=1.2, borderpad=0,
    )  # fmt: skip
    note = "Thicker lines stand for more pairs of claims; copies and repeats of one report count once."
    if everyone > shown:
        note = f"The {shown} of {everyone} speakers with the most relations. {note}"
    axes.annotate(note, (0.5, 0), (0, -38), xycoords="axes fraction", textcoords="offset points", ha="center",
                  va="top", fontsize=8.5, color=PALE)  # fmt: skip
