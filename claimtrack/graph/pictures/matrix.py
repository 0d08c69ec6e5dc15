"""Who contradicts whom, and who agrees: a square of speakers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx

from claimtrack.errors import ProjectError
from claimtrack.graph.colours import RELATIONS
from claimtrack.graph.disputes import counts, rank
from claimtrack.graph.pictures.canvas import INK, PALE, canvas, label, plain
from claimtrack.graph.reading import labels

MOST = 14
"""Speakers shown, unless asked for otherwise."""


_CELL = 0.52
"""Inches; what is around the square finds room outside."""


def draw_matrix(
    graph: nx.MultiDiGraph, path: Path, most: int = MOST, folded: bool = True, title: str | None = None
) -> None:  # fmt: skip
    """Draw how often speakers contradict each other (below the diagonal) and agree (above it).

    Args:
        graph: of a project.
        path: a PNG or SVG file.
        most: so many speakers, those with the most relations.
        folded: count those who speak for one body as that body.
        title: above the picture.

    Raises:
        ProjectError: when nobody contradicts or agrees with anybody.
        InputError: see :func:`claimtrack.graph.pictures.canvas.canvas`.
    """
    against, beside = (counts(graph, kind, folded) for kind in ("contradicts", "agrees"))
    everyone = rank(graph, against + beside)
    shown = _grouped(everyone[:most], against + beside)
    if not shown:
        raise ProjectError("no two speakers here contradict each other or agree; there is nothing to draw")
    names = labels(graph, shown)
    size = len(shown)
    with canvas(path, _CELL * size, _CELL * size) as figure:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(-0.5, size - 0.5), ylim=(size - 0.5, -0.5), aspect="equal")
        top = max([*against.values(), *beside.values()])
        for row, a in enumerate(shown):
            for column, b in enumerate(shown):
                number, kind = (against[a, b], "contradicts") if row > column else (beside[a, b], "agrees")
                _cell(axes, row, column, number, RELATIONS[kind], top)
        axes.set_xticks(
            range(size), [plain(names[who], 48) for who in shown], rotation=45, ha="left", rotation_mode="anchor"
        )
        axes.set_yticks(range(size), [label(names[who]) for who in shown])
        axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.set_title(
            title or "Who contradicts whom, and who agrees", loc="left", fontsize=14, fontweight="bold", pad=18
        )
        note = "Each number counts pairs of claims; copies and repeats of one report count once."
        if len(everyone) > size:
            note = f"The {size} of {len(everyone)} speakers with the most relations. {note}"
        _legend(axes, note)


def _grouped(ranked: list[str], number: Counter[tuple[str, str]]) -> list[str]:
    """Put those who deal with each other side by side, the most involved first."""
    met = nx.Graph(pair for pair in number if set(pair) <= set(ranked))
    place = {who: n for n, who in enumerate(ranked)}
    groups = (sorted(group, key=place.__getitem__) for group in nx.connected_components(met))
    together = [who for group in sorted(groups, key=lambda group: place[group[0]]) for who in group]
    return together


def _cell(axes: Any, row: int, column: int, number: int, colour: str, top: int) -> None:
    from matplotlib.patches import Rectangle

    if row == column:
        axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor="#dddddd", edgecolor="white"))
        return
    strength = 0.25 + 0.75 * number / top if number else 0.0
    face = colour if number else "#f6f6f6"
    place = (column - 0.5, row - 0.5)
    axes.add_patch(
        Rectangle(place, 1, 1, facecolor=face, alpha=strength or 1.0, edgecolor="white", linewidth=1.5)
    )  # fmt: skip
    if number:
        axes.text(column, row, str(number), ha="center", va="center", color="white" if strength > 0.75 else INK)


def _legend(axes: Any, note: str) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(color=RELATIONS["contradicts"], label="contradict each other (below the diagonal)"),
        Patch(color=RELATIONS["agrees"], label="agree (above the diagonal)"),
    ]
    axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 0), frameon=False, fontsize=9, ncols=1, borderaxespad=0.8,
        handlelength=1.2, borderpad=0,
    )  # fmt: skip
    axes.annotate(
        note, (0, 0), (0, -44), xycoords="axes fraction", textcoords="offset points", fontsize=8.5, color=PALE, va="top"
    )  # fmt: skip
