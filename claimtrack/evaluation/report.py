"""Scores to read: one nested dictionary, and the same figures as tables of 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claimtrack.evaluation.intervals import FIGURES, intervals
from claimtrack.evaluation.kinds import ALL, KINDS
from claimtrack.evaluation.reliability import Bin, calibration_error
from claimtrack.evaluation.scores import MEASURES, SCORED, Scores, total

Report = dict[str, Any]

_SHOWN = {"exact": "exact", "overlap": "overlap", "iou": "IoU"}


def report(each: Sequence[Scores], bins: Sequence[Bin] | None = None) -> Report:
    """Return all figures, in percent, ready for JSON.

    ``report[role][measure]`` has ``precision``, ``recall``, ``f1`` and their 95 % ``intervals``;
    ``report["recall_by_kind"][kind][role][measure]`` has ``recall`` (None where there is nothing to find)
    and its ``interval``.

    Args:
        each: the scores of each article.
        bins: a reliability table to go with them.
    """
    scores = total(each)
    sure = intervals(each)

    def bounds(kind: str, role: str, measure: str, name: str) -> list[float]:
        return [round(bound, 2) for bound in sure[kind, role, measure, name]]

    found: Report = {
        "articles": len(each), "gold": scores.gold(), "predicted": scores["whole", "iou"].predicted,
        "matched": scores.matched,
    }  # fmt: skip
    for role in SCORED:
        found[role] = {}
        for measure in MEASURES:
            cell = scores[role, measure]
            found[role][measure] = {name: round(getattr(cell, name), 2) for name in FIGURES}
            found[role][measure]["intervals"] = {name: bounds(ALL, role, measure, name) for name in FIGURES}
    found["recall_by_kind"] = {kind: {"gold": scores.gold(kind)} for kind in KINDS}
    for kind, row in found["recall_by_kind"].items():
        for role in SCORED:
            row[role] = {}
            for measure in MEASURES:
                cell = scores.cells[kind, role, measure]
                row[role][measure] = {
                    "recall": round(cell.recall, 2),
                    "interval": bounds(kind, role, measure, "recall"),
                }
                if not cell.gold:  # such as the source of what has none
                    row[role][measure] = {"recall": None, "interval": None}
    if bins is not None:
        rows = [
            {"from": b.low, "to": b.high, "predicted": b.count, "confidence": _rounded(b.confidence),
             "right": _rounded(b.right)}
            for b in bins
        ]  # fmt: skip
        found["reliability"] = {"bins": rows, "calibration_error": round(calibration_error(bins), 4)}
    return found


def as_table(found: Report) -> str:
    """Return a report as lines of text, at most 80 columns wide."""
    lines = [
        f"{found['articles']} articles, {found['gold']} attributions, {found['predicted']} predicted, "
        f"{found['matched']} matched",
        "",
        f"{'':18}{'precision':^20}{'recall':^20}{'F1':^20}",
    ]
    for role in SCORED:
        for measure in MEASURES:
            cell = found[role][measure]
            figures = (_figure(cell[name], cell["intervals"][name], 1) for name in FIGURES)
            label = role if measure == MEASURES[0] else ""
            lines.append(f"{label:<9}{_SHOWN[measure]:<9}" + "".join(f"{text:<20}" for text in figures))
    for measure in MEASURES:
        lines += ["", f"{'recall, ' + _SHOWN[measure]:<18}{'gold':>5}" + "".join(f"{role:>14}" for role in SCORED)]
        for kind, row in found["recall_by_kind"].items():
            figures = (_figure(row[role][measure]["recall"], row[role][measure]["interval"], 0) for role in SCORED)
            lines.append(f"{kind:<18}{row['gold']:>5}" + "".join(f"{text:>14}" for text in figures))
    lines += ["", "In brackets: 95 % intervals, articles drawn anew 1,000 times."]
    if "reliability" in found:
        lines += ["", *_reliability(found["reliability"])]
    return "\n".join(line.rstrip() for line in lines)


def _figure(value: float | None, interval: Sequence[float] | None, digits: int) -> str:
    """``93.1 (90.4-95.2)``; 100 without decimals, so that columns stay narrow."""
    if value is None or interval is None:
        return "-"
    shown = f"{value:.1f}" if value < 100 else "100"
    low, high = (f"{bound:.{digits}f}" if bound < 100 else "100" for bound in interval)
    return f"{shown:>5} ({low}-{high})"


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _reliability(found: Report) -> list[str]:
    lines = [f"{'confidence':<14}{'predicted':>10}{'mean confidence':>18}{'right':>9}"]
    for row in found["bins"]:
        figures = [f"{100 * row[name]:.1f}" if row[name] is not None else "-" for name in ("confidence", "right")]
        lines.append(f"{row['from']:.1f} to {row['to']:.1f}{row['predicted']:>14}{figures[0]:>18}{figures[1]:>9}")
    lines += ["", f"Right: whole, IoU of 0.5 or more. Calibration error {100 * found['calibration_error']:.1f}."]
    return lines
